"""Passages to check, marks and comments, with the keyboard: walked through, set, written, settled, undone."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView, QMenu, QWidget

from oralhistory.domain.interview import Mark
from oralhistory.domain.transcript import SEALED
from oralhistory.errors import StorageFailed
from oralhistory.services.archive.opened import Changed
from oralhistory.services.review.transcripts import LONGEST_COMMENT
from oralhistory.ui.look.question import Question
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.check_queue import RECORDED, WAITING
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Loudspeaker, Told
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key, Mod = Qt.Key, Qt.KeyboardModifier
BOTH = Mod.ControlModifier | Mod.ShiftModifier


def press(page: TranscriptPage, key: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """Wherever the focus is, as a keyboard does."""
    QTest.keyClick(page.window().windowHandle(), key, held)  # type: ignore[call-overload]  # the stubs lack windows


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)


def write_beside(page: TranscriptPage, row: int) -> None:
    """Half a comment and half a translation, handed in nowhere yet."""
    page._translating._use("en")
    page.view.go_to(row)
    compose(page.panel.comments.field, "뜻")
    compose(page.translation.field, "함")


def settled(page: TranscriptPage) -> bool:
    return page.text.stored and page.text.queue.idle and not page.view.editor.holding


def test_the_queue_is_walked_by_key_and_follows_the_text(page: TranscriptPage, wait: Wait) -> None:
    queue = page.panel.queue
    assert queue.rows == [1, 3]
    shown = page.findChild(QListView, "review_queue")
    assert shown is not None
    press(page, Key.Key_Down, Mod.AltModifier)
    assert page.view.current == 1
    assert shown.currentIndex().row() == 0
    assert queue.data(queue.index(0)) == f"00:00:02  unsure words\n{LINES[1]}"
    page.view.go_to(0)
    page.view.edit_here()
    page.view.editor.set_caret(LINES[0].index("태어"))
    press(page, Key.Key_Return, Mod.ControlModifier)
    wait(lambda: queue.rows == [2, 4] and settled(page))
    press(page, Key.Key_M, Mod.ControlModifier)  # a wish to hear it again
    assert queue.rows == [1, 2, 4]
    press(page, Key.Key_Up, Mod.AltModifier)
    assert page.view.current == 4
    press(page, Key.Key_Down, Mod.AltModifier)
    assert page.view.current == 1
    press(page, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: queue.rows == [2, 4] and settled(page))
    press(page, Key.Key_F7)
    assert page.panel.isHidden()
    assert page.context.settings.current.check_panel == "hidden"
    press(page, Key.Key_F7)
    assert page.panel.isVisible()


def test_in_the_list_of_what_waits_every_passage_is_seen_whole_and_what_is_not_seen_is_not_clicked(
    page: TranscriptPage, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page.findChild(QListView, "review_queue")
    assert shown is not None
    page.panel.queue.use(lambda _segment: True)
    drawn: list[QRect] = []
    paint = type(shown)._paint_row
    monkeypatch.setattr(type(shown), "_paint_row", lambda *given, **how: (drawn.append(QRect(given[2])), paint(*given, **how)))
    high = shown.visualRect(shown.model().index(0, 0)).height()
    assert high >= 2 * shown.fontMetrics().height() + GRID, "no gap between two passages"
    assert shown.viewport().x() > 1 and shown.viewport().y() > 1, "it covers the round corners of the frame"
    shown.setMaximumHeight(shown.height() - shown.viewport().height() + 2 * high + high // 2)
    wait(lambda: 2 * high < shown.viewport().height() < 3 * high)
    wait(lambda: shown.visualRect(shown.model().index(0, 0)).height() > high)
    for last in (0, 4):
        shown.scrollTo(shown.model().index(last, 0))
        drawn.clear()
        shown.viewport().grab()
        assert len(drawn) == 2 and all(shown.viewport().rect().contains(one) for one in drawn), drawn
        assert drawn[-1].bottom() >= shown.viewport().rect().bottom() - 1, "an empty strip would end the list"
        assert shown.indexAt(QPoint(20, 5)).row() == max(last - 1, 0)
    shown.setMaximumHeight(page.height())


def test_the_list_of_what_waits_has_the_room_that_the_comments_do_not_need(page: TranscriptPage, wait: Wait) -> None:
    shown, field = page.findChild(QListView, "review_queue"), page.panel.comments.field
    assert shown is not None
    wait(lambda: field.mapTo(page.panel, field.rect().bottomLeft()).y() >= page.panel.height() - 2 * GRID)
    assert field.height() == field.maximumHeight()


def test_who_changed_a_segment_and_what_is_told_in_a_sentence(page: TranscriptPage, main: MainWindow, wait: Wait) -> None:
    page.view.go_to(0)
    page.text.toggle_flag(0, "quote")
    wait(lambda: settled(page))
    press(page, Key.Key_D, Mod.ControlModifier)
    wait(lambda: page.findChild(QLabel, "review_passage_steps") is not None)
    steps = page.findChild(QLabel, "review_passage_steps")
    assert steps is not None
    assert steps.text().endswith(f" · mark set or taken away by {main.archive.actor}")
    dialog = steps.window()
    assert isinstance(dialog, QDialog)
    dialog.close()


def test_checking_again_is_said_and_a_passage_closed_by_consent_tells_so_among_the_marks(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    said = page.window().findChild(QLabel, "status_line")
    assert said is not None
    page.view.go_to(0)
    press(page, Key.Key_M, Mod.ControlModifier)
    wait(lambda: "checked again" in said.text())
    press(page, Key.Key_M, Mod.ControlModifier)
    wait(lambda: "taken away" in said.text())
    main.desk.interviews.seal(told.code, 0, 2_000, "her wish")
    wait(lambda: page.view.closed_here)
    for row, there in ((0, True), (4, False)):
        page.view.go_to(row)
        press(page, Key.Key_K, Mod.ControlModifier)
        menu = page.view.findChild(QMenu, "review_marks")
        assert menu is not None and (menu.findChild(QAction, "review_mark_closed") is not None) is there
        menu.close()
    wait(lambda: settled(page))


def test_a_mark_is_set_by_its_number_and_distress_is_skipped(
    page: TranscriptPage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, wait: Wait
) -> None:
    for row, number in ((0, Key.Key_5), (1, Key.Key_1), (2, Key.Key_1)):
        page.view.go_to(row)
        page.view.edit_here()
        press(page, Key.Key_K, Mod.ControlModifier)
        menu = page.view.findChild(QMenu, "review_marks")
        wait(menu.isVisible)
        QTest.keyClick(menu, number)
        wait(menu.isHidden)
    wait(lambda: settled(page))
    stored = [sorted(one.flags) for one in main.desk.transcripts.segments(told.code)]
    assert stored[:4] == [["quote"], ["distressing"], ["distressing"], []]
    page.panel.queue.show_kind("marked")
    assert page.panel.queue.rows == [0, 1, 2]
    page.view.go_to(0)
    page.view.edit_here()
    high = page.view.row_rect(0).height()
    press(page, Key.Key_PageDown, Mod.AltModifier)
    assert page.view.current == 3
    page.view.go_to(0)
    page.playback.play(2_500)
    press(page, Key.Key_PageDown, Mod.AltModifier)
    assert page.view.current == 3
    assert page.playback.position_ms == 6_000, "nobody has to hear it to its end"
    press(page, Key.Key_PageDown, Mod.AltModifier)
    assert (page.view.current, page.playback.position_ms) == (4, 6_000)
    page.playback.pause()
    for _ in range(3):
        press(page, Key.Key_Z, Mod.ControlModifier)
        wait(lambda: settled(page))
    assert not any(one.flags for one in main.desk.transcripts.segments(told.code))
    assert page.view.row_rect(0).height() <= high


def test_who_takes_the_seal_off_a_passage_is_asked_and_undoing_opens_nothing(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    def closed() -> bool:
        wait(lambda: settled(page))
        return main.desk.transcripts.segments(told.code)[0].closed

    def turn() -> None:
        page.view.edit_here()
        press(page, Key.Key_K, Mod.ControlModifier)
        menu = page.view.findChild(QMenu, "review_marks")
        wait(menu.isVisible)
        QTest.keyClick(menu, Key.Key_2)
        wait(menu.isHidden)

    page.view.go_to(0)
    with answering("return", "review_opening_stay", "review_opening_open") as asked:
        turn()
        assert closed()
        assert asked == [], "who closes is not asked"
        press(page, Key.Key_Z, Mod.ControlModifier)
        assert closed(), "it was closed by the step before, and stays so"
        for count, stays in ((1, True), (2, True), (3, False)):
            turn()
            assert (closed(), len(asked)) == (stays, count)


def test_the_passage_asked_about_is_opened_though_the_text_went_on_meanwhile(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in (0, 1):
        page.text.toggle_flag(row, SEALED)
    wait(lambda: settled(page))
    page.view.go_to(1)

    def agreed(_question: Question) -> bool:
        page.text.split(0, 2, lambda _row: None)
        wait(lambda: settled(page) and len(page.text.segments) == len(LINES) + 1)
        return True

    monkeypatch.setattr(Question, "agreed", agreed)
    page._remarks._turn(SEALED)
    wait(lambda: settled(page))
    assert [one.closed for one in main.desk.transcripts.segments(told.code)][:3] == [True, True, False]


def test_a_comment_keeps_its_last_syllable_is_done_and_undone(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    def comments(row: int) -> list[tuple[str, bool]]:
        return [(one.text, one.open) for one in main.desk.transcripts.segments(told.code)[row].comments]

    field = page.panel.comments.field
    QTest.keyClicks(page.view.editor, "A")
    press(page, Key.Key_M, BOTH)
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "see ")
    compose(field, "함")
    press(page, Key.Key_Return)
    assert QApplication.focusWidget() is page.view.editor
    wait(lambda: settled(page) and comments(0) == [("see 함", True)])
    assert page.text.segments[0].text == "A" + LINES[0]
    assert 0 in page.panel.queue.rows
    press(page, Key.Key_M, BOTH)
    compose(field, "뜻")
    page.view.go_to(1)  # what stands there is a comment on the row before
    wait(lambda: settled(page) and comments(0) == [("see 함", True), ("뜻", True)])
    assert comments(1) == []
    page.view.go_to(0)
    page.view.edit_here()
    press(page, Key.Key_R, BOTH)
    wait(lambda: settled(page) and comments(0) == [("see 함", False), ("뜻", False)])
    assert 0 not in page.panel.queue.rows
    press(page, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: settled(page) and comments(0) == [("see 함", True), ("뜻", True)])
    press(page, Key.Key_M, BOTH)
    compose(field, "끝")
    page.leave()
    assert not page.view.editor.holding, "the next interview's text is written at once"
    page.text.finish()
    assert comments(0)[-1] == ("끝", True)


def test_what_is_written_beside_a_segment_goes_along_when_it_is_joined(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    page.view.go_to(1)
    page.view.edit_here()
    page._translating._use("en")
    compose(page.panel.comments.field, "뜻")
    compose(page.translation.field, "함")
    press(page, Key.Key_Backspace)
    wait(lambda: settled(page) and len(page.text.segments) == len(LINES) - 1)
    joined = main.desk.transcripts.segments(told.code)[0]
    assert joined.text == f"{LINES[0]} {LINES[1]}"
    assert [one.text for one in joined.comments] == ["뜻"]
    assert [one.text for one in joined.translations] == ["함"]
    page._translating._use("")


def test_what_is_written_beside_a_segment_was_written_of_all_of_it_when_it_is_split(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    page._translating._use("en")
    page.view.edit_here()
    page.view.editor.set_caret(LINES[0].index("태어"))
    compose(page.panel.comments.field, "뜻")
    compose(page.translation.field, "함")
    press(page, Key.Key_Return, Mod.ControlModifier)
    wait(lambda: settled(page) and len(page.text.segments) == len(LINES) + 1)
    page.leave()
    page.text.finish()
    found = main.desk.transcripts.segments(told.code)
    assert [[one.text for one in segment.comments] for segment in found[:2]] == [["뜻"], []]
    [translation] = found[0].translations
    assert (translation.text, translation.of) == ("함", told.segments[0].sha256)
    assert not found[1].translations
    page._translating._use("")


def test_what_is_written_while_the_text_moves_is_stored(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    page.text.split(0, LINES[0].index("태어"), lambda _row: None)
    page.text.comment(0, "뜻", lambda _row: None)  # the row is still whole here, and half of it when this is stored
    wait(lambda: settled(page))
    assert [one.text for one in main.desk.transcripts.segments(told.code)[0].comments] == ["뜻"]


def test_what_is_written_beside_a_segment_outlives_the_split_that_made_it(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    page._translating._use("en")
    page.view.edit_here()
    page.view.editor.set_caret(LINES[0].index("태어"))
    press(page, Key.Key_Return, Mod.ControlModifier)
    wait(lambda: settled(page) and len(page.text.segments) == len(LINES) + 1)
    press(page, Key.Key_T, Mod.ControlModifier)
    compose(page.translation.field, "함")
    page.view.edit_here()
    press(page, Key.Key_M, BOTH)
    compose(page.panel.comments.field, "뜻")
    press(page, Key.Key_M, BOTH)
    press(page, Key.Key_Z, Mod.ControlModifier)
    wait(lambda: settled(page) and len(page.text.segments) == len(LINES))
    assert page.view.current == 0
    assert page.panel.comments.field.toPlainText() == "뜻"
    assert page.translation.field.toPlainText() == "함"
    page.leave()
    page.text.finish()
    found = main.desk.transcripts.segments(told.code)
    assert [[one.text for one in segment.comments] for segment in found[:2]] == [["뜻"], []]
    assert [[one.text for one in segment.translations] for segment in found[:2]] == [["함"], []]
    page._translating._use("")


def test_what_is_being_written_beside_minutes_that_go_for_good_goes_with_them(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    write_beside(page, 1)
    gone = told.segments[1]
    main.desk.removing.remove(told.code, gone.start_ms, gone.end_ms, "her family")
    wait(lambda: settled(page) and page.text.row_of(gone.id) is None)
    assert (page.panel.comments.field.toPlainText(), page.translation.field.toPlainText()) == ("", "")
    page.view.go_to(0)
    page.leave()
    page.text.finish()
    assert not [one for one in main.desk.transcripts.segments(told.code) if one.comments or one.translations]
    page._translating._use("")


def test_what_is_being_written_beside_a_segment_that_is_cut_for_good_goes_with_the_cut(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    write_beside(page, 1)
    cut = told.segments[1]
    main.desk.removing.remove(told.code, cut.start_ms, cut.start_ms + 1_000, "her family")
    wait(lambda: settled(page) and len(page.text.segments) == len(LINES) + 1)
    left = main.desk.transcripts.segments(told.code)
    assert cut.id in [one.id for one in left if one.text != cut.text], "some of its words are left"
    page.view.go_to(0)
    page.leave()
    page.text.finish()
    left = main.desk.transcripts.segments(told.code)
    assert not [one for one in left if one.comments or one.translations], "they may say what is gone"
    page._translating._use("")


def test_what_is_being_written_beside_minutes_that_stay_is_kept(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    write_beside(page, 3)
    gone = told.segments[1]
    main.desk.removing.remove(told.code, gone.start_ms, gone.end_ms, "her family")
    wait(lambda: settled(page) and page.text.row_of(gone.id) is None)
    page.leave()
    page.text.finish()
    [found] = [one for one in main.desk.transcripts.segments(told.code) if one.id == told.segments[3].id]
    assert [one.text for one in (*found.comments, *found.translations)] == ["뜻", "함"]
    page._translating._use("")


def test_remarks_wait_for_a_disk_that_refuses_them(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: str) -> None:
        raise StorageFailed("The disk is full.")

    page._translating._use("en")
    compose(page.panel.comments.field, "뜻")
    compose(page.translation.field, "함")
    with monkeypatch.context() as disk:
        disk.setattr(main.desk.transcripts, "comment", full)
        disk.setattr(main.desk.transcripts, "translate", full)
        page.leave()
        page.text.finish()
        wait(lambda: not page.text.queue._busy)
        assert page.hindrance() == "The last corrections are not stored yet."
    page.text.finish()
    wait(lambda: settled(page))
    stored = main.desk.transcripts.segments(told.code)[0]
    assert [one.text for one in stored.comments] == ["뜻"]
    assert [one.text for one in stored.translations] == ["함"]
    page._translating._use("")


def test_more_than_one_comment_holds_becomes_several(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    said = " ".join(["아버지는"] * LONGEST_COMMENT)
    page.panel.comments.field.setPlainText(said)
    page.leave()
    wait(lambda: settled(page))
    comments = [one.text for one in main.desk.transcripts.segments(told.code)[0].comments]
    assert len(comments) > 1
    assert " ".join(comments) == said


def test_what_was_marked_while_recording_is_on_the_curve_and_a_key_leads_to_it(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    with main.desk.archive.store.transaction() as records:
        interview = main.archive.interview(records, told.code)
        for at_ms, word in ((5_100, "border"), (8_500, "")):
            records.recordings.put_mark(Mark(interview.id, at_ms, word))
    main.desk.archive.announce(Changed.RECORDING, told.code)
    wait(lambda: page._transport.waveform._marks == [5_100, 8_500])
    page.panel.queue.show_kind(RECORDED)
    assert page.panel.queue.rows == [2, 4]
    assert "border" in page.panel.queue.words(0)
    page.view.go_to(0)
    for row in (2, 4, 2):
        press(page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert page.view.current == row
    page.panel.queue.show_kind(WAITING)
