"""The window is pulled larger and smaller: what is looked at stays where it is, and no more is laid out than what is seen."""

from collections import Counter
from collections.abc import Callable, Iterator
from math import inf

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from oralhistory.ui.look.drawn_once import Button, DropDown, Label
from oralhistory.ui.look.kept import Kept
from oralhistory.ui.look.pictures import Pictures
from oralhistory.ui.look.pieces import restyle
from oralhistory.ui.look.text_field import TextField
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review import row_painter
from oralhistory.ui.review.check_panel import _Passages
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told, written
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

MANY = 300
PULLED = [(1_180, 800), (1_021, 640), (1_400, 910), (937, 700), (1_299, 611)]


@pytest.fixture
def view(page: TranscriptPage, main: MainWindow, told: Told, wait: Wait) -> Iterator[SegmentView]:
    lines = [f"{n} " + LINES[n % len(LINES)] * (1 + n % 4) for n in range(MANY)]
    written(main.desk, told.code, lines, doubtful=range(0, MANY, 3))
    page.text.load(told.code)
    wait(lambda: len(page.text.segments) == MANY and page.text.queue.idle)
    window, size, text = page.window(), page.window().size(), page.context.settings.current.text_size
    pull(page.view, 1_280, 840)
    yield page.view
    window.resize(size)
    page.context.settings.change(text_size=text)
    page.context.theme.apply()


def pull(view: SegmentView, width: int, height: int) -> None:
    view.window().resize(width, height)
    QApplication.processEvents()


def caret(view: SegmentView) -> int:
    """Where the caret stands in the view."""
    return view.editor.mapTo(view.viewport(), view.editor.cursorRect().topLeft()).y()


def compose(view: SegmentView, syllable: str) -> None:
    QApplication.sendEvent(view.editor, QInputMethodEvent(syllable, []))


def test_only_what_is_seen_is_laid_out_and_nothing_when_no_width_changes(
    view: SegmentView, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid, drawn = Counter[str](), Counter[str]()
    lay, write = row_painter._Laid.lay, _Passages._write
    monkeypatch.setattr(row_painter._Laid, "lay", lambda one, width: (laid.update([one.segment.id]), lay(one, width)))
    monkeypatch.setattr(_Passages, "_write", lambda *given: (drawn.update([given[3]]), write(*given)))
    view.go_to(150)
    QApplication.processEvents()
    for width, height in PULLED[:2]:
        laid.clear()
        pull(view, width, height)
        assert 0 < len(laid) <= 2 * len(view._visible()), "the rows that are seen, and those that were until now"
        assert laid.most_common(1)[0][1] == 1, "each of them once"
    laid.clear()
    drawn.clear()
    pull(view, width, height - 40)
    assert not laid and not drawn


def test_one_line_that_fits_is_the_same_in_every_width(view: SegmentView) -> None:
    short = view._painter._layout(view.text.segments[0])
    assert short.layout.lineCount() == 1
    pull(view, 1_180, 840)
    assert view._painter._layout(view.text.segments[0]) is short
    assert short.most == inf
    view._painter.resize(view._painter.side + 100)
    assert view._painter._layout(view.text.segments[0]).layout.lineCount() > 1


def test_lines_are_laid_anew_only_where_they_would_break_elsewhere(view: SegmentView) -> None:
    painter, segment, asked = view._painter, view.text.segments[3], range(900, 300, -7)
    anew, seen = 0, set[tuple[int, ...]]()
    for width in (*asked, *reversed(asked)):
        painter.resize(width)
        known = painter._layout(segment)
        fresh = row_painter._Laid(segment, painter._unlaid(segment))
        fresh.lay(painter.text_width)
        assert (known.breaks, known.height, known.breadth) == (fresh.breaks, fresh.height, fresh.breadth)
        seen.add(known.breaks)
    lay = row_painter._Laid.lay
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_painter._Laid, "lay", lambda one, width: (laid.append(width), lay(one, width)))
        laid: list[int] = []
        for width in asked:
            painter.resize(width)
            painter._layout(segment)
        anew = len(laid)
    assert 1 < len(seen) and anew <= 2 * len(seen) < len(asked) // 2


def test_what_looks_as_before_is_put_there_from_its_picture(
    page: TranscriptPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, answers = Kept.put, list[bool]()
    monkeypatch.setattr(Kept, "put", lambda one: answers.append(put(one)) or answers[-1])
    bar = page.sign_off
    bar.grab()
    QApplication.processEvents()  # pictures are taken when nothing is being painted
    answers.clear()
    bar.grab()
    assert sum(answers) > 2 and all(answers[: sum(one.isVisible() for one in bar.findChildren(Button))])


def test_what_is_kept_looks_as_qt_paints_it(
    page: TranscriptPage, main: MainWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(lambda: page.sign_off._told.text() and not main.jobs.busy)  # else the button is named again under the test's hands
    heard, count = page.sign_off.findChild(Button, "review_heard"), page.panel._count
    search, colored = main.findChild(TextField, "search"), main.findChild(Label, "demonstration")
    kind = page.panel._kind
    assert isinstance(heard, Button) and isinstance(count, Label) and search is not None and colored is not None
    colored.show()
    page.setFocus()
    changes: list[tuple[Button | DropDown | Label | TextField, Callable[[], object]]] = [
        (heard, lambda: heard.setText("…")), (heard, lambda: restyle(heard, "danger")),
        (heard, lambda: heard.setEnabled(not heard.isEnabled())), (kind, lambda: kind.setCurrentIndex(1)),
        (count, lambda: count.setText("12")), (count, lambda: restyle(count, "caution")),
        (colored, lambda: colored.setText("…")), (search, lambda: search.setPlaceholderText("river")),
    ]  # fmt: skip
    for part, change in changes:
        assert part.kept.ground is not None
        before = _kept_picture(part)
        change()
        QApplication.processEvents()
        after = _kept_picture(part)
        assert after != before, (part.objectName(), part.isEnabled(), part.property("role"))
        with monkeypatch.context() as patch:
            patch.setattr(part.kept, "ground", None)
            assert _picture(part) == after, "as Qt paints it"
    colored.hide()
    search.setText("a word")
    assert search.kept._ask() is None, "what anybody wrote is in no picture"


def test_what_floats_over_the_bar_has_its_own_ground(main: MainWindow) -> None:
    said = main.findChild(Label, "status_line")
    assert said is not None and said.kept.ground is None


def _kept_picture(part: Button | DropDown | Label | TextField) -> QImage:
    """From its own picture: painted once, taken, and put there."""
    _picture(part)
    QApplication.processEvents()
    assert part.kept._seen == part.kept._ask(), "a picture of it as it looks now"
    return _picture(part)


def test_a_line_is_as_high_as_qt_says_in_every_width(page: TranscriptPage) -> None:
    told, plain = page.sign_off._told, QLabel()
    plain.setWordWrap(True)
    plain.setFont(told.font())
    plain.setMinimumWidth(told.minimumWidth())
    for words in ("short", "two\nlines", "a sentence that does not stand in one line of a narrow bar " * 3, ""):
        told.setText(words)
        plain.setText(words)
        for width in (60, 61, 200, 400, 401, 2_000, 60):
            assert told.heightForWidth(width) == plain.heightForWidth(width), (words, width)


def test_the_strip_and_the_curve_are_drawn_for_the_new_width_when_it_has_come_to_rest(
    page: TranscriptPage, view: SegmentView, wait: Wait
) -> None:
    strip, curve = page._transport.strip, page._transport.waveform
    pull(view, 1_280, 840)
    wait(lambda: not strip._settled.isActive() and not curve._settled.isActive())
    strip.grab()
    assert strip._drawn is not None and strip._drawn.width() == strip.width()
    pull(view, 1_150, 840)
    strip.grab()
    wait(lambda: not strip._settled.isActive() and not curve._settled.isActive())
    strip.grab()
    assert strip._drawn.width() == strip.width()


def _picture(part: QWidget) -> QImage:
    """A button, a line or a field on the ground on which it stands."""
    window = part.window()
    return window.grab(QRect(part.mapTo(window, QPoint()), part.size())).toImage()


@pytest.mark.parametrize("row", [2, 150, MANY - 2])
def test_the_caret_stays_where_it_is_and_what_is_composed_stays_open(view: SegmentView, row: int) -> None:
    view.go_to(row, 12)
    view.verticalScrollBar().setValue(view._heights.top(row) - 150)
    before = caret(view)
    assert before > 0
    compose(view, "ㅎ")
    for width, height in PULLED:
        pull(view, width, height)
        assert view.viewport().rect().contains(0, caret(view))
        assert view.editor.composing
        rows = view._visible()
        assert all(view._heights.height(one) == view.exact_height(one) for one in rows)
        assert all(view.row_rect(one).bottom() + 1 == view.row_rect(one + 1).top() for one in rows[:-1])
    pull(view, 1_280, 840)
    assert caret(view) == before
    compose(view, "")


def test_who_reads_elsewhere_goes_on_reading(view: SegmentView, page: TranscriptPage) -> None:
    view.go_to(3)
    view.verticalScrollBar().setValue(view._heights.top(200) - 5)
    before = view.row_rect(200).top()
    for width, height in PULLED:
        pull(view, width, height)
        assert 200 in view._visible()
    pull(view, 1_280, 840)
    assert view.row_rect(200).top() == before
    for percent in (150, 80):
        page.context.settings.change(text_size=percent)
        page.context.theme.apply()
        assert view.row_rect(200).top() == before
    assert view.current == 3


def test_a_line_that_is_typed_at_the_lower_edge_is_seen(view: SegmentView) -> None:
    view.go_to(100)
    view.verticalScrollBar().setValue(view.row_rect(101).top() + view.verticalScrollBar().value() - view.viewport().height())
    view.editor.insertPlainText("많은 말을 한다 " * 40)
    assert view.viewport().rect().contains(0, caret(view))
    assert view.viewport().rect().contains(0, caret(view) + view.editor.cursorRect().height() - 1)


def test_a_picture_is_drawn_once_for_what_it_shows() -> None:
    pictures, drawn, place = Pictures(2), list[str](), QRect(3, 4, 20, 10)
    canvas = QImage(40, 30, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)

    def ask(key: str, ground: str = "white") -> None:
        def draw(inside: QPainter) -> None:
            drawn.append(key)
            inside.fillRect(QRect(3, 4, 2, 2), QColor("red"))

        pictures.paint(painter, place, QColor(ground), key, draw)

    for key in ("a", "a", "b", "a"):
        ask(key)
    assert drawn == ["a", "b"]
    assert canvas.pixelColor(QPoint(3, 4)) == QColor("red") and canvas.pixelColor(QPoint(22, 13)) == QColor("white")
    ask("a", "yellow")
    assert drawn == ["a", "b", "a"] and len(pictures) <= 2
    pictures.forget()
    ask("b")
    assert drawn[-1] == "b" and len(pictures) == 1
    painter.end()
