"""What a backup is: one state made of the archive's sealed files, a snapshot of its database, its key files and key slots.

The manifest names all of them with sizes and hashes; it is the only thing that says what belongs together. Files of
recordings never change and are kept under their own path; everything that may change is kept under a name that holds its
hash, so that a state is never altered by the next one.
"""

import json
import re
from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

SOUND = ".oha"
"""Ending of a sealed part of a recording: written once, never changed."""

_FORMAT = 1
_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")
_LONGEST_PATH = 1000
_DUE_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file of a state: `path` is relative to the archive, with slashes; `size` in bytes; `sha256` of what is stored."""

    path: str
    size: int
    sha256: str

    @property
    def stored(self) -> str:
        """Its path among the files of the backup."""
        return self.path if self.path.endswith(SOUND) else f"{self.path}.{self.sha256[:16]}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of a backup. `number` rises with every state of the same backup, whatever was restored in between."""

    archive_id: str
    backup_id: str
    number: int
    made_at: datetime
    database: SealedFile
    keys: SealedFile
    slots: SealedFile
    files: tuple[SealedFile, ...]

    @property
    def own(self) -> tuple[SealedFile, ...]:
        """What belongs to this state alone."""
        return (self.database, self.keys, self.slots)

    @property
    def size(self) -> int:
        """Bytes of everything."""
        return sum(one.size for one in (*self.own, *self.files))

    def to_bytes(self) -> bytes:
        return json.dumps({"format": _FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Manifest":
        """ValueError for anything that `to_bytes` does not make."""
        try:
            document = json.loads(raw)
            if document.pop("format") != _FORMAT:
                raise ValueError("format")
            made_at = datetime.fromisoformat(document.pop("made_at"))
            database, keys, slots = (_file(document.pop(name)) for name in ("database", "keys", "slots"))
            files = tuple(_file(one) for one in document.pop("files"))
            manifest = cls(made_at=made_at, database=database, keys=keys, slots=slots, files=files, **document)
        except (TypeError, KeyError, AttributeError, RecursionError) as wrong:
            raise ValueError("not a manifest") from wrong
        ids = (manifest.archive_id, manifest.backup_id)
        if not all(_ID.fullmatch(one) for one in ids) or type(manifest.number) is not int or manifest.number < 1:
            raise ValueError("ids or number")
        if made_at.tzinfo is None or len({one.path for one in files}) != len(files):
            raise ValueError("time or paths")
        return manifest


def _file(entry: Any) -> SealedFile:
    found = SealedFile(**entry)
    if type(found.size) is not int or found.size < 0 or not _DIGEST.fullmatch(found.sha256) or not plain(found.path):
        raise ValueError("a file")
    return found


def plain(path: str) -> bool:
    """Whether a relative path is made of names the program gives: nothing hidden, nothing that leads elsewhere."""
    return len(path) <= _LONGEST_PATH and all(_NAME.fullmatch(name) for name in path.split("/"))


def is_id(name: str) -> bool:
    """Whether a name is the id of an interview, take or part."""
    return _ID.fullmatch(name) is not None


def concerns(path: str, ids: Iterable[str]) -> bool:
    """Whether a file belongs to one of these ids (interview, take, part): each stands in its path as a name of its own."""
    wanted = ids if isinstance(ids, Set) else set(ids)
    return any(name.partition(".")[0] in wanted for name in path.split("/"))


class Fault(StrEnum):
    """What is wrong with a file of a backup, or with the backup as a whole."""

    MISSING = "missing"
    """It is not there, or the medium does not give it back."""
    CHANGED = "changed"
    """Its content is another one: damaged, cut off, exchanged."""
    FOREIGN = "foreign"
    """No state of the backup names it."""
    ROLLED_BACK = "rolled_back"
    """An older state stands there than the one the archive wrote last."""
    UNKNOWN_STATE = "unknown_state"
    """The state there is not one that this archive wrote."""
    EARLIER_KEY = "earlier_key"
    """The state there was written before the archive got a new key: only another backup makes it readable again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` as in the archive; empty when it concerns the backup as a whole."""

    path: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class KnownBackup:
    """A backup as the archive remembers it. `place` is where it was last; 0 and None before the first one was finished.

    `begun` is the number of the state last begun, `number` of the one last finished, `digest` the hash of its manifest.
    `obeyed` says up to which tombstone destroyed interviews are gone from it.
    """

    id: str
    place: str
    begun: int
    number: int = 0
    digest: str = ""
    finished_at: datetime | None = None
    size: int = 0
    obeyed: int = 0


def last_finished(known: Iterable[KnownBackup]) -> datetime | None:
    """When the newest of them was finished; None before there was one."""
    return max((one.finished_at for one in known if one.finished_at), default=None)


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether another backup is to be made, where there is anything to lose."""
    return last is None or now - last >= _DUE_AFTER


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Something destroyed for good; `subject` is the id of an interview, take or part. `row` rises with each one."""

    row: int
    subject: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """What the archive noted of a file when it was first copied; `mtime_ns` tells a companion that was written anew."""

    file: SealedFile
    mtime_ns: int
