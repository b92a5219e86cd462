"""Finding in a text what was misheard for the organisation's words, and what should stand there."""

import re
from collections.abc import Iterable

from oralhistory.domain.glossary import Term
from oralhistory.domain.ports.release import Particles
from oralhistory.domain.replacing import Place, Wanted, places
from oralhistory.domain.transcript import Segment


class Lexicon:
    """Finds what was misheard. Asked of thousands of segments: one pass over a text says whether there is anything in it."""

    def __init__(self, terms: Iterable[Term], particles: Particles) -> None:
        self._wanted = [(term, Wanted(one, term.text)) for term in terms for one in term.variants]
        longest_first = sorted({wanted.text for _, wanted in self._wanted}, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self._particles = particles

    def misheard(self, segment: Segment) -> list[Place]:
        """Where a misheard word stands in the segment and what would stand there, in order, none overlapping the next."""
        if self._any is None or self._any.search(segment.text) is None:
            return []
        found = [
            place
            for term, wanted in self._wanted
            if term.of(segment.language)
            for place in places([segment], wanted, self._particles)
            if not _is_right_already(segment.text, place, term, wanted)
        ]
        found.sort(key=lambda place: (place.start, place.start - place.end))
        apart: list[Place] = []
        for place in found:
            if not apart or place.start >= apart[-1].end:
                apart.append(place)
        return apart

    def suspects(self, segment: Segment) -> bool:
        """Whether a misheard word stands in it."""
        return bool(self.misheard(segment))


def _is_right_already(text: str, place: Place, term: Term, wanted: Wanted) -> bool:
    """Whether the misheard word is only a part of the right one, which stands there: 강 of 두만 강."""
    at = term.text.find(wanted.text)
    return at >= 0 and text[max(place.start - at, 0) :].startswith(term.text)
