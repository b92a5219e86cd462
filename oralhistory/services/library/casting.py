"""Who had which part in an interview, and when and where its sessions were held."""

from collections.abc import Mapping

from oralhistory.domain.events import PlaceLevel
from oralhistory.domain.meeting import Meeting, moment
from oralhistory.domain.roles import Part, Participant
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive

_LONGEST = 64


class Casting:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def parts(self, code: str) -> list[Participant]:
        with self._archive.store.reading() as records:
            return records.participants.of(self._archive.interview(records, code).id)

    def cast(self, code: str, part: Part, who: str, *, label: str = "", shown: bool = True) -> Participant:
        """Say that `who` (a code, never a name) had this part; said again, the label and whether it is shown are changed."""
        archive = self._archive
        who, label = normalised(who), normalised(label)
        if not who or len(who) > _LONGEST or len(label) > _LONGEST:
            raise MalformedInput(
                tr("Say who it is, by a code."),
                safe=tr("Nothing was changed."),
                todo=tr("Narrators have codes such as P-7KQ2; the staff has codes of its own."),
            )
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            one = Participant(interview.id, part, who, label, shown)
            records.participants.put(one)
            archive.record_custody(records, interview, f"part {part.value} given")
        archive.announce(Changed.INTERVIEW, interview.code)
        return one

    def uncast(self, code: str, part: Part, who: str) -> None:
        """NotFound when nobody of that name had the part."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            if not records.participants.remove(interview.id, part, normalised(who)):
                raise NotFound(tr("Nobody had this part under that code."), todo=tr("Look at the list of who took part."))
            archive.record_custody(records, interview, f"part {part.value} taken back")
        archive.announce(Changed.INTERVIEW, interview.code)

    def sessions(self, code: str) -> list[Meeting]:
        with self._archive.store.reading() as records:
            return records.sessions.of(self._archive.interview(records, code).id)

    def hold(self, code: str, number: int, given: Mapping[str, str]) -> Meeting:
        """Keep when and where session `number` was held; `given` are the fields by name, as text."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            meeting = _meeting(interview.id, number, given)
            records.sessions.put(meeting)
            archive.record_custody(records, interview, "session described")
        archive.announce(Changed.INTERVIEW, interview.code)
        return meeting


def _meeting(interview_id: str, number: int, given: Mapping[str, str]) -> Meeting:
    try:
        if not 1 <= number <= 999:
            raise ValueError("no number of a session")
        return Meeting(
            interview_id,
            number,
            moment(given.get("started_at", "")),
            moment(given.get("ended_at", "")),
            normalised(given.get("place", "")),
            PlaceLevel(given.get("level") or PlaceLevel.PROVINCE),
            normalised(given.get("present", "")),
            normalised(given.get("safety_note", "")),
        )
    except ValueError:
        raise MalformedInput(
            tr("The session cannot be kept like that."),
            safe=tr("Nothing was changed."),
            todo=tr("Sessions count from 1; times are written 2026-01-31T14:00+09:00."),
        ) from None
