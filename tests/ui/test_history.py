"""What was done and what left; withdrawing, asked twice; the check of the sound on disk."""

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QTableWidget, QWidget

from oralhistory.domain.consent import Purpose, Stage, Wish
from oralhistory.domain.consent_document import template
from oralhistory.domain.paper import Paper
from oralhistory.domain.ports import ExportRecord
from oralhistory.domain.staff import Role
from oralhistory.services.archive.opened import Changed
from oralhistory.ui.history.destruction import DestructionReport
from oralhistory.ui.history.history_page import HistoryPage
from oralhistory.ui.look.printing import Printed, PrintRow
from oralhistory.ui.main_window import MainWindow
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    assert widget.isVisible()
    widget.click()


def cells(widget: QWidget) -> list[list[str]]:
    assert isinstance(widget, QTableWidget)
    return [[widget.item(y, x).text() for x in range(widget.columnCount())] for y in range(widget.rowCount())]


def labels(main: MainWindow) -> list[QLabel]:
    return [one for one in main.page.findChildren(QLabel) if one.isVisibleTo(main.page)]


def history_of_a_new_interview(main: MainWindow) -> str:
    code = main.desk.interviews.create(("ko",), "Crane").code
    main.open_interview(code)
    main.open_step("history")
    return code


def test_what_was_done_is_listed_and_grows(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    assert [row[1:4] for row in cells(find("history_custody"))] == [["mk", "created", "done"]]
    assert not find("history_remove").isVisible(), "there are no minutes to take out"
    main.desk.consenting.record(code, template(Stage.BEFORE))
    wait(lambda: len(cells(find("history_custody"))) == 2)
    wait(lambda: any("Version 1" in one.text() and "Before the interview" in one.text() for one in labels(main)))


def test_who_looked_at_a_real_name_stands_there_with_the_reason(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    assert cells(find("history_looks")) == []
    main.desk.identities.reveal(code, "the court asks for a witness")
    wait(lambda: [row[1:] for row in cells(find("history_looks"))] == [["mk", "the court asks for a witness"]])
    assert find("history_looks").isVisibleTo(main.page)


def test_withdrawing_is_asked_twice_and_binds(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    press(find("history_withdraw"))
    assert main.window().focusWidget() is find("history_withdraw_cancel"), "a key pressed once more withdraws nothing"
    press(find("history_withdraw_cancel"))
    assert main.desk.consenting.on_file(code).withdrawals == ()
    press(find("history_withdraw"))
    assert main.window().focusWidget() is find("history_withdraw_cancel"), "the keyboard is where it is asked"
    press(find("history_withdraw_confirm"))
    assert not find("history_withdraw_confirm").isVisible(), "a second press withdraws nothing more"
    wait(lambda: main.desk.consenting.on_file(code).withdrawals)
    assert main.desk.consenting.on_file(code).withdrawals[0].purposes == frozenset()
    wait(lambda: find("history_withdraw").isVisible())


def test_what_is_found_in_one_interview_is_not_said_of_another(main: MainWindow, find: Find, wait: Wait) -> None:
    history_of_a_new_interview(main)
    press(find("history_check"))
    history_of_a_new_interview(main)
    wait(find("history_check").isEnabled)
    page = main.page
    assert isinstance(page, HistoryPage)
    assert page._checked.text() == ""


def test_only_some_purposes_can_be_withdrawn(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    press(find("history_withdraw_scope_some"))
    assert not find("history_withdraw").isEnabled()
    media = find("history_withdraw_media")
    assert media.text() == "press and broadcasting: not asked"
    press(media)
    press(find("history_withdraw"))
    press(find("history_withdraw_confirm"))
    wait(lambda: main.desk.consenting.on_file(code).withdrawals)
    wait(lambda: media.text() == "press and broadcasting: withdrawn")
    assert main.desk.consenting.on_file(code).withdrawals[0].purposes == {Purpose.MEDIA}


def test_one_recipient_loses_it_and_the_others_keep_it(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    archive = main.desk.archive
    with archive.store.transaction() as records:
        at, interview = archive.clock(), archive.interview(records, code)
        for recipient in ("The Daily", "A court"):
            record = ExportRecord(archive.new_id(), interview.id, "E-9", "docx", "public", "media", recipient, "ab" * 32, at,
                                  abroad=recipient == "A court")  # fmt: skip
            records.exports.add(record)
    main.open_step("consent")
    main.open_step("history")
    assert [row[1] for row in cells(find("history_exports"))] == ["The Daily", "A court (abroad)"]
    assert {row[-1] for row in cells(find("history_exports"))} == {"abab abab…"}, "it is seen that there is more of it"
    assert all("\n" not in row[0] for row in cells(find("history_exports"))), "where there is room a moment stands in one line"
    whom = find("history_withdraw_recipient")
    assert isinstance(whom, QLineEdit)
    QTest.keyClicks(whom, "Daily")
    press(find("history_withdraw"))
    assert any("look how it is written" in one.text() for one in labels(main))
    whom.clear()
    QTest.keyClicks(whom, "the daily")
    press(find("history_withdraw"))
    assert any("alone: everything" in one.text() and "1 file was given" in one.text() for one in labels(main))
    press(find("history_withdraw_confirm"))
    wait(lambda: main.desk.consenting.on_file(code).withdrawals)
    letter, to = find("history_letter"), find("history_letter_to")
    assert isinstance(letter, QPlainTextEdit)
    wait(lambda: "The Daily" in letter.toPlainText())
    assert to.count() == 1  # type: ignore[attr-defined]
    wait(lambda: any("from the daily alone" in one.text() for one in labels(main)))


def test_no_leaves_what_was_written_and_it_is_always_said_from_whom(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    press(find("history_withdraw"))
    assert any("from everybody: everything" in one.text() for one in labels(main))
    press(find("history_withdraw_cancel"))
    whom = find("history_withdraw_recipient")
    assert isinstance(whom, QLineEdit)
    QTest.keyClicks(whom, "The Guardian")
    press(find("history_withdraw"))
    press(find("history_withdraw_cancel"))
    assert whom.text() == "The Guardian", "the next press would withdraw from everybody"
    press(find("history_withdraw"))
    assert any("from The Guardian alone: everything" in one.text() for one in labels(main))
    press(find("history_withdraw_confirm"))
    wait(lambda: main.desk.consenting.on_file(code).withdrawals)
    wait(lambda: any("Withdrawn from The Guardian alone" in one.text() for one in main.window().findChildren(QLabel)))
    wait(lambda: whom.text() == "")
    assert "The Guardian" in offered(whom, "guard")


def offered(field: QLineEdit, typed: str) -> list[str]:
    """What is offered below the field for what is typed there."""
    known = field.completer()
    known.setCompletionPrefix(typed)
    model = known.completionModel()
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_an_interview_is_destroyed_by_typing_its_code_and_what_remains_is_told(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    code, other = history_of_a_new_interview(main), main.desk.interviews.create().code
    before = {one.interview.code for one in main.desk.interviews.cards()}
    typed = find("history_destroy_code")
    assert isinstance(typed, QLineEdit)
    QTest.keyClicks(typed, other)
    assert not find("history_destroy").isEnabled()
    typed.clear()
    QTest.keyClicks(typed, code.lower())
    press(find("history_destroy"))
    wait(lambda: main.findChildren(DestructionReport) or main.window().findChildren(DestructionReport))
    told = find("destruction_report_text")
    assert isinstance(told, QPlainTextEdit)
    assert code in told.toPlainText()
    assert "overwritten" in told.toPlainText()
    printed: list[Paper] = []
    out = find("destruction_report_print").parent()
    assert isinstance(out, PrintRow)
    out.print_paper = lambda paper: printed.append(paper) or Printed("", "desk")
    press(find("destruction_report_print"))
    assert told.toPlainText().splitlines() == list(printed[0].sections[0].paragraphs)
    besides = find("destruction_report_besides")
    assert isinstance(besides, QLabel) and "No page shows this again" in besides.text()
    press(find("destruction_report_close"))
    assert {one.interview.code for one in main.desk.interviews.cards()} == before - {code}
    assert main.page is main.welcome
    assert main.code == ""
    wait(lambda: not main.jobs.busy)


def test_after_a_withdrawal_letters_stand_ready_and_the_wish_is_kept(main: MainWindow, find: Find, wait: Wait) -> None:
    code = history_of_a_new_interview(main)
    assert not find("history_wish_keep").isVisibleTo(main.page)
    archive = main.desk.archive
    with archive.store.transaction() as records:
        at, interview = archive.clock(), archive.interview(records, code)
        for recipient in ("The Daily", "A court"):
            record = ExportRecord(archive.new_id(), interview.id, "E-9", "docx", "public", "media", recipient, "ab" * 32, at)
            records.exports.add(record)
    main.desk.consenting.withdraw(code)
    letter, whom = find("history_letter"), find("history_letter_to")
    assert isinstance(letter, QPlainTextEdit)
    wait(lambda: "The Daily" in letter.toPlainText())
    whom.pick("A court")  # type: ignore[attr-defined]
    whom.picked.emit()  # type: ignore[attr-defined]
    letter.insertPlainText("To the clerk. ")
    main.desk.archive.announce(Changed.CONSENT, code)
    wait(lambda: not main.jobs.busy)
    assert "To the clerk." in letter.toPlainText(), "what somebody wrote into it stays"
    assert "A court" in letter.toPlainText()
    language = find("history_letter_language")
    language.pick("ko")  # type: ignore[attr-defined]
    language.picked.emit()  # type: ignore[attr-defined]
    assert "A court" in letter.toPlainText()
    assert "동의를 거두셨습니다" in letter.toPlainText()
    press(find("history_wish_close"))
    press(find("history_wish_keep"))
    wait(lambda: main.desk.consenting.on_file(code).wish is Wish.CLOSE)


def test_it_is_asked_once_more_before_a_withdrawal_is_signed_away_to_which_letters_are_missing(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    code = history_of_a_new_interview(main)
    archive = main.desk.archive
    with archive.store.transaction() as records:
        at, interview = archive.clock(), archive.interview(records, code)
        for number, recipient in enumerate(("The Daily", "A court")):
            records.exports.add(ExportRecord(archive.new_id(), interview.id, f"E-{number}", "docx", "public", "media", recipient,
                                             "ab" * 32, at))  # fmt: skip
    main.desk.consenting.withdraw(code)
    letter, unfilled, told = find("history_letter"), find("history_letter_unfilled"), find("history_letters_written")
    assert isinstance(letter, QPlainTextEdit) and isinstance(unfilled, QLabel) and isinstance(told, QLabel)
    wait(lambda: "The Daily" in letter.toPlainText())
    language = find("history_letter_language")
    language.pick("en")  # type: ignore[attr-defined]
    language.picked.emit()  # type: ignore[attr-defined]
    assert unfilled.isVisibleTo(main.page) and "[address]" in unfilled.text()
    letter.setPlainText(letter.toPlainText().replace("[name of the organisation]", "We").replace("[address]", "Here"))
    assert not unfilled.isVisibleTo(main.page)
    out = find("history_letter_print").parent()
    assert isinstance(out, PrintRow)
    out.print_paper = lambda _paper: Printed("", "desk")
    find("history_letter_print").click()  # type: ignore[attr-defined]
    wait(lambda: "The Daily: the letter was printed or saved on" in told.text())
    assert "A court: no letter was printed or saved yet." in told.text()
    assert "We" in letter.toPlainText(), "what somebody wrote into it stays"
    find("history_sign_settled").click()  # type: ignore[attr-defined]
    reason = find("history_sign_settled_reason")
    assert isinstance(reason, QLineEdit)
    reason.setText("done")
    with answering("history_unwritten_no", "history_unwritten_yes") as asked:
        find("history_sign_settled_keep").click()  # type: ignore[attr-defined]
        assert "A court" in asked[0] and "The Daily" not in asked[0]
        assert main.desk.consenting.on_file(code).unsettled
        find("history_sign_settled_keep").click()  # type: ignore[attr-defined]
    wait(lambda: not main.desk.consenting.on_file(code).unsettled)


def test_a_hold_stands_in_the_page_and_stops_the_destruction(main: MainWindow, find: Find, wait: Wait) -> None:
    if not any(one.code == "S2" for one in main.desk.staffing.members()):
        main.desk.staffing.add("S2", "", Role.DIRECTOR)
        main.desk.admitting.add_passphrase("S2", "a second person's passphrase")
    code = history_of_a_new_interview(main)
    assert not find("history_sign_lift").isVisibleTo(main.page)
    press(find("history_sign_hold"))
    for name, text in (("reason", "order of the court"), ("second", "a second person's passphrase")):
        line = find(f"history_sign_hold_{name}")
        assert isinstance(line, QLineEdit)
        line.setText(text)
    press(find("history_sign_hold_keep"))
    wait(lambda: main.desk.consenting.on_file(code).hold)
    wait(lambda: any("order of the court" in one.text() for one in labels(main)))
    assert find("history_sign_lift").isVisibleTo(main.page)
    typed = find("history_destroy_code")
    assert isinstance(typed, QLineEdit)
    typed.setText(code)
    press(find("history_destroy"))
    frame = main.window()
    wait(frame.banner.isVisible)  # type: ignore[attr-defined]
    assert main.desk.interviews.card(code)
    press(find("history_sign_lift"))
    for name, text in (("reason", "the court is done"), ("second", "a second person's passphrase")):
        line = find(f"history_sign_lift_{name}")
        assert isinstance(line, QLineEdit)
        line.setText(text)
    press(find("history_sign_lift_keep"))
    wait(lambda: not main.desk.consenting.on_file(code).hold)
    wait(lambda: not frame.banner.isVisible())  # type: ignore[attr-defined]
