"""What a detector is and what it gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import Finding

NOUN_SWEEP = "noun_sweep"
"""The name of the detector that proposes every remaining noun: its proposals are shown and never keep an export shut."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one segment, and what morphological analysis says of it (nothing where it did not run)."""

    text: str
    morphemes: tuple[Morpheme, ...] = ()

    def hints_at_name(self, start: int) -> bool:
        """Whether a proper noun, or a noun that the analysis has never met, begins at `start`."""
        return any(
            one.start == start and (one.part is Part.PROPER_NOUN or (one.part is Part.NOUN and one.rank is None))
            for one in self.morphemes
        )


class Detector(Protocol):
    """Finds one kind of thing in one text. `name` is stable: it is shown to people and kept with decisions."""

    @property
    def name(self) -> str: ...
    def find(self, passage: Passage) -> Iterable[Finding]: ...
