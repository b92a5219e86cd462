"""How long the machine has slept: the difference between a clock that goes on meanwhile and one that does not.

Linux: CLOCK_BOOTTIME and CLOCK_MONOTONIC (clock_gettime(2)). macOS: CLOCK_MONOTONIC and CLOCK_UPTIME_RAW. Windows:
GetTickCount64 and QueryUnbiasedInterruptTime.
"""

import sys
import time

if sys.platform == "linux":

    def with_sleep() -> float:
        """Seconds of a clock that also counts sleep."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def slept() -> float:
        """Seconds this machine has slept since it was started; only differences mean something."""
        return with_sleep() - time.monotonic()
elif sys.platform == "win32":
    import ctypes

    def with_sleep() -> float:
        return float(ctypes.windll.kernel32.GetTickCount64()) / 1000

    def slept() -> float:
        awake = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(awake))
        return with_sleep() - awake.value / 1e7
else:

    def with_sleep() -> float:
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def slept() -> float:
        return with_sleep() - time.clock_gettime(time.CLOCK_UPTIME_RAW)
