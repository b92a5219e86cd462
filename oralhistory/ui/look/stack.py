"""Pages of which one is in front, all as large as the room that there is."""

from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    def hasHeightForWidth(self) -> bool:
        """No page makes what stands around it higher or lower. Qt would ask each of them, those behind too, at each width."""
        return False
