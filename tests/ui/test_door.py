"""From the closed door to the open archive: first start, new archive, wrong passphrase, recovery, lock, new passphrase."""

import contextlib
import itertools
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from oralhistory.domain.paper import Paper
from oralhistory.errors import Cancelled, StorageFailed
from oralhistory.services.library.interviews import Interviews
from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from oralhistory.ui.entry.paper_code import differing_group, in_lines, plain_code
from oralhistory.ui.entry.strength import FAIR, STRONG, TOO_SHORT, WEAK, strength
from oralhistory.ui.entry.unlock_page import UnlockPage
from oralhistory.ui.lock.clipboard import forget_copies
from oralhistory.ui.look import choosing
from oralhistory.ui.look.printing import Printed, PrintRow
from oralhistory.ui.look.question import Question
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.main_window import MainWindow
from tests.ui.answering import answering
from tests.ui.conftest import PASSPHRASE, Wait

Find = Callable[[str], QWidget]


def type_into(field: QWidget, text: str) -> None:
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, text)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def words_of(widget: QWidget) -> str:
    assert isinstance(widget, QLabel | QPushButton)
    return widget.text()


def test_where_no_archive_is_the_door_offers_to_make_one_and_asks_no_passphrase(frame: Frame, find: Find) -> None:
    assert find("unlock_create").isVisible()
    assert find("unlock_demo").isVisible()
    assert not find("unlock_passphrase").isVisible()
    said = [one for one in find("unlock_create").parentWidget().findChildren(QLabel) if one.isVisible() and one.text()]
    assert len(said) == 3
    for above, below in itertools.pairwise(said):
        assert below.y() - above.geometry().bottom() <= GRID + 1, "the words stand together"
        assert above.height() <= above.heightForWidth(above.width()) + 1


def test_a_new_archive_from_the_first_click_to_the_empty_list(frame: Frame, find: Find, wait: Wait, tmp_path: Path) -> None:
    click(find("unlock_create"))
    type_into(find("create_folder"), str(tmp_path / "Dropbox (Society)" / "fresh"))
    assert "Dropbox copies this folder" in words_of(find("create_place_told"))
    type_into(find("create_folder"), "~nobody-of-that-name")
    assert not find("create_place_told").isVisible()
    type_into(find("create_folder"), str(tmp_path / "fresh"))
    assert "keeps no note of this place" in words_of(find("create_place_told"))
    type_into(find("create_passphrase"), PASSPHRASE)
    assert not find("create_make").isEnabled()
    type_into(find("create_passphrase_again"), PASSPHRASE)
    click(find("create_make"))
    assert not find("create_back").isEnabled(), "the code of what is being made would never be seen"
    wait(lambda: find("create_code").isVisible())
    code = words_of(find("create_code"))
    printed = find("create_code_print").parentWidget()
    assert isinstance(printed, PrintRow)
    papers: list[Paper] = []
    printed.print_paper = lambda paper: papers.append(paper) or Printed("", "LP")  # type: ignore[func-returns-value]
    click(find("create_code_print"))
    assert [one.sections[0].head for one in papers] == [code]
    assert words_of(find("create_code_print_told")) == "Handed to the printer LP."
    click(find("create_written"))
    groups = code.lower().replace("-", " ").split()
    type_into(find("create_typed_code"), " ".join([*groups[:8], *groups[9:]]))
    assert not find("create_finish").isEnabled()
    assert words_of(find("create_compared")) == "Group 9 differs from the code, counted from the beginning."
    type_into(find("create_typed_code"), " ".join(groups))
    assert find("create_finish").isEnabled()
    click(find("create_finish"))
    assert frame.main is not None
    assert frame.main.archive.folder == tmp_path / "fresh"
    wait(lambda: not frame.main.jobs.busy)  # type: ignore[union-attr]
    assert find("welcome_new").isVisible()


def test_a_new_archive_gets_a_place_where_nothing_lies(
    frame: Frame, find: Find, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, full = program.default_archive, tmp_path / "documents"
    full.mkdir()
    (full / "letter").touch()
    frame.show_door(full)
    click(find("unlock_create"))
    folder = find("create_folder")
    assert isinstance(folder, QLineEdit) and folder.text() == str(usual)
    monkeypatch.setattr(choosing, "folder", lambda *_: str(full))
    click(find("create_choose_folder"))
    assert folder.text() == str(full / usual.name) and not find("create_place_told").isHidden()
    for name in ("create_passphrase", "create_passphrase_again"):
        type_into(find(name), PASSPHRASE)
    assert find("create_make").isEnabled()
    type_into(folder, str(full))
    assert "not empty" in words_of(find("create_place_told")) and not find("create_make").isEnabled()


def test_giving_up_the_wizard_lets_go_of_the_archive(frame: Frame, find: Find, wait: Wait, program: Program, tmp_path: Path
                                                     ) -> None:
    click(find("unlock_create"))
    for typed, doubtful in (("Kim-Minji", True), ("mk", False), ("", False)):
        type_into(find("create_who"), typed)
        assert find("create_who_doubt").isVisible() is doubtful
    type_into(find("create_folder"), str(tmp_path / "fresh"))
    for name in ("create_passphrase", "create_passphrase_again"):
        type_into(find(name), PASSPHRASE)
    click(find("create_make"))
    wait(lambda: find("create_code").isVisible())
    with answering("return") as asked:
        frame.close()
    assert "shown only this once" in asked[0] and frame.isVisible()
    with answering("close_question_close"):
        frame.close()
    program.archives.unlock(tmp_path / "fresh", PASSPHRASE).close()


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(frame: Frame, main: MainWindow, find: Find, wait: Wait) -> None:
    frame.resize(1_024, 600)
    frame.lock()
    assert frame.main is None
    type_into(find("unlock_passphrase"), "not the right words")
    QTest.keyClick(find("unlock_passphrase"), Qt.Key.Key_Return)
    wait(lambda: find("banner").isVisible())
    assert frame.main is None
    assert words_of(find("banner_happened"))
    banner, form = find("banner"), find("unlock_open").parentWidget()
    for one in (find("unlock_language"), form):
        assert not banner.geometry().intersects(QRect(one.mapTo(frame, QPoint()), one.size())), f"it lies on {one}"
    type_into(find("unlock_passphrase"), PASSPHRASE)
    QTest.keyClick(find("unlock_passphrase"), Qt.Key.Key_Return)
    wait(lambda: frame.main)
    assert not find("banner").isVisible()


def test_whatever_keeps_the_door_shut_the_next_words_go_into_the_hidden_field_alone(
    frame: Frame, main: MainWindow, find: Find, wait: Wait
) -> None:
    folder = main.archive.folder
    frame.lock()
    folder.rename(folder.with_name("away"))
    find("unlock_open").setFocus()
    click(find("unlock_open"))
    QTest.keyClicks(frame.focusWidget(), "words typed blindly ")
    assert not find("unlock_code").isVisible()
    wait(lambda: find("banner").isVisible())
    assert find("unlock_passphrase").hasFocus()
    folder.with_name("away").rename(folder)
    QTest.keyClicks(frame.focusWidget(), PASSPHRASE)
    QTest.keyClick(frame.focusWidget(), Qt.Key.Key_Return)
    wait(lambda: frame.main)


def test_the_recovery_code_opens_and_sets_a_new_passphrase(
    frame: Frame, find: Find, wait: Wait, program: Program, tmp_path: Path
) -> None:
    archive, code = program.archives.create(tmp_path / "lost", PASSPHRASE, "mk")
    archive.close()
    frame.show_door(tmp_path / "lost")
    click(find("unlock_lost"))
    type_into(find("unlock_code"), code)
    for name in ("unlock_new_passphrase", "unlock_new_again"):
        type_into(find(name), "another four words")
    click(find("unlock_recover"))
    wait(lambda: frame.main)
    frame.lock()
    program.archives.unlock(tmp_path / "lost", "another four words").close()


def test_an_archive_that_is_held_elsewhere_is_refused_in_words(
    frame: Frame, find: Find, wait: Wait, program: Program, tmp_path: Path
) -> None:
    held, _ = program.archives.create(tmp_path / "held", PASSPHRASE, "mk")
    frame.show_door(tmp_path / "held")
    type_into(find("unlock_passphrase"), PASSPHRASE)
    click(find("unlock_open"))
    wait(lambda: find("banner").isVisible())
    assert frame.main is None
    held.close()


def test_the_passphrase_is_changed_from_the_settings(
    frame: Frame, main: MainWindow, find: Find, wait: Wait, program: Program
) -> None:
    folder = main.archive.folder
    click(find("place_settings"))
    type_into(find("settings_old_passphrase"), PASSPHRASE)
    for name in ("settings_new_passphrase", "settings_new_again"):
        type_into(find(name), "another four words")
    click(find("settings_change_passphrase"))
    wait(lambda: frame.main is not None and frame.main is not main)
    assert find("banner").isVisible()
    frame.lock()
    program.archives.unlock(folder, "another four words").close()


def test_a_passphrase_is_not_changed_over_what_still_works_unasked(frame: Frame, main: MainWindow) -> None:
    main.hindrance = lambda: "A backup is being written."  # type: ignore[method-assign]
    with answering("return") as asked:
        main.passphrase_wanted.emit(PASSPHRASE, "another four words")
    assert asked == ["A backup is being written."]
    assert frame.main is main and not main.archive.closing.is_set()


def test_a_wrong_old_passphrase_changes_nothing(
    frame: Frame, main: MainWindow, find: Find, wait: Wait, program: Program
) -> None:
    folder = main.archive.folder
    main.passphrase_wanted.emit("not the right words", "another four words")
    wait(lambda: find("banner").isVisible())
    assert frame.main is None
    program.archives.unlock(folder, PASSPHRASE).close()


def test_locking_by_key_closes_database_and_keys(frame: Frame, main: MainWindow, program: Program) -> None:
    folder = main.archive.folder
    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert frame.main is None
    assert isinstance(frame.centralWidget().findChild(UnlockPage), UnlockPage)
    program.archives.unlock(folder, PASSPHRASE).close()


def test_after_a_lock_the_passphrase_can_be_typed_at_once(frame: Frame, main: MainWindow, find: Find, wait: Wait) -> None:
    find("search").setFocus()
    frame.lock()
    wait(find("unlock_passphrase").hasFocus)
    assert not find("unlock_recording").isVisible()


def test_what_was_typed_at_the_door_goes_when_nobody_is_there(frame: Frame, main: MainWindow, find: Find) -> None:
    frame.lock()
    type_into(find("unlock_passphrase"), "half a passph")
    frame.idle.due.emit()
    assert find("unlock_passphrase").text() == ""  # type: ignore[attr-defined]


class Board:
    """A clipboard and a selection, filled by us or by somebody else (without a screen there are none)."""

    def __init__(self, ours: set[QClipboard.Mode]) -> None:
        self._ours = ours
        self.cleared: list[QClipboard.Mode] = []

    def ownsClipboard(self) -> bool:  # noqa: N802
        return QClipboard.Mode.Clipboard in self._ours

    def ownsSelection(self) -> bool:  # noqa: N802
        return QClipboard.Mode.Selection in self._ours

    def supportsSelection(self) -> bool:  # noqa: N802
        return True

    def clear(self, mode: QClipboard.Mode) -> None:
        self.cleared.append(mode)


@pytest.mark.parametrize("ours", [set(), {QClipboard.Mode.Clipboard}, {QClipboard.Mode.Clipboard, QClipboard.Mode.Selection}])
def test_only_what_was_copied_here_is_taken_out_of_the_clipboard(ours: set[QClipboard.Mode]) -> None:
    board = Board(ours)
    forget_copies(board)  # type: ignore[arg-type]
    assert set(board.cleared) == ours


def test_what_is_copied_in_the_window_says_that_it_is_not_to_be_kept(
    app: QApplication, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = app.clipboard()
    field = QLineEdit("회령의 김두루미")
    field.selectAll()
    field.copy()
    assert board.mimeData().formats() == ["text/plain"], "nobody here knows whose it is: it is left alone"
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _board: True)  # as on a screen
    field.copy()
    copied = board.mimeData()
    assert copied.text() == "회령의 김두루미"
    assert bytes(copied.data("x-kde-passwordManagerHint").data()) == b"secret"
    board.clear()


def test_a_form_that_was_being_filled_in_is_there_after_unlocking(
    frame: Frame, main: MainWindow, find: Find, wait: Wait, program: Program
) -> None:
    folder = main.archive.folder
    main._new_interview()
    type_into(find("interview_pseudonym"), "Kestrel")
    find("interview_names").setPlainText("김두루미")  # type: ignore[attr-defined]
    frame.lock()
    frame.open_archive(program.archives.unlock(folder, PASSPHRASE))
    again = frame.main
    assert again is not None and again.page is again.form
    assert find("interview_names").toPlainText() == "김두루미"  # type: ignore[attr-defined]
    click(find("interview_save"))
    wait(lambda: not again.form.isVisible())
    assert [one.narrators[0].pseudonym for one in again.desk.interviews.cards()] == ["Kestrel"]
    frame.lock()
    frame.open_archive(program.archives.unlock(folder, PASSPHRASE))
    assert frame.main is not None and frame.main.page is frame.main.welcome


@pytest.mark.parametrize("refused", [False, True], ids=["stored all the same", "names refused"])
def test_a_lock_in_the_middle_of_a_save_makes_no_second_interview(
    frame: Frame, main: MainWindow, find: Find, wait: Wait, program: Program, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    folder, made, kept = main.archive.folder, threading.Event(), threading.Event()
    store, end = Interviews.set_field, main.form.end

    def stores(interviews: Interviews, code: str, name: str, value: str) -> None:
        made.set()
        kept.wait()
        if refused:
            raise StorageFailed("The disk is full.")
        store(interviews, code, name, value)

    def ends() -> None:
        end()
        kept.set()

    main._new_interview()
    type_into(find("interview_pseudonym"), "Kestrel")
    find("interview_names").setPlainText("김두루미")  # type: ignore[attr-defined]
    monkeypatch.setattr(main.form, "end", ends)
    with monkeypatch.context() as slowly:
        slowly.setattr(Interviews, "set_field", stores)
        click(find("interview_save"))
        wait(made.is_set)
        frame.lock()
    frame.open_archive(program.archives.unlock(folder, PASSPHRASE))
    again = frame.main
    assert again is not None and (again.page is again.form) is refused
    if refused:
        click(find("interview_save"))
        wait(lambda: not again.form.isVisible())
    [card] = again.desk.interviews.cards()
    assert [one.names for one in again.desk.identities.reveal(card.interview.code, "a test")] == [("김두루미",)]


def test_what_the_disk_refuses_at_a_lock_is_told_and_the_archive_is_locked(
    frame: Frame, main: MainWindow, find: Find
) -> None:
    def full() -> None:
        raise StorageFailed("The disk is full.", safe="What was stored before is safe.")

    main.welcome.end = full  # type: ignore[method-assign]
    frame.lock()
    assert frame.main is None
    assert words_of(find("banner_happened")) == "The disk is full."


def test_long_work_ends_when_the_archive_is_locked(main: MainWindow) -> None:
    main.archive.go_on()
    main.archive.closing.set()
    with pytest.raises(Cancelled):
        main.archive.go_on()


def test_closing_asks_when_something_would_be_lost_and_locking_never_does(frame: Frame, main: MainWindow) -> None:
    main.hindrance = lambda: "a take is running"  # type: ignore[method-assign]
    with answering("return", "escape", "close_question_stay") as asked:
        for _ in range(3):  # whoever does not read it goes on working
            assert not frame.close()
    assert asked == ["a take is running"] * 3
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert frame.findChildren(Question) == [], "nothing of a question stays behind its answer"
    with answering("close_question_close") as asked:
        frame.lock()
    assert asked == []
    assert frame.main is None


def test_one_key_closes_the_window_as_its_button_does(frame: Frame, main: MainWindow, wait: Wait) -> None:
    main.hindrance = lambda: "a take is running"  # type: ignore[method-assign]
    with answering("close_question_stay") as asked:
        QTest.keyClick(main, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["a take is running"] and frame.isVisible() and frame.main is main
    frame.activateWindow()
    wait(frame.isActiveWindow)
    main.hindrance = lambda: ""  # type: ignore[method-assign]
    with answering("close_question_stay") as asked:
        QTest.keyClick(main, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert asked == [] and not frame.isVisible() and frame.main is None


def test_a_fault_of_the_program_keeps_no_lock_from_its_end(
    frame: Frame, main: MainWindow, find: Find, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, ended = main.archive.folder, list[str]()

    def broken() -> None:
        raise KeyError("the canary sings")

    main.open_interview(main.desk.interviews.create(("ko",), "Crane").code)
    monkeypatch.setattr(main.steps["consent"], "end", broken)
    monkeypatch.setattr(main.welcome, "end", lambda: ended.append("welcome"))
    with pytest.raises(KeyError):  # no process takes this one's place here
        frame.lock()
    assert ended == ["welcome"], "the other pages store what they hold"
    assert frame.main is None
    assert words_of(find("banner_happened")).startswith("The program made a mistake while it locked.")
    program.archives.unlock(folder, PASSPHRASE).close()


def test_strength_in_words() -> None:
    assert strength("seven77") == TOO_SHORT
    assert strength("aaaaaaaaaaaaaaaaaaaa") == WEAK
    assert strength("12345678901234567890") == WEAK
    assert strength("password") == WEAK
    assert strength("두만강 건너 봄") in (WEAK, FAIR)
    assert strength("correct horse battery staple") == STRONG
    assert strength("파란 우산 일곱 개와 느린 기차") == STRONG


def test_a_code_is_compared_as_people_write_it() -> None:
    assert plain_code("abcd-0o1i l") == plain_code("ABCD 00 11-1")
    assert plain_code("ABCD") != plain_code("ABCE")
    assert [differing_group(one, "ABCDEFGHJKMN") for one in ("", "ABCDE", "ABCDEFGHJKMN")] == [0, 0, 0]
    assert [differing_group(one, "ABCDEFGHJKMN") for one in ("X", "ABCDX", "ABCDEFGHJKMX", "ABCDEFGHJKMNP")] == [1, 2, 3, 3]
    assert in_lines("-".join(["ABCD"] * 6)) == "ABCD-ABCD-ABCD-ABCD\nABCD-ABCD"


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_demonstration_is_made_once_and_opened(frame: Frame, find: Find, wait: Wait) -> None:
    for _ in range(2):
        click(find("unlock_demo"))
        for _ in range(20):  # the journey takes longer than other waits may, and longer still on a busy machine
            if frame.main is None:
                with contextlib.suppress(AssertionError):
                    wait(lambda: frame.main)
        assert frame.main is not None
        wait(lambda: frame.main is not None and not frame.main.jobs.busy)
        assert len(frame.main.desk.interviews.cards()) == 2
        frame.lock()
        frame.show_door(Path("elsewhere"))
