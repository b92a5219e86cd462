"""What holds for the whole window: names, keyboard, languages, the last net, interrupted takes."""

import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from gettext import NullTranslations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from oralhistory import i18n
from oralhistory.errors import StorageFailed
from oralhistory.settings import SettingsFile
from oralhistory.ui.app import Frame
from oralhistory.ui.lock.cover import Cover
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.page import Page
from oralhistory.ui.steps import PAGES
from tests.ui.conftest import Wait

INTERACTIVE = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar,
               QTextEdit)  # fmt: skip
OURS = ("consent", "history", "welcome", "search", "form", "settings_page")
"""The pages whose words are looked at here."""


class Foreign(NullTranslations):
    """A language in which every sentence stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    plain = i18n._voice.catalogue
    monkeypatch.setattr(i18n.gettext, "translation", lambda *_, **__: Foreign())
    yield
    i18n._voice.catalogue = plain
    i18n._voice.language = "en"


def is_inner(widget: QWidget) -> bool:
    """Parts that Qt makes inside its own widgets: the line of a combo box, its list, buttons of a field."""
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, INTERACTIVE):
        parent = parent.parentWidget()
    return parent is not None


def pages_of(main: MainWindow) -> dict[str, Page]:
    """All of them, made by being asked for."""
    every = {**{name: main.steps[name] for name in PAGES}, "welcome": main.welcome, "search": main.search, "form": main.form}
    return {**every, "settings_page": main.settings_page, "voices": main.voices}


def test_every_interactive_widget_has_a_stable_name_and_an_accessible_one(main: MainWindow) -> None:
    main.open_interview(main.desk.interviews.create(("ko",), "Crane").code)
    pages_of(main)
    nameless = [
        f"{type(one).__name__} “{one.objectName()}” in {type(one.window()).__name__}"
        for one in main.findChildren(QWidget)
        if isinstance(one, INTERACTIVE)
        and not is_inner(one)
        and not (one.isHidden() and isinstance(one, QTextEdit))  # the editor is named for its row when it opens on one
        and not (re.fullmatch(r"[a-z][a-z0-9_]+", one.objectName()) and (one.accessibleName() or getattr(one, "text", str)()))
    ]
    assert nameless == []


def test_names_are_given_once(main: MainWindow) -> None:
    pages_of(main)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    names = [one.objectName() for one in main.findChildren(QWidget) if isinstance(one, INTERACTIVE) and not is_inner(one)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_everything_that_can_be_clicked_can_be_reached_by_keyboard(main: MainWindow) -> None:
    unreachable = [
        one.objectName()
        for page in (pages_of(main)[name] for name in OURS)
        for one in page.findChildren(QAbstractButton)
        if not is_inner(one) and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert unreachable == []


def test_a_switch_of_language_reaches_every_word(frame: Frame, main: MainWindow, wait: Wait, foreign: None) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    wait(lambda: not main.jobs.busy)
    main.open_interview(code)
    main.open_step("history")
    pages = pages_of(main)
    frame.speak("ko")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = {
        text
        for page in [*(pages[name] for name in OURS), *main.findChildren(QWidget, "interviews")]
        for one in page.findChildren(QWidget)
        if isinstance(one, QLabel | QAbstractButton | QLineEdit)
        for text in (one.placeholderText() if isinstance(one, QLineEdit) else one.text(), one.accessibleName())
        if re.search("[A-Za-z]{3}", text) and "«" not in text and text not in i18n.LANGUAGES.values()
    }
    assert left == set()
    assert frame.windowTitle() == "«Archive»"
    for one in main.findChildren(QComboBox):
        codes = one.objectName() in ("settings_language", "consent_narrator")
        if not codes and one.count() and one.objectName().startswith("consent"):
            assert one.count() == 0 or "«" in one.itemText(0) or one.isEditable(), one.objectName()


def test_the_language_is_remembered(frame: Frame, main: MainWindow, settings: SettingsFile) -> None:
    frame.speak("zh_CN")
    assert settings.current.language == "zh_CN"
    assert i18n.language() == "zh_CN"
    i18n.use("en")


def test_each_language_stands_under_its_own_name(frame: Frame, main: MainWindow) -> None:
    frame.speak("ko")
    choice = main.settings_page.findChild(QComboBox, "settings_language")
    i18n.use("en")
    assert choice is not None
    assert [choice.itemText(at) for at in range(choice.count())] == list(i18n.LANGUAGES.values())


def test_a_switch_of_language_keeps_answers_that_are_not_saved(frame: Frame, main: MainWindow, foreign: None) -> None:
    main.open_interview(main.desk.interviews.create(("ko",), "Crane").code)
    granted = main.findChild(QAbstractButton, "consent_record_audio_granted")
    granted.click()
    frame.speak("ko")
    assert granted.isChecked()
    assert granted.text() == "«yes»"
    assert main.steps["consent"].unsaved


def test_the_last_net_names_the_type_and_never_the_words(
    frame: Frame, wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ValueError("the canary sings")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    wait(frame.banner.isVisible)
    words = " ".join(one.text() for one in frame.banner.findChildren(QLabel))
    assert "ValueError" in words
    assert "canary" not in words + caplog.text


def test_a_fault_of_the_world_that_nobody_caught_is_told_in_its_sentences(frame: Frame, wait: Wait) -> None:
    def fail() -> None:
        raise StorageFailed("The disk is full.", todo="Free some space.")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    wait(frame.banner.isVisible)
    words = [one.text() for one in frame.banner.findChildren(QLabel)]
    assert words == ["The disk is full.", "Free some space."]


def test_the_list_gives_its_room_to_the_page_and_is_remembered(
    frame: Frame, main: MainWindow, settings: SettingsFile, wait: Wait
) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    main.open_interview(code)
    shelf = main.findChild(QWidget, "interviews")
    interviews = main.findChild(QAbstractButton, "place_interviews")
    QTest.keyClick(main.window().windowHandle(), Qt.Key.Key_F11)  # type: ignore[call-overload]  # the stubs lack windows
    wait(shelf.isHidden)
    assert settings.current.interview_list == "hidden"
    main.fill_window(True)
    main.fill_window(False)  # a take came and went
    assert shelf.isHidden()
    main._go(main.welcome)  # where nothing is chosen the list is what one chooses from
    QTest.keyClick(main.window().windowHandle(), Qt.Key.Key_F11)  # type: ignore[call-overload]  # the stubs lack windows
    assert not shelf.isHidden() and settings.current.interview_list == "hidden"
    main.open_interview(code)
    assert shelf.isHidden()
    interviews.click()  # from where they are: the list comes
    assert not shelf.isHidden() and main.code == code
    main._go(main.settings_page)
    interviews.click()  # from elsewhere: back to them
    assert not shelf.isHidden() and settings.current.interview_list == "shown"


def test_a_message_takes_no_focus(frame: Frame, main: MainWindow) -> None:
    field = main.findChild(QLineEdit, "interviews_filter")
    field.setFocus()
    assert field.hasFocus()
    frame.banner.fault("ValueError")
    assert field.hasFocus()


def test_good_news_goes_by_itself_and_what_to_act_on_stays_until_the_person_has_gone_on(frame: Frame, main: MainWindow) -> None:
    banner, where = frame.banner, main.page.geometry()
    banner.tell("All is well.", role="note_good")
    assert banner.isVisible() and banner._passing.isActive()
    assert main.page.geometry() == where, "nothing moves because of it"
    banner._passing.timeout.emit()
    assert not banner.isVisible()
    banner.tell("The disk is full.", role="note_caution")
    assert not banner._passing.isActive()
    main._go(main.settings_page)
    assert banner.isVisible(), "it was said a moment ago"
    banner._since.invalidate()
    banner.went_on()
    assert banner.isVisible()
    banner._since = Long()  # type: ignore[assignment]
    main._go(main.welcome)
    assert not banner.isVisible()


class Long:
    """A message that has been there for long."""

    def isValid(self) -> bool:  # noqa: N802
        return True

    def elapsed(self) -> int:
        return 60_000


@pytest.mark.parametrize("size", [pytest.param(100, marks=pytest.mark.full), 150])
def test_the_window_fits_a_small_screen_whatever_is_said(frame: Frame, main: MainWindow, size: int) -> None:
    main.open_interview(main.desk.interviews.create(("ko",), "Crane").code)
    frame._settings.change(text_size=size)
    frame.theme.apply()
    least = {}
    for language in ("ko", "en"):
        frame.speak(language)
        for name in PAGES:
            main.open_step(name)
        frame.banner.tell("An interrupted recording was found and kept.", ["Every whole record is there."] * 4)
        main.notify("A sentence that is longer than what is left beside the places at the top of the window. " * 2)
        QCoreApplication.processEvents()
        least[language] = frame.minimumSizeHint()
    frame._settings.change(text_size=100)
    frame.theme.apply()
    assert [one for one in least.values() if one.width() > 1024 or one.height() > 700] == [], least


def test_while_the_page_fills_the_window_nothing_else_is_there(main: MainWindow) -> None:
    main.open_interview(main.desk.interviews.create().code)
    main.fill_window(True)
    assert not main.findChild(QWidget, "interviews").isVisible()
    assert not main.findChild(QWidget, "lock").isVisible()
    assert main.page.isVisible()
    main.fill_window(False)
    assert main.findChild(QWidget, "interviews").isVisible()


def test_nothing_can_be_read_while_closing_waits_for_what_still_works(frame: Frame, main: MainWindow) -> None:
    seen = []

    def work(cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            time.sleep(0.001)
        seen.append(frame.centralWidget().currentWidget())  # type: ignore[attr-defined]

    main.jobs.run_stoppable(work, lambda _: None, owner=main)
    main.hindrance = lambda: ""  # type: ignore[method-assign]  # nobody is there to answer
    frame.close()
    assert [type(one) for one in seen] == [Cover]


def test_nothing_to_say_is_said_as_nothing(foreign: None) -> None:
    i18n.use("ko")
    said: list[str] = []
    Wording()(said.append, "")
    assert said == [""]
