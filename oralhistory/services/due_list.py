"""What is due in the archive, the most pressing first: consents to look at again, the second moment, backups, sound to read.

What follows from consents alone is `domain.due`; here what the archive holds besides is added to it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oralhistory.domain.backup import is_due, last_finished
from oralhistory.domain.consent import ConsentFile, Purpose, Stage
from oralhistory.domain.due import Due, DueKind, due
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.fixity import FixityService


class Duty(StrEnum):
    """What is due besides the consents themselves."""

    SECOND_MOMENT = "second_moment"  # something was recorded, and the narrator has not yet said what may become of it
    BACKUP = "backup"
    FIXITY = "fixity"


@dataclass(frozen=True, slots=True)
class Item:
    """`code` is the interview, or nothing for the archive; `count` of how many things.

    `on` is the day by which, where there is one."""

    kind: DueKind | Duty
    code: str = ""
    on: date | None = None
    overdue: bool = False
    purpose: Purpose | None = None
    count: int = 1


class DueList:
    def __init__(self, archive: OpenArchive, fixity: FixityService) -> None:
        self._archive = archive
        self._fixity = fixity

    def items(self) -> list[Item]:
        """Everything that is due, what is overdue first, then by day."""
        today = self._archive.today()
        with self._archive.store.reading() as records:
            lines = {one.interview.code: one for one in records.library.lines(set(Purpose))}
            last = last_finished(records.backups.known())
        found = [_from_consent(one) for one in due({code: line.consent for code, line in lines.items()}, today)]
        found += [
            Item(Duty.SECOND_MOMENT, code, overdue=True)
            for code, line in lines.items()
            if line.testimony_ms and _second_moment_missing(line.consent)
        ]
        if lines and is_due(last, self._archive.clock()):
            found.append(Item(Duty.BACKUP, on=self._archive.calendar.day_of(last) if last else None, overdue=True))
        overdue = len(self._fixity.schedule().due)
        if overdue:
            found.append(Item(Duty.FIXITY, overdue=True, count=overdue))
        return sorted(found, key=lambda one: (not one.overdue, one.on or date.max, one.kind, one.code))


def _from_consent(one: Due) -> Item:
    return Item(one.kind, one.code, one.on, one.overdue, one.purpose)


def _second_moment_missing(consent: ConsentFile) -> bool:
    return not consent.frozen and any(own.latest(Stage.AFTER, Stage.RENEWAL) is None for own in consent.each)

