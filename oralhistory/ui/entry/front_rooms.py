"""What stands in the window while no archive is open: the door, the making of an archive, a recording that goes on behind a lock.

One room at a time; the one before goes, and what it held goes with it. It shows the window of an open archive in its place, too,
and knows nothing of it.
"""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from oralhistory.services.recording.takes import TakeInHand
from oralhistory.ui.door import Door
from oralhistory.ui.entry.create_wizard import CreateWizard
from oralhistory.ui.entry.unlock_page import UnlockPage
from oralhistory.ui.lock.keyless_page import KeylessPage


class FrontRooms:
    """`place` is where they stand."""

    def __init__(self, door: Door, place: QStackedWidget) -> None:
        self.door = door
        self._place = place

    @property
    def opening(self) -> bool:
        """Whether an archive is being opened or made at the door."""
        room = self._place.currentWidget()
        return isinstance(room, UnlockPage | KeylessPage) and room.opening

    def show_door(self, folder: Path) -> None:
        page = UnlockPage(self.door, folder)
        page.create_wanted.connect(self._show_wizard)
        self.show(page)

    def show_keyless(self, take: TakeInHand, folder: Path) -> None:
        """The recording that goes on, while its archive in `folder` is locked."""
        page = KeylessPage(self.door, take, folder)

        def over(told: list[str], role: str) -> None:
            self.show_door(folder)
            self.door.banner.tell(told[0], told[1:], role=role, stays=True)

        page.over.connect(over)
        page.door_wanted.connect(lambda: self._show_door_beside(take, folder))
        self.show(page)

    def show(self, room: QWidget) -> None:
        """Let this one stand there and no other."""
        self.leave()
        self._place.addWidget(room)
        self._place.setCurrentWidget(room)
        locked = isinstance(room, UnlockPage | CreateWizard | KeylessPage)
        self.door.banner.let_give_way(isinstance(room, KeylessPage), locked=locked)
        self.door.banner.raise_()
        for before in (self._place.widget(0), self._place.widget(1)):  # the room so far, and a cover
            if before is not None and before is not room:
                self._place.removeWidget(before)
                before.deleteLater()

    def forget(self) -> None:
        """Nothing secret that was typed is kept, and what is being opened is closed again: whoever was there has gone."""
        room = self._place.currentWidget()
        if isinstance(room, UnlockPage | KeylessPage | CreateWizard):
            room.forget()

    def leave(self) -> None:
        room = self._place.currentWidget()
        if isinstance(room, KeylessPage):
            room.let_go()
        elif isinstance(room, CreateWizard):
            room.give_up()

    def hindrance(self) -> str:
        """What would be lost by closing the window now, in a sentence."""
        room = self._place.currentWidget()
        return room.hindrance() if isinstance(room, UnlockPage | CreateWizard | KeylessPage) else ""

    def retranslate(self) -> None:
        room = self._place.currentWidget()
        if isinstance(room, UnlockPage | CreateWizard | KeylessPage):
            room.retranslate()

    def _show_wizard(self) -> None:
        here = self._place.currentWidget()
        folder = here.folder if isinstance(here, UnlockPage) else self.door.program.default_archive
        wizard = CreateWizard(self.door, folder)
        wizard.cancelled.connect(lambda: self.show_door(folder))
        self.show(wizard)

    def _show_door_beside(self, take: TakeInHand, folder: Path) -> None:
        """The other ways in, while a recording goes on."""
        self.show_door(folder)
        door = self._place.currentWidget()
        assert isinstance(door, UnlockPage)
        door.offer_recording()
        door.recording_wanted.connect(lambda: self.show_keyless(take, folder))
