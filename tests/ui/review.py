"""Fixtures of the review page: an interview of two parts and five lines, in front, with a loudspeaker set by hand."""

import pytest

from oralhistory.ui.banner import Banner
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import Loudspeaker, Told, agreed, taped, written
from tests.ui.one_window import Furnish, frame, main

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]


@pytest.fixture(scope="module")
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture(scope="module")
def furnished(loudspeaker: Loudspeaker) -> Furnish:
    return lambda program: program.but(player=lambda: loudspeaker)


@pytest.fixture
def told(main: MainWindow) -> Told:
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    taped(main.desk, code, 5, parts=2)
    return written(main.desk, code, doubtful=(1, 3))


@pytest.fixture
def page(main: MainWindow, told: Told, wait: Wait) -> TranscriptPage:
    for banner in main.window().findChildren(Banner):
        banner.hide()  # what another test was told takes no room from this one
    main.open_interview(told.code)
    main.open_step("transcript")
    page = main.page
    assert isinstance(page, TranscriptPage)
    wait(lambda: page.text.code == told.code and page.view.segment is not None and page.playback.duration_ms)
    main.activateWindow()
    page.view.follow(True)  # another test may have typed while it listened
    page.view.edit_here()
    wait(page.view.editor.hasFocus)
    return page
