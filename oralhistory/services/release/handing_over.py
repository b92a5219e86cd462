"""A file on its way out: made in a waiting folder beside its place, on record before it gets its name.

Cut off at any moment, either nothing left the archive, or its register says what did and to whom.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from oralhistory.domain.consent import Purpose, same_recipient
from oralhistory.domain.interview import Interview, public_code
from oralhistory.domain.ports import ExportRecord, Records
from oralhistory.domain.transcript import normalised
from oralhistory.durable import PRIVATE, sha256_of, sync_folder
from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive import vouched
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consenting import use_agreement
from oralhistory.services.private_files import refuse_beside_private
from oralhistory.services.release.decision_log import refuse_beside_log
from oralhistory.services.release.waiting import no_folder, sweep, waiting_folder


@contextmanager
def waiting_file(archive: OpenArchive, to: Path, recipient: str) -> Iterator[Path]:
    """Where to write what shall become `to`; it gets that name when the block ends well, and is for its owner alone to read: to
    whom it goes on is theirs to decide. Otherwise it is overwritten, as far as the medium lets us, and deleted.

    MalformedInput when nobody receives it, there is a file of that name, or a decision log or another file that says who
    somebody is lies there; StorageFailed when the disk refuses.
    """
    if not normalised(recipient):
        raise MalformedInput(tr("Say who receives this export."))
    _refuse_taken(to)
    refuse_beside_log(to)
    with archive.store.reading() as records:
        refuse_beside_private(records, to)
    sweep(archive)
    if not to.absolute().parent.is_dir():
        raise no_folder()
    with waiting_folder(archive, to) as waiting:
        try:
            yield waiting / to.name
            _refuse_taken(to)
            with suppress(OSError):  # not every stick knows of owners
                (waiting / to.name).chmod(PRIVATE)
            (waiting / to.name).rename(to)
            sync_folder(to.absolute().parent)
        except OSError as error:
            raise _unwritten() from error


def refuse_other(record: ExportRecord, sha256: str) -> None:
    """StorageFailed when the medium gave other bytes to the register than those that were written."""
    if record.sha256 != sha256:
        raise _unwritten()


def _unwritten() -> StorageFailed:
    return StorageFailed(
        tr("The export could not be written."), safe=tr("Nothing was left behind."), todo=tr("Choose another folder.")
    )


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
    text_digest: str = "",
    rules: str = "",
    counts: Mapping[str, int],
    abroad: bool,
    summary: bool = False,
) -> ExportRecord:
    """Put the finished `file` on the list of what was given to whom.

    Damaged where what is stored of consents or exports is not what the custody log tells: on that nothing is given out.
    """
    vouched.verify(records, [interview])
    sha256 = sha256_of(file)
    record = ExportRecord(
        archive.new_id(), interview.id, code, form, profile, purpose.value, normalised(recipient), sha256, archive.clock(),
        file.stat().st_size, text_digest, rules, counts, abroad, summary,
    )  # fmt: skip
    records.exports.add(record)
    for used in (purpose, Purpose.OVERSEAS_TRANSFER) if abroad else (purpose,):
        use_agreement(archive, records, interview, used, recipient)
    return record


def code_for(archive: OpenArchive, records: Records, interview: Interview, recipient: str, drawn: str = "") -> str:
    """The interview's code for this recipient: the same one each time, and another one for everybody else.

    `drawn` is one that this gave before for the same recipient, to whom nothing may have been given since.
    """
    earlier = next((one.code for one in given_to(records, interview, recipient)), None)
    return earlier or drawn or public_code("E", archive.entropy(8))


def given_to(records: Records, interview: Interview, recipient: str) -> tuple[ExportRecord, ...]:
    """What this recipient has of the interview already, under the same code, however the name was typed; oldest first."""
    meant = same_recipient(recipient)
    return tuple(one for one in records.exports.of(interview.id) if meant(one.recipient))


def _refuse_taken(to: Path) -> None:
    if to.exists():
        raise MalformedInput(tr("There is already a file of that name."), safe=tr("It was not changed."))
