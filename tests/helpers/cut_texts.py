"""Words that have less room than they need: cut at an edge, ending with "…" before they end, or beyond what they stand in."""

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from oralhistory.ui.look.theme import GRID

_SLACK = 1
"""Pixels by which Qt rounds a height for a width otherwise than the layout does."""


def cut_texts(window: QWidget) -> Iterator[str]:
    """What of `window` is seen and cut, each with what it needs and what it has, in pixels."""
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.window() is window:
            if _is_beyond(one):
                yield f"{one.objectName() or type(one).__name__} in {_place(one)} lies beyond it: {one.geometry()}"
            needs, has = _room(one)
            if needs > has + _SLACK:
                name = one.objectName() or type(one).__name__
                yield f"{name} in {_place(one)}: “{str(one.property('text') or '')[:40]}” needs {needs}, has {has}"


def _room(one: QWidget) -> tuple[int, int]:
    if isinstance(one, QLabel) and one.text():
        if one.wordWrap():
            return one.heightForWidth(one.width()), one.height()
        return one.sizeHint().width(), one.width()
    if isinstance(one, QAbstractButton) and one.text():
        return one.sizeHint().width(), one.width()
    if isinstance(one, QComboBox) and not one.isEditable():
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, one)
        return one.fontMetrics().horizontalAdvance(one.currentText()), field.width()
    return 0, 0


def _is_beyond(one: QWidget) -> bool:
    around = one.parentWidget()
    if around is None or not isinstance(one, QLabel | QAbstractButton | QComboBox):
        return False
    if isinstance(around, QAbstractScrollArea) or isinstance(around.parentWidget(), QAbstractScrollArea):
        return False  # one scrolls to it
    unseen = GRID if one.property("role") == "link" else 0  # left of its words a link shows nothing
    seen = one.geometry().adjusted(unseen, 0, 0, 0)
    return not around.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(seen)


def _place(one: QWidget) -> str:
    """The nearest around it that has a name."""
    around = one.parentWidget()
    while around is not None and not around.objectName():
        around = around.parentWidget()
    return around.objectName() if around is not None else "the window"
