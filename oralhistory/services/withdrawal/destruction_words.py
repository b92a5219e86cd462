"""What was destroyed and what was not, in plain words: no more is promised than was done."""

from oralhistory.domain.destruction import Account, Destruction, FormerBackup, Recall, Step
from oralhistory.domain.ports import ExportRecord
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.backup.backup_words import still_opens
from oralhistory.services.refusal import PURPOSES
from oralhistory.zones import local_day

_LISTS = {"glossary": mark("the glossary (Settings)"), "topics": mark("the list of topics (Settings)")}


def report(destruction: Destruction) -> list[str]:
    """Everything a person should know of it, a sentence each."""
    told, code = destruction.told, destruction.code
    if destruction.step is not Step.DONE:
        return [tr("The destruction of {code} is not finished. It goes on at the next unlock.", code=code)]
    lines = [
        tr("Interview {code} is destroyed. Its key is overwritten, in the archive and in the database.", code=code),
        ntr("{n} sealed file was removed.", "{n} sealed files were removed.", told.files),
        ntr(
            "{n} row was deleted from the database, which was rebuilt and encrypted anew.",
            "{n} rows were deleted from the database, which was rebuilt and encrypted anew.",
            sum(told.rows.values()),
        ),
        tr("The archive has a new key: an old list of keys leads nowhere any more."),
    ]
    lines += copies_and_backups(told, code)
    lines += given_out(told.recall)
    lines += not_searched(told)
    lines += [
        tr("The same names stand in the text of another interview; look there: {code}", code=code)
        for code in told.named_in
    ]
    return [*lines, *_never_promised()]


def copies_and_backups(told: Account, code: str) -> list[str]:
    """Where else something lay, and what became of it there."""
    lines = [tr("Destroyed, an old copy kept by the program: {name}", name=name) for name in told.copies]
    lines += [tr("Removed from the folder of second copies: {place}", place=place) for place in told.elsewhere]
    lines += [
        tr("Not reached, sealed sound that nothing opens any more may lie there: {place}", place=place)
        for place in told.unreached
    ]
    lines += [tr("Backup rewritten: {place}", place=place) for place in told.rewritten]
    return lines + [line for one in told.still_open for line in _still_open(one, code)]


def _still_open(backup: FormerBackup, code: str) -> list[str]:
    made = local_day(backup.finished_at) if backup.finished_at else "–"
    which = tr("Backup {place}, last made {date}.", place=backup.place, date=made)
    failed = [tr("It was attached, but could not be rewritten.")] if backup.failed else []
    return [which, *failed, still_opens(code)]


def not_searched(told: Account) -> list[str]:
    """Lists of words that belong to many interviews, and may hold some of this one's."""
    return [
        tr("Not searched, because it belongs to many interviews; look through it yourself: {name}", name=tr(_LISTS[name]))
        for name in told.shared
        if name in _LISTS
    ]


def given_out(recall: tuple[Recall, ...]) -> list[str]:
    """What is out of the archive's reach, and whom to ask."""
    if not recall:
        return [tr("Nothing of it was ever exported by this program.")]
    own, given = [one for one in recall if one.own], [one for one in recall if not one.own]
    lines = []
    if given:
        lines.append(tr("These were given out and are not destroyed. Ask the recipients to delete them:"))
        lines += [f"{local_day(one.made_at)}  {whom(one)}  {_purpose(one)}  {one.format}  {one.sha256}" for one in given]
    if own:
        lines.append(
            tr(
                "Sealed to this archive, and not destroyed: the program opens these no more, but this archive's keys still could."
                " Delete the files, and every copy of them:"
            )
        )
        lines += [f"{local_day(one.made_at)}  {_purpose(one)}  {one.format}  {one.sha256}" for one in own]
    return lines


def _purpose(one: Recall) -> str:
    return tr(PURPOSES[one.purpose]) if one.purpose in PURPOSES else one.purpose


def whom(one: Recall | ExportRecord) -> str:
    """Who received it."""
    return f"{one.recipient} ({tr('abroad')})" if one.abroad else one.recipient


def _never_promised() -> list[str]:
    return [
        tr("Other interviews may speak of the same people in other words; that was not searched."),
        tr(
            "What flash memory and system files keep of deleted data is beyond the program; full-disk encryption helps."
        ),
    ]
