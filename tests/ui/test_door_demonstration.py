"""The demonstration at the door: made while nobody touches anything, locked, and opened again without a passphrase."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from oralhistory.errors import Cancelled
from oralhistory.services import demonstrating
from oralhistory.services.program import Program
from oralhistory.services.progress import Asked, Progress
from oralhistory.ui.app import Frame
from oralhistory.ui.entry.demonstration import FOLDER
from oralhistory.ui.entry.unlock_page import UnlockPage
from tests.ui.conftest import PASSPHRASE, Wait

Find = Callable[[str], QWidget]


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


class Making:
    """Makes an empty demonstration archive, and waits in the midst of it until it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(
        self, program: Program, folder: Path, say: Callable[[str], None], cancelled: Asked, progress: Progress
    ) -> None:
        say("Crane (1/2)")
        progress(1, 4)
        self.begun.set()
        while not self.go_on.wait(0.05):
            if cancelled():
                raise Cancelled("Stopped.")
        archive, _ = program.archives.create(folder / "archive", demonstrating.PASSPHRASE, "demo")
        archive.close()


@pytest.fixture
def program(program: Program, tmp_path: Path) -> Program:
    """The program of somebody whose documents are empty."""
    documents = tmp_path / "documents"
    documents.mkdir()
    return program.but(default_archive=documents / "archive")


@pytest.fixture
def folder(program: Program) -> Path:
    """Where the demonstration's archive comes to be."""
    return program.default_archive.parent / FOLDER / "archive"


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


def words_of(widget: QWidget) -> str:
    assert isinstance(widget, QLabel | QPushButton)
    return widget.text()


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


def test_how_long_it_takes_stands_beside_how_far_it_is(frame: Frame, find: Find, wait: Wait, making: Making) -> None:
    click(find("unlock_demo"))
    assert "one to two minutes" in words_of(find("unlock_busy"))
    wait(lambda: "Crane (1/2)" in words_of(find("unlock_busy")))
    assert "one to two minutes" in words_of(find("unlock_busy"))
    making.go_on.set()
    wait(lambda: frame.main)


def test_the_making_can_be_stopped_and_the_door_is_as_it_was(frame: Frame, find: Find, wait: Wait, making: Making) -> None:
    click(find("unlock_demo"))
    wait(making.begun.is_set)
    bar = find("unlock_demo_progress")
    assert isinstance(bar, QProgressBar)
    wait(lambda: bar.value() == bar.maximum() // 4)
    find("unlock_demo_stop").setFocus()
    wait(lambda: "Crane (1/2)" in words_of(find("unlock_busy")))
    assert find("unlock_demo_stop").hasFocus() and not find("unlock_demo").isEnabled()
    click(find("unlock_demo_stop"))
    wait(lambda: not frame.jobs.busy)
    assert not bar.isVisible() and words_of(find("unlock_busy")) == ""
    assert words_of(find("unlock_demo")) == "Try the demonstration"
    assert find("unlock_demo").isEnabled() and find("unlock_create").isEnabled() and frame.main is None
    making.begun.clear()
    making.go_on.set()
    click(find("unlock_demo"))
    wait(lambda: frame.main)


def test_the_demonstration_opens_again_without_a_passphrase(
    frame: Frame, find: Find, wait: Wait, program: Program, folder: Path
) -> None:
    program.archives.create(folder, demonstrating.PASSPHRASE, "demo")[0].close()
    frame.show_door(folder)
    assert not find("unlock_passphrase").isVisible() and not find("unlock_lost").isVisible()
    frame.speak("en")
    assert words_of(find("unlock_demo")) == "Open the demonstration again"
    wait(find("unlock_demo").hasFocus)
    click(find("unlock_demo"))
    assert words_of(find("unlock_busy")) == "The demonstration is being opened …"
    wait(lambda: frame.main)


def test_a_demonstration_whose_passphrase_was_changed_asks_for_it(
    frame: Frame, find: Find, wait: Wait, program: Program, folder: Path
) -> None:
    program.archives.create(folder, PASSPHRASE, "demo")[0].close()
    frame.show_door(folder)
    click(find("unlock_demo"))
    wait(find("unlock_passphrase").isVisible)
    QTest.keyClicks(find("unlock_passphrase"), PASSPHRASE)
    click(find("unlock_open"))
    wait(lambda: frame.main)
