"""A file that is being brought in, as the database knows it until it is a recording; and what a killed import left of it.

A part that is whole is sound like any other and is filed: a backup may hold it beside a database that still says "coming in".
One that broke off is removed only while the file it came from is there and still has the same hash; otherwise it is filed as
interrupted.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from oralhistory.domain.interview import Interview, Recording, TakePurpose
from oralhistory.domain.ports import Records
from oralhistory.durable import sha256_of
from oralhistory.errors import NotAllowed
from oralhistory.i18n import mark
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consenting import require_recording
from oralhistory.services.recording.filing import AUDIO, IMPORTS, as_recording, file_recording, import_note
from oralhistory.services.recording.filing_takes import FoundPart

BROKE_OFF = mark("import broke off; the file it came from is as it was")
REFUSED = mark("sound of an import that broke off waits: no consent covers it")


@dataclass(frozen=True, slots=True)
class ComingIn:
    """`session` brings it in since `began_at` (ISO 8601). `sha256`, `size` (bytes), `modified_ns`: of the file at `path`."""

    session: str
    began_at: str = ""
    sha256: str = ""
    path: str = ""
    size: int = 0
    modified_ns: int = 0
    refused: bool = False
    """Whether sound of it waits unfiled, because no consent covered recording when it was found."""

    @classmethod
    def of(cls, archive: OpenArchive, path: Path, sha256: str) -> "ComingIn":
        about = path.stat()
        where = str(path.absolute())
        return cls(archive.session, archive.clock().isoformat(), sha256, where, about.st_size, about.st_mtime_ns)

    @classmethod
    def read(cls, records: Records, interview_id: str, take_id: str) -> "ComingIn | None":
        """What is known of this take, if it is being brought in. Older archives kept it by the take alone."""
        text = records.notes.get(import_note(interview_id, take_id)) or records.notes.get(f"{IMPORTS}{take_id}")
        return None if text is None else cls.parsed(text)

    @classmethod
    def parsed(cls, text: str) -> "ComingIn":
        """What a note says: an older archive's is the session alone."""
        return cls(**json.loads(text)) if text.startswith("{") else cls(text)

    def remember(self, records: Records, interview: Interview, take_id: str) -> None:
        records.notes.set(import_note(interview.id, take_id), json.dumps(asdict(self)))

    def source_is_there(self) -> bool:
        """Whether the file it came from is where it was and holds what it held, every byte: it can be brought in again."""
        path = Path(self.path)
        try:
            return bool(self.path) and path.stat().st_size == self.size and sha256_of(path) == self.sha256
        except OSError:
            return False


def forget(records: Records, interview_id: str, take_id: str) -> None:
    """Keep nothing of where the file of this take lay."""
    records.notes.delete(import_note(interview_id, take_id))
    records.notes.delete(f"{IMPORTS}{take_id}")


def sweep(archive: OpenArchive) -> None:
    """Forget every import that is over and left no folder: where its file lay is nobody's business any more."""
    with archive.store.transaction() as records:
        for key in records.notes.keys(IMPORTS):
            *of, take_id = key.removeprefix(IMPORTS).split(":")
            there = any((archive.folder / AUDIO).glob(f"{of[0] if of else '*'}/{take_id}"))
            if not there and ComingIn.parsed(records.notes.get(key) or "").session != archive.session:
                records.notes.delete(key)


def settle(
    archive: OpenArchive, interview: Interview, home: Path, coming: ComingIn, parts: Iterable[FoundPart], unread: Iterable[Path]
) -> list[Recording]:
    """File what an import that is over left in the take's folder `home`, or remove it. OSError: the next unlock tries again.

    Sound that no consent covers stays where it is, unfiled and on record, until one does or the interview is destroyed.

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
        for path in gone:
            archive.record_custody(records, interview, BROKE_OFF, "removed", path.stem)
        if kept and not _may_be_filed(archive, records, interview):
            if not coming.refused:
                for one in kept:
                    archive.record_custody(records, interview, REFUSED, "refused", one.file_id)
            forget(records, interview.id, home.name)
            replace(coming, refused=True, path="").remember(records, interview, home.name)
            return []
        for one in kept:
            recording = as_recording(
                archive, interview, one.path, one.summary, purpose=TakePurpose.TESTIMONY,
                recorded_at=datetime.fromisoformat(coming.began_at) if coming.began_at else archive.clock(),
                source_sha256=coming.sha256 if one.summary.complete else "",  # the whole file may still come in
            )  # fmt: skip
            filed.append(file_recording(archive, records, interview, recording))
        forget(records, interview.id, home.name)
    return filed


def _may_be_filed(archive: OpenArchive, records: Records, interview: Interview) -> bool:
    try:
        require_recording(archive, records, interview)
    except NotAllowed:
        return False
    return True
