"""Every view of the window, in each language: what can be acted on has a name and a kind, the keyboard comes to it, and in a
small window, too, no word is cut; in large letters neither, and the window need not grow for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from oralhistory import i18n
from oralhistory.i18n import LANGUAGES
from oralhistory.services.program import Program
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.segment_editor import SegmentEditor
from tests.helpers.accessibility import TOLD, Met, met
from tests.helpers.cut_texts import cut_texts
from tests.helpers.waiting import until
from tests.tools.record_shots import with_studio
from tests.tools.views import Views
from tests.ui.conftest import PATIENCE_MS
from tests.ui.material import agreed, taped, written
from tests.ui.one_window import Furnish, frame, main
from tests.ui.studio import Studio

__all__ = ["frame", "main"]
PASSPHRASE = "four words for tests"
MOST_TABS = 300
SMALL, LARGE = (1_024, 700), 150
SETTLED_MS = 3_000
"""A layout comes to rest after some turns of the event loop."""
OUT_OF_THE_TEXT = Qt.Key.Key_F6
"""In the text of the review, Tab plays."""
LAST_OF_THE_ARCHIVE = "about"
"""The view before which every page was made."""


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio()


@pytest.fixture(scope="module")
def programs() -> list[Program]:
    return []


@pytest.fixture(scope="module")
def furnished(studio: Studio, programs: list[Program]) -> Furnish:
    def furnish(program: Program) -> Program:
        programs.append(with_studio(program, studio))
        return programs[-1]

    return furnish


@pytest.fixture(scope="module")
def code(main: MainWindow) -> str:
    """An interview that went all the way; the archive is closed again."""
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    taped(main.desk, code, 10)
    written(main.desk, code, doubtful=(1, 3))
    main.desk.attesting.heard(code)
    main.desk.attesting.sign_off(code)
    return code


@pytest.fixture(scope="module")
def folder(main: MainWindow, code: str) -> Path:
    return main.archive.folder


@dataclass(slots=True)
class Found:
    """What is wrong, by the view in which it was seen."""

    untold: dict[str, str] = field(default_factory=dict)
    missed: dict[str, list[str]] = field(default_factory=dict)
    caught: dict[str, str] = field(default_factory=dict)
    cut: dict[str, list[str]] = field(default_factory=dict)


EACH = [one if one == "ko" else pytest.param(one, marks=pytest.mark.full) for one in LANGUAGES]


@pytest.fixture(scope="module", params=EACH)
def found(
    frame: Frame, programs: list[Program], studio: Studio, folder: Path, code: str, request: pytest.FixtureRequest
) -> Found:
    """Of all views in one language."""
    frame._close_archive()
    frame.speak(request.param)
    views = Views(frame, programs[-1], studio, folder, PASSPHRASE, code, "회령", settle)
    result = Found()
    frame.resize(*SMALL)
    for view, window in views.all():
        if not until(lambda shown=window: not any(cut_texts(shown)), SETTLED_MS):
            result.cut[view] = list(cut_texts(window))
        elements = list(met(window, hidden=view == LAST_OF_THE_ARCHIVE))
        result.untold |= {str(one): view for one in elements if one.acts and not one.is_told and not named_when_shown(one)}
        offered = [one.widget for one in elements if one.shown and one.role in TOLD and may_be_used(one)]
        reached = tabbed_through(window, Qt.Key.Key_Tab)
        missed = beyond(offered, set(reached))
        if missed:
            missed = beyond(missed, set(tabbed_through(window, Qt.Key.Key_Backtab)))
        if missed:
            result.missed[view] = [one.objectName() or repr(one) for one in missed]
        if reached[-1:] == reached[-2:-1] and len(offered) > 1:
            result.caught[view] = reached[-1].objectName()
    i18n.use("en")
    return result


@pytest.fixture(params=EACH)
def crowded(
    frame: Frame, programs: list[Program], studio: Studio, folder: Path, code: str, request: pytest.FixtureRequest
) -> Iterator[dict[str, list[str]]]:
    """By view, what there is no room for in large letters and a small window."""
    frame._close_archive()
    frame.speak(request.param)
    letters(frame, LARGE)
    views = Views(frame, programs[-1], studio, folder, PASSPHRASE, code, "회령", settle)
    result = {}
    frame.resize(*SMALL)
    for view, window in views.all():
        until(lambda shown=window: not any(wanting_room(shown)), SETTLED_MS)
        if wanting := list(wanting_room(window)):
            result[view] = wanting
            frame.resize(*SMALL)
    yield result
    letters(frame, 100)
    i18n.use("en")


def letters(frame: Frame, per_cent: int) -> None:
    frame._settings.change(text_size=per_cent)
    frame.theme.apply()


def wanting_room(window: QWidget) -> Iterator[str]:
    yield from cut_texts(window)
    if window.width() > SMALL[0] or window.height() > SMALL[1]:
        yield f"the window grew to {window.width()}x{window.height()}"


def settle(condition: Callable[[], object]) -> None:
    assert until(condition, PATIENCE_MS), "what was waited for never came"


def test_whatever_can_be_acted_on_has_a_name_and_a_kind(found: Found) -> None:
    assert found.untold == {}


def test_the_keyboard_comes_to_whatever_can_be_acted_on_and_is_caught_nowhere(found: Found) -> None:
    assert found.missed == {}
    assert found.caught == {}


def test_no_word_is_cut(found: Found) -> None:
    assert found.cut == {}


def test_in_large_letters_no_word_is_cut_and_the_window_does_not_grow(crowded: dict[str, list[str]]) -> None:
    assert crowded == {}


def named_when_shown(one: Met) -> bool:
    """Text that is not there yet, and the editor that stands on a row."""
    return not one.shown and (isinstance(one.widget, QLabel) or one.widget.objectName() == "review_editor")


def may_be_used(one: Met) -> bool:
    """Not a small button in a field, which a key of the field stands for."""
    return one.widget.isEnabled() and (one.keyed or not isinstance(one.widget.parent(), QLineEdit))


def beyond(wanted: list[QWidget], reached: set[QWidget]) -> list[QWidget]:
    """What is left of `wanted`; a list that was made anew meanwhile has let go of its own."""
    return [one for one in wanted if isValid(one) and not {one, *group_of(one)} & reached]


def group_of(widget: QWidget) -> set[QWidget]:
    """Tab comes to the one that is chosen; arrow keys go on from there to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return set(group.buttons()) if group is not None and group.exclusive() else set()


def tabbed_through(window: QWidget, onwards: Qt.Key) -> list[QWidget]:
    """All that has had the keyboard until it came round, in order; where it stays, that one comes twice, as the last."""
    window.activateWindow()
    settle(window.isActiveWindow)
    handle = window.windowHandle()
    reached = [one for one in [QApplication.focusWidget()] if one is not None]
    for _ in range(MOST_TABS):
        key = OUT_OF_THE_TEXT if isinstance(QApplication.focusWidget(), SegmentEditor) else onwards
        QTest.keyClick(handle, key)  # type: ignore[call-overload]  # the stubs lack windows
        now = QApplication.focusWidget()
        stays = reached[-1:] == [now]
        if now is None or (now in reached[:1] and not stays):
            break
        reached.append(now)
        if stays:
            break
    return reached
