"""A new archive in three small steps: folder and passphrase, the recovery code on paper, the code typed back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.places import free_name, is_free
from oralhistory.services.archive.archives import FIRST_OWNER
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.archive.staffing import name_for_code
from oralhistory.ui.door import Door
from oralhistory.ui.entry.code_sheet import CodeSheet
from oralhistory.ui.entry.middle import Middle
from oralhistory.ui.entry.paper_code import differing_group, plain_code
from oralhistory.ui.entry.unlock_page import judge_passphrase
from oralhistory.ui.look.pieces import button, card, column, field, label, line_edit, restyle
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.turning import Turning
from oralhistory.ui.look.wording import Wording

_WIDTH = 68 * GRID


class CreateWizard(QWidget):
    """Holds the new archive open from the moment it is made until the code was typed back."""

    cancelled = Signal()

    def __init__(self, door: Door, folder: Path) -> None:
        """`folder` is proposed where it is free; beside the usual archive, else."""
        super().__init__()
        self.setObjectName("create")
        self.says = Wording()
        self._door = door
        self._made: OpenArchive | None = None
        self._expected = ""
        self._taken = False
        self._place = QWidget()
        self._steps = Turning(self._place)
        usual = door.program.default_archive
        free = folder if is_free(folder) else usual.with_name(free_name(usual.parent, usual.name))
        for step in (self._first_step(free), self._second_step(), self._third_step()):
            self._steps.addWidget(step)
        self.setLayout(column(Middle(door.theme, _WIDTH, self._place), margin=3 * GRID))

    def retranslate(self) -> None:
        self.says.again()
        self._doubt_code()
        self._look_at_folder()
        self._compare()

    def forget(self) -> None:
        """The machine is left: passphrases that were typed and not sent are not kept. A code stays: it is shown once."""
        for one in (self._passphrase, self._again):
            one.setText("")

    def hindrance(self) -> str:
        """What would be lost if the window closed now."""
        if self._made is None:
            return ""
        return tr(
            "The recovery code is shown only this once, and was not typed back yet. The archive stays and opens with its "
            "passphrase; without the code on paper there is no other way into it."
        )

    def give_up(self) -> None:
        """Close the archive that was made, if the window closes before the code was typed back. It stays on disk."""
        if self._made is not None:
            self._made.close()
            self._made = None

    def _first_step(self, folder: Path) -> QFrame:
        says = self.says
        title, explained = label("title"), label()
        says(title.setText, mark("New archive"))
        says(
            explained.setText,
            mark("Everything in it is encrypted. Whoever has neither the passphrase nor the recovery code "
                 "cannot read it, and nobody can reset it."),
        )  # fmt: skip
        self._folder = line_edit("create_folder", says, mark("Folder"))
        self._folder.setText(str(folder))
        choose = button("create_choose_folder", says, mark("Choose …"))
        self._place_told = label("soft")
        self._place_told.setObjectName("create_place_told")
        self._folder.textChanged.connect(self._look_at_folder)
        self._who = line_edit("create_who", says, mark("Your staff code"))
        says(self._who.setPlaceholderText, mark("appears in the history; not your name"))
        self._who_doubt = label("caution")
        self._who_doubt.setObjectName("create_who_doubt")
        self._who.textChanged.connect(self._doubt_code)
        self._passphrase = line_edit("create_passphrase", says, mark("Passphrase"), secret=True)
        self._again = line_edit("create_passphrase_again", says, mark("The passphrase again"), secret=True)
        self._judged = label("soft")
        self._judged.setObjectName("create_strength")
        self._make = button("create_make", says, mark("Make the archive"), role="primary")
        self._back = button("create_back", says, mark("Back"), role="link")
        choose.clicked.connect(self._choose)
        for one in (self._passphrase, self._again):
            one.textChanged.connect(self._judge)
            one.returnPressed.connect(self._make.click)
        self._make.clicked.connect(self._create)
        self._back.clicked.connect(self.cancelled)
        step = card(
            title, explained, field(says, mark("Folder"), self._folder, choose), self._place_told,
            field(says, mark("Your staff code"), self._who), self._who_doubt, field(says, mark("Passphrase"), self._passphrase),
            field(says, mark("The passphrase again"), self._again), self._judged, self._make, self._back,
        )  # fmt: skip
        self._doubt_code()
        self._look_at_folder()  # it shows what stands in the step by now, and would be a window of its own
        return step

    def _doubt_code(self) -> None:
        doubt = name_for_code(self._who.text())
        self._who_doubt.setText(doubt)
        self._who_doubt.setVisible(bool(doubt))
        self._who.setAccessibleDescription(doubt)

    def _second_step(self) -> QFrame:
        says = self.says
        title, explained = label("title"), label()
        says(title.setText, mark("The recovery code"))
        says(
            explained.setText,
            mark("Write it on paper now and keep the paper away from this computer. It is the only way back in when the "
                 "passphrase is lost, and it is shown only now."),
        )  # fmt: skip
        self._sheet = CodeSheet("create_code", says)
        self._written = button("create_written", says, mark("I have written it down"), role="primary")
        self._written.clicked.connect(self._ask_back)
        return card(title, explained, self._sheet, self._written)

    def _third_step(self) -> QFrame:
        says = self.says
        title, explained = label("title"), label()
        says(title.setText, mark("Type it back"))
        says(explained.setText, mark("Type the code from your paper. This checks that it can be read."))
        self._typed = line_edit("create_typed_code", says, mark("The recovery code from the paper"))
        self._compared = label("soft")
        self._compared.setObjectName("create_compared")
        self._finish = button("create_finish", says, mark("Open the new archive"), role="primary")
        again = button("create_show_again", says, mark("Show the code again"), role="link")
        self._typed.textChanged.connect(self._compare)
        self._typed.returnPressed.connect(self._finish.click)
        self._finish.clicked.connect(self._done)
        again.clicked.connect(lambda: self._steps.setCurrentIndex(1))
        self._compare()
        return card(
            title, explained, field(says, mark("The recovery code from the paper"), self._typed), self._compared, self._finish,
            again,
        )  # fmt: skip

    def _choose(self) -> None:
        """A folder that holds something already gets a new one inside it."""
        chosen = self._door.choose_folder(tr("Folder for the new archive"), Path(self._folder.text()).parent)
        if chosen is not None:
            name = self._door.program.default_archive.name
            self._folder.setText(str(chosen if is_free(chosen) else chosen / free_name(chosen, name)))

    def _look_at_folder(self) -> None:
        told, role, self._taken = self._about(self._folder.text())
        self._place_told.setText(told)
        restyle(self._place_told, role)
        self._place_told.setVisible(bool(told))
        self._judge()

    def _about(self, written: str) -> tuple[str, str, bool]:
        """What is to be said of this place, how, and whether something lies there. Who copies it is told, not forbidden."""
        try:
            folder = Path(written).expanduser()
            if not is_free(folder):
                return tr("This folder is not empty. Choose another one, or a new one inside it."), "caution", True
            provider = self._door.program.archives.synchronised_by(folder)
        except (RuntimeError, ValueError, OSError):  # half typed: nobody's home, or no path at all
            return "", "soft", False
        if provider:
            return tr(
                "{provider} copies this folder to its own computers: sealed, but with its sizes and dates.", provider=provider
            ), "caution", False  # fmt: skip
        if folder != self._door.program.default_archive:
            words = tr("The program keeps no note of this place: from here, the archive is opened with “Another archive …”.")
            return words, "soft", False
        return "", "soft", False

    def _judge(self) -> None:
        judge_passphrase(self._passphrase, self._again, self._judged, self._make)
        if self._taken:
            self._make.setEnabled(False)

    def _create(self) -> None:
        folder, passphrase = Path(self._folder.text()).expanduser(), self._passphrase.text()
        owner = self._who.text().strip() or FIRST_OWNER
        # All of it, the way back too: a second key on the way back would leave an archive whose recovery code nobody ever saw.
        self._place.setEnabled(False)
        self._door.banner.hide()
        create = self._door.program.archives.create
        self._door.jobs.run(lambda: create(folder, passphrase, owner), self._created, self._failed, owner=self)

    def _created(self, made: tuple[OpenArchive, str]) -> None:
        self._made, self._expected = made
        self._sheet.show_code(self._expected)
        self.forget()
        self._place.setEnabled(True)
        self._steps.setCurrentIndex(1)
        self._written.setFocus()

    def _failed(self, error: Exception) -> None:
        self._place.setEnabled(True)
        self._judge()
        self._passphrase.setFocus()
        if isinstance(error, OralHistoryError):
            self._door.banner.trouble(error)

    def _ask_back(self) -> None:
        self._steps.setCurrentIndex(2)
        self._typed.setFocus()

    def _compare(self) -> None:
        typed, expected = plain_code(self._typed.text()), plain_code(self._expected)
        right = bool(expected) and typed == expected
        group = differing_group(typed, expected)
        wrong = tr("Group {n} differs from the code, counted from the beginning.", n=group) if group else ""
        self._compared.setText(tr("It is right.") if right else wrong)
        restyle(self._compared, "good" if right else "caution")
        self._finish.setEnabled(right)

    def _done(self) -> None:
        made, self._made, self._expected = self._made, None, ""
        self._sheet.clear()
        self._typed.setText("")  # what is cleared otherwise comes back with Ctrl+Z
        if made is not None:
            self._door.opened(made)

