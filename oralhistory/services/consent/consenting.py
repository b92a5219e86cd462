"""Taking consent, looking at it, asking it, withdrawing it. The decision itself is `domain.consent.may`."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from oralhistory.domain import fingerprints
from oralhistory.domain.asking_back import taken_back
from oralhistory.domain.consent import (
    ANSWERS,
    WORK_PURPOSES,
    Act,
    Allowed,
    ConsentEvent,
    ConsentFile,
    ConsentVersion,
    Context,
    Operation,
    Purpose,
    Refused,
    Stage,
    Withdrawal,
    may,
    same_recipient,
)
from oralhistory.domain.consent_document import MalformedConsent, parse
from oralhistory.domain.due import ANSWERED_WITHIN
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.evidence import attach, clips
from oralhistory.services.consent.form_texts import FormTexts
from oralhistory.services.consent.leaving import Leaving, leaving

_REFUSALS = {
    Operation.RECORD: mark("Recording is not allowed."),
    Operation.TAKE_NOTES: mark("Taking notes is not allowed."),
    Operation.TRANSCRIBE: mark("Transcription by machine is not allowed."),
    Operation.TRANSLATE: mark("Translation is not allowed."),
    Operation.EDIT: mark("Changing the text is not allowed."),
    Operation.EXPORT_TEXT: mark("This export is not allowed."),
    Operation.EXPORT_SUMMARY: mark("This export is not allowed."),
    Operation.EXPORT_AUDIO: mark("Giving out sound is not allowed."),
}


class Consenting:
    """`texts` are those that may have been read aloud: a consent against another one is none."""

    def __init__(self, archive: OpenArchive, texts: FormTexts) -> None:
        self._archive = archive
        self._texts = texts

    def record(self, code: str, document: object) -> ConsentVersion:
        """Keep `document` (see the command line's CONSENT.json) as a new immutable version. Nothing is implied.

        Evidence that is a file is sealed in the archive, and the version names what it became. What it takes back, from
        everybody or from one recipient, is due like what is withdrawn by `withdraw` (see `asking_back`).
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            number = len(records.consents.versions(interview.id)) + 1
            try:
                version = parse(
                    self._with_evidence(records, interview, document),
                    number=number,
                    recorded_at=archive.clock(),
                    recorded_by=archive.actor,
                    forms=self._texts.hashes(records),
                )
                _refuse_stranger(records, interview, version)
            except MalformedConsent as malformed:
                raise MalformedInput(
                    tr("The consent document is not right at “{field}”.", field=malformed.field),
                    safe=tr("Nothing was stored."),
                    todo=tr("Expected there: {expected}.", expected=malformed.expected),
                ) from None
            day = archive.calendar.day()
            withdrawals = taken_back(consent_file(records, interview), version, day, day + ANSWERED_WITHIN)
            records.consents.add(interview.id, version)
            said = fingerprints.of_consent(version)
            archive.record_custody(records, interview, f"consent {version.stage.value} recorded", "done", said)
            for one in withdrawals:
                self._withdraw(records, interview, one)
        archive.announce(Changed.CONSENT, interview.code)
        return version

    def on_file(self, code: str) -> ConsentFile:
        with self._archive.store.reading() as records:
            return consent_file(records, self._archive.interview(records, code))

    def why(self, code: str, operation: Operation, context: Context | None = None) -> Allowed | Refused:
        """What `may` says today, without doing anything."""
        return may(operation, self.on_file(code), context or Context(), self._archive.today())

    def leaving(self, code: str) -> Leaving:
        """What of the interview may leave the archive today."""
        return leaving(self.on_file(code), self._archive.today())

    def withdraw(
        self, code: str, purposes: Iterable[Purpose] = (), due: date | None = None, recipient: str = ""
    ) -> Withdrawal:
        """Freeze at once: from now on `purposes` (or everything) are refused, whatever any version says.

        From everybody, or from one `recipient`: others keep what they were given, and may be given more. `due`: by when what
        the narrator wants done is to be done; in `ANSWERED_WITHIN` when nobody says. MalformedInput when our own work is taken
        back from a recipient, who has no part in it.
        """
        archive, day, named = self._archive, self._archive.calendar.day(), frozenset(purposes)
        if recipient.strip() and named & WORK_PURPOSES:
            raise MalformedInput(
                tr("Recording, transcription and translation are our own work: no recipient has a part in it."),
                safe=tr("Nothing was withdrawn."),
                todo=tr("Withdraw it without naming a recipient."),
            )
        withdrawal = Withdrawal(day, named, due or day + ANSWERED_WITHIN, normalised(recipient))
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            self._withdraw(records, interview, withdrawal)
        archive.announce(Changed.CONSENT, interview.code)
        return withdrawal

    def _withdraw(self, records: Records, interview: Interview, withdrawal: Withdrawal) -> None:
        records.consents.withdraw(interview.id, withdrawal)
        taken = fingerprints.of_withdrawal(withdrawal)
        self._archive.record_custody(records, interview, "consent withdrawn", "done", taken)

    def _with_evidence(self, records: Records, interview: Interview, document: object) -> object:
        """The document with its evidence sealed, if that is a file; whatever else it is stays as it is."""
        given: Any = document.get("evidence") if isinstance(document, Mapping) else None
        if not isinstance(document, Mapping) or not isinstance(given, str) or not given.strip():
            return document
        if given in clips(records, interview) or not _is_file(given):
            return document
        return {**document, "evidence": attach(self._archive, records, interview, Path(given)).id}


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a path, or with characters that none has
        return False


def _refuse_stranger(records: Records, interview: Interview, version: ConsentVersion) -> None:
    known = [one.code for one in records.people.narrators(interview.id)]
    if version.narrator and version.narrator not in known:
        raise MalformedConsent("narrator", "|".join(known))


def consent_file(records: Records, interview: Interview) -> ConsentFile:
    return ConsentFile(
        tuple(records.consents.versions(interview.id)),
        tuple(records.consents.withdrawals(interview.id)),
        tuple(records.consents.events(interview.id)),
        tuple(one.code for one in records.people.narrators(interview.id)),
        clips(records, interview),
    )


def require(
    archive: OpenArchive, records: Records, interview: Interview, operation: Operation, context: Context | None = None
) -> Allowed:
    """The permission that covers `operation` today; NotAllowed, with every reason, when none does."""
    answer = may(operation, consent_file(records, interview), context or Context(), archive.today())
    if isinstance(answer, Refused):
        raise NotAllowed(tr(_REFUSALS[operation]), answer.reasons, safe=tr("Nothing was done."))
    return answer


def require_recording(archive: OpenArchive, records: Records, interview: Interview) -> Allowed:
    """The permission for sound in the session that is going on: that of the last consent taken before recording."""
    context = Context(session=session_under_way(records, interview))
    return require(archive, records, interview, Operation.RECORD, context)


def require_editing(archive: OpenArchive, records: Records, interview: Interview) -> None:
    """NotAllowed when everything was taken back. Asked at every keystroke that is kept: it reads the withdrawals alone."""
    answer = may(Operation.EDIT, withdrawals_alone(records, interview.id), Context(), archive.today())
    if isinstance(answer, Refused):
        raise NotAllowed(tr(_REFUSALS[Operation.EDIT]), answer.reasons, safe=tr("Nothing was done."))


def withdrawals_alone(records: Records, interview_id: str) -> ConsentFile:
    """What was taken back, without the documents: enough to know whether everything is frozen."""
    return ConsentFile(withdrawals=tuple(records.consents.withdrawals(interview_id)))


def session_under_way(records: Records, interview: Interview) -> int:
    """The number of the session that is going on: that of the last consent taken before one."""
    before = [one for one in records.consents.versions(interview.id) if one.stage is Stage.BEFORE]
    return before[-1].session if before else 1


def use_agreement(archive: OpenArchive, records: Records, interview: Interview, purpose: Purpose, recipient: str) -> None:
    """What a narrator agreed to case by case has happened: the next time they are asked anew."""
    meant = same_recipient(recipient)
    last = {
        one.narrator: one
        for one in records.consents.events(interview.id)
        if one.act in ANSWERS and one.purpose is purpose and meant(one.recipient)
    }
    for narrator, answer in last.items():
        if answer.act is Act.AGREED:
            used = ConsentEvent(
                Act.USED, archive.clock(), archive.actor, purpose=purpose, recipient=normalised(recipient), narrator=narrator
            )
            records.consents.note(interview.id, used)
