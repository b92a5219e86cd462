"""The speech models on this machine, and which one, with which engine, an archive uses when nobody names one.

Two by their use: the best one for drafts that are asked for, and, where somebody chose one, a quick one for those that are made
while recording, which a large model would not keep up with.
"""

from collections.abc import Sequence
from pathlib import Path

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.ports import ModelInfo, Models
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive

_DEFAULT = "default_model"
_QUICK = "quick_model"
_ENGINE = "default_engine"
_CHINESE = "chinese_script"
_AFTERWARDS = "drafts_afterwards"
ENGINES = ("whisper", "fast", "light")
"""The reference; the same models computed more quickly, as exact; and in 8 bits, with somewhat more errors, for weak machines.

The first one is used where nobody chose.
"""


class ModelShelf:
    def __init__(self, archive: OpenArchive, models: Models) -> None:
        self._archive = archive
        self._models = models

    def all(self) -> Sequence[ModelInfo]:
        return self._models.list()

    def add(self, file: Path, name: str = "") -> ModelInfo:
        """Take a `.pt` file in: inspected in a child of its own, copied, checksummed. The first one becomes the default."""
        model = self._models.add(file, name or file.stem)
        if self.default() is None:
            self.use_by_default(model.name)
        return model

    def remove(self, name: str) -> None:
        self._models.remove(name)
        with self._archive.store.transaction() as records:
            for use in (_DEFAULT, _QUICK):
                if records.notes.get(use) == name:
                    records.notes.delete(use)

    def default(self) -> str | None:
        with self._archive.store.transaction() as records:
            return records.notes.get(_DEFAULT)

    def use_by_default(self, name: str) -> ModelInfo:
        """NotFound: only what stands on the shelf is there again tomorrow."""
        return self._use(_DEFAULT, name)

    def quick(self) -> str | None:
        """The model of drafts that are made while recording, where it is another one than the default."""
        with self._archive.store.transaction() as records:
            chosen = records.notes.get(_QUICK)
            return None if chosen == records.notes.get(_DEFAULT) else chosen

    def use_for_quick_drafts(self, name: str) -> ModelInfo:
        """NotFound. With the default model's name no other one is used for them."""
        return self._use(_QUICK, name)

    def _use(self, use: str, name: str) -> ModelInfo:
        model = next((one for one in self._models.list() if one.name == name), None)
        if model is None:
            raise NotFound(
                tr("There is no speech model of that name."), todo=tr("See which models there are, or add a Whisper model file.")
            )
        with self._archive.store.transaction() as records:
            records.notes.set(use, model.name)
        return model

    def engine(self) -> str:
        """The engine that is used when nobody names one."""
        with self._archive.store.transaction() as records:
            chosen = records.notes.get(_ENGINE)
        return chosen if chosen in ENGINES else ENGINES[0]

    def use_engine(self, name: str) -> None:
        if name not in ENGINES:
            raise MalformedInput(tr("There is no transcription engine called {name}.", name=name))
        with self._archive.store.transaction() as records:
            records.notes.set(_ENGINE, name)

    def keep_speed(self, model: ModelInfo, engine: str, seconds_an_hour: int) -> None:
        """So long an hour of speech takes with this engine here; of a file that is not on the shelf nothing is kept."""
        if any(one.path == model.path for one in self._models.list()):
            self._models.keep_speed(model.name, engine, seconds_an_hour)

    def drafts_while_recording(self) -> bool:
        """Whether drafts are made while the take goes on; so it is where nobody chose."""
        with self._archive.store.transaction() as records:
            return records.notes.get(_AFTERWARDS) is None

    def chinese(self) -> ChineseScript:
        """The script in which drafts write Chinese when nobody names one."""
        with self._archive.store.transaction() as records:
            return ChineseScript(records.notes.get(_CHINESE) or ChineseScript.AS_HEARD)

    def write_chinese(self, script: ChineseScript) -> None:
        with self._archive.store.transaction() as records:
            records.notes.set(_CHINESE, script)

    def draft_while_recording(self, wanted: bool) -> None:
        with self._archive.store.transaction() as records:
            if wanted:
                records.notes.delete(_AFTERWARDS)
            else:
                records.notes.set(_AFTERWARDS, "yes")

    def find(self, name: str | None) -> ModelInfo:
        """The model of that name (or path), else the archive's default; NotFound says what is missing and where to put it."""
        chosen = name or self.default()
        if chosen is None:
            raise NotFound(
                tr("There is no speech model yet, so nothing can be transcribed."),
                safe=tr("The recording is safe; its draft waits until there is a model."),
                todo=tr("Get an official Whisper model file (.pt) and add it in Settings, or with “model add FILE”."),
            )
        return self._models.find(chosen)


def used_for(best: str | None, quick: str | None) -> str:
    """Which model writes which drafts, in plain words; nothing where there is none."""
    if best and quick:
        return tr("{quick} writes the draft while you record; {best} writes those you ask for.", quick=quick, best=best)
    return tr("{model} writes every draft.", model=best or quick) if best or quick else ""
