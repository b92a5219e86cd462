"""Answers of a consent form that are not saved, over a lock: its own window, because locking makes another one."""

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import PASSPHRASE, Wait

Find = Callable[[str], QWidget]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    widget.click()


def test_answers_outlast_a_lock_and_still_do_not_count(
    frame: Frame, main: MainWindow, find: Find, program: Program, wait: Wait
) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    main.open_interview(code)
    press(find("consent_record_audio_refused"))
    witness = find("consent_witness")
    assert isinstance(witness, QLineEdit)
    QTest.keyClicks(witness, "w7")
    for name, text in (("begins", "00:05"), ("ends", "00:06"), ("reason", "a neighbour")):
        field = find(f"consent_passage_{name}")
        assert isinstance(field, QLineEdit)
        field.setText(text)
    press(find("consent_passage_add"))
    folder = main.archive.folder
    frame.lock()
    frame.open_archive(program.archives.unlock(folder, PASSPHRASE))
    again = frame.main
    assert again is not None
    assert again.desk.consenting.on_file(code).versions == ()
    again.open_interview(code)
    assert again.steps["consent"].unsaved == [code]
    assert find("consent_record_audio_refused").isChecked()
    assert find("consent_witness").text() == "w7"
    assert again.desk.interviews.sealed(code) == []
    press(find("consent_passages_close"))
    wait(lambda: again.desk.interviews.sealed(code))
    [closed] = again.desk.interviews.sealed(code)
    assert (closed.start_ms, closed.reason) == (5_000, "a neighbour")
    press(find("consent_discard"))
    assert again.desk.drafts.of(code, "consent before") is None
