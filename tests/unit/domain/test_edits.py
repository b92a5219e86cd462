"""Edits compile to splices that can be undone, and word times survive them."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from oralhistory.domain.edits import (
    AddComment,
    Confirm,
    Edit,
    EditRejected,
    Flag,
    Join,
    Resolve,
    Restore,
    SetSpeaker,
    SetText,
    SetTimes,
    Splice,
    Split,
    Translate,
    apply,
    compile_edit,
)
from oralhistory.domain.muting import spoken
from oralhistory.domain.taking_out import remaining
from oralhistory.domain.transcript import Comment, Segment, Word
from oralhistory.domain.word_times import tokens

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


def test_where_a_split_leaves_a_half_no_time_nobody_knows_when_it_was_said() -> None:
    before = draft()
    typed = run(before, SetText("s0", f"{before[0].text} 그때였어요"))  # the machine's last word ends with the segment
    split = run(typed, SetTimes("s0", before[0].start_ms, before[0].words[-1].end_ms))
    split = run(split, Split("s0", len(before[0].text)))
    assert [(one.text, one.start_ms < one.end_ms, one.guessed) for one in split[:2]] == [
        (before[0].text, True, False), ("그때였어요", False, True),
    ]  # fmt: skip


def test_speaker_flag_times_and_restore() -> None:
    segments = run(draft(), SetSpeaker("s3", " I1 "))
    assert segments[3].speaker == "I1"
    segments = run(segments, Flag("s3", "check"))
    assert segments[3].doubtful
    assert not run(segments, Flag("s3", "check", on=False))[3].flags
    with pytest.raises(EditRejected, match="no_such_flag"):
        run(segments, Flag("s3", "Sealed"))
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


def test_a_split_inside_a_word_cuts_its_time_too() -> None:
    first, second, *_ = run(draft(), Split("s0", len("저는 회령")))
    assert [(word.text, word.start_ms, word.end_ms) for word in first.words] == [("저는", 0, 300), ("회령", 350, 500)]
    assert [(word.text, word.start_ms, word.end_ms) for word in second.words] == [
        ("에서", 500, 650),
        ("태어났습니다.", 700, 1000),
    ]
    assert (first.end_ms, second.start_ms) == (500, 500)


def test_where_two_spoke_at_once_no_word_claims_to_know_when_it_was_said() -> None:
    early = Segment("a", "r1", 0, 4_000, "그날 저녁 에 우리 는", words=tuple(
        Word(one, 800 * n, 800 * n + 700, 0.9) for n, one in enumerate(["그날", "저녁", "에", "우리", "는"])))  # fmt: skip
    late = Segment("b", "r1", 1_000, 1_900, "김영희 언니가", words=(
        Word("김영희", 1_000, 1_400, 0.9), Word("언니가", 1_400, 1_900, 0.9)))  # fmt: skip
    joined = run([early, late], Join("b"))[0]
    times = [ms for word in joined.words for ms in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert {word.probability for word in joined.words} == {None}
    at = joined.text.index("김영희")
    heard = spoken(joined, at, at + 3)
    assert heard[0] <= 1_000 and heard[1] >= 1_400, "what is silenced holds the moment at which the name is heard"
    assert remaining(joined, (900, 2_000), str) == (), "and removing that moment removes the name"


def test_words_that_hardly_overlap_keep_their_times_when_they_are_joined() -> None:
    early, late, *rest = draft()
    ends = early.words[-1].end_ms
    late = replace(late, start_ms=ends - 80, words=(replace(late.words[0], start_ms=ends - 80, end_ms=ends + 300),))
    joined = run([early, late, *rest], Join("s1"))[0]
    assert joined.words[:-1] == early.words
    assert (joined.words[-1].start_ms, joined.words[-1].end_ms) == (ends, ends + 300)


def test_repeated_words_before_and_behind_a_change_keep_their_times() -> None:
    words = tuple(Word("네", at, at + 50, 0.9) for at in range(0, 600, 100))
    loop = Segment("s", "r1", 0, 600, " ".join(["네"] * 6), words=words)
    changed = run([loop], SetText("s", "네 네 네 아니요 네 네 네"))[0]
    assert changed.words[:3] + changed.words[4:] == words
    assert (changed.words[3].start_ms, changed.words[3].end_ms) == (250, 300)


def test_a_comment_waits_until_somebody_says_that_it_is_done_and_goes_where_its_segment_goes() -> None:
    at = datetime(2030, 1, 2, 3, 4, tzinfo=UTC)
    noted = run(draft(), AddComment("s1", Comment("c1", "mk", at, "어느 해인지 다시 듣기")))
    assert [one.waits for one in noted] == [False, True, False, False]
    halves = run(noted, Split("s1", len("They arrested ")))
    assert [[each.id for each in one.comments] for one in halves[1:3]] == [["c1"], []]
    assert [one.id for one in run(noted, Join("s2"))[1].comments] == ["c1"]
    done = run(noted, Resolve("s1", "c1", "yj", at))[1]
    assert not done.waits
    assert (done.comments[0].resolved_by, done.comments[0].resolved_at) == ("yj", at)
    for segments in (noted, [noted[0], done, *noted[2:]]):
        with pytest.raises(EditRejected, match="no_such_comment"):
            run(segments, Resolve("s1", "c2" if segments is noted else "c1", "yj", at))


def test_what_is_marked_unclear_waits_until_it_is_heard_and_right_and_other_marks_do_not() -> None:
    marked = run(run(draft(), Flag("s0", "unclear")), Flag("s0", "quote"))
    assert marked[0].waits
    assert not marked[0].doubtful
    right = run(marked, Confirm("s0"))[0]
    assert (right.waits, right.flags) == (False, {"quote"})


def test_a_translation_stands_beside_its_segment_and_knows_the_text_it_was_made_of() -> None:
    def of(segments: list[Segment], row: int) -> list[tuple[str, str, bool]]:
        one = segments[row]
        return [(each.language, each.text, each.of == one.sha256) for each in one.translations]

    told = run(run(draft(), Translate("s0", "zh", "我生在会宁", "mk")), Translate("s0", "en", " I was born\nin Hoeryong. ", "yj"))
    assert of(told, 0) == [("en", "I was born in Hoeryong.", True), ("zh", "我生在会宁", True)]
    assert told[0].text == TEXTS[0]
    assert of(run(told, SetText("s0", "저는 무산에서 태어났습니다.")), 0) == [
        ("en", "I was born in Hoeryong.", False), ("zh", "我生在会宁", False),
    ]  # fmt: skip
    assert of(run(told, Translate("s0", "en", " ", "yj")), 0) == [("zh", "我生在会宁", True)]
    both = run(run(told, Translate("s1", "en", "They did.", "mk")), Join("s1"))
    assert of(both, 0) == [("en", "I was born in Hoeryong. They did.", False), ("zh", "我生在会宁", False)]
    halves = run(told, Split("s0", 3))
    assert of(halves, 0)[0][2] is False
    assert of(halves, 1) == []


def test_a_splice_tells_whether_it_opens_or_closes_a_passage() -> None:
    one, other = Segment("1", "r", 0, 1, "a"), Segment("2", "r", 1, 2, "b")
    shut, also = replace(one, flags=frozenset(("sealed",))), replace(other, flags=frozenset(("sealed",)))
    for removed, inserted, opens, closes in (
        ((one,), (shut,), False, True),
        ((shut,), (one,), True, False),
        ((shut, other), (shut, other), False, False),
        ((one, also), (shut, other), True, True),
        ((shut, other), (shut,), False, True),
        ((shut,), (shut, also), False, False),
        ((shut,), (shut, other), True, False),
        ((shut,), (), False, False),
    ):
        splice = Splice(0, removed, inserted)
        assert (splice.opens, splice.closes) == (opens, closes), splice
        assert (splice.inverse().opens, splice.inverse().closes) == (closes, opens), splice
