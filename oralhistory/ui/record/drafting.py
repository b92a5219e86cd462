"""The draft of the take that is running, made beside it: nothing of it, and none of its troubles, is shown meanwhile."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from oralhistory.domain.interview import Recording
from oralhistory.domain.ports import Heartbeat
from oralhistory.domain.transcript import Draft
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed
from oralhistory.services.recording.takes import RunningTake
from oralhistory.services.review.live_drafting import LiveDraft
from oralhistory.ui.jobs import Job
from oralhistory.ui.page import PageContext


class Drafting(QObject):
    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft: LiveDraft | None = None
        self._job: Job | None = None

    def begin(self, take: RunningTake) -> None:
        live = self._draft = self._context.desk.live_drafting.of(take)
        code = take.interview.code
        self._job = self._context.jobs.run_stoppable(
            live.run, lambda made: self._made(code, made), lambda _error: self._hindered(code), owner=self
        )

    def beat(self, beat: Heartbeat) -> None:
        if self._draft is not None:
            self._draft.beat(beat)

    def filed(self, parts: Sequence[Recording]) -> None:
        """The take is over; without any sound there is no draft."""
        if self._draft is not None and parts:
            self._draft.filed()
            self._draft = None
        else:
            self.let_go()

    def let_go(self) -> None:
        """The draft waits: what is heard of it by now is kept."""
        if self._job is not None:
            self._job.cancel()
        self._draft = self._job = None

    def _made(self, code: str, draft: Draft | None) -> None:
        """It was announced when it was stored, and the engine still at work on it: a draft without any text tells only now."""
        if draft is not None:
            self._context.notify(tr("The draft of {code} is finished.", code=code))
            self._context.desk.archive.announce(Changed.DRAFT, code)

    def _hindered(self, code: str) -> None:
        """It is said where a draft is asked for: whoever shows that this one is being finished looks again."""
        self._context.desk.archive.announce(Changed.DRAFT, code)
