"""Another database key: every page under it, in one transaction; what a disk that refuses leaves."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from oralhistory.errors import Damaged, InUse, ProgramFault, StorageFailed
from oralhistory.storage.store import Database, open_store
from oralhistory.storage.visitors import Visitors
from tests.unit.storage.conftest import KEY

FRESH = bytes(range(100, 132))


def filled(store: Database, kilobytes: int = 200) -> None:
    with store.transaction() as records:
        for number in range(kilobytes):
            records.notes.set(f"filler {number}", "카나리아" * 85)


def test_the_file_opens_with_the_new_key_alone(opened: Callable[[], Database], database: Path) -> None:
    store = opened()
    filled(store)
    store.rekey(FRESH)
    store.rekey(FRESH)
    with store.transaction() as records:
        assert records.notes.get("filler 7") == "카나리아" * 85
        records.notes.set("after", "written")
    store.verify()
    store.close()
    with pytest.raises(Damaged):
        open_store(database, KEY)
    again = open_store(database, FRESH)
    with again.transaction() as records:
        assert records.notes.get("after") == "written"
    again.close()
    assert "카나리아".encode() not in b"".join(one.read_bytes() for one in database.parent.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX knows it")
def test_a_disk_that_fills_up_leaves_the_old_key(opened: Callable[[], Database], database: Path) -> None:
    import resource

    store = opened()
    filled(store)
    with store._engine.raw_connection() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (database.stat().st_size // 2, before[1]))
    try:
        with pytest.raises(StorageFailed):
            store.rekey(FRESH)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    filled_before = "카나리아" * 85
    with store.transaction() as records:
        assert records.notes.get("filler 7") == filled_before
    store.verify()
    store.close()
    with pytest.raises(Damaged):
        open_store(database, FRESH)
    again = opened()
    again.verify()
    again.rekey(FRESH)
    with again.transaction() as records:
        assert records.notes.get("filler 199") == filled_before


def test_it_waits_for_transactions_and_they_for_it(opened: Callable[[], Database]) -> None:
    store = opened()
    filled(store, 5)
    inside, go_on, rekeyed = threading.Event(), threading.Event(), threading.Event()

    def hold_one() -> None:
        with store.transaction() as records:
            inside.set()
            go_on.wait()
            records.notes.set("held", "yes")

    def change() -> None:
        store.rekey(FRESH)
        rekeyed.set()

    threads = [threading.Thread(target=hold_one), threading.Thread(target=change)]
    threads[0].start()
    inside.wait()
    threads[1].start()
    assert not rekeyed.is_set()
    go_on.set()
    for thread in threads:
        thread.join()
    with store.transaction() as records:
        assert records.notes.get("held") == "yes"
        with pytest.raises(ProgramFault):
            store.rekey(KEY)


def test_patience_has_an_end() -> None:
    visitors = Visitors(patience_s=0.01)
    with visitors.inside(), pytest.raises(InUse), visitors.alone():
        pass
    with visitors.alone(), pytest.raises(InUse), visitors.inside():
        pass
    with visitors.alone():
        pass
    with visitors.inside(), visitors.inside():
        pass
