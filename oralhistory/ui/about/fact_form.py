"""The fields of an interview or a person as a form: what is changed is stated as soon as its field is left.

A field that was not understood keeps what was typed, and says so; what was stated before stands below the form.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from oralhistory.domain.facts import FIELDS, About, Field, written
from oralhistory.i18n import mark, tr
from oralhistory.services.library.fact_words import FIELD, HINT, SIGNS, VALUES
from oralhistory.ui.about.language_uses import LanguageUses
from oralhistory.ui.look.form_grid import form_grid
from oralhistory.ui.look.pieces import Choice, column, line_edit, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.wrapping import Wrapping


def explained(says: Wording, widget: QWidget, signs: str) -> QVBoxLayout:
    """A field with what the signs in it mean below it, said to who cannot see that too."""
    says(widget.setAccessibleDescription, signs)
    return column(widget, sentence(says, signs, "small"), spacing=GRID // 2)


class Lines(QPlainTextEdit):
    """Several lines; `finished` when it is left."""

    finished = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(9 * GRID)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


class Boxes(QWidget):
    """Several of a list of values."""

    picked = Signal()

    def __init__(self, name: str, says: Wording, words: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._boxes: dict[str, QCheckBox] = {}
        for value, message in words.items():
            box = QCheckBox()
            box.setObjectName(f"{name}_{value}")
            says(box.setText, message)
            box.clicked.connect(lambda _checked: self.picked.emit())
            self._boxes[value] = box
        self.setLayout(column(Wrapping(list(self._boxes.values()), spacing=GRID)))

    @property
    def value(self) -> str:
        return ", ".join(value for value, box in self._boxes.items() if box.isChecked())

    def pick(self, value: str) -> None:
        chosen = value.split(", ")
        for name, box in self._boxes.items():
            box.setChecked(name in chosen)


class FactForm(QWidget):
    """`stated` carries the name of a field and what was typed, when that is another text than what is known."""

    stated = Signal(str, str)

    def __init__(self, prefix: str, says: Wording, about: About) -> None:
        super().__init__()
        self._fields = [one for one in FIELDS.values() if one.about is about]
        self._known: dict[str, str] = dict.fromkeys((one.name for one in self._fields), "")
        self._get: dict[str, Callable[[], str]] = {}
        self._put: dict[str, Callable[[str], None]] = {}
        rows: list[tuple[str, QWidget | QLayout]] = []
        for one in self._fields:
            widget = self._editor(f"{prefix}_{one.name}", says, one)
            says(widget.setAccessibleName, FIELD[one.name])
            rows.append((FIELD[one.name], explained(says, widget, SIGNS[one.name]) if one.name in SIGNS else widget))
        self._grid = form_grid(says, rows)
        self.setLayout(self._grid)
        says(self._align, FIELD[self._fields[0].name])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._align()

    def _align(self, _words: str = "") -> None:
        """The forms of an interview and of its people stand below each other: their fields begin at one place."""
        longest = max(self.fontMetrics().horizontalAdvance(tr(words)) for words in FIELD.values())
        self._grid.setColumnMinimumWidth(0, longest + GRID // 2)  # a label wants a little more than its words

    def fill(self, facts: Mapping[str, Any], *, anew: bool) -> None:
        """Show what is known; `anew` false: what somebody is typing stays."""
        for one in self._fields:
            text = written(facts[one.name]) if one.name in facts else ""
            if anew or self._get[one.name]() == self._known[one.name]:
                self._put[one.name](text)
            self._known[one.name] = text

    def changed(self) -> Sequence[tuple[str, str]]:
        """The fields that were typed into and not yet stated."""
        typed = ((one.name, self._get[one.name]().strip()) for one in self._fields)
        return [(name, text) for name, text in typed if text != self._known[name]]

    def _editor(self, name: str, says: Wording, one: Field) -> QWidget:
        if one.choices and one.many:
            boxes = Boxes(name, says, VALUES[one.name])
            boxes.picked.connect(lambda: self._say(one.name))
            self._get[one.name], self._put[one.name] = lambda: boxes.value, boxes.pick
            return boxes
        if one.name == "language_roles":
            uses = LanguageUses(name, says)
            uses.picked.connect(lambda: self._say(one.name))
            self._get[one.name], self._put[one.name] = lambda: uses.value, uses.pick
            return uses
        if one.choices:
            choice = Choice(name, says, FIELD[one.name], [("", mark("not known")), *VALUES[one.name].items()])
            choice.picked.connect(lambda: self._say(one.name))
            self._get[one.name], self._put[one.name] = lambda: choice.value, choice.pick
            return choice
        if one.lines:
            lines = Lines(name)
            lines.finished.connect(lambda: self._say(one.name))
            self._get[one.name], self._put[one.name] = lines.toPlainText, lines.setPlainText
            return lines
        return self._line(name, says, one)

    def _line(self, name: str, says: Wording, one: Field) -> QLineEdit:
        line = line_edit(name, says, FIELD[one.name])
        if one.name in HINT:
            says(line.setPlaceholderText, HINT[one.name])
        line.editingFinished.connect(lambda: self._say(one.name))
        self._get[one.name], self._put[one.name] = line.text, line.setText
        return line

    def _say(self, name: str) -> None:
        for changed, text in self.changed():
            if changed == name:
                self.stated.emit(name, text)
