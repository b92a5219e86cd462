"""How closely the text is to follow what was said: chosen for the interview, seen by who corrects it, told in every export."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from oralhistory.domain.interview import Verbatim
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

NAMES = {
    Verbatim.STRICT: mark("Strict verbatim"),
    Verbatim.LIGHT: mark("Light verbatim"),
    Verbatim.CLEAN: mark("Clean verbatim"),
}
RULES = {
    Verbatim.STRICT: mark("Strict: every word, stutter, false start and filler stays"),
    Verbatim.LIGHT: mark("Light: stutters and fillers are left out, every other word stays"),
    Verbatim.CLEAN: mark("Clean: repetitions and false starts are left out too, nothing is put in other words"),
}


class VerbatimChoice(QObject):
    """`button` stands in a bar of somebody else's and opens the levels."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._code, self._level = "", Verbatim.STRICT
        self.button: QPushButton = button("review_verbatim", Wording(), "", role="link")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        menu = QMenu(self.button)
        group = QActionGroup(menu)
        self._actions = {level: self._action(menu, group, level) for level in Verbatim}
        self.button.setMenu(menu)
        self.again()

    def show_interview(self, code: str) -> None:
        """Whose level is told and chosen from now on."""
        self._code = code
        card = self._context.desk.interviews.card
        self._context.jobs.run(
            lambda: card(code).interview.verbatim, lambda level: self._show(code, level), self._gone, owner=self
        )

    def again(self) -> None:
        """Say everything again in the language now in use."""
        self.button.setText(tr(NAMES[self._level]))
        self.button.setAccessibleName(tr(NAMES[self._level]))
        self.button.setToolTip(tr(RULES[self._level]))
        for level, action in self._actions.items():
            action.setText(tr(RULES[level]))
            action.setChecked(level is self._level)

    def _action(self, menu: QMenu, group: QActionGroup, level: Verbatim) -> QAction:
        action = menu.addAction("")
        action.setObjectName(f"review_verbatim_{level}")
        action.setCheckable(True)
        action.setActionGroup(group)
        action.triggered.connect(partial(self._choose, level))
        return action

    def _choose(self, level: Verbatim, _on: bool = True) -> None:
        code, change = self._code, self._context.desk.interviews.set_field
        if level is not self._level:
            self._context.jobs.run(
                lambda: change(code, "verbatim", level), lambda _: self._show(code, level), self._refused, owner=self
            )

    def _show(self, code: str, level: Verbatim) -> None:
        if code == self._code:
            self._level = level
            self.again()

    def _refused(self, error: Exception) -> None:
        self.again()
        self._context.jobs.tell(error)

    def _gone(self, _error: Exception) -> None:
        """The interview is being taken out of the archive; the page tells."""
