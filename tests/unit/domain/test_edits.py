"""Edits compile to splices that can be undone, and word times survive them."""

import random
from dataclasses import replace
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralhistory.domain.edits import (
    Edit,
    EditRejected,
    Flag,
    Join,
    Restore,
    SetSpeaker,
    SetText,
    SetTimes,
    Split,
    apply,
    compile_edit,
    tokens,
)
from oralhistory.domain.transcript import Segment, Word

TEXTS = ["저는 회령에서 태어났습니다.", "They arrested me in Yanji.", "我在图们江边等了三天。", "네."]


def draft() -> list[Segment]:
    segments, at = [], 0
    for i, text in enumerate(TEXTS):
        words, start = [], at
        for token in tokens(text):
            words.append(Word(token, at, at + 300, 0.9))
            at += 350
        segments.append(Segment(f"s{i}", "r1", start, at, text, "N1", "ko", tuple(words)))
        at += 400
    return segments


def run(segments: list[Segment], edit: Edit, ids: "count[int] | None" = None) -> list[Segment]:
    numbers = ids or count()
    return apply(segments, compile_edit(segments, edit, draft(), lambda: f"new{next(numbers)}"))


def test_unchanged_words_keep_their_times_and_new_ones_share_the_gap() -> None:
    before = draft()
    after = run(before, SetText("s0", "저는 함경북도 회령에서 태어났습니다."))[0]
    assert [word.text for word in after.words] == ["저는", "함경북도", "회령에서", "태어났습니다."]
    kept = {word.text: word for word in before[0].words}
    assert [after.words[i] for i in (0, 2, 3)] == [kept["저는"], kept["회령에서"], kept["태어났습니다."]]
    new = after.words[1]
    assert kept["저는"].end_ms <= new.start_ms <= new.end_ms <= kept["회령에서"].start_ms
    assert new.probability is None


def test_a_split_cuts_text_and_time_where_the_word_begins() -> None:
    before = draft()
    first, second, *_ = run(before, Split("s1", len("They arrested ")))
    assert (first.text, second.text) != ("", "")
    split = run(before, Split("s1", len("They arrested ")))
    assert [split[1].text, split[2].text] == ["They arrested", "me in Yanji."]
    me = next(word for word in before[1].words if word.text == "me")
    assert split[1].end_ms == split[2].start_ms == me.start_ms
    assert split[2].words[0] == me
    joined = run(split, Join("new0"))
    assert joined[1].text == before[1].text
    assert joined[1].words == before[1].words


def test_splitting_between_two_han_characters() -> None:
    split = run(draft(), Split("s2", 3))
    assert [split[2].text, split[3].text] == ["我在图", "们江边等了三天。"]


def test_speaker_flag_times_and_restore() -> None:
    segments = run(draft(), SetSpeaker("s3", " I1 "))
    assert segments[3].speaker == "I1"
    segments = run(segments, Flag("s3", "check"))
    assert segments[3].doubtful
    assert not run(segments, Flag("s3", "check", on=False))[3].flags
    segments = run(segments, SetText("s3", "아니요."))
    restored = run(segments, Restore("s3"))[3]
    assert (restored.text, restored.speaker, restored.flags) == ("네.", "I1", frozenset({"check"}))
    moved = run(draft(), SetTimes("s0", 100, 200))[0]
    assert all(100 <= word.start_ms <= word.end_ms <= 200 for word in moved.words)


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (SetText("nobody", "x"), "no_such_segment"),
        (Join("s0"), "nothing_to_join"),
        (Split("s3", 0), "split_leaves_nothing"),
        (Split("s3", 99), "split_leaves_nothing"),
        (SetTimes("s0", 500, 100), "times_out_of_order"),
        (Split("s1", 5, at_ms=10**9), "times_out_of_order"),
    ],
)
def test_edits_that_make_no_sense_are_refused(edit: Edit, problem: str) -> None:
    with pytest.raises(EditRejected) as caught:
        run(draft(), edit)
    assert caught.value.problem == problem


def test_the_half_that_was_split_off_gets_its_own_half_back() -> None:
    segments = run(run(draft(), Split("s1", len("They arrested "))), SetText("new0", "something else"))
    assert [one.text for one in run(segments, Restore("new0"))[1:3]] == ["They arrested", "me in Yanji."]


def test_where_the_machine_heard_nothing_there_is_nothing_to_restore() -> None:
    silent = run(draft(), SetTimes("s0", 10**7, 10**7 + 500))
    with pytest.raises(EditRejected, match="no_machine_text"):
        run(silent, Restore("s0"))


def test_a_splice_for_another_text_is_a_conflict() -> None:
    splice = compile_edit(draft(), SetText("s0", "다른 말"), [], lambda: "n")
    changed = [replace(draft()[0], text="그사이 바뀐 말"), *draft()[1:]]
    with pytest.raises(EditRejected, match="conflict"):
        apply(changed, splice)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_random_edits_keep_times_in_order_and_undo_to_the_draft(seed: int) -> None:
    chance, ids = random.Random(seed), count()
    segments, splices = draft(), []
    for _ in range(25):
        try:
            splice = compile_edit(segments, _random_edit(chance, segments), draft(), lambda: f"n{next(ids)}")
            segments = apply(segments, splice)
        except EditRejected:
            continue
        splices.append(splice)
        for one in segments:
            times = [ms for word in one.words for ms in (word.start_ms, word.end_ms)]
            assert all(a <= b for a, b in pairwise([one.start_ms, *times, one.end_ms])), one
            assert "".join(tokens(one.text)) == "".join(word.text for word in one.words)
    for splice in reversed(splices):
        segments = apply(segments, splice.inverse())
    assert segments == draft()


def _random_edit(chance: random.Random, segments: list[Segment]) -> Edit:
    one = chance.choice(segments)
    words = [*one.text.split(), "새말", "word", "江"]
    chance.shuffle(words)
    return chance.choice(
        [
            SetText(one.id, " ".join(words[: chance.randint(0, len(words))])),
            Split(one.id, chance.randint(0, max(len(one.text), 1))),
            Join(one.id),
            SetSpeaker(one.id, chance.choice(["N1", "I1"])),
            Restore(one.id),
        ]
    )
