"""What turns reviewed text into a release: detectors and rendering, formats, the leak check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port is loaded by everybody, and what it speaks of by whoever has it in hand
    from oralhistory.domain.leaks import KnownString, LeakFinding, LeakPlace
    from oralhistory.domain.morpheme import Morpheme
    from oralhistory.domain.redaction import (
        Decisions,
        EntityType,
        Looked,
        Mention,
        OpenQuestion,
        Profile,
        Proposal,
        ReleasedTranscript,
        RenderedSegment,
        Suggestion,
    )
    from oralhistory.domain.transcript import Segment


class Morphology(Protocol):
    """Which words of a Korean text are nouns. WorkerFailed when it cannot do its work, which nobody depends on."""

    def begin(self) -> None:
        """Get ready, and come back at once."""

    def analyse(self, texts: Sequence[str]) -> list[tuple[Morpheme, ...]]: ...
    def close(self) -> None: ...


class Particles(Protocol):
    """What stands right behind a Korean word and belongs to it, and how it is said after another word."""

    def tail(self, text: str, end: int) -> str | None: ...
    def fitted(self, particle: str, before: str) -> str: ...


class Expressions(Protocol):
    """Finds what a regular expression means."""

    def found(self, pattern: str, put: str, texts: Iterable[str]) -> Iterable[tuple[int, int, int, str]]:
        """Which text, begin, end and what would stand there instead, in order. MalformedInput."""


class Resolution(Protocol):
    """One text with its proposals: what holds and what is open under changing decisions."""

    def under(self, decisions: Decisions) -> tuple[list[Mention], list[OpenQuestion]]: ...


class Anonymiser(Protocol):
    """Detectors, matching with particles, and rendering."""

    @property
    def version(self) -> str:
        """Of the detectors: what another version looked at is looked at again."""

    def look(self, texts: Sequence[str]) -> list[Looked]: ...
    def propose(
        self, segments: Sequence[Segment], looked: Mapping[str, Looked] | None = None, known: Sequence[str] = ()
    ) -> list[Proposal]: ...
    def resolution(self, segments: Sequence[Segment], proposals: Sequence[Proposal]) -> Resolution: ...
    def suggest(self, type_: EntityType, said: str, before: str, after: str, language: str) -> Suggestion: ...
    def pseudonyms(self, language: str) -> Iterator[str]: ...
    def alike(self, forms: Sequence[str]) -> dict[str, tuple[str, ...]]: ...
    def render(
        self, segments: Sequence[Segment], mentions: Sequence[Mention], profile: Profile
    ) -> list[RenderedSegment]: ...


class LeakCheck(Protocol):
    """Reads finished bytes, knowing nothing of how they were made: of the file at `path`, or `data` that it is going to hold."""

    def __call__(
        self, path: Path, known: Sequence[KnownString], explained: Sequence[LeakPlace] = (), data: bytes | None = None
    ) -> list[LeakFinding]: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """How a reading format looks: whether it says when each turn begins, and whether its type is large."""

    times: bool = False
    large: bool = False


AS_USUAL = Layout()


class Exporter(Protocol):
    """One format. Writes the whole document as bytes; never touches the disk."""

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def for_summaries(self) -> bool:
        """Whether it can hold text without times and speakers."""

    @property
    def has_head(self) -> bool:
        """Whether it says what it is and what is not in it, beside the text."""

    @property
    def holds_words(self) -> bool:
        """Whether what was said is in it; a record for a catalogue has nothing but the facts of a transcript."""

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes: ...


Exporters = Mapping[str, Exporter]
