"""Open questions gathered into cards for a person to decide, most frequent first, each beside what it may be the same as.

A proposal is decided for all its places at once; what may be a plain word or stands inside one, place by place. What the
answers mean as decisions is told by `answers`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from oralhistory.domain.muting import spoken
from oralhistory.domain.redaction import (
    Action,
    Entity,
    EntityType,
    IdentifierClass,
    OpenQuestion,
    Profile,
    Proposal,
    Question,
    Suggestion,
    letters,
)
from oralhistory.domain.spans import Span
from oralhistory.domain.transcript import Segment
from oralhistory.services.release.entity_book import Offered
from oralhistory.services.release.redacting import Redacting, Redaction

_ORDER = (
    Question.MARKED, Question.TEXT_CHANGED, Question.NO_REPLACEMENT, Question.UNDECIDED, Question.SIMILAR, Question.AMBIGUOUS,
    Question.INSIDE_WORD,
)  # fmt: skip
KNOWN_FACTS = "known_facts"
_AROUND = 28

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
    heard: Span | None = None
    """When it is said; None where no text stands any more."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another form that may be the same name, misspelt or in other letters: what was decided of it, and where it is heard."""

    form: str
    entity: str = ""
    instead: str = ""
    heard: Span | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide. `entity` is the id of the entity that lacks a replacement, or that the text may mean."""

    code: Question
    text: str
    type: EntityType
    identifier: IdentifierClass
    language: str
    places: tuple[Place, ...]
    proposals: frozenset[str] = frozenset()
    entity: str = ""
    offered: Suggestion | None = None
    known: bool = False
    """Whether it is, or holds, a name that is on file for who speaks here."""
    alike: tuple[Alike, ...] = ()
    """Other open or decided forms that may be the same name misspelt, the decided ones first."""
    elsewhere: tuple[str, ...] = ()
    """The forms by which another interview knows it."""
    kept: bool = False
    """Whether a person decided before that these words stay: another answer is laid over that one, at this very place."""
    hidden: bool = False
    """Whether these marked words, or some of them, were decided and don't leave: a mark made in error must not show them."""

    @property
    def one_by_one(self) -> bool:
        return self.code not in (Question.UNDECIDED, Question.MARKED)

    @property
    def heard(self) -> Span | None:
        """When it is first said."""
        return next((one.heard for one in self.places if one.heard), None)


def folded(text: str) -> str:
    """Letters alone, without the hyphen that some write in a name."""
    return letters(text).replace("-", "")


def cards(state: Redaction, suggest: Suggest | None = None) -> list[Card]:
    """What is open, gathered; within its kind what was written down before first, then the most frequent."""
    known = _Known(state)
    gathered: dict[tuple[str, str, str, int], list[OpenQuestion]] = {}
    for question in state.open:
        alone = question.code not in (Question.UNDECIDED, Question.MARKED)
        key = (question.code, folded(question.text), *((question.segment, question.start) if alone else ("", 0)))
        gathered.setdefault(key, []).append(question)
    made = [_card(known, questions, suggest) for questions in gathered.values()]
    return sorted(made, key=lambda one: (_ORDER.index(one.code), not one.known, -len(one.places)))


def gathered(redacting: Redacting, state: Redaction, offered: Iterable[Offered] = ()) -> list[Card]:
    """What is open of an interview as cards, each beside what it resembles and what other interviews know of it."""
    made = cards(state, redacting.suggest)
    forms = [one.text for one in made] + [form for one in state.decisions.entities for form in one.variants]
    return beside_each_other(made, state, redacting.alike(forms), [one.entity.variants for one in offered])


def beside_each_other(
    made: Sequence[Card], state: Redaction, alike: Mapping[str, tuple[str, ...]], book: Iterable[tuple[str, ...]]
) -> list[Card]:
    """The cards with what they may be a misspelling of, and with the forms that other interviews know (`book`)."""
    elsewhere = {folded(form): forms for forms in book for form in forms}
    others = _Others(state, made)
    return [
        replace(one, alike=others.of(one, alike.get(one.text, ())), elsewhere=elsewhere.get(folded(one.text), ()))
        for one in made
    ]


def marked(state: Redaction, place: tuple[str, int, int], suggest: Suggest | None = None) -> Card | None:
    """A card for words that a reader marked: code points [start, end) of a segment, without the space around them.

    None where nothing stands, or where the passage is closed.
    """
    segment_id, start, end = place
    segment = next((one for one in state.segments if one.id == segment_id and not state.withholds(one)), None)
    said = segment.text[start:end] if segment else ""
    if segment is None or not said.strip():
        return None
    start += len(said) - len(said.lstrip())
    question = OpenQuestion(Question.MARKED, segment.id, start, start + len(said.strip()), said.strip())
    return decided_there(state, _card(_Known(state), [question], suggest))


def decided_there(state: Redaction, card: Card) -> Card:
    """The card of marked words with what is decided by now of the place, or of a part of it."""
    place = card.places[0]
    kept = {
        one.action is Action.KEEP
        for one in state.mentions
        if one.segment == place.segment and one.start < place.end and place.start < one.end
    }
    return replace(card, kept=True in kept, hidden=False in kept)


class _Others:
    """The forms that cards may be the same as: decided ones, and those of other cards."""

    def __init__(self, state: Redaction, made: Sequence[Card]) -> None:
        self._segments = [one for one in state.segments if not state.withholds(one)]
        self._entities = {one.id: one for one in state.decisions.entities}
        self._of_form = {form: one for one in reversed(state.decisions.entities) for form in one.variants}
        self._cards = {one.text: one for one in reversed(made)}

    def of(self, card: Card, forms: Sequence[str]) -> tuple[Alike, ...]:
        meant = self._entities.get(card.entity) if card.code is Question.SIMILAR else None
        told = [_alike(form, meant, self._heard(form)) for form in (meant.variants if meant else ()) if form != card.text][:1]
        for form in forms:
            entity = self._of_form.get(form)
            if meant is None or entity is not meant:
                told.append(_alike(form, entity, self._heard(form)))
        return tuple(sorted(told, key=lambda one: not one.entity))

    def _heard(self, form: str) -> Span | None:
        """When the form is first said."""
        other = self._cards.get(form)
        if other is not None:
            return other.heard
        found = ((one, one.text.find(form)) for one in self._segments)
        return next((heard_at(one, at, at + len(form)) for one, at in found if at >= 0), None)


def _alike(form: str, entity: Entity | None, heard: Span | None) -> Alike:
    if entity is None:
        return Alike(form, heard=heard)
    return Alike(form, entity.id, entity.replacement.get(Profile.PUBLIC.value, ""), heard)


class _Known:
    """What is known of a text, by the place."""

    def __init__(self, state: Redaction) -> None:
        self.segments = {one.id: one for one in state.segments if not state.withholds(one)}
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
    return Place(segment.id, segment.sha256, start, end, segment.start_ms, before, after, heard_at(segment, start, end))


def heard_at(segment: Segment, start: int, end: int) -> Span | None:
    """When these code points are said; None where the text has no sound."""
    return spoken(segment, start, end) if segment.recording else None
