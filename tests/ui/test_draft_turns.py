"""One draft is made at a time; what waits is made after it, one interview after the other, and rests while a take is recorded."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from oralhistory.domain.transcript import Draft
from oralhistory.errors import NotAllowed
from oralhistory.services.review.giving_way import Held
from oralhistory.services.review.transcribing import Progress, Transcribing
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import agreed, taped
from tests.ui.review import frame, furnished, loudspeaker, main, told
from tests.ui.test_review_view import SMALL, words

__all__ = ["frame", "furnished", "loudspeaker", "main", "told"]

Find = Callable[[str], QWidget]


@pytest.fixture
def codes(main: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three interviews that have sound and no text."""
    made = [main.desk.interviews.create(("ko",), name).code for name in ("Kestrel", "Wren", "Heron")]
    for code in made:
        agreed(main.desk, code)
        taped(main.desk, code, 1)
    monkeypatch.setattr(main.desk.models, "find", lambda _name: SMALL)
    return made


def show(main: MainWindow, code: str) -> TranscriptPage:
    main.open_interview(code)
    main.open_step("transcript")
    assert isinstance(main.page, TranscriptPage)
    return main.page


def held_drafts(main: MainWindow, monkeypatch: pytest.MonkeyPatch, refused: str = "") -> tuple[list[str], threading.Event]:
    """The codes of drafts that were begun, in order, and what lets them end; of one the narrator took the consent back."""
    begun, go = list[str](), threading.Event()

    def run(_transcribing: Transcribing, code: str, **_rest: object) -> Draft:
        begun.append(code)
        go.wait(20)
        if code == refused:
            raise NotAllowed("The narrator took it back.", ())
        main.desk.transcribing.let_be(code)
        return Draft(code, "", "fast", "small", "0" * 64, "ko", True)

    monkeypatch.setattr(Transcribing, "run", run)
    return begun, go


def test_what_waits_is_made_after_it_one_after_the_other(
    main: MainWindow, codes: list[str], find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = codes
    begun, go = held_drafts(main, monkeypatch, refused=second)
    page, make, queue = show(main, first), find("review_draft"), find("review_draft_queue")
    wait(lambda: make.isVisible() and make.isEnabled())
    assert queue.isHidden()
    make.click()  # type: ignore[attr-defined]
    for code in (second, third):
        show(main, code)
        wait(queue.isVisible)
        assert words(find).startswith(f"The draft of {first} is being made.")
        queue.click()  # type: ignore[attr-defined]
        wait(lambda: "this interview's turn is after it" in words(find))
        assert queue.isHidden()
    assert main.desk.transcribing.waiting.ready() == [second, third], "also for a window that is opened again"
    go.set()
    wait(lambda: len(begun) == 3 and not page.draft.working and not main.jobs.busy)
    assert begun == [first, second, third], "also where the third is looked at"
    assert main.desk.transcribing.waiting.ready() == [second]


def test_to_look_at_one_that_waits_passes_over_none_that_has_waited_longer(
    main: MainWindow, codes: list[str], find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = codes
    begun, go = held_drafts(main, monkeypatch)
    for code in (first, second):
        main.desk.transcribing.waiting.ask(code)
    page = show(main, second)
    wait(lambda: f"The draft of {first} is being made; this interview's turn is after it." in words(find))
    assert begun == [first]
    go.set()
    wait(lambda: len(begun) == 2 and not page.draft.working and not main.jobs.busy)
    assert begun == [first, second]


def test_until_its_first_passage_is_heard_it_says_what_is_waited_for_and_how_long(
    main: MainWindow, codes: list[str], find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded, go = threading.Event(), threading.Event()

    def run(_transcribing: Transcribing, code: str, *, progress: Progress, **_rest: object) -> Draft:
        loaded.wait(20)
        progress(30_000, 60_000)
        go.wait(20)
        return Draft(code, "", "fast", "small", "0" * 64, "ko", True)

    monkeypatch.setattr(Transcribing, "run", run)
    page, make, more = show(main, codes[0]), find("review_draft"), find("review_draft_more")
    wait(lambda: make.isVisible() and make.isEnabled())
    make.click()  # type: ignore[attr-defined]
    assert isinstance(more, QLabel)
    sentence = "The speech model is being loaded, then the first passage is heard. So far: "
    assert more.text() == f"{sentence}00:00:00."
    show(main, codes[1])
    assert show(main, codes[0]) is page
    wait(lambda: more.text() == f"{sentence}00:00:01.")
    loaded.set()
    wait(lambda: more.text() == "50%")
    page.draft.show_interview(codes[0], has_text=False)
    assert more.text() == "50%", "what is known stands there until more is"
    go.set()
    wait(lambda: not page.draft.working and not main.jobs.busy)


def test_it_says_that_it_rests_while_a_take_is_recorded(
    main: MainWindow, codes: list[str], find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    over, go = threading.Event(), threading.Event()

    def run(_transcribing: Transcribing, code: str, *, held: Held, **_rest: object) -> Draft:
        held(True)
        over.wait(20)
        held(False)
        go.wait(20)
        return Draft(code, "", "fast", "small", "0" * 64, "ko", True)

    monkeypatch.setattr(Transcribing, "run", run)
    page, make, more = show(main, codes[0]), find("review_draft"), find("review_draft_more")
    wait(lambda: make.isVisible() and make.isEnabled())
    make.click()  # type: ignore[attr-defined]
    assert isinstance(more, QLabel)
    wait(lambda: more.text() == "The draft waits until the recording is over.")
    over.set()
    wait(lambda: "The speech model is being loaded" in more.text())
    go.set()
    wait(lambda: not page.draft.working and not main.jobs.busy)
