"""The interview and what belongs to it: recordings on one timeline, its status, what was exported.

Interviews are known by an opaque public code (no date, no sequence); the 32-digit id names files and rows. Names of people
are never here: see `person`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from oralhistory.domain.said_when import Timed, may_lie_in
from oralhistory.domain.sound import Gap, SoundFormat
from oralhistory.domain.spans import Span

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0/O, 1/I/L, U: a code is read aloud and typed."""


class Status(StrEnum):
    PLANNED = "planned"
    NOTED = "noted"
    """Held without sound, and written down; the notes are no transcript yet."""
    RECORDED = "recorded"
    DRAFTED = "drafted"
    CORRECTED = "corrected"
    SECOND_CHECKED = "second_checked"
    NARRATOR_REVIEWED = "narrator_reviewed"
    RELEASED = "released"
    CHANGED = "changed_since_release"
    """Its text left, and reads otherwise now; nobody stands for it as it stands."""


WITHOUT_TEXT = frozenset({Status.PLANNED, Status.NOTED, Status.RECORDED})


class Verbatim(StrEnum):
    """How closely a text follows what was said: what whoever corrects it leaves out, and what every export says of it.

    Names as in the trade ("strict, light, clean verbatim"). None allows another wording: that would be a summary.
    """

    STRICT = "strict"
    """Every word, stutter, false start and filler stays."""
    LIGHT = "light"
    """Stutters and fillers are left out, every other word stays."""
    CLEAN = "clean"
    """Repetitions and false starts are left out too; the words that stay, and their order, are the speaker's."""


class Route(StrEnum):
    """How the narrator came: straight, or after living in a third country."""

    STRAIGHT = "straight"
    THIRD_COUNTRY = "third_country"
    OTHER = "other"
    UNKNOWN = "unknown"


class TakePurpose(StrEnum):
    """Spoken consent is its own take, so that it is never exported with testimony."""

    TESTIMONY = "testimony"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Interview:
    id: str
    code: str
    languages: tuple[str, ...]
    status: Status
    created_at: datetime
    verbatim: Verbatim = Verbatim.STRICT


@dataclass(frozen=True, slots=True)
class Recording:
    """One sealed part of a take. `start_ms` is its place on the interview's timeline (0 for a consent take).

    `path` is relative to the archive. `sha256` is of its PCM. `source_sha256` is the imported file's own hash.
    """

    id: str
    interview_id: str
    take_id: str
    part: int
    purpose: TakePurpose
    start_ms: int
    duration_ms: int
    frames: int
    format: SoundFormat
    sha256: str
    complete: bool
    gaps: tuple[Gap, ...]
    path: str
    device: str
    source_sha256: str
    recorded_at: datetime

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.duration_ms

    def frames_of(self, span: Span) -> Span:
        """The frames that a span of the timeline touches, rounded outwards; (0, 0) where it touches none.

        A spoken consent is not on the timeline, and what lies there touches nothing of it.
        """
        if self.purpose is not TakePurpose.TESTIMONY:
            return 0, 0
        rate = self.format.rate
        first = max((span[0] - self.start_ms) * rate // 1000, 0)
        last = min(-(-(span[1] - self.start_ms) * rate // 1000), self.frames)
        if span[1] >= self.end_ms:
            last = self.frames  # its end on the timeline is rounded to a millisecond
        return (first, last) if first < last else (0, 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place a person marked while recording, on the interview's timeline, with an optional word.

    `note_id` is that of the note in the take's own log, so that filing the take does not double it.
    """

    interview_id: str
    at_ms: int
    word: str
    note_id: str = ""


@dataclass(frozen=True, slots=True)
class SealedRange:
    """A passage closed at the narrator's wish: withheld from every derivative."""

    interview_id: str
    start_ms: int
    end_ms: int
    reason: str
    until: str = ""
    note_id: str = ""
    """That of the note in a take's own log, when it was closed while recording."""

    @property
    def open_ended(self) -> bool:
        """Whether it was closed "from here on" while recording, and its end is not known yet."""
        return self.end_ms == OPEN_END_MS

    @property
    def closes_everything(self) -> bool:
        """Whether it withholds all of it for good, what is still to come included; what a take began, the take ends."""
        return self.start_ms <= 0 and self.open_ended and not self.until and not self.note_id

    def withholds(self, said: Timed) -> bool:
        """Any overlap withholds the whole; so does having no place, as it may have been said in here."""
        return may_lie_in(said, self.start_ms, self.end_ms)


OPEN_END_MS = 1 << 40
"""The end of a passage that is still being sealed: behind every recording."""


class NoteKind(StrEnum):
    """What a person can say about the sound while it is being recorded."""

    MARK = "mark"
    SEAL_LAST = "seal_last"
    SEAL_FROM = "seal_from"
    SEAL_UNTIL = "seal_until"


@dataclass(frozen=True, slots=True)
class TakeNote:
    """A mark, or a passage the narrator asks to seal, as it goes into the take's own log.

    `id` is 32 hex characters; `words` the mark's word or the reason. `at_ms` is the moment on the take's clock that is meant
    (None: now); a passage begins `back_ms` before it.
    """

    id: str
    kind: NoteKind
    words: str = ""
    at_ms: int | None = None
    back_ms: int = 0


@dataclass(frozen=True, slots=True)
class WrittenSession:
    """A session without sound: who was heard is on file in notes. `number` counts the interview's written sessions from 1.

    `session` is the session of the consent it was held under. `ended_at` is None while it goes on.
    """

    id: str
    interview_id: str
    number: int
    session: int
    started_at: datetime
    ended_at: datetime | None = None
    text: str = ""


def on_timeline(recording: Recording, earlier: Iterable[Recording]) -> Recording:
    """`recording` placed behind the testimony that is already there; a consent take stays outside the timeline at 0."""
    if recording.purpose is TakePurpose.CONSENT:
        return replace(recording, start_ms=0)
    ends = (one.end_ms for one in earlier if one.purpose is TakePurpose.TESTIMONY)
    return replace(recording, start_ms=max(ends, default=0))


def public_code(prefix: str, entropy: bytes) -> str:
    """A code such as ``I-4MX9`` from at least four random bytes."""
    letters = "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in entropy[:4])
    return f"{prefix}-{letters}"
