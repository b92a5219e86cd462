"""What keys and the handles on the curve ask of a segment's borders: earlier, later, to where the sound is."""

from collections.abc import Callable
from functools import partial

from oralhistory.i18n import tr
from oralhistory.ui.listening.playback import Playback
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.waveform import Waveform

STEP_MS = 100


class RetimeCommands:
    """Each is one step, undone as one. Words keep their times; a border that touches another one takes it along."""

    def __init__(
        self, context: PageContext, text: ReviewText, view: SegmentView, sound: Playback, waveform: Waveform
    ) -> None:
        self._context, self._text, self._view, self._sound, self._waveform = context, text, view, sound, waveform
        waveform.retimed.connect(self._to)
        text.spliced.connect(self._draw_borders)

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        return {
            "start_earlier": partial(self._by, -STEP_MS, 0), "start_later": partial(self._by, STEP_MS, 0),
            "end_earlier": partial(self._by, 0, -STEP_MS), "end_later": partial(self._by, 0, STEP_MS),
            "start_here": self._start_here, "end_here": self._end_here,
        }  # fmt: skip

    def show_row(self) -> None:
        """Draw the borders of the row in hand."""
        segment = self._view.segment
        times = (segment.start_ms, segment.end_ms) if segment is not None else None
        self._waveform.show_row(times, playing=self._sound.playing)

    def _draw_borders(self, row: int, removed: int, inserted: int) -> None:
        """Wherever a border went, by a key, a split or when that was undone."""
        self._waveform.splice_borders(row, removed, [one.start_ms for one in self._text.segments[row : row + inserted]])

    def _by(self, start_ms: int, end_ms: int) -> None:
        segment = self._view.segment
        if segment is not None:
            self._to(segment.start_ms + start_ms, segment.end_ms + end_ms)

    def _start_here(self) -> None:
        if self._view.segment is not None:
            self._to(self._sound.position_ms, self._view.segment.end_ms)

    def _end_here(self) -> None:
        if self._view.segment is not None:
            self._to(self._view.segment.start_ms, self._sound.position_ms)

    def _to(self, start_ms: int, end_ms: int) -> None:
        view, row = self._view, self._view.current
        if view.segment is None or view.editor.holding:
            return
        view.wait()
        caret = view.editor.caret()

        def done(at: int | None) -> None:
            view.go_on(row if at is not None else None, caret)
            if at is None:
                self._context.notify(tr("The border cannot be moved there: another segment stands in the way."))

        self._text.retime(row, start_ms, end_ms, done)
