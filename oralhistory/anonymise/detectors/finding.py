"""What a detector is and what it gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from oralhistory.domain.redaction import EntityType, IdentifierClass

NOUN_SWEEP = "noun_sweep"
"""The name of the detector that proposes every remaining noun: its proposals are shown and never keep an export shut."""


@dataclass(frozen=True, slots=True)
class Finding:
    """[start, end) of a text may name something; `score` from 0 to 1 says how sure the detector is."""

    start: int
    end: int
    type: EntityType
    identifier: IdentifierClass
    score: float


class Detector(Protocol):
    """Finds one kind of thing in one text. `name` is stable: it is shown to people and kept with decisions."""

    @property
    def name(self) -> str: ...
    def find(self, text: str) -> Iterable[Finding]: ...
