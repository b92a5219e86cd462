"""A whole session in the real window, as a process of its own: `python -m tests.helpers.window_session`.

What it is to say and do comes as JSON on standard input, so that no canary stands in an argument. It tells each step it has
reached on standard output; `die_at` names the step at which it kills itself.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from oralhistory import hardening, paths
from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.redaction import Decisions, Profile
from oralhistory.services.release.releasing import Order
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record.record_page import RecordPage
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.helpers.archives import PASSPHRASE, cheap_program, consent
from tests.helpers.waiting import until

PATIENCE_MS = 90_000


class Session:
    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.app = QApplication(["archive"])
        self.folder = Path(told["folder"])
        self.program = cheap_program(self.folder)
        self.frame = Frame(self.app, self.program, SettingsFile(paths.settings_file()), lambda _: None)
        self.frame.begin(Handed(str(self.folder / "archive")))
        self.frame.show()

    @property
    def main(self) -> MainWindow:
        assert self.frame.main is not None
        return self.frame.main

    def reached(self, step: str) -> None:
        print(step, flush=True)
        if step == self.told["die_at"]:
            os.kill(os.getpid(), signal.SIGKILL)

    def wait(self, condition: Callable[[], object]) -> None:
        assert until(condition, PATIENCE_MS), "what was waited for never came"

    def find(self, name: str) -> QWidget:
        found = self.frame.findChild(QWidget, name)
        assert found is not None, name
        return found

    def run(self) -> None:
        archive, _ = self.program.archives.create(self.folder / "archive", PASSPHRASE, "S1")
        self.frame.open_archive(archive)
        self.wait(lambda: not self.main.jobs.busy)
        self._make_interview()
        self._record()
        self._draft_and_edit()
        self._search()
        self._export()
        self.frame.close()
        self.reached("closed")

    def _make_interview(self) -> None:
        QTest.mouseClick(self.find("interviews_new"), Qt.MouseButton.LeftButton)
        pseudonym, names = self.find("interview_pseudonym"), self.find("interview_names")
        assert isinstance(pseudonym, QLineEdit) and isinstance(names, QPlainTextEdit)
        pseudonym.setText(self.told["pseudonym"])
        names.setPlainText(self.told["name"])
        QTest.mouseClick(self.find("interview_save"), Qt.MouseButton.LeftButton)
        self.wait(lambda: self.main.code)
        desk, code = self.main.desk, self.main.code
        before = consent(Stage.BEFORE, "record_audio", "machine_transcribe", witness=self.told["witness"])
        desk.consenting.record(code, before)
        desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
        self.reached("made")

    def _record(self) -> None:
        self.main.open_step("record")
        page = self.main.page
        assert isinstance(page, RecordPage)
        self.frame.activateWindow()
        self.wait(lambda: self.find("record_start").isEnabled())
        QTest.keyClick(self.frame, Qt.Key.Key_F5)
        self.wait(lambda: page.recording)
        code = self.main.code
        sealed = self.folder / "archive" / "audio"
        self.wait(lambda: sum(one.stat().st_size for one in sealed.rglob("*.oha")) > self.told["enough_bytes"])
        self.reached("recording")
        QTest.keyClick(self.frame, Qt.Key.Key_F9)
        self.wait(lambda: not page.recording and self.main.desk.listening.recordings(code))
        self.reached("recorded")

    def _draft_and_edit(self) -> None:
        desk, code = self.main.desk, self.main.code
        if self.told["model"]:
            desk.transcribing.run(code, model=self.told["model"], progress=lambda *_: self.reached("transcribing"))
        else:
            desk.transcripts.import_file(code, "talk.txt", "\n".join(self.told["sentences"]))
        self.main.open_step("transcript")
        page = self.main.page
        assert isinstance(page, TranscriptPage)
        self.wait(lambda: page.text.code == code and page.view.segment is not None)
        page.view.edit_here()
        page.view.editor.insertPlainText(f" {self.told['typed']} ")
        self.reached("typing")
        page.leave()
        self.wait(lambda: any(self.told["typed"] in one.text for one in desk.transcripts.segments(code)))
        self.app.clipboard().setText("")
        self.reached("typed")

    def _search(self) -> None:
        box = self.find("search")
        assert isinstance(box, QLineEdit)
        box.setText(self.told["typed"])
        QTest.keyClick(box, Qt.Key.Key_Return)
        self.wait(lambda: not self.main.jobs.busy)
        self.reached("searched")

    def _export(self) -> None:
        desk, code = self.main.desk, self.main.code
        desk.attesting.heard(code)
        desk.attesting.sign_off(code)
        entities = [
            {"id": f"e{number}", "type": "PERSON", "class": "DIRECT", "variants": [word], "replacement": {"public": "[name]"}}
            for number, word in enumerate([self.told["name"], self.told["typed"]])
        ]
        desk.redacting.decide(code, {"entities": entities, "mentions": [], "dismissed": []})
        proposed = frozenset(one.id for one in desk.redacting.propose(code))
        desk.redacting.add(code, Decisions(dismissed=proposed))
        order = Order("docx", Profile.PUBLIC, Purpose.PUBLISH_TEXT, self.told["recipient"])
        self.reached("exporting")
        desk.releasing.export(code, order, Path(self.told["export"]))
        self.reached("exported")


if __name__ == "__main__":
    hardening.make_undumpable()
    Session(json.loads(sys.stdin.readline())).run()
