"""The places that were marked while recording: on the curve, and in the list beside the text, where keys lead to them."""

from oralhistory.domain.interview import Mark
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.check_queue import CheckQueue
from oralhistory.ui.review.waveform import Waveform


class RecordedMarks:
    """Shows them in the `queue` and on the `waveform`."""

    def __init__(self, context: PageContext, queue: CheckQueue, waveform: Waveform) -> None:
        self._context, self._queue, self._waveform = context, queue, waveform
        self._code = ""

    def show_interview(self, code: str) -> None:
        """Read them, again if they were known."""
        if code != self._code:
            self._code = code
            self._show(code, [])
        marks = self._context.desk.interviews.marks
        self._context.jobs.run(lambda: marks(code), lambda found: self._show(code, found), owner=self._waveform)

    def _show(self, code: str, found: list[Mark]) -> None:
        if code == self._code:
            self._queue.show_marks(found)
            self._waveform.show_marks([one.at_ms for one in found])
