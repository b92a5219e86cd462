"""The ballast: made where there is room, meaningless, gone when it is asked for."""

import os
from pathlib import Path

import pytest

from oralhistory.workers import ballast
from oralhistory.workers.ballast import Ballast

SIZE = 3 << 20


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast, "LEAVES_FREE", 1 << 20)


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_it_takes_its_room_and_gives_it_back(tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast.sys, "platform", platform)
    file = tmp_path / "audio" / "ballast"
    file.parent.mkdir()
    made = Ballast(file, SIZE)
    assert made.make()
    assert made.make(), "it is there already"
    taken = file.stat()
    assert taken.st_size == SIZE
    assert taken.st_blocks * 512 >= SIZE, "a hole is no room"
    assert file.read_bytes() == bytes(SIZE)
    assert made.is_on_disk_of(tmp_path)
    made.give_up()
    made.give_up()
    assert not file.exists()
    assert not made.is_on_disk_of(tmp_path)


def test_it_is_not_made_on_a_disk_that_is_nearly_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast, "LEAVES_FREE", 1 << 60)
    assert not Ballast(tmp_path / "ballast", SIZE).make()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_it_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "audio").write_text("a file in the way")
    assert not Ballast(tmp_path / "audio" / "ballast", SIZE).make()


def test_one_that_was_begun_is_made_whole(tmp_path: Path) -> None:
    file = tmp_path / "ballast"
    file.write_bytes(b"")
    os.truncate(file, 5)
    assert Ballast(file, SIZE).make()
    assert file.stat().st_size == SIZE


def test_where_its_folder_is_gone_nothing_is_made_in_its_place(tmp_path: Path) -> None:
    assert not Ballast(tmp_path / "pulled" / "audio" / "ballast", SIZE).make()
    assert list(tmp_path.iterdir()) == []
