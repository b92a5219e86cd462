"""Who a narrator really is, and how they may be reached: looked at with a reason, which is kept with who looked.

Nothing else in the program shows a real name. What is typed here goes to the identity part and nowhere else.
"""

from oralhistory.domain.consent import Act, ConsentEvent
from oralhistory.domain.interview import Interview
from oralhistory.domain.person import Contact, Narrator, Recontact, Revealed
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive


class Identities:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def reveal(self, code: str, reason: str) -> tuple[Revealed, ...]:
        """Every narrator of the interview `code`, or the one with the code `code`. The looking is logged before it is shown.

        NotFound; MalformedInput without a reason.
        """
        said, archive = normalised(reason), self._archive
        if not said:
            raise MalformedInput(tr("Say why: it is kept with who did it."), safe=tr("Nothing was shown."))
        with archive.store.transaction() as records:
            interview, narrators = self._meant(records, code)
            event = ConsentEvent(Act.IDENTITY_SHOWN, archive.clock(), archive.actor, note=said)
            records.consents.note(interview.id, event)
            archive.record_custody(records, interview, "real name shown")
            shown = tuple(_revealed(records, one) for one in narrators)
        archive.announce(Changed.CONSENT, interview.code)
        return shown

    def set_contact(self, code: str, wish: Recontact, channel: str = "", hours: str = "", alias: str = "") -> None:
        """How the narrator with the code `code` (or the only one of that interview) may be reached."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview, narrators = self._meant(records, code)
            if len(narrators) != 1:
                raise MalformedInput(
                    tr("Several people tell in {code}.", code=interview.code), todo=tr("Name the person by their own code.")
                )
            told = (normalised(one) for one in (channel, hours, alias))
            records.people.set_contact(Contact(narrators[0].id, wish, *told))
            archive.record_custody(records, interview, "changed how the narrator may be reached")
        archive.announce(Changed.INTERVIEW, interview.code)

    def _meant(self, records: Records, code: str) -> tuple[Interview, list[Narrator]]:
        if records.people.by_code(code.strip().upper()):
            interview, narrator = self._archive.narrator(records, code)
            return interview, [narrator]
        interview = self._archive.interview(records, code)
        return interview, records.people.narrators(interview.id)


def _revealed(records: Records, narrator: Narrator) -> Revealed:
    identity = records.people.identity(narrator.id)
    return Revealed(narrator.code, identity.names if identity else (), records.people.contact(narrator.id))
