"""What may not be in a finished file, what was found in it all the same, and the places that a person explained.

An explanation holds for one place: a string, the part of the file it stands in, the rule it was found by and the letters
around it. The same string anywhere else, or once more in the same place, is another finding and blocks.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

Around = tuple[str, str]
"""Up to `NEAR` letters right before and right behind an occurrence, as the leak check compares them: small, without spaces
and signs. For bytes and for what cannot be read, the SHA-256 of those bytes stands before."""

NEAR = 8
"""Enough to know a sentence again, and not so much that an edit next to it counts as another place."""


@dataclass(frozen=True, slots=True)
class KnownString:
    """A string that may not be in an export, except `kept` times where a person decided KEEP.

    `kept_at` is what stands before and behind those places, as written, as far as nothing was exchanged; an explanation
    never covers one of them, or it would make room for a leak elsewhere.
    """

    text: str
    entity: str
    kept: int = 0
    kept_at: tuple[Around, ...] = ()


@dataclass(frozen=True, slots=True)
class LeakPlace:
    """Where a known string was found; `around` has one pair for each way of reading the part (one, nearly always)."""

    text: str
    part: str
    rule: str
    around: tuple[Around, ...]


@dataclass(frozen=True, slots=True)
class LeakFinding:
    """A known string found in a finished file: in which `part` of it, by which `rule`; `explained` by a person or not.

    `number` counts places that are alike in everything. `place` holds words of the interview: it is shown on a screen to
    somebody who asks for it and written nowhere but into the archive.
    """

    file: str
    part: str
    entity: str
    rule: str
    explained: bool = False
    place: LeakPlace | None = field(default=None, repr=False)
    number: int = 1

    @property
    def mark(self) -> str:
        """What an explanation names; the same for the same place in another file of the same format. "" if none is possible."""
        if self.place is None:
            return ""
        one = self.place
        told = "\0".join((one.text, one.part, one.rule, *(side for pair in one.around for side in pair), str(self.number)))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class LeakExplanation:
    """A person's word that the place `mark` is no name, and why."""

    mark: str
    reason: str
    by: str
    at: datetime
