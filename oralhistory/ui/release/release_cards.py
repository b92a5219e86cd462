"""Open questions gathered into cards for a person to decide, most frequent first, and what each answer means as decisions.

A proposal is decided for all its places at once; what may be a plain word or stands inside one, place by place.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from oralhistory.domain.redaction import (
    Action,
    Decisions,
    Entity,
    EntityType,
    IdentifierClass,
    MentionDecision,
    OpenQuestion,
    Profile,
    Proposal,
    Suggestion,
)
from oralhistory.domain.transcript import Segment
from oralhistory.services.redacting import Redaction

UNDECIDED, AMBIGUOUS, INSIDE_WORD, SIMILAR = "undecided", "ambiguous", "inside_word", "similar"
TEXT_CHANGED, NO_REPLACEMENT = "text_changed", "no_replacement"
_ORDER = (TEXT_CHANGED, NO_REPLACEMENT, UNDECIDED, SIMILAR, AMBIGUOUS, INSIDE_WORD)
KNOWN_FACTS = "known_facts"
_AROUND = 28
NO_TEXT = "0" * 64
"""A text hash that no text has: a decision with it holds for no text any more."""

_TAGS = {
    "ko": ("인물", "장소", "단체", "시설", "번호", "날짜", "나이", "기타"),
    "zh": ("人物", "地点", "组织", "设施", "号码", "日期", "年龄", "其他"),
    "en": ("Person", "Place", "Organisation", "Facility", "Number", "Date", "Age", "Other"),
}
"""In the language of the interview, not of the window: these stand in the exported text."""


Suggest = Callable[[EntityType, Segment, int, int], Suggestion]
"""What could stand for [start, end) of a segment's text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is said: code points [start, end) of a segment's text with this hash, and the words around it."""

    segment: str
    sha256: str
    start: int
    end: int
    at_ms: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide. `entity` is the id of the entity that lacks a replacement, or that the text may mean."""

    code: str
    text: str
    type: EntityType
    identifier: IdentifierClass
    language: str
    places: tuple[Place, ...]
    proposals: frozenset[str] = frozenset()
    entity: str = ""
    offered: Suggestion | None = None
    known: bool = False
    """Whether it is a name that somebody wrote down before."""
    alike: tuple[str, ...] = ()
    """Other open or decided forms that may be the same name misspelt."""
    elsewhere: tuple[str, ...] = ()
    """The forms by which another interview knows it."""

    @property
    def key(self) -> tuple[str, str, str, int]:
        first = self.places[0] if self.one_by_one else None
        return self.code, folded(self.text), first.segment if first else "", first.start if first else 0

    @property
    def one_by_one(self) -> bool:
        return self.code != UNDECIDED


def folded(text: str) -> str:
    """Letters alone: how often one name is written with a space or a capital more does not make it another."""
    return "".join(text.casefold().split()).replace("-", "")


def cards(state: Redaction, suggest: Suggest | None = None) -> list[Card]:
    """What is open, gathered; within its kind what was written down before first, then the most frequent."""
    known = _Known(state)
    gathered: dict[tuple[str, str, str, int], list[OpenQuestion]] = {}
    for question in state.open:
        alone = question.code != UNDECIDED
        key = (question.code, folded(question.text), *((question.segment, question.start) if alone else ("", 0)))
        gathered.setdefault(key, []).append(question)
    made = [_card(known, questions, suggest) for questions in gathered.values()]
    return sorted(made, key=lambda one: (_ORDER.index(one.code), not one.known, -len(one.places)))


def beside_each_other(
    made: Sequence[Card], alike: Mapping[str, tuple[str, ...]], book: Iterable[tuple[str, ...]]
) -> list[Card]:
    """The cards with what they may be a misspelling of, and with the forms that other interviews know (`book`)."""
    elsewhere = {folded(form): forms for forms in book for form in forms}
    return [replace(one, alike=alike.get(one.text, ()), elsewhere=elsewhere.get(folded(one.text), ())) for one in made]


class _Known:
    """What is known of a text, by the place."""

    def __init__(self, state: Redaction) -> None:
        self.segments = {one.id: one for one in state.segments}
        self.mentions = {(one.segment, one.start, one.end): one.entity for one in state.mentions}
        self.proposals: dict[str, list[Proposal]] = {}
        for one in state.proposals:
            self.proposals.setdefault(one.segment, []).append(one)
        self._by_form = {folded(form): one for one in reversed(state.decisions.entities) for form in one.variants}

    def proposed(self, question: OpenQuestion) -> list[Proposal]:
        """The proposals that touch the place, those of just this place first."""
        near = self.proposals.get(question.segment, ())
        touching = [one for one in near if one.start < question.end and question.start < one.end]
        return sorted(touching, key=lambda one: (one.start, one.end) != (question.start, question.end))

    def entity(self, question: OpenQuestion) -> Entity | None:
        """The one that stands there, or that is known by this form."""
        there = self.mentions.get((question.segment, question.start, question.end))
        return there or self._by_form.get(folded(question.text) or "-")


def _card(known: _Known, questions: Sequence[OpenQuestion], suggest: Suggest | None) -> Card:
    first = questions[0]
    proposed, entity = known.proposed(first), known.entity(first)
    answered = frozenset(
        proposal.id
        for one in questions
        for proposal in known.proposed(one)
        if (proposal.start, proposal.end) == (one.start, one.end)
    )
    segment = known.segments.get(first.segment)
    type_ = proposed[0].type if proposed else entity.type if entity else EntityType.OTHER
    return Card(
        first.code,
        first.text,
        type_,
        proposed[0].identifier if proposed else entity.identifier if entity else IdentifierClass.QUASI,
        segment.language if segment else "",
        tuple(_place(known.segments, one) for one in questions),
        answered,
        entity.id if entity else "",
        suggest(type_, segment, first.start, first.end) if suggest and segment and first.text else None,
        any(one.detector == KNOWN_FACTS for one in proposed),
    )


def _place(by_id: dict[str, Segment], question: OpenQuestion) -> Place:
    segment = by_id.get(question.segment)
    if segment is None:
        return Place(question.segment, "", question.start, question.end, 0, "", "")
    text, start, end = segment.text, question.start, question.end
    before = ("…" if start > _AROUND else "") + text[max(start - _AROUND, 0) : start]
    after = text[end : end + _AROUND] + ("…" if end + _AROUND < len(text) else "")
    return Place(segment.id, segment.sha256, start, end, segment.start_ms, before, after)


# --- answers ----------------------------------------------------------------------------------------------------------


def meant(card: Card, entity: Entity) -> Decisions:
    """It is this entity: for every place, or at this one place."""
    if card.one_by_one:
        return Decisions(entities=(entity,), mentions=_mentions(card, Action.REPLACE, entity.id))
    variants = tuple(dict.fromkeys((*entity.variants, card.text)))
    return Decisions(entities=(replace(entity, variants=variants),))


def no_name(card: Card, reason: str) -> Decisions:
    """A plain word; `reason` is kept where the place itself must be decided."""
    if card.one_by_one or not card.proposals:
        return kept(card, reason)
    return Decisions(dismissed=card.proposals)


def kept(card: Card, reason: str) -> Decisions:
    """A name that stays as it is, and why."""
    return Decisions(mentions=_mentions(card, Action.KEEP, "", reason))


def taken_out(card: Card) -> Decisions:
    """Words that give way to […]."""
    return Decisions(mentions=_mentions(card, Action.REDACT))


def anew(card: Card) -> Decisions:
    """Lay a decision on an older text to rest: the place is proposed and matched like any other again."""
    places = (
        MentionDecision(one.segment, NO_TEXT, one.start, one.end, Action.KEEP, reason="edited since")
        for one in card.places
    )
    return Decisions(mentions=tuple(places))


def _mentions(card: Card, action: Action, entity: str = "", reason: str = "") -> tuple[MentionDecision, ...]:
    return tuple(
        MentionDecision(one.segment, one.sha256, one.start, one.end, action, entity, reason) for one in card.places
    )


def fresh(card: Card, entities: Iterable[Entity]) -> Entity:
    """An entity for this card as it may be decided: a replacement that is free in every profile, and what is known of it."""
    offered = card.offered
    forms = tuple(dict.fromkeys((card.text, *card.elsewhere)))
    if offered is None:
        texts = {Profile.PUBLIC.value: suggestion(card, entities)}
        return Entity("", card.type, card.identifier, forms, MappingProxyType(texts))
    taken = {text for one in entities for text in one.replacement.values()}
    numbered = [text for text in offered.replacement.values() if "{n}" in text]
    number = next(n for n in range(1, len(taken) + 2) if not taken & {one.replace("{n}", str(n)) for one in numbered})
    texts = {profile: text.replace("{n}", str(number)) for profile, text in offered.replacement.items()}
    return Entity(
        "", card.type, card.identifier, forms, MappingProxyType(texts), offered.relation, province=offered.province
    )


def suggestion(card: Card, entities: Iterable[Entity]) -> str:
    """A replacement that is free: what it is, in the interview's language, and a number."""
    if card.offered is not None:
        return fresh(card, entities).replacement[Profile.PUBLIC.value]
    kind = _TAGS.get(card.language, _TAGS["en"])[list(EntityType).index(card.type)]
    taken = {text for one in entities for text in one.replacement.values()}
    number = next(n for n in range(1, len(taken) + 2) if f"[{kind} {n}]" not in taken)
    return f"[{kind} {number}]"
