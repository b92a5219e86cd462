"""Minutes that were taken out of the sound for good: which, why, by whom, and how far each removal has come."""

from sqlalchemy import RowMapping, delete, select, update

from oralhistory.domain.destruction import Account
from oralhistory.domain.removal import Removal, RemovalStep
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import removals

_FIELDS = (
    "id", "interview_id", "code", "start_ms", "end_ms", "reason", "by", "place", "begun_at", "finished_at",
)  # fmt: skip


class Removals(Repository):
    def add(self, removal: Removal) -> None:
        values = {name: getattr(removal, name) for name in _FIELDS}
        self._add(removals, step=removal.step.value, told=removal.told.to_json(), **values)

    def update(self, removal: Removal) -> None:
        """Put it in the place of what was known of it."""
        values = {"step": removal.step.value, "finished_at": removal.finished_at, "told": removal.told.to_json()}
        self._run_on_one(update(removals).where(removals.c.id == removal.id).values(values))

    def drop(self, removal_id: str) -> None:
        """Forget one that never happened."""
        self._run(delete(removals).where(removals.c.id == removal_id))

    def all(self) -> list[Removal]:
        """Every removal, the oldest first."""
        return [_removal(one) for one in self._rows(select(removals).order_by(removals.c.row))]

    def of(self, interview_id: str) -> list[Removal]:
        """The interview's, the oldest first."""
        mine = select(removals).where(removals.c.interview_id == interview_id).order_by(removals.c.row)
        return [_removal(one) for one in self._rows(mine)]


def _removal(row: RowMapping) -> Removal:
    told = Account.from_json(row["told"])
    return Removal(step=RemovalStep(row["step"]), told=told, **{name: row[name] for name in _FIELDS})
