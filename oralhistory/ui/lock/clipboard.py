"""What is copied in the window: kept out of clipboard histories as far as a system lets us, and forgotten when the window locks.

A clipboard that somebody else filled is left alone.
"""

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard

_NO = bytes(4)
_NOT_TO_BE_KEPT = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _NO,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
}
"""What KDE's, GNOME's extensions' and Windows' clipboard histories go by; macOS is not told."""


class KeptOutOfHistories(QObject):
    """As long as it lives, whatever the program copies, from any field, is marked as not to be kept."""

    def __init__(self, clipboard: QClipboard, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        clipboard.dataChanged.connect(self._mark)

    def _mark(self) -> None:
        copied: QMimeData | None = self._clipboard.mimeData()  # none of an empty one: the stubs do not know it
        if copied is None or not self._clipboard.ownsClipboard() or not copied.hasText():
            return
        if copied.hasFormat(next(iter(_NOT_TO_BE_KEPT))):
            return
        marked = QMimeData()
        marked.setText(copied.text())  # no fonts and colours either: words are what somebody wants elsewhere
        for name, value in _NOT_TO_BE_KEPT.items():
            marked.setData(name, value)
        self._clipboard.setMimeData(marked)


def forget_copies(clipboard: QClipboard) -> None:
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
