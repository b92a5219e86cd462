"""Reads for the list beside the window's thread: the interviews, what is due, the topics, the filters that were kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from oralhistory.domain.library import Glance
from oralhistory.errors import OralHistoryError
from oralhistory.services.desk import Desk
from oralhistory.services.due_list import Item
from oralhistory.ui.interviews.interview_list import InterviewList
from oralhistory.ui.jobs import Jobs


class Shelf(QObject):
    """`listed` when the list shows what was read; `due` carries what is due."""

    listed = Signal(list)
    due = Signal(list)

    def __init__(self, desk: Desk, jobs: Jobs, shown: InterviewList) -> None:
        super().__init__(shown)
        self._desk, self._jobs, self._shown = desk, jobs, shown
        shown.panel.kept.connect(self._keep)
        shown.panel.dropped.connect(self._drop)

    def refresh(self, then: Callable[[], None] | None = None) -> None:
        """Read the interviews anew; `then` is called when that is done, or could not be."""

        def done(known: list[Glance]) -> None:
            self._shown.fill(known)
            self.listed.emit(known)
            self._jobs.run(self._desk.due_list.items, self._tell_due, owner=self)
            if then is not None:
                self.read_filters()
                then()

        def failed(error: Exception) -> None:
            if isinstance(error, OralHistoryError):
                self._jobs.trouble.emit(error)
            if then is not None:
                then()

        self._jobs.run(self._desk.library.glances, done, failed, owner=self)

    def read_filters(self) -> None:
        self._jobs.run(self._desk.topics.all, self._shown.panel.show_topics, owner=self)
        self._jobs.run(self._desk.library.filters, self._shown.panel.show_filters, owner=self)

    def _tell_due(self, items: list[Item]) -> None:
        self._shown.show_due(len(items))
        self.due.emit(items)

    def _keep(self, name: str) -> None:
        library, query = self._desk.library, self._shown.query
        self._jobs.run(lambda: library.keep_filter(name, query), lambda _: self.read_filters(), owner=self)

    def _drop(self, name: str) -> None:
        library = self._desk.library
        self._jobs.run(lambda: library.drop_filter(name), lambda _: self.read_filters(), owner=self)
