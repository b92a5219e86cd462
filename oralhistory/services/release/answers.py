"""What each answer to a card means as decisions: every place at once, or just this one."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from oralhistory.domain.redaction import (
    Action,
    Decisions,
    Entity,
    EntityType,
    IdentifierClass,
    MentionDecision,
    Profile,
    Question,
    VariantKind,
)
from oralhistory.services.release.cards import Card

_ONE_BY_ONE = (Question.AMBIGUOUS, Question.INSIDE_WORD, Question.TEXT_CHANGED, Question.NO_REPLACEMENT)
NO_TEXT = "0" * 64
"""A text hash that no text has: a decision with it holds for no text any more."""

_TAGS = {
    "ko": ("인물", "장소", "단체", "시설", "번호", "날짜", "나이", "기타"),
    "zh": ("人物", "地点", "组织", "设施", "号码", "日期", "年龄", "其他"),
    "en": ("Person", "Place", "Organisation", "Facility", "Number", "Date", "Age", "Other"),
}
"""In the language of the interview, not of the window: these stand in the exported text."""


def meant(card: Card, entity: Entity) -> Decisions:
    """It is this entity: for every place, or at this one place."""
    if card.one_by_one:
        return Decisions(entities=(entity,), mentions=_mentions(card, Action.REPLACE, entity.id))
    variants = tuple(dict.fromkeys((*entity.variants, card.text)))
    return Decisions(entities=(replace(entity, variants=variants),), mentions=_instead_of_keeping(card, entity))


def same(card: Card, entity: Entity, kind: VariantKind | None) -> Decisions:
    """Another form of this entity, wherever it stands; `kind` says what sort of form. One that may also be a plain word, or
    stands inside one, counts at this place alone."""
    if card.code in _ONE_BY_ONE or kind is VariantKind.AMBIGUOUS:
        said = meant(replace(card, code=Question.AMBIGUOUS), entity)
        if kind is None or card.code not in (Question.UNDECIDED, Question.SIMILAR, Question.MARKED):
            return said
        return replace(said, entities=(_with_form(entity, card.text, kind),))
    return Decisions(entities=(_with_form(entity, card.text, kind),), mentions=_instead_of_keeping(card, entity))


def _instead_of_keeping(card: Card, entity: Entity) -> tuple[MentionDecision, ...]:
    """The form is replaced wherever it stands, but where a person kept it: there only another word on this place counts."""
    return _mentions(card, Action.REPLACE, entity.id) if card.kept else ()


def _with_form(entity: Entity, form: str, kind: VariantKind | None) -> Entity:
    kinds = {**entity.kinds, form: kind} if kind else dict(entity.kinds)
    return replace(entity, variants=tuple(dict.fromkeys((*entity.variants, form))), kinds=MappingProxyType(kinds))


def generalised(card: Card, entity: Entity) -> Decisions:
    """This entity, told at these places as coarsely as in public whoever receives it."""
    said = meant(card, entity)
    return replace(said, mentions=_mentions(card, Action.GENERALISE, entity.id))


def no_name(card: Card, reason: str) -> Decisions:
    """A plain word; `reason` is kept where the place itself must be decided.

    Nothing at all where marked words are hidden by an earlier decision: that one holds, and only the mark goes.
    """
    if card.hidden:
        return Decisions()
    if card.one_by_one or not card.proposals:
        return Decisions(mentions=tuple(replace(one, plain=True) for one in kept(card, reason).mentions))
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


def named(text: str, type_: EntityType, language: str, entities: Iterable[Entity], forms: Iterable[str] = ()) -> Entity:
    """An entity for somebody or something that a person knows of without a card, with its other `forms`."""
    direct = type_ in (EntityType.PERSON, EntityType.CODE)
    identifier = IdentifierClass.DIRECT if direct else IdentifierClass.QUASI
    return fresh(Card(Question.MARKED, text, type_, identifier, language, (), elsewhere=tuple(forms)), entities)


def suggestion(card: Card, entities: Iterable[Entity]) -> str:
    """A replacement that is free: what it is, in the interview's language, and a number."""
    if card.offered is not None:
        return fresh(card, entities).replacement[Profile.PUBLIC.value]
    kind = _TAGS.get(card.language, _TAGS["en"])[list(EntityType).index(card.type)]
    taken = {text for one in entities for text in one.replacement.values()}
    number = next(n for n in range(1, len(taken) + 2) if f"[{kind} {n}]" not in taken)
    return f"[{kind} {number}]"
