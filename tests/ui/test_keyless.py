"""The locked window while a recording goes on: every key but no content, and the way back in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from oralhistory.domain.ports import Trouble
from oralhistory.errors import StorageFailed
from oralhistory.services.program import Program
from oralhistory.services.recording.at_the_door import Ending
from oralhistory.services.recording.take_words import trouble_sentence
from oralhistory.ui.app import Frame
from oralhistory.ui.entry import recording_note
from oralhistory.ui.entry.unlock_page import UnlockPage
from oralhistory.ui.lock.keyless_page import KeylessPage
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record.record_page import RecordPage
from oralhistory.ui.record.record_running import RecordRunning
from tests.tools.record_shots import with_studio
from tests.ui.answering import answering
from tests.ui.conftest import PASSPHRASE, Wait
from tests.ui.material import agreed
from tests.ui.studio import OneTake, Studio

Find = Callable[[str], QWidget]
Key = Qt.Key
NARRATOR = "Kestrel"


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture(autouse=True)
def over(frame: Frame, studio: Studio) -> Iterator[None]:
    yield
    studio.closed.set()


@pytest.fixture
def program(program: Program, studio: Studio) -> Program:
    return with_studio(program, studio)


@pytest.fixture
def keyless(frame: Frame, main: MainWindow, studio: Studio, wait: Wait) -> KeylessPage:
    """A recording begun in the open window, which was locked then."""
    code = main.desk.interviews.create(("ko",), NARRATOR).code
    agreed(main.desk, code)
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    button = main.findChild(QAbstractButton, "record_start")
    wait(button.isEnabled)
    button.click()
    wait(lambda: page.recording)
    studio.beat()
    wait(lambda: page._running._beat is not None)
    frame.lock()
    found = frame.findChild(KeylessPage)
    assert found is not None
    studio.beat(elapsed_ms=99_000)
    wait(lambda: found._running._beat is not None)
    return found


def words(widget: QWidget) -> str:
    every = widget.findChildren(QWidget)
    texts = [one.text() for one in every if isinstance(one, QLabel | QAbstractButton | QLineEdit) and one.isVisible()]
    return "\n".join([*texts, *(one.accessibleName() for one in every)])


def text(find: Find, name: str) -> str:
    found = find(name)
    assert isinstance(found, QLabel)
    return found.text()


def test_all_but_the_content_is_there_and_stopping_needs_no_passphrase(
    frame: Frame, keyless: KeylessPage, studio: Studio, find: Find, wait: Wait
) -> None:
    assert frame.main is None
    assert text(find, "record_clock") == "00:01:39"
    assert NARRATOR not in words(frame) and "I-" not in words(frame)
    assert [frame.findChild(QWidget, name) for name in ("record_mark_word", "record_lock")] == [None, None]
    wait(find("keyless_passphrase").hasFocus)
    for key, order in ((Key.Key_F6, "pause"), (Key.Key_F7, "mark"), (Key.Key_F3, "seal_last"), (Key.Key_F4, "seal_from"),
                       (Key.Key_F8, "off_record")):  # fmt: skip
        QTest.keyClick(frame, key)
        wait(lambda expected=order: studio.obeyed[-1:] == [expected])
    studio.beat(trouble=Trouble.SILENT)
    wait(lambda: text(find, "record_trouble") == trouble_sentence(Trouble.SILENT))
    assert find("keyless_passphrase").hasFocus()
    QTest.keyClick(frame, Key.Key_F9)
    wait(lambda: frame.findChild(KeylessPage) is None or not keyless.isVisible())
    assert text(find, "banner_happened") == "The recording has ended."
    assert find("unlock_passphrase").isVisible()
    banner = find("banner").geometry()
    assert banner.left() == frame.width() - 1 - banner.right(), "it has the line to itself, up to both edges"


def test_the_keys_for_sealing_are_where_they_are_on_the_recording_page(
    frame: Frame, main: MainWindow, keyless: KeylessPage, find: Find, wait: Wait
) -> None:
    page = RecordRunning(frame.theme, Wording())
    page.resize(keyless._running.size())
    page.show()
    try:
        for name in ("record_seal_last", "record_seal_minutes", "record_seal_from", "record_stop"):
            here, there = find(name), page.findChild(QWidget, name)
            assert there is not None
            wait(lambda here=here, there=there: here.mapTo(keyless._running, QPoint()) == there.mapTo(page, QPoint()))
            if name != "record_stop":
                assert there.height() == page._lock.height() == page._word.height(), name
    finally:
        page.close()
        page.deleteLater()


def test_the_passphrase_takes_the_recording_in_hand_again(
    frame: Frame, keyless: KeylessPage, studio: Studio, find: Find, wait: Wait
) -> None:
    field = find("keyless_passphrase")
    QTest.keyClicks(field, "not the right words")
    QTest.keyClick(field, Key.Key_Return)
    assert field.hasFocus(), "what is typed meanwhile presses nothing"
    assert not find("keyless_other").isEnabled(), "the archive would be left open behind whoever goes there now"
    wait(lambda: find("banner").isVisible())
    assert find("keyless_other").isEnabled()
    studio.beat(elapsed_ms=100_000)
    wait(lambda: text(find, "record_clock") == "00:01:40")
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Key.Key_Return)
    studio.beat()
    wait(lambda: frame.main)
    assert frame.main is not None
    page = frame.main.steps["record"]
    assert isinstance(page, RecordPage)
    wait(lambda: page.recording)
    studio.beat(elapsed_ms=120_000)
    wait(lambda: page._running._beat is not None)
    QTest.keyClick(frame, Key.Key_F9)
    wait(lambda: not page.recording)
    assert [one.duration_ms for one in frame.main.desk.listening.recordings(page._code)] == [1_000]


GOES_ON = ["A recording is running. It goes on without the window until it is stopped."]


def asked_when_closing(frame: Frame) -> list[str]:
    with answering("close_question_stay") as asked:
        QTest.keyClick(frame, Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert frame.isVisible()
    return asked


def test_closing_asks_while_a_recording_goes_on_behind_the_lock(frame: Frame, keyless: KeylessPage) -> None:
    assert asked_when_closing(frame) == GOES_ON
    assert frame.findChild(KeylessPage) is keyless, "it is still in hand"


def test_words_typed_while_it_is_being_opened_press_nothing(
    frame: Frame, keyless: KeylessPage, studio: Studio, find: Find, wait: Wait
) -> None:
    """A field that is switched off hands the keyboard on: a blank in a passphrase would press the next button."""
    find("keyless_open").setFocus()
    QTest.mouseClick(find("keyless_open"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(frame.focusWidget(), "words typed blindly ")
    assert frame.findChild(KeylessPage) is keyless
    wait(lambda: find("banner").isVisible())
    assert find("keyless_passphrase").hasFocus()
    QTest.keyClicks(frame.focusWidget(), PASSPHRASE)
    QTest.keyClick(frame.focusWidget(), Key.Key_Return)
    studio.beat()
    wait(lambda: frame.main)


def test_the_other_ways_in_and_back_to_the_recording(
    frame: Frame, keyless: KeylessPage, studio: Studio, find: Find, wait: Wait
) -> None:
    find("keyless_other").click()  # type: ignore[attr-defined]
    studio.beat()
    assert find("unlock_lost").isVisible()
    find("unlock_back_to_recording").click()  # type: ignore[attr-defined]
    again = frame.findChild(KeylessPage)
    assert again is not None
    studio.beat(elapsed_ms=101_000)
    studio.beat(elapsed_ms=101_000)
    wait(lambda: text(find, "record_clock") == "00:01:41")
    studio.die()
    wait(lambda: frame.findChild(UnlockPage))
    assert "Nothing is being recorded now" in text(find, "banner_happened")
    assert find("banner").property("role") == "note_danger"


def test_a_fault_of_the_program_is_no_end_of_the_recording_and_shows_no_old_state_of_it(
    frame: Frame, keyless: KeylessPage, studio: Studio, find: Find, wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    studio.beats.put(ValueError("the canary sings"))
    wait(lambda: frame.findChild(UnlockPage))
    assert "Nothing is being recorded" not in text(find, "banner_happened")
    find("unlock_back_to_recording").click()  # type: ignore[attr-defined]
    assert frame.findChild(KeylessPage) is not None
    assert caplog.messages == ["work failed: ValueError"]


def test_a_take_that_has_ended_meanwhile_leads_to_the_door(frame: Frame, main: MainWindow, find: Find, tmp_path: Path) -> None:
    frame._program = frame._program.but(at_the_door=OneTake(None))
    frame.lock()
    assert find("unlock_passphrase").isVisible()


def test_a_window_that_was_killed_says_at_the_door_that_a_recording_runs_and_ends_it_without_a_passphrase(
    frame: Frame, main: MainWindow, studio: Studio, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    how, full, asked = [Ending.GOES_ON], [True], list[Path]()

    class GoingOn(OneTake):
        def is_recording(self, _root: Path) -> bool:
            return True

        def stop(self, root: Path) -> list[Path]:
            if full:
                raise StorageFailed("The disk did not take the wish to stop.")
            asked.append(root)
            return [root / "take"]

        def ending(self, _root: Path, _takes: Sequence[Path]) -> Ending:
            return how[0]

    frame.front.door = replace(frame.front.door, program=frame.front.door.program.but(at_the_door=GoingOn(None)))
    frame._program = frame._program.but(at_the_door=OneTake(None))
    folder = main.archive.folder
    frame.lock()
    assert "A recording is running" in text(find, "unlock_recording")
    assert not find("unlock_back_to_recording").isVisible()
    assert asked_when_closing(frame) == GOES_ON
    find("unlock_stop_recording").click()  # type: ignore[attr-defined]
    assert text(find, "banner_happened") == "The disk did not take the wish to stop."
    full.clear()
    find("unlock_stop_recording").click()  # type: ignore[attr-defined]
    assert asked == [folder]
    assert text(find, "unlock_recording") == "The recording is being ended …"
    assert not find("unlock_stop_recording").isEnabled()
    monkeypatch.setattr(recording_note, "_AGAIN_AFTER_S", 0.0)
    wait(lambda: find("unlock_stop_recording").isEnabled())
    find("unlock_stop_recording").click()  # type: ignore[attr-defined]
    assert asked == [folder, folder], "a wish that was lost can be wished again"
    how[0] = Ending.OUT_OF_SIGHT
    wait(lambda: "may be going on" in text(find, "unlock_recording"))
    assert find("unlock_recording").parentWidget().property("role") == "note_caution"
    assert not find("unlock_stop_recording").isVisible()
    how[0] = Ending.ENDED  # the disk is back
    wait(lambda: "The recording has ended." in text(find, "unlock_recording"))
    assert not find("unlock_stop_recording").isVisible()
    assert frame.front.hindrance() == ""


