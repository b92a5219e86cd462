"""The demonstration at the door: made while nobody touches anything, locked, and opened again without a passphrase."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from oralhistory.services import demonstrating
from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from oralhistory.ui.entry.unlock_page import DEMO_FOLDER, UnlockPage
from tests.ui.conftest import Wait

Find = Callable[[str], QWidget]


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


class Making:
    """Makes an empty demonstration archive, and waits in the midst of it until it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, program: Program, folder: Path, say: Callable[[str], None]) -> None:
        self.begun.set()
        self.go_on.wait(30)
        archive, _ = program.archives.create(folder / "archive", demonstrating.PASSPHRASE, "demo")
        archive.close()


@pytest.fixture
def folder(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the demonstration's archive comes to be."""
    monkeypatch.setattr(program, "default_archive", tmp_path / "documents" / "archive")
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents" / DEMO_FOLDER / "archive"


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> Iterator[Making]:
    made = Making()
    monkeypatch.setattr(demonstrating, "demonstrate", made)
    yield made
    made.go_on.set()


@pytest.fixture
def pass_by(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """So many seconds pass in which nobody touches anything, and the window looks at its clocks."""
    passed = [0.0]
    asleep_too, awake = frame.idle._clock, frame.idle._awake
    monkeypatch.setattr(frame.idle, "_clock", lambda: asleep_too() + passed[0])
    monkeypatch.setattr(frame.idle, "_awake", lambda: awake() + passed[0])

    def seconds(more: float) -> None:
        passed[0] += more
        frame.idle.look()

    return seconds


def at(frame: Frame) -> Path:
    """The folder at which the door stands."""
    door = frame._rooms.currentWidget()
    assert isinstance(door, UnlockPage)
    return door.folder


def test_a_demonstration_that_takes_longer_than_the_lock_time_opens_and_then_locks(
    frame: Frame, find: Find, wait: Wait, folder: Path, making: Making, pass_by: Callable[[float], None]
) -> None:
    click(find("unlock_demo"))
    wait(making.begun.is_set)
    for _ in range(3):
        pass_by(299)
    making.go_on.set()
    wait(lambda: frame.main)
    pass_by(280)
    assert frame.main is not None, "the time begins when the archive stands open"
    pass_by(30)
    assert frame.main is None
    assert at(frame) == folder


def test_whoever_left_while_it_was_made_finds_the_door_at_its_folder(
    frame: Frame, find: Find, wait: Wait, folder: Path, making: Making
) -> None:
    click(find("unlock_demo"))
    wait(making.begun.is_set)
    frame.lock()  # the lid is shut
    making.go_on.set()
    wait(lambda: not frame.jobs.busy)
    wait(lambda: at(frame) == folder)
    assert frame.main is None
