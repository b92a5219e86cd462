"""The second copy: the same bytes, behind the sync, and whatever happens to it the first one does not notice."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralhistory.domain.ports import CopyState
from oralhistory.workers import second_copy
from oralhistory.workers.second_copy import SecondCopy


class Stick:
    """A folder whose syncs may fail or hang, and the first copy's folder."""

    def __init__(self, folder: Path) -> None:
        self.first, self.second = folder / "first", folder / "second" / "take"
        self.first.mkdir()
        self.fails = False
        self.now = 0.0
        self.copy = SecondCopy(self.second, self.sync, lambda: self.now, piece=1000)
        self.copy.start()

    def sync(self, descriptor: int) -> None:
        if self.fails:
            raise OSError("the stick is gone")
        os.fsync(descriptor)

    def part(self, name: str, size: int, *, safe: int | None = None) -> Path:
        """A part of so many bytes, of which so many are safe."""
        path = self.first / f"{name}.oha"
        path.write_bytes(os.urandom(16) * (size // 16 + 1))
        os.truncate(path, size)
        self.copy.is_safe(path, size if safe is None else safe)
        return path

    def until(self, wanted: Callable[[], bool]) -> None:
        """The test's own time limit is the patience."""
        while not wanted():
            self.now += 1.0
            self.copy.closed(0.01)

    def holds(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.second.glob("*"))}


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    made = Stick(tmp_path)
    yield made
    made.fails = False
    made.copy.close()
    assert made.copy.closed(30)


def test_parts_are_copied_as_far_as_they_are_safe(stick: Stick) -> None:
    first = stick.part("one", 5000, safe=3000)
    stick.until(lambda: stick.holds() == {"one.oha": first.read_bytes()[:3000]})
    stick.copy.is_safe(first, 5000)
    second = stick.part("two", 10)
    stick.until(lambda: stick.holds() == {"one.oha": first.read_bytes(), "two.oha": second.read_bytes()})
    assert stick.copy.state is CopyState.OK


def test_closing_copies_the_rest(stick: Stick) -> None:
    whole = stick.part("one", 5000)
    stick.copy.close()
    assert stick.copy.closed(30)
    assert stick.holds() == {"one.oha": whole.read_bytes()}


def test_a_stick_that_fails_is_begun_anew_when_it_is_back(stick: Stick) -> None:
    stick.fails = True
    whole = stick.part("one", 5000)
    stick.until(lambda: stick.copy.state is CopyState.FAILED)
    stick.fails = False
    stick.until(lambda: stick.copy.state is CopyState.OK)
    [(name, content)] = stick.holds().items()
    assert content == whole.read_bytes()
    assert name != "one.oha", "a file that failed once is not trusted again"


def test_a_folder_that_cannot_be_made_is_told_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "second").write_text("in the way")
    stick = Stick(tmp_path)
    whole = stick.part("one", 5000)
    stick.until(lambda: stick.copy.state is CopyState.FAILED)
    (tmp_path / "second").unlink()
    stick.until(lambda: stick.copy.state is CopyState.OK)
    assert list(stick.holds().values()) == [whole.read_bytes()]
    stick.copy.close()
    assert stick.copy.closed(30)


def test_a_first_copy_that_is_gone_does_not_keep_the_next_part_waiting(stick: Stick) -> None:
    lost = stick.part("one", 5000, safe=0)
    lost.unlink()
    stick.copy.is_safe(lost, 5000)
    whole = stick.part("two", 5000)
    stick.until(lambda: stick.holds().get("two.oha") == whole.read_bytes())
    stick.until(lambda: stick.copy.state is CopyState.FAILED)  # the second copy lacks something for good


def test_a_copy_that_does_not_come_along_is_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    copy = SecondCopy(tmp_path / "second", os.fsync, lambda: now)
    copy.is_safe(tmp_path / "one.oha", 10)  # its thread has not been started: nothing is copied
    assert copy.state is CopyState.OK
    now += second_copy.BEHIND_AFTER_S + 0.1
    assert copy.state is CopyState.BEHIND
