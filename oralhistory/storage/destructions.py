"""What was destroyed for good: tombstones that backups obey, and how far each destruction has come.

Neither holds a name or a word of an interview. A destruction is known by the id of its interview, which is gone by then.
"""

from datetime import datetime

from sqlalchemy import RowMapping, select, update

from oralhistory.domain.backup import Tombstone
from oralhistory.domain.destruction import Account, Destruction, Step
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import destructions, tombstones

_FIELDS = ("interview_id", "code", "by", "place", "begun_at", "finished_at")


class Destructions(Repository):
    def add(self, destruction: Destruction) -> None:
        values = {name: getattr(destruction, name) for name in _FIELDS}
        self._add(destructions, step=destruction.step.value, told=destruction.told.to_json(), **values)

    def update(self, destruction: Destruction) -> None:
        """Put it in the place of what was known of the same interview."""
        changed = (
            update(destructions)
            .where(destructions.c.interview_id == destruction.interview_id)
            .values(step=destruction.step.value, finished_at=destruction.finished_at, told=destruction.told.to_json())
        )
        self._run_on_one(changed)

    def all(self) -> list[Destruction]:
        """Every destruction, the oldest first."""
        return [_destruction(one) for one in self._rows(select(destructions).order_by(destructions.c.row))]

    def bury(self, subject: str, code: str, at: datetime) -> None:
        """Put up a tombstone, unless there is one."""
        if self._value(select(tombstones.c.row).where(tombstones.c.subject == subject)) is None:
            self._add(tombstones, subject=subject, code=code, at=at)

    def tombstones(self) -> list[Tombstone]:
        """Every tombstone, the oldest first."""
        rows = self._rows(select(tombstones).order_by(tombstones.c.row))
        return [Tombstone(one["row"], one["subject"], one["code"], one["at"]) for one in rows]


def _destruction(row: RowMapping) -> Destruction:
    told = Account.from_json(row["told"])
    return Destruction(step=Step(row["step"]), told=told, **{name: row[name] for name in _FIELDS})
