"""The whole window in a process of its own, and somebody who types ten characters a second into the transcript.

Prints one line a character before it is typed: the clock (as `time.monotonic`), the row, and all that was typed into the row.
Never ends by itself: whoever started it kills it.

    python -m tests.faults.typist FOLDER CODE
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oralhistory import i18n
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui.app import Frame
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.helpers.archives import PASSPHRASE, cheap_program
from tests.helpers.waiting import live

EVERY_MS = 100
LETTERS = "abc defghij klm nopqrst uvw xyz "
IN_A_ROW = 17
"""Then the next row is gone to."""


class Typist:
    def __init__(self, page: TranscriptPage) -> None:
        self._page = page
        self._typed = 0
        self._in_row = ""
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._type)
        self._next_row(0)
        self._timer.start(EVERY_MS)

    def _next_row(self, row: int) -> None:
        self._page.view.go_to(row, -1)
        self._page.view.edit_here()
        self._in_row = ""

    def _type(self) -> None:
        if len(self._in_row) == IN_A_ROW:
            self._next_row((self._page.view.current + 1) % len(self._page.text.segments))
        letter = LETTERS[self._typed % len(LETTERS)]
        self._typed += 1
        self._in_row += letter
        print(json.dumps([time.monotonic(), self._page.view.current, self._in_row]), flush=True)
        QTest.keyClick(self._page.view.editor, letter)


def main(folder: Path, code: str) -> None:
    app = QApplication(["archive"])
    i18n.use("en")
    program = cheap_program(folder)
    frame = Frame(app, program, SettingsFile(folder / "settings.json"), lambda _handed: None)
    frame.hook.remove()
    frame.begin(Handed(str(folder / "archive")))
    frame.show()
    frame.open_archive(program.archives.unlock(folder / "archive", PASSPHRASE))
    window = frame.main
    assert window is not None
    window.open_interview(code)
    window.open_step("transcript")
    page = window.page
    assert isinstance(page, TranscriptPage)
    while not page.text.segments:
        live(5)
    typist = Typist(page)
    app.exec()
    del typist


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
