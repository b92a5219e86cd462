"""At the door: that a recording goes on in this archive, and how to end it. Ending it needs no passphrase; hearing it does."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.services.recording.at_the_door import Ending
from oralhistory.ui.door import Door
from oralhistory.ui.look.pieces import button, column, label, restyle, row
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_LOOK_EVERY_MS = 500
_AGAIN_AFTER_S = 10.0
"""A wish that had no answer by then may be lost: it can be wished again."""


class RecordingNote(QFrame):
    back_wanted = Signal()
    """Back to the recording, in a window that has it in hand."""

    def __init__(self, door: Door, says: Wording) -> None:
        super().__init__()
        self._door = door
        self._folder = Path()
        self._stopping = self._doubtful = False
        self._asked: Sequence[Path] = ()
        self._since = 0.0
        self._how = Ending.GOES_ON
        self._said = label()
        self._said.setObjectName("unlock_recording")
        self.back = button("unlock_back_to_recording", says, mark("Back to the recording"))
        self.back.clicked.connect(self.back_wanted)
        self.back.hide()
        self._stop = button("unlock_stop_recording", says, mark("End the recording"))
        self._stop.clicked.connect(self._end)
        act = row(self.back, self._stop)
        act.addStretch(1)
        self.setLayout(column(self._said, act, margin=2 * GRID))
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._show_state)
        self.hide()

    def look_at(self, folder: Path) -> None:
        """Show how it stands with the archive in `folder`; nothing when nothing is recorded in it."""
        self._folder, self._stopping = folder, False
        self._look.stop()
        at_the_door = self._door.program.at_the_door
        recording = at_the_door.is_recording(folder)
        self._doubtful = recording and at_the_door.cannot_be_told(folder)
        self.setVisible(recording)
        self._show_state()

    def look_again(self) -> None:
        """How it stands now, unless somebody here asked for the end and is being told of that."""
        if not self._stopping:
            self.look_at(self._folder)

    def offer_back(self) -> None:
        """This window has the recording in hand."""
        self.back.show()

    @property
    def goes_on(self) -> bool:
        """Whether it is known that something is being recorded."""
        return not self.isHidden() and not self._doubtful and self._how is Ending.GOES_ON

    def retranslate(self) -> None:
        self._show_state()

    def _end(self) -> None:
        try:
            self._asked = self._door.program.at_the_door.stop(self._folder)
        except OralHistoryError as error:
            self._door.banner.trouble(error)
            return
        self._stopping, self._since = True, time.monotonic()
        self._show_state()
        self._look.start()

    def _show_state(self) -> None:
        if not self._stopping:
            how, again = Ending.GOES_ON, True
            said = (
                tr("The disk gives an error where it should tell whether a recording is running. One may be running. Check the "
                   "disk and its cable.")
                if self._doubtful
                else tr("A recording is running. It goes on, and all of it is being encrypted. Open the archive to see it.")
            )  # fmt: skip
        else:
            how = self._door.program.at_the_door.ending(self._folder, self._asked)
            again = how is Ending.GOES_ON and time.monotonic() - self._since >= _AGAIN_AFTER_S
            said = _words(how)
        self._how = how
        if how is Ending.ENDED:
            self._look.stop()
        doubtful = how is Ending.OUT_OF_SIGHT or (self._doubtful and not self._stopping)
        role = "note_good" if how is Ending.ENDED else "note_caution" if doubtful else "note"
        if self.property("role") != role:
            restyle(self, role)
        self._stop.setEnabled(again)
        self._stop.setVisible(how is Ending.GOES_ON)
        self._said.setText(said)


def _words(how: Ending) -> str:
    """What is known of a recording that was asked to end."""
    if how is Ending.ENDED:
        return tr("The recording has ended. What was encrypted is put in its place when the archive is opened.")
    if how is Ending.GOES_ON:
        return tr("The recording is being ended …")
    return tr("The disk of the archive cannot be seen any more. The recording may be going on. Plug the disk in again.")
