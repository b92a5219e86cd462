"""Passages that betray by what they tell together: where, when and with which unit, though each alone is told coarsely.

A hint for the reader, never a reason to refuse: only a person can say whether a place, a year and a workplace fit few people.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from oralhistory.domain.redaction import Action, EntityType, IdentifierClass
from oralhistory.services.release.redacting import Redaction

_KINDS = {
    EntityType.PLACE: "place",
    EntityType.FACILITY: "place",
    EntityType.DATE: "time",
    EntityType.AGE: "age",
    EntityType.ORG: "unit",
    EntityType.OTHER: "other",
}
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Combination:
    """`kinds` of what is told in one segment: "place", "time", "age", "unit", "other"."""

    segment: str
    at_ms: int
    kinds: tuple[str, ...]


def combinations(state: Redaction) -> list[Combination]:
    """The segments that tell three kinds of things that identify together, in order; sealed and taken-out words do not count."""
    told: dict[str, set[str]] = {}
    for segment, kind in _told(state):
        told.setdefault(segment, set()).add(kind)
    return [
        Combination(one.id, one.start_ms, tuple(sorted(told[one.id])))
        for one in state.segments
        if len(told.get(one.id, ())) >= _ENOUGH and not state.withholds(one)
    ]


def _told(state: Redaction) -> Iterable[tuple[str, str]]:
    gone = {(one.segment, one.start) for one in state.mentions if one.action is Action.REDACT}
    for mention in state.mentions:
        if mention.action is not Action.REDACT and mention.entity is not None and mention.entity.type in _KINDS:
            yield mention.segment, _KINDS[mention.entity.type]
    for proposal in state.proposals:
        is_open = proposal.id not in state.decisions.dismissed and (proposal.segment, proposal.start) not in gone
        is_quasi = proposal.identifier is IdentifierClass.QUASI and proposal.type is not EntityType.OTHER
        if is_open and is_quasi and proposal.type in _KINDS:
            yield proposal.segment, _KINDS[proposal.type]
