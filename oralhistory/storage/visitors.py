"""Who is inside the database: many at a time, or one alone.

Somebody who wants it alone waits until the others have left; newcomers wait behind them.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oralhistory.errors import InUse
from oralhistory.i18n import tr

PATIENCE_S = 30.0


class Visitors:
    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone = False
        self._patience_s = patience_s

    @contextmanager
    def inside(self) -> Iterator[None]:
        """One of many. InUse when somebody alone does not leave."""
        with self._changed:
            self._wait_until_free(lambda: not self._alone)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else. InUse when the others do not leave."""
        with self._changed:
            self._wait_until_free(lambda: not self._alone)
            self._alone = True
            try:
                self._wait_until_free(lambda: self._inside == 0)
            except InUse:
                self._let_in()
                raise
        try:
            yield
        finally:
            with self._changed:
                self._let_in()

    def _let_in(self) -> None:
        self._alone = False
        self._changed.notify_all()

    def _wait_until_free(self, free: Callable[[], bool]) -> None:
        if not self._changed.wait_for(free, self._patience_s):
            raise InUse(
                tr("The archive's database is busy."),
                safe=tr("Nothing was changed."),
                todo=tr("Try again in a moment; close the archive elsewhere if it is open there."),
            )
