"""A database is put aside, sealed and read back, before it is brought up to date; and can be put back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from oralhistory.errors import Damaged, InUse, NotFound, StorageFailed, WrongPassphrase
from oralhistory.storage import before, migrate, snapshot
from oralhistory.storage.store import open_store
from tests.helpers import old_archive
from tests.helpers.archives import PASSPHRASE, cheap_program, new_desk, open_desk

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
PAGE = 4096


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    """Of the database of an old archive in the test's folder."""
    return old_archive.make(tmp_path)


@pytest.fixture
def database(tmp_path: Path, key: bytes) -> Path:
    return tmp_path / "archive" / "archive.db"


def copies(database: Path) -> list[Path]:
    return sorted((database.parent / "before").iterdir())


def test_an_old_archive_is_brought_up_to_date_and_kept_as_it_was(tmp_path: Path, database: Path, key: bytes) -> None:
    was = database.read_bytes()
    assert old_archive.is_all_there(tmp_path)
    assert before.revision_of(database, key) == migrate.NEWEST
    (copy,) = copies(database)
    assert copy.name.startswith(f"archive-{old_archive.OLD}-")
    assert copy.read_bytes() == was
    assert copy.stat().st_mode & 0o777 == 0o600
    with snapshot.opened(copy, key) as kept:
        kept.check()
    for word in (*old_archive.NAMES, old_archive.WORDS, "SQLite format 3"):
        assert word.encode() not in was
    assert old_archive.is_all_there(tmp_path)
    assert copies(database) == [copy], "an archive that is up to date is not put aside again"


def test_what_is_in_the_journal_is_in_the_copy(database: Path, key: bytes) -> None:
    with before.connected(database, key) as other:
        other.execute("INSERT INTO notes (key, value) VALUES ('late', 'word')")
        assert database.with_name("archive.db-wal").stat().st_size > 0
        before.keep(database, key, old_archive.OLD, AT)
    (copy,) = copies(database)
    with snapshot.opened(copy, key) as kept:
        assert kept.note("late") == "word"


def test_an_equal_copy_is_not_made_twice_and_another_gets_a_name_of_its_own(database: Path, key: bytes) -> None:
    before.keep(database, key, old_archive.OLD, AT)
    before.keep(database, key, old_archive.OLD, AT)
    assert [one.name for one in copies(database)] == ["archive-0001-20260301T093000Z.db"]
    with before.connected(database, key) as other:
        other.execute("INSERT INTO notes (key, value) VALUES ('late', 'word')")
    before.keep(database, key, old_archive.OLD, AT)
    found = before.copies(database.parent)
    assert {one.name for one in found} == {"archive-0001-20260301T093000Z.db", "archive-0001-20260301T093000Z-2.db"}
    assert {(one.revision, one.made_at) for one in found} == {("0001", AT)}


def test_a_damaged_database_is_neither_kept_as_sound_nor_changed(database: Path, key: bytes) -> None:
    pages = database.stat().st_size // PAGE
    spoilt = bytearray(database.read_bytes())
    spoilt[PAGE * (pages - 1) + 99] ^= 1
    database.write_bytes(spoilt)
    with pytest.raises(Damaged):
        open_store(database, key)
    assert database.read_bytes() == spoilt
    assert before.copies(database.parent) == []


def test_without_room_nothing_is_begun(database: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(before, "_MARGIN_BYTES", 1 << 60)
    was = database.read_bytes()
    with pytest.raises(StorageFailed) as refused:
        open_store(database, key)
    assert refused.value.safe
    assert database.read_bytes() == was
    assert not (database.parent / "before").exists()


def test_an_earlier_database_is_put_back_and_opens_with_the_passphrase_of_today(
    tmp_path: Path, database: Path, key: bytes
) -> None:
    was = before.revision_of(database, key)
    with open_desk(tmp_path) as desk:
        later = desk.interviews.create().code
    program, archive = cheap_program(tmp_path), tmp_path / "archive"
    program.archives.change_passphrase(archive, PASSPHRASE, "another one for today")
    (copy,) = program.earlier.all(archive)
    with pytest.raises(WrongPassphrase):
        program.earlier.put_back(archive, PASSPHRASE, copy.name)
    program.earlier.put_back(archive, "another one for today", copy.name)
    assert before.revision_of(database, key) == was == old_archive.OLD
    left = {"archive.db", "archive.lock", "archive.witness", "before", "keys", "keyslots.json"}
    assert {path.name for path in archive.iterdir()} == left
    aside = [one.revision for one in program.earlier.all(archive)]
    assert aside == [old_archive.OLD, migrate.NEWEST], "what was in its place is kept"
    opened = program.archives.unlock(archive, "another one for today")  # this program brings it up to date again
    codes = [one.interview.code for one in program.desk(opened).interviews.cards()]
    opened.close()
    assert codes == [old_archive.CODE]
    (newer,) = [one for one in program.earlier.all(archive) if one.revision == migrate.NEWEST]
    program.earlier.put_back(archive, "another one for today", newer.name)
    opened = program.archives.unlock(archive, "another one for today")
    assert {one.interview.code for one in program.desk(opened).interviews.cards()} == {old_archive.CODE, later}
    opened.close()


def test_what_cannot_be_put_back(tmp_path: Path) -> None:
    program, archive = cheap_program(tmp_path), tmp_path / "archive"
    with new_desk(tmp_path), pytest.raises(InUse):
        program.earlier.put_back(archive, PASSPHRASE, "archive-0001-20260301T093000Z.db")
    for name in ("archive-0001-20260301T093000Z.db", "../archive.db", ""):
        with pytest.raises(NotFound):
            program.earlier.put_back(archive, PASSPHRASE, name)
    foreign = archive / "before" / "archive-0001-20260301T093000Z.db"
    foreign.parent.mkdir()
    foreign.write_bytes(bytes(8 * PAGE))
    with pytest.raises(Damaged):
        program.earlier.put_back(archive, PASSPHRASE, foreign.name)


def test_another_key_takes_the_copies_of_the_old_one_with_it(tmp_path: Path, database: Path, key: bytes) -> None:
    with open_desk(tmp_path) as desk:
        (copy,) = copies(database)
        held = copy.open("rb")
        was = held.read()
        (database.parent / "before" / "archive-0001-20260301T093000Z.db.part").write_bytes(was)
        desk.archive.store.rekey(bytes(range(32)))
        held.seek(0)
        assert held.read() != was, "it was only unlinked"
        held.close()
        assert not (database.parent / "before").exists()
