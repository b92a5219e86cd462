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
        """Milliseconds of testimony, and whether a take of it was interrupted, by the interview's id.

        A part that broke off in the middle of a take says nothing: the recorder went on elsewhere, and tells gaps as gaps.
        """
        last_part = func.max(recordings.c.part).over(partition_by=recordings.c.take_id).label("last_part")
        parts = (
            select(recordings.c.interview_id, recordings.c.duration_ms, recordings.c.complete, recordings.c.part, last_part)
            .where(recordings.c.purpose == TakePurpose.TESTIMONY)
            .subquery()
        )
        broken_off = parts.c.complete.is_(False) & (parts.c.part == parts.c.last_part)
        statement = select(parts.c.interview_id, func.sum(parts.c.duration_ms), func.max(broken_off))
        return {
            interview: (length, bool(interrupted))
            for interview, length, interrupted in self._connection.execute(statement.group_by(parts.c.interview_id))
        }
