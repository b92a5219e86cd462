"""The draft that is being made: one at a time, behind the window, whatever page is looked at. Stops when told; what is finished
of it is kept."""

from PySide6.QtCore import QObject, Signal

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.transcript import Draft
from oralhistory.services.progress import Asked
from oralhistory.ui.jobs import Job
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.how_far import HowFar


class DraftMaking(QObject):
    """`heard` carries the milliseconds that are done and those in all."""

    heard = Signal(int, int)
    made = Signal(str, bool)
    """The code of the interview, and whether it had a text already."""
    failed = Signal(str, object)
    """The code of the interview, and what stopped it; no draft is being made any more."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.code = ""
        """Of the interview whose draft is being made; empty when none is."""
        self.beside_text = False
        """Whether that has a text already, which stays as it is."""
        self.far = HowFar(lambda: context.desk.transcribing.making, self)
        self._job: Job | None = None

    def begin(self, code: str, language: str, script: str, *, beside_text: bool) -> None:
        """`language` "" is the interview's own, `script` "" the archive's own way to write Chinese."""
        desk, jobs, chinese = self._context.desk, self._context.jobs, ChineseScript(script) if script else None
        self.code, self.beside_text = code, beside_text
        self.far.begin(code)

        def work(cancelled: Asked) -> Draft:
            def tell(done_ms: int, whole_ms: int) -> None:
                jobs.post(self, lambda: self._tell(done_ms, whole_ms))

            def held(resting: bool) -> None:
                jobs.post(self, lambda: self.far.rest(resting))

            return desk.transcribing.run(
                code, language=language or None, chinese=chinese, progress=tell, held=held, cancelled=cancelled
            )

        self._job = jobs.run_stoppable(work, lambda _draft: self._done(), self._failed, owner=self)

    def stop(self) -> bool:
        """Whether there is one to be stopped. It goes on when the archive is opened again (see `give_up`)."""
        if self._job is None:
            return False
        self._job.cancel()
        return True

    def give_up(self) -> None:
        """A person wants this draft no more: it does not wait for another time either."""
        desk, code = self._context.desk, self.code
        if code:
            self._context.jobs.run(lambda: desk.transcribing.let_be(code), lambda _: None, owner=self)

    def _tell(self, done_ms: int, whole_ms: int) -> None:
        if self.code:
            self.heard.emit(done_ms, whole_ms)
            self.far.at(done_ms, whole_ms)

    def _done(self) -> None:
        self.made.emit(*self._over())

    def _failed(self, error: Exception) -> None:
        code, _ = self._over()
        self.failed.emit(code, error)

    def _over(self) -> tuple[str, bool]:
        over = self.code, self.beside_text
        self.far.end()
        self.code, self.beside_text, self._job = "", False, None
        return over
