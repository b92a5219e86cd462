"""The steps of the interview in hand, by name, each page made when somebody first goes to it."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from oralhistory.ui.about.about_page import AboutPage
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.history.history_page import HistoryPage
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.record.record_page import RecordPage
from oralhistory.ui.release.release_page import ReleasePage
from oralhistory.ui.review.transcript_page import TranscriptPage

PAGES: dict[str, type[Page]] = {
    "consent": ConsentPage,
    "record": RecordPage,
    "transcript": TranscriptPage,
    "release": ReleasePage,
    "history": HistoryPage,
    "about": AboutPage,
}


class Steps(dict[str, Page]):
    """Holds those that are there; to ask for another by its name makes it."""

    def __init__(self, context: PageContext, shown: QStackedWidget, lock: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._shown, self._lock = context, shown, lock

    def __missing__(self, name: str) -> Page:
        page = self[name] = PAGES[name](self._context)
        if isinstance(page, RecordPage):
            page.lock_wanted.connect(self._lock)
        if isinstance(page, ConsentPage):
            page.spoken_wanted.connect(self._record_spoken)
        self._shown.addWidget(page)
        return page

    def _record_spoken(self) -> None:
        """The recording is for what the narrator says about consent."""
        self._context.open_step("record")
        self.record.expect_consent()

    @property
    def record(self) -> RecordPage:
        page = self["record"]
        assert isinstance(page, RecordPage)
        return page
