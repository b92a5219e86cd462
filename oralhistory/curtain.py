"""What the locked window showed last stays on the screen until the window that takes its place stands there.

With the process a display lets its windows go: the desktop would show for as long as the program starts anew, and a passphrase
typed meanwhile would go to whatever lies behind. So a process of a few lines, which knows nothing and holds nothing else, keeps
the line to the display open until then. Refuses to stay for longer than `LONGEST_S`, whatever has become of the next window.
"""

import os
import select
import stat
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from oralhistory import paths

WORD = "__curtain"
"""The hidden first argument of the process that keeps it up."""
LONGEST_S = 20
_X_SERVERS = "/tmp/.X11-unix/"  # noqa: S108  where every X server listens, or its abstract name
_STDIN = 0


def hang(descriptors: Iterable[int]) -> int:
    """Keep up what stands on the screen: those of this process's `descriptors` that lead to a display. The descriptor whose
    closing takes it down; -1 where there is no such line (on other systems than Linux, or far away), and nothing is kept."""
    if not sys.platform.startswith("linux"):
        return -1
    lines = [number for number in descriptors if _leads_to_display(number)]
    if not lines:
        return -1
    reading, writing = os.pipe()
    nowhere = subprocess.DEVNULL
    try:
        keeper = subprocess.Popen(
            paths.itself(WORD), env=paths.environment_of_itself(), stdin=reading, stdout=nowhere, stderr=nowhere, pass_fds=lines
        )
    except OSError:
        os.close(writing)
        return -1
    finally:
        os.close(reading)
    keeper.returncode = 0  # the next window takes note of its end
    return writing


def lift(descriptor: int) -> None:
    """Take it down."""
    if descriptor > _STDIN:
        with suppress(OSError):
            os.close(descriptor)


def keep_up() -> int:
    """Of the process that keeps it up: wait until it is taken down; gives the exit code."""
    select.select([_STDIN], [], [], LONGEST_S)
    return 0


def _leads_to_display(descriptor: int) -> bool:
    import socket  # 3 ms, which only who locks pays

    try:
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return False
        with socket.socket(fileno=os.dup(descriptor)) as line:
            other_end = line.getpeername()
    except OSError:
        return False
    if isinstance(other_end, bytes):  # an abstract name
        other_end = os.fsdecode(other_end.lstrip(b"\0"))
    if not isinstance(other_end, str) or not other_end:
        return False
    wayland = Path(os.environ.get("WAYLAND_DISPLAY") or "wayland-0").name
    return other_end.startswith(_X_SERVERS) or Path(other_end).name == wayland
