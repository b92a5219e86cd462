"""Thousands of random changes: typing, pasting, splitting, joining, replacing, undoing. No word loses its time by them.

After every one the times stand in order inside their segment, what was not touched kept its own, and undoing everything gives
the draft back. The words of half the drafts are cut as an engine cuts them. The whole run makes 10,000 changes, those not
counted that make no sense where they are tried; the daily one a part of them.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, pairwise

import pytest

from oralhistory.anonymise import particles
from oralhistory.domain.edits import (
    Edit,
    EditRejected,
    Join,
    Restore,
    SetSpeaker,
    SetText,
    SetTimes,
    Splice,
    Split,
    apply,
    compile_edit,
)
from oralhistory.domain.replacing import Wanted, places, replaced
from oralhistory.domain.transcript import Segment, Word
from oralhistory.domain.word_times import as_written, located, tokens

VOCABULARY = ("저는", "회령에서", "네", "네", "그", "그", "they", "arrested", "me", "图们江", "三天", "é", "😀", "탄광.")
HAN = frozenset("图们江三天")
TYPED = ("ㅎ", "한", "a", "b", " ", "  ", ".", "江", "😀", "\u200b", "e\u0301", "")
PASTED = ("한 줄\n두 줄", "one two  three", "我在图们江边等了三天", "   ", "네 네 네 네")


@dataclass
class Desk:
    """A transcript under work; what is done to it can be taken back."""

    chance: random.Random
    segments: list[Segment]
    draft: tuple[Segment, ...] = ()
    done: list[tuple[Splice, ...]] = field(default_factory=list)
    ids: "count[int]" = field(default_factory=count)

    def change(self) -> bool:
        """Whether something was changed: not everything that is tried makes sense."""
        if self.done and self.chance.random() < 0.2:
            self._undo()
            return True
        row = self.chance.randrange(len(self.segments))
        before = self.segments[row]
        edits, untouched = self._edits(before)
        splices = []
        try:
            for edit in edits:
                splices.append(compile_edit(self.segments, edit, self.draft, lambda: f"n{next(self.ids)}"))
                self.segments = apply(self.segments, splices[-1])
        except EditRejected:
            return False
        if splices:
            self.done.append(tuple(splices))
        for one in (one for splice in splices for one in splice.inserted):
            in_order(one)
        if untouched is not None:
            keeps_its_times(before, self.segments[row], *untouched)
        return bool(splices)

    def undo_all(self) -> None:
        while self.done:
            self._undo()

    def _undo(self) -> None:
        for splice in reversed(self.done.pop()):
            self.segments = apply(self.segments, splice.inverse())

    def _edits(self, one: Segment) -> tuple[list[Edit], tuple[int, int] | None]:
        """A change, and how many words before and behind a typed or pasted one it does not touch."""
        chance = self.chance
        place = chance.randint(0, len(one.text))
        kinds = ("type", "paste", "delete", "split", "join", "replace", "other")
        kind = chance.choices(kinds, (40, 10, 15, 10, 10, 5, 5))[0]
        if kind == "split":
            return [Split(one.id, place)], None
        if kind == "join":
            return [Join(one.id)], None
        if kind == "replace":
            found = places(self.segments, Wanted(chance.choice(VOCABULARY), chance.choice(VOCABULARY)), particles)
            return [edit for edit, _ in replaced(self.segments, found)], None
        if kind == "other":
            start = chance.randint(0, 5_000)
            times = SetTimes(one.id, start, start + chance.randint(0, 3_000))
            others: tuple[Edit, ...] = (times, Restore(one.id), SetSpeaker(one.id, "I1"))
            return [chance.choice(others)], None
        end = min(place + (chance.randint(1, 12) if kind == "delete" else 0), len(one.text))
        put = chance.choice(PASTED if kind == "paste" else TYPED) if kind != "delete" else ""
        words = list(located(replace(one, words=as_written(one))))
        outside = sum(start + len(word.text) < place for word, start in words)
        behind = sum(start > end for _, start in words)
        return [SetText(one.id, one.text[:place] + put + one.text[end:])], (outside, behind)


def keeps_its_times(before: Segment, after: Segment, first: int, last: int) -> None:
    """What was typed or deleted left so many words before it and behind it alone."""
    words = as_written(before)
    assert after.words[:first] == words[:first]
    kept = Counter(words) & Counter(after.words)
    assert kept.total() >= min(first + last, len(after.words))
    assert tokens(after.text) == [word.text for word in after.words]


def in_order(one: Segment) -> None:
    times = [ms for word in one.words for ms in (word.start_ms, word.end_ms)]
    assert all(a <= b for a, b in pairwise([one.start_ms, *times, one.end_ms])), one
    assert len(list(located(one))) == len(one.words)
    assert tokens(one.text) == [word.text for word in as_written(one)]


def cut_as_heard(words: list[Word], text: str, chance: random.Random) -> Iterator[Word]:
    """Some words in two, and Chinese ones drawn together, as an engine gives them."""
    waiting: Word | None = None
    for word in words:
        if waiting is not None and word.text in HAN and waiting.text in HAN and waiting.text + word.text in text:
            waiting = replace(waiting, text=waiting.text + word.text, end_ms=word.end_ms)
        else:
            if waiting is not None:
                yield waiting
            waiting = word
        if len(word.text) > 1 and chance.random() < 0.3:
            middle = (word.start_ms + word.end_ms) // 2
            yield replace(word, text=word.text[:1], end_ms=middle)
            waiting = replace(word, text=word.text[1:], start_ms=middle)
    if waiting is not None:
        yield waiting


def drafted(chance: random.Random, *, as_heard: bool = False) -> list[Segment]:
    """Twelve segments of one or two recordings; now and then two people speak at once."""
    segments, at = [], 0
    for row in range(12):
        words, start = [], at
        text = " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 10)))
        for token in tokens(text):
            words.append(Word(token, at, at + chance.randint(0, 400), chance.random()))
            at = words[-1].end_ms + chance.randint(0, 100)
        words = list(cut_as_heard(words, text, chance)) if as_heard else words
        segments.append(Segment(f"s{row}", "r1" if row < 8 else "r2", start, at, text, "N1", "ko", tuple(words)))
        at = max(at + chance.randint(-300, 500), 0)
    return segments


@pytest.mark.parametrize("changes", [1_200, pytest.param(10_000, marks=pytest.mark.full)])
def test_random_changes_keep_times_and_undo_to_the_draft(changes: int) -> None:
    for seed in range(changes // 100):
        chance = random.Random(seed)
        draft = drafted(chance, as_heard=bool(seed % 2))
        desk = Desk(chance, list(draft), tuple(draft))
        made = 0
        while made < 100:
            made += desk.change()
        desk.undo_all()
        assert desk.segments == draft, seed


def heard(text: str, *words: tuple[str, int, int, float]) -> Segment:
    return Segment("s", "r1", 0, words[-1][2], text, words=tuple(Word(*one) for one in words))


KOREAN = heard("그때 1,000명이 왔다.", ("그때", 0, 200, 0.9), ("1", 200, 300, 0.9), (",000명이", 300, 600, 0.4),
               ("왔다.", 600, 1_000, 0.9))  # fmt: skip
CHINESE = heard("我们在江边。他走了。", ("我们", 0, 400, 0.9), ("在", 400, 600, 0.9), ("江", 600, 800, 0.9),
                ("边。", 800, 1_200, 0.1), ("他", 2_000, 2_200, 0.9), ("走了。", 2_300, 2_600, 0.9))  # fmt: skip


def test_words_as_the_speech_model_cuts_them_keep_their_times_and_their_doubts() -> None:
    """What Whisper's tokenizer gives: several Chinese characters with their full stop, and a number in two."""
    chinese = changed(CHINESE, "我们在江边。她走了。")
    assert [(one.text, one.start_ms, one.end_ms) for one in chinese.words] == [
        ("我", 0, 200), ("们", 200, 400), ("在", 400, 600), ("江", 600, 800), ("边", 800, 1_000), ("。", 1_000, 1_200),
        ("她", 1_200, 2_300), ("走", 2_300, 2_400), ("了", 2_400, 2_500), ("。", 2_500, 2_600),
    ]  # fmt: skip
    assert chinese.doubtful, "the word that the machine doubted was not touched"
    korean = changed(KOREAN, "그때 1,000명이 갔다.")
    assert [(one.text, one.start_ms, one.end_ms, one.probability) for one in korean.words] == [
        ("그때", 0, 200, 0.9), ("1,000명이", 200, 600, 0.4), ("갔다.", 600, 1_000, None),
    ]  # fmt: skip
    part = replace(CHINESE, words=CHINESE.words[2:4])  # of the rest nobody knows when it was said
    assert [(one.text, one.start_ms, one.end_ms) for one in as_written(part)][:4] == [
        ("我", 0, 200), ("们", 200, 400), ("在", 400, 600), ("江", 600, 800),
    ]  # fmt: skip
    assert as_written(replace(CHINESE, words=())) == ()


@pytest.mark.parametrize("first", [KOREAN, CHINESE])
def test_words_as_the_speech_model_cuts_them_stay_apart_when_segments_are_joined(first: Segment) -> None:
    second = Segment("t", "r1", 3_000, 4_000, "네 갔다.", words=(Word("네", 3_000, 3_500, 0.9), Word("갔다.", 3_500, 4_000, 0.9)))
    joined = compile_edit([first, second], Join("t"), (), str).inserted[0]
    assert joined.words == first.words + second.words
    in_order(joined)
    halves = compile_edit([joined], Split("s", len(first.text)), (), lambda: "t").inserted
    assert [one.words for one in halves] == [as_written(first), second.words]


def changed(segment: Segment, text: str) -> Segment:
    return compile_edit([segment], SetText("s", text), (), str).inserted[0]
