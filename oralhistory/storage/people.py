"""Narrators as the program knows them, and in a table of its own who they really are."""

from sqlalchemy import RowMapping, select, update

from oralhistory.domain.person import Contact, Identity, Narrator
from oralhistory.storage.at_once import Unread
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import contacts, identities, narrators


class People(Repository):
    def add_narrator(self, narrator: Narrator) -> None:
        self._add(
            narrators,
            id=narrator.id,
            interview_id=narrator.interview_id,
            code=narrator.code,
            pseudonym=narrator.pseudonym,
            route=narrator.route,
        )

    def narrators(self, interview_id: str) -> list[Narrator]:
        """The interview's narrators, the first one first."""
        statement = select(narrators).where(narrators.c.interview_id == interview_id).order_by(narrators.c.row)
        return [_narrator(one) for one in self._rows(statement)]

    def all_narrators(self) -> list[Narrator]:
        """The narrators of every interview, the first one of each first."""
        found = self._sorted(select(narrators.c.row, *_NARRATOR.columns))
        return [Narrator(*_NARRATOR.values(one)) for _, *one in found]

    def by_code(self, code: str) -> Narrator | None:
        return next(map(_narrator, self._rows(select(narrators).where(narrators.c.code == code))), None)

    def update_narrator(self, narrator: Narrator) -> None:
        """Change pseudonym and route; id, code and interview of a narrator never change."""
        changed = update(narrators).values(pseudonym=narrator.pseudonym, route=narrator.route)
        self._run_on_one(changed.where(narrators.c.id == narrator.id))

    def set_identity(self, identity: Identity) -> None:
        self._put(identities, "person_id", person_id=identity.person_id, names=list(identity.names))

    def identity(self, person_id: str) -> Identity | None:
        names = self._value(select(identities.c.names).where(identities.c.person_id == person_id))
        return None if names is None else Identity(person_id, tuple(names))

    def set_contact(self, contact: Contact) -> None:
        self._put(contacts, "person_id", person_id=contact.person_id, wish=contact.wish, channel=contact.channel,
                  hours=contact.hours, alias=contact.alias)  # fmt: skip

    def contact(self, person_id: str) -> Contact:
        """How the person may be reached; that nobody asked, when nothing is known."""
        found = self._rows(select(contacts).where(contacts.c.person_id == person_id))
        names = ("person_id", "wish", "channel", "hours", "alias")
        return Contact(*(found[0][name] for name in names)) if found else Contact(person_id)

    def identities(self) -> list[Identity]:
        statement = select(identities).order_by(identities.c.row)
        return [Identity(one["person_id"], tuple(one["names"])) for one in self._rows(statement)]


_NARRATOR = Unread(narrators.c[name] for name in ("id", "interview_id", "code", "pseudonym", "route"))


def _narrator(row: RowMapping) -> Narrator:
    return Narrator(row["id"], row["interview_id"], row["code"], row["pseudonym"], row["route"])
