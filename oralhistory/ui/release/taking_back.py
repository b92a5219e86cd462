"""Taking decisions back, never unawares: which one it is is said, and first where the person could not know that it comes next.

A form that is open is closed instead: whoever wants to step back from what they are filling in means that, and nothing older.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from oralhistory.domain.redaction import Decided, Profile
from oralhistory.domain.taking_back import holding, to_take_back
from oralhistory.i18n import tr
from oralhistory.ui.look.pieces import joined
from oralhistory.ui.release.log_view import told_of
from oralhistory.zones import local_minute


class TakingBack:
    """`began`: when the archive was unlocked. `forms` each close what is open there and say whether anything was."""

    def __init__(self, began: datetime, notify: Callable[[str], None], forms: Sequence[Callable[[], bool]]) -> None:
        self._began, self._notify, self._forms = began, notify, forms
        self._allowed: int | None = None
        """The decision of an earlier day that was told, and is taken back the next time."""

    def begin(self) -> None:
        """Something else is done: what was told is no longer what comes next."""
        self._allowed = None

    def wanted(self, log: Sequence[Decided], profile: Profile) -> Decided | None:
        """What to take back now; None where there was something to be told instead."""
        if sum(close() for close in self._forms):  # every one of them
            self._notify(tr("The form that was open is closed, and nothing of it was kept. No decision was taken back."))
            return None
        line = to_take_back(log)
        if line is None:
            self._notify(tr("No decision is left to take back."))
        elif (line.at is None or line.at < self._began) and line.row != self._allowed:
            self._allowed = line.row
            when = local_minute(line.at) if line.at else ""
            self._notify(
                tr(
                    "Decided before the archive was unlocked ({whose}): {words}. Once more takes it back.",
                    whose=joined([when, line.by]), words=told_of(line, profile),
                )
            )  # fmt: skip
            return None
        return line

    def tell(self, line: Decided, log: Sequence[Decided], profile: Profile) -> None:
        """`line` was taken back from the decisions of `log`."""
        self._allowed = None
        last = tr("No decision is left to take back.") if len(holding(log)) == 1 else ""
        self._notify("  ".join(filter(None, [tr("Taken back: {words}.", words=told_of(line, profile)), last])))
