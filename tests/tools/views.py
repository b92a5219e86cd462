"""Brings the window into everything it can show, one view after the other: for pictures, and for what holds of every view.

A new page, dialog or step of a wizard is given its place here; then it is photographed and walked through like the others.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QScrollArea, QWidget

from oralhistory.i18n import tr
from oralhistory.services.program import Program
from oralhistory.successor import Handed
from oralhistory.ui.app import Frame, closing_question
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.consent.evidence_field import replacing_question
from oralhistory.ui.consent.own_text import leaving_question
from oralhistory.ui.history.destruction import DestructionReport, told_once
from oralhistory.ui.interviews.header import STEPS
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.release.release_page import ReleasePage
from oralhistory.ui.release.stages import STAGES
from oralhistory.ui.review.channel_dialog import ChannelDialog
from oralhistory.ui.review.remark_commands import opening_question
from oralhistory.ui.review.sign_off_bar import listened_question
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.tools.record_shots import record_states
from tests.ui.studio import Studio

View = tuple[str, QWidget]
Settle = Callable[[Callable[[], object]], None]
NEW_PASSPHRASE = "four words that do not belong"
CARD_FORMS = {"release_new": "entity", "release_keep": "keep"}
DIALOGS = {"keys": "keys", "replace": "replace", "glossary_add": "glossary", "passage": "passage"}
"""The commands of the review page that open one, and what their pictures are called."""


@dataclass(frozen=True, slots=True)
class Views:
    """Of a program whose recorder is `studio`.

    `archive` holds the interview `code`, which is transcribed, signed off and may leave; `words` stand in its text. `settle`
    lets the window live until a condition holds.
    """

    frame: Frame
    program: Program
    studio: Studio
    archive: Path
    passphrase: str
    code: str
    words: str
    settle: Settle

    def all(self) -> Iterator[View]:
        """Each view's name, and the window in which it stands. Ends with the window locked."""
        yield from self.door()
        window = self._open()
        yield from self._places(window)
        yield from self._steps(window)
        yield from self._dialogs(window)
        for state in record_states(self.frame, self.studio, self.code, self.settle):
            yield state, self.frame

    def door(self) -> Iterator[View]:
        """In front of an archive, in front of none, and the three steps of making one."""
        frame = self.frame
        frame.begin(Handed(str(self.archive)))
        yield "unlock", frame
        self._press("unlock_lost")
        yield "recover", frame
        new = self.archive.with_name("New archive")
        frame.show_door(new)
        yield "first-start", frame
        self._press("unlock_create")
        for name in ("create_passphrase", "create_passphrase_again"):
            self._type(name, NEW_PASSPHRASE)
        yield "create", frame
        self._press("create_make")
        self.settle(lambda: self._shown("create_written"))
        yield "create-code", frame
        self._press("create_written")
        yield "create-typed-back", frame
        frame.show_door(self.archive)  # gives the wizard up, which closes what it made
        shutil.rmtree(new)

    def _open(self) -> MainWindow:
        self.frame.open_archive(self.program.archives.unlock(self.archive, self.passphrase))
        window = self.frame.main
        assert window is not None
        self._rest()
        self.frame.banner.hide()  # the recorder of the pictures leaves takes without sound; the program asks where it is
        return window

    def _places(self, window: MainWindow) -> Iterator[View]:
        frame = self.frame
        yield "interviews", frame
        window.open_interview(self.code)
        self._press("interview_change")
        yield "change-interview", frame
        window._new_interview()
        yield "new-interview", frame
        self._type("search", self.words)
        window._search(self.words)
        self._rest()
        yield "search", frame
        self._press("place_voices")
        self._rest()
        yield "voices", frame
        self._press("place_settings")
        self._rest()
        yield "settings", frame

    def _steps(self, window: MainWindow) -> Iterator[View]:
        window.open_interview(self.code)
        for step in STEPS:
            window.open_step(step)
            self._rest()
            yield step, self.frame
            if step == "consent":
                yield from self._still_open(window)
                yield from self._own_text(window)
            elif step == "record":
                yield from self._notes()
            elif step == "release":
                yield from self._release(window)
        window.open_step("history")
        self._press("history_withdraw")
        self._bring("history_withdraw_confirm")
        yield "withdraw", self.frame
        self._press("history_withdraw_cancel")

    def _still_open(self, window: MainWindow) -> Iterator[View]:
        """A form that somebody wanted to save before all of it was answered."""
        page = window.page
        assert isinstance(page, ConsentPage)
        due = page._stage.value
        self._press("consent_stage_renewal")
        self._press("consent_media_refused")
        self._press("consent_save")
        self._rest()
        yield "consent-open", self.frame
        page._unsaved.throw_away(page._here)
        self._press(f"consent_stage_{due}")

    def _own_text(self, window: MainWindow) -> Iterator[View]:
        page = window.page
        assert isinstance(page, ConsentPage)
        page._adapt()
        yield from self._dialog("consent-own-text")
        leaving_question(self.frame).open()
        yield from self._dialog("consent-own-text-question")
        named = f"{tr('The spoken consent, recorded here.').rstrip('.。')} · 3f2a"
        replacing_question(self.frame, named, sealed=True).open()
        yield from self._dialog("consent-replace-proof")

    def _notes(self) -> Iterator[View]:
        """Written while nothing is recorded."""
        self.settle(lambda: self._shown("notes_begin"))
        self._press("notes_begin")
        self.settle(lambda: self._shown("notes_stop"))
        yield "notes", self.frame
        self._press("notes_stop")
        self.settle(lambda: self._shown("record_start"))

    def _release(self, window: MainWindow) -> Iterator[View]:
        page = window.page
        assert isinstance(page, ReleasePage)
        for name, form in CARD_FORMS.items():
            if self._shown(name):
                self._press(name)
                yield f"release-{form}", self.frame
                for cancel in page._cards._views:
                    cancel._fold()
        for stage in STAGES:
            page._stages.turn(stage)
            yield f"release-{stage}", self.frame
        page._stages.turn("decide")

    def _dialogs(self, window: MainWindow) -> Iterator[View]:
        window.open_step("transcript")
        page = window.page
        assert isinstance(page, TranscriptPage)
        self.settle(lambda: page.view.segment is not None)
        page.view.edit_here()
        page.times.show_count(2)  # as in a text whose times are guessed
        yield "review-times", self.frame
        page.times.show_count(0)
        for command, name in DIALOGS.items():
            page.command(command)
            yield from self._dialog(f"review-{name}")
        ChannelDialog(page, ["N1", ""]).open()
        yield from self._dialog("review-channels")
        opening_question(self.frame).open()
        yield from self._dialog("review-opening")
        listened_question(self.frame, 40).open()
        yield from self._dialog("review-listened")
        DestructionReport(self.frame, tr("Destroyed: {code}", code=self.code), [self.code], told_once()).open()
        yield from self._dialog("destruction-report")
        closing_question(self.frame, tr("A recording is running. It goes on without the window until it is stopped.")).open()
        yield from self._dialog("close-question")

    def _dialog(self, name: str) -> Iterator[View]:
        """The dialog that is coming up; closed again afterwards."""
        self._rest()
        self.settle(lambda: self._open_dialog() is not None)
        dialog = self._open_dialog()
        assert dialog is not None
        yield name, dialog
        dialog.close()
        self.settle(lambda: self._open_dialog() is None)

    def _open_dialog(self) -> QDialog | None:
        tops = QApplication.topLevelWidgets()
        return next((one for one in tops if isinstance(one, QDialog) and one.isVisible()), None)

    # --- hands --------------------------------------------------------------------------------------------------------

    def _rest(self) -> None:
        frame = self.frame
        self.settle(lambda: not frame.jobs.busy and (frame.main is None or not frame.main.jobs.busy))

    def _shown(self, name: str) -> bool:
        return any(one.isVisible() for one in self.frame.findChildren(QWidget, name))

    def _press(self, name: str) -> None:
        found = next(one for one in self.frame.findChildren(QAbstractButton, name) if one.isVisible())
        found.click()

    def _bring(self, name: str) -> None:
        """Scroll so that this can be seen, with what stands above it."""
        found = next(one for one in self.frame.findChildren(QWidget, name) if one.isVisible())
        area = found.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(found, 0, area.height() // 3)

    def _type(self, name: str, text: str) -> None:
        found = self.frame.findChild(QLineEdit, name)
        assert isinstance(found, QLineEdit), name
        found.setText(text)

