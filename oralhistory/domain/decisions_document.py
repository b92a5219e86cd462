"""The decisions document as people hand it in and get it back: JSON objects to `Decisions` and back. Strict, like consent's."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from oralhistory.domain.redaction import (
    Action,
    Decisions,
    Entity,
    EntityType,
    IdentifierClass,
    MentionDecision,
    Profile,
    VariantKind,
)
from oralhistory.domain.transcript import is_whole, normalised

_Choice = TypeVar("_Choice", bound=StrEnum)
_MOST = 100_000
_LONGEST_TEXT = 1_000


class MalformedDecisions(ValueError):
    """`field` is the place in the document, `expected` what should stand there (stable words, not a sentence)."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(field)
        self.field = field
        self.expected = expected


def document(decisions: Decisions) -> dict[str, Any]:
    """The whole document, ready for JSON."""
    return {
        "entities": [
            {
                "id": one.id,
                "type": one.type.value,
                "class": one.identifier.value,
                "relation": one.relation,
                "variants": list(one.variants),
                "replacement": {profile.value: one.replacement.get(profile.value, "") for profile in Profile},
                **({"kinds": {form: kind.value for form, kind in one.kinds.items()}} if one.kinds else {}),
                **({"province": one.province} if one.province else {}),
            }
            for one in decisions.entities
        ],
        "mentions": [
            {
                "segment": one.segment,
                "sha256": one.sha256,
                "start": one.start,
                "end": one.end,
                "entity": one.entity,
                "action": one.action.value,
                "reason": one.reason,
                **({"plain": True} if one.plain else {}),
            }
            for one in decisions.mentions
        ],
        "dismissed": sorted(decisions.dismissed),
    }


def parse(raw: object) -> Decisions:
    """The decisions that the document means; MalformedDecisions names the first field that is not right."""
    fields = _mapping(raw, "", {"entities", "mentions", "dismissed"})
    entities = [_entity(one, f"entities[{i}]") for i, one in enumerate(_list(fields, "entities", ""))]
    mentions = [_mention(one, f"mentions[{i}]") for i, one in enumerate(_list(fields, "mentions", ""))]
    dismissed = _list(fields, "dismissed", "")
    if not all(isinstance(one, str) for one in dismissed):
        raise MalformedDecisions("dismissed", "proposal ids")
    return Decisions(tuple(entities), tuple(mentions), frozenset(dismissed))


def _entity(raw: object, where: str) -> Entity:
    fields = _mapping(raw, where, {"id", "type", "class", "relation", "variants", "replacement", "kinds", "province"})
    variants = tuple(normalised(_string(one, f"{where}.variants")) for one in _list(fields, "variants", f"{where}."))
    if not all(variants):
        raise MalformedDecisions(f"{where}.variants", "text that is not empty")
    replacement = _mapping(fields.get("replacement") or {}, f"{where}.replacement", set(Profile))
    texts = {name: normalised(_text(replacement, name, f"{where}.replacement.")) for name in replacement}
    return Entity(
        _needed(fields, "id", where),
        _choice(fields, "type", EntityType, where),
        _choice(fields, "class", IdentifierClass, where, IdentifierClass.DIRECT),
        variants,
        MappingProxyType({name: text for name, text in texts.items() if text}),
        normalised(_text(fields, "relation", f"{where}.")),
        _kinds(fields.get("kinds") or {}, variants, f"{where}.kinds"),
        normalised(_text(fields, "province", f"{where}.")),
    )


def _kinds(raw: object, variants: tuple[str, ...], where: str) -> Mapping[str, VariantKind]:
    """What its variants are, for as many as somebody says it of."""
    if not isinstance(raw, Mapping):
        raise MalformedDecisions(where, "object")
    known = {normalised(_string(form, where)): kind for form, kind in raw.items()}
    if not known.keys() <= set(variants):
        raise MalformedDecisions(where, "variants of this entity")
    return MappingProxyType({form: _choice({"kind": kind}, "kind", VariantKind, where) for form, kind in known.items()})


def _mention(raw: object, where: str) -> MentionDecision:
    fields = _mapping(raw, where, {"segment", "sha256", "start", "end", "entity", "action", "reason", "plain"})
    start, end = (_offset(fields, name, where) for name in ("start", "end"))
    if start >= end:
        raise MalformedDecisions(f"{where}.end", "larger than start")
    action = _choice(fields, "action", Action, where)
    reason = normalised(_text(fields, "reason", f"{where}."))
    if action is Action.KEEP and not reason:
        raise MalformedDecisions(f"{where}.reason", "a reason for keeping it")
    plain = fields.get("plain", False)
    if not isinstance(plain, bool) or (plain and action is not Action.KEEP):
        raise MalformedDecisions(f"{where}.plain", "true|false, of what is kept")
    return MentionDecision(
        _needed(fields, "segment", where),
        _needed(fields, "sha256", where),
        start,
        end,
        action,
        _text(fields, "entity", f"{where}."),
        reason,
        plain=plain,
    )


def _mapping(raw: object, where: str, known: set[str] | set[Profile]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise MalformedDecisions(where or "document", "object")
    for name in raw:
        if name not in known:
            raise MalformedDecisions(f"{where}.{name}" if where else str(name), "no field of this name")
    return raw


def _list(fields: Mapping[str, Any], name: str, prefix: str) -> Sequence[Any]:
    value = fields.get(name) or []
    if not isinstance(value, list) or len(value) > _MOST:
        raise MalformedDecisions(prefix + name, "list")
    return value


def _string(value: object, where: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not is_whole(value):
        raise MalformedDecisions(where, "text")
    return value


def _text(fields: Mapping[str, Any], name: str, prefix: str) -> str:
    value = fields.get(name)
    return "" if value is None else _string(value, prefix + name)


def _needed(fields: Mapping[str, Any], name: str, where: str) -> str:
    value = _text(fields, name, f"{where}.")
    if not value:
        raise MalformedDecisions(f"{where}.{name}", "text that is not empty")
    return value


def _offset(fields: Mapping[str, Any], name: str, where: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedDecisions(f"{where}.{name}", "number from 0")
    return value


def _choice(
    fields: Mapping[str, Any], name: str, kind: type[_Choice], where: str, default: _Choice | None = None
) -> _Choice:
    value = fields.get(name)
    if value is None and default is not None:
        return default
    try:
        return kind(value)  # type: ignore[arg-type]
    except ValueError:
        raise MalformedDecisions(f"{where}.{name}", "|".join(kind)) from None
