"""Files on another medium: read back before they count, nothing half left, nothing followed."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from oralhistory.errors import Cancelled, NotFound, StorageFailed
from oralhistory.vault import medium as module
from oralhistory.vault.medium import Medium

CONTENT = bytes(range(256)) * 9000  # more than two blocks


def silent(_bytes: int) -> None:
    pass


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


def test_a_copy_is_written_and_read_back(source: Path, tmp_path: Path) -> None:
    moved: list[int] = []
    told = Medium().copy(source, tmp_path / "copy", moved.append)
    assert told == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert (tmp_path / "copy").read_bytes() == CONTENT
    assert sum(moved) == 2 * len(CONTENT)
    assert Medium().digest(tmp_path / "copy", silent) == told


def test_a_medium_that_gives_back_something_else_is_found_out(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settles_for_less(descriptor: int) -> None:
        os.pwrite(descriptor, b"?", 5)

    monkeypatch.setattr(module.durable, "sync_data", settles_for_less)
    with pytest.raises(StorageFailed) as refused:
        Medium().copy(source, tmp_path / "copy", silent)
    assert "something else" in refused.value.happened
    assert [one.name for one in tmp_path.iterdir()] == ["source"]


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (errno.ENOSPC, "full"),
        (errno.EFBIG, "large"),
        (errno.EROFS, "read-only"),
        (errno.ENAMETOOLONG, "long"),
        (errno.EIO, "read"),
    ],
)
def test_what_the_medium_refuses_is_told_and_nothing_half_is_left(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, word: str
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(module.durable, "sync_data", refuse)
    with pytest.raises(StorageFailed) as refused:
        Medium().copy(source, tmp_path / "copy", silent)
    assert word in refused.value.happened
    assert [one.name for one in tmp_path.iterdir()] == ["source"]


def test_a_stopped_copy_leaves_what_stood_there(source: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"before")

    def stop(_bytes: int) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        Medium().copy(source, tmp_path / "copy", stop)
    assert (tmp_path / "copy").read_bytes() == b"before"
    assert not list(tmp_path.glob("*.part"))


def test_links_pipes_and_missing_files_are_not_read(source: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(source)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "missing"):
        with pytest.raises(NotFound):
            Medium().digest(tmp_path / name, silent)
    with pytest.raises(NotFound):
        Medium().read(source, 100)


def test_destroying_overwrites_before_the_name_goes_and_never_what_a_link_points_to(
    source: Path, tmp_path: Path
) -> None:
    other_name = tmp_path / "other name"
    os.link(source, other_name)
    Medium().destroy(source)
    assert not source.exists()
    assert len(other_name.read_bytes()) == len(CONTENT)
    assert other_name.read_bytes() != CONTENT
    kept = tmp_path / "kept"
    kept.write_bytes(b"kept")
    (tmp_path / "link").symlink_to(kept)
    Medium().destroy(tmp_path / "link")
    Medium().destroy(tmp_path / "link")
    assert kept.read_bytes() == b"kept"
