"""Search gives what a plain substring scan gives, in three scripts, whatever was edited, and forgets what was deleted."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oralhistory.domain.edits import Splice
from oralhistory.domain.transcript import Found, Layer, Segment
from oralhistory.storage.search import bigrams
from oralhistory.storage.store import Database, open_store
from tests.unit.storage.conftest import INTERVIEW, KEY, Clock, add_interview, draft, recording, result, review, segment

OTHER = "f" * 32
EDGES = "\U0010ffff\ue020𠀀\"'*%_\\^:()"
LETTERS = st.sampled_from("어머니시가는 延吉市在我 abAB .,-0" + EDGES)
TEXTS = st.text(LETTERS, min_size=1, max_size=12) | st.text(min_size=1, max_size=8)


def ascii_folded(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def scan(segments: Iterable[Segment], wanted: str) -> list[str]:
    return [one.text for one in segments if ascii_folded(wanted) in ascii_folded(one.text)]


def texts(store: Database, wanted: str) -> list[str]:
    return [one.text for one in store.search(wanted)]


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Database]:
    """One database for all examples: each begins by replacing the layer."""
    folder: Path = tmp_path_factory.mktemp("search")
    store = open_store(folder / "archive.db", KEY, Clock())
    add_interview(store, INTERVIEW, "I-4MX9")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("어머니", "우리 시어머니가 그랬다"),
        ("延吉", "我们在延吉市住了三年"),
        ("吉", "我们在延吉市住了三年"),
        ("니가 그", "우리 시어머니가 그랬다"),
        ("yanji", "They took us to Yanji."),
        ("JI.", "They took us to Yanji."),
        ("이천 십오", "이천 십오년 봄이었다"),
        ('"그래"', '그가 "그래" 하고 말했다'),
        ("50%_", "50%_ 정도"),
    ],
)
def test_a_part_of_a_word_is_found(store: Database, wanted: str, text: str) -> None:
    review(store, ["다른 말이다", text])
    assert texts(store, wanted) == [text]


def test_nothing_is_found_for_what_nobody_said(store: Database) -> None:
    review(store, ["머니", "어머", "어 머니", "머니어"])
    assert texts(store, "어머니") == []
    assert texts(store, "") == []


def test_a_phrase_as_long_as_a_page_is_found(store: Database) -> None:
    long = "그때 나는 " * 200 + "끝"
    review(store, ["그때 나는 " * 200, long])
    assert texts(store, long[7:]) == [long]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(TEXTS, min_size=1, max_size=6), data=st.data())
def test_search_equals_a_substring_scan_before_and_after_an_edit(
    lasting: Database, said: list[str], data: st.DataObject
) -> None:
    segments = review(lasting, said)

    def compare() -> None:
        source = data.draw(st.sampled_from(said))
        begin = data.draw(st.integers(0, len(source) - 1))
        part = source[begin : data.draw(st.integers(begin + 1, len(source)))]
        for wanted in (part, part.swapcase(), data.draw(TEXTS)):
            assert texts(lasting, wanted) == scan(segments, wanted)

    compare()
    index = data.draw(st.integers(0, len(segments) - 1))
    fresh = [segment(f"n{i}", text) for i, text in enumerate(data.draw(st.lists(TEXTS, max_size=2)))]
    with lasting.transaction() as records:
        records.transcripts.splice(INTERVIEW, Splice(index, (segments[index],), tuple(fresh)))
    segments[index : index + 1] = fresh
    compare()


def test_the_draft_is_searched_until_there_is_reviewed_text(store: Database) -> None:
    with store.transaction() as records:
        records.transcripts.add_window(
            draft().id, recording().id, 0, 30_000, result(segment("m1", "기계가 들은 말"), segment("m2", "기계의 실수"))
        )
    assert texts(store, "기계") == ["기계가 들은 말", "기계의 실수"]
    assert texts(store, "들") == ["기계가 들은 말"]
    (kept,) = review(store, ["사람이 들은 말"])
    assert texts(store, "기계") == []
    assert texts(store, "들은") == ["사람이 들은 말"]
    with store.transaction() as records:
        records.transcripts.splice(INTERVIEW, Splice(0, (kept,), ()))
    assert texts(store, "들은") == ["기계가 들은 말"]


def test_only_the_latest_draft_is_searched(store: Database) -> None:
    with store.transaction() as records:
        records.transcripts.add_window(draft().id, recording().id, 0, 30_000, result(segment("m1", "첫 번째 초안")))
        records.transcripts.start_draft(draft(name="d2"))
        records.transcripts.add_window(draft(name="d2").id, recording().id, 0, 30_000, result(segment("m2", "두 번째")))
    assert texts(store, "번째") == ["두 번째"]


def test_hits_come_by_interview_and_time_with_the_whole_segment(store: Database) -> None:
    add_interview(store, OTHER, "I-AAAA")
    second = review(store, ["늦은 봄", "봄", "이른 봄"], OTHER)
    with store.transaction() as records:
        window = result(segment("m1", "봄날"), segment("m2", "봄비", 900))
        records.transcripts.add_window(draft().id, recording().id, 30_000, 60_000, window)
        records.transcripts.add_window(draft().id, recording().id, 0, 30_000, result(segment("m3", "초봄")))
        machine = records.transcripts.segments(INTERVIEW, Layer.MACHINE)
    assert [one.text for one in machine] == ["초봄", "봄날", "봄비"]
    assert store.search("봄") == [
        Found(interview, one.id, one.start_ms, one.end_ms, one.text)
        for interview, segments in ((INTERVIEW, machine), (OTHER, second))
        for one in segments
    ]


def test_deleted_words_leave_the_index(store: Database) -> None:
    gone, kept = review(store, ["사라질 비밀", "남을 말"])
    with store.transaction() as records:
        records.transcripts.splice(INTERVIEW, Splice(0, (gone,), ()))
    pairs = set(bigrams("사라질비밀").split())
    with store._engine.connect() as connection:
        blocks = connection.exec_driver_sql("SELECT block FROM reviewed_bigrams_data").scalars().all()
    index = b"".join(bytes(block) for block in blocks)
    assert [pair for pair in pairs if pair.encode() in index] == []
    assert "남을".encode() in index
    assert texts(store, "남을") == [kept.text]
