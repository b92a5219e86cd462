"""An older database in the archive's place is told when the archive opens, and confirmed in the settings."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from tests.ui.answering import answering
from tests.ui.conftest import PASSPHRASE, Wait


def test_an_older_state_is_told_and_confirmed(
    frame: Frame, main: MainWindow, find: Callable[[str], QWidget], wait: Wait, program: Program, tmp_path: Path
) -> None:
    database = tmp_path / "archive" / "archive.db"
    code = main.desk.interviews.create().code

    def away() -> None:
        assert frame.main is not None
        frame.main.close_archive()
        frame._main = None

    def opened() -> MainWindow:
        frame.open_archive(program.archives.unlock(tmp_path / "archive", PASSPHRASE))
        assert frame.main is not None
        wait(lambda: not frame.main.jobs.busy)
        return frame.main

    away()
    shutil.copy(database, tmp_path / "drawer.db")
    opened().desk.consenting.withdraw(code)
    away()
    shutil.copy(tmp_path / "drawer.db", database)
    again = opened()
    assert find("banner").isVisible()
    banner = find("banner_happened")
    assert isinstance(banner, QLabel)
    assert "An older database stands here" in banner.text()
    settings = find("place_settings")
    assert isinstance(settings, QAbstractButton)
    settings.click()
    confirm = find("settings_state_confirm")
    assert isinstance(confirm, QAbstractButton)
    wait(confirm.isVisible)
    with answering("return"):
        confirm.click()
    assert again.archive.brought_back.question is not None
    with answering("settings_state_question_entered"):
        confirm.click()
    wait(lambda: not confirm.isVisible())
    assert again.archive.brought_back.question is None
