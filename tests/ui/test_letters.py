"""Chinese characters have the form that its readers know, in a window that changes its language too."""

import pytest
from PySide6.QtWidgets import QApplication

from oralhistory import i18n, paths
from oralhistory.settings import SettingsFile
from oralhistory.ui.look.letters import families
from oralhistory.ui.look.theme import Theme

THERE = {"Noto Sans CJK SC", "Cantarell", "Malgun Gothic"}


def test_the_fonts_of_chinese_stand_in_before_any_other() -> None:
    made = families("Cantarell", has_han=False, is_there=THERE.__contains__)
    assert made == ["Cantarell", "Noto Sans CJK SC"], "what the system has letters for is drawn as it draws them"
    assert families("Malgun Gothic", has_han=True, is_there=THERE.__contains__) == ["Noto Sans CJK SC", "Malgun Gothic"]
    assert families("Noto Sans CJK SC", has_han=True, is_there=THERE.__contains__) == ["Noto Sans CJK SC"]
    assert families("Cantarell", has_han=True, is_there=lambda _: False) == ["Cantarell"]


def test_the_letters_follow_the_language(app: QApplication, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oralhistory.ui.look.letters.QFontDatabase.hasFamily", lambda name: name == "Noto Sans CJK SC")
    theme, before, used = Theme(app, settings, paths.resources()), app.font(), []
    theme.apply()
    for language in ("zh_CN", "ko"):
        i18n.use(language)
        theme.speak()
        used.append(app.font().families())
    i18n.use("en")
    app.setStyleSheet("")
    app.setFont(before)
    assert "Noto Sans CJK SC" in used[0]
    assert used[1] == before.families()
