"""The parent's side of the transcriber child: the ports `Engines` and `Engine`.

One child for each open engine. Closing an engine from another thread ends the child at once, and whoever waits for its
window gets `Cancelled`; nothing is lost, because a window's result is stored by the caller before the next one is sent.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oralhistory.domain.transcript import WindowResult
from oralhistory.workers import heard
from oralhistory.workers.host import Child

_LOOK_EVERY_S = 0.1


def _never() -> bool:
    return False


class WhisperChild:
    """An open transcriber child."""

    def __init__(self, child: Child, info: dict[str, Any]) -> None:
        self._child = child
        self._info = info

    @property
    def name(self) -> str:
        return str(self._info["engine"])

    @property
    def threads(self) -> int:
        """How many threads it computes with."""
        return int(self._info["threads"])

    def window(self, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult:
        """Cancelled after `close`; WorkerFailed when the child died or ran out of memory."""
        self._child.send({"do": "window", "languages": list(languages), "prompt": prompt}, pcm)
        return heard.from_header(self._child.receive().header["heard"])

    def close(self) -> None:
        """End the child now, whatever it is doing. From any thread, any number of times."""
        self._child.kill()


class WhisperEngines:
    def __init__(self, converted: Path) -> None:
        """`converted`: where an engine may keep models in a form of its own; need not exist."""
        self._converted = converted

    @contextmanager
    def open(
        self, model: Path, sha256: str, engine: str, cancelled: Callable[[], bool] = _never
    ) -> Iterator[WhisperChild]:
        """Start a child with the model loaded; it ends with the block, or as soon as `cancelled` says so: then Cancelled.

        MalformedInput for an unknown engine or a file that is no model, NotFound, Damaged for another checksum,
        WorkerFailed when memory is short, StorageFailed when there is no room for the engine's form of the model.
        """
        with Child("transcriber") as child, ending(child.kill, cancelled):
            child.send(
                {
                    "do": "open",
                    "engine": engine,
                    "model": str(model.absolute()),
                    "sha256": sha256,
                    "converted": str(self._converted.absolute()),
                }
            )
            yield WhisperChild(child, child.receive().header["ready"])


@contextmanager
def ending(end: Callable[[], None], cancelled: Callable[[], bool]) -> Iterator[None]:
    """While the block runs, call `end` (once, on another thread) as soon as `cancelled` says so."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_EVERY_S):
            if cancelled():
                end()
                return

    watcher = threading.Thread(target=watch, name="cancel-watch")
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
