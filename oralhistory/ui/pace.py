"""How Python runs while a window is open: a person who types waits for nothing that Python does on its own account."""

import gc
import sys

_SWITCH_S = 0.0005
"""A tenth of Python's own: a job on another thread then keeps a keystroke waiting for half a millisecond, not five."""

_MADE, _ROUNDS, _OLD = 50_000, 20, 20
"""Objects made between two looks for circles among the youngest, and how many looks make one at those that stayed.

An archive is read as tens of thousands of small records that never change and hold nobody in a circle: with Python's own
numbers reading them takes twice the time.
"""


def keep() -> None:
    """What was loaded up to now stays for good, and no look at it is taken any more."""
    sys.setswitchinterval(_SWITCH_S)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, _ROUNDS, _OLD)
