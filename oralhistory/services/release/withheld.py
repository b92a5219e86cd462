"""What is asked about passages that stay here: nothing, but for words of theirs that may leave from elsewhere.

A decision on an older text of such a passage may be about words that a split took into another one. Where they stand now, nobody
decided anything; that the passage was closed afterwards, or its speaker is not to be shown, answers nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from oralhistory.domain.redaction import Action, Mention, MentionDecision, OpenQuestion, Question, letters
from oralhistory.domain.spans import Span
from oralhistory.domain.transcript import Segment
from oralhistory.services.release.reopening import where_said

_Where = tuple[str, Span]


class Withheld:
    """`stays_here` are the ids of the passages of `segments` that leave in no form."""

    def __init__(self, segments: Sequence[Segment], stays_here: Collection[str]) -> None:
        self._held = {one.id: one for one in segments if one.id in stays_here}
        self._leaving = [one for one in segments if one.id not in stays_here]

    def asked(
        self, questions: Iterable[OpenQuestion], decided: Iterable[MentionDecision], mentions: Iterable[Mention]
    ) -> tuple[OpenQuestion, ...]:
        """What is open of the `questions`, and each place outside where words of a decision on an older text stand undecided.

        The question itself stays, without words of the passage, where nobody can tell what has become of them.
        """
        open_ = [one for one in questions if one.segment not in self._held]
        stale = [one for one in decided if self._is_stale(one)]
        settled = [(one.segment, one.start, one.end) for one in mentions] if stale else []
        settled += [(one.segment, one.start, one.end) for one in open_] if stale else []
        marked: dict[_Where, OpenQuestion] = {}
        lost: set[tuple[str, int, int]] = set()
        for one in stale:
            outside = list(where_said(one.surface, self._leaving))
            marked |= {where: self._marked(where) for where in _free(outside, settled)}
            if not outside and not (one.surface and letters(one.surface) in letters(self._held[one.segment].text)):
                lost.add((one.segment, one.start, one.end))
        kept = [
            replace(one, text="")
            for one in questions
            if one.code is Question.TEXT_CHANGED and (one.segment, one.start, one.end) in lost
        ]
        return (*open_, *marked.values(), *kept)

    def _is_stale(self, one: MentionDecision) -> bool:
        held = self._held.get(one.segment)
        return held is not None and one.action is not Action.KEEP and one.sha256 != held.sha256

    def _marked(self, where: _Where) -> OpenQuestion:
        id_, (start, end) = where
        text = next(one.text for one in self._leaving if one.id == id_)
        return OpenQuestion(Question.MARKED, id_, start, end, text[start:end])


def _free(places: Iterable[_Where], settled: Sequence[tuple[str, int, int]]) -> Iterator[_Where]:
    """The places that lie in nothing which is decided or asked about."""
    for id_, (start, end) in places:
        if not any(segment == id_ and first <= start and end <= last for segment, first, last in settled):
            yield id_, (start, end)
