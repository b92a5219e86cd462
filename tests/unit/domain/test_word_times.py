"""Thousands of random changes: typing, pasting, splitting, joining, replacing, undoing. No word loses its time by them.

After every one the times stand in order inside their segment, what was not touched kept its own, and undoing everything gives
the draft back. The whole run makes 10,000 changes; the daily one a part of them.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import count, pairwise

import pytest

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
from oralhistory.domain.transcript import Segment, Word
from oralhistory.domain.word_times import located, tokens

VOCABULARY = ("저는", "회령에서", "네", "네", "그", "그", "they", "arrested", "me", "图们江", "三天", "é", "😀", "탄광.")
TYPED = ("ㅎ", "한", "a", "b", " ", "  ", ".", "江", "😀", "\u200b", "e\u0301", "")
PASTED = ("한 줄\n두 줄", "one two  three", "我在图们江边等了三天", "   ", "네 네 네 네")


@dataclass
class Desk:
    """A transcript under work; what is done to it can be taken back."""

    chance: random.Random
    segments: list[Segment]
    draft: tuple[Segment, ...] = ()
    done: list[Splice] = field(default_factory=list)
    ids: "count[int]" = field(default_factory=count)

    def change(self) -> None:
        if self.done and self.chance.random() < 0.2:
            self.segments = apply(self.segments, self.done.pop().inverse())
            return
        row = self.chance.randrange(len(self.segments))
        before = self.segments[row]
        edit, untouched = self._edit(before)
        try:
            splice = compile_edit(self.segments, edit, self.draft, lambda: f"n{next(self.ids)}")
        except EditRejected:
            return
        self.segments = apply(self.segments, splice)
        self.done.append(splice)
        for one in splice.inserted:
            in_order(one)
        if isinstance(edit, SetText):
            first, last = untouched
            after = self.segments[row]
            assert after.words[:first] == before.words[:first]
            kept = Counter(before.words) & Counter(after.words)
            assert kept.total() >= min(first + last, len(after.words))

    def undo_all(self) -> None:
        for splice in reversed(self.done):
            self.segments = apply(self.segments, splice.inverse())

    def _edit(self, one: Segment) -> tuple[Edit, tuple[int, int]]:
        """A change, and how many words before and behind a typed or pasted one it does not touch."""
        chance = self.chance
        place = chance.randint(0, len(one.text))
        kind = chance.choices(("type", "paste", "delete", "split", "join", "other"), (40, 10, 15, 10, 10, 5))[0]
        if kind == "split":
            return Split(one.id, place), (0, 0)
        if kind == "join":
            return Join(one.id), (0, 0)
        if kind == "other":
            start = chance.randint(0, 5_000)
            times = SetTimes(one.id, start, start + chance.randint(0, 3_000))
            others: tuple[Edit, ...] = (times, Restore(one.id), SetSpeaker(one.id, "I1"))
            return chance.choice(others), (0, 0)
        end = min(place + (chance.randint(1, 12) if kind == "delete" else 0), len(one.text))
        put = chance.choice(PASTED if kind == "paste" else TYPED) if kind != "delete" else ""
        outside = [start + len(word.text) < place for word, start in located(one)]
        behind = [start > end for _, start in located(one)]
        return SetText(one.id, one.text[:place] + put + one.text[end:]), (sum(outside), sum(behind))


def in_order(one: Segment) -> None:
    times = [ms for word in one.words for ms in (word.start_ms, word.end_ms)]
    assert all(a <= b for a, b in pairwise([one.start_ms, *times, one.end_ms])), one
    assert tokens(one.text) == [word.text for word in one.words]


def drafted(chance: random.Random) -> list[Segment]:
    """Twelve segments of one or two recordings; now and then two people speak at once."""
    segments, at = [], 0
    for row in range(12):
        words, start = [], at
        text = " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 10)))
        for token in tokens(text):
            words.append(Word(token, at, at + chance.randint(0, 400), chance.random()))
            at = words[-1].end_ms + chance.randint(0, 100)
        segments.append(Segment(f"s{row}", "r1" if row < 8 else "r2", start, at, text, "N1", "ko", tuple(words)))
        at = max(at + chance.randint(-300, 500), 0)
    return segments


@pytest.mark.parametrize("changes", [1_200, pytest.param(10_000, marks=pytest.mark.full)])
def test_random_changes_keep_times_and_undo_to_the_draft(changes: int) -> None:
    for seed in range(changes // 100):
        chance = random.Random(seed)
        draft = drafted(chance)
        desk = Desk(chance, list(draft), tuple(draft))
        for _ in range(100):
            desk.change()
        desk.undo_all()
        assert desk.segments == draft, seed
