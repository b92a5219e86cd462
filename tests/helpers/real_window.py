"""The program's own window as a process on an invisible screen, used as a person uses it: keys and clicks, nothing inside."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oralhistory.services.archive.archives import DATABASE
from tests.helpers.screen import Screen

PATIENCE_S = 60.0


class RealWindow:
    def __init__(self, screen: Screen, archive: Path, process: subprocess.Popen[bytes]) -> None:
        self.screen = screen
        self.archive = archive
        self.process = process

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_open(self) -> bool:
        """Whether it holds the archive's database open: unlocked."""
        return str(self.archive / DATABASE) in self._open_files()

    def focus(self) -> None:
        until(lambda: self.screen.windows(self.pid))
        self.screen.focus(self.screen.windows(self.pid)[-1])

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase where the focus is: a window that just came up must have it in its field."""
        self.focus()
        self.screen.type(passphrase)
        self.screen.press("Return")
        until(self.is_open)

    def lock(self) -> None:
        """As the person does; the window that took this one's place has the focus then, as a window manager would give it."""
        before = set(self.screen.windows(self.pid))
        self.screen.press("ctrl+shift+l")
        until(lambda: (now := set(self.screen.windows(self.pid))) and not now & before)
        assert not self.is_open()
        self.focus()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def _open_files(self) -> set[str]:
        with suppress(OSError):
            return {str(link.readlink()) for link in Path(f"/proc/{self.pid}/fd").iterdir()}
        return set()


@contextmanager
def opened(screen: Screen, archive: Path) -> Iterator[RealWindow]:
    """A window in front of `archive`, ended with the block."""
    command = [sys.executable, "-P", "-m", "oralhistory", "--archive", str(archive)]
    here = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(command, env={**screen.env, "PYTHONPATH": here}, stdin=subprocess.DEVNULL)
    try:
        yield RealWindow(screen, archive, process)
    finally:
        process.kill()
        process.wait()


def until(condition: Callable[[], object]) -> None:
    """Wait for what happens in other processes."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "what was waited for never came"
        time.sleep(0.05)
