"""Reads for the list beside the window's thread: the interviews, what is due, the topics, the filters that were kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from oralhistory.domain.library import Glance
from oralhistory.domain.query import Query
from oralhistory.services.desk import Desk
from oralhistory.ui.interviews.interview_list import InterviewList
from oralhistory.ui.jobs import Jobs


class Shelf(QObject):
    """Each signal carries what was read: glances, `Item`s, topics, filters by their names."""

    listed = Signal(list)
    due = Signal(list)
    topics = Signal(list)
    filters = Signal(dict)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs

    def serve(self, shown: InterviewList) -> None:
        """Let the list show what is read, and keep and drop what it asks for."""
        self.listed.connect(shown.fill)
        self.due.connect(lambda items: shown.show_due(len(items)))
        self.topics.connect(shown.panel.show_topics)
        self.filters.connect(shown.panel.show_filters)
        shown.panel.kept.connect(lambda name: self._keep(name, shown.query))
        shown.panel.dropped.connect(self._drop)

    def refresh(self, then: Callable[[], None] | None = None) -> None:
        """Read the interviews anew, then what is due; `then` is called when the list stands, or could not be read."""

        def done(known: list[Glance]) -> None:
            self.listed.emit(known)
            # The list is painted before anything else is begun: beside other work it would be slow.
            QTimer.singleShot(0, self, go_on)

        def go_on() -> None:
            self._jobs.run(self._desk.due_list.items, self.due.emit, owner=self)
            if then is not None:
                self.read_filters()
                then()

        def failed(error: Exception) -> None:
            self._jobs.tell(error)
            if then is not None:
                then()

        self._jobs.run(self._desk.library.glances, done, failed, owner=self)

    def read_filters(self) -> None:
        self._jobs.run(self._desk.topics.all, self.topics.emit, owner=self)
        self._jobs.run(self._desk.library.filters, self.filters.emit, owner=self)

    def _keep(self, name: str, query: Query) -> None:
        library = self._desk.library
        self._jobs.run(lambda: library.keep_filter(name, query), lambda _: self.read_filters(), owner=self)

    def _drop(self, name: str) -> None:
        library = self._desk.library
        self._jobs.run(lambda: library.drop_filter(name), lambda _: self.read_filters(), owner=self)
