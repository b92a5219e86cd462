"""The part of the settings that keeps the archive alive and closed: backups, reading sound again, people, ways in."""

from PySide6.QtWidgets import QFrame

from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.ui.page import PageContext
from oralhistory.ui.preferences.backups_view import BackupsView
from oralhistory.ui.preferences.clock_view import ClockView
from oralhistory.ui.preferences.fixity_view import FixityView
from oralhistory.ui.preferences.staff_view import StaffView
from oralhistory.ui.preferences.state_view import StateView
from oralhistory.ui.preferences.ways_in_view import WaysInView


class Safety:
    """Cards that are read anew together."""

    def __init__(self, context: PageContext) -> None:
        self.backups = BackupsView(context)
        self.fixity = FixityView(context)
        self.staff = StaffView(context)
        self.ways_in = WaysInView(context)
        self.clock = ClockView(context)
        self.state = StateView(context)
        """Stands above everything while there is something to ask."""
        self._views = (self.state, self.backups, self.fixity, self.staff, self.ways_in, self.clock)
        self.staff.known.connect(self.ways_in.show_staff)

    @property
    def cards(self) -> tuple[QFrame, ...]:
        return (self.backups, self.fixity, self.ways_in, self.staff, self.clock)

    def refresh(self) -> None:
        for one in self._views:
            one.refresh()

    def retranslate(self) -> None:
        for one in self._views:
            one.retranslate()

    def leave(self) -> None:
        """Nothing secret stays in a field or on the screen."""
        self.backups.leave()
        self.ways_in.leave()

    def changed(self, notice: Notice) -> None:
        if notice.what in (Changed.RECORDING, Changed.DAMAGE):
            self.fixity.refresh()
            self.backups.refresh()

    def hindrance(self) -> str:
        """What would be cut short if the window closed now."""
        if self.backups.working:
            return tr("A backup is being written or read. What was there before stays whole.")
        return tr("Recordings are being read.") if self.fixity.working else ""
