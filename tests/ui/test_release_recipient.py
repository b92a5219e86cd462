"""Who receives it: known ones are offered, and a name like one from whom consent was withdrawn is asked about."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget

from oralhistory.domain.consent import Purpose
from oralhistory.domain.ports import ExportRecord
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.release.release_page import ReleasePage
from tests.ui.conftest import Wait
from tests.ui.material import Told, agreed, taped, written
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]


def gave(main: MainWindow, code: str, recipient: str, *, abroad: bool = False) -> None:
    archive = main.desk.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
        records.exports.add(ExportRecord(archive.new_id(), interview.id, "E-1", "docx", "public", "publish_text", recipient,
                                         "ab" * 32, archive.clock(), abroad=abroad))  # fmt: skip


@pytest.fixture
def told(main: MainWindow) -> Told:
    """Somebody else's interview went to three recipients."""
    other = main.desk.interviews.create(("ko",), "Heron").code
    for recipient, abroad in (("Daily NK", False), ("한겨레 신문", False), ("Tribunal", True)):
        gave(main, other, recipient, abroad=abroad)
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    taped(main.desk, code, 2)
    found = written(main.desk, code, ("말",))
    main.desk.attesting.heard(code)
    main.desk.attesting.sign_off(code)
    return found


@pytest.fixture
def recipient(main: MainWindow, told: Told, find: Find, wait: Wait) -> QLineEdit:
    main.open_interview(told.code)
    main.open_step("release")
    page = main.page
    assert isinstance(page, ReleasePage)
    wait(lambda: page._state is not None)
    main.activateWindow()
    wait(main.window().isActiveWindow)
    field = find("release_recipient")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    return field


def test_who_received_something_before_is_offered_and_taken_with_a_key(
    main: MainWindow, recipient: QLineEdit, find: Find, wait: Wait
) -> None:
    known = recipient.completer().popup()
    QTest.keyClicks(recipient, "nk")
    assert known.isVisible()
    assert known.model().rowCount() == 1
    QTest.keyClick(known, Qt.Key.Key_Down)
    QTest.keyClick(known, Qt.Key.Key_Return)
    assert recipient.text() == "Daily NK"
    assert not known.isVisible()
    page = main.page
    assert isinstance(page, ReleasePage)
    assert page._order.order().recipient == "Daily NK"


def test_a_syllable_that_is_being_composed_is_not_lost_to_the_list(recipient: QLineEdit) -> None:
    composed = QInputMethodEvent("겨", [])
    composed.setCommitString("한")
    QApplication.sendEvent(recipient, composed)
    known = recipient.completer().popup()
    assert known.isVisible()
    done = QInputMethodEvent()
    done.setCommitString("겨")
    QApplication.sendEvent(known, done)
    assert recipient.text() == "한겨"
    known.hide()


def test_a_name_like_one_from_whom_it_was_withdrawn_is_asked_about_and_blocks_nothing(
    main: MainWindow, told: Told, recipient: QLineEdit, find: Find, wait: Wait
) -> None:
    main.desk.consenting.withdraw(told.code, [Purpose.PUBLISH_TEXT], recipient="The Guardian")
    asked, consent = find("release_perhaps_meant"), find("release_consent")
    assert isinstance(asked, QLabel)
    assert isinstance(consent, QLabel)
    QTest.keyClicks(recipient, "Guardian")
    wait(lambda: asked.text() == "Consent was refused or withdrawn for “The Guardian”. Is this the same?")
    assert asked.isVisible()
    assert "allowed" in consent.text() and "not allowed" not in consent.text()
    recipient.clear()
    QTest.keyClicks(recipient, "the guardian")
    wait(lambda: "publishing text from The Guardian" in consent.text())
    assert not asked.isVisible(), "it is refused, and need not be asked about"


def test_whether_a_recipient_is_abroad_is_remembered_and_begins_as_the_purpose_has_it(
    main: MainWindow, recipient: QLineEdit, find: Find
) -> None:
    page, box, purpose = main.page, find("release_abroad"), find("release_purpose")
    assert isinstance(page, ReleasePage) and isinstance(box, QCheckBox)

    def serve(wanted: Purpose) -> None:
        purpose.pick(wanted.value)  # type: ignore[attr-defined]
        purpose.picked.emit()  # type: ignore[attr-defined]

    QTest.keyClicks(recipient, "tribunal")
    assert page._order.order().abroad, "it was said of them before"
    QTest.keyClicks(recipient, " II")
    assert not page._order.order().abroad, "nobody said it of that one"
    serve(Purpose.UN_MECHANISM)
    assert page._order.order().abroad, "as far as nobody says otherwise"
    serve(Purpose.PUBLISH_TEXT)
    assert not page._order.order().abroad
    serve(Purpose.COURT_INTERNATIONAL)
    box.click()
    QTest.keyClicks(recipient, "I")
    assert not page._order.order().abroad, "somebody said so, and wrote the name on"


def test_an_answer_for_nobody_or_for_half_a_name_is_none_for_whom_the_archive_knows(
    main: MainWindow, recipient: QLineEdit, find: Find
) -> None:
    page, box = main.page, find("release_abroad")
    assert isinstance(page, ReleasePage) and isinstance(box, QCheckBox)
    box.click()
    box.click()
    QTest.keyClicks(recipient, "tribunal")
    assert page._order.order().abroad, "it was said of them before, and nothing of them now"
    recipient.clear()
    QTest.keyClicks(recipient, "trib")
    box.click()
    box.click()
    QTest.keyClicks(recipient, "unal")
    assert page._order.order().abroad
