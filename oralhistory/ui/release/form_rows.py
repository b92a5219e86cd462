"""Every form a name is known by, one a row, with what sort of form it is; an empty row at the end takes the next one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from oralhistory.domain.redaction import VariantKind
from oralhistory.domain.transcript import normalised
from oralhistory.i18n import mark
from oralhistory.ui.look.pieces import Choice, column, line_edit, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.kinds import FORMS


class _Row(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        says = Wording()
        self.form: QLineEdit = line_edit(f"release_form_{number}", says, mark("A form it is known by"))
        says(self.form.setPlaceholderText, mark("another form"))
        self.kind = Choice(f"release_form_kind_{number}", says, mark("What sort of form"), list(FORMS.items()))
        self.form.setMinimumWidth(9 * GRID)
        layout = row(self.form, self.kind)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        self.setLayout(layout)


class FormRows(QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._column = column(spacing=GRID // 2)
        self.setLayout(self._column)

    def begin(self, forms: Sequence[str], kinds: Mapping[str, VariantKind]) -> None:
        for one in self._rows:
            self._column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._rows = []
        for form in (*forms, ""):
            made = self._add(form)
            made.kind.pick(kinds[form].value if form in kinds else "")
        self.changed.emit()

    def forms(self) -> tuple[str, ...]:
        return tuple(self._told())

    def kinds(self) -> dict[str, VariantKind]:
        return {form: VariantKind(kind) for form, kind in self._told().items() if kind}

    def _told(self) -> dict[str, str]:
        told = {normalised(one.form.text()): one.kind.value for one in self._rows}
        told.pop("", None)
        return told

    def _add(self, text: str = "") -> _Row:
        made = _Row(len(self._rows))
        made.form.setText(text)
        made.form.textChanged.connect(self._grow)
        self._rows.append(made)
        self._column.addWidget(made)
        return made

    def _grow(self) -> None:
        if self._rows and self._rows[-1].form.text().strip():
            self._add()
        self.changed.emit()
