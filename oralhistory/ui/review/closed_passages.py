"""Which segments lie in a passage that the narrator closed, as the page of the transcript marks them."""

from oralhistory.domain.interview import SealedRange
from oralhistory.domain.said_when import placed
from oralhistory.domain.transcript import Segment
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.waveform import Waveform


class ClosedPassages:
    """Marks rows of the `view` and stretches of the `waveform`."""

    def __init__(self, context: PageContext, view: SegmentView, waveform: Waveform) -> None:
        self._context, self._view, self._waveform = context, view, waveform
        self._code = ""
        self._ranges: list[SealedRange] = []
        view.mark_closed(self.hold)

    def show_interview(self, code: str) -> None:
        """Read them, again if they were known."""
        if code != self._code:
            self._code = code
            self._show(code, [])
        interviews = self._context.desk.interviews
        self._context.jobs.run(lambda: interviews.sealed(code), lambda found: self._show(code, found), owner=self._view)

    def hold(self, segment: Segment) -> bool:
        """Whether it is known to lie in one: of guessed times nobody knows, and those have a mark of their own."""
        return bool(self._ranges) and placed(segment) and any(one.withholds(segment) for one in self._ranges)

    def _show(self, code: str, found: list[SealedRange]) -> None:
        if code == self._code and found != self._ranges:
            self._ranges = found
            self._view.fit_rows()
            self._waveform.show_closed([(one.start_ms, one.end_ms) for one in found])
