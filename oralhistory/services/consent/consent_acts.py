"""What is done about a consent after it was given: doubts cleared, conditions met, single cases asked, risks approved, holds.

Each is a line in the interview's log and in its custody, with who did it. What needs a second person takes their passphrase
for it: a name that somebody typed proves nobody's presence.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from oralhistory.domain import fingerprints
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
from oralhistory.domain.removal import UNDER_WAY
from oralhistory.domain.transcript import normalised
from oralhistory.errors import InUse, MalformedInput, NotAllowed
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consenting import consent_file


class ConsentActs:
    """`second_person` gives the staff code of whoever's passphrase it takes, if that is somebody else."""

    def __init__(self, archive: OpenArchive, second_person: Callable[[str], str]) -> None:
        self._archive = archive
        self._second_person = second_person

    def clear_concern(self, code: str, reason: str, passphrase: str, narrator: str = "") -> ConsentEvent:
        """A second person looked at the doubt about the narrator's capacity and has none (any more), for this `reason`.

        `narrator`, here and below: the code of whose last document is meant, where there are several; else the last one of all.
        """
        second = self._second_person(passphrase)

        def about(consent: ConsentFile) -> ConsentVersion:
            version = consent.latest(*Stage)
            if version is None or version.capacity_concern is Concern.NONE:
                raise _nothing(tr("The last consent names no doubt about the narrator."))
            return version

        return self._note(code, self._event(Act.CONCERN_CLEARED, _said(reason), second, narrator), about)

    def approve_risk(self, code: str, reason: str, passphrase: str, narrator: str = "") -> ConsentEvent:
        """A second person approves release in spite of a high risk."""
        second = self._second_person(passphrase)

        def about(consent: ConsentFile) -> ConsentVersion:
            version = _after(consent)
            if version.risk.level is not RiskLevel.HIGH:
                raise _nothing(tr("The risk is not set to high."))
            return version

        return self._note(code, self._event(Act.RISK_APPROVED, _said(reason), second, narrator), about)

    def condition_met(self, code: str, reason: str, narrator: str = "") -> ConsentEvent:
        """Sign that the condition which the narrator set for release is met."""

        def about(consent: ConsentFile) -> ConsentVersion:
            version = _after(consent)
            if not version.embargo_condition:
                raise _nothing(tr("The narrator set no condition."))
            return version

        return self._note(code, self._event(Act.CONDITION_MET, _said(reason), narrator=narrator), about)

    def risk_reviewed(self, code: str, reason: str, next_review: date, narrator: str = "") -> ConsentEvent:
        """The risk was looked at again and is as it was; if it is another, take a new consent with it."""
        if next_review <= self._archive.calendar.day():
            raise MalformedInput(tr("The next review must lie ahead."), safe=tr("Nothing was stored."))
        event = replace(self._event(Act.RISK_REVIEWED, _said(reason), narrator=narrator), day=next_review)
        return self._note(code, event, _after)

    def asked(self, code: str, purpose: Purpose, recipient: str, note: str, *, agreed: bool, narrator: str = "") -> ConsentEvent:
        """The narrator, who allows this case by case, was asked about this one today. It holds today, and for one time.

        Of several narrators say which one it was.
        """
        act = Act.AGREED if agreed else Act.DECLINED
        event = replace(
            self._event(act, _said(note), narrator=narrator), purpose=purpose, recipient=normalised(recipient),
            day=self._archive.calendar.day(),
        )  # fmt: skip

        def one_of_them(consent: ConsentFile) -> None:
            if len(consent.narrators) > 1:
                raise MalformedInput(
                    tr("Several people tell in this interview, and an answer of one of them does not count for the others."),
                    safe=tr("Nothing was stored."),
                    todo=tr("Say which of them was asked: {known}.", known=", ".join(consent.narrators)),
                )

        return self._note(code, event, one_of_them)

    def hold(self, code: str, reason: str, passphrase: str) -> ConsentEvent:
        """A legal hold: from now on nobody destroys the interview. Two people set it. InUse when a destruction has begun."""
        second = self._second_person(passphrase)

        def free(consent: ConsentFile) -> None:
            if consent.hold:
                raise _nothing(tr("A legal hold stands already."))

        return self._note(code, self._event(Act.HELD, _said(reason), second), free, refuse_begun)

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
        """What the narrator wanted is done, recipients were written to: every withdrawal that is on file is dealt with."""
        event = replace(self._event(Act.CARRIED_OUT, _said(note)), day=self._archive.calendar.day())
        return self._note(code, event, _withdrawn)

    def _event(self, act: Act, note: str, second: str = "", narrator: str = "") -> ConsentEvent:
        return ConsentEvent(act, self._archive.clock(), self._archive.actor, second, note=note, narrator=narrator)

    def _note(
        self,
        code: str,
        event: ConsentEvent,
        about: Callable[[ConsentFile], ConsentVersion | None],
        first: Callable[[Records, Interview], None] = lambda _records, _interview: None,
    ) -> ConsentEvent:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            first(records, interview)
            consent = consent_file(records, interview)
            version = about(_meant(consent, event.narrator))
            settles = len(consent.withdrawals) if event.act is Act.CARRIED_OUT else 0
            event = replace(event, version=version.number if version else 0, settles=settles)
            records.consents.note(interview.id, event)
            who = f"{event.by} and {event.second}" if event.second else event.by
            archive.record_custody(records, interview, f"consent: {event.act.value}", "done", fingerprints.of_act(event), by=who)
        archive.announce(Changed.CONSENT, interview.code)
        return event


def refuse_on_hold(records: Records, interview: Interview) -> None:
    """NotAllowed while a legal hold stands."""
    hold = consent_file(records, interview).hold
    if hold is not None:
        raise NotAllowed(
            tr("A legal hold stands on this interview."),
            [Reason("legal_hold", "legal_hold", {"by": hold.by, "second": hold.second})],
            safe=tr("Nothing was destroyed. Everything that was withdrawn stays refused."),
        )


def refuse_begun(records: Records, interview: Interview) -> None:
    """InUse when the destruction of the interview, or of minutes of it, has begun: nothing stops it any more."""
    if any(one.step in UNDER_WAY for one in records.removals.of(interview.id)):
        raise InUse(
            tr("Minutes are being removed from interview {code}.", code=interview.code),
            todo=tr("Lock the archive and unlock it again, if it does not come to an end."),
        )
    if any(one.interview_id == interview.id for one in records.destructions.all()):
        raise InUse(
            tr("Interview {code} is being destroyed already.", code=interview.code),
            todo=tr("Lock the archive and unlock it again, if it does not come to an end."),
        )


def _meant(consent: ConsentFile, narrator: str) -> ConsentFile:
    """The consent of this narrator alone, if one is named; MalformedInput when nobody of that code tells here."""
    if narrator and narrator not in consent.narrators:
        raise MalformedInput(
            tr("Nobody of this code tells in the interview: {code}.", code=narrator),
            safe=tr("Nothing was stored."),
            todo=tr("Known: {known}.", known=", ".join(consent.narrators)),
        )
    return consent.of(narrator) if narrator else consent


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
