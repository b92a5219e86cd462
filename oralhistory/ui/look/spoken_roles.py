"""What a screen reader is told that a widget is, where Qt sees only a plain area: by the name of the widget's class.

Names are the widgets' own (`setAccessibleName`).
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

Role = QAccessible.Role
ROLES = {
    "Answers": Role.Grouping,
    "Banner": Role.AlertMessage,
    "CardView": Role.Grouping,
    "FindingCard": Role.Grouping,
    "LevelMeter": Role.Indicator,
    "SegmentView": Role.Grouping,
    "TimeShown": Role.Indicator,
    "TimeStrip": Role.Graphic,
    "Waveform": Role.Graphic,
}
_TOLD = "spoken_roles"


def tell(app: QApplication) -> None:
    """From now on in this program; once is enough, and Qt offers no way to take it back."""
    if not app.property(_TOLD):
        QAccessible.installFactory(_made)
        app.setProperty(_TOLD, True)


def _made(kind: str, widget: QObject) -> QAccessibleInterface | None:
    """Qt asks for each class of a widget in turn, and for those above it; nothing is the answer for what it knows itself."""
    role = ROLES.get(kind)
    return QAccessibleWidget(widget, role) if role is not None and isinstance(widget, QWidget) else None
