"""Drafts grow window by window, the reviewed layer changes by splices that fit, and steps are remembered."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oralhistory.domain.edits import EditRejected, EditStep, Splice, apply
from oralhistory.domain.transcript import Comment, Layer, Segment, Translation, Word
from oralhistory.storage.store import Database
from tests.unit.storage.conftest import BEGAN, INTERVIEW, add_interview, draft, recording, result, review, segment

OTHER = "d" * 32
TEXT = st.text(max_size=10)
MS = st.integers(0, 20_000_000)
MOMENT = st.datetimes(timezones=st.just(UTC))
SEGMENTS = st.builds(
    Segment,
    st.uuids().map(lambda name: name.hex),
    TEXT,
    MS,
    MS,
    TEXT,
    TEXT,
    TEXT,
    st.lists(st.builds(Word, TEXT, MS, MS, st.none() | st.floats(0, 1)), max_size=3).map(tuple),
    st.frozensets(TEXT, max_size=2),
    st.lists(st.builds(Comment, TEXT, TEXT, MOMENT, TEXT, TEXT, st.none() | MOMENT), max_size=2).map(tuple),
    st.lists(st.builds(Translation, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
)
LAYERS = st.lists(SEGMENTS, max_size=6, unique_by=lambda one: one.id)


def layer(store: Database, which: Layer = Layer.REVIEWED, interview_id: str = INTERVIEW) -> list[Segment]:
    with store.transaction() as records:
        return records.transcripts.segments(interview_id, which)


def splice(store: Database, change: Splice) -> None:
    with store.transaction() as records:
        records.transcripts.splice(INTERVIEW, change)


def test_windows_stand_on_the_timeline(store: Database) -> None:
    early, late = segment("m1", "처음 한 말", 500), segment("m2", "나중에 한 말", 1_000)
    with store.transaction() as records:
        records.transcripts.add_window(draft().id, recording().id, 30_000, 60_000, result(late))
        records.transcripts.add_window(draft().id, recording().id, 0, 30_000, result(early))
        records.transcripts.add_window(draft().id, recording().id, 60_000, 70_000, result())
    machine = layer(store, Layer.MACHINE)
    assert machine == [early, segment("m2", "나중에 한 말", 31_000)]
    with store.transaction() as records:
        assert records.transcripts.windows(draft().id) == [
            (recording().id, 30_000, 60_000),
            (recording().id, 0, 30_000),
            (recording().id, 60_000, 70_000),
        ]


def test_an_engine_without_numbers_loses_no_window(store: Database) -> None:
    nameless = replace(result(segment("m1", "말")), average_log_probability=float("nan"))
    with store.transaction() as records:
        records.transcripts.add_window(draft().id, recording().id, 0, 30_000, nameless)
    assert [one.text for one in layer(store, Layer.MACHINE)] == ["말"]


def test_a_window_is_stored_once(store: Database) -> None:
    with store.transaction() as records:
        records.transcripts.add_window(draft().id, recording().id, 0, 30_000, result(segment("m1", "한 번")))
    with pytest.raises(Exception, match="UNIQUE"), store.transaction() as records:
        records.transcripts.add_window(draft().id, recording().id, 0, 30_000, result(segment("m2", "두 번")))
    assert [one.text for one in layer(store, Layer.MACHINE)] == ["한 번"]


def test_the_latest_draft_is_the_machines_layer_once_it_is_finished(store: Database) -> None:
    again = draft(name="d2")
    with store.transaction() as records:
        records.transcripts.add_window(draft().id, recording().id, 0, 30_000, result(segment("m1", "옛 초안")))
        records.transcripts.finish_draft(draft().id)
        assert records.transcripts.latest_draft(INTERVIEW) == replace(draft(), finished=True)
        records.transcripts.start_draft(again)
        assert records.transcripts.latest_draft(INTERVIEW) == again
        assert records.transcripts.latest_draft(OTHER) is None
        records.transcripts.add_window(again.id, recording().id, 0, 30_000, result(segment("m1", "새 초안")))
        assert [one.text for one in records.transcripts.segments(INTERVIEW, Layer.MACHINE)] == ["옛 초안"]
        assert [one.text for one in records.transcripts.drafted(again.id)] == ["새 초안"]
        records.transcripts.finish_draft(again.id)
    assert [one.text for one in layer(store, Layer.MACHINE)] == ["새 초안"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=LAYERS, after=LAYERS)
def test_the_reviewed_layer_comes_back_as_it_was_laid(
    store: Database, before: list[Segment], after: list[Segment]
) -> None:
    for segments in (before, after):
        with store.transaction() as records:
            records.transcripts.replace_reviewed(INTERVIEW, segments)
        assert layer(store) == segments


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=LAYERS, data=st.data())
def test_splices_do_what_the_domain_says_and_their_inverses_undo_them(
    store: Database, begin: list[Segment], data: st.DataObject
) -> None:
    current = begin
    done: list[Splice] = []
    with store.transaction() as records:
        records.transcripts.replace_reviewed(INTERVIEW, begin)
        for fresh in data.draw(st.lists(LAYERS, max_size=4)):
            index = data.draw(st.integers(0, len(current)))
            end = data.draw(st.integers(index, len(current)))
            standing = {one.id for one in current}
            change = Splice(index, tuple(current[index:end]), tuple(one for one in fresh if one.id not in standing))
            records.transcripts.splice(INTERVIEW, change)
            current = apply(current, change)
            done.append(change)
            assert records.transcripts.segments(INTERVIEW, Layer.REVIEWED) == current
        for change in reversed(done):
            records.transcripts.splice(INTERVIEW, change.inverse())
        assert records.transcripts.segments(INTERVIEW, Layer.REVIEWED) == begin


ONE, TWO, NEW = segment("s0", "하나 둘"), segment("s1", "셋 넷", 1_000), segment("new", "새것")


@pytest.mark.parametrize(
    "change",
    [
        Splice(0, (TWO,), (NEW,)),
        Splice(0, (replace(ONE, text="하나가 아니다"),), (NEW,)),
        Splice(0, (replace(ONE, words=ONE.words[:-1]),), (NEW,)),
        Splice(0, (replace(ONE, flags=frozenset()),), (NEW,)),
        Splice(0, (ONE, TWO, TWO), (NEW,)),
        Splice(1, (TWO, ONE), ()),
        Splice(2, (TWO,), (NEW,)),
        Splice(3, (), (NEW,)),
        Splice(-1, (), (NEW,)),
    ],
)
def test_a_splice_that_does_not_fit_is_a_conflict_and_changes_nothing(store: Database, change: Splice) -> None:
    assert review(store, [ONE.text, TWO.text]) == [ONE, TWO]
    with store.transaction() as records, pytest.raises(EditRejected) as rejected:
        records.transcripts.splice(INTERVIEW, change)
    assert rejected.value.problem == "conflict"
    assert layer(store) == [ONE, TWO]
    assert store.search(NEW.text) == []


def test_a_splice_touches_its_own_interview_alone(store: Database) -> None:
    add_interview(store, OTHER, "I-AAAA")
    mine, theirs = review(store, ["가", "나", "다"]), review(store, ["가", "나", "다"], OTHER)
    splice(store, Splice(1, (mine[1],), ()))
    assert layer(store) == [mine[0], mine[2]]
    assert layer(store, interview_id=OTHER) == theirs


def step(name: str, *splices: Splice, interview_id: str = INTERVIEW) -> EditStep:
    return EditStep(name, interview_id, "KIM", "set_text", splices)


def test_steps_remember_what_they_did_and_when(store: Database) -> None:
    one, two = review(store, ["하나", "둘"])
    first = step("step 1", Splice(0, (one,), (segment("s0", "하나요"),)), Splice(1, (two,), ()))
    second = step("step 2")
    with store.transaction() as records:
        records.transcripts.add_step(first)
        records.transcripts.add_step(second)
        records.transcripts.set_undone("step 2", True)
    with store.transaction() as records:
        (kept, at), (undone, later) = records.transcripts.steps(INTERVIEW)
        assert (kept, undone) == (first, replace(second, undone=True))
        assert BEGAN < at
        assert later - at == timedelta(seconds=1)
        assert records.transcripts.steps(OTHER) == []


def test_steps_that_were_taken_back_are_forgotten_when_asked(store: Database) -> None:
    add_interview(store, OTHER, "I-AAAA")
    with store.transaction() as records:
        for name in ("a", "b", "c"):
            records.transcripts.add_step(step(name))
        records.transcripts.add_step(step("theirs", interview_id=OTHER))
        for name in ("b", "c", "theirs"):
            records.transcripts.set_undone(name, True)
        records.transcripts.set_undone("b", False)
        records.transcripts.drop_undone(INTERVIEW)
        assert [one.id for one, _ in records.transcripts.steps(INTERVIEW)] == ["a", "b"]
        assert [one.id for one, _ in records.transcripts.steps(OTHER)] == ["theirs"]
