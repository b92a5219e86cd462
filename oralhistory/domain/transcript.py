"""The transcript: segments of words with times, in layers that are never mixed.

Times are milliseconds on the interview's timeline. Text is NFC; offsets count its code points. The machine's draft is
immutable; people edit the reviewed layer (see `edits`); the released layer is `redaction.ReleasedTranscript`.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

LOW_PROBABILITY = 0.5
"""Words the machine believed less than this are doubtful."""


CHECK = "check"
DOUBTS = frozenset((CHECK, "repeat", "phantom", "fast", "slow", "stuck", "unsure", "silence", "language"))
"""Flags that ask for a person's ear: "check" is set by people too, the others are the machine's reasons beside it."""
ASKING = frozenset(("unclear",))
"""Marks of people that ask for somebody's ear once more."""
DISTRESSING = "distressing"
SEALED = "sealed"
MARKS = (DISTRESSING, SEALED, "unclear", "third_party", "quote")
"""What people mark passages with, in the order in which it is offered: hard to bear, sealed by the narrator (which withholds
the segment from everything that leaves), unclear, about somebody else, important quote."""
FLAGS = DOUBTS | frozenset(MARKS)
"""All there are: a flag of another name would be kept, and withhold nothing."""


class Layer(StrEnum):
    MACHINE = "machine"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word; `probability` is the machine's own belief, None once a person typed it."""

    text: str
    start_ms: int
    end_ms: int
    probability: float | None = None

    @property
    def doubtful(self) -> bool:
        return self.probability is not None and self.probability < LOW_PROBABILITY


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person notes about a segment for those who work on it: no part of what is said, and in no export."""

    id: str
    by: str
    at: datetime
    text: str
    resolved_by: str = ""
    resolved_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.resolved_at is None


@dataclass(frozen=True, slots=True)
class Translation:
    """What a segment says in another `language`, as a person put it: no part of the testimony, and in no export.

    `of` is the SHA-256 of the text it was made of: a text that was changed since may say something else.
    """

    language: str
    text: str
    by: str
    of: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one speaker's speech in one recording. `words` in order, their texts occurring in order in `text`."""

    id: str
    recording: str
    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""
    language: str = ""
    words: tuple[Word, ...] = ()
    flags: frozenset[str] = frozenset()
    comments: tuple[Comment, ...] = ()
    translations: tuple[Translation, ...] = ()
    guessed: bool = False
    """Whether its times were shared out by the lengths of lines, and nobody who listened said that they are right."""

    @property
    def sha256(self) -> str:
        """Of the NFC text in UTF-8: an edit or a decision made on another text is recognised."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def doubtful(self) -> bool:
        return CHECK in self.flags or any(word.doubtful for word in self.words)

    @property
    def waits(self) -> bool:
        """Whether somebody is to look at it: the machine doubts, or people asked."""
        return self.doubtful or not self.flags.isdisjoint(ASKING) or any(one.open for one in self.comments)

    def translated(self, language: str) -> Translation | None:
        """What it says in this language, as far as anybody put it."""
        return next((one for one in self.translations if one.language == language), None)

    @property
    def closed(self) -> bool:
        """Sealed by the narrator's wish, said of this segment; passages of the timeline are `interview.SealedRange`."""
        return SEALED in self.flags


class Found(NamedTuple):
    """A segment that holds what was searched for, in the layer people would read; a common word finds tens of thousands."""

    interview_id: str
    segment: str
    start_ms: int
    end_ms: int
    text: str
    guessed: bool = False
    """Of its times (see `said_when`)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's whole pass over an interview: with what it was made.

    `chinese`: into which script its Chinese was converted, and by what; empty where it stands as the model wrote it.
    """

    id: str
    interview_id: str
    engine: str
    model: str
    model_sha256: str
    language: str
    finished: bool
    chinese: str = ""


@dataclass(frozen=True, slots=True)
class WindowResult:
    """What an engine heard in one window of sound; times are relative to the window's start.

    `speech`: where somebody speaks, (start, end) in ms, whatever was made of it; None when that was not looked for.
    """

    segments: tuple[Segment, ...]
    language: str
    average_log_probability: float
    no_speech_probability: float
    compression_ratio: float
    speech: tuple[tuple[int, int], ...] | None = None


_IGNORED = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x180E), 0x180F, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10),
              *range(0xE0100, 0xE01F0)))
)  # fmt: skip
"""Letters and marks without a shape (of Unicode's Default_Ignorable_Code_Point): fillers, selectors of a variant."""


def is_whole(text: str) -> bool:
    """Whether it holds no half of a character (a lone surrogate): such a text can be written nowhere."""
    return text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text)


def normalised(text: str) -> str:
    """Text as it is kept: NFC, without bidirectional controls and other characters that nobody sees, no line breaks.

    The joiners U+200C and U+200D are kept: some scripts need them to be spelled.
    """
    seen = text.translate(_SEEN)  # before composing: what nobody sees would keep letters apart
    return " ".join(unicodedata.normalize("NFC", seen).split())


class _Seen(dict[int, int | None]):
    """What becomes of each character, looked up once: a window asks this of a whole segment at each keystroke."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if _invisible(chr(code)) else code
        return self[code]


_SEEN = _Seen()


def _invisible(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cs":  # half a character: it cannot be written as UTF-8
        return True
    if character in _IGNORED:
        return True
    return (category == "Cf" and character not in "\u200c\u200d") or (category == "Cc" and not character.isspace())


def digest(segments: Iterable[Segment]) -> str:
    """SHA-256 over the segments' ids, times, speakers and texts in order: what a signature of a reviewer is bound to.

    The times too, because passages are closed by their times.
    """
    whole = hashlib.sha256()
    for segment in segments:
        for part in (segment.id, f"{segment.start_ms}-{segment.end_ms}", segment.speaker, segment.text):
            encoded = part.encode()
            whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()
