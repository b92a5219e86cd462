"""All interviews at once, in as many statements as there are tables: a list of thousands is read in one go."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select

from oralhistory.domain.consent import Purpose
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.library import LibraryLine
from oralhistory.domain.person import Narrator
from oralhistory.storage.consent_files import ConsentFiles
from oralhistory.storage.facts import Facts
from oralhistory.storage.interviews import Interviews
from oralhistory.storage.people import People
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import recordings
from oralhistory.storage.topics import Topics


class Library(Repository):
    def lines(self, purposes: Collection[Purpose]) -> list[LibraryLine]:
        """Every interview in the order they were made, its consent with the permissions for `purposes` alone."""
        consents = ConsentFiles(self._connection).all(purposes)
        narrators: defaultdict[str, list[Narrator]] = defaultdict(list)
        for one in People(self._connection).all_narrators():
            narrators[one.interview_id].append(one)
        recorded = self._recorded()
        known, topics = Facts(self._connection).known(), Topics(self._connection).told_everywhere()
        return [
            LibraryLine(
                interview,
                tuple(narrators[interview.id]),
                *recorded.get(interview.id, (0, False)),
                consents,
                known.get(interview.id, {}),
                frozenset(topics.get(interview.id, ())),
            )
            for interview in Interviews(self._connection).all()
        ]

    def _recorded(self) -> dict[str, tuple[int, bool]]:
        """Milliseconds of testimony, and whether a part of it was interrupted, by the interview's id."""
        statement = select(
            recordings.c.interview_id,
            func.sum(recordings.c.duration_ms).label("length"),
            (func.count() > func.count().filter(recordings.c.complete.is_(True))).label("interrupted"),
        )
        of_testimony = statement.where(recordings.c.purpose == TakePurpose.TESTIMONY)
        return {
            interview: (length, bool(interrupted))
            for interview, length, interrupted in self._connection.execute(of_testimony.group_by(recordings.c.interview_id))
        }
