"""The window over a real archive: real keys, a real encrypted database, cheap passphrases, no display."""

import faulthandler
import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from oralhistory import i18n
from oralhistory.services.program import Program
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui import pace
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program as real_program
from tests.helpers import waiting

PASSPHRASE = "four words for tests"
PATIENCE_MS = 20_000

Wait = Callable[[Callable[[], object]], None]


@pytest.fixture(scope="session")
def app() -> QApplication:
    made = QApplication.instance() or QApplication(["archive"])
    assert isinstance(made, QApplication)
    return made


@pytest.fixture(autouse=True)
def as_in_the_program(app: QApplication) -> Iterator[None]:
    """No widget is collected on another thread (see `pace`), and no key stays down: QTest leaves Ctrl and Shift behind a key."""
    gc.disable()
    yield
    if app.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
    pace.look()
    gc.enable()


@pytest.fixture
def wait(app: QApplication) -> Wait:
    """Let the window live until a condition holds; fail when it never does, and say where everything stands."""

    def until(condition: Callable[[], object]) -> None:
        if not waiting.until(condition, PATIENCE_MS):
            faulthandler.dump_traceback(sys.__stderr__)
            raise AssertionError(f"what was waited for never came; the window says: {shown_words(app)}")

    return until


def shown_words(app: QApplication) -> list[str]:
    labels = [one for top in app.topLevelWidgets() for one in top.findChildren(QLabel) if one.isVisible()]
    return [one.text() for one in labels if one.text()]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return real_program(cost=Argon2Cost(64, 1, 1), models=tmp_path / "models", with_morphology=False)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def frame(app: QApplication, program: Program, settings: SettingsFile, tmp_path: Path, wait: Wait) -> Iterator[Frame]:
    """The whole window in front of a folder in which there is no archive yet."""
    i18n.use("en")

    def succeed(handed: Handed) -> None:
        made.begin(handed)  # no process takes this one's place here

    made = Frame(app, program, settings, succeed)
    made.begin(Handed(str(tmp_path / "archive")))
    made.resize(1280, 900)
    made.show()
    made.activateWindow()
    wait(made.isActiveWindow)
    yield made
    for asks in (made.main, made.front):
        if asks is not None:
            asks.hindrance = lambda: ""  # type: ignore[method-assign]  # nobody is there to answer
    made.front.leave()
    made.close()
    made.hook.remove()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def main(frame: Frame, program: Program, tmp_path: Path, wait: Wait) -> MainWindow:
    """The main window of a new, empty, unlocked archive."""
    archive, _ = program.archives.create(tmp_path / "archive", PASSPHRASE, "mk")
    frame.open_archive(archive)
    window = frame.main
    assert window is not None
    wait(lambda: not window.jobs.busy)
    frame.activateWindow()
    wait(frame.isActiveWindow)
    return window


@pytest.fixture
def find(frame: Frame) -> Callable[[str], QWidget]:
    """A widget of the window by its stable name; what is about to go is gone."""

    def by_name(name: str) -> QWidget:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = frame.findChild(QWidget, name)
        assert found is not None, f"there is no {name}"
        return found

    return by_name
