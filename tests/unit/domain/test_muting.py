"""Which spans of the sound may not be heard, where words tell and where they do not."""

from dataclasses import replace

import pytest

from oralhistory.domain.interview import OPEN_END_MS, SealedRange
from oralhistory.domain.muting import muted, spoken
from oralhistory.domain.redaction import Action, Mention
from oralhistory.domain.transcript import SEALED, Segment, Word

HEARD = Segment(
    "s1", "r", 10_000, 14_000, "나는 이민지 씨를 만났다.",
    words=(
        Word("나는", 10_500, 10_900, 0.9), Word("이민지", 11_000, 11_500, 0.8), Word("씨를", 11_600, 11_900, 0.9),
        Word("만났다.", 12_500, 13_000, 0.9),
    ),
)  # fmt: skip


def typed(*numbers: int) -> Segment:
    """The same with some words typed by a person."""
    words = tuple(Word(w.text, w.start_ms, w.end_ms, None if n in numbers else 0.9) for n, w in enumerate(HEARD.words))
    return Segment("s1", "r", 10_000, 14_000, HEARD.text, words=words)


@pytest.mark.parametrize(
    ("segment", "start", "end", "span"),
    [
        (HEARD, 3, 6, (10_750, 11_750)),
        (HEARD, 4, 5, (10_750, 11_750)),  # part of a word is the word
        (HEARD, 3, 9, (10_750, 12_150)),
        (HEARD, 6, 7, (10_000, 14_000)),  # a space: no word tells
        (typed(1), 3, 6, (10_650, 11_850)),
        (typed(0, 1, 2, 3), 3, 6, (9_750, 14_250)),
        (typed(0, 1), 3, 6, (9_750, 11_850)),
        (Segment("s", "r", 5, 9, "이민지"), 0, 3, (5, 9)),
        (Segment("s", "r", 5, 9, "이민지", words=(Word("다른", 6, 7, 0.9),)), 0, 3, (5, 9)),
    ],
)
def test_when_a_name_is_said(segment: Segment, start: int, end: int, span: tuple[int, int]) -> None:
    assert spoken(segment, start, end) == span


def test_a_closed_passage_takes_every_segment_it_touches() -> None:
    sealed = [SealedRange("i", 13_900, 20_000, "a neighbour")]
    after = Segment("s2", "r", 21_000, 22_000, "그 뒤에")
    untimed = Segment("s3", "r", 0, 0, "언제인지 모른다")
    mentions = [Mention("s2", 0, 1, Action.KEEP, None), Mention("s9", 0, 1, Action.REDACT, None)]
    assert muted(sealed, [HEARD, after, untimed], mentions) == [(10_000, 20_000)]


def test_what_may_have_been_said_anywhere_leaves_nothing_of_the_sound() -> None:
    untimed = Segment("s3", "r", 3_000, 3_000, "언제인지 모른다")
    name = Mention("s3", 0, 2, Action.REDACT, None)
    for spans in (
        muted([], [HEARD, replace(untimed, flags=frozenset({SEALED}))], []),
        muted([], [HEARD, untimed], [], {"s3"}),
        muted([], [HEARD, untimed], [name]),
        muted([], [HEARD, replace(untimed, words=(Word("언제인지", 3_000, 3_000, 0.5),))], [name]),
    ):
        [(start, end)] = spans
        assert (start, end >= OPEN_END_MS) == (0, True)
    assert muted([], [HEARD, untimed], [replace(name, action=Action.KEEP)]) == []
