"""Every change of a reviewed transcript as data: what a person asks for, what it does, and its inverse.

An edit is compiled into one splice (these segments go, those come, at this place); a splice turned round undoes it. Word
times survive: unchanged words keep theirs, new words share the time between their kept neighbours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from oralhistory.domain.seams import seam
from oralhistory.domain.transcript import ASKING, DOUBTS, FLAGS, Comment, Segment, Translation, Word, digest, normalised
from oralhistory.domain.word_times import clamped, halves, in_order, one_after_the_other, retexted, words_within

NewId = Callable[[], str]
_HARDLY_MS = 100
"""Words of two segments may overlap by so much and keep their times: well within the margin of what is silenced (`muting`)."""
LOOSE_MS = 2_000
"""Between the nearest words that a machine heard on both sides of a cut: further apart, nobody knows where the cut was said."""


class EditRejected(ValueError):
    """The edit does not fit the transcript; `problem` is a stable code, nothing was changed."""

    def __init__(self, problem: str, segment: str = "", at_ms: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.segment = segment
        self.at_ms = at_ms


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
    """A person says from when to when it was said; with `guess_stays` only a border of it moved, and the other is as it was."""

    kind: ClassVar = "set_times"
    segment: str
    start_ms: int
    end_ms: int
    guess_stays: bool = False


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


@dataclass(frozen=True, slots=True)
class ConfirmTimes:
    """A person listened: the guessed times of the segment are right; with `before` those of all that stand before it, too."""

    kind: ClassVar = "confirm_times"
    segment: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class AddComment:
    """Pin a comment to a segment; what is said in it stays as it is."""

    kind: ClassVar = "comment"
    segment: str
    comment: Comment


@dataclass(frozen=True, slots=True)
class Resolve:
    """What a comment asked for is done: who says so, and when."""

    kind: ClassVar = "resolve"
    segment: str
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Translate:
    """Say beside a segment what it says in another language; without words, take that away."""

    kind: ClassVar = "translate"
    segment: str
    language: str
    text: str
    by: str


Edit = (
    SetText | Split | Join | SetTimes | SetSpeaker | Flag | Restore | Confirm | ConfirmTimes | AddComment | Resolve | Translate
)


@dataclass(frozen=True, slots=True)
class Splice:
    """At `index` of the layer, `removed` give way to `inserted`."""

    index: int
    removed: tuple[Segment, ...]
    inserted: tuple[Segment, ...]

    def inverse(self) -> "Splice":
        return Splice(self.index, self.inserted, self.removed)

    @property
    def opens(self) -> bool:
        """Whether words that the narrator closed may be open behind it."""
        return _gives_up(self.removed, self.inserted)

    @property
    def closes(self) -> bool:
        """Whether words are closed behind it that were open."""
        return _gives_up(self.inserted, self.removed)

    @property
    def unsigns(self) -> bool:
        """Whether a signature of the text before is none of the text behind it: marks and what is written beside change nothing
        that was signed, but who signed has to have seen which passages are open."""
        return self.opens or digest(self.removed) != digest(self.inserted)


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
        case SetTimes(start_ms=start, end_ms=end, guess_stays=stays):
            return _exchange(index, old, replace(_retimed(old, start, end), guessed=old.guessed and stays))
        case SetSpeaker(speaker=speaker):
            return _exchange(index, old, replace(old, speaker=normalised(speaker)))
        case Flag():
            return _exchange(index, old, _flagged(old, edit))
        case Confirm():
            return _exchange(index, old, _confirmed(old))
        case ConfirmTimes():
            return _sure(segments, 0 if edit.before else index, index)
        case Restore():
            return _exchange(index, old, _restored(old, machine))
        case AddComment(comment=comment):
            return _exchange(index, old, replace(old, comments=(*old.comments, comment)))
        case Resolve():
            return _exchange(index, old, _resolved(old, edit))
        case Translate():
            return _exchange(index, old, _translated(old, edit))
        case Split(offset=offset, at_ms=at):
            return Splice(index, (old,), _split(old, offset, at, new_id()))
        case Join():
            if index == 0 or segments[index - 1].recording != old.recording:
                raise EditRejected("nothing_to_join", edit.segment)
            previous = segments[index - 1]
            return Splice(index - 1, (previous, old), (_joined(previous, old),))


def _gives_up(these: Sequence[Segment], those: Sequence[Segment]) -> bool:
    """Whether words closed in `these` may be open in `those`: one by one where as many stand there, else wherever any is open."""
    if len(these) == len(those):
        return any(one.closed and not other.closed for one, other in zip(these, those, strict=True))
    return any(one.closed for one in these) and not all(one.closed for one in those)


def _exchange(index: int, old: Segment, new: Segment) -> Splice:
    return Splice(index, (old,), (new,))


def _flagged(segment: Segment, edit: Flag) -> Segment:
    if not edit.on:
        return replace(segment, flags=segment.flags - {edit.flag})
    if edit.flag not in FLAGS:
        raise EditRejected("no_such_flag", segment.id)
    return replace(segment, flags=segment.flags | {edit.flag})


def _confirmed(segment: Segment) -> Segment:
    words = tuple(replace(word, probability=None) if word.doubtful else word for word in segment.words)
    return replace(segment, words=words, flags=segment.flags - DOUBTS - ASKING)


def guesses(segments: Sequence[Segment], edit: ConfirmTimes) -> list[Segment]:
    """The segments whose guessed times `edit` says are right."""
    index = next((i for i, one in enumerate(segments) if one.id == edit.segment), -1)
    return [one for one in segments[0 if edit.before else max(index, 0) : index + 1] if one.guessed]


def _sure(segments: Sequence[Segment], first: int, last: int) -> Splice:
    """One splice from the first guess among them: a text of three hours is confirmed at once."""
    begin = next((i for i in range(first, last) if segments[i].guessed), last)
    found = tuple(segments[begin : last + 1])
    if not any(one.guessed for one in found):
        raise EditRejected("no_guessed_times", segments[last].id)
    return Splice(begin, found, tuple(replace(one, guessed=False) if one.guessed else one for one in found))


def _restored(segment: Segment, machine: Sequence[Segment]) -> Segment:
    """The machine's words that were spoken in the segment's time, so that a half that was split off stays a half."""
    heard = [one for one in machine if one.recording == segment.recording]
    pieces = [piece for one in heard if (piece := words_within(one, segment.start_ms, segment.end_ms))]
    if not pieces:
        raise EditRejected("no_machine_text", segment.id)
    words = tuple(word for _, spoken in pieces for word in spoken)
    text = " ".join(text for text, _ in pieces)
    restored = replace(segment, text=text, words=words, guessed=False)  # a machine heard these words in this time
    return _retimed(_one_behind_the_other(restored), segment.start_ms, segment.end_ms)


def _split(segment: Segment, offset: int, at_ms: int | None, second_id: str) -> tuple[Segment, Segment]:
    left, right = segment.text[:offset].strip(), segment.text[offset:].strip()
    if not left or not right or not 0 < offset < len(segment.text):
        raise EditRejected("split_leaves_nothing", segment.id)
    before, after = halves(segment, offset)
    segment = replace(segment, guessed=segment.guessed or (at_ms is None and _loose(segment, before, after)))
    if at_ms is None:
        middle = (segment.start_ms + segment.end_ms) // 2
        at_ms = after[0].start_ms if after else before[-1].end_ms if before else middle
    if not segment.start_ms <= at_ms <= segment.end_ms:
        raise EditRejected("times_out_of_order", segment.id)
    first = _retimed(replace(segment, text=segment.text[:offset], words=before), segment.start_ms, at_ms)
    rest = replace(segment, id=second_id, text=segment.text[offset:], words=after, comments=(), translations=())
    second = _retimed(rest, at_ms, segment.end_ms)
    return _guessed_without_length(retexted(first, left)), _guessed_without_length(retexted(second, right))


def _guessed_without_length(half: Segment) -> Segment:
    """Typed words have no time left at the end of a segment: where they are cut off, nobody knows when they were said."""
    return half if half.start_ms < half.end_ms else replace(half, guessed=True)


def _loose(segment: Segment, before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether the time between the halves would be one that was shared out among words which nobody heard apart."""
    begin = max((one.end_ms for one in before if one.probability is not None), default=segment.start_ms)
    end = min((one.start_ms for one in after if one.probability is not None), default=segment.end_ms)
    return end - begin > LOOSE_MS


def _joined(before: Segment, after: Segment) -> Segment:
    start_ms, end_ms = min(before.start_ms, after.start_ms), max(before.end_ms, after.end_ms)
    between = seam(before.text, after.text)
    text = f"{before.text}{between}{after.text}"
    joined = replace(
        before,
        start_ms=start_ms,
        end_ms=end_ms,
        text=text,
        words=one_after_the_other(before, after, between),
        flags=before.flags | after.flags,
        guessed=before.guessed or after.guessed,
        comments=(*before.comments, *after.comments),
        translations=_joined_translations(before, after),
    )
    return _one_behind_the_other(joined)


def _one_behind_the_other(segment: Segment) -> Segment:
    """`segment` with its words one after another.

    Where two spoke at once, no order of the text is that of the sound: the words share the whole time then, as typed ones do,
    so that whoever silences or removes one of them takes all of it.
    """
    words = in_order(segment.words)
    moved = max((new.start_ms - old.start_ms for new, old in zip(words, segment.words, strict=True)), default=0)
    if moved > _HARDLY_MS:
        return retexted(replace(segment, words=()), segment.text)
    return replace(segment, words=words)


def _retimed(segment: Segment, start_ms: int, end_ms: int) -> Segment:
    if start_ms < 0 or end_ms < start_ms:
        raise EditRejected("times_out_of_order", segment.id)
    return clamped(segment, start_ms, end_ms)


def _resolved(segment: Segment, edit: Resolve) -> Segment:
    if not any(one.id == edit.comment and one.open for one in segment.comments):
        raise EditRejected("no_such_comment", segment.id)
    comments = (
        replace(one, resolved_by=edit.by, resolved_at=edit.at) if one.id == edit.comment else one
        for one in segment.comments
    )
    return replace(segment, comments=tuple(comments))


def _translated(segment: Segment, edit: Translate) -> Segment:
    others = [one for one in segment.translations if one.language != edit.language]
    text = normalised(edit.text)
    made = [Translation(edit.language, text, edit.by, segment.sha256)] if text else []
    return replace(segment, translations=tuple(sorted([*others, *made], key=lambda one: one.language)))


def _joined_translations(before: Segment, after: Segment) -> tuple[Translation, ...]:
    """Of each language what there is, one behind the other; made of neither text alone, so that somebody looks at them."""
    found: dict[str, Translation] = {}
    for one in (*before.translations, *after.translations):
        first = found.get(one.language)
        found[one.language] = replace(one, text=f"{first.text} {one.text}" if first else one.text, of="")
    return tuple(found[language] for language in sorted(found))
