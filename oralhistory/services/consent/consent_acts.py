"""What is done about a consent after it was given: doubts cleared, conditions met, single cases asked, risks approved, holds.

Each is a line in the interview's log and in its custody, with who did it. What needs a second person takes their passphrase
for it: a name that somebody typed proves nobody's presence.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from oralhistory.domain.consent import (
    Act,
    Concern,
    ConsentEvent,
    ConsentFile,
    ConsentVersion,
    Purpose,
    Reason,
    RiskLevel,
    Stage,
    Wish,
)
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consenting import consent_file


class ConsentActs:
    """`second_person` gives the staff code of whoever's passphrase it takes, if that is somebody else."""

    def __init__(self, archive: OpenArchive, second_person: Callable[[str], str]) -> None:
        self._archive = archive
        self._second_person = second_person

    def clear_concern(self, code: str, reason: str, passphrase: str) -> ConsentEvent:
        """A second person looked at the doubt about the narrator's capacity and has none (any more), for this `reason`."""
        second = self._second_person(passphrase)

        def about(consent: ConsentFile) -> ConsentVersion:
            version = consent.latest(*Stage)
            if version is None or version.capacity_concern is Concern.NONE:
                raise _nothing(tr("The last consent names no doubt about the narrator."))
            return version

        return self._note(code, self._event(Act.CONCERN_CLEARED, _said(reason), second), about)

    def approve_risk(self, code: str, reason: str, passphrase: str) -> ConsentEvent:
        """A second person approves release in spite of a high risk."""
        second = self._second_person(passphrase)

        def about(consent: ConsentFile) -> ConsentVersion:
            version = _after(consent)
            if version.risk.level is not RiskLevel.HIGH:
                raise _nothing(tr("The risk is not set to high."))
            return version

        return self._note(code, self._event(Act.RISK_APPROVED, _said(reason), second), about)

    def condition_met(self, code: str, reason: str) -> ConsentEvent:
        """Sign that the condition which the narrator set for release is met."""

        def about(consent: ConsentFile) -> ConsentVersion:
            version = _after(consent)
            if not version.embargo_condition:
                raise _nothing(tr("The narrator set no condition."))
            return version

        return self._note(code, self._event(Act.CONDITION_MET, _said(reason)), about)

    def risk_reviewed(self, code: str, reason: str, next_review: date) -> ConsentEvent:
        """The risk was looked at again and is as it was; if it is another, take a new consent with it."""
        if next_review <= self._archive.calendar.day():
            raise MalformedInput(tr("The next review must lie ahead."), safe=tr("Nothing was stored."))
        event = replace(self._event(Act.RISK_REVIEWED, _said(reason)), day=next_review)
        return self._note(code, event, _after)

    def asked(self, code: str, purpose: Purpose, recipient: str, note: str, *, agreed: bool) -> ConsentEvent:
        """The narrator, who allows this case by case, was asked about this one today. It holds today, and for one time."""
        act = Act.AGREED if agreed else Act.DECLINED
        event = replace(
            self._event(act, _said(note)), purpose=purpose, recipient=recipient.strip(), day=self._archive.calendar.day()
        )
        return self._note(code, event)

    def hold(self, code: str, reason: str, passphrase: str) -> ConsentEvent:
        """A legal hold: from now on nobody destroys the interview. Two people set it."""
        second = self._second_person(passphrase)

        def free(consent: ConsentFile) -> None:
            if consent.hold:
                raise _nothing(tr("A legal hold stands already."))

        return self._note(code, self._event(Act.HELD, _said(reason), second), free)

    def lift_hold(self, code: str, reason: str, passphrase: str) -> ConsentEvent:
        """The hold is over. Two people lift it; they need not be those who set it."""
        second = self._second_person(passphrase)

        def held(consent: ConsentFile) -> None:
            if consent.hold is None:
                raise _nothing(tr("No legal hold stands."))

        return self._note(code, self._event(Act.HOLD_LIFTED, _said(reason), second), held)

    def chosen(self, code: str, wish: Wish, note: str = "") -> ConsentEvent:
        """What the narrator who withdrew wants done."""
        return self._note(code, replace(self._event(Act.CHOSEN, normalised(note)), wish=wish), _withdrawn)

    def carried_out(self, code: str, note: str) -> ConsentEvent:
        """What the narrator wanted is done, recipients were written to: every withdrawal up to today is dealt with."""
        event = replace(self._event(Act.CARRIED_OUT, _said(note)), day=self._archive.calendar.day())
        return self._note(code, event, _withdrawn)

    def _event(self, act: Act, note: str, second: str = "") -> ConsentEvent:
        return ConsentEvent(act, self._archive.clock(), self._archive.actor, second, note=note)

    def _note(
        self, code: str, event: ConsentEvent, about: Callable[[ConsentFile], ConsentVersion | None] = lambda _: None
    ) -> ConsentEvent:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            version = about(consent_file(records, interview))
            event = replace(event, version=version.number if version else 0)
            records.consents.note(interview.id, event)
            who = f"{event.by} and {event.second}" if event.second else event.by
            archive.record_custody(records, interview, f"consent: {event.act.value}", "done", by=who)
        archive.announce("consent", interview.code)
        return event


def refuse_on_hold(records: Records, interview: Interview) -> None:
    """NotAllowed while a legal hold stands: it is the only thing that stops a destruction."""
    hold = consent_file(records, interview).hold
    if hold is not None:
        raise NotAllowed(
            tr("A legal hold stands on this interview."),
            [Reason("legal_hold", "legal_hold", {"by": hold.by, "second": hold.second})],
            safe=tr("Nothing was destroyed. Everything that was withdrawn stays refused."),
        )


def _after(consent: ConsentFile) -> ConsentVersion:
    version = consent.latest(Stage.AFTER, Stage.RENEWAL)
    if version is None:
        raise _nothing(tr("No consent after the interview is on file."))
    return version


def _withdrawn(consent: ConsentFile) -> None:
    if not consent.withdrawals:
        raise _nothing(tr("Nothing was withdrawn."))


def _said(reason: str) -> str:
    said = normalised(reason)
    if not said:
        raise MalformedInput(tr("Say why: it is kept with who did it."), safe=tr("Nothing was stored."))
    return said


def _nothing(what: str) -> MalformedInput:
    return MalformedInput(what, safe=tr("Nothing was stored."))
