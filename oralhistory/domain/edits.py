"""Every change of a reviewed transcript as data: what a person asks for, what it does, and its inverse.

An edit is compiled into one splice (these segments go, those come, at this place); a splice turned round undoes it. Word
times survive: unchanged words keep theirs, new words share the time between their kept neighbours.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import ClassVar

from oralhistory.domain.transcript import DOUBTS, Segment, Word, normalised

NewId = Callable[[], str]

_TOKEN = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]|[^\s\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)


class EditRejected(ValueError):
    """The edit does not fit the transcript; `problem` is a stable code, nothing was changed."""

    def __init__(self, problem: str, segment: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.segment = segment


@dataclass(frozen=True, slots=True)
class SetText:
    kind: ClassVar = "set_text"
    segment: str
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """Cut a segment before code point `offset` of its text; `at_ms` is taken from the words when it is None."""

    kind: ClassVar = "split"
    segment: str
    offset: int
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Join a segment to the one before it (of the same recording)."""

    kind: ClassVar = "join"
    segment: str


@dataclass(frozen=True, slots=True)
class SetTimes:
    kind: ClassVar = "set_times"
    segment: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class SetSpeaker:
    kind: ClassVar = "set_speaker"
    segment: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Flag:
    kind: ClassVar = "flag"
    segment: str
    flag: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Restore:
    """Give a segment the machine's own text back."""

    kind: ClassVar = "restore"
    segment: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """A person listened: what the machine doubted in the segment is right as it stands."""

    kind: ClassVar = "confirm"
    segment: str


Edit = SetText | Split | Join | SetTimes | SetSpeaker | Flag | Restore | Confirm


@dataclass(frozen=True, slots=True)
class Splice:
    """At `index` of the layer, `removed` give way to `inserted`."""

    index: int
    removed: tuple[Segment, ...]
    inserted: tuple[Segment, ...]

    def inverse(self) -> "Splice":
        return Splice(self.index, self.inserted, self.removed)


@dataclass(frozen=True, slots=True)
class EditStep:
    """What a person did in one go: undone and redone as a whole. `kind` names the first edit's operation."""

    id: str
    interview_id: str
    by: str
    kind: str
    splices: tuple[Splice, ...]
    undone: bool = False

    def inverse(self) -> tuple[Splice, ...]:
        return tuple(splice.inverse() for splice in reversed(self.splices))


def apply(segments: Sequence[Segment], splice: Splice) -> list[Segment]:
    """The layer after `splice`; EditRejected("conflict") when what it removes is not what stands there."""
    end = splice.index + len(splice.removed)
    if tuple(segments[splice.index : end]) != splice.removed:
        raise EditRejected("conflict")
    return [*segments[: splice.index], *splice.inserted, *segments[end:]]


def compile_edit(segments: Sequence[Segment], edit: Edit, machine: Sequence[Segment], new_id: NewId) -> Splice:
    """The splice that `edit` means for the layer as it stands; EditRejected when it makes no sense there."""
    index = next((i for i, one in enumerate(segments) if one.id == edit.segment), None)
    if index is None:
        raise EditRejected("no_such_segment", edit.segment)
    old = segments[index]
    match edit:
        case SetText(text=text):
            return _exchange(index, old, retexted(old, text))
        case SetTimes(start_ms=start, end_ms=end):
            return _exchange(index, old, _retimed(old, start, end))
        case SetSpeaker(speaker=speaker):
            return _exchange(index, old, replace(old, speaker=normalised(speaker)))
        case Flag(flag=flag, on=on):
            flags = old.flags | {flag} if on else old.flags - {flag}
            return _exchange(index, old, replace(old, flags=flags))
        case Confirm():
            return _exchange(index, old, _confirmed(old))
        case Restore():
            return _exchange(index, old, _restored(old, machine))
        case Split(offset=offset, at_ms=at):
            return Splice(index, (old,), _split(old, offset, at, new_id()))
        case Join():
            if index == 0 or segments[index - 1].recording != old.recording:
                raise EditRejected("nothing_to_join", edit.segment)
            before = segments[index - 1]
            return Splice(index - 1, (before, old), (_joined(before, old),))


def _exchange(index: int, old: Segment, new: Segment) -> Splice:
    return Splice(index, (old,), (new,))


def retexted(segment: Segment, text: str) -> Segment:
    """`segment` saying `text` (normalised), with the word times carried over."""
    text = normalised(text)
    return replace(segment, text=text, words=_carried(segment, text))


def tokens(text: str) -> list[str]:
    """The words of a text: runs between spaces, and each Han character by itself."""
    return _TOKEN.findall(text)


def _carried(segment: Segment, text: str) -> tuple[Word, ...]:
    """The words of `text`: those that begin and end as before keep their times whatever repeats between them."""
    fresh, kept = tokens(text), segment.words
    same = _same_from_the_start(kept, fresh)
    tail = _same_from_the_start(kept[same:][::-1], fresh[same:][::-1])
    first, last = kept[:same], kept[len(kept) - tail :]
    begin = first[-1].end_ms if first else segment.start_ms
    end = last[0].start_ms if last else segment.end_ms
    between = _matched(kept[same : len(kept) - tail], fresh[same : len(fresh) - tail], begin, max(begin, end))
    return (*first, *between, *last)


def _same_from_the_start(words: Sequence[Word], texts: Sequence[str]) -> int:
    pairs = zip(words, texts, strict=False)
    return next((n for n, (word, text) in enumerate(pairs) if word.text != text), min(len(words), len(texts)))


def _matched(kept: Sequence[Word], fresh: Sequence[str], begin_ms: int, end_ms: int) -> list[Word]:
    """`fresh` with the times of the `kept` that are among them; the others share the time between their neighbours."""
    matcher = SequenceMatcher(None, [word.text for word in kept], fresh, autojunk=False)
    result: list[Word] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            result += kept[i1:i2]
        elif j1 < j2:
            start = result[-1].end_ms if result else begin_ms
            end = kept[i2].start_ms if i2 < len(kept) else end_ms
            result += _shared(fresh[j1:j2], start, max(start, end))
    return result


def _shared(texts: Sequence[str], start_ms: int, end_ms: int) -> list[Word]:
    """Words sharing a stretch of time by their lengths."""
    lengths = [len(text) for text in texts]
    total, at, words = sum(lengths), 0, []
    for text, length in zip(texts, lengths, strict=True):
        begin = start_ms + (end_ms - start_ms) * at // total
        at += length
        words.append(Word(text, begin, start_ms + (end_ms - start_ms) * at // total))
    return words


def _retimed(segment: Segment, start_ms: int, end_ms: int) -> Segment:
    if start_ms < 0 or end_ms < start_ms:
        raise EditRejected("times_out_of_order", segment.id)

    def inside(ms: int) -> int:
        return min(max(ms, start_ms), end_ms)

    words = tuple(replace(word, start_ms=inside(word.start_ms), end_ms=inside(word.end_ms)) for word in segment.words)
    return replace(segment, start_ms=start_ms, end_ms=end_ms, words=words)


def _confirmed(segment: Segment) -> Segment:
    words = tuple(replace(word, probability=None) if word.doubtful else word for word in segment.words)
    return replace(segment, words=words, flags=segment.flags - DOUBTS)


def _restored(segment: Segment, machine: Sequence[Segment]) -> Segment:
    """The machine's words that were spoken in the segment's time, so that a half that was split off stays a half."""
    heard = [one for one in machine if one.recording == segment.recording]
    pieces = [piece for one in heard if (piece := _within(one, segment.start_ms, segment.end_ms))]
    if not pieces:
        raise EditRejected("no_machine_text", segment.id)
    words = _in_order(word for _, spoken in pieces for word in spoken)
    text = " ".join(text for text, _ in pieces)
    return _retimed(replace(segment, text=text, words=words), segment.start_ms, segment.end_ms)


def _within(segment: Segment, start_ms: int, end_ms: int) -> tuple[str, tuple[Word, ...]] | None:
    """The part of a segment's text whose words have their middle in [start, end)."""
    inside = [
        (word, at) for word, at in located(segment) if start_ms <= (word.start_ms + word.end_ms) // 2 < max(end_ms, 1)
    ]
    if not inside:
        return None
    (_, first), (last_word, last) = inside[0], inside[-1]
    whole = len(inside) == len(segment.words)
    text = segment.text if whole else segment.text[first : last + len(last_word.text)]
    return text, tuple(word for word, _ in inside)


def _split(segment: Segment, offset: int, at_ms: int | None, second_id: str) -> tuple[Segment, Segment]:
    left, right = segment.text[:offset].strip(), segment.text[offset:].strip()
    if not left or not right or not 0 < offset < len(segment.text):
        raise EditRejected("split_leaves_nothing", segment.id)
    before, after = _halves(segment, offset)
    if at_ms is None:
        middle = (segment.start_ms + segment.end_ms) // 2
        at_ms = after[0].start_ms if after else before[-1].end_ms if before else middle
    if not segment.start_ms <= at_ms <= segment.end_ms:
        raise EditRejected("times_out_of_order", segment.id)
    first = _retimed(replace(segment, words=before), segment.start_ms, at_ms)
    second = _retimed(replace(segment, id=second_id, words=after), at_ms, segment.end_ms)
    return retexted(first, left), retexted(second, right)


def _halves(segment: Segment, offset: int) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words before and behind a place of the text; one that is cut there gives each half its part of the time."""
    before, after = [], []
    for word, start in located(segment):
        inside = offset - start
        if inside <= 0:
            after.append(word)
        elif inside >= len(word.text):
            before.append(word)
        else:
            parts = _shared((word.text[:inside], word.text[inside:]), word.start_ms, word.end_ms)
            before.append(parts[0])
            after.append(parts[1])
    return tuple(before), tuple(after)


def located(segment: Segment) -> Iterable[tuple[Word, int]]:
    """Each word with the code point of the text where it begins (words that are not found are left out)."""
    at = 0
    for word in segment.words:
        found = segment.text.find(word.text, at)
        if found >= 0:
            yield word, found
            at = found + len(word.text)


def _joined(before: Segment, after: Segment) -> Segment:
    start_ms, end_ms = min(before.start_ms, after.start_ms), max(before.end_ms, after.end_ms)
    return replace(
        before,
        start_ms=start_ms,
        end_ms=end_ms,
        text=f"{before.text} {after.text}".strip(),
        words=_in_order((*before.words, *after.words)),
        flags=before.flags | after.flags,
    )


def _in_order(words: Iterable[Word]) -> tuple[Word, ...]:
    """`words` none of which begins before the one before it ended: where two people spoke at once, the later one waits."""
    at, result = 0, []
    for word in words:
        start = max(word.start_ms, at)
        at = max(word.end_ms, start)
        result.append(word if (start, at) == (word.start_ms, word.end_ms) else replace(word, start_ms=start, end_ms=at))
    return tuple(result)
