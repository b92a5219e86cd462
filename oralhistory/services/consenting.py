"""Taking consent, looking at it, asking it, withdrawing it. The decision itself is `domain.consent.may`."""

from collections.abc import Iterable

from oralhistory.domain.consent import (
    Allowed,
    ConsentFile,
    ConsentVersion,
    Context,
    Operation,
    Purpose,
    Refused,
    Stage,
    Withdrawal,
    may,
)
from oralhistory.domain.consent_document import MalformedConsent, parse
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.i18n import mark, tr
from oralhistory.services.opened import OpenArchive

_REFUSALS = {
    Operation.RECORD: mark("Recording is not allowed."),
    Operation.TAKE_NOTES: mark("Taking notes is not allowed."),
    Operation.TRANSCRIBE: mark("Transcription by machine is not allowed."),
    Operation.TRANSLATE: mark("Translation is not allowed."),
    Operation.EXPORT_TEXT: mark("This export is not allowed."),
    Operation.EXPORT_AUDIO: mark("Giving out sound is not allowed."),
}


class Consenting:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def record(self, code: str, document: object) -> ConsentVersion:
        """Keep `document` (see the command line's CONSENT.json) as a new immutable version. Nothing is implied."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            number = len(records.consents.versions(interview.id)) + 1
            try:
                version = parse(document, number=number, recorded_at=archive.clock())
            except MalformedConsent as malformed:
                raise MalformedInput(
                    tr("The consent document is not right at “{field}”.", field=malformed.field),
                    safe=tr("Nothing was stored."),
                    todo=tr("Expected there: {expected}.", expected=malformed.expected),
                ) from None
            records.consents.add(interview.id, version)
            archive.record_custody(records, interview, f"consent {version.stage.value} recorded")
        archive.announce("consent", interview.code)
        return version

    def on_file(self, code: str) -> ConsentFile:
        with self._archive.store.transaction() as records:
            return consent_file(records, self._archive.interview(records, code))

    def why(self, code: str, operation: Operation, context: Context | None = None) -> Allowed | Refused:
        """What `may` says today, without doing anything."""
        return may(operation, self.on_file(code), context or Context(), self._archive.today())

    def withdraw(self, code: str, purposes: Iterable[Purpose] = ()) -> Withdrawal:
        """Freeze at once: from now on `purposes` (or everything) are refused, whatever any version says."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            withdrawal = Withdrawal(archive.calendar.day(), frozenset(purposes))
            records.consents.withdraw(interview.id, withdrawal)
            archive.record_custody(records, interview, "consent withdrawn")
        archive.announce("consent", interview.code)
        return withdrawal


def consent_file(records: Records, interview: Interview) -> ConsentFile:
    return ConsentFile(
        tuple(records.consents.versions(interview.id)), tuple(records.consents.withdrawals(interview.id))
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


def session_under_way(records: Records, interview: Interview) -> int:
    """The number of the session that is going on: that of the last consent taken before one."""
    before = [one for one in records.consents.versions(interview.id) if one.stage is Stage.BEFORE]
    return before[-1].session if before else 1
