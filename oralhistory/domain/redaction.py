"""Replacing what betrays: entities, the decisions of people on every mention, and the text that may be released.

Offsets count code points of a segment's NFC text. A `ReleasedTranscript` is the only thing that exporters accept, and the
release service is the only one that makes it (a test of the house watches over that).
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from oralhistory.domain.interview import Route, Verbatim
from oralhistory.domain.roles import Part, withheld


class EntityType(StrEnum):
    PERSON = "PERSON"
    PLACE = "PLACE"
    ORG = "ORG"
    FACILITY = "FACILITY"
    CODE = "CODE"
    DATE = "DATE"
    AGE = "AGE"
    OTHER = "OTHER"


class IdentifierClass(StrEnum):
    """How an identifier betrays: by itself, in combination, or through what is told around it."""

    DIRECT = "DIRECT"
    QUASI = "QUASI"
    CONTEXT = "CONTEXT"


class Profile(StrEnum):
    """For whom the text is made; the same decisions, told more or less finely."""

    PUBLIC = "public"
    PARTNER = "partner"
    COURT = "court"


class Content(StrEnum):
    """Which text of an interview leaves."""

    TRANSCRIPT = "transcript"
    SUMMARY = "summary"


class Action(StrEnum):
    REPLACE = "replace"
    GENERALISE = "generalise"
    REDACT = "redact"
    KEEP = "keep"
    """For every profile alike: a decision is about what the words are, a profile about how they are put otherwise, and the leak
    check counts one list of kept words for each file. What may leave under a name for one reader and not for another is an
    entity with a replacement for each profile; whether a narrator's own name may leave at all, consent says (`own_name`)."""


class VariantKind(StrEnum):
    """What a surface form of an entity is; AMBIGUOUS ones are decided mention by mention."""

    CANONICAL = "canonical"
    GIVEN = "given"
    TITLE = "title"
    MISHEARD = "misheard"
    DIALECT = "dialect"
    CHINESE = "chinese"
    ROMANISED = "romanised"
    AMBIGUOUS = "ambiguous"


REDACTED_TEXT = "[…]"
SEALED_TEXT = "[sealed at the narrator's request]"
SPEAKER_TEXT = "Speaker {n}"
"""Stands for a label that could be a name."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something named in the interview, with every surface form it is known by.

    `replacement` holds the text for each profile (keys of `Profile`), `kinds` what a variant is where somebody said so,
    `province` where a place lies or a person comes from.
    """

    id: str
    type: EntityType
    identifier: IdentifierClass
    variants: tuple[str, ...]
    replacement: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    relation: str = ""
    kinds: Mapping[str, VariantKind] = field(default_factory=lambda: MappingProxyType({}))
    province: str = ""

    def written(self, profile: "Profile") -> str:
        """What stands for it in texts of this profile: the profile's own words, else those for the public, "" where none are."""
        return self.replacement.get(profile.value) or self.replacement.get(Profile.PUBLIC.value, "")


@dataclass(frozen=True, slots=True)
class Finding:
    """A detector's view of [start, end) of a text; `score` from 0 to 1 says how sure it is. Holds no words."""

    start: int
    end: int
    type: EntityType
    identifier: IdentifierClass
    score: float


@dataclass(frozen=True, slots=True)
class Looked:
    """All that the detectors found in one text, each finding with its detector's name.

    `whole` is False where morphological analysis was wanted and did not run.
    """

    findings: tuple[tuple[str, Finding], ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could stand for something, by profile; `{n}` in a text is the place of a number that makes it a name of its own."""

    replacement: Mapping[str, str] = field(hash=False)
    relation: str = ""
    province: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A detector's suggestion that these code points name something. `id` is stable for the same text and place."""

    id: str
    segment: str
    start: int
    end: int
    text: str
    type: EntityType
    identifier: IdentifierClass
    detector: str
    score: float


@dataclass(frozen=True, slots=True)
class MentionDecision:
    """A person's decision on one place; `sha256` is that of the segment's text when it was taken.

    `surface` is what stood there then: words taken out without an entity are known by it after the text was edited.
    `plain`: kept because it is no name there, whoever is called so elsewhere.
    """

    segment: str
    sha256: str
    start: int
    end: int
    action: Action
    entity: str = ""
    reason: str = ""
    surface: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that people decided about one interview; later documents are laid over earlier ones."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[MentionDecision, ...] = ()
    dismissed: frozenset[str] = frozenset()

    def entity(self, entity_id: str) -> Entity | None:
        return next((one for one in self.entities if one.id == entity_id), None)


@dataclass(frozen=True, slots=True)
class Decided:
    """One document of decisions as it was laid down: by whom, when (None: before that was written down). The log of them
    is the key back to every name.

    `row` counts up within the archive; `undoes` is the row of the document that this one takes back, and then it decides
    nothing itself (see `taking_back`).
    """

    by: str
    at: datetime | None
    document: Decisions
    row: int = 0
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in one segment where a decision applies; `entity` is None for a redaction without one."""

    segment: str
    start: int
    end: int
    action: Action
    entity: Entity | None
    reason: str = ""
    plain: bool = False


def letters(text: str) -> str:
    """A name as it is compared: how wide and how large its letters are, and where spaces stand, makes it no other name."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Question(StrEnum):
    """Why a person must still decide."""

    UNDECIDED = "undecided"
    """A proposal that nobody answered."""
    TEXT_CHANGED = "text_changed"
    """It was decided on another text."""
    AMBIGUOUS = "ambiguous"
    """May be a plain word."""
    INSIDE_WORD = "inside_word"
    """Stands inside a longer word."""
    SIMILAR = "similar"
    """A known name misspelt, or in other letters."""
    NO_REPLACEMENT = "no_replacement"
    """To be replaced, and nobody said by what."""
    MARKED = "marked"
    """A person marked it, or decided it and took that back; no detector need ask about it."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something a person must still decide; `code` says why."""

    code: Question
    segment: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Where the rendered text differs, for colouring: [start, end) of the new text stood for `original`."""

    start: int
    end: int
    original: str


@dataclass(frozen=True, slots=True)
class RenderedSegment:
    """A segment as it will leave: `sealed` ones hold only the notice, and so do those of somebody whose words are not given
    out; `masked` is the part of that one (see `roles`). `number`: who speaks is called by a number, as the label could be a
    name; 0 where the label is their own.

    What is ours in it, the notice and a label with a number, is in the language of the domain, so that a text is the same
    whoever looks at it. Who shows or writes it asks for it in the reader's language.
    """

    segment: str
    start_ms: int
    end_ms: int
    speaker: str
    language: str
    text: str
    changes: tuple[Change, ...] = ()
    sealed: bool = False
    masked: str = ""
    number: int = 0

    @property
    def withheld(self) -> bool:
        """Whether nothing of what was said stands in it."""
        return self.sealed or bool(self.masked)

    def label(self, say: Callable[..., str]) -> str:
        """Who speaks; `say` (`i18n.tr`) puts what is ours in another language. "" where nothing of what was said stands."""
        if self.withheld:
            return ""
        return say(SPEAKER_TEXT, n=self.number) if self.number else self.speaker

    def words(self, say: Callable[..., str]) -> str:
        """What it says, as `label` does; of one that is withheld only the notice, whatever else it may hold."""
        if self.sealed:
            return say(SEALED_TEXT)
        return say(withheld(Part(self.masked))) if self.masked else self.text


@dataclass(frozen=True, slots=True)
class Catalogued:
    """What the catalogue says of a text that leaves, as far as it may (see `domain.catalogued`, which alone decides that).

    `names` of topics by their codes; `topics` told in each segment, by its id; those `of_whole` are told of the interview.
    """

    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    of_whole: tuple[str, ...] = ()
    route: Route = Route.UNKNOWN


@dataclass(frozen=True, slots=True)
class ReleasedTranscript:
    """Text that consent covers and every decision is applied to. Holds no real code, no date, no name; what is `catalogued`
    comes from closed lists.

    `code` is the export's own code, another one for each recipient. Of a summary each segment is a paragraph without times.
    """

    code: str
    languages: tuple[str, ...]
    profile: Profile
    segments: tuple[RenderedSegment, ...]
    rights: str
    content: Content = Content.TRANSCRIPT
    left_out: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """How many passages of which part are not there at all; every format with a head says so."""
    verbatim: Verbatim | None = Verbatim.STRICT
    """How closely it follows what was said; None: nobody heard it again, it was written down while the narrator spoke."""
    catalogued: Catalogued = field(default_factory=Catalogued)
