"""At the door: that a recording goes on in this archive, and how to end it. Ending it needs no passphrase; hearing it does."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.ui.entry.door import Door
from oralhistory.ui.look.pieces import button, column, label, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_LOOK_EVERY_MS = 500


class RecordingNote(QFrame):
    back_wanted = Signal()
    """Back to the recording, in a window that has it in hand."""

    def __init__(self, door: Door, says: Wording) -> None:
        super().__init__()
        self._door = door
        self._folder = Path()
        self._stopping = False
        self._said = label()
        self._said.setObjectName("unlock_recording")
        self._back = button("unlock_back_to_recording", says, mark("Back to the recording"))
        self._back.clicked.connect(self.back_wanted)
        self._back.hide()
        self._stop = button("unlock_stop_recording", says, mark("End the recording"))
        self._stop.clicked.connect(self._end)
        act = row(self._back, self._stop)
        act.addStretch(1)
        self.setLayout(column(self._said, act, margin=2 * GRID))
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._show_state)
        self.hide()

    def look_at(self, folder: Path) -> None:
        """Show how it stands with the archive in `folder`; nothing when nothing is recorded in it."""
        self._folder, self._stopping = folder, False
        self._look.stop()
        self.setVisible(self._goes_on())
        self._show_state()

    def offer_back(self) -> None:
        """This window has the recording in hand."""
        self._back.show()

    def retranslate(self) -> None:
        self._show_state()

    def _goes_on(self) -> bool:
        return self._door.program.is_recording(self._folder)

    def _end(self) -> None:
        try:
            self._door.program.stop_recording(self._folder)
        except OralHistoryError as error:
            self._door.banner.trouble(error)
            return
        self._stopping = True
        self._show_state()
        self._look.start()

    def _show_state(self) -> None:
        over = self._stopping and not self._goes_on()
        restyle(self, "note_good" if over else "note")
        self._stop.setEnabled(not self._stopping)
        self._stop.setVisible(not over)
        if over:
            self._look.stop()
            self._said.setText(
                tr("The recording is over, and all of it is sealed. It is put in its place when the archive is opened.")
            )
        elif self._stopping:
            self._said.setText(tr("The recording is being ended …"))
        else:
            self._said.setText(
                tr("A recording is running. It goes on, and all of it is being sealed. Open the archive to see it.")
            )
