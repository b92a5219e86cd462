"""Whether this machine has room for a model before it is loaded: a draft that starts and dies in the night helps nobody.

How much an engine takes was measured with the dimensions of tiny to small; it grows with the model's file.
"""

import os
import sys
from pathlib import Path
from typing import IO

from oralhistory.errors import WorkerFailed
from oralhistory.i18n import tr

_MEMINFO = Path("/proc/meminfo")
_MEGABYTE = 1 << 20


def require(file: IO[bytes], times: float, besides_mb: int, meminfo: Path = _MEMINFO) -> None:
    """WorkerFailed unless `times` the model's file and `besides_mb` are free. Where the system does not say, nothing is asked."""
    free = available(meminfo)
    needed = round(times * os.fstat(file.fileno()).st_size / _MEGABYTE) + besides_mb
    if free is not None and free < needed:
        raise WorkerFailed(
            tr("This speech model needs about {needed} MB of memory; {free} MB are free.", needed=needed, free=free),
            safe=tr("It was not started. Recordings and what was drafted before are untouched."),
            todo=tr("Close other programs, choose a smaller model, or the fast engine, and start again."),
        )


def available(meminfo: Path = _MEMINFO) -> int | None:
    """Megabytes that can be had without swapping; None where the system does not say."""
    if sys.platform != "linux":
        return None
    try:
        lines = meminfo.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, LookupError, StopIteration):
        return None
