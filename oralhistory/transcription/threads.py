"""How many threads an engine may take: one for each real core but one, which stays with the recorder and the person."""

import os
import sys
from pathlib import Path

_TOPOLOGY = Path("/sys/devices/system/cpu")


def for_an_engine() -> int:
    """At least 1. Two hardware threads of one core share its arithmetic units, so the second adds nothing."""
    return max(1, _real_cores() - 1)


def _real_cores() -> int:
    if sys.platform != "linux":
        return max(1, (os.cpu_count() or 1) // 2)  # most laptops have two threads a core; a few too few do no harm
    usable = os.sched_getaffinity(0)
    return len({_siblings(cpu) for cpu in usable})


def _siblings(cpu: int) -> str:
    """The hardware threads that share a core with `cpu`, as the system writes them; itself where it does not say."""
    try:
        return (_TOPOLOGY / f"cpu{cpu}/topology/thread_siblings_list").read_text().strip()
    except OSError:
        return str(cpu)
