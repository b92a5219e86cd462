"""What was copied in the window does not outlive it: a clipboard that somebody else filled since is left alone."""

from PySide6.QtGui import QClipboard


def forget_copies(clipboard: QClipboard) -> None:
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
