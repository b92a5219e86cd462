"""Decisions about names and places: a log of documents, read by laying each over the ones before it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from oralhistory.domain.redaction import (
    Action,
    Decided,
    Decisions,
    Entity,
    EntityType,
    IdentifierClass,
    MentionDecision,
    VariantKind,
)
from oralhistory.domain.taking_back import holding
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import decisions


class Redactions(Repository):
    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        super().__init__(connection)
        self._clock = clock

    def save(self, interview_id: str, document: Decisions, by: str = "") -> None:
        """Lay `document` over what was decided before; nothing is overwritten."""
        self._add(decisions, interview_id=interview_id, document=written_document(document), by=by, at=self._clock())

    def take_back(self, interview_id: str, row: int, by: str) -> None:
        """Let the line `row` of the log hold no longer; it stays in the log."""
        self._add(decisions, interview_id=interview_id, document={"undoes": row}, by=by, at=self._clock())

    def decisions(self, interview_id: str) -> Decisions:
        """All that holds now: of each entity id and of each place in a segment the latest word, and everything dismissed."""
        entities: dict[str, Entity] = {}
        mentions: dict[tuple[str, int, int], MentionDecision] = {}
        dismissed: set[str] = set()
        for document in (one.document for one in holding(self.log(interview_id))):
            entities.update((entity.id, entity) for entity in document.entities)
            mentions.update(((m.segment, m.start, m.end), m) for m in document.mentions)
            dismissed |= document.dismissed
        return Decisions(tuple(entities.values()), tuple(mentions.values()), frozenset(dismissed))

    def log(self, interview_id: str) -> list[Decided]:
        """Every document as it was laid down, oldest first."""
        statement = select(decisions).where(decisions.c.interview_id == interview_id).order_by(decisions.c.row)
        return [
            Decided(one["by"], one["at"], read_document(one["document"]), one["row"], one["document"].get("undoes"))
            for one in self._rows(statement)
        ]


# The document that people exchange is parsed strictly and may change; what is stored is read back as it was decided.


def written_document(document: Decisions) -> dict[str, Any]:
    return {
        "entities": [
            [
                one.id, one.type.value, one.identifier.value, list(one.variants), dict(one.replacement), one.relation,
                dict(one.kinds), one.province,
            ]
            for one in document.entities
        ],
        "mentions": [
            [
                one.segment, one.sha256, one.start, one.end, one.action.value, one.entity, one.reason, one.surface,
                *([True] if one.plain else []),
            ]
            for one in document.mentions
        ],
        "dismissed": sorted(document.dismissed),
    }


def read_document(document: Mapping[str, Any]) -> Decisions:
    if "undoes" in document:
        return Decisions()
    return Decisions(
        tuple(map(_entity, document["entities"])),
        tuple(map(_mention, document["mentions"])),
        frozenset(document["dismissed"]),
    )


def _mention(stored: Sequence[Any]) -> MentionDecision:
    """Of the first eight parts, and of whether it is a plain word, which came later."""
    segment, sha256, start, end, action, entity, reason, surface, *plain = stored
    return MentionDecision(segment, sha256, start, end, Action(action), entity, reason, surface, bool(plain))


def _entity(stored: Sequence[Any]) -> Entity:
    """Of the first six parts, and of what variants are and where it belongs, which came later."""
    id_, kind, identifier, variants, texts, relation, *later = stored
    kinds, province = later or ({}, "")
    return Entity(
        id_, EntityType(kind), IdentifierClass(identifier), tuple(variants), MappingProxyType(texts), relation,
        MappingProxyType({form: VariantKind(one) for form, one in kinds.items()}), province,
    )  # fmt: skip
