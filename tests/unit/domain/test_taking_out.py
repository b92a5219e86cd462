"""What is left of text when some minutes are taken out: the same rule for every layer, and nothing where nobody can tell."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from oralhistory.domain.edits import EditStep, Splice
from oralhistory.domain.redaction import Action, Decisions, MentionDecision
from oralhistory.domain.said_when import unplaced
from oralhistory.domain.taking_out import (
    emptied,
    remaining,
    tainted,
    undecided,
    with_notices,
    without,
)
from oralhistory.domain.transcript import Comment, Segment, Word

SPAN = (3_000, 4_700)


def spoken(start_ms: int, text: str, each_ms: int = 1_000) -> Segment:
    """Words one after another, each half of its time long, heard by the machine."""
    said = text.split()
    timed = tuple(
        Word(one, start_ms + each_ms * n, start_ms + each_ms * n + each_ms // 2, 0.9) for n, one in enumerate(said)
    )
    return Segment("s", "r", start_ms, start_ms + each_ms * len(said), text, words=timed)


def left(segment: Segment) -> list[tuple[str, str, int, int]]:
    fresh = count(1)
    return [(one.id, one.text, one.start_ms, one.end_ms) for one in remaining(segment, SPAN, lambda: f"new{next(fresh)}")]


def test_what_was_said_before_and_behind_stays_with_its_times() -> None:
    whole = spoken(0, "one two three. four five six seven")
    assert left(whole) == [("s", "one two three.", 0, 3_000), ("new1", "six seven", 4_700, 7_000)]
    assert left(spoken(4_000, "gone six seven")) == [("s", "six seven", 4_700, 7_000)]
    assert left(spoken(3_100, "all gone", 900)) == []


def test_segments_elsewhere_are_the_same_objects_and_a_word_at_the_border_goes() -> None:
    for far in (spoken(0, "one two"), spoken(6_000, "six")):
        assert remaining(far, SPAN, str) == (far,)
    near = spoken(500, "one two three", 1_000)  # three ends at 3,000: a speech model's times are no more exact than a margin
    assert left(near) == [("s", "one two", 500, 3_000)]


@pytest.mark.parametrize(
    "segment",
    [
        Segment("s", "r", 2_000, 4_000, "no words with times"),
        replace(spoken(2_000, "one two"), text="another text"),
    ],
)
def test_where_nobody_can_tell_when_a_word_was_said_all_of_it_goes(segment: Segment) -> None:
    assert left(segment) == []
    guessed, nowhere = replace(segment, guessed=True), replace(segment, end_ms=segment.start_ms)
    assert unplaced([segment, guessed, nowhere]) == [guessed, nowhere]


def test_a_word_that_a_person_typed_was_said_anywhere_between_those_that_were_heard() -> None:
    heard = spoken(0, "one two three four five six seven")
    typed = replace(heard.words[2], probability=None)
    segment = replace(heard, words=(*heard.words[:2], typed, *heard.words[3:]))
    assert [one[1] for one in left(segment)] == ["one two", "six seven"]


def test_pieces_ask_to_be_checked_and_lose_what_was_said_about_them() -> None:
    remark = Comment("c", "S1", datetime(2026, 1, 1, tzinfo=UTC), "about what is gone")
    [before, _] = remaining(replace(spoken(0, "one two three four five six"), comments=(remark,)), SPAN, lambda: "new")
    assert (before.flags, before.comments) == ({"check"}, ())


def test_a_notice_stands_where_the_words_stood() -> None:
    gone, behind = replace(spoken(3_000, "gone"), id="g"), replace(spoken(6_000, "six"), id="t")
    layer = without([spoken(0, "one two"), gone, behind], SPAN, str)
    assert (layer.pieces, layer.gone) == ({"g": ()}, ("gone",))
    notice = Segment("n", "r", *SPAN, "[removed]")
    assert [one.id for one in with_notices(layer.segments, [notice])] == ["s", "n", "t"]


def test_steps_lose_every_word_that_ever_lay_in_the_span_and_all_that_was_split_from_it_or_joined() -> None:
    here, far = spoken(2_500, "secret word"), replace(spoken(8_000, "far away"), id="f")
    moved = replace(here, start_ms=9_000, end_ms=9_500)
    half = replace(moved, id="half", text="word")
    steps = [
        EditStep("1", "i", "S1", "set_times", (Splice(0, (moved,), (here,)),)),
        EditStep("2", "i", "S1", "split", (Splice(0, (moved,), (moved, half)),)),
        EditStep("3", "i", "S1", "set_text", (Splice(0, (half,), (replace(half, text="words"),)),)),
        EditStep("4", "i", "S1", "set_text", (Splice(1, (far,), (far,)),)),
    ]
    silent = emptied(steps, tainted(steps, (), SPAN))
    assert [one.id for one in silent] == [one.id for one in steps]
    assert silent[3] == steps[3]
    texts = {one.text for step in silent[:3] for splice in step.splices for one in (*splice.removed, *splice.inserted)}
    assert texts == {""}


def test_a_decision_follows_the_words_that_stay_and_goes_with_those_that_go() -> None:
    cut = spoken(0, "one two three four five six seven")
    gone, far = replace(spoken(3_100, "gone", 900), id="g"), replace(spoken(8_000, "far"), id="f")
    layer = without([cut, gone, far], SPAN, lambda: "new")
    at = {"one": "s", "four": "s", "Seven": "s", "gone": "g", "far": "f", "joined": "f", "": "s"}
    taken_out = [
        MentionDecision(segment, far.sha256 if word == "far" else "0", 0, 1, Action.REDACT, surface=word)
        for word, segment in at.items()
    ]
    kept = undecided(Decisions(mentions=tuple(taken_out)), layer.standing({"s", "g", "f"}), (), ())
    assert [(one.segment, one.surface) for one in kept.mentions] == [
        ("s", "one"), ("new", "Seven"), ("f", "far"), ("s", ""), ("new", "")
    ]  # fmt: skip
    assert undecided(Decisions(mentions=tuple(taken_out)), {}, (), ()).mentions == tuple(taken_out)
