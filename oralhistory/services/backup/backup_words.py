"""Backups in plain words, for window and command line alike: what was done, what was proven, what is wrong."""

from collections.abc import Iterable

from oralhistory.domain.backup import Fault, Finding
from oralhistory.domain.ports import SlotKind
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.backup.backing_up import BackupOutcome, BackupStanding
from oralhistory.services.backup.proving import ProofReport
from oralhistory.zones import local_minute

_OF_A_FILE = {
    Fault.MISSING: mark("Missing, or not given back by the medium: {path}"),
    Fault.CHANGED: mark("Damaged or exchanged: {path}"),
    Fault.FOREIGN: mark("Does not belong there: {path}"),
}
_OF_THE_WHOLE = {
    Fault.ROLLED_BACK: mark("An older state of the backup stands there than the one that was written last."),
    Fault.EARLIER_KEY: mark(
        "It was written before the archive got a new key. Back up to it once more, then it can be checked again."
    ),
    Fault.UNKNOWN_STATE: mark("The state that stands there is not one that this archive wrote: damaged, or exchanged."),
}
_OPENED_WITH: dict[str, str] = {
    SlotKind.PASSPHRASE: mark("It was opened with a passphrase."),
    SlotKind.RECOVERY: mark("It was opened with the printed recovery code."),
    SlotKind.ORGANISATION: mark("It was opened with the organisation's key alone."),
}


def sentence(finding: Finding) -> str:
    """One fault of a backup."""
    if finding.fault in _OF_THE_WHOLE:
        return tr(_OF_THE_WHOLE[finding.fault])
    return tr(_OF_A_FILE[finding.fault], path=finding.path)


def done(outcome: BackupOutcome) -> list[str]:
    """What a backup did, and everything a person should know of it."""
    told = [
        ntr("{n} new file was copied and read back.", "{n} new files were copied and read back.", outcome.copied),
        ntr("{n} file stood there already.", "{n} files stood there already.", outcome.kept),
    ]
    if outcome.distrusted is not None:
        told.append(sentence(Finding("", outcome.distrusted)))
        told.append(tr("Therefore everything that stood there was read again and compared."))
    if outcome.same_disk:
        told.append(
            tr("The backup is on the same disk as the archive: it does not help when the disk or the computer is lost.")
        )
    if outcome.cloud:
        told.append(
            tr("Another program copies this folder to {cloud}: the sealed files leave your hands.", cloud=outcome.cloud)
        )
    told += [tr("Left out, because it is being recorded: {code}", code=code) for code in outcome.left_out]
    told += [tr("Destroyed in this backup: {code}", code=code) for code in outcome.destroyed]
    told += [tr("Missing in the archive, kept in the backup: {path}", path=path) for path in outcome.missing]
    told += [tr("Damaged in the archive, not copied over the backup's: {path}", path=path) for path in outcome.changed]
    told += [tr("Not a file of the archive, left out: {path}", path=path) for path in outcome.strange]
    return told


def proof(report: ProofReport) -> list[str]:
    """What a drill has proven, and what it has not."""
    minutes = report.duration_ms // 60_000
    told = [
        tr("State {number} of {date}.", number=report.number, date=local_minute(report.made_at)),
        tr(_OPENED_WITH.get(report.kind, _OPENED_WITH[SlotKind.PASSPHRASE])),
        ntr("{n} file was read and compared.", "{n} files were read and compared.", report.files),
        ntr(
            "The database opened; it holds {n} interview.",
            "The database opened; it holds {n} interviews.",
            report.interviews,
        ),
        ntr(
            "{n} recording was decrypted from beginning to end ({minutes} minutes).",
            "{n} recordings were decrypted from beginning to end ({minutes} minutes).",
            report.recordings - len(report.unproven),
            minutes=minutes,
        ),
        *problems(report.findings),
        *(
            tr("This recording would not come back whole: {code}, part {part}", code=c, part=p)
            for c, p in report.unproven
        ),
    ]
    whole = tr("Everything in this backup would come back.")
    return [*told, whole if report.proven else tr("This backup would not bring everything back.")]


def problems(findings: Iterable[Finding]) -> list[str]:
    return [sentence(one) for one in findings]


def standing(backup: BackupStanding) -> list[str]:
    """One backup on the list of known ones."""
    known = backup.known
    when = local_minute(known.finished_at) if known.finished_at else tr("never finished")
    attached = tr("attached") if backup.attached else tr("not attached")
    return [f"{known.place}  {when}  {attached}", *map(still_opens, backup.still_opens)]


def still_opens(code: str) -> str:
    """What is said of a backup that was not attached when an interview, or minutes of it, were destroyed."""
    return tr(
        "It can still open what was destroyed of {code}, until it is attached and a backup is made to it.", code=code
    )
