"""A transaction happens as a whole or not at all, whoever kills it, and threads take turns."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from oralhistory.domain.interview import Mark
from oralhistory.errors import InUse, ProgramFault, StorageFailed
from oralhistory.storage import engine
from oralhistory.storage.store import Database
from tests.unit.storage.conftest import INTERVIEW, review, segment


def note(store: Database, key: str) -> str | None:
    with store.transaction() as records:
        return records.notes.get(key)


def test_a_block_that_raises_changes_nothing(store: Database) -> None:
    review(store, ["먼저"])
    with pytest.raises(ZeroDivisionError), store.transaction() as records:
        records.notes.set("one", "1")
        records.transcripts.replace_reviewed(INTERVIEW, [segment("x", "나중")])
        raise ZeroDivisionError
    assert note(store, "one") is None
    assert [found.text for found in store.search("먼저")] == ["먼저"]
    assert store.search("나중") == []


def test_a_transaction_inside_another_is_a_fault_of_the_program(store: Database) -> None:
    with store.transaction() as records:
        records.notes.set("one", "1")
        with pytest.raises(ProgramFault), store.transaction():
            pass
        records.notes.set("two", "2")
    assert (note(store, "one"), note(store, "two")) == ("1", "2")


def test_after_a_failed_transaction_the_thread_can_begin_another(store: Database) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        raise ZeroDivisionError
    assert note(store, "anything") is None


def test_threads_take_turns_and_lose_no_change(store: Database) -> None:
    together = threading.Barrier(4)

    def count() -> None:
        together.wait()
        for _ in range(25):
            with store.transaction() as records:
                records.notes.set("count", str(int(records.notes.get("count") or 0) + 1))

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(count) for _ in range(4)]:
            done.result()
    assert note(store, "count") == "100"


def test_searching_does_not_wait_for_a_writer_and_sees_what_is_committed(store: Database) -> None:
    review(store, ["이전 이야기"])
    with ThreadPoolExecutor(1) as other, store.transaction() as records:
        records.transcripts.replace_reviewed(INTERVIEW, [segment("s9", "다음 이야기")])
        found = other.submit(store.search, "이야기").result(timeout=5)
    assert [one.text for one in found] == ["이전 이야기"]
    assert [one.text for one in store.search("이야기")] == ["다음 이야기"]


def test_a_writer_that_waited_too_long_is_told_so(
    opened: Callable[[], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened()
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    second = opened()
    with first.transaction() as records:
        records.notes.set("one", "1")
        with pytest.raises(InUse), second.transaction():
            pass
    assert note(second, "one") == "1"


def test_a_full_disk_is_said_and_what_was_stored_is_kept(store: Database) -> None:
    review(store, ["그대로"])
    with store._engine.connect() as connection:  # the pool's only one, used again below
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFailed), store.transaction() as records:
        records.notes.set("big", "x" * 1_000_000)
    assert note(store, "big") is None
    assert len(store.search("그대로")) == 1


def test_a_broken_rule_of_the_schema_is_a_fault_of_the_program_and_names_no_value(store: Database) -> None:
    with pytest.raises(IntegrityError) as raised, store.transaction() as records:
        records.transcripts.replace_reviewed(INTERVIEW, [segment("same", "비밀한말"), segment("same", "비밀한말")])
    assert "비밀한말" not in str(raised.value)
    with pytest.raises(IntegrityError), store.transaction() as records:
        records.recordings.put_mark(Mark("no such interview", 0, ""))
