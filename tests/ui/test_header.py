"""The steps of an interview in a narrow window, in large letters: no word of them is ever cut."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from oralhistory import i18n, paths
from oralhistory.settings import SettingsFile
from oralhistory.ui.interviews.header import STEPS, InterviewHeader
from oralhistory.ui.look.theme import Theme


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("size", [100, 150, 200])
def test_no_word_is_cut_and_the_step_in_hand_has_its_name(
    app: QApplication, settings: SettingsFile, language: str, size: int
) -> None:
    settings.change(text_size=size)
    i18n.use(language)
    theme = Theme(app, settings, paths.resources())
    theme.apply()
    header = InterviewHeader(theme)
    tabs = [tab for name in STEPS for tab in header.findChildren(QPushButton, f"step_{name}")]
    try:
        header.show_step("transcript")
        header.show()
        for width in (1_400, 720, 620, 560, 1_400):
            header.resize(width, 120)
            app.processEvents()
            assert all(tab.width() >= tab.sizeHint().width() for tab in tabs), f"cut at {width}"
            assert tabs[2].text() == tabs[2].accessibleName() == i18n.tr(STEPS["transcript"])
            assert all(tab.text() or not tab.icon().isNull() for tab in tabs)
            assert all(tab.accessibleName() in tab.toolTip() for tab in tabs)
        assert [tab.text() for tab in tabs] == [i18n.tr(words) for words in STEPS.values()]
    finally:
        header.close()
        app.setStyleSheet("")
        i18n.use("en")
