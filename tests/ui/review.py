"""Fixtures of the review page: an interview of two parts and five lines, in front, with a loudspeaker set by hand."""

from dataclasses import replace

import pytest

from oralhistory.services.program import Program
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import Loudspeaker, Told, agreed, taped, written


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture
def program(program: Program, loudspeaker: Loudspeaker) -> Program:
    return replace(program, player=lambda: loudspeaker)


@pytest.fixture
def told(main: MainWindow) -> Told:
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    taped(main.desk, code, 5, parts=2)
    return written(main.desk, code, doubtful=(1, 3))


@pytest.fixture
def page(main: MainWindow, told: Told, wait: Wait) -> TranscriptPage:
    main.open_interview(told.code)
    main.open_step("transcript")
    page = main.page
    assert isinstance(page, TranscriptPage)
    wait(lambda: page.view.segment is not None and page.playback.duration_ms)
    main.activateWindow()
    page.view.edit_here()
    wait(page.view.editor.hasFocus)
    return page
