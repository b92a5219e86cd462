"""A folder that may be set or not: which one, whether it is there now, another one, none."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oralhistory.i18n import mark, tr
from oralhistory.ui.look import choosing
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, label, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class FolderLine(QWidget):
    """`picked` carries the folder, or None. `none` says in words what holds without one, `drop` what gives it up.

    `absent` is said where it is no trouble that the folder is not there; without it, that is a caution. `below`: the buttons
    stand below the folder, else behind it.
    """

    picked = Signal(object)

    def __init__(
        self, name: str, says: Wording, *, title: str, none: str, drop: str, absent: str = "", below: bool = False
    ) -> None:
        super().__init__()
        self._title, self._none, self._absent = title, none, absent
        self._folder: Path | None = None
        self.choose_folder: Callable[[str], str] = self._ask
        self._told = label()
        self._told.setObjectName(f"{name}_folder")
        role = "" if below else "link"
        choose = button(f"{name}_choose", says, mark("Choose a folder …"), role=role)
        self._drop = button(f"{name}_none", says, drop, role=role)
        choose.clicked.connect(self._choose)
        self._drop.clicked.connect(lambda: self.picked.emit(None))
        if below:
            self.setLayout(column(self._told, Flow(choose, self._drop), spacing=GRID // 2))
        else:
            layout = row(self._told, choose, self._drop)
            layout.setStretch(0, 1)
            self.setLayout(layout)
        self.show_folder(None)

    def show_folder(self, folder: Path | None) -> None:
        self._folder = folder
        there = folder is not None and folder.is_dir()
        self._drop.setVisible(folder is not None)
        if folder is None:
            self._told.setText(tr(self._none))
        else:
            absent = tr(self._absent or mark("{folder} – not there now"), folder=str(folder))
            self._told.setText(str(folder) if there else absent)
        restyle(self._told, "" if folder is None or there or self._absent else "caution")

    def retranslate(self) -> None:
        self.show_folder(self._folder)

    def _choose(self) -> None:
        chosen = self.choose_folder(str(self._folder or Path.home()))
        if chosen:
            self.picked.emit(Path(chosen))

    def _ask(self, begin: str) -> str:
        return choosing.folder(self, tr(self._title), begin)
