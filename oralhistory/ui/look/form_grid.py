"""Fields below each other with their words at the left, each word level with its field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QPlainTextEdit, QVBoxLayout, QWidget

from oralhistory.ui.look.pieces import label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


def form_grid(says: Wording, fields: Sequence[tuple[str, QWidget | QLayout]]) -> QGridLayout:
    """`fields` are (words, field); the fields take what room there is."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    for at, (words, field) in enumerate(fields):
        name = label("soft", wrap=False)
        says(name.setText, words)
        parts = field.layout() if isinstance(field, QWidget) else field
        top = isinstance(field, QPlainTextEdit) or isinstance(parts, QVBoxLayout)  # high, or with something below it
        if top:
            name.setContentsMargins(0, GRID, 0, 0)
        grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
        if isinstance(field, QWidget):
            grid.addWidget(field, at, 1)
        else:
            grid.addLayout(field, at, 1)
    return grid
