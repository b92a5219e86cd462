"""After a narrator took consent back: who was given what, letters that ask for it back, and what the narrator wants done.

Everything is refused already when this begins (`consenting.withdraw`). The letters hold codes, days and hashes and never a
name: whoever received a file knows it by them. What the narrator wants is asked, kept in the log and carried out here, but for
destroying, which is its own service.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oralhistory import i18n
from oralhistory.domain.asking_back import concerning
from oralhistory.domain.consent import Purpose, Wish, Withdrawal, same_recipient
from oralhistory.domain.due import ANSWERED_WITHIN
from oralhistory.domain.interview import OPEN_END_MS, Interview, SealedRange
from oralhistory.domain.ports import ExportRecord, Records
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.calendar import Calendar
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consent_acts import ConsentActs
from oralhistory.services.consent.consenting import consent_file
from oralhistory.services.refusal import PURPOSES
from oralhistory.services.release.handing_over import given_to
from oralhistory.services.release.own_bags import kept_here

CLOSED = "consent withdrawn"
"""The reason that stands with a whole interview that was closed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """To one recipient, about everything they received that is covered by what was withdrawn.

    `code` is one by which they know the interview; `written` the day on which such a letter was printed or saved since that was
    withdrawn.
    """

    recipient: str
    subject: str
    text: str
    code: str
    written: date | None = None


class Withdrawing:
    """`folder` holds the texts of the letters, a file a language."""

    def __init__(self, archive: OpenArchive, acts: ConsentActs, folder: Path) -> None:
        self._archive = archive
        self._acts = acts
        self._folder = folder

    @property
    def languages(self) -> list[str]:
        return sorted(file.stem.removeprefix("recall-") for file in self._folder.glob("recall-*.json"))

    def given_out(self, code: str) -> list[ExportRecord]:
        """What left the building for a purpose that is withdrawn now, from everybody or from its recipient; the oldest first."""
        with self._archive.store.reading() as records:
            return [one for one, _ in _covered(records, self._archive.interview(records, code))]

    def gave(self, code: str, recipient: str) -> int:
        """How many files went to this recipient: none, when the name is written in another way than it was."""
        with self._archive.store.reading() as records:
            return len(given_to(records, self._archive.interview(records, code), recipient))

    def letters(self, code: str, language: str) -> list[Letter]:
        """A letter to each recipient, in `language`. MalformedInput when there is none in it, or nothing was withdrawn."""
        if language not in self.languages:
            raise MalformedInput(
                tr("There is no letter in this language: {language}.", language=language),
                todo=tr("Known: {known}.", known=", ".join(self.languages)),
            )
        words = json.loads((self._folder / f"recall-{language}.json").read_text("utf-8"))
        with self._archive.store.reading() as records:
            interview = self._archive.interview(records, code)
            own = kept_here(records, interview.id)
            covered = [one for one in _covered(records, interview) if one[0].sha256 not in own]  # those went to nobody
            if not records.consents.withdrawals(interview.id):
                raise MalformedInput(tr("Nothing was withdrawn."))
            log = records.custody.of(interview.id)
        calendar = self._archive.calendar
        days = {one.action: calendar.day_of(one.at) for one in log}  # the latest of each
        writing = _Writing(words, calendar, days)
        return [writing.letter(theirs) for theirs in _by_recipient(covered)]

    def written(self, code: str, letter: str) -> None:
        """Keep in the log that the letter about this code was printed or saved: what became of it then nobody knows."""
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            self._archive.record_custody(records, interview, f"letter about {letter} printed or saved")
        self._archive.announce(Changed.CONSENT, code)

    def choose(self, code: str, wish: Wish, note: str = "") -> None:
        """Keep what the narrator wants done; closing is done at once: all of it is sealed, without an end."""
        if wish is Wish.CLOSE:
            self._close(code)
        self._acts.chosen(code, wish, note)

    def _close(self, code: str) -> None:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            if not records.consents.withdrawals(interview.id):
                raise MalformedInput(tr("Nothing was withdrawn."), safe=tr("Nothing was changed."))
            if not any(one.closes_everything for one in records.recordings.sealed_ranges(interview.id)):
                records.recordings.put_sealed_range(SealedRange(interview.id, 0, OPEN_END_MS, CLOSED))
                archive.record_custody(records, interview, "closed as a whole")
        archive.announce(Changed.CONSENT, interview.code)


_AskedBack = tuple[ExportRecord, tuple[Withdrawal, ...]]
"""Something that was given out, and the withdrawals because of which it is asked for."""


def _covered(records: Records, interview: Interview) -> list[_AskedBack]:
    consent = consent_file(records, interview)
    given = [(one, concerning(consent, _uses(one), one.recipient)) for one in records.exports.of(interview.id)]
    return [(one, withdrawals) for one, withdrawals in given if withdrawals]


def _by_recipient(covered: list[_AskedBack]) -> list[list[_AskedBack]]:
    """One letter each, however the name was typed."""
    apart: list[list[_AskedBack]] = []
    for one in covered:
        meant = same_recipient(one[0].recipient)
        theirs = next((known for known in apart if meant(known[0][0].recipient)), None)
        if theirs is None:
            apart.append([one])
        else:
            theirs.append(one)
    return apart


def _uses(export: ExportRecord) -> tuple[Purpose, ...]:
    """What the narrator had to allow for it."""
    return (Purpose(export.purpose), *([Purpose.OVERSEAS_TRANSFER] if export.abroad else []))


@dataclass(frozen=True, slots=True)
class _Writing:
    """`days`: when each action of the interview's log was last done."""

    words: Mapping[str, str]
    calendar: Calendar
    days: Mapping[str, date]

    def letter(self, theirs: list[_AskedBack]) -> Letter:
        """To one recipient, who learns of no other and of no purpose that nothing of theirs was for."""
        words, given = self.words, [one for one, _ in theirs]
        withdrawals, recipient = list(dict.fromkeys(one for _, each in theirs for one in each)), given[0].recipient
        codes = ", ".join(dict.fromkeys(one.code for one in given))
        subject = words["subject"].format(code=codes)
        items = [self._item(one) for one in given]
        today = self.calendar.day()
        due = max((one.due for one in withdrawals if one.due), default=today)
        answer_by = max(due, today + ANSWERED_WITHIN)  # a letter that is written late still leaves time to answer
        parts = [
            words["to"].format(recipient=recipient), subject, words["opening"], self._scope(withdrawals, given), words["listed"],
            "\n".join(items), words["wish"], words["answer"].format(due=answer_by.isoformat()),
            words["closing"].format(today=today.isoformat()),
        ]  # fmt: skip
        return Letter(recipient, subject, "\n\n".join(parts) + "\n", given[0].code, self._written(withdrawals, given))

    def _written(self, withdrawals: list[Withdrawal], given: list[ExportRecord]) -> date | None:
        """A letter of before what was withdrawn last does not speak of it."""
        days = [day for one in given if (day := self.days.get(f"letter about {one.code} printed or saved"))]
        asked = max(one.requested_on for one in withdrawals)
        return max((day for day in days if day >= asked), default=None)

    def _scope(self, withdrawals: list[Withdrawal], given: list[ExportRecord]) -> str:
        if any(not one.purposes and not one.recipient for one in withdrawals):
            return self.words["scope_all"]
        used = {use for one in given for use in _uses(one)}
        meant = {use for use in used for one in withdrawals if one.covers(use, given[0].recipient)}
        taken = sorted(meant, key=list(Purpose).index)
        return self.words["scope_some"].format(purposes=", ".join(self._purpose(one) for one in taken))

    def _item(self, one: ExportRecord) -> str:
        return self.words["item"].format(
            date=self.calendar.day_of(one.made_at).isoformat(), format=one.format,
            purpose=self._purpose(Purpose(one.purpose)), code=one.code, sha256=one.sha256,
        )  # fmt: skip

    def _purpose(self, purpose: Purpose) -> str:
        return i18n.said_in(self.words["language"], PURPOSES[purpose.value])
