"""A file on its way out: made in a waiting folder beside its place, on record before it gets its name.

Cut off at any moment, either nothing left the archive, or its register says what did and to whom.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oralhistory.domain.consent import Purpose
from oralhistory.domain.interview import Interview, public_code
from oralhistory.domain.ports import ExportRecord, Records
from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.opened import OpenArchive


@contextmanager
def waiting_file(to: Path, recipient: str) -> Iterator[Path]:
    """Where to write what shall become `to`; it gets that name when the block ends well, and is deleted otherwise.

    MalformedInput when nobody receives it or there is a file of that name; StorageFailed when the disk refuses.
    """
    if not recipient.strip():
        raise MalformedInput(tr("Say who receives this export."))
    _refuse_taken(to)
    try:
        waiting = Path(tempfile.mkdtemp(prefix=".oralhistory-", dir=to.parent))
    except OSError as error:
        raise StorageFailed(
            tr("The folder for the export cannot be written."), todo=tr("Choose another folder.")
        ) from error
    try:
        yield waiting / to.name
        _refuse_taken(to)
        (waiting / to.name).rename(to)
    except OSError as error:
        raise StorageFailed(
            tr("The export could not be written."),
            safe=tr("Nothing was left behind."),
            todo=tr("Choose another folder."),
        ) from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def register(
    archive: OpenArchive,
    records: Records,
    interview: Interview,
    file: Path,
    *,
    code: str,
    form: str,
    profile: str,
    purpose: Purpose,
    recipient: str,
) -> ExportRecord:
    """Put the finished `file` on the list of what was given to whom."""
    with file.open("rb") as finished:
        sha256 = hashlib.file_digest(finished, "sha256").hexdigest()
    record = ExportRecord(
        archive.new_id(), interview.id, code, form, profile, purpose.value, recipient.strip(), sha256, archive.clock()
    )
    records.exports.add(record)
    return record


def code_for(archive: OpenArchive, records: Records, interview: Interview, recipient: str) -> str:
    """The interview's code for this recipient: the same one each time, and another one for everybody else."""
    wanted = recipient.strip().casefold()
    exports = records.exports.of(interview.id)
    earlier = next((one.code for one in exports if one.recipient.casefold() == wanted), None)
    return earlier or public_code("E", archive.entropy(8))


def _refuse_taken(to: Path) -> None:
    if to.exists():
        raise MalformedInput(tr("There is already a file of that name."), safe=tr("It was not changed."))
