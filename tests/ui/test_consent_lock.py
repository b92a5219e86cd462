"""Answers of a consent form that are not saved, over a lock: its own window, because locking makes another one."""

import threading
from collections.abc import Callable, Sequence

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from oralhistory.domain.interview import SealedRange
from oralhistory.services.library.interviews import Closing
from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.main_window import MainWindow
from tests.ui.answering import answering
from tests.ui.conftest import PASSPHRASE, Wait

Find = Callable[[str], QWidget]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    widget.click()


def put(find: Find, why: str, begins: str, ends: str) -> None:
    for name, text in (("begins", begins), ("ends", ends), ("reason", why)):
        field = find(f"consent_passage_{name}")
        assert isinstance(field, QLineEdit)
        field.setText(text)
    press(find("consent_passage_add"))


def test_answers_are_sealed_before_anything_can_take_them(main: MainWindow, find: Find, wait: Wait) -> None:
    code = main.desk.interviews.create(("ko",), "Stork").code
    main.open_interview(code)
    drafts = main.desk.drafts
    press(find("consent_record_audio_refused"))
    wait(lambda: drafts.of(code, "consent before"))
    answers = drafts.of(code, "consent before") or {}
    assert ("record_audio", "refused") in {(one["purpose"], one["decision"]) for one in answers["permissions"]}
    put(find, "a neighbour", "00:05", "00:06")
    wait(lambda: drafts.of(code, "passages to close"))
    press(find("consent_passage_0_remove"))
    wait(lambda: drafts.of(code, "passages to close") is None)
    with answering("consent_discard_question_discard"):
        press(find("consent_discard"))
    assert drafts.of(code, "consent before") is None


def test_answers_outlast_a_lock_and_still_do_not_count(
    frame: Frame, main: MainWindow, find: Find, program: Program, wait: Wait
) -> None:
    code = main.desk.interviews.create(("ko",), "Crane").code
    main.open_interview(code)
    press(find("consent_record_audio_refused"))
    witness = find("consent_witness")
    assert isinstance(witness, QLineEdit)
    QTest.keyClicks(witness, "w7")
    put(find, "a neighbour", "00:05", "00:06")
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
    with answering("consent_discard_question_discard"):
        press(find("consent_discard"))
    assert again.desk.drafts.of(code, "consent before") is None


def test_what_is_put_on_the_list_while_it_is_saved_outlasts_a_lock_and_a_destroyed_interview_holds_nobody_up(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    desk = main.desk
    gone, code = (desk.interviews.create(("ko",), name).code for name in ("Crane", "Heron"))
    page = main.steps["consent"]
    assert isinstance(page, ConsentPage)
    for each in (gone, code):
        main.open_interview(each)
        press(find("consent_record_audio_refused"))
        put(find, "a neighbour", "00:05", "00:06")
    passages = page._passages
    seal_all, begun, go_on = desk.interviews.seal_all, threading.Event(), threading.Event()

    def slow(code: str, closings: Sequence[Closing]) -> list[SealedRange]:
        made = seal_all(code, closings)
        begun.set()
        assert go_on.wait(20)
        return made

    desk.interviews.seal_all = slow  # type: ignore[method-assign]
    press(find("consent_passages_close"))
    wait(begun.is_set)
    passages.close_waiting()
    put(find, "a teacher", "00:07", "00:08")
    go_on.set()
    wait(lambda: not main.jobs.busy)
    assert [one.reason for one in desk.interviews.sealed(code)] == ["a neighbour"], "closed once"
    kept = desk.drafts.of(code, "passages to close")
    assert kept is not None
    assert [one["reason"] for one in kept["passages"]] == ["a teacher"]
    desk.destroying.destroy(gone)
    page.end()  # before the window heard of it
    wait(lambda: page.unsaved == [code])
    assert passages.waiting == [code]
    page.end()
    assert desk.drafts.of(code, "consent before") is not None
