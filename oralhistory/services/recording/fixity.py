"""Sound read again on schedule: what is due, a bounded portion of it at a time, or everything at once.

Every check is kept with its outcome, so that damage is found while a backup still holds what was lost. It repairs nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from oralhistory.domain.fixity import EVERY_DAYS, LONGEST_DAYS, Fixity, FixityEvent, due
from oralhistory.domain.interview import Interview, Recording
from oralhistory.errors import Cancelled, Damaged, MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.progress import Asked, never
from oralhistory.services.recording.checking import Checked, check, keep

PORTION_BYTES = 1 << 30
"""Of sound, some seconds of work: what is read at one go where nothing else is said."""
_EVERY = "fixity_every_days"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the archive stands: `every_days` a recording is to be read again; `due` are overdue, the longest unseen first."""

    every_days: int
    recordings: int
    due: tuple[Recording, ...]
    damaged: tuple[FixityEvent, ...]
    """The last check of each recording that was not found unchanged."""


class FixityService:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def schedule(self) -> Schedule:
        archive = self._archive
        with archive.store.reading() as records:
            recordings = records.recordings.all()
            last = records.fixity.latest()
            days = int(records.notes.get(_EVERY) or EVERY_DAYS)
        bad = (last[one.id] for one in recordings if one.id in last and last[one.id].outcome is not Fixity.UNCHANGED)
        overdue = due(recordings, last, archive.clock(), days)
        return Schedule(days, len(recordings), tuple(overdue), tuple(bad))

    def read_every(self, days: int) -> None:
        """How long a check counts in this archive. MalformedInput for less than a day or more than ten years."""
        if not 1 <= days <= LONGEST_DAYS:
            raise MalformedInput(tr("Recordings are read again every 1 to {most} days.", most=LONGEST_DAYS))
        with self._archive.store.transaction() as records:
            records.notes.set(_EVERY, str(days))

    def history(self, code: str) -> list[FixityEvent]:
        """Every check of the interview's recordings, oldest first."""
        with self._archive.store.transaction() as records:
            return records.fixity.of(self._archive.interview(records, code).id)

    def verify(self, code: str, cancelled: Asked = never) -> list[Checked]:
        """Read and check every record of every recording of one interview, spoken consents too."""
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            recordings = records.recordings.of(interview.id)
        return [self._checked(interview, one, cancelled) for one in recordings]

    def everything(self, cancelled: Asked = never) -> Iterator[tuple[Interview, Checked]]:
        """Every recording of every interview, one after the other; Cancelled as soon as `cancelled` says so."""
        with self._archive.store.reading() as records:
            interviews = {one.id: one for one in records.interviews.all()}
            recordings = records.recordings.all()
        for recording in recordings:
            interview = interviews[recording.interview_id]
            yield interview, self._checked(interview, recording, cancelled)

    def check_due(self, most_bytes: int = PORTION_BYTES, cancelled: Asked = never) -> list[tuple[Interview, Checked]]:
        """Read what has waited longest, at least one recording and about `most_bytes` of sound; for idle hours.

        Each is kept as soon as it is read, so being stopped, or ended, loses only the one that is being read. What is known to
        be damaged comes last: damage not yet known is the news.
        """
        schedule = self.schedule()
        with self._archive.store.transaction() as records:
            interviews = {one.id: one for one in records.interviews.all()}
        known = {one.recording_id for one in schedule.damaged}
        done: list[tuple[Interview, Checked]] = []
        left = most_bytes
        for recording in sorted(schedule.due, key=lambda one: one.id in known):
            if left <= 0 or cancelled():
                break
            interview = interviews[recording.interview_id]
            try:
                done.append((interview, self._checked(interview, recording, cancelled)))
            except Cancelled:
                break
            left -= recording.frames * recording.format.bytes_per_frame
        return done

    def _checked(self, interview: Interview, recording: Recording, cancelled: Asked) -> Checked:
        archive = self._archive
        try:
            with archive.store.transaction() as records:
                ensure_key(archive, records, interview)
            checked = check(archive, recording, lambda: cancelled() or archive.closing.is_set())
        except Damaged as lost:  # the key of the interview, in both its places
            checked = Checked(recording, None, lost)
        keep(archive, interview, checked)
        if not checked.unchanged:
            archive.announce(Changed.DAMAGE, interview.code)
        return checked
