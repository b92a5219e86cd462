"""The parent's side of the Kiwi child: the port `Morphology`.

One child at a time. It is started by `begin`, or by the first text, loads while others go on, and ends by itself when
nothing is asked of it; the next text starts another one.
"""

import json
import threading
from collections.abc import Sequence

from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.errors import Cancelled, WorkerFailed
from oralhistory.workers.host import Child


class KiwiProcess:
    """Safe from several threads; they take turns."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._closed = False
        self._starting = threading.Lock()
        self._asking = threading.Lock()

    def begin(self) -> None:
        """Start loading, and come back at once."""
        self._running()

    def analyse(self, texts: Sequence[str]) -> list[tuple[Morpheme, ...]]:
        """The words of each text. WorkerFailed when the child cannot do it; Cancelled after `close`."""
        order = json.dumps(list(texts), ensure_ascii=False).encode()
        with self._asking:
            try:
                answer = self._ask(self._running(), order)
            except WorkerFailed:  # it ended while it waited for work, or could not load: once more, from the beginning
                self._end()
                answer = self._ask(self._running(), order)
        return [tuple(Morpheme(start, end, Part(part), rank) for start, end, part, rank in one) for one in answer]

    def close(self) -> None:
        """End the child, whatever it is doing, and start no other one."""
        self._closed = True
        self._end()

    @property
    def pid(self) -> int | None:
        """Of the child, if there is one."""
        return self._child.pid if self._child is not None else None

    def _ask(self, child: Child, order: bytes) -> list[list[tuple[int, int, str, int | None]]]:
        child.send({"do": "analyse"}, order)
        told = json.loads(child.receive().body)
        return list(told)

    def _running(self) -> Child:
        with self._starting:
            if self._closed:
                raise Cancelled("")
            if self._child is None:
                self._child = Child("kiwi")
            return self._child

    def _end(self) -> None:
        with self._starting:
            child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.close()
