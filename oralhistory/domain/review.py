"""What people attest about a transcript: what they heard, that they stand for the text; and what release asks of it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from oralhistory.domain.consent import Reason
from oralhistory.domain.spans import Span, joined, length, within
from oralhistory.domain.transcript import Segment

NO_TRANSCRIPT = Reason("no_transcript", "transcript")


class Attestation(StrEnum):
    SIGN_OFF = "sign_off"
    SECOND = "second"
    NARRATOR = "narrator"
    SECOND_READER = "second_reader"
    """Read the text as it leaves; its digest is `release.text_digest`, not that of the transcript."""
    OPENED = "opened"
    """A passage that the narrator had closed was opened again: what was attested before counts no more (see `standing`)."""


@dataclass(frozen=True, slots=True)
class Attested:
    """`text_digest` (see `transcript.digest`) says of which text; an attestation of an earlier text does not count."""

    kind: Attestation
    by: str
    text_digest: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch of the timeline that a person really listened to."""

    start_ms: int
    end_ms: int


class ListenedMap:
    """Which of the timeline was really heard: stretches joined where they touch, asked thousands of times."""

    def __init__(self, ranges: Iterable[Heard]) -> None:
        self.stretches = tuple(Heard(*one) for one in joined((one.start_ms, one.end_ms) for one in ranges))
        """In order, none touching the next."""

    def covers(self, start_ms: int, end_ms: int) -> bool:
        """Whether the whole of [start, end) was heard."""
        if start_ms >= end_ms:
            return True
        at = bisect_right(self.stretches, start_ms, key=lambda heard: heard.start_ms) - 1
        return at >= 0 and end_ms <= self.stretches[at].end_ms

    def share(self, segments: Sequence[Segment], unwritten: Sequence[Span] = ()) -> float:
        """The part of what there is to hear that was heard, 0.0 to 1.0: of the segments' time, where one counts when all of it
        was, and of the sound that has no text."""
        total = sum(one.end_ms - one.start_ms for one in segments) + length(unwritten)
        heard = sum(one.end_ms - one.start_ms for one in segments if self.covers(one.start_ms, one.end_ms))
        listened = [(one.start_ms, one.end_ms) for one in self.stretches]
        heard += sum(length(within(listened, one)) for one in unwritten)
        return heard / total if total else 1.0


def standing(attested: Sequence[Attested]) -> Sequence[Attested]:
    """What counts of it: only what came after a closed passage was last opened, since nobody before stood for those words."""
    opened = [at for at, one in enumerate(attested, 1) if one.kind is Attestation.OPENED]
    return attested[opened[-1] :] if opened else attested


def can_be_heard(segments: Iterable[Segment]) -> bool:
    """Whether the text has sound: what was written while the narrator spoke has no length in time."""
    return any(one.start_ms < one.end_ms for one in segments)


def hinders_sign_off(segments: Sequence[Segment], heard: Sequence[Heard]) -> tuple[Reason, ...]:
    """Sign-off needs a text, somebody who listened (or read, where there is no sound), and every doubtful passage heard."""
    if not segments:
        return (NO_TRANSCRIPT,)
    listened = ListenedMap(heard)
    sounds = can_be_heard(segments)
    if not heard or (not listened.stretches and sounds):
        return (Reason("not_heard" if sounds else "not_read", "review.heard"),)
    unheard = [one for one in segments if one.doubtful and not listened.covers(one.start_ms, one.end_ms)]
    return (Reason("doubtful_not_heard", "review.heard", {"count": str(len(unheard))}),) if unheard else ()


def hinders_release(attested: Sequence[Attested], text_digest: str) -> tuple[Reason, ...]:
    """Release needs the sign-off of exactly this text, by somebody who saw which passages are open (see `signers`)."""
    if signers(attested, text_digest):
        return ()
    if not _signed(attested):
        return (Reason("not_signed_off", "review.sign_off"),)
    edited = _signed(standing(attested))
    return (Reason("edited_since_sign_off" if edited else "opened_since_sign_off", "review.sign_off"),)


def signers(attested: Sequence[Attested], text_digest: str) -> frozenset[str]:
    """Who stands for exactly this text: the one rule of what counts as signed off, wherever that is asked.

    Whichever signature came later: who signed another text since took back nothing, and when that one is undone, the words are
    again those that somebody stood for. So it is with the second check and the narrator's word (see `attested_of`).
    """
    return frozenset(one.by for one in _signed(attested_of(attested, text_digest)))


def attested_of(attested: Sequence[Attested], text_digest: str) -> list[Attested]:
    """What counts of exactly this text, oldest first."""
    return [one for one in standing(attested) if one.text_digest == text_digest]


def _signed(attested: Iterable[Attested]) -> list[Attested]:
    return [one for one in attested if one.kind is Attestation.SIGN_OFF]
