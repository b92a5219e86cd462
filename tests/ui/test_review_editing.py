"""Correcting a transcript with the keyboard: no key lost, no syllable lost, everything stored, everything undone."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from oralhistory.domain.edits import SetText
from oralhistory.domain.transcript import Draft, Layer, WindowResult, normalised
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.passage_dialog import PassageDialog
from oralhistory.ui.review.replace_dialog import ReplaceDialog
from oralhistory.ui.review.text_commands import caret_after
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told, written
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Key = Qt.Key
Mod = Qt.KeyboardModifier


class Hands:
    """Types into whatever has the keyboard, and looks into the archive."""

    def __init__(self, main: MainWindow, page: TranscriptPage, code: str, wait: Wait) -> None:
        self.main, self.page, self.code, self.wait = main, page, code, wait

    @property
    def editor(self) -> QWidget:
        return self.page.view.editor

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(self.editor, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.editor, text)

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QCoreApplication.sendEvent(self.editor, event)

    def stored(self) -> list[str]:
        return [one.text for one in self.main.desk.transcripts.segments(self.code)]

    def is_stored(self, texts: list[str]) -> None:
        self.wait(lambda: self.page.text.queue.idle and self.stored() == texts)

    def shown(self) -> list[str]:
        return [one.text for one in self.page.text.segments]

    def steps(self) -> list[str]:
        return [one.kind for one in self.main.desk.transcripts.history(self.code)]


@pytest.fixture
def hands(main: MainWindow, page: TranscriptPage, told: Told, wait: Wait) -> Hands:
    return Hands(main, page, told.code, wait)


def lines(*changed: tuple[int, str]) -> list[str]:
    texts = list(LINES)
    for row, text in changed:
        texts[row] = text
    return texts


def test_typing_is_stored_within_a_moment_and_leaves_the_caret_alone(hands: Hands) -> None:
    hands.key(Key.Key_End)
    hands.type(" abc")
    hands.is_stored(lines((0, LINES[0] + " abc")))
    assert hands.page.view.editor.textCursor().atEnd()
    assert hands.page.view.current == 0


def test_a_space_at_the_end_stays_while_typing_goes_on(hands: Hands) -> None:
    hands.key(Key.Key_End)
    hands.type("x ")
    hands.is_stored(lines((0, LINES[0] + "x")))
    hands.type("y")
    hands.is_stored(lines((0, LINES[0] + "x y")))


def test_enter_goes_to_the_next_segment_and_stores_what_was_typed(hands: Hands) -> None:
    hands.type("A")
    hands.key(Key.Key_Return)
    assert hands.page.view.current == 1
    assert hands.shown() == lines((0, "A" + LINES[0]))
    hands.is_stored(lines((0, "A" + LINES[0])))


def test_a_letter_beside_alt_is_a_key_that_was_missed_and_no_word(hands: Hands) -> None:
    for modifier in (Mod.AltModifier, Mod.AltModifier | Mod.ShiftModifier):
        missed = QKeyEvent(QEvent.Type.KeyPress, Key.Key_C, modifier, "c")
        QCoreApplication.sendEvent(hands.page.view.editor, missed)
    hands.type("x")
    hands.is_stored([f"x{LINES[0]}", *LINES[1:]])


def test_split_and_join_are_each_other_undone(hands: Hands) -> None:
    hands.page.view.editor.set_caret(LINES[0].index("태어"))
    hands.key(Key.Key_Return, Mod.ControlModifier)
    halves = ["저는 회령에서", "태어났습니다."]
    hands.is_stored([*halves, *LINES[1:]])
    hands.wait(lambda: hands.page.view.current == 1)
    assert hands.page.view.editor.toPlainText() == halves[1]
    hands.key(Key.Key_Backspace)
    hands.is_stored(list(LINES))
    hands.wait(lambda: hands.page.view.current == 0)
    assert hands.page.view.editor.caret() == len(halves[0]) + 1


def test_a_key_that_is_held_down_empties_one_segment_attests_one_and_takes_one_step_back(hands: Hands) -> None:
    """Backspace held goes on at the very beginning; Alt and Return held would find passage after passage right; Ctrl and Z held
    would go on behind the hand that let them go, and past what was done before the archive was unlocked."""
    editor = hands.page.view.editor
    hands.page.view.go_to(1)
    for key, modifier in (
        (Key.Key_Backspace, Mod.NoModifier), (Key.Key_Return, Mod.AltModifier), (Key.Key_Z, Mod.ControlModifier),
    ):  # fmt: skip
        held = QKeyEvent(QEvent.Type.KeyPress, key, modifier, "", autorep=True)
        QCoreApplication.sendEvent(editor, held)
        assert held.isAccepted() and not editor.holding
    hands.is_stored(list(LINES))
    assert hands.page.view.current == 1


def test_what_is_typed_while_a_split_is_being_stored_lands_behind_it(hands: Hands) -> None:
    hands.page.view.editor.set_caret(LINES[0].index("태어"))
    hands.key(Key.Key_Return, Mod.ControlModifier)
    assert hands.page.view.editor.holding
    hands.type("ab")
    hands.compose("하")
    hands.compose("", "하")
    hands.is_stored(["저는 회령에서", "ab하태어났습니다.", *LINES[1:]])


@contextmanager
def slow(hands: Hands, what: str, *, of: str = "") -> Iterator[threading.Event]:
    """The archive takes its time for this, until the block ends: the event says that it has begun."""
    service, begun, go_on = hands.page.text._transcripts, threading.Event(), threading.Event()
    real = getattr(service, what)

    def work(code: str, *given: Any, **more: Any) -> Any:
        if of and given[0][0].edit.kind != of:
            return real(code, *given, **more)
        early = real(code, *given, **more) if what == "segments" else None  # what was read is old when it comes
        begun.set()
        go_on.wait(20)
        return early if early is not None else real(code, *given, **more)

    setattr(service, what, work)
    try:
        yield begun
    finally:
        go_on.set()
        delattr(service, what)


def _to_another_interview(hands: Hands) -> None:
    other = hands.main.desk.interviews.create(("ko",)).code
    written(hands.main.desk, other)
    hands.main.open_interview(other)


@pytest.mark.parametrize("leave", [lambda hands: hands.page.end(), _to_another_interview], ids=["locks", "goes elsewhere"])
def test_what_is_typed_behind_a_step_is_not_lost_to_whoever(hands: Hands, leave: Callable[[Hands], None]) -> None:
    hands.page.view.editor.set_caret(LINES[0].index("태어"))
    hands.key(Key.Key_Return, Mod.ControlModifier)
    hands.type("ab ")
    hands.key(Key.Key_Return, Mod.ControlModifier)  # one more step among what waits
    hands.type("c")
    assert hands.page.view.editor.holding
    leave(hands)
    hands.is_stored(["저는 회령에서", "ab", "c태어났습니다.", *LINES[1:]])


def test_what_is_pasted_or_noted_while_a_split_is_being_stored_lands_behind_it(hands: Hands) -> None:
    pasted = QMimeData()
    pasted.setText("one\ntwo ")
    hands.page.view.editor.set_caret(LINES[0].index("태어"))
    hands.key(Key.Key_Return, Mod.ControlModifier)
    hands.page.view.editor.insertFromMimeData(pasted)  # by the menu: no key that waits
    hands.page.command("insert_crying")
    hands.is_stored(["저는 회령에서", "one two [crying] 태어났습니다.", *LINES[1:]])


def test_what_is_typed_between_two_steps_that_are_stored_is_kept(hands: Hands) -> None:
    text = hands.page.text
    hands.page.view.editor.set_caret(LINES[0].index("태어"))
    with slow(hands, "edit", of="set_speaker"):
        hands.key(Key.Key_Return, Mod.ControlModifier)
        hands.page._speakers.renamed.emit("N1", "여성 A")
        hands.wait(lambda: len(text.segments) == len(LINES) + 1)
        hands.type("ab")
    hands.wait(lambda: text.stored and not hands.page.view.editor.holding)
    hands.is_stored(["저는 회령에서", "ab태어났습니다.", *LINES[1:]])


def test_a_text_that_was_read_before_a_correction_does_not_take_it_off_the_screen(hands: Hands) -> None:
    with slow(hands, "segments") as begun:
        hands.page.text.load(hands.code)
        hands.wait(begun.is_set)
        hands.type("A")
        hands.key(Key.Key_Return)
    hands.is_stored(lines((0, "A" + LINES[0])))
    assert hands.shown() == hands.stored()


def test_a_wait_ends_with_the_interview_it_was_for(hands: Hands, main: MainWindow) -> None:
    other = main.desk.interviews.create(("ko",)).code
    written(main.desk, other)
    hands.page.view.wait()
    main.open_interview(other)
    main.open_step("transcript")
    view = hands.page.view
    hands.wait(lambda: hands.page.text.code == other and view.segment is not None)
    hands.type("B")
    assert view.editor.toPlainText() == "B" + LINES[0]


def test_a_second_command_waits_for_the_first(hands: Hands) -> None:
    hands.page.view.editor.set_caret(LINES[0].index("태어"))
    hands.key(Key.Key_Return, Mod.ControlModifier)
    hands.key(Key.Key_Backspace)
    hands.type("!")
    hands.is_stored(lines((0, "저는 회령에서 !태어났습니다.")))


def test_undo_and_redo_take_the_road_of_the_archive(hands: Hands) -> None:
    hands.type("Q")
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.is_stored(list(LINES))
    hands.wait(lambda: not hands.page.view.editor.holding)
    assert hands.page.view.editor.toPlainText() == LINES[0]
    hands.key(Key.Key_Z, Mod.ControlModifier | Mod.ShiftModifier)
    hands.is_stored(lines((0, "Q" + LINES[0])))
    assert hands.steps() == ["set_text"]


def test_undo_puts_the_caret_where_it_was_typed(hands: Hands) -> None:
    editor = hands.page.view.editor
    hands.key(Key.Key_Home)
    hands.type("Q")
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.wait(lambda: not editor.holding and editor.toPlainText() == LINES[0])
    assert editor.caret() == 0
    hands.key(Key.Key_Z, Mod.ControlModifier | Mod.ShiftModifier)
    hands.wait(lambda: not editor.holding and editor.toPlainText() == "Q" + LINES[0])
    assert editor.caret() == 1


@pytest.mark.parametrize(
    ("before", "caret", "now", "after"),
    [
        ("aaab", 1, "aab", 0), ("aaab", 2, "aab", 1), ("bc", 0, "abc", 1), ("abcX", 0, "abc", 3), ("Xabc", 3, "abc", 2),
        ("abc ", 4, "abc", 3), ("one two", 7, "one 2 two", 9), ("one two", 0, "one three", 9), ("", 0, "abc", 3),
        ("abc", 3, "", 0), ("가나", 1, "가나", 1),
    ],
)  # fmt: skip
def test_the_caret_stands_before_what_it_stood_before(before: str, caret: int, now: str, after: int) -> None:
    assert caret_after(before, caret, now) == after


def test_undo_with_nothing_to_undo_keeps_the_keyboard(hands: Hands) -> None:
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.type("B")
    hands.is_stored(lines((0, "B" + LINES[0])))


def test_speakers_marks_and_doubtful_passages(hands: Hands, main: MainWindow) -> None:
    hands.key(Key.Key_2, Mod.ControlModifier)
    hands.key(Key.Key_M, Mod.ControlModifier)
    hands.key(Key.Key_Down, Mod.AltModifier)
    assert hands.page.view.current == 1
    hands.key(Key.Key_Down, Mod.AltModifier)
    assert hands.page.view.current == 3
    hands.key(Key.Key_Down, Mod.AltModifier)
    assert hands.page.view.current == 0
    hands.wait(lambda: hands.page.text.queue.idle)
    first = main.desk.transcripts.segments(hands.code)[0]
    assert (first.speaker, first.flags) == ("I1", frozenset({"check"}))


def test_an_edited_word_is_no_longer_doubtful(hands: Hands) -> None:
    hands.key(Key.Key_Down, Mod.AltModifier)
    hands.page.view.editor.set_caret(3)
    hands.type("x")
    hands.key(Key.Key_Down, Mod.AltModifier)
    assert not hands.page.text.segments[1].doubtful


def test_a_new_name_for_a_speaker_everywhere_is_one_step(hands: Hands, main: MainWindow) -> None:
    hands.page._speakers.ask = lambda _question, _standing: "여성 A"
    button = hands.page.findChild(QWidget, "review_speaker_rename")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    hands.wait(lambda: hands.page.text.queue.idle)
    assert {one.speaker for one in main.desk.transcripts.segments(hands.code)} == {"여성 A"}
    assert hands.steps() == ["set_speaker"]


def test_arrows_at_the_edges_go_on_to_the_neighbour(hands: Hands) -> None:
    hands.key(Key.Key_Down)
    assert (hands.page.view.current, hands.page.view.editor.caret()) == (1, 0)
    hands.key(Key.Key_Left)
    assert (hands.page.view.current, hands.page.view.editor.caret()) == (0, len(LINES[0]))
    hands.key(Key.Key_Up)
    assert hands.page.view.current == 0


def test_leaving_the_page_stores_the_text(hands: Hands, main: MainWindow) -> None:
    hands.type("Z")
    main.open_step("history")
    hands.is_stored(lines((0, "Z" + LINES[0])))


def test_locking_stores_the_text(hands: Hands) -> None:
    hands.type("Z")
    hands.page.end()
    assert hands.stored() == lines((0, "Z" + LINES[0]))


def test_day_and_night_change_while_somebody_types(hands: Hands) -> None:
    hands.key(Key.Key_End)
    hands.type(" abc ")
    hands.compose("한")
    hands.page.context.theme.apply()
    assert hands.page.view.editor.toPlainText() == LINES[0] + " abc 한"
    assert hands.page.view.editor.textCursor().atEnd()
    hands.is_stored(lines((0, LINES[0] + " abc 한")))


def test_what_the_archive_refuses_stays_before_whoever_typed_it(hands: Hands, main: MainWindow) -> None:
    first = hands.page.text.segments[0]
    main.desk.transcripts.edit(hands.code, [PlannedEdit(SetText(first.id, "Otherwise."))])  # as another window would
    hands.key(Key.Key_End)
    hands.type(" abc")
    hands.wait(lambda: hands.page.text.segments[0].text == "Otherwise." and hands.page.text.queue.idle)
    assert hands.page.view.editor.toPlainText() == LINES[0] + " abc"
    assert hands.page.view.editor.caret() == len(LINES[0]) + 4
    assert hands.stored()[0] == "Otherwise."
    hands.key(Key.Key_Return)
    hands.is_stored(lines((0, LINES[0] + " abc")))


def test_emoji_count_as_one_letter(hands: Hands) -> None:
    hands.page.view.editor.insertPlainText("😀가 ")
    hands.page.view.editor.set_caret(3)
    hands.key(Key.Key_Return, Mod.ControlModifier)
    hands.is_stored(["😀가", *LINES])


def test_pasted_lines_become_one(hands: Hands) -> None:
    mime = hands.page.view.editor.createMimeDataFromSelection()
    mime.setText("one\ntwo\r\n three")
    hands.page.view.editor.insertFromMimeData(mime)
    hands.is_stored(lines((0, "one two three" + LINES[0])))


# --- input methods ------------------------------------------------------------------------------------------------------

Leave = Callable[[Hands], None]


def _row(hands: Hands) -> None:
    hands.page.view.go_to(2)


def _focus(hands: Hands) -> None:
    hands.page._transport.play.setFocus()
    hands.page.view.commit()


def _click(hands: Hands) -> None:
    place = hands.page.view.row_rect(3).center()
    QTest.mouseClick(hands.page.view.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)


def _leave(hands: Hands) -> None:
    hands.main.open_step("consent")


def _lock(hands: Hands) -> None:
    hands.page.end()


def _mark(hands: Hands) -> None:
    hands.key(Key.Key_M, Mod.ControlModifier)


def _next(hands: Hands) -> None:
    hands.key(Key.Key_Return)


def _hide(hands: Hands) -> None:
    hands.page.view.editor.hide()
    hands.page.view.editor.show()
    hands.page.view.commit()


SEQUENCES = {
    "korean": [("ㅎ", ""), ("하", ""), ("한", "")],
    "korean, a final that moves": [("ㄱ", ""), ("가", ""), ("각", ""), ("가", ""), ("사", "가")],
    "chinese": [("ni", ""), ("ni hao", ""), ("你好", "")],
}


@pytest.mark.parametrize("leave", [_row, _focus, _click, _leave, _lock, _mark, _next, _hide])
def test_what_is_being_composed_is_never_lost(hands: Hands, leave: Leave) -> None:
    expected = LINES[0]
    for sequence in SEQUENCES.values():
        hands.main.open_step("transcript")
        hands.page.view.go_to(0)
        hands.key(Key.Key_End)
        for preedit, commit in sequence:
            hands.compose(preedit, commit)
            expected += commit
        expected += sequence[-1][0]
        leave(hands)
        hands.is_stored(lines((0, normalised(expected))))


def test_a_split_inside_a_composition_takes_the_syllable_along(hands: Hands) -> None:
    hands.page.view.editor.set_caret(LINES[0].index("태어"))
    hands.compose("한")
    hands.key(Key.Key_Return, Mod.ControlModifier)
    hands.is_stored(["저는 회령에서 한", "태어났습니다.", *LINES[1:]])


def test_undo_inside_a_composition_undoes_the_syllable(hands: Hands) -> None:
    hands.compose("한")
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.is_stored(list(LINES))
    assert hands.steps() == ["set_text"]


def test_nothing_is_saved_while_a_syllable_is_open_and_everything_when_it_closes(hands: Hands, wait: Wait) -> None:
    hands.key(Key.Key_End)
    hands.compose("한")
    hands.compose("그", "한")
    wait(lambda: hands.page.view._save_due)
    assert hands.steps() == []
    assert hands.page.view.editor.composing
    hands.compose("", "글")
    hands.is_stored(lines((0, LINES[0] + "한글")))


def test_the_keys_of_the_sound_and_the_sound_leave_a_composition_alone(hands: Hands) -> None:
    page = hands.page
    hands.key(Key.Key_End)
    hands.compose("ni hao")
    for key in (Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F9, Key.Key_Escape, Key.Key_Tab, Key.Key_F8, Key.Key_F8):
        hands.key(key)
        page._moved(700)  # a word of the row in hand is marked as heard
        assert page.view.editor.composing, key
    page.playback.pause()
    hands.compose("", "你好")
    hands.is_stored(lines((0, LINES[0] + "你好")))


def test_an_empty_composition_commits_nothing(hands: Hands) -> None:
    hands.compose("ㅎ")
    hands.compose("")
    hands.page.view.go_to(1)
    assert hands.shown() == list(LINES)


# --- undoing, keys that tell ----------------------------------------------------------------------------------------------


def said(main: MainWindow) -> str:
    label = main.findChild(QLabel, "status_line")
    assert isinstance(label, QLabel)
    return label.text()


def test_the_work_of_another_day_is_told_before_it_is_undone(hands: Hands, main: MainWindow) -> None:
    hands.type("A")
    hands.key(Key.Key_Return)
    hands.is_stored(lines((0, "A" + LINES[0])))
    main.desk.transcripts._began = main.archive.clock()  # as if the archive had been unlocked now
    hands.type("B")
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.is_stored(lines((0, "A" + LINES[0])))
    hands.wait(lambda: "All changes since unlocking are undone" in said(main))
    hands.wait(lambda: not hands.page.view.editor.holding)
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.is_stored(list(LINES))


def test_a_new_change_guards_the_work_of_another_day_again(hands: Hands, main: MainWindow) -> None:
    hands.type("A")
    hands.key(Key.Key_Return)
    hands.is_stored(lines((0, "A" + LINES[0])))
    main.desk.transcripts._began = main.archive.clock()
    for letter in ("", "C"):
        hands.type(letter)
        hands.key(Key.Key_Z, Mod.ControlModifier)
        hands.wait(lambda: not hands.page.view.editor.holding)
        hands.is_stored(lines((0, "A" + LINES[0])))


def test_a_split_where_there_is_nothing_to_split_says_so(hands: Hands, main: MainWindow) -> None:
    hands.key(Key.Key_End)
    hands.key(Key.Key_Return, Mod.ControlModifier)
    assert "put the caret between two words" in said(main)
    assert hands.shown() == list(LINES)


def test_the_keys_of_the_speakers_stay_theirs_while_one_works(hands: Hands) -> None:
    before = hands.page.text.speakers()
    hands.key(Key.Key_3, Mod.ControlModifier)
    assert hands.page.text.segments[0].speaker == "T1"
    assert hands.page.text.speakers() == before
    hands.page._speakers.renamed.emit("T1", "통역")
    hands.wait(lambda: hands.page.text.stored)
    assert hands.page.text.speakers() == ["N1", "I1", "통역"]
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.wait(lambda: hands.page.text.stored)
    assert hands.page.text.speakers() == before
    hands.key(Key.Key_Y, Mod.ControlModifier)
    hands.wait(lambda: hands.page.text.stored)
    assert hands.page.text.speakers() == ["N1", "I1", "통역"]


def test_undoing_what_changed_many_rows_stays_at_the_one_in_hand(hands: Hands) -> None:
    view = hands.page.view
    view.go_to(2)
    view.edit_here()
    hands.page._speakers.renamed.emit("N1", "여성 A")
    hands.wait(lambda: hands.page.text.stored and not view.editor.holding)
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.wait(lambda: hands.page.text.segments[0].speaker == "N1" and not view.editor.holding)
    assert view.current == 2
    view.go_to(4)
    hands.key(Key.Key_Left, Mod.AltModifier)  # the border it has with the row before, too
    hands.wait(lambda: hands.page.text.stored and not view.editor.holding)
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.wait(lambda: hands.page.text.segments[4].start_ms == 8_000 and not view.editor.holding)
    assert view.current == 4


# --- doubts, the same error elsewhere, the machine's own --------------------------------------------------------------------


def test_right_needs_an_ear_clears_the_doubt_and_goes_to_the_next(hands: Hands, main: MainWindow) -> None:
    page = hands.page
    page.view.go_to(1)
    hands.key(Key.Key_Return, Mod.AltModifier)
    hands.wait(lambda: page.text.stored and not page.view.editor.holding)
    assert page.text.segments[1].doubtful
    assert page.view.current == 1
    banner = main.window().findChild(QWidget, "banner")
    assert banner is not None
    hands.wait(lambda: any("Listen to it to its end first." in one.text() for one in banner.findChildren(QLabel)))
    main.desk.attesting.heard(hands.code, 2_000, 3_600)
    hands.key(Key.Key_Return, Mod.AltModifier)
    hands.type("!")
    hands.wait(lambda: page.view.current == 3 and not page.view.editor.holding)
    assert not page.text.segments[1].doubtful
    hands.is_stored(lines((3, "!" + LINES[3])))
    assert not main.desk.transcripts.segments(hands.code)[1].doubtful
    assert hands.steps() == ["confirm", "set_text"]


def test_a_correction_is_found_everywhere_alike_and_replaced_as_one_step(hands: Hands) -> None:
    page = hands.page
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Down)
    page.view.editor.selectAll()
    page.view.editor.insertPlainText("연길은 멀고 연길로 갔습니다.")
    hands.key(Key.Key_Return)
    page.view.editor.selectAll()
    page.view.editor.insertPlainText("연기를 보고 연길에서 왔습니다.")
    hands.key(Key.Key_Up)
    hands.key(Key.Key_Home)
    for _ in range(2):
        hands.key(Key.Key_Delete)
    page.view.editor.insertPlainText("도문")
    hands.key(Key.Key_E, Mod.ControlModifier)
    dialog = page.findChild(ReplaceDialog)
    assert dialog is not None
    hands.wait(lambda: len(dialog._places) == 2)
    assert (dialog._find.text(), dialog._put.text()) == ("연길", "도문")
    shown = [dialog._list.item(at).text() for at in range(2)]
    assert [one.split("[")[1].split("]")[0] for one in shown] == ["연길로 → 도문으로", "연길에서 → 도문에서"]
    for row, place in ((2, 7), (3, 7), (2, 7)):  # Enter walks through the places, the keyboard stays in the dialog
        QTest.keyClick(dialog._find, Key.Key_Return)
        assert (page.view.current, page.view.editor.caret()) == (row, place)
    dialog._list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog._do.click()
    hands.is_stored(lines((2, "도문은 멀고 도문으로 갔습니다."), (3, "연기를 보고 연길에서 왔습니다.")))
    hands.wait(lambda: not page.view.editor.holding)
    page.view.edit_here()
    hands.key(Key.Key_Z, Mod.ControlModifier)
    hands.is_stored(lines((2, "도문은 멀고 연길로 갔습니다."), (3, "연기를 보고 연길에서 왔습니다.")))
    dialog.close()


def test_a_passage_beside_the_machines_own_and_back_again(hands: Hands, main: MainWindow) -> None:
    archive = main.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, hands.code)
        draft = Draft(archive.new_id(), interview.id, "whisper", "tiny", "0" * 64, "ko", True)
        records.transcripts.start_draft(draft)
        first = records.transcripts.segments(interview.id, Layer.REVIEWED)[0]
        result = WindowResult((replace(first, id=archive.new_id()),), "ko", -0.2, 0.1, 1.2)
        records.transcripts.add_window(draft.id, first.recording, 0, 2_000, result)
    hands.page.view.editor.insertPlainText("정말 ")
    hands.key(Key.Key_D, Mod.ControlModifier)
    hands.wait(lambda: hands.page.findChild(PassageDialog) is not None)
    dialog = hands.page.findChild(PassageDialog)
    assert dialog is not None
    assert dialog._text.toPlainText().split() == ["정말", *LINES[0].split()]
    back = dialog.findChild(QPushButton, "review_passage_restore")
    assert isinstance(back, QPushButton)
    back.click()
    hands.is_stored(list(LINES))
    assert hands.steps() == ["set_text", "restore"]
    hands.wait(lambda: not hands.page.view.editor.holding)
    assert hands.page.view.editor.toPlainText() == LINES[0]
