"""The transcriber child: at the lowest priority, without any key, it hears one window after the other.

It is told "open" (engine, model, sha256, folder of converted models) and answers when the model is loaded; then each
"window" (languages, prompt; the body is 16 kHz mono float32 sound) with what it heard. It ends when the parent says no more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from oralhistory import hardening
from oralhistory.errors import ProgramFault, WorkerFailed
from oralhistory.i18n import tr
from oralhistory.transcription import alignment, engines
from oralhistory.workers import child, heard
from oralhistory.workers.child import Parent


def main() -> int:
    return child.run(_work)


def _work(parent: Parent) -> None:
    hardening.lower_priority()
    order = parent.receive()
    if order is None:
        return
    alignment.spare_the_compiler()
    engine = engines.engine(str(order.header["engine"]), Path(order.header["converted"]))
    with _room_enough():
        info = engine.open(Path(order.header["model"]), str(order.header["sha256"]))
    parent.send({"ready": asdict(info)})
    while (asked := parent.receive()) is not None:
        if asked.header.get("do") != "window":
            raise ProgramFault("a transcriber is asked for windows")
        with _room_enough():
            result = engine.window(asked.body, asked.header["languages"], str(asked.header["prompt"]))
        parent.send({"heard": heard.to_header(result)})
    engine.close()


@contextmanager
def _room_enough() -> Iterator[None]:
    """torch says that memory ran out with its plainest error type; nothing else it raises here has another cure."""
    try:
        yield
    except (MemoryError, RuntimeError):
        raise WorkerFailed(
            tr("The speech model could not do its work; most likely there was too little memory."),
            safe=tr("What was finished is kept."),
            todo=tr("Close other programs, or choose a smaller model, and start again."),
        ) from None
