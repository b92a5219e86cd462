"""How far long work has come, told in bytes; and the one way to stop it."""

from collections.abc import Callable

from oralhistory.errors import Cancelled
from oralhistory.i18n import tr

Progress = Callable[[int, int], None]
"""Told (bytes done, bytes in all): what is read and what is written both count."""
Asked = Callable[[], bool]
"""Whether somebody asked to stop."""


def silent(_done: int, _whole: int) -> None:
    """Tells nobody."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


class Meter:
    """Counts what is done of `whole`, which may grow. Calling it raises Cancelled as soon as somebody asked to stop."""

    def __init__(self, progress: Progress, cancelled: Asked) -> None:
        self._progress = progress
        self.cancelled = cancelled
        self.done = 0
        self.whole = 0

    def expect(self, more: int) -> None:
        """So many more bytes are to be done."""
        self.whole += more

    def __call__(self, more: int) -> None:
        if self.cancelled():
            raise Cancelled(tr("Stopped."), safe=tr("What was there before is still there."))
        self.done += more
        self.whole = max(self.whole, self.done)
        self._progress(self.done, self.whole)
