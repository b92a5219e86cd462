"""What a death or a pulled disk left half done, gone on with after unlocking: destroying, removing minutes, filing takes.

One order for the window and the command line. What keeps one of them from its end keeps neither the others from it nor
anybody out of the archive: it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from oralhistory.domain.interview import Recording
from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.i18n import ntr, tr
from oralhistory.services.recording.adopting import Unopened
from oralhistory.services.recording.filing_takes import Missing

if TYPE_CHECKING:
    from oralhistory.services.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resumed:
    """`destroyed` and `removed`: codes of the interviews of which it is finished now; `kept`: what was filed just now.

    `unopened` and `missing`: sound that is wrong still. `troubles`: what could not go on, and why.
    """

    destroyed: Sequence[str] = ()
    removed: Sequence[str] = ()
    kept: Sequence[Recording] = ()
    unopened: Sequence[Unopened] = ()
    missing: Sequence[Missing] = ()
    troubles: Sequence[OralHistoryError] = ()


def resume(desk: Desk) -> Resumed:
    """Go on with all of it. What is to be destroyed goes first: nothing of it is filed again. Cancelled when it is locked."""
    troubles: list[OralHistoryError] = []
    destroyed = [one.code for one in _done(desk.destroying.resume, troubles)]
    removed = [one.code for one in _done(desk.removing.resume, troubles)]
    found = file_takes(desk)
    return replace(found, destroyed=destroyed, removed=removed, troubles=[*troubles, *found.troubles])


def file_takes(desk: Desk) -> Resumed:
    """The sound alone: for when the program itself failed at the rest, which must keep nobody from the recordings."""
    recording, troubles = desk.recording, list[OralHistoryError]()
    kept, unopened, missing = (_done(work, troubles) for work in (recording.adopt, recording.unopened, recording.missing))
    return Resumed([], [], kept, unopened, missing, troubles)


def _done(work: Callable[[], list[T]], troubles: list[OralHistoryError]) -> list[T]:
    try:
        return work()
    except Cancelled:  # the archive is being closed: nothing else is begun, which its keys would have to wait for
        raise
    except OralHistoryError as error:
        troubles.append(error)
        return []


def finished(found: Resumed) -> list[str]:
    """What is whole again, in sentences."""
    told = [tr("The destruction of {code} had been interrupted; it is finished now.", code=one) for one in found.destroyed]
    told += [tr("Removing minutes from {code} had been interrupted; it is finished now.", code=one) for one in found.removed]
    if found.kept and all(one.complete for one in found.kept):  # it was stopped behind the lock
        told.append(tr("The recording that went on while the archive was locked has been put in its place."))
    elif found.kept:
        told.append(ntr("An interrupted recording was found and kept ({n} part).",
                        "Interrupted recordings were found and kept ({n} parts).", len(found.kept)))  # fmt: skip
    return told
