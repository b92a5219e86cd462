"""The people of the organisation: who there is, what they mainly do, who has left.

Each way into the archive belongs to one of them, and their code stands in history, consent and custody. It refuses a code
that is taken, and to say that somebody has left who still has a key.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from oralhistory.domain.ports import Records, Slot
from oralhistory.domain.staff import Member, Role, looks_like_a_name, valid_code
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive


class Staffing:
    """`slots` gives the ways into the archive as they stand."""

    def __init__(self, archive: OpenArchive, slots: Callable[[], Sequence[Slot]]) -> None:
        self._archive = archive
        self._slots = slots

    def members(self) -> list[Member]:
        """Everybody, in the order they came; those who left too."""
        with self._archive.store.transaction() as records:
            return records.staff.all()

    def add(self, code: str, name: str, role: Role) -> Member:
        """A new member. MalformedInput when the code is no code or is taken."""
        member = Member(checked_code(code), normalised(name), role)
        archive = self._archive
        with archive.store.transaction() as records:
            if records.staff.by_code(member.code) is not None:
                raise MalformedInput(
                    tr("The staff code {code} is taken.", code=member.code),
                    safe=tr("Nothing was changed."),
                    todo=tr("Choose another one; codes of people who left are not used again."),
                )
            records.staff.add(member)
            archive.record_custody_of_archive(records, f"staff {member.code} added")
        archive.announce(Changed.STAFF, member.code)
        return member

    def change(
        self, code: str, *, name: str | None = None, role: Role | None = None, active: bool | None = None
    ) -> Member:
        """Another name or role, or whether they are still here. NotAllowed to let somebody go who has a key."""
        archive = self._archive
        with archive.store.transaction() as records:
            before = member_of(records, code)
            member = replace(
                before,
                name=before.name if name is None else normalised(name),
                role=role or before.role,
                active=before.active if active is None else active,
            )
            keys = [slot for slot in self._slots() if slot.owner == member.code]
            if keys and not member.active:
                raise NotAllowed(
                    tr("{code} still has a way into the archive.", code=member.code),
                    (),
                    safe=tr("Nothing was changed."),
                    todo=tr("Remove their key first; bring in a new archive key if they may have a copy."),
                )
            records.staff.update(member)
            archive.record_custody_of_archive(records, f"staff {member.code} changed")
        archive.announce(Changed.STAFF, member.code)
        return member


def member_of(records: Records, code: str) -> Member:
    """The member with this code; NotFound when there is none."""
    found = records.staff.by_code(code)
    if found is None:
        raise NotFound(
            tr("There is nobody with the staff code {code}.", code=code.strip()), todo=tr("Add them to the staff first.")
        )
    return found


def active_member(records: Records, code: str) -> Member:
    """Like `member_of`; NotAllowed when they have left."""
    found = member_of(records, code)
    if not found.active:
        raise NotAllowed(
            tr("{code} is no longer with the organisation.", code=found.code),
            (),
            todo=tr("Name somebody who is, or say that they are back."),
        )
    return found


def checked_code(code: str) -> str:
    """The code as it is kept. MalformedInput when it is none."""
    if not valid_code(code.strip()):
        raise MalformedInput(
            tr("A staff code is up to 32 letters and digits, without spaces."),
            safe=tr("Nothing was changed."),
            todo=tr("Do not use a name: the code can be read without the passphrase."),
        )
    return code.strip()


def name_for_code(code: str, name: str = "") -> str:
    """What to think of before a code is taken that looks like a name; nothing where it does not."""
    if not looks_like_a_name(code.strip(), name):
        return ""
    return tr("This looks like a name. The code can be read without the passphrase and stays for good: rather take initials or a "
              "number, such as MK or S2.")  # fmt: skip
