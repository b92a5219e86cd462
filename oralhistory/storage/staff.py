"""The people of the organisation. Nobody is ever deleted: their codes stand in the history."""

from sqlalchemy import select, update

from oralhistory.domain.staff import Member
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import staff


class Staff(Repository):
    def add(self, member: Member) -> None:
        self._add(staff, code=member.code, name=member.name, role=member.role, active=member.active)

    def update(self, member: Member) -> None:
        """Change name, role and whether they are active; a code never changes."""
        changed = update(staff).values(name=member.name, role=member.role, active=member.active)
        self._run_on_one(changed.where(staff.c.code == member.code))

    def all(self) -> list[Member]:
        """Everybody, in the order they came."""
        return [
            Member(one["code"], one["name"], one["role"], one["active"])
            for one in self._rows(select(staff).order_by(staff.c.row))
        ]

    def by_code(self, code: str) -> Member | None:
        """The member with this code, however its letters are written."""
        wanted = code.strip().casefold()
        return next((member for member in self.all() if member.code.casefold() == wanted), None)
