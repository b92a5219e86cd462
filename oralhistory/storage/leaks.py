"""What the leak check found in finished files, and the places that people explained: two logs that only grow."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite

from oralhistory.domain.leaks import LeakExplanation, LeakFinding, LeakPlace
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import leak_explanations, leak_findings


class Leaks(Repository):
    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        super().__init__(connection)
        self._clock = clock

    def found(self, interview_id: str, findings: Iterable[LeakFinding]) -> None:
        """Keep every finding that can be explained, once; the file it was found in is not kept."""
        at = self._clock()
        for one in findings:
            if one.place is None:
                continue
            values = {
                "interview_id": interview_id,
                "mark": one.mark,
                "text": one.place.text,
                "entity": one.entity,
                "part": one.place.part,
                "rule": one.place.rule,
                "around": [list(pair) for pair in one.place.around],
                "number": one.number,
                "found_at": at,
            }
            self._connection.execute(sqlite.insert(leak_findings).values(values).on_conflict_do_nothing())

    def findings(self, interview_id: str) -> dict[str, LeakFinding]:
        """Everything that was ever found, by its mark, oldest first; `explained` as it is now."""
        explained = {one.mark for one in self.explanations(interview_id)}
        statement = select(leak_findings).where(leak_findings.c.interview_id == interview_id).order_by(leak_findings.c.row)
        return {
            one["mark"]: LeakFinding(
                "", one["part"], one["entity"], one["rule"], one["mark"] in explained,
                LeakPlace(one["text"], one["part"], one["rule"], tuple((b, a) for b, a in one["around"])), one["number"],
            )
            for one in self._rows(statement)
        }  # fmt: skip

    def explain(self, interview_id: str, explanation: LeakExplanation) -> None:
        one = explanation
        self._add(leak_explanations, interview_id=interview_id, mark=one.mark, reason=one.reason, by=one.by, at=one.at)

    def explanations(self, interview_id: str) -> list[LeakExplanation]:
        """Every explanation, oldest first."""
        statement = select(leak_explanations).where(leak_explanations.c.interview_id == interview_id)
        return [
            LeakExplanation(one["mark"], one["reason"], one["by"], one["at"])
            for one in self._rows(statement.order_by(leak_explanations.c.row))
        ]
