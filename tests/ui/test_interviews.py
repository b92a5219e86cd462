"""Making interviews, finding them in the list, taking one in hand; search."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import Route, Status
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.ui.interviews.header import STEPS
from oralhistory.ui.interviews.interview_list import GLANCE
from oralhistory.ui.interviews.search_page import PORTION, in_context
from oralhistory.ui.main_window import MainWindow
from tests.helpers.archives import consent
from tests.helpers.interviews import add_interview
from tests.ui.conftest import Wait

Find = Callable[[str], QWidget]


def listed(find: Find) -> list[str]:
    view = find("interviews_list")
    assert isinstance(view, QListView)
    model: QAbstractItemModel = view.model()
    return [model.index(row, 0).data(GLANCE).code for row in range(model.rowCount())]


def test_a_new_interview_by_hand(main: MainWindow, find: Find, wait: Wait) -> None:
    QTest.mouseClick(find("interviews_new"), Qt.MouseButton.LeftButton)
    english, pseudonym, names = find("interview_language_en"), find("interview_pseudonym"), find("interview_names")
    assert isinstance(english, QCheckBox)
    assert isinstance(pseudonym, QLineEdit)
    assert isinstance(names, QPlainTextEdit)
    english.click()
    QTest.keyClicks(pseudonym, "Kestrel")
    names.setPlainText("Kim Example\n김보")
    names.moveCursor(QTextCursor.MoveOperation.End)
    QCoreApplication.sendEvent(names, QInputMethodEvent("기", []))  # it is still being composed
    find("interview_route").pick(Route.THIRD_COUNTRY.value)  # type: ignore[attr-defined]
    QTest.mouseClick(find("interview_save"), Qt.MouseButton.LeftButton)
    wait(lambda: main.code)
    card = main.desk.interviews.card(main.code)
    assert card.interview.languages == ("ko", "en")
    assert (card.narrators[0].pseudonym, card.narrators[0].route) == ("Kestrel", Route.THIRD_COUNTRY)
    with main.archive.store.transaction() as records:
        identity = records.people.identity(card.narrators[0].id)
    assert identity is not None
    assert identity.names == ("Kim Example", "김보기")
    assert names.toPlainText() == ""
    assert main.page is main.steps["consent"]
    wait(lambda: listed(find) == [main.code])


def test_only_what_is_so_is_said_of_a_new_interview_and_of_one_that_is_changed(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    code = main.desk.interviews.create(("zh",), "Crane", Route.STRAIGHT).code
    wait(lambda: code in listed(find))
    main.open_interview(code)
    view = find("interviews_list")
    assert isinstance(view, QListView)

    def chosen() -> list[str]:
        return [one.data(GLANCE).code for one in view.selectedIndexes()]

    def said() -> str:
        return " ".join(one.text() for one in main.form.findChildren(QLabel) if one.isVisible())

    assert chosen() == [code]
    main._new_interview()
    assert chosen() == [] and "gets a code" in said() and "Left empty" not in said()
    main._go(main.settings_page)
    assert chosen() == [code]
    main.open_interview(code)
    main._change_interview()
    assert chosen() == [code] and "gets a code" not in said() and "Left empty" in said()


def test_a_second_press_makes_no_second_interview_and_a_key_throws_nothing_away(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    before = len(main.desk.interviews.cards())
    main._new_interview()
    QTest.keyClicks(find("interview_pseudonym"), "Curlew")
    QTest.keyClick(main.window(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert find("interview_pseudonym").text() == "Curlew"  # type: ignore[attr-defined]
    for _ in range(2):
        find("interview_save").click()  # type: ignore[attr-defined]
    wait(lambda: main.page is not main.form and not main.jobs.busy)
    assert len(main.desk.interviews.cards()) == before + 1


def test_the_keys_of_the_steps_work_beside_the_form_and_what_was_typed_stays(main: MainWindow, find: Find, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Plover").code
    main.open_interview(code)
    QTest.mouseClick(find("interview_change"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(find("interview_pseudonym"), " and Wren")
    QTest.keyClick(main.window(), Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert main.page is main.steps["about"]
    other = main.desk.interviews.create(("ko",), "Dunlin").code
    for opened, stands in ((other, "Dunlin"), (code, "Plover and Wren")):
        main.open_interview(opened)
        QTest.mouseClick(find("interview_change"), Qt.MouseButton.LeftButton)
        assert find("interview_pseudonym").text() == stands  # type: ignore[attr-defined]
    find("interview_cancel").click()  # type: ignore[attr-defined]
    wait(lambda: not main.jobs.busy)


def test_changing_one_field_changes_only_that(main: MainWindow, find: Find, wait: Wait) -> None:
    code = main.desk.interviews.create(("zh",), "Crane", Route.STRAIGHT).code
    main.open_interview(code)
    before = len(main.desk.interviews.history(code).custody)
    QTest.mouseClick(find("interview_change"), Qt.MouseButton.LeftButton)
    pseudonym = find("interview_pseudonym")
    assert isinstance(pseudonym, QLineEdit)
    assert pseudonym.text() == "Crane"
    pseudonym.setText("Heron")
    QTest.mouseClick(find("interview_save"), Qt.MouseButton.LeftButton)
    wait(lambda: main.desk.interviews.card(code).narrators[0].pseudonym == "Heron")
    assert len(main.desk.interviews.history(code).custody) == before + 1


def test_an_interview_without_a_language_is_refused_and_the_form_stays(main: MainWindow, find: Find, wait: Wait) -> None:
    QTest.mouseClick(find("interviews_new"), Qt.MouseButton.LeftButton)
    korean = find("interview_language_ko")
    assert isinstance(korean, QCheckBox)
    korean.click()
    QTest.mouseClick(find("interview_save"), Qt.MouseButton.LeftButton)
    wait(lambda: find("banner").isVisible())
    assert main.page is main.form
    assert main.desk.interviews.cards() == []


def test_the_list_filters_sorts_and_follows_changes(main: MainWindow, find: Find, wait: Wait) -> None:
    crane = main.desk.interviews.create(("ko",), "Crane").code
    heron = main.desk.interviews.create(("ko",), "Heron").code
    wait(lambda: len(listed(find)) == 2)
    assert listed(find) == [heron, crane]
    find("interviews_sort").pick("name")  # type: ignore[attr-defined]
    find("interviews_sort").picked.emit()  # type: ignore[attr-defined]
    assert listed(find) == [crane, heron]
    wanted = find("interviews_filter")
    assert isinstance(wanted, QLineEdit)
    wanted.setText("HER")
    assert listed(find) == [heron]
    wanted.setText(crane.lower())
    assert listed(find) == [crane]
    wanted.clear()
    find("interviews_status").pick(Status.RELEASED.value)  # type: ignore[attr-defined]
    find("interviews_status").picked.emit()  # type: ignore[attr-defined]
    assert listed(find) == []


def test_the_keyboard_alone_opens_an_interview_and_walks_its_steps(main: MainWindow, find: Find, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    wait(lambda: listed(find) == [code])
    view = find("interviews_list")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert main.code == code
    for number, name in enumerate(STEPS):
        QTest.keyClick(main, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.AltModifier)
        assert main.page is main.steps[name]
        step = find(f"step_{name}")
        assert isinstance(step, QPushButton)
        assert step.isChecked()


def test_leaving_a_page_lets_it_settle_first(main: MainWindow) -> None:
    first, second = (main.desk.interviews.create().code for _ in range(2))
    main.open_interview(first)
    left: list[str] = []
    page = main.steps["consent"]
    page.leave = lambda: left.append(main.code)  # type: ignore[method-assign]
    main.open_interview(second)
    assert left == [first]
    main.open_step("history")
    assert left == [first, second]
    assert main.page is main.steps["history"]


def test_a_search_without_hits_says_so(main: MainWindow, find: Find, wait: Wait) -> None:
    box = find("search")
    assert isinstance(box, QLineEdit)
    box.setText("두만강")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert main.page is main.search
    summary = find("search_summary")
    assert isinstance(summary, QLabel)
    wait(lambda: "두만강" in summary.text())


def test_of_many_hits_the_further_ones_are_there_for_whoever_scrolls_to_them(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    said = 2 * PORTION + 5
    add_interview(main.desk, 1, "", "", *(f"{number}번째 강" for number in range(said)))
    box = find("search")
    assert isinstance(box, QLineEdit)
    main.activateWindow()
    wait(main.window().isActiveWindow)
    box.setFocus()
    box.setText("번째 강")
    QTest.keyClick(box, Qt.Key.Key_Return)

    def shown() -> int:
        return len([one for one in main.search.findChildren(QPushButton) if one.objectName().startswith("search_hit_")])

    wait(lambda: shown() == PORTION)
    wait(lambda: QApplication.focusWidget() is find("search_hit_0"))  # and not the list of interviews first
    summary = find("search_summary")
    assert isinstance(summary, QLabel)
    assert str(said) in summary.text()
    main.search.changed(Notice(Changed.INTEGRITY, "", ""))
    assert QApplication.focusWidget() is find("search_hit_0"), "told anew, the keyboard stays where it was"
    [area] = main.search.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    for expected in (2 * PORTION, said):
        wait(lambda: bar.maximum() > bar.value())
        bar.setValue(bar.maximum())
        wait(lambda many=expected: shown() == many)  # type: ignore[misc]
    main.search.retranslate()
    wait(lambda: shown() == said)


def test_a_hit_is_shown_in_its_context_and_never_as_markup() -> None:
    assert in_context("a <b> Yanji & on", "yanji") == "a &lt;b&gt; <b>Yanji</b> &amp; on"
    assert in_context("x" * 200 + "연길" + "y" * 200, "연길") == f"… {'x' * 60}<b>연길</b>{'y' * 60} …"


def test_what_is_due_is_counted_and_leads_where_it_is_done(main: MainWindow, find: Find, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Heron").code
    risk = {"level": "low", "relatives_at_risk": False, "next_review": "2020-01-01"}
    main.desk.consenting.record(code, consent(Stage.AFTER, "publish_text", risk=risk))
    due = find("interviews_due")
    assert isinstance(due, QPushButton)
    wait(lambda: due.text() == "2 things are due")  # the backup too
    due.click()
    assert main.page is main.welcome
    lines = [one for one in main.welcome.findChildren(QPushButton) if one.text() == code]
    lines[0].click()
    assert (main.code, main.page) == (code, main.steps["consent"])
