"""Whether a recording is still what was filed: every record read, the outcome compared, kept, and put on record.

One part that is missing or does not open is an outcome like any other: it hinders the check of no other part.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from oralhistory.domain.fixity import Fixity, FixityEvent
from oralhistory.domain.interview import Interview, Recording
from oralhistory.domain.sound import PartSummary
from oralhistory.errors import Damaged, NotFound, OralHistoryError
from oralhistory.i18n import mark
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.progress import Asked, never
from oralhistory.services.recording.filing import refuse_gone

SOUND_CHECKED = mark("sound checked")
OUTCOMES = {
    Fixity.UNCHANGED: mark("unchanged"),
    Fixity.DAMAGED: mark("damaged"),
    Fixity.MISSING: mark("missing"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A recording and what its reader found; `lost` says why there was nothing to read.

    An interrupted part may end in a torn record for ever; a complete one has no fault and keeps its end.
    """

    recording: Recording
    summary: PartSummary | None
    lost: OralHistoryError | None = None

    @property
    def unchanged(self) -> bool:
        """Whether it is what was kept when it was filed."""
        if self.summary is None:
            return False
        as_filed = self.summary.sha256 == self.recording.sha256 and self.summary.complete == self.recording.complete
        return as_filed and not (self.recording.complete and self.summary.faults)

    @property
    def outcome(self) -> Fixity:
        if self.unchanged:
            return Fixity.UNCHANGED
        return Fixity.MISSING if isinstance(self.lost, NotFound) else Fixity.DAMAGED

    @property
    def complete(self) -> bool:
        return self.summary is not None and self.summary.complete

    @property
    def faults(self) -> tuple[str, ...]:
        """Each fault by its name, in plain English for a report: what the file shows, and what it lacks of what was filed."""
        if self.summary is not None:
            return (*self.summary.faults, *self._lacking(self.summary))
        missing = self.outcome is Fixity.MISSING
        return ("the file is missing" if missing else "nothing in the file opens with the key of the interview",)

    def _lacking(self, found: PartSummary) -> Iterator[str]:
        """A file that was cut off between two records shows nothing of it by itself."""
        filed, missing = self.recording, self.recording.frames - found.frames
        if filed.complete and not found.complete:
            yield "it was filed as complete and is not any more"
        if missing > 0:
            yield f"{missing} of the {filed.frames} frames that were filed are cut off at the end"
        elif found.sha256 != filed.sha256:
            yield "its sound is not the sound that was filed"


def check(archive: OpenArchive, recording: Recording, cancelled: Asked = never) -> Checked:
    """Read every record of one recording. Cancelled soon after `cancelled` says so; the interview's key must be there."""
    try:
        part = archive.vault.open_part(recording.interview_id, archive.folder / recording.path)
    except (NotFound, Damaged) as lost:
        return Checked(recording, None, lost)
    try:
        return Checked(recording, part.summary(cancelled))
    finally:
        part.close()


def keep(archive: OpenArchive, interview: Interview, checked: Checked) -> None:
    """Store a check among the recording's, and in the custody log. Cancelled when the sound was changed meanwhile."""
    recording, now = checked.recording, archive.clock()
    sha256 = "" if checked.summary is None else checked.summary.sha256
    with archive.store.transaction() as records:
        refuse_gone(records, recording)
        records.fixity.add(FixityEvent(recording.id, recording.interview_id, now, checked.outcome, sha256))
        archive.record_custody(records, interview, SOUND_CHECKED, OUTCOMES[checked.outcome], sha256)
