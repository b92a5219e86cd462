"""The speech models a person put on this machine: one folder, a `.pt` file each and a small note of what it is.

A model is inspected in a child before it is copied, and stands under its name only when the copy is whole and on the disk.
The file a person brings is never changed. Nothing is fetched from anywhere.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from oralhistory import durable
from oralhistory.domain.ports import ModelInfo
from oralhistory.errors import InUse, MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.transcription.conversions import FOLDER, Conversions

Inspect = Callable[[Path], tuple[str, str | None]]
"""Says a file's SHA-256 and its published name if it has one; MalformedInput or NotFound when it is no model."""

_SUFFIX = ".pt"
_NAME = re.compile(r"[^\W_][\w.-]{0,62}")
_BLOCK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Note:
    """What was found out about a model's file, so that gigabytes need not be read again to list it; `speeds` by engine."""

    sha256: str
    official: str | None
    size: int
    speeds: Mapping[str, int] = field(default_factory=dict)


class ModelStore:
    def __init__(self, folder: Path, inspect: Inspect) -> None:
        """`folder` need not exist yet."""
        self._folder = folder
        self._inspect = inspect

    @property
    def converted(self) -> Path:
        """Where engines keep models in a form of their own."""
        return self._folder / FOLDER

    def list(self) -> list[ModelInfo]:
        """By name. A file laid into the folder by hand is inspected once; one that is no model is left out."""
        found = []
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            with suppress(MalformedInput, NotFound):
                found.append(self._known(path))
        return found

    def add(self, file: Path, name: str) -> ModelInfo:
        """Copy `file` in under `name`. MalformedInput for a bad name or file, InUse for a taken name, StorageFailed."""
        if not _NAME.fullmatch(name):
            raise MalformedInput(
                tr("This cannot be the name of a model."),
                todo=tr(
                    "Use up to 63 letters, digits, dots, dashes and underscores, beginning with a letter or digit."
                ),
            )
        target = self._path(name)
        if target.exists():
            raise InUse(
                tr("There is a model called {name} already.", name=name),
                safe=tr("It was left as it is."),
                todo=tr("Choose another name, or remove that model first."),
            )
        sha256, official = self._inspect(file)
        size = self._copy(file, target, sha256)
        self._write_note(target, _Note(sha256, official, size))
        return ModelInfo(name, target, sha256, official, size)

    def remove(self, name: str) -> None:
        """Delete the copy under `name` and what engines made of it. NotFound."""
        path = self._existing(name)
        note = _read_note(path)
        try:
            path.unlink()
            _note_of(path).unlink(missing_ok=True)
        except OSError:
            raise _storage_failed() from None
        if note is not None and all(other.sha256 != note.sha256 for other in self.list()):
            Conversions(self.converted).forget(note.sha256)

    def find(self, name_or_path: str) -> ModelInfo:
        """The model of that name, or the file at that path, inspected. NotFound, MalformedInput."""
        if _NAME.fullmatch(name_or_path) and self._path(name_or_path).is_file():
            return self._known(self._path(name_or_path))
        path = Path(name_or_path)
        if path.suffix != _SUFFIX or not path.is_file():
            raise _not_found()
        sha256, official = self._inspect(path)
        return ModelInfo(path.stem, path, sha256, official, path.stat().st_size)

    def keep_speed(self, name: str, engine: str, seconds_an_hour: int) -> None:
        """Note how long an hour of speech takes with this engine here. NotFound."""
        path = self._existing(name)
        self._known(path)
        if (note := _read_note(path)) is not None:
            self._write_note(path, replace(note, speeds={**note.speeds, engine: seconds_an_hour}))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"

    def _existing(self, name: str) -> Path:
        if _NAME.fullmatch(name) and self._path(name).is_file():
            return self._path(name)
        raise _not_found()

    def _known(self, path: Path) -> ModelInfo:
        size = path.stat().st_size
        note = _read_note(path)
        if note is None or note.size != size:
            sha256, official = self._inspect(path)
            note = _Note(sha256, official, size)
            self._write_note(path, note)
        return ModelInfo(path.stem, path, note.sha256, note.official, size, note.speeds)

    def _copy(self, file: Path, target: Path, sha256: str) -> int:
        """The number of bytes copied; they stand under `target` only when they are those that were inspected."""
        unfinished = target.with_name(f".{secrets.token_hex(8)}.unfinished")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with file.open("rb") as source, unfinished.open("xb") as copy:
                seen = hashlib.sha256()
                while block := source.read(_BLOCK):
                    seen.update(block)
                    copy.write(block)
                copy.flush()
                durable.sync_data(copy.fileno())
                size = copy.tell()
            if seen.hexdigest() != sha256:
                raise MalformedInput(tr("The model's file changed while it was copied."), safe=tr("Nothing was added."))
            unfinished.replace(target)
            durable.sync_folder(self._folder)
        except OSError:
            raise _storage_failed() from None
        finally:
            with suppress(OSError):
                unfinished.unlink()
        return size

    def _write_note(self, path: Path, note: _Note) -> None:
        """A note that cannot be written costs another inspection, nothing else."""
        fresh = path.with_name(f".{secrets.token_hex(8)}.unfinished")
        with suppress(OSError):
            fresh.write_text(json.dumps(asdict(note)), encoding="utf-8")
            fresh.replace(_note_of(path))


def _note_of(path: Path) -> Path:
    return path.with_suffix(".json")


def _read_note(path: Path) -> _Note | None:
    try:
        content = json.loads(_note_of(path).read_text(encoding="utf-8"))
        speeds = {str(engine): int(seconds) for engine, seconds in content.get("speeds", {}).items()}
        note = _Note(str(content["sha256"]), content["official"], int(content["size"]), speeds)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    named = note.official is None or isinstance(note.official, str)
    return note if named and _SHA256.fullmatch(note.sha256) else None


def _not_found() -> NotFound:
    return NotFound(
        tr("There is no speech model of that name, and no model file (.pt) at that path."),
        todo=tr("See which models there are, or add a Whisper model file."),
    )


def _storage_failed() -> StorageFailed:
    return StorageFailed(
        tr("The model could not be stored or removed."),
        safe=tr("The file you chose is unchanged."),
        todo=tr("Check the free space and that the folder of models may be written."),
    )
