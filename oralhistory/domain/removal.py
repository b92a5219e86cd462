"""Minutes that a narrator wants out of the sound for good: the steps in their order, and what is told of it afterwards.

The interview stays and so does its clock; the minutes are silence, a gap that says of itself that it was made. Each step may
be repeated; killed in the middle, it is begun again at the next unlock. What is told holds codes, counts and recipients.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from oralhistory.domain.destruction import Account
from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.spans import Span, meets

REMOVED_TEXT = "[removed for good at the narrator's request]"


class RemovalStep(StrEnum):
    """What is done next; in the order of their doing. Up to the end of the first the old take stands, afterwards the new one."""

    SOUND = "sound"
    """Seal all sound of the interview anew under a new key, without the minutes, and put it in the place of the old: rows too."""
    KEY = "key"
    """Overwrite the old key: what was sealed with it opens for nobody any more."""
    FILES = "files"
    """Remove the old sealed files, second copies too."""
    PAGES = "pages"
    """Rebuild the database, so that no page of it holds what was taken out."""
    KEYS = "keys"
    """New database key and new archive key: what led to the old ones leads nowhere."""
    COPIES = "copies"
    """Destroy the old copies of the database that the program keeps in the archive's folder."""
    BACKUPS = "backups"
    """Rewrite every backup that is attached."""
    DONE = "done"


UNDER_WAY = frozenset((RemovalStep.SOUND, RemovalStep.KEY, RemovalStep.FILES))
"""While one of these is to be done, nothing new is sealed for the interview."""


@dataclass(frozen=True, slots=True)
class Removal:
    """How far it has come; `step` is the one to be done next. Times in ms on the interview's timeline.

    `reason` says why, in a person's words, and not what was said there. `place` tells the archive's folder from another one, as
    with a destruction. `told.rows`: how much of what went; `told.files`, `told.size`: of the old sealed files.
    """

    id: str
    interview_id: str
    code: str
    start_ms: int
    end_ms: int
    reason: str
    by: str
    place: str
    begun_at: datetime
    step: RemovalStep
    told: Account
    finished_at: datetime | None = None

    def after(self, told: Account) -> "Removal":
        """The step is done: on to the next."""
        steps = list(RemovalStep)
        return replace(self, step=steps[steps.index(self.step) + 1], told=told)

    def lies_in(self, recording: Recording) -> bool:
        """Whether something of it lay in this recording."""
        return met(recording, (self.start_ms, self.end_ms))

    @property
    def happened(self) -> bool:
        """Whether the minutes are gone already, whatever is left to do."""
        return self.step is not RemovalStep.SOUND


def met(recording: Recording, span: Span) -> bool:
    """Whether something of the span lies in the recording; a spoken consent is not on the timeline."""
    return recording.purpose is TakePurpose.TESTIMONY and meets((recording.start_ms, recording.end_ms), span)
