"""Small files that survive, and what must be gone: replaced, superseded, destroyed, tidied up after a crash."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oralhistory import durable
from oralhistory.errors import StorageFailed

OLD, NEW = b"old secret " * 20, b"new content"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at a removed file through its descriptor")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    where = tmp_path / "keyslots.json"
    where.write_bytes(OLD)
    return where


@contextmanager
def watched(path: Path) -> Iterator[int]:
    """The file's own bytes, whatever becomes of its name."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def content(descriptor: int) -> bytes:
    return os.pread(descriptor, 1 << 16, 0)


@pytest.mark.parametrize("links", [True, False], ids=["two names", "one name only"])
def test_superseding_overwrites_what_stood_there(path: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "no second name on this file system")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    with watched(path) as before:
        durable.supersede(path, NEW)
        assert len(content(before)) == len(OLD)
        assert b"secret" not in content(before)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_replacing_leaves_nothing_beside_it(path: Path) -> None:
    durable.replace(path, NEW)
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]


def test_killed_before_the_new_content_took_the_name_the_old_one_is_in_use(path: Path) -> None:
    os.link(path, path.with_name(path.name + ".old"))
    path.with_name(path.name + ".new").write_bytes(NEW)
    durable.tidy(path)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_killed_behind_it_the_old_content_is_overwritten(path: Path) -> None:
    old = path.with_name(path.name + ".old")
    path.rename(old)
    path.write_bytes(NEW)
    with watched(old) as before:
        durable.tidy(path)
        assert b"secret" not in content(before)
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]
    durable.tidy(path)


def test_a_name_that_points_elsewhere_goes_and_nothing_else(path: Path, tmp_path: Path) -> None:
    mine = tmp_path / "letter.txt"
    mine.write_bytes(b"mine")
    for name in (".old", ".new"):
        path.with_name(path.name + name).symlink_to(mine)
    durable.tidy(path)
    assert mine.read_bytes() == b"mine"
    assert sorted(path.parent.iterdir()) == [path, mine]


def test_destroying_takes_everything_beside_it_along_and_can_be_repeated(path: Path) -> None:
    path.with_name(path.name + ".new").write_bytes(OLD)
    path.with_name(path.name + ".old").write_bytes(OLD)
    with watched(path) as before:
        durable.destroy(path)
        assert b"secret" not in content(before)
    durable.destroy(path)
    assert list(path.parent.iterdir()) == []


def test_a_disk_that_refuses_is_said_and_the_old_content_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", refused)
    for act in (durable.replace, durable.supersede):
        with pytest.raises(StorageFailed):
            act(path, NEW)
        assert path.read_bytes() == OLD
    monkeypatch.undo()
    durable.tidy(path)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]
