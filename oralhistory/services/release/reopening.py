"""What is open again because its decision was taken back: a name must not leave because somebody thought better of it.

Of a document that no longer holds, every place it decided and every form it knew is asked about until a decision that holds
covers it, or a later one says that it is no name. Until then the leak check looks for the words, too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from oralhistory.domain.redaction import Action, Decided, Mention, MentionDecision, OpenQuestion, Proposal, Question
from oralhistory.domain.spans import Span
from oralhistory.domain.taking_back import holding, taken_back
from oralhistory.domain.transcript import Segment


def where_said(form: str, segments: Iterable[Segment]) -> Iterator[tuple[str, Span]]:
    """Wherever the form stands, by the ids of segments; one in Latin letters or digits not within a longer word."""
    wanted = r"\s*".join(map(re.escape, form.split()))
    if not wanted:
        return
    looked = re.compile(rf"(?<![a-z0-9]){wanted}(?![a-z0-9])" if form.isascii() else wanted, re.IGNORECASE)
    for segment in segments:
        yield from ((segment.id, one.span()) for one in looked.finditer(segment.text))


class Reopened:
    """`mentions` and `asked` are what holds and what is open anyway, `proposals` what the detectors say of these `segments`."""

    def __init__(
        self, log: Sequence[Decided], segments: Sequence[Segment], mentions: Iterable[Mention],
        asked: Iterable[OpenQuestion], proposals: Iterable[Proposal],
    ) -> None:  # fmt: skip
        self._dead = taken_back(log)
        self._holds = holding(log) if self._dead else []
        self._segments = {one.id: one for one in segments} if self._dead else {}
        self._settled: dict[str, list[Span]] = {}
        holds = [(one.segment, (one.start, one.end)) for one in mentions] if self._dead else []
        holds += [(one.segment, (one.start, one.end)) for one in asked] if self._dead else []
        for segment, span in holds:
            self._settled.setdefault(segment, []).append(span)
        self._proposals = tuple(proposals) if self._dead else ()

    def questions(self) -> list[OpenQuestion]:
        """Every stretch of words that is open again, once, in order of place."""
        found: set[tuple[str, Span]] = set()
        for form, row in self._forms().items():
            said = where_said(form, self._segments.values())
            found |= {(id_, piece) for id_, span in said for piece in self._open(id_, span, row)}
        for row, place in self._places():
            found |= {(id_, piece) for id_, span in self._stands(place) for piece in self._open(id_, span, row)}
        order = {id_: at for at, id_ in enumerate(self._segments)}
        return [
            OpenQuestion(Question.MARKED, id_, start, end, self._segments[id_].text[start:end])
            for id_, (start, end) in sorted(found, key=lambda one: (order[one[0]], one[1]))
        ]

    def words(self) -> tuple[str, ...]:
        """What may not leave although no entity that holds has it: forms, and words of places that nothing decides now."""
        forms = [form for form, row in self._forms().items() if not self._is_no_name(form, row)]
        places = [
            one.surface
            for row, one in self._places()
            if one.surface and one.action is not Action.KEEP and not self._is_decided(one, row)
        ]
        return tuple(dict.fromkeys((*forms, *places)))

    def _forms(self) -> dict[str, int]:
        """The forms that no entity has any more, each with the row that last knew it."""
        known = {form for one in self._holds for entity in one.document.entities for form in entity.variants}
        dead = ((form, one.row) for one in self._dead for entity in one.document.entities for form in entity.variants)
        return {form: row for form, row in dead if form.strip() and form not in known}

    def _places(self) -> Iterator[tuple[int, MentionDecision]]:
        return ((one.row, place) for one in self._dead for place in one.document.mentions)

    def _stands(self, place: MentionDecision) -> Iterator[tuple[str, Span]]:
        """The place, as long as its text is the same; otherwise its words, in its segment, or in all when it has none of them."""
        segment = self._segments.get(place.segment)
        if segment is not None and segment.sha256 == place.sha256:
            yield segment.id, (place.start, min(place.end, len(segment.text)))
        elif place.surface:
            everywhere = list(where_said(place.surface, self._segments.values()))
            yield from [one for one in everywhere if one[0] == place.segment] or everywhere

    def _is_decided(self, place: MentionDecision, row: int) -> bool:
        there = list(self._stands(place))
        return bool(there) and not any(True for id_, span in there for _ in self._open(id_, span, row))

    def _open(self, segment: str, span: Span, row: int) -> Iterator[Span]:
        """The words of the span that nothing settles: no mention, no question, no later word that it is no name."""
        text, (start, end) = self._segments[segment].text, span
        settled = [*self._settled.get(segment, ()), *self._dismissed(segment, row)]
        free = [all(not first <= at < last for first, last in settled) for at in range(start, end)]
        for one in re.finditer("1+", "".join("01"[is_free] for is_free in free)):
            said = text[start + one.start() : start + one.end()]
            if any(letter.isalnum() for letter in said):
                begin = start + one.start() + len(said) - len(said.lstrip())
                yield begin, begin + len(said.strip())

    def _dismissed(self, segment: str, row: int) -> list[Span]:
        """Where a decision later than `row` says that there is no name."""
        later = self._later(row)
        return [(one.start, one.end) for one in self._proposals if one.segment == segment and one.id in later]

    def _is_no_name(self, form: str, row: int) -> bool:
        later = self._later(row)
        return any(one.id in later and one.text.casefold() == form.casefold() for one in self._proposals)

    def _later(self, row: int) -> frozenset[str]:
        return frozenset().union(*(one.document.dismissed for one in self._holds if one.row > row))
