"""The end of an archive's window: what is open is saved, what runs ends, the keys go. Told is what the disk did not take.

It goes on to the end whatever the disk says, and behind a fault of the program, too, which is raised then.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack

from oralhistory.errors import OralHistoryError
from oralhistory.services.desk import Desk
from oralhistory.services.program import Player
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.page import Page


def closed(desk: Desk, jobs: Jobs, player: Player | None, pages: Iterable[Page], patience_ms: int) -> tuple[str, ...]:
    """End the pages in their order, then what runs (waiting for it no longer than `patience_ms`, -1: as it takes), then the
    archive; gives the sentences that tell what could not be kept."""
    desk.archive.closing.set()
    told: list[str] = []
    with ExitStack() as rest:  # from the last to the first
        rest.callback(_end, desk.close, told)
        if player is not None:
            rest.callback(player.close)
        rest.callback(jobs.close, patience_ms)
        for page in reversed(list(pages)):
            rest.callback(_end, page.end, told, page.lost)
    return tuple(filter(None, told))


def _end(work: Callable[[], None], told: list[str], lost: Callable[[], str] = str) -> None:
    """Do it, and put what the disk refused, or is lost by that, with what is to be `told`."""
    try:
        work()
    except OralHistoryError as error:
        told += [error.happened, error.safe]
    told.append(lost())
