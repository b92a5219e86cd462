"""Colours that can be read, icons that are there, sizes that follow the setting; and Qt's reference counts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
)

from oralhistory import paths
from oralhistory.errors import ProgramFault
from oralhistory.settings import THEMES, SettingsFile
from oralhistory.ui.look.theme import Theme

TEXT_PAIRS = [
    *((text, ground) for text in ("text", "text_soft") for ground in ("window", "surface", "surface_alt", "hover")),
    *((text, ground) for text in ("accent", "good", "caution", "danger") for ground in ("window", "surface")),
    *((f"speaker_{n}", ground) for n in range(1, 7) for ground in ("surface", "surface_alt")),
    *((f"{kind}", f"{kind}_soft") for kind in ("good", "caution", "danger")),
    *(("text", f"{kind}_soft") for kind in ("good", "caution", "danger")),
    ("on_accent", "accent"), ("on_accent_soft", "accent_soft"), ("text", "mark"),
]  # fmt: skip
LINE_PAIRS = [("line_strong", "surface"), ("line_strong", "window"), ("accent", "window"), ("accent", "surface")]


@pytest.fixture
def theme(app: QApplication, settings: SettingsFile) -> Iterator[Theme]:
    yield Theme(app, settings, paths.resources())
    app.setStyleSheet("")


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: QColor) -> float:
    """WCAG 2.2, "relative luminance"."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
             for c in (color.redF(), color.greenF(), color.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_text_can_be_read(theme: Theme, settings: SettingsFile, name: str) -> None:
    settings.change(theme=name)
    weak = {
        (front, back): round(contrast(theme.color(front), theme.color(back)), 2)
        for pairs, least in ((TEXT_PAIRS, 4.5), (LINE_PAIRS, 3.0))
        for front, back in pairs
        if contrast(theme.color(front), theme.color(back)) < least
    }
    assert weak == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_stands_in_an_empty_field_can_be_read(theme: Theme, settings: SettingsFile, name: str) -> None:
    settings.change(theme=name)
    theme.apply()
    for empty in (QLineEdit(), QPlainTextEdit(), QComboBox()):
        empty.ensurePolished()
        words = empty.palette().color(QPalette.ColorRole.PlaceholderText)
        assert words.alpha() == 255
        assert contrast(words, theme.color("surface")) >= 4.5


def test_both_schemes_have_the_same_names(theme: Theme, settings: SettingsFile) -> None:
    names = []
    for name in THEMES[1:]:
        settings.change(theme=name)
        names.append(sorted(theme.tokens))
    assert names[0] == names[1]


def test_an_icon_is_drawn_in_the_colour_asked_for_and_follows_the_scheme(theme: Theme, settings: SettingsFile) -> None:
    settings.change(theme="light")
    button = QPushButton()
    theme.dress(button, "stop")
    assert theme.color("text").name() in colours_of(button)
    settings.change(theme="dark")
    theme.apply()
    assert theme.color("text").name() in colours_of(button)
    assert theme.dark


def colours_of(button: QPushButton) -> set[str]:
    image = button.icon().pixmap(64, 64).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_an_icon_that_was_never_drawn_is_refused(theme: Theme) -> None:
    with pytest.raises(ProgramFault):
        theme.icon("no-such-icon")


def test_the_size_of_text_follows_the_setting_and_is_no_ratchet(theme: Theme, app: QApplication, settings: SettingsFile
                                                                ) -> None:
    theme.apply()
    normal = app.font().pointSizeF()
    for size in (150, 150, 100):
        settings.change(text_size=size)
        theme.apply()
        assert app.font().pointSizeF() == pytest.approx(normal * size / 100)


def test_twenty_thousand_calls_that_return_nothing_leave_none_alive(app: QApplication) -> None:
    label = QLabel()
    for number in range(20_000):
        label.setVisible(False)
        label.setNum(number)
    assert label.text() == "19999"


def test_a_box_to_tick_in_a_list_is_seen_in_every_look(app: QApplication, theme: Theme, settings: SettingsFile) -> None:
    rows = QListWidget()
    row = QListWidgetItem("a place")
    row.setCheckState(Qt.CheckState.Unchecked)
    rows.addItem(row)
    rows.show()
    for look in ("dark", "light"):
        settings.change(theme=look)
        theme.apply()
        app.processEvents()
        seen, place = rows.viewport().grab().toImage(), rows.visualItemRect(row)
        across = {seen.pixelColor(x, place.center().y()).name().upper() for x in range(place.left(), place.right())}
        assert theme.color("line_strong").name().upper() in across, look
    rows.close()
