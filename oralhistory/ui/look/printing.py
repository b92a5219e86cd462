"""Printing plain text through the system's own dialog. Its queue keeps the text, which is said beside every such button."""

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from oralhistory.i18n import mark

SPOOL = mark(
    "What is printed stays in the printer's queue on this machine for a while, where the passphrase does not protect it."
)


def print_text(parent: QWidget, text: str) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, parent).exec():
        document = QTextDocument()
        document.setPlainText(text)
        document.print_(printer)
