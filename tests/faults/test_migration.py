"""Bringing an old archive up to date, killed at every step: what opens next is all there, and never half of two versions."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command

from oralhistory import durable
from oralhistory.storage import before, migrate, snapshot
from oralhistory.storage.store import open_store
from tests.helpers import figures, old_archive

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a fork of itself")

STEPS: list[tuple[Any, str]] = [
    (before, "_empty_journal"), (before, "_copy"), (snapshot.Snapshot, "check"), (os, "replace"), (durable, "sync_folder"),
    (command, "upgrade"), (before, "_remember"),
]  # fmt: skip


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Run `work` in a fork that dies before (even) or behind (odd numbers) one of its steps; False when it got through."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(step)
            work()
            os._exit(0)
        finally:
            os._exit(2)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _die_at(step: int) -> None:
    done = 0

    def passed() -> None:
        nonlocal done
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **more: Any) -> Any:
            passed()
            answer = real(*args, **more)
            passed()
            return answer

        return stepped

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))


def assert_whole(database: Path, key: bytes) -> None:
    """It opens, brought up to date, and what the first version stored is there."""
    store = open_store(database, key)
    try:
        store.verify()
        assert len(store.search(old_archive.WORDS)) == 1
    finally:
        store.close()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("old")
    return folder, old_archive.make(folder)


def test_killed_at_every_step_it_is_the_old_one_or_the_new_one(old: tuple[Path, bytes], tmp_path: Path) -> None:
    folder, key = old
    killed, revisions = 0, set()
    for step in range(100):
        here = tmp_path / str(step)
        shutil.copytree(folder, here)
        database = here / "archive" / "archive.db"
        went_on = killed_at(step, lambda database=database: open_store(database, key).close())  # type: ignore[misc]
        revisions.add(before.revision_of(database, key))
        for copy in before.copies(database.parent):
            with snapshot.opened(database.parent / before.EARLIER_FOLDER / copy.name, key) as kept:
                kept.check()
        assert_whole(database, key)
        assert [one.revision for one in before.copies(database.parent)] == [old_archive.OLD]
        assert not list((database.parent / before.EARLIER_FOLDER).glob("*.part"))
        if not went_on:
            break
        killed += 1
    assert killed >= 10
    assert revisions == {old_archive.OLD, migrate.NEWEST}
    figures.keep("migration-killed", whole=True, steps=killed, whole_archives=killed + 1)


def test_killed_while_it_is_put_back_it_is_the_one_or_the_other(old: tuple[Path, bytes], tmp_path: Path) -> None:
    folder, key = old
    up_to_date = tmp_path / "up to date"
    shutil.copytree(folder, up_to_date)
    assert old_archive.is_all_there(up_to_date)
    (copy,) = before.copies(up_to_date / "archive")
    killed, revisions = 0, set()
    for step in range(100):
        here = tmp_path / str(step)
        shutil.copytree(up_to_date, here)
        database = here / "archive" / "archive.db"
        back = lambda database=database: before.put_back(database, key, copy.name, copy.made_at, {"late": "word"})  # noqa: E731
        went_on = killed_at(step, back)
        revisions.add(before.revision_of(database, key))
        assert_whole(database, key)
        if not went_on:
            break
        killed += 1
    assert killed >= 10
    assert revisions == {old_archive.OLD, migrate.NEWEST}


