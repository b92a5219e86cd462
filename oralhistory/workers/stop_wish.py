"""The wish that a take ends, as a file beside its lock: for who comes back to a window that died and has no passphrase at hand.

Stopping loses nothing and tells nothing, so it needs no key; whoever may write into the folder could do worse. Any other order
goes through the take's door, whose address is a secret.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

NAME = ".stop"
"""Hidden: no backup takes it."""
_LOOK_EVERY_S = 0.5


def ask(folder: Path) -> None:
    """Wish that the take in `folder` ends. OSError."""
    (folder / NAME).touch()


class StopWatch:
    """Looks for the wish in a thread of its own, because a disk that hangs must not hold up the take; calls `stop` once."""

    def __init__(self, folder: Path, stop: Callable[[], None]) -> None:
        self._wish, self._stop = folder / NAME, stop
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="stop wish", daemon=True)

    def start(self) -> None:
        """A wish of before this does not count: it was for a take that is over. So start as soon as the take is locked."""
        self._forget()
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_EVERY_S):
            if self._is_there():
                self._stop()
                self._forget()
                return

    def _is_there(self) -> bool:
        """A disk that cannot be asked now may show the wish later."""
        try:
            return self._wish.exists()
        except OSError:
            return False

    def _forget(self) -> None:
        with suppress(OSError):
            self._wish.unlink(missing_ok=True)
