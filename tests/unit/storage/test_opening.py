"""The file: encrypted, private, durable, closed without a rest; and what opening refuses."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from oralhistory.domain.interview import Route
from oralhistory.domain.person import Identity, Narrator
from oralhistory.errors import Damaged, Locked, ProgramFault, StorageFailed
from oralhistory.storage import presence
from oralhistory.storage.engine import READING, open_engine
from oralhistory.storage.faults import damaged
from oralhistory.storage.store import Database, open_store
from tests.unit.storage.conftest import INTERVIEW, KEY, review

CANARY = "카나리아소리 canarycanary"


def everything_on_disk(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_stored_is_there_after_opening_again(opened: Callable[[], Database]) -> None:
    first = opened()
    with first.transaction() as records:
        records.notes.set("default_model", "tiny")
    first.close()
    with opened().transaction() as records:
        assert records.notes.get("default_model") == "tiny"


def test_another_key_does_not_open_it(store: Database, database: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store.close()
    with pytest.raises(Damaged):
        open_store(database, bytes(32))
    assert capfd.readouterr() == ("", "")


def test_damage_elsewhere_does_not_have_the_whole_database_read(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(presence, "_readable", lambda path: bool(read.append(path)))
    with pytest.raises(Damaged), store.transaction():
        raise Damaged("A sound file is damaged.")
    assert read == []
    with pytest.raises(StorageFailed), store.transaction():
        raise damaged()
    assert len(read) == 1


def test_a_key_of_another_length_is_a_fault_of_the_program(database: Path) -> None:
    with pytest.raises(ProgramFault):
        open_store(database, b"short")
    assert not database.exists()


def test_no_word_stands_in_the_files(store: Database, database: Path) -> None:
    review(store, [CANARY])
    with store.transaction() as records:
        records.people.add_narrator(Narrator("p1", INTERVIEW, "P-7KQ2", CANARY, Route.STRAIGHT))
        records.people.set_identity(Identity("p1", (CANARY,)))
        records.notes.set("note", CANARY)
    open_files = everything_on_disk(database.parent)
    store.close()
    closed_files = everything_on_disk(database.parent)
    assert {"archive.db", "archive.db-wal", "archive.db-shm"} <= open_files.keys()
    for name, data in [*open_files.items(), *closed_files.items()]:
        for word in CANARY.split():
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert word.encode(encoding) not in data, name
        assert b"CREATE TABLE" not in data
        assert KEY not in data


def test_closing_leaves_one_file_that_holds_everything(store: Database, database: Path) -> None:
    store.close()
    store.close()
    assert [path.name for path in database.parent.iterdir()] == ["archive.db"]


def test_closing_empties_the_journal_even_while_another_connection_stays(
    opened: Callable[[], Database], database: Path
) -> None:
    first, _still_open = opened(), opened()
    with first.transaction() as records:
        records.notes.set("a", "b")
    journal = database.with_name("archive.db-wal")
    assert journal.stat().st_size > 0
    first.close()
    assert journal.stat().st_size == 0


def test_a_closed_store_does_not_open_the_file_again(store: Database) -> None:
    store.close()
    with pytest.raises(Locked), store.transaction():
        pass
    with pytest.raises(Locked):
        store.search("word")
    with pytest.raises(Locked):
        store.verify()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other permissions")
def test_only_the_owner_may_read_the_files(store: Database, database: Path) -> None:
    assert {path.name: path.stat().st_mode & 0o777 for path in database.parent.iterdir()} == {
        "archive.db": 0o600,
        "archive.db-wal": 0o600,
        "archive.db-shm": 0o600,
    }


@pytest.mark.parametrize("left", [b"", b"\0"])
def test_a_file_that_lost_everything_is_no_new_database(database: Path, left: bytes) -> None:
    database.write_bytes(left)
    with pytest.raises(Damaged):
        open_store(database, KEY)
    assert database.read_bytes() == left


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        open_store(tmp_path / "nowhere" / "archive.db", KEY)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(tmp_path / "bare.db", KEY)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_is_set_up_to_lose_and_leave_nothing(engine: Engine, pragma: str, value: object) -> None:
    try:
        reading = engine.execution_options(**{READING: True})
        with reading.connect() as one, reading.connect() as another:
            assert {c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, another)} == {value}
    finally:
        engine.dispose()


def test_a_sound_file_verifies(store: Database) -> None:
    review(store, ["그때 나는 어렸다."])
    store.verify()
