"""Printing a paper through the system's own dialog. Its queue keeps the text, which is said beside every such button.

The title is the largest, heads of sections stand out, and no page begins or ends in the middle of a paragraph. Ink is black,
whatever the window's colours and the size of its text are.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColorConstants,
    QFont,
    QPageLayout,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from oralhistory.domain.paper import Paper
from oralhistory.durable import PRIVATE
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.pieces import button, column, label, restyle, row, sentence
from oralhistory.ui.look.wording import Wording

SPOOL = mark(
    "What is printed stays in the printer's queue on this machine for a while, where the passphrase does not protect it."
)
_MARGIN_MM = 20
_TITLE, _HEAD, _BODY, _FOOT = 17.0, 12.5, 10.5, 8.5
"""Sizes of type, in points."""


@dataclass(frozen=True, slots=True)
class Printed:
    """`file` is where it was written instead of to paper; else `printer` got it."""

    file: str
    printer: str


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """Neither the printer nor the file took it."""


class PrintRow(QWidget):
    """A button that prints what `paper` gives, and below it where that went; `holds` says what stands on it.

    Without `to_file` what is printed may only go to a printer. `printed` once it went somewhere.
    """

    printed = Signal()

    def __init__(
        self, name: str, says: Wording, message: str, holds: str, paper: Callable[[], Paper], *, to_file: bool = True
    ) -> None:
        super().__init__()
        self._paper, self._to_file = paper, to_file
        self.print_paper: Callable[[Paper], Printed | NotPrinted | None] = self._ask
        out = button(name, says, message)
        out.clicked.connect(self._print)
        self._told = label("good")
        self._told.setObjectName(f"{name}_told")
        line = row(out)
        line.addStretch(1)
        self.setLayout(column(line, self._told, sentence(says, holds, "small"), sentence(says, SPOOL, "small")))
        self.begin()

    def begin(self) -> None:
        """Another interview: what was printed was of the last one."""
        self._told.hide()

    def _print(self) -> None:
        done = self.print_paper(self._paper())
        if done is not None:
            restyle(self._told, "good" if isinstance(done, Printed) else "caution")
            self._told.setText(_in_words(done))
            self._told.show()
            if isinstance(done, Printed):
                self.printed.emit()

    def _ask(self, paper: Paper) -> Printed | NotPrinted | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, self._to_file)
        chosen = dialog.exec()
        delete(dialog)  # its parent would keep it beyond the printer that it points to
        if not chosen:
            return None
        if printer.outputFileName() and not self._to_file:
            return NotPrinted()
        return put_on(printer, paper)


def put_on(printer: QPrinter, paper: Paper) -> Printed | NotPrinted:
    """Print it there, each page with its number."""
    printer.setPageMargins(QMarginsF(*[_MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
    document = typeset(paper, printer)
    page = document.pageSize()
    painter = QPainter()
    if not painter.begin(printer):
        return NotPrinted()
    for number in range(document.pageCount()):
        if number and not printer.newPage():
            painter.end()
            return NotPrinted()
        _draw(painter, document, QRectF(0, number * page.height(), page.width(), page.height()))
        painter.setFont(_font(_FOOT))
        foot = QRectF(0, page.height(), page.width(), _foot_height(printer))
        corner = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
        painter.drawText(foot, corner, f"{number + 1} / {document.pageCount()}")
    painter.end()
    file = printer.outputFileName()
    if file:
        if not Path(file).is_file():
            return NotPrinted()
        with suppress(OSError):  # private like all that leaves; not every stick knows of that
            Path(file).chmod(PRIVATE)
    return Printed(file, printer.printerName())


def typeset(paper: Paper, printer: QPrinter) -> QTextDocument:
    """The paper in pages of that printer."""
    document = QTextDocument()
    document.setDefaultFont(_font(_BODY))
    document.documentLayout().setPaintDevice(printer)
    room = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
    document.setPageSize(QSizeF(room.width(), room.height() - _foot_height(printer)))
    document.setDocumentMargin(0)
    cursor, units = QTextCursor(document), list[list[int]]()
    if paper.title:
        units.append([_add(cursor, paper.title, _TITLE, bold=True, above=0)])
    for section in paper.sections:
        head = [_add(cursor, section.head, _HEAD, bold=True, above=14)] if section.head else []
        body = [_add(cursor, text, _BODY, bold=False, above=6) for text in section.paragraphs]
        if section.together:
            units.append([*(units.pop() if units else []), *head, *body])
        else:
            units += [[*head, *body[:1]], *([one] for one in body[1:])]
    for unit in units:
        _keep_together(document, unit)
    return document


def _keep_together(document: QTextDocument, unit: list[int]) -> None:
    """Have these blocks begin a page if they would be torn otherwise."""
    layout, high = document.documentLayout(), document.pageSize().height()
    first, last = document.findBlockByNumber(unit[0]), document.findBlockByNumber(unit[-1])
    top, bottom = layout.blockBoundingRect(first).top(), layout.blockBoundingRect(last).bottom()
    if int(top // high) != int((bottom - 1) // high) and bottom - top <= high:
        cursor = QTextCursor(first)
        form = first.blockFormat()
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setBlockFormat(form)


def _add(cursor: QTextCursor, text: str, points: float, *, bold: bool, above: int) -> int:
    """One more block; its number. `above`: the room over it, in points."""
    form, letters = QTextBlockFormat(), QTextCharFormat()
    form.setTopMargin(above * 96 / 72)  # Qt turns dots of a screen into those of the printer
    form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    letters.setFont(_font(points, bold=bold))
    if cursor.position():
        cursor.insertBlock(form, letters)
    else:
        cursor.setBlockFormat(form)
        cursor.setBlockCharFormat(letters)
    cursor.insertText(text.replace("\n", "\N{LINE SEPARATOR}"), letters)
    return cursor.block().blockNumber()


def _draw(painter: QPainter, document: QTextDocument, view: QRectF) -> None:
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColorConstants.Black)
    context.palette = palette
    context.clip = view
    painter.save()
    painter.translate(0, -view.top())
    painter.setClipRect(view)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _foot_height(printer: QPrinter) -> float:
    """Of the line with the number, in the printer's dots."""
    return 2.5 * _FOOT * printer.logicalDpiY() / 72


def _font(points: float, *, bold: bool = False) -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _in_words(done: Printed | NotPrinted) -> str:
    if isinstance(done, NotPrinted):
        return tr("It could not be printed. Look whether the printer is on, or whether the folder can be written to.")
    if done.file:
        return tr("Saved as {file}. The passphrase does not protect it there.", file=done.file)
    return tr("Handed to the printer {printer}.", printer=done.printer)
