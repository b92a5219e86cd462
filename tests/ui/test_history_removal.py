"""Minutes are taken out for good by ear, reason and code; what went and what did not is told."""

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from oralhistory.domain.removal import REMOVED_TEXT
from oralhistory.domain.transcript import Segment
from oralhistory.ui.history.destruction import DestructionReport
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.helpers.interviews import add_interview
from tests.ui.conftest import Wait
from tests.ui.material import LINES, agreed, taped, written
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]


def put(widget: QWidget, text: str) -> None:
    assert isinstance(widget, QLineEdit)
    widget.clear()
    QTest.keyClicks(widget, text)


def test_a_passage_is_removed_by_reason_and_code_and_the_report_says_what_went(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    interview = add_interview(main.desk, 1, "", "", "말")
    main.open_interview(interview.code)
    main.open_step("transcript")
    review = main.steps["transcript"]
    assert isinstance(review, TranscriptPage)
    wait(lambda: len(review.text.segments) == 1 and review.playback.duration_ms)
    main.open_step("history")
    go, typed = find("history_remove"), find("history_removal_code")
    assert isinstance(go, QAbstractButton)
    put(find("history_removal_begins"), "00:00:00.200")
    put(find("history_removal_ends"), "00:00:00.100")
    put(find("history_removal_reason"), "her family")
    put(typed, interview.code)
    assert not go.isEnabled(), "it ends before it begins"
    put(find("history_removal_ends"), "00:00:00.700")
    put(find("history_removal_reason"), " ")
    assert not go.isEnabled(), "nobody said why"
    put(find("history_removal_reason"), "her family")
    put(typed, "I-0000")
    assert not go.isEnabled()
    put(typed, interview.code.lower())
    assert go.isEnabled()
    go.click()
    wait(lambda: main.window().findChild(DestructionReport) is not None)
    report = main.window().findChild(DestructionReport)
    assert report is not None
    told = report.findChild(QPlainTextEdit)
    assert told is not None
    assert "00:00:00.200 to 00:00:00.700" in told.toPlainText()
    report.accept()
    [removal] = main.desk.removing.of(interview.code)
    assert (removal.start_ms, removal.end_ms, removal.reason) == (200, 700, "her family")
    done = find("history_removed")
    assert isinstance(done, QLabel)
    assert "her family" in done.text()
    assert not go.isEnabled()
    assert main.page.hindrance() == ""
    wait(lambda: len(review.text.segments) == 2)
    assert [one.text for one in review.text.segments] == ["말", REMOVED_TEXT], "the review that is open shows it"
    wait(lambda: review.playback.duration_ms)
    [now] = main.desk.interviews.card(interview.code).recordings
    assert [one._recordings[0].id for one in review.playback.sounds] == [now.id]


def test_the_row_in_hand_brings_no_removed_word_back(main: MainWindow, find: Find, wait: Wait) -> None:
    """Corrected before, and in hand while the end of it goes: the editor held all of it."""
    code = main.desk.interviews.create(("ko",)).code
    agreed(main.desk, code)
    taped(main.desk, code, 10)
    [first, *_] = written(main.desk, code).segments

    def stored() -> list[Segment]:
        return main.desk.transcripts.segments(code)

    main.open_interview(code)
    main.open_step("transcript")
    review = main.steps["transcript"]
    assert isinstance(review, TranscriptPage)
    wait(lambda: review.view.segment is not None and review.view.segment.id == first.id and review.playback.duration_ms)
    QTest.keyClicks(review.view.editor, "A")
    main.open_step("history")
    wait(lambda: review.text.stored and stored()[0].text == "A" + LINES[0])
    put(find("history_removal_begins"), "00:00:01.400")
    put(find("history_removal_ends"), "00:00:01.900")
    put(find("history_removal_reason"), "her family")
    put(find("history_removal_code"), code)
    find("history_remove").click()  # type: ignore[attr-defined]
    wait(lambda: main.window().findChild(DestructionReport) is not None)
    report = main.window().findChild(DestructionReport)
    assert report is not None
    report.accept()
    wait(lambda: REMOVED_TEXT in [one.text for one in review.text.segments] and review.text.queue.idle)
    left = stored()
    assert left[0].id == first.id and "태어났습니다" not in left[0].text
    review.view.go_to(0)
    assert review.view.editor.toPlainText() == left[0].text
    review.leave()
    review.text.finish()
    assert stored() == left
