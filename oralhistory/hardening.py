"""What every process of the program does to itself before anything else: no core dumps, no debugger, a low voice.

An exec resets these, so each child does it again.
"""

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


def make_undumpable() -> bool:
    """Forbid core files and (on Linux) attaching and reading ``/proc/self/mem``; say whether the system has it all."""
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return False
    return bool(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def lower_priority() -> None:
    """Yield to everything else on the machine (for the transcriber): sound first."""
    if sys.platform != "win32":
        os.nice(19)
