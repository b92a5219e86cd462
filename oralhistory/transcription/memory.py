"""Whether this machine has room for a model before it is loaded: a draft that starts and dies in the night helps nobody.

How much an engine takes, the engines say: it was measured with the dimensions of tiny to small, and grows with the model.
"""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

from oralhistory.errors import WorkerFailed
from oralhistory.i18n import tr

_MEMINFO = Path("/proc/meminfo")
_MMAP_THRESHOLD, _LARGE = -3, 1 << 20
"""M_MMAP_THRESHOLD of malloc.h, and a megabyte."""


def require(needed: int, meminfo: Path = _MEMINFO) -> None:
    """WorkerFailed unless so many megabytes are free. Where the system does not say, nothing is asked."""
    free = available(meminfo)
    if free is not None and free < needed:
        raise WorkerFailed(
            tr("This speech model needs about {needed} MB of memory; {free} MB are free.", needed=needed, free=free),
            safe=tr("It was not started. Recordings and what was drafted before are untouched."),
            todo=tr("Close other programs, choose a smaller model, or the light engine, and start again."),
        )


def return_what_is_freed() -> None:
    """Let large pieces of memory go back to the system as soon as they are freed.

    glibc learns from the first large piece that is freed to keep the next ones (mallopt(3), M_MMAP_THRESHOLD); a model that is
    brought into another form layer by layer would leave holes of a hundred megabytes. Elsewhere nothing is done.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def available(meminfo: Path = _MEMINFO) -> int | None:
    """Megabytes that can be had without swapping; None where the system does not say."""
    if sys.platform != "linux":
        return None
    try:
        lines = meminfo.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, LookupError, StopIteration):
        return None
