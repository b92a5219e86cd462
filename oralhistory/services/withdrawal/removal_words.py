"""What was removed of an interview and what was not, in plain words: no more is promised than was done."""

from oralhistory.domain.removal import Removal, RemovalStep
from oralhistory.domain.timecode import clock
from oralhistory.i18n import ntr, tr
from oralhistory.services.withdrawal.destruction_words import copies_and_backups, given_out, not_searched
from oralhistory.zones import local_day


def times(removal: Removal) -> dict[str, str]:
    """From when to when, as people write times."""
    return {"begin": clock(removal.start_ms, millis=True), "end": clock(removal.end_ms, millis=True)}


def line(removal: Removal) -> str:
    """One removal: which minutes, by whom, on which day, why."""
    return tr(
        "Removed for good: {begin} to {end}, by {by} on {day}: {reason}", **times(removal), by=removal.by,
        day=local_day(removal.begun_at), reason=removal.reason,
    )  # fmt: skip


def report(removal: Removal) -> list[str]:
    """Everything a person should know of it, a sentence each."""
    told, code = removal.told, removal.code
    if removal.step is not RemovalStep.DONE:
        return [tr("Removing minutes from {code} is not finished. It goes on at the next unlock.", code=code)]
    return [
        line(removal),
        tr("The interview was sealed anew under a new key; the old key is overwritten, in the archive and in the database."),
        ntr("{n} old sealed file was removed.", "{n} old sealed files were removed.", told.files),
        *_of_the_text(told.rows.get("reviewed_segments", 0)),
        tr("The archive has a new key: an old list of keys leads nowhere any more."),
        *copies_and_backups(told, code),
        *given_out(told.recall),
        *not_searched(told),
        tr(
            "Not searched, because people wrote it and no clock says what it is about: summary, what was told, notes, comments,"
            " consents, reasons, and other interviews. Look there yourself."
        ),
        tr(
            "What flash memory and system files keep of deleted data is beyond the program; full-disk encryption helps."
        ),
    ]


def _of_the_text(touched: int) -> list[str]:
    if not touched:
        return []
    return [
        ntr(
            "{n} passage of the text lost words or went. Read what stands before and behind it: it is marked to be checked.",
            "{n} passages of the text lost words or went. Read what stands before and behind them: it is marked to be checked.",
            touched,
        ),
        tr("Earlier steps of editing cannot be undone any more; the text has to be signed off again."),
    ]
