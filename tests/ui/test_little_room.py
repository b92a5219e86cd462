"""What there is little room for, in small windows and large letters: it gives way, turns the line or asks for no more."""

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QWidget,
)

from oralhistory import i18n
from oralhistory.services.due_list import Duty, Item
from oralhistory.ui.app import Frame
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import column, field, label
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.turning import Turning
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.release.aids import Aids
from oralhistory.ui.release.entity_list import EntityList
from tests.helpers.cut_texts import cut_texts


@pytest.mark.parametrize(("language", "told"), [("en", "a, b"), ("ko", "a, b"), ("zh_CN", "a、b")])
def test_several_things_are_set_apart_as_the_language_does_it(language: str, told: str) -> None:
    i18n.use(language)
    assert i18n.listed(["a", "b"]) == told
    assert i18n.sentences(["一。", "", "二。"]) == ("一。二。" if language == "zh_CN" else "一。 二。")
    i18n.use("en")


def test_the_list_comes_and_goes_where_there_is_no_room_for_both(frame: Frame, main: MainWindow, app: QApplication) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    shelf, interviews = main.findChild(QWidget, "interviews"), main.findChild(QAbstractButton, "place_interviews")
    usual = shelf.width()
    frame.resize(1_024, 700)
    app.processEvents()
    main.open_interview(code)
    assert not shelf.isHidden()
    frame._settings.change(text_size=150)
    main._room._fit()
    assert shelf.isHidden()
    interviews.click()
    assert not shelf.isHidden() and shelf.width() > usual
    main._list.chosen.emit(code)
    assert shelf.isHidden() and main.code == code
    main._go(main.welcome)
    assert not shelf.isHidden(), "there it is what one chooses from"
    main.open_interview(code)
    frame.resize(1_500, 900)
    app.processEvents()
    assert not shelf.isHidden() and frame._settings.current.interview_list == "shown"


@pytest.mark.parametrize("size", [100, 150])
def test_who_opened_the_archive_stands_beside_the_lock(frame: Frame, main: MainWindow, app: QApplication, size: int) -> None:
    shown, lock = main.findChild(QLabel, "signed_in"), main.findChild(QPushButton, "lock")
    frame._settings.change(text_size=size)
    frame.theme.apply()
    frame.resize(1_024, 700)
    app.processEvents()
    assert shown.text() == "mk" and shown.isVisible()
    assert "mk" in shown.toolTip() and "mk" in lock.accessibleDescription()
    frame.speak("ko")
    assert "mk" in lock.accessibleDescription() and not lock.accessibleDescription().isascii()
    assert "mk" not in frame.windowTitle()
    main._top.show_actor("somebody-with-the-longest-of-codes")
    app.processEvents()
    assert frame.width() == 1_024 and list(cut_texts(main._top)) == []
    assert shown.text() != shown.toolTip() and "somebody-with-the-longest-of-codes" in shown.toolTip()
    main._top.show_actor("")
    assert not shown.isVisible() and not lock.accessibleDescription()


def test_what_is_said_is_seen_whole_and_lets_clicks_through(frame: Frame, main: MainWindow, app: QApplication) -> None:
    said, search = main.findChild(QLabel, "status_line"), main.findChild(QLineEdit, "search")
    main.notify("Done.")
    assert said.isVisible() and said.geometry().right() < search.mapTo(main, search.rect().topLeft()).x()
    main.notify("A sentence that has no room beside the places at the top, however broad the window may be. " * 3)
    app.processEvents()
    assert said.width() == main.width() and said.y() >= main._top.geometry().bottom()
    assert said.height() >= said.heightForWidth(said.width())
    beneath = main.childAt(said.geometry().center())
    assert beneath is not None and beneath is not said
    main._top.say("")
    assert not said.isVisible()


def test_only_the_part_that_is_seen_asks_for_room(app: QApplication) -> None:
    page, small, large = QWidget(), QWidget(), QWidget()
    small.setMinimumSize(100, 50)
    large.setMinimumSize(100, 900)
    parts = Turning(page)
    parts.addWidget(small)
    parts.addWidget(large)
    assert page.minimumSizeHint().height() == 50
    parts.setCurrentWidget(large)
    assert page.minimumSizeHint().height() == 900


def test_keys_that_nobody_sees_stand_in_one_row(app: QApplication) -> None:
    keys = Wrapping([QPushButton(f"key {n}") for n in range(4)])
    keys.resize(20, 20)
    high = keys.minimumSizeHint().height()
    keys.fit()
    assert keys.minimumSizeHint().height() == high
    keys.setFixedWidth(90)
    keys.show()
    app.processEvents()
    assert keys.minimumSizeHint().height() > high, "where it is seen in so little width it has rows"
    keys.close()


def test_answers_take_no_height_from_what_stands_below_them(app: QApplication) -> None:
    says, below = Wording(), QWidget()
    below.setMinimumHeight(80)
    outer = QWidget()
    asked = Answers("asked", says, "asked", [("no", "no"), ("yes", "yes")])
    outer.setLayout(column(label(), field(says, "a name that is longer than both answers", asked), below))
    outer.resize(600, 1)
    outer.show()
    outer.resize(600, outer.layout().minimumHeightForWidth(600))
    app.processEvents()
    assert below.height() == 80
    outer.close()


def test_a_decided_name_is_never_cut_short(main: MainWindow) -> None:
    made = EntityList(Wording(), Aids(lambda *_: None, lambda *_: None))  # type: ignore[arg-type]
    shown = made.findChild(QListWidget, "release_entities")
    assert shown is not None and shown.wordWrap() and shown.textElideMode().name == "ElideNone"


def test_what_is_due_stands_in_columns_however_long_the_codes_are(frame: Frame, main: MainWindow, app: QApplication) -> None:
    main._go(main.welcome)
    codes = ("I-A", "", "A-MUCH-LONGER-CODE")
    main.welcome.show_due([Item(Duty.SECOND_MOMENT if one else Duty.BACKUP, one) for one in codes])
    app.processEvents()
    card = main.findChild(QPushButton, "due_0").parentWidget()
    said = [one for one in card.findChildren(QLabel) if one.isVisible() and one.objectName() != "due_head"]
    assert len(said) == 3 and len({one.x() for one in said}) == 1


def test_a_form_that_is_too_high_for_its_window_scrolls_and_presses_nothing_together(
    frame: Frame, main: MainWindow, app: QApplication
) -> None:
    frame.resize(1_800, 480)
    main._new_interview()
    app.processEvents()
    save = main.findChild(QPushButton, "interview_save")
    form = save.parentWidget()
    assert form.height() >= form.heightForWidth(form.width())
    assert all(one.height() >= one.heightForWidth(one.width()) for one in form.findChildren(QLabel))
    assert form.width() <= 92 * GRID < main.page.width()
    assert save.height() >= save.sizeHint().height()


def test_the_filters_scroll_where_they_would_make_the_window_grow(frame: Frame, main: MainWindow, app: QApplication) -> None:
    main._go(main.welcome)
    frame.resize(1_024, 560)
    app.processEvents()
    frame.resize(1_024, 560)  # pages so far may have had more
    more, room = main.findChild(QPushButton, "interviews_more_filters"), frame.height()
    more.setChecked(True)
    app.processEvents()
    area = main.findChild(QPushButton, "interviews_filter_keep")
    while not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert frame.height() == room
    assert area.isVisible() and area.height() < area.widget().sizeHint().height() <= area.widget().height()
    frame.resize(1_024, 1_000)
    app.processEvents()
    assert area.height() == area.widget().sizeHint().height(), "where there is room all are seen"
    more.setChecked(False)


def test_boxes_stand_in_as_many_columns_as_their_words_have_room_for(app: QApplication) -> None:
    boxes = [QCheckBox(f"a language whose name is long {n}") for n in range(6)]
    shown = Wrapping(boxes, most=3, spacing=GRID)
    shown.resize(2_000, 200)
    shown.show()
    app.processEvents()
    assert len({one.x() for one in boxes}) == 3, "never more, however broad it is"
    shown.setFixedWidth(boxes[0].sizeHint().width() * 2)
    app.processEvents()
    assert len({one.x() for one in boxes}) == 1
    others = [QCheckBox(f"another {n}") for n in range(4)]
    shown.put(others)
    assert all(one.isVisible() for one in others), "none comes later, when the others are arranged already"
    app.processEvents()
    assert {shown.layout().itemAt(n).widget() for n in range(shown.layout().count())} == set(others)
    assert len({one.pos().toTuple() for one in others}) == 4
    for one in boxes:
        one.setParent(None)
    shown.close()
