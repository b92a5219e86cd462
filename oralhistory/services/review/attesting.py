"""What people attest: what they heard, that they stand for the text, that a second one checked it, the narrator's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records
from oralhistory.domain.review import (
    NO_TRANSCRIPT,
    Attestation,
    Attested,
    Heard,
    ListenedMap,
    attested_of,
    hinders_release,
    hinders_sign_off,
    signers,
    standing,
)
from oralhistory.domain.spans import Span
from oralhistory.domain.transcript import Layer, Segment, digest
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.recording.filing import testimony
from oralhistory.services.review.text_state import REACHED
from oralhistory.services.review.unwritten import came_since_signed, unwritten_sound

NARRATOR_OUTCOMES = ("approved", "waived")


@dataclass(frozen=True, slots=True)
class ReviewState:
    """`heard` is the share of the text that was listened to, 0.0 to 1.0, and `stretches` are the parts of the timeline.

    `signed_off` is true of the text as it stands, `signed_before` says that only an earlier text was. `unwritten` is the sound
    that has no text, of which `came_ms` came after the signature.
    """

    heard: float
    signed_off: bool
    second_checked: bool
    stretches: tuple[Heard, ...] = ()
    signed_before: bool = False
    unwritten: tuple[Span, ...] = ()
    came_ms: int = 0


class Attesting:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def heard(self, code: str, start_ms: int | None = None, end_ms: int | None = None) -> ReviewState:
        """A person listened to this stretch (all of it when no times are given)."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            segments = records.transcripts.outline(interview.id)
            sound = testimony(records, interview)
            ends = [one.end_ms for one in sound] + [one.end_ms for one in segments]
            if not ends:
                raise NotFound(
                    tr("Interview {code} has nothing to listen to yet.", code=interview.code),
                    todo=tr("Record one, or import a sound file."),
                )
            stretch = Heard(start_ms or 0, max(ends) if end_ms is None else end_ms)
            if not 0 <= stretch.start_ms <= stretch.end_ms:
                raise MalformedInput(tr("The passage must end after it begins."))
            records.attestations.add_heard(interview.id, stretch)
            if start_ms is None and end_ms is None:  # somebody's word; what was really played is no line of the history
                archive.record_custody(records, interview, "review heard" if sound else "review read")
        archive.announce(Changed.REVIEW, interview.code)
        return self.state(code)

    def sign_off(self, code: str) -> ReviewState:
        """Stand for the text as corrected; refused while a doubtful passage was not heard."""
        return self._attest(code, Attestation.SIGN_OFF)

    def second(self, code: str, by: str = "") -> ReviewState:
        """A second person checked the text as it stands: `by` (`Admitting.second_person`), or whoever opened the archive.

        NotAllowed while nobody stands for this text, and for whoever signed it off: both have shown that they are who they
        say by a passphrase of their own.
        """
        return self._attest(code, Attestation.SECOND, by=by)

    def narrator(self, code: str, outcome: str) -> ReviewState:
        """The narrator approved the text, or waived looking at it. NotAllowed where there is none."""
        if outcome not in NARRATOR_OUTCOMES:
            raise MalformedInput(tr("The narrator's answer is either approved or waived."))
        return self._attest(code, Attestation.NARRATOR, outcome)

    def _attest(self, code: str, kind: Attestation, outcome: str = "", by: str = "") -> ReviewState:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            segments = records.transcripts.segments(interview.id, Layer.REVIEWED)
            attested = Attested(kind, by or archive.actor, digest(segments), outcome)
            _check(records, interview, segments, attested)
            records.attestations.add(interview.id, attested)
            records.interviews.set_status(interview.id, REACHED[kind])
            archive.record_custody(records, interview, f"review {kind.value} {outcome}".strip(), by=by)
        archive.announce(Changed.REVIEW, interview.code)
        return self.state(code)

    def state(self, code: str) -> ReviewState:
        with self._archive.store.reading() as records:
            interview = self._archive.interview(records, code)
            segments = records.transcripts.outline(interview.id)
            text = digest(segments)
            attested = records.attestations.of(interview.id)
            heard = records.attestations.heard(interview.id)
            unwritten = unwritten_sound(records, interview, segments)
            signed = bool(signers(attested, text))
            came_ms = came_since_signed(records, interview, unwritten) if signed and unwritten else 0
        listened = ListenedMap(heard)
        second = any(one.kind is Attestation.SECOND for one in attested_of(attested, text))
        before = not signed and any(one.kind is Attestation.SIGN_OFF for one in standing(attested))
        stretches = listened.stretches or tuple(heard)  # of a text without sound somebody's word has no length
        return ReviewState(listened.share(segments, unwritten), signed, second, stretches, before, unwritten, came_ms)


def _check(records: Records, interview: Interview, segments: Sequence[Segment], wanted: Attested) -> None:
    """NotAllowed while the text is none that anybody may attest so: in the transaction that would keep it."""
    if not segments and wanted.kind is Attestation.NARRATOR:
        raise NotAllowed(tr("There is no text yet that the narrator could have seen."), (NO_TRANSCRIPT,))
    reasons = hinders_sign_off(segments, records.attestations.heard(interview.id))
    if reasons and wanted.kind is not Attestation.NARRATOR:
        raise NotAllowed(tr("This transcript cannot be signed off yet."), reasons)
    if wanted.kind is Attestation.SECOND:
        _check_second(records.attestations.of(interview.id), wanted)


def _check_second(attested: Sequence[Attested], wanted: Attested) -> None:
    """There is a first one who stands for exactly this text, and it is somebody else."""
    signed = signers(attested, wanted.text_digest)
    if not signed:
        raise NotAllowed(
            tr("This transcript cannot be checked by a second person yet."),
            hinders_release(attested, wanted.text_digest),
            safe=tr("Nothing was changed."),
        )
    if wanted.by in signed:
        raise NotAllowed(
            tr("This text was signed off by the same person; a second one must look at it."),
            (),
            safe=tr("Nothing was changed."),
            todo=tr("Somebody else shows with a passphrase of their own that they checked it."),
        )
