"""One window over one real archive for all tests of a module: each test works on an interview of its own.

A module imports `furnished`, `frame` and `main` (and may replace `furnished` to give the program other machinery).
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from oralhistory import i18n
from oralhistory.services.program import Program
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program as real_program
from tests.helpers.waiting import live

Furnish = Callable[[Program], Program]


@pytest.fixture(scope="module")
def furnished() -> Furnish:
    return lambda program: program


@pytest.fixture(scope="module")
def frame(app: QApplication, furnished: Furnish, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frame]:
    folder = tmp_path_factory.mktemp("window")
    i18n.use("en")
    program = furnished(real_program(cost=Argon2Cost(64, 1, 1), models=folder / "models", with_morphology=False))

    def succeed(handed: Handed) -> None:
        made.begin(handed)  # no process takes this one's place here

    made = Frame(app, program, SettingsFile(folder / "settings.json"), succeed)
    made.begin(Handed(str(folder / "archive")))
    made.resize(1280, 900)
    made.show()
    archive, _ = program.archives.create(folder / "archive", "four words for tests", "mk")
    made.open_archive(archive)
    yield made
    if made.main is not None:
        made.main.hindrance = lambda: ""  # type: ignore[method-assign]  # nobody is there to answer
    made.close()
    made.hook.remove()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def main(frame: Frame) -> MainWindow:
    window = frame.main
    assert window is not None
    while window.jobs.busy:
        live(5)
    return window
