"""F11: one byte of the database turns over. Whichever page it is in, it is said at unlock or by the check that follows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.errors import Damaged, OralHistoryError
from oralhistory.services.archive.integrity import Trust
from oralhistory.storage.engine import connected
from oralhistory.storage.store import open_store
from tests.helpers import figures
from tests.helpers.archives import new_desk, open_desk

PAGE = 4096
SPOTS = (0, 16, 999, 2048, PAGE - 80, PAGE - 64, PAGE - 17, PAGE - 1)
"""First bytes (the salt, in the first page), the middle, and the page's own vector and seal at its end."""
SENTENCES = ("저는 회령에서 태어났습니다.", "아버지는 탄광에서 일했습니다.", "Nobody came to the river.")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, bytes]:
    """Folder, key and bytes of an archive with every kind of page: tables, indexes, search, long texts, and free pages."""
    folder = tmp_path_factory.mktemp("whole")
    with new_desk(folder) as desk:
        code = desk.interviews.create(pseudonym="두루미").code
        desk.transcripts.import_file(code, "talk.txt", "\n".join(f"{n}. {one}" for n in range(200) for one in SENTENCES))
        with desk.archive.store.transaction() as records:
            records.notes.set("long", "words " * 20_000)  # ends in pages that SQLite reads without complaint
            records.notes.set("gone", "words " * 20_000)
        with desk.archive.store.transaction() as records:
            records.notes.delete("gone")
        key = desk.archive.vault.database_keys()[0]  # type: ignore[attr-defined]
    database = folder / "archive" / "archive.db"
    with connected(database, key) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] > 10
        assert connection.execute("SELECT count(*) FROM reviewed_bigrams_data").fetchone()[0] > 3
    return folder, key, database.read_bytes()


def spoilt(whole: bytes, page: int, spot: int) -> bytes:
    changed = bytearray(whole)
    changed[PAGE * page + spot] ^= 1
    return bytes(changed)


def flips(whole: bytes, spots: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    return ((page, spot) for page in range(len(whole) // PAGE) for spot in spots)


def is_reported(database: Path, key: bytes) -> bool:
    try:
        store = open_store(database, key)
        try:
            store.verify()
        finally:
            store.close()
    except Damaged:
        return True
    return False


def turn_over(archive: tuple[Path, bytes, bytes], tmp_path: Path, spots: tuple[int, ...], *, whole: bool) -> None:
    _, key, sound = archive
    database = tmp_path / "archive.db"
    database.write_bytes(sound)
    assert not is_reported(database, key)
    silent, count = [], 0
    for page, spot in flips(sound, spots):
        database.write_bytes(spoilt(sound, page, spot))
        count += 1
        if not is_reported(database, key):
            silent.append((page, spot))
        for rest in ("-wal", "-shm"):
            database.with_name(database.name + rest).unlink(missing_ok=True)
    assert silent == []
    figures.keep("F11", whole=whole, pages=len(sound) // PAGE, flips=count, reported=count - len(silent))


def test_one_byte_in_every_page(archive: tuple[Path, bytes, bytes], tmp_path: Path) -> None:
    turn_over(archive, tmp_path, (999,), whole=False)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_eight_bytes_in_every_page(archive: tuple[Path, bytes, bytes], tmp_path: Path) -> None:
    turn_over(archive, tmp_path, SPOTS, whole=True)


@pytest.mark.parametrize("kept", [0, 1, 2, 5, -1])
def test_a_file_that_lost_its_end_is_reported(archive: tuple[Path, bytes, bytes], tmp_path: Path, kept: int) -> None:
    """So many pages are left (-1: all but one)."""
    _, key, sound = archive
    pages = len(sound) // PAGE
    database = tmp_path / "archive.db"
    database.write_bytes(sound[: PAGE * (kept % pages)])
    assert is_reported(database, key)


def test_what_is_found_after_unlocking_is_marked_until_the_check_is_done(archive: tuple[Path, bytes, bytes]) -> None:
    folder, _, sound = archive
    told: list[str] = []
    with open_desk(folder) as desk:
        desk.archive.notices.subscribe(lambda notice: told.append(f"{notice.what}:{desk.integrity.state}"))
        assert (desk.integrity.state, desk.integrity.checked) == (Trust.NOT_YET, False)
        assert len(desk.searching.search("회령에서")) == 200
        desk.integrity.check()
        assert (desk.integrity.state, desk.integrity.damage) == (Trust.SOUND, None)
    assert told == ["integrity:checking", "integrity:sound"]
    database = folder / "archive" / "archive.db"
    sound = database.read_bytes()
    pages = len(sound) // PAGE
    try:
        database.write_bytes(spoilt(sound, pages - 1, 999))
        with open_desk(folder) as desk:
            with pytest.raises(Damaged):
                desk.integrity.check()
            assert desk.integrity.state is Trust.DAMAGED
            assert desk.integrity.damage is not None and desk.integrity.damage.safe
    finally:
        database.write_bytes(sound)


def test_no_alarm_while_others_write(tmp_path: Path) -> None:
    """The check reads the file past the journal, so what is being written at that moment must not look damaged."""
    import threading

    with new_desk(tmp_path) as desk:
        store, over, faults = desk.archive.store, threading.Event(), []

        def write() -> None:
            number = 0
            while not over.is_set():
                number += 1
                with store.transaction() as records:
                    records.notes.set(f"note {number % 50}", "x" * 30_000)

        writer = threading.Thread(target=write, name="writer")
        writer.start()
        try:
            for _ in range(15):
                try:
                    store.verify()
                except OralHistoryError as error:
                    faults.append(error)
        finally:
            over.set()
            writer.join()
    assert faults == []
