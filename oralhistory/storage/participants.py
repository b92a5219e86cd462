"""Who had which part in an interview, by codes alone."""

from sqlalchemy import delete, select

from oralhistory.domain.roles import Part, Participant
from oralhistory.storage.description_tables import participants
from oralhistory.storage.repository import Repository


class Participants(Repository):
    def put(self, one: Participant) -> None:
        """Keep it; the same person in the same part gets this label."""
        self._put(
            participants, ("interview_id", "part", "who"),
            interview_id=one.interview_id, part=one.part, who=one.who, label=one.label, shown=one.shown,
        )  # fmt: skip

    def remove(self, interview_id: str, part: Part, who: str) -> bool:
        """Whether there was one to remove."""
        table = participants
        gone = delete(table).where(table.c.interview_id == interview_id, table.c.part == part, table.c.who == who)
        return self._run(gone) > 0

    def of(self, interview_id: str) -> list[Participant]:
        statement = select(participants).where(participants.c.interview_id == interview_id).order_by(participants.c.row)
        return [
            Participant(one["interview_id"], one["part"], one["who"], one["label"], one["shown"])
            for one in self._rows(statement)
        ]
