"""The library: every interview of the archive as a line, with what its consent covers today."""

from oralhistory.domain.library import PURPOSES_ASKED, Glance, glance
from oralhistory.services.opened import OpenArchive


class Library:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def glances(self) -> list[Glance]:
        """Every interview, the newest first."""
        with self._archive.store.reading() as records:
            lines = records.library.lines(PURPOSES_ASKED)
        today = self._archive.today()
        return [glance(line, today) for line in sorted(lines, key=lambda one: one.interview.created_at, reverse=True)]
