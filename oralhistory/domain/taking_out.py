"""What is left of text when the minutes it was said in are taken out: of segments, of the steps of editing, of decisions.

Where it is not known when a word was said, it goes. The same rule holds for every layer, so that nothing of the minutes is left
in one of them. Times are milliseconds on the interview's timeline.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from oralhistory.domain import spans
from oralhistory.domain.edits import EditStep, Splice
from oralhistory.domain.muting import MARGIN_MS, spoken
from oralhistory.domain.redaction import Decisions, Entity, MentionDecision, letters
from oralhistory.domain.said_when import may_lie_in
from oralhistory.domain.spans import Span
from oralhistory.domain.transcript import CHECK, Segment
from oralhistory.domain.word_times import located

NewId = Callable[[], str]
REMOVED = "removed"
"""The kind of the step that says so; it changes nothing, and nothing before it can be undone."""


@dataclass(frozen=True, slots=True)
class Layered:
    """A layer without the minutes. `pieces`: what is left of each segment that lost something, by its id; `gone`: their texts
    as they were."""

    segments: tuple[Segment, ...]
    pieces: Mapping[str, tuple[Segment, ...]]
    gone: tuple[str, ...]

    def standing(self, ids: Iterable[str]) -> dict[str, tuple[Segment, ...]]:
        """What stands of each of these segments now: its pieces, itself, or nothing."""
        whole = {one.id: (one,) for one in self.segments}
        return {one: self.pieces.get(one, whole.get(one, ())) for one in ids}


def meets(segment: Segment, span: Span) -> bool:
    return spans.meets((segment.start_ms, segment.end_ms), span)


def remaining(segment: Segment, span: Span, new_id: NewId) -> tuple[Segment, ...]:
    """What of a segment was said before and behind the span: the segment itself where all of it was.

    Words count with the margin that their times are uncertain by (`muting.spoken`). Pieces ask to be checked: whether the
    border runs where the narrator meant it, only an ear knows. Comments and translations may speak of what is gone, and go.
    """
    if _far(segment, span):
        return (segment,)
    words = list(located(segment))
    if len(words) < len(segment.words) or not words:
        return () if meets(segment, span) else (segment,)
    said = [spoken(segment, at, at + len(word.text.strip())) for word, at in words]
    before = next((n for n, one in enumerate(said) if one[1] > span[0]), len(said))
    behind = next((n for n, one in enumerate(reversed(said[before:])) if one[0] < span[1]), len(said) - before)
    if before + behind == len(said) and not meets(segment, span):
        return (segment,)
    if not (before or behind or meets(segment, span)):
        return (replace(segment, flags=segment.flags | {CHECK}),)  # its words have no times of their own, and it is outside
    pieces: list[Segment] = []
    if before:
        last, at = words[before - 1]
        text, end = segment.text[: _with_its_sign(segment.text, at + len(last.text))], min(segment.end_ms, span[0])
        pieces.append(_piece(segment, segment.id, text, (segment.start_ms, end), slice(0, before)))
    if behind:
        first = len(said) - behind
        own = segment.id if not before else new_id()
        start = max(segment.start_ms, span[1])
        pieces.append(_piece(segment, own, segment.text[words[first][1] :], (start, segment.end_ms), slice(first, None)))
    return tuple(one for one in pieces if one.start_ms < one.end_ms and one.text)


def _far(segment: Segment, span: Span) -> bool:
    """Whether not even a word's margin reaches the span: most segments of three hours are no work."""
    first = min([segment.start_ms, *(one.start_ms for one in segment.words)])
    last = max([segment.end_ms, *(one.end_ms for one in segment.words)])
    return last + MARGIN_MS <= span[0] or first - MARGIN_MS >= span[1]


def _piece(segment: Segment, own: str, text: str, times: Span, words: slice) -> Segment:
    return replace(
        segment, id=own, text=text.strip(), start_ms=times[0], end_ms=times[1], words=segment.words[words],
        flags=segment.flags | {CHECK}, comments=(), translations=(),
    )  # fmt: skip


def _with_its_sign(text: str, end: int) -> int:
    """A full stop behind the last word is still the sentence's own."""
    while end < len(text) and unicodedata.category(text[end]) in ("Po", "Pe", "Pf"):
        end += 1
    return end


def without(segments: Sequence[Segment], span: Span, new_id: NewId) -> Layered:
    """The layer in order, without what was said in the span."""
    left: list[Segment] = []
    left_of: dict[str, tuple[Segment, ...]] = {}
    gone: list[str] = []
    for segment in segments:
        pieces = remaining(segment, span, new_id)
        if pieces != (segment,):
            left_of[segment.id] = pieces
            gone.append(segment.text)
        left += pieces
    return Layered(tuple(left), left_of, tuple(gone))


def with_notices(segments: Sequence[Segment], notices: Iterable[Segment]) -> tuple[Segment, ...]:
    """The layer with these segments in the places that their times give them."""
    told = list(segments)
    for notice in notices:
        at = next((n for n, one in enumerate(told) if one.start_ms >= notice.start_ms), len(told))
        told.insert(at, notice)
    return tuple(told)


def tainted(steps: Sequence[EditStep], touched: Iterable[str], span: Span) -> set[str]:
    """The ids of all segments that ever held something of the span, as far as the steps tell.

    That is those `touched`, every one which lay in it at some time, everything that was split from it or joined to it, and so on.
    """
    spliced = [[*one.removed, *one.inserted] for step in steps for one in step.splices]
    found = set(touched) | {one.id for group in spliced for one in group if may_lie_in(one, *span)}
    while True:
        met = {one.id for group in spliced if any(one.id in found for one in group) for one in group}
        if met <= found:
            return found
        found |= met


def emptied(steps: Sequence[EditStep], ids: Collection[str]) -> list[EditStep]:
    """The steps without a word of these segments."""

    def silent(segment: Segment) -> Segment:
        return replace(segment, text="", words=(), comments=(), translations=()) if segment.id in ids else segment

    def through(splice: Splice) -> Splice:
        return Splice(splice.index, tuple(map(silent, splice.removed)), tuple(map(silent, splice.inserted)))

    return [replace(step, splices=tuple(map(through, step.splices))) for step in steps]


def undecided(
    document: Decisions, standing: Mapping[str, Sequence[Segment]], gone: Sequence[str], left: Sequence[str]
) -> Decisions:
    """Decisions without those on words that are gone, and without whoever is named nowhere but in what is gone.

    `standing` is what stands of each segment that ever held something of it: a decision follows its words into the piece that
    says them, and is asked about there, as after any change of text. `left` is every text that stays. A name written with
    another space, width or case in it is still that name.
    """
    mentions = tuple(followed for one in document.mentions for followed in _followed(one, standing.get(one.segment)))
    needed = {one.entity for one in mentions}
    lost, kept = ("\n".join(map(letters, texts)) for texts in (gone, left))

    def stays(entity: Entity) -> bool:
        names = [name for name in map(letters, entity.variants) if name]
        return entity.id in needed or not any(one in lost for one in names) or any(one in kept for one in names)

    return replace(document, entities=tuple(filter(stays, document.entities)), mentions=mentions)


def _followed(mention: MentionDecision, standing: Sequence[Segment] | None) -> Iterator[MentionDecision]:
    if standing is None:
        yield mention
        return
    # Letters in one row may be found over the border of two words by that: in doubt a decision stays.
    for piece in standing:  # without a surface it holds no word, and nobody can tell which one it meant
        unchanged = piece.sha256 == mention.sha256
        if unchanged or not mention.surface or letters(mention.surface) in letters(piece.text):
            yield replace(mention, segment=piece.id)
