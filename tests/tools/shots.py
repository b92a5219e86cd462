#!/usr/bin/env python3
"""Pictures of every page for the manual, in Korean and English, light and dark, from the demonstration archive.

    python3 dev.py shots [FOLDER]

Writes ``<language>-<theme>-<page>.png`` into FOLDER (docs/manual/shots). Needs a display with Korean fonts; `dev.py` makes
an invisible one.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from oralhistory import i18n
from oralhistory.services.demonstrating import MODEL, PASSPHRASE, demonstrate
from oralhistory.services.program import Program
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui.app import Frame
from oralhistory.ui.interviews.header import STEPS
from oralhistory.ui.main_window import MainWindow
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program as real_program
from tests.tools.record_shots import SETTLED, record_states, with_studio
from tests.ui.studio import Studio

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ko", "en")
THEMES = ("light", "dark")
SIZE = (1360, 900)
SETTLED_MS = 400
PATIENCE_MS = 60_000
ARCHIVE = Path("Oral history archive")
"""Relative, so that no folder of whoever makes the pictures is on them."""


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ROOT / "docs" / "manual" / "shots").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["archive"])
    with tempfile.TemporaryDirectory(prefix="oh-shots-") as place:
        os.chdir(place)
        program = real_program(cost=Argon2Cost(64, 1, 1), models=Path(place) / "models")
        code, words = prepare(program)
        studio = Studio()
        program = with_studio(program, studio)
        for language in LANGUAGES:
            for theme in THEMES:
                settings = SettingsFile(Path(place) / "settings.json")
                settings.change(language=language, theme=theme)
                i18n.use(language)
                for page, image in pictures(app, program, studio, settings, code, words):
                    name = f"{language}-{theme}-{page}.png"
                    image.convertToFormat(QImage.Format.Format_RGB888).save(str(folder / name))
                    print(name)
        os.chdir(ROOT)
    return 0


def prepare(program: Program) -> tuple[str, str]:
    """The demonstration with one more interview that is only planned; a code to show, and words to search for."""
    report = demonstrate(program, Path(), print)
    Path("archive").rename(ARCHIVE)
    desk = program.desk(program.archives.unlock(ARCHIVE, PASSPHRASE))
    desk.models.add(program.demo_folder / MODEL)
    planned = desk.interviews.create(("ko", "zh"), "황조롱이").code
    assert planned
    words = desk.transcripts.segments(report.interviews[0].code)[1].text.split()[0]
    desk.close()
    return report.interviews[0].code, words


def pictures(
    app: QApplication, program: Program, studio: Studio, settings: SettingsFile, code: str, words: str
) -> Iterator[tuple[str, QImage]]:

    def succeed(handed: Handed) -> None:
        frame.begin(handed)  # no process takes this one's place here

    frame = Frame(app, program, settings, succeed)
    frame.begin(Handed(str(ARCHIVE)))
    frame.resize(*SIZE)
    frame.show()
    yield from door(frame)
    frame.open_archive(program.archives.unlock(ARCHIVE, PASSPHRASE))
    window = frame.main
    assert window is not None
    yield "interviews", picture(frame)
    window.open_interview(code)
    for step in STEPS:
        window.open_step(step)
        yield step, picture(frame)
    yield from places(frame, window, words)
    for state in record_states(frame, studio, code, wait_for):
        yield state, picture(frame, settled=state in SETTLED)
    frame.hook.remove()
    frame.close()
    frame.deleteLater()


def door(frame: Frame) -> Iterator[tuple[str, QImage]]:
    yield "unlock", picture(frame)
    frame.show_door(Path("New archive"))
    yield "first-start", picture(frame)
    press(frame, "unlock_create")
    for name in ("create_passphrase", "create_passphrase_again"):
        type_into(frame, name, "four words that do not belong")
    yield "create", picture(frame)
    press(frame, "create_back")


def places(frame: Frame, window: MainWindow, words: str) -> Iterator[tuple[str, QImage]]:
    press(frame, "interviews_new")
    yield "new-interview", picture(frame)
    type_into(frame, "search", words)
    window._search(words)
    yield "search", picture(frame)
    press(frame, "place_settings")
    yield "settings", picture(frame)


def picture(frame: Frame, *, settled: bool = True) -> QImage:
    """The window when all its work is answered (not while it follows a take) and everything is painted."""
    if settled:
        wait_for(lambda: not frame.jobs.busy and (frame.main is None or not frame.main.jobs.busy))
    QTest.qWait(SETTLED_MS)
    return frame.grab().toImage()


def wait_for(condition: Callable[[], bool]) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not condition() and clock.elapsed() < PATIENCE_MS:
        QTest.qWait(20)


def press(frame: Frame, name: str) -> None:
    found = frame.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    found.click()


def type_into(frame: Frame, name: str, text: str) -> None:
    found = frame.findChild(QWidget, name)
    assert isinstance(found, QLineEdit), name
    found.setText(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
