"""How the window looks: named colours for light and dark, one style sheet, a grid of 8, a size of text.

The colours and the sheet are data in `resources/style`. Follows the system unless the person chose.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from oralhistory import i18n
from oralhistory.settings import SettingsFile
from oralhistory.ui.look.icons import Icons
from oralhistory.ui.look.letters import dressed

GRID = 8
"""Distances are multiples of this, in device-independent pixels."""
_BASE_POINTS = 10.5
_SIZES = {"small": 0.9, "body": 1.0, "large": 1.25, "title": 1.5, "sign": 2.4, "reading": 1.4,
          "reading_alone": 1.9, "clock": 4.6, "clock_small": 2.8}  # fmt: skip
_LINE = 20
_LINES = {"field_line": 20.0, "button_line": 17.5}
"""The least height of a line in pixels, for letters of the usual size. Qt takes what a sheet gives as the least, even below what
the letters need, and those of Korean are higher than the font's own: in a field, where nothing around them is theirs, they have
to fit."""
_SIDES = {"arrow_side": 16, "box_side": 18}
"""Of what is drawn in fields, in pixels, beside letters of the usual size or smaller ones."""
_ICON = "lineIcon"


class Theme(QObject):
    """`changed` is emitted when colours or sizes changed; whoever paints asks `color` again."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: SettingsFile, resources: Path) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._tokens: dict[str, dict[str, str]] = json.loads((resources / "style" / "tokens.json").read_text("utf-8"))
        self._sheet = Template((resources / "style" / "window.qss").read_text("utf-8"))
        self._icons = Icons(resources / "icons")
        self._icon_folder = resources / "icons"
        self._colors = self._mixed()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def dark(self) -> bool:
        chosen = self._settings.current.theme
        if chosen == "system":
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return chosen == "dark"

    @property
    def tokens(self) -> Mapping[str, str]:
        """Every colour by its name, as ``#RRGGBB``."""
        return self._tokens["dark" if self.dark else "light"]

    def _mixed(self) -> dict[str, QColor]:
        return {name: QColor(value) for name, value in self.tokens.items()}

    def color(self, token: str) -> QColor:
        """As the window shows it now: what is chosen meanwhile comes with `apply`. Asked for at each step of what moves."""
        return self._colors[token]

    @property
    def scale(self) -> float:
        """How large the letters are, 1 is the usual size."""
        return self._settings.current.text_size / 100

    def points(self, role: str = "body") -> float:
        """The size of text for `role` (small, body, large, title, reading, clock), in points."""
        return _BASE_POINTS * _SIZES[role] * self.scale

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        font = QFont(self._app.font())
        font.setPointSizeF(self.points(role))
        font.setBold(bold)
        return font

    def icon(self, name: str, token: str = "text") -> QIcon:
        return self._icons.icon(name, self.color(token), self.color("line_strong"))

    def dress(self, button: QAbstractButton, name: str, token: str = "text") -> None:
        """Give a button its icon, and again whenever the colours change."""
        button.setProperty(_ICON, f"{name} {token}")
        self._dress(button)

    def undress(self, button: QAbstractButton) -> None:
        """Take the icon off again."""
        button.setProperty(_ICON, None)
        button.setIcon(QIcon())

    def apply(self) -> None:
        """Use the colours and sizes that the settings (or the system) say."""
        self._colors = self._mixed()
        font = dressed(self._app.font(), i18n.language())
        font.setPointSizeF(self.points())
        self._app.setFont(font)
        self._app.setPalette(self._palette())
        sizes = {f"size_{role}": f"{self.points(role):.1f}pt" for role in _SIZES}
        for name, least in _LINES.items():
            sizes[name] = f"{max(_LINE, round(least * self.scale))}px"
        for name, side in _SIDES.items():
            sizes[name] = f"{max(side, round(side * self.scale))}px"
        shade = "dark" if self.dark else "light"
        drawings = {"check": "tick", "arrow": "open", "empty": "close"}
        scheme = {name: (self._icon_folder / f"{drawn}-{shade}.svg").as_posix() for name, drawn in drawings.items()}
        self._app.setStyleSheet("")  # from one sheet to another without this takes Qt five times as long
        self._app.setStyleSheet(self._sheet.substitute(self.tokens, **sizes, **scheme))
        for widget in self._app.allWidgets():
            if isinstance(widget, QAbstractButton) and widget.property(_ICON):
                self._dress(widget)
        self.changed.emit()

    def speak(self) -> None:
        """Another language is in use: its letters come from its own fonts."""
        font = dressed(self._app.font(), i18n.language())
        if font != self._app.font():
            self._app.setFont(font)

    @contextmanager
    def undressed(self) -> Iterator[None]:
        """Build many widgets without the sheet, which comes back when the block ends: nothing is painted in between.

        Qt fits the sheet to a widget and everything in it whenever it gets another parent: for the window of an archive that
        is four times the work of building it.
        """
        sheet = self._app.styleSheet()
        self._app.setStyleSheet("")
        try:
            yield
        finally:
            self._app.setStyleSheet(sheet)

    def _follow(self) -> None:
        if self._settings.current.theme == "system":
            self.apply()

    def _dress(self, button: QAbstractButton) -> None:
        name, token = str(button.property(_ICON)).split()
        side = round(self.points() * 1.8)
        # For plain and for fine screens, and no other sizes: the window of an archive has more than a dozen.
        sizes = (side, side * max(2, ceil(self._app.devicePixelRatio())))
        button.setIcon(self._icons.icon(name, self.color(token), self.color("line_strong"), sizes))
        button.setIconSize(QSize(side, side))

    def _palette(self) -> QPalette:
        roles = {
            QPalette.ColorRole.Window: "window", QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface", QPalette.ColorRole.AlternateBase: "surface_alt",
            QPalette.ColorRole.Text: "text", QPalette.ColorRole.PlaceholderText: "text_soft",
            QPalette.ColorRole.Button: "surface", QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.ToolTipBase: "surface", QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.Link: "accent",
        }  # fmt: skip
        palette = QPalette()
        for role, token in roles.items():
            palette.setColor(role, self.color(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text_soft"))
        return palette
