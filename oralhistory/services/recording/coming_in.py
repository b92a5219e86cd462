"""A file that is being brought in, as the database knows it until it is a recording; and what a killed import left of it.

A part that is whole is sound like any other and is filed: a backup may hold it beside a database that still says "coming in".
One that broke off is removed only while the file it came from is there and still has the same hash; otherwise it is filed as
interrupted.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from oralhistory.domain.interview import Interview, Recording, TakePurpose
from oralhistory.domain.ports import Records
from oralhistory.i18n import mark
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.filing import as_recording, file_recording, import_note
from oralhistory.services.recording.filing_takes import FoundPart

BROKE_OFF = mark("import broke off; the file it came from is as it was")


@dataclass(frozen=True, slots=True)
class ComingIn:
    """`session` brings it in since `began_at` (ISO 8601). `sha256`, `size` (bytes), `modified_ns`: of the file at `path`."""

    session: str
    began_at: str = ""
    sha256: str = ""
    path: str = ""
    size: int = 0
    modified_ns: int = 0

    @classmethod
    def of(cls, archive: OpenArchive, path: Path, sha256: str) -> "ComingIn":
        about = path.stat()
        where = str(path.absolute())
        return cls(archive.session, archive.clock().isoformat(), sha256, where, about.st_size, about.st_mtime_ns)

    @classmethod
    def read(cls, records: Records, take_id: str) -> "ComingIn | None":
        """What is known of this take, if it is being brought in. Older archives kept the session alone."""
        text = records.notes.get(import_note(take_id))
        if text is None:
            return None
        return cls(**json.loads(text)) if text.startswith("{") else cls(text)

    def remember(self, records: Records, take_id: str) -> None:
        records.notes.set(import_note(take_id), json.dumps(asdict(self)))

    def source_is_there(self) -> bool:
        """Whether the file it came from is where it was and holds what it held, every byte: it can be brought in again."""
        path = Path(self.path)
        try:
            return bool(self.path) and path.stat().st_size == self.size and hash_of(path) == self.sha256
        except OSError:
            return False



def settle(
    archive: OpenArchive, interview: Interview, home: Path, coming: ComingIn, parts: Iterable[FoundPart], unread: Iterable[Path]
) -> list[Recording]:
    """File what an import that is over left in the take's folder `home`, or remove it. OSError: the next unlock tries again.

    `parts` are those with sound in them, `unread` those that do not open.
    """
    parts, unread = list(parts), list(unread)
    broken = [one.path for one in parts if not one.summary.complete] + unread
    gone = broken if broken and coming.source_is_there() else []
    kept = [one for one in parts if one.path not in gone]
    for path in gone:
        path.with_suffix(".peaks").unlink(missing_ok=True)
        path.unlink()
    filed = []
    with archive.store.transaction() as records:
        for one in kept:
            recording = as_recording(
                archive, interview, one.path, one.summary, purpose=TakePurpose.TESTIMONY,
                recorded_at=datetime.fromisoformat(coming.began_at) if coming.began_at else archive.clock(),
                source_sha256=coming.sha256 if one.summary.complete else "",  # the whole file may still come in
            )  # fmt: skip
            filed.append(file_recording(archive, records, interview, recording))
        for path in gone:
            archive.record_custody(records, interview, BROKE_OFF, "removed", path.stem)
        records.notes.delete(import_note(home.name))
    return filed


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hex. OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
