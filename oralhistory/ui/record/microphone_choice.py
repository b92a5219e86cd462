"""Which microphone, how many channels, where a second copy goes. A microphone that is plugged in appears by itself."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame

from oralhistory.domain.ports import Device
from oralhistory.i18n import mark, tr
from oralhistory.services.recording.recording_places import RecordingPlaces
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.drawn_once import DropDown
from oralhistory.ui.look.pieces import button, column, field, label, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.record.folder_line import FolderLine

_LOOK_EVERY_MS = 4_000


class MicrophoneChoice(QFrame):
    """`changed`: another microphone is chosen, or none is there any more."""

    changed = Signal()

    def __init__(self, context: PageContext, says: Wording, place: str = "record", *, bare: bool = False) -> None:
        """`place` is the page it stands on: the names of its widgets begin with it. `bare`: it stands in another's card."""
        super().__init__()
        self.setProperty("role", "" if bare else "card")
        self._context = context
        self._devices: Sequence[Device] | None = None  # not known yet
        self._looking = False
        self._places = RecordingPlaces()
        self._microphone = DropDown()
        self._microphone.setObjectName(f"{place}_microphone")
        self._microphone.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._microphone.setMinimumContentsLength(12)
        says(self._microphone.setAccessibleName, mark("Microphone"))
        self._microphone.activated.connect(self._remember)
        look_again = button(f"{place}_look_again", says, mark("Look again"), role="link")
        look_again.clicked.connect(self.look)
        self._channels = Answers(f"{place}_channels", says, mark("Channels"), [
            ("1", mark("one, for the whole room")), ("2", mark("two, one for each person"))])  # fmt: skip
        self._channels.pick(str(context.settings.current.channels))
        self._channels.picked.connect(self._remember)
        self._told = label("caution")
        self._told.setObjectName(f"{place}_microphone_told")
        self.copy = FolderLine(f"{place}_copy", says, title=mark("Folder for a second copy"), none=mark("none"),
                               drop=mark("No second copy"), below=bare)  # fmt: skip
        self.copy.picked.connect(self._keep_copy)
        microphone = row(self._microphone, look_again)
        microphone.setStretch(0, 1)
        named = sentence(says, mark("Microphone"), "small")
        named.setBuddy(self._microphone)
        self.setLayout(column(
            column(named, microphone, spacing=GRID // 2), self._told, field(says, mark("Channels"), self._channels),
            field(says, mark("Second copy"), self.copy), margin=0 if bare else 2 * GRID,
        ))  # fmt: skip
        self._again = QTimer(self, interval=_LOOK_EVERY_MS)
        self._again.timeout.connect(lambda: self.look(gives_way=True))

    @property
    def device(self) -> str | None:
        """The microphone's name, None for the system's own choice."""
        return str(self._microphone.currentData() or "") or None

    @property
    def channels(self) -> int:
        return int(self._channels.value)

    @property
    def missing(self) -> bool:
        """Whether it is known that there is no microphone."""
        return self._devices is not None and not self._devices

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()
        self._channels.pick(str(self._context.settings.current.channels))  # may have been changed on another page
        if self._devices is not None:
            self._fill(self._devices)
        self.look()
        self._context.jobs.run(self._context.desk.recording.places, self._know_places, owner=self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    def look(self, *, gives_way: bool = False) -> None:
        """See which microphones are plugged in now. `gives_way`: nobody asked for it (see `Jobs.run`)."""
        if not self._looking:
            self._looking = True
            microphones = self._context.desk.recording.microphones
            self._context.jobs.run(microphones, self._found, self._none_found, owner=self, gives_way=gives_way)

    def point(self) -> None:
        """Take the focus: another microphone is to be chosen."""
        self._microphone.setFocus()

    def retranslate(self) -> None:
        if self._devices is not None:
            self._fill(self._devices)
        self.copy.retranslate()

    def _found(self, devices: Sequence[Device]) -> None:
        self._looking = False
        if devices != self._devices:
            self._devices = devices
            self._fill(devices)
            self.changed.emit()

    def _none_found(self, _error: Exception) -> None:
        self._found([])

    def _fill(self, devices: Sequence[Device]) -> None:
        wanted = self._context.settings.current.microphone
        usual = next((one.name for one in devices if one.default), "")
        self._microphone.clear()
        self._microphone.addItem(
            tr("The system's choice ({name})", name=usual) if usual else tr("The system's choice"), ""
        )
        for one in devices:
            self._microphone.addItem(one.name, one.name)
        if not devices:
            self._microphone.setItemText(0, tr("No microphone was found"))
        self._microphone.setCurrentIndex(max(self._microphone.findData(wanted), 0))
        self._show_told()

    def _show_told(self) -> None:
        devices, wanted = self._devices or (), self._context.settings.current.microphone
        meant = next((one for one in devices if one.name == self.device or (self.device is None and one.default)), None)
        told = ""
        if self.missing:
            told = tr("No microphone was found. Plug one in: it appears here by itself.")
        elif wanted and wanted != self.device:
            told = tr("“{name}” is not plugged in. Choose another microphone, or plug it in.", name=wanted)
        elif meant is not None and meant.channels < self.channels:
            told = tr("This microphone has one channel only.")
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _remember(self) -> None:
        self._context.settings.change(microphone=self.device or "", channels=self.channels)
        self._show_told()
        self.changed.emit()

    # --- the second copy

    def _keep_copy(self, folder: Path | None) -> None:
        recording, fallback = self._context.desk.recording, self._places.fallback

        def work() -> RecordingPlaces:
            recording.set_places(RecordingPlaces(fallback, folder))
            return recording.places()

        self._context.jobs.run(work, self._know_places, owner=self)

    def _know_places(self, places: RecordingPlaces) -> None:
        self._places = places
        self.copy.show_folder(places.copy)
