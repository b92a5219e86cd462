"""The one engine that may be at work in this program: whoever comes second waits until the first is done."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oralhistory.domain.ports import Engine, Engines, ModelInfo
from oralhistory.errors import Cancelled
from oralhistory.i18n import tr

_LOOK_EVERY_S = 0.2


class OneEngine:
    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._in_use = threading.Lock()
        self._making = ""

    @property
    def making(self) -> str:
        """The code of the interview that the engine is at work on now; empty when on none."""
        return self._making

    @contextmanager
    def opened(
        self, model: ModelInfo, engine: str, cancelled: Callable[[], bool], making: str = ""
    ) -> Iterator[Engine]:
        """The engine with the model loaded, at work on the interview `making`. Cancelled, and all that opening one raises."""
        while not self._in_use.acquire(timeout=_LOOK_EVERY_S):
            if cancelled():
                raise Cancelled(tr("It was stopped."), safe=tr("What was finished is kept."))
        self._making = making
        try:
            with self._engines.open(model.path, model.sha256, engine, cancelled) as machine:
                yield machine
        finally:
            self._making = ""
            self._in_use.release()
