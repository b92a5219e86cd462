"""The door of the archive: passphrase, language, another archive, a new one, the way back in with the recovery code."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from oralhistory import i18n
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.archive.passphrases import SHORTEST_PASSPHRASE
from oralhistory.ui.door import Door
from oralhistory.ui.entry.demonstration import Demonstration, is_archive
from oralhistory.ui.entry.middle import Middle
from oralhistory.ui.entry.recording_note import RecordingNote
from oralhistory.ui.entry.strength import STRONG, strength
from oralhistory.ui.look.pieces import Choice, OwnNames, button, card, column, field, label, line_edit, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.turning import Turning
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.record.running_words import goes_on

_WIDTH = 60 * GRID


class UnlockPage(QWidget):
    create_wanted = Signal()
    recording_wanted = Signal()

    def __init__(self, door: Door, folder: Path) -> None:
        super().__init__()
        self.setObjectName("unlock")
        self.says = Wording()
        self._door = door
        self.folder = folder
        self._left = self._opens_itself = False
        place = QWidget()
        self._forms = Turning(place)
        self._forms.addWidget(self._open_form())
        self._forms.addWidget(self._recover_form())
        self._recording = RecordingNote(door, self.says)
        self._recording.back_wanted.connect(self.recording_wanted)
        top = row(self._language())
        top.insertStretch(0, 1)
        self.setLayout(column(top, Middle(door.theme, _WIDTH, self._recording, place), margin=3 * GRID))
        self.show_folder(folder)

    def show_folder(self, folder: Path, *, asking: bool = False) -> None:
        """Offer to open the archive in `folder`, or say that there is none yet.

        The demonstration opens without a passphrase, which nobody was ever told; `asking`: it was changed, and is asked for.
        """
        self.folder = folder
        there = is_archive(self._door, folder)
        self._opens_itself = there and folder == self._demo.folder and not asking
        self._missing.setVisible(not there)
        self._fictional.setVisible(self._opens_itself)
        for widget in (self._passphrase, self._open, self._lost):
            widget.setVisible(there and not self._opens_itself)
        self._name()
        restyle(self._create, "" if there else "primary")
        restyle(self._demo.button, "primary" if self._opens_itself else "")
        self._demo.name()
        self._forms.setCurrentIndex(0)
        self._recording.look_at(self.folder)
        self._focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()  # a field takes no focus before its window is on the screen

    def forget(self) -> None:
        """What was typed and not sent is not kept; what is being opened is closed again: whoever asked for it has gone."""
        self._left = True
        for one in (self._passphrase, self._code, self._new, self._again):
            one.setText("")  # what is cleared otherwise comes back with Ctrl+Z, and the code can be read

    def _turn(self, form: int) -> None:
        """To the other form: nothing secret stays in the one that is left."""
        self.forget()
        self._forms.setCurrentIndex(form)
        self._focus()

    @property
    def opening(self) -> bool:
        """Whether an archive is being opened or made for this page."""
        return not self._open.isEnabled()

    def hindrance(self) -> str:
        return goes_on() if self._recording.goes_on else ""

    def offer_recording(self) -> None:
        """A recording goes on that this window has in hand: offer the way back to it."""
        self._recording.offer_back()
        self._recording.look_at(self.folder)

    def _focus(self) -> None:
        """The keyboard goes where the next words belong: never to a link that shows them in another field."""
        recovering = self._forms.currentIndex() == 1
        first = self._demo.button if self._opens_itself else self._create
        (self._code if recovering else first if self._passphrase.isHidden() else self._passphrase).setFocus()

    def retranslate(self) -> None:
        self.says.again()
        self._demo.name()
        self._recording.retranslate()
        self._name()
        self._judge()

    def _name(self) -> None:
        self._title.setText(tr("Open the archive") if self._missing.isHidden() else tr("Begin here"))
        self._where.setText(tr("Folder: {folder}", folder=str(self.folder)))

    def _language(self) -> Choice:
        choice = OwnNames("unlock_language", self.says, mark("Language"), i18n.LANGUAGES)
        choice.pick(i18n.language())
        choice.picked.connect(lambda: self._door.speak(choice.value))
        return choice

    def _open_form(self) -> QFrame:
        says, dress = self.says, self._door.theme.dress
        self._title, self._where = label("title"), label("soft")
        self._missing = label()
        says(
            self._missing.setText,
            mark("There is no archive in this folder. The program keeps no note of where archives are: one that lies elsewhere "
                 "is opened with “Another archive …”. Or make a new one, or try the demonstration first: two fictional "
                 "narrators with whom everything can be tried without a real voice."),
        )  # fmt: skip
        self._fictional = label()
        says(self._fictional.setText,
             mark("This is the demonstration: two fictional narrators. It opens without a passphrase."))  # fmt: skip
        self._passphrase = line_edit("unlock_passphrase", says, mark("Passphrase"), secret=True)
        says(self._passphrase.setPlaceholderText, mark("Passphrase"))
        self._open = button(
            "unlock_open", says, mark("Open"), role="primary", icon=lambda b: dress(b, "key", "on_accent")
        )
        self._lost = button("unlock_lost", says, mark("I lost the passphrase"), role="link")
        self._create = button("unlock_create", says, mark("New archive …"))
        other = button("unlock_other", says, mark("Another archive …"))
        self._demo = Demonstration(self._door, says, self._opened, self._failed)
        self._busy = label("soft")
        self._busy.setObjectName("unlock_busy")
        self._passphrase.returnPressed.connect(self._open.click)
        self._open.clicked.connect(self._unlock)
        self._lost.clicked.connect(lambda: self._turn(1))
        self._create.clicked.connect(self.create_wanted)
        other.clicked.connect(self._choose_other)
        self._demo.begun.connect(self._begin)
        self._demo.said.connect(self._busy.setText)
        self._demo.stopped.connect(lambda: self._wait(""))
        self._demo.other_passphrase.connect(lambda: self.show_folder(self._demo.folder, asking=True))
        return card(
            self._title, self._where, self._missing, self._fictional, self._passphrase, self._open, self._lost, self._busy,
            row(self._create, other), self._demo,
        )  # fmt: skip

    def _recover_form(self) -> QFrame:
        says = self.says
        title, explained = label("title"), label()
        says(title.setText, mark("Open with the recovery code"))
        says(explained.setText, mark("Type the code from your paper. Then choose a new passphrase."))
        self._code = line_edit("unlock_code", says, mark("Recovery code"))
        self._new = line_edit("unlock_new_passphrase", says, mark("New passphrase"), secret=True)
        self._again = line_edit("unlock_new_again", says, mark("The new passphrase again"), secret=True)
        self._judged = label("soft")
        self._judged.setObjectName("unlock_strength")
        self._recover = button("unlock_recover", says, mark("Open and set the new passphrase"), role="primary")
        back = button("unlock_back", says, mark("Back"), role="link")
        self._new.textChanged.connect(self._judge)
        self._again.textChanged.connect(self._judge)
        self._again.returnPressed.connect(self._recover.click)
        self._recover.clicked.connect(self._unlock_with_code)
        back.clicked.connect(lambda: self._turn(0))
        self._judge()
        return card(
            title, explained, field(says, mark("Recovery code"), self._code),
            field(says, mark("New passphrase"), self._new), field(says, mark("The new passphrase again"), self._again),
            self._judged, self._recover, back,
        )  # fmt: skip

    def _judge(self) -> None:
        judge_passphrase(self._new, self._again, self._judged, self._recover)

    def _unlock(self) -> None:
        passphrase, folder = self._passphrase.text(), self.folder
        self._passphrase.clear()
        self._open_with(lambda: self._door.program.archives.unlock(folder, passphrase))

    def _unlock_with_code(self) -> None:
        code, new, folder = self._code.text(), self._new.text(), self.folder
        self._open_with(lambda: self._door.program.archives.recover(folder, code, new))

    def _open_with(self, work: Callable[[], OpenArchive]) -> None:
        self._begin(tr("Opening …"))
        self._door.banner.hide()
        self._door.open_with(self, work, self._opened, self._failed)

    def _begin(self, what: str) -> None:
        self._wait(what)
        self._left = False

    def _opened(self, archive: OpenArchive) -> None:
        self._wait("")
        if self._left:
            archive.close()
            return self.show_folder(archive.folder)  # which may be another than the one that was shown
        self.forget()
        return self._door.opened(archive)

    def _failed(self, error: Exception) -> None:
        self._wait("")
        if isinstance(error, OralHistoryError):
            self._door.banner.trouble(error)
        self._recording.look_again()  # the disk may have come back, or gone, since
        self._focus()

    def _wait(self, why: str) -> None:
        self._busy.setText(why)
        self._passphrase.setReadOnly(bool(why))  # a field that is switched off would hand the keyboard on
        self._focus()
        for widget in (self._open, self._lost, self._create, self._demo.button, self._recover, self._recording.back):
            widget.setEnabled(not why)

    def _choose_other(self) -> None:
        chosen = self._door.choose_folder(tr("The archive's folder"), self.folder)
        if chosen is not None:
            self._door.banner.hide()
            self.show_folder(chosen)


def judge_passphrase(new: QLineEdit, again: QLineEdit, judged: QWidget, go: QWidget) -> None:
    """Say how strong the new passphrase is, and open `go` when it is long enough and typed twice alike."""
    text = new.text()
    sentence = strength(text)
    same = text == again.text()
    words = tr(sentence, n=SHORTEST_PASSPHRASE)
    if text and again.text() and not same:
        words = tr("The two are not the same yet.")
    judged.setProperty("text", words if text else tr("Four or more words that do not belong together are good."))
    restyle(judged, "good" if sentence is STRONG and same else "soft")
    go.setEnabled(len(text) >= SHORTEST_PASSPHRASE and same)
