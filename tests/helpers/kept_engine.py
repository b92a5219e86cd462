"""One real transcriber child for all tests of a module: starting one costs more than what it hears in a test."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oralhistory.errors import WorkerFailed
from oralhistory.services.desk import Desk
from oralhistory.wiring import drafting
from oralhistory.workers.transcribing import WhisperChild, WhisperEngines, ending
from tests.helpers.archives import new_desk

MODEL = Path(__file__).resolve().parents[2] / "resources" / "demo" / "tiny-interview.pt"
NAME = "tiny"
"""Of the fixture model on the shelf of `drafting_desk`."""


class KeptEngine(WhisperEngines):
    """Lends the child to whoever opens its model; once somebody closed it, or for another model, a new one is started."""

    def __init__(self, model: Path, sha256: str, child: WhisperChild) -> None:
        super().__init__(model.parent / "unused")
        self._order = (model.absolute(), sha256, "whisper")
        self._child: WhisperChild | None = child

    @contextmanager
    def open(
        self, model: Path, sha256: str, engine: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[WhisperChild]:
        if self._child is None or (model.absolute(), sha256, engine) != self._order:
            with super().open(model, sha256, engine, cancelled) as other:
                yield other
            return
        lent = _Lent(self._child)
        try:
            with ending(lent.close, cancelled):
                yield lent
        except WorkerFailed:
            lent.closed = True
            raise
        finally:
            if lent.closed:
                self._child = None


class _Lent(WhisperChild):
    def __init__(self, child: WhisperChild) -> None:
        super().__init__(child._child, child._info)
        self.closed = False

    def close(self) -> None:
        self.closed = True
        super().close()


@contextmanager
def kept(model: Path, sha256: str) -> Iterator[KeptEngine]:
    with WhisperEngines(model.parent / "unused").open(model, sha256, "whisper") as child:
        yield KeptEngine(model, sha256, child)


@contextmanager
def drafting_desk(folder: Path) -> Iterator[Desk]:
    """A new archive whose drafts are made by one kept child; the fixture model stands on its shelf, inspected before."""
    model, sha256 = folder / "models" / f"{NAME}.pt", hashlib.sha256(MODEL.read_bytes()).hexdigest()
    model.parent.mkdir()
    shutil.copyfile(MODEL, model)
    note = {"sha256": sha256, "official": None, "size": model.stat().st_size}
    model.with_suffix(".json").write_text(json.dumps(note), "utf-8")
    with kept(model, sha256) as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafting, "WhisperEngines", lambda _converted: engine)
        with new_desk(folder) as desk:
            yield desk
