"""Step 1, what nobody answered: it is not on file as answered, saving leads to it, and the text fits what was chosen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QSpinBox, QWidget

from oralhistory.domain.consent import CHECKLIST, Stage
from oralhistory.ui.app import Frame
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.main_window import MainWindow
from tests.helpers.archives import consent
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.consenting import answer_the_rest, fill_in_texts, pick
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]
ALWAYS_ASKED = [
    "consent_sensitive", "consent_mode", "consent_concern", "consent_review_wanted", "consent_risk", "consent_relatives",
]  # fmt: skip
WITHOUT_SOUND = ("procedure", "who_will_see", "storage")


@pytest.fixture(scope="module")
def ready(main: MainWindow) -> MainWindow:
    """In English the text that is read has nothing left in brackets; in Korean it has."""
    fill_in_texts(main.desk, "en")
    return main


@pytest.fixture
def page(ready: MainWindow, frame: Frame, wait: Wait) -> Iterator[ConsentPage]:
    ready.open_interview(ready.desk.interviews.create(("en",), "Crane").code, "consent")
    frame.activateWindow()
    wait(frame.isActiveWindow)
    made = ready.steps["consent"]
    assert isinstance(made, ConsentPage)
    yield made
    frame.banner.hide()
    made._unsaved._answers.clear()


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    assert widget.isEnabled()
    widget.click()


def words(find: Find, name: str) -> str:
    told = find(name)
    assert isinstance(told, QLabel)
    return told.text()


def read(page: ConsentPage) -> str:
    """What the narrator is told, as it stands on the page."""
    return "\n".join(one.text() for one in page._form._checklist.findChildren(QLabel) if one.property("role") == "reading")


def checked(widget: QWidget) -> bool:
    assert isinstance(widget, QAbstractButton)
    return widget.isChecked()


@pytest.mark.parametrize("stage", ["before", "after"])
def test_saving_leads_from_one_open_question_to_the_next(
    ready: MainWindow, page: ConsentPage, find: Find, wait: Wait, stage: str
) -> None:
    press(find(f"consent_stage_{stage}"))
    press(find("consent_media_refused"))
    assert "6 questions are still open" in words(find, "consent_saved")
    assert find("consent_sensitive_open").isVisibleTo(page) is (stage == "before"), "what a no means for a recording to come"
    answers = {"consent_sensitive": "no", "consent_relatives": "no", "consent_mode": "thumbprint", "consent_concern": "none",
               "consent_review_wanted": "both", "consent_risk": "high"}  # fmt: skip
    for left in range(len(ALWAYS_ASKED), 0, -1):
        name = ALWAYS_ASKED[-left]
        press(find("consent_save"))
        question, held = find(name), QApplication.focusWidget()
        assert held is not None and (held is question or question.isAncestorOf(held)), name
        wait(lambda one=question: not one.visibleRegion().isEmpty())  # type: ignore[misc]
        told = words(find, "consent_saved")
        assert told.startswith("Not saved.") and told.count("·") == left - 1, told
        assert ready.desk.consenting.on_file(page._code).versions == ()
        if isinstance(question, QWidget) and name in ("consent_sensitive", "consent_relatives"):
            press(find(f"{name}_{answers[name]}"))
        else:
            pick(find, name, answers[name])
    press(find("consent_save"))
    wait(lambda: ready.desk.consenting.on_file(page._code).versions)
    version = ready.desk.consenting.on_file(page._code).versions[-1]
    assert (version.mode, version.risk.level, version.narrator_review.wanted) == ("thumbprint", "high", "both")


def test_the_form_is_answered_by_keyboard_alone_one_part_at_a_time(
    ready: MainWindow, page: ConsentPage, frame: Frame, find: Find, wait: Wait
) -> None:
    def key(*keys: Qt.Key) -> None:
        for one in keys:
            held = QApplication.focusWidget()
            assert held is not None
            QTest.keyClick(held, one)

    def walk_to(name: str) -> None:
        for _ in range(200):
            held = QApplication.focusWidget()
            if held is find(name):
                return
            assert held is not None
            held.window().focusNextChild()
        raise AssertionError(f"the keyboard never came to {name}")

    def turn() -> None:
        QTest.keyClick(frame, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    find("consent_reading_all").setFocus()
    key(Qt.Key.Key_Right)
    for item in CHECKLIST:
        turn()
        walk_to(f"consent_told_{item}")
        key(Qt.Key.Key_Space)
    turn()
    turn()
    walk_to("consent_record_audio_granted")
    key(Qt.Key.Key_Space)
    for _ in ALWAYS_ASKED:
        walk_to("consent_save")
        key(Qt.Key.Key_Space)
        held = QApplication.focusWidget()
        assert held is not None and held.isVisibleTo(page)
        key(Qt.Key.Key_Space if isinstance(held, QAbstractButton) else Qt.Key.Key_Down)
    walk_to("consent_save")
    key(Qt.Key.Key_Space)
    wait(lambda: ready.desk.consenting.on_file(page._code).versions)
    version = ready.desk.consenting.on_file(page._code).versions[-1]
    assert version.sensitive_data and version.mode == "written" and version.capacity_concern == "none"
    assert all(version.checklist.values())
    press(find("consent_reading_all"))


def test_what_has_brackets_is_ticked_when_they_are_filled_in(
    ready: MainWindow, page: ConsentPage, find: Find, wait: Wait
) -> None:
    code = ready.desk.interviews.create(("ko",), "Heron").code
    given = consent(Stage.BEFORE, language="ko", form_text="sample-before-ko-2")
    given["checklist"] = {item: item == "storage" for item in CHECKLIST}
    ready.desk.consenting.record(code, given)
    ready.open_interview(code, "consent")
    who, stored = find("consent_told_who_we_are"), find("consent_told_storage")
    assert not who.isEnabled() and find("consent_fill_who_we_are").isVisibleTo(page)
    assert checked(stored) and stored.isEnabled(), "what is on file is there, and can be taken back"
    assert find("consent_told_risks").isEnabled() and not find("consent_fill_risks").isVisibleTo(page)
    press(find("consent_fill_who_we_are"))
    dialog = find("own_text")
    for line in dialog.findChildren(QLineEdit):
        if line.objectName().startswith("own_text_place_"):
            line.setText("서울")
    press(find("own_text_keep"))
    wait(who.isEnabled)
    assert page.unsaved == [code], "another text is read than the one on file"
    press(who)
    assert page._form.document()["checklist"]["who_we_are"]
    assert page._form.document()["form_text"] == "own-before-ko-1"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_was_answered_in_one_session_is_no_answer_in_the_next(
    ready: MainWindow, page: ConsentPage, find: Find, wait: Wait
) -> None:
    given = consent(Stage.BEFORE, "record_audio", obtained_on="2026-05-04", language="en", form_text="own-before-en-1")
    ready.desk.consenting.record(page._code, given)
    press(find("consent_stage_before"))
    assert all(checked(find(f"consent_told_{item}")) for item in CHECKLIST)
    session = find("consent_session")
    assert isinstance(session, QSpinBox)
    session.stepUp()
    shown = page._form.document()
    assert page.unsaved == [], "what is shown is not what was answered"
    assert (shown["session"], shown["sensitive_data"], any(shown["checklist"].values())) == (2, None, False)
    assert shown["obtained_on"] == ready.archive.calendar.day().isoformat()
    session.stepDown()
    assert all(checked(find(f"consent_told_{item}")) for item in CHECKLIST)
    session.stepUp()
    press(find("consent_record_audio_granted"))
    press(find("consent_sensitive_yes"))
    answer_the_rest(find)
    press(find("consent_save"))
    wait(lambda: not page.unsaved)
    assert [one.session for one in ready.desk.consenting.on_file(page._code).versions] == [1, 2]
    assert page._form.document()["session"] == 2
    press(find("consent_record_audio_refused"))
    for answer, session_after in (("escape", 2), ("consent_leaving_question_discard", 3)):
        with answering(answer) as asked:
            session.stepUp()
        shown = page._form.document()
        assert (len(asked), shown["session"], session.value()) == (1, session_after, session_after)
    assert page.unsaved == [] and (shown["sensitive_data"], any(shown["checklist"].values())) == (None, False)


def test_who_is_not_recorded_hears_of_no_recording(ready: MainWindow, page: ConsentPage, find: Find, wait: Wait) -> None:
    assert "record your voice" in read(page)
    for item in CHECKLIST:
        press(find(f"consent_told_{item}"))
    press(find("consent_record_audio_refused"))
    assert "record your voice" not in read(page) and "recording" not in read(page)
    assert {item for item in CHECKLIST if not checked(find(f"consent_told_{item}"))} == set(WITHOUT_SOUND)
    assert all(find(f"consent_again_{item}").isVisibleTo(page) for item in WITHOUT_SOUND)
    assert not find("consent_machine_transcribe").isVisibleTo(page) and not find("consent_publish_audio").isVisibleTo(page)
    press(find("consent_record_audio_granted"))  # a slip: nothing of what was ticked is lost
    assert "record your voice" in read(page) and find("consent_machine_transcribe").isVisibleTo(page)
    assert all(checked(find(f"consent_told_{item}")) for item in CHECKLIST)
    press(find("consent_record_audio_not_asked"))
    press(find("consent_sensitive_no"))  # as much of a no
    for item in WITHOUT_SOUND:
        press(find("consent_read_again"))
        assert QApplication.focusWidget() is find(f"consent_told_{item}")
        press(find(f"consent_told_{item}"))
    assert not find("consent_read_again").isVisibleTo(page)
    answer_the_rest(find)
    press(find("consent_save"))
    wait(lambda: not page.unsaved)
    copy = ready.desk.consent_copies.text(page._code)
    assert "recording" not in copy and "[ ]" not in copy
    press(find("consent_stage_after"))
    assert "The recording" not in read(page) and "your voice" not in read(page)
    assert not find("consent_publish_audio").isVisibleTo(page)
    press(find("consent_stage_before"))


def test_what_was_ticked_of_other_words_is_asked_again_one_at_a_time(page: ConsentPage, find: Find) -> None:
    press(find("consent_told_procedure"))
    press(find("consent_reading_one"))
    while not find("consent_record_audio").isVisibleTo(page):
        press(find("consent_next"))
    press(find("consent_record_audio_refused"))
    assert find("consent_record_audio").isVisibleTo(page), "the place is kept"
    press(find("consent_next"))
    assert find("consent_translate").isVisibleTo(page)
    press(find("consent_read_again"))
    assert find("consent_told_procedure").isVisibleTo(page)
    assert QApplication.focusWidget() is find("consent_told_procedure")
    press(find("consent_reading_all"))
