"""What the program says of itself while running: operation names, counts and durations, never interview data.

Warnings and worse go to stderr. No log file is written anywhere: a file that does not exist cannot betray anybody.
Log calls name what failed by its type; exception texts and arguments are left out because they may carry a person's words.
"""

import logging
import sys


def start(verbose: bool = False) -> None:
    """Send the program's own records to stderr; libraries' chatter only from errors upwards."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.ERROR)
    logging.getLogger("oralhistory").setLevel(logging.INFO if verbose else logging.WARNING)
