"""Settings of sound and of locking: microphone, where sound goes besides, when a break is suggested, when the window locks."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QVBoxLayout

from oralhistory.i18n import mark
from oralhistory.services.recording.recording_places import RecordingPlaces
from oralhistory.ui.look.pieces import Choice, boxed, card, column, field, sentence
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.page import PageContext
from oralhistory.ui.record.folder_line import FolderLine
from oralhistory.ui.record.microphone_choice import MicrophoneChoice

_BREAKS = {"0": mark("never"), "30": mark("after 30 minutes"), "45": mark("after 45 minutes"),
           "60": mark("after 60 minutes"), "90": mark("after 90 minutes")}  # fmt: skip
_DAYS = {"0": mark("never"), "60": mark("after 1 hour"), "120": mark("after 2 hours"), "180": mark("after 3 hours"),
         "240": mark("after 4 hours"), "300": mark("after 5 hours")}  # fmt: skip
_STEPS_BACK = {"0": mark("not at all"), "500": mark("half a second"), "1500": mark("1.5 seconds"),
               "3000": mark("3 seconds"), "5000": mark("5 seconds")}  # fmt: skip
_LOCKS = {"1": mark("after 1 minute"), "2": mark("after 2 minutes"), "5": mark("after 5 minutes"),
          "10": mark("after 10 minutes"), "15": mark("after 15 minutes"), "30": mark("after 30 minutes")}  # fmt: skip


class SoundView(QObject):
    """`cards` are its panels, for the page to place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.says = Wording()
        self._places = RecordingPlaces()
        self._microphone = MicrophoneChoice(context, self.says, "settings", bare=True)
        self._fallback = FolderLine(
            "settings_fallback", self.says, title=mark("Folder for when the archive's disk fails"),
            none=mark("none"), drop=mark("The program's own choice"),
            absent=mark("{folder} – is made when it is needed"), below=True,
        )  # fmt: skip
        self._fallback.picked.connect(self._keep_fallback)
        self.cards = (self._sound(), self._listening(), self._lock())

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.recording.places, self._know_places, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        self._microphone.retranslate()
        self._fallback.retranslate()

    def _sound(self) -> QFrame:
        says = self.says
        pause = self._choice("settings_break", mark("Suggest a break"), _BREAKS, "break_minutes")
        rest = column(
            field(says, mark("Suggest a break"), pause),
            field(says, mark("Where to go on when the archive's disk fails"), self._fallback),
        )
        reserve = sentence(says, mark(
            "This is the reserve: when the archive's disk fails or is full during a recording, the sound goes on there,"
            " encrypted, and is moved back at the next unlock. There is nothing to do; it helps most on another disk than the"
            " archive's."
        ), "soft")  # fmt: skip
        return card(sentence(says, mark("Recording"), "large"), self._microphone, rest, reserve)

    def _listening(self) -> QFrame:
        says = self.says
        back = self._choice("settings_step_back", mark("Step back when playing goes on"), _STEPS_BACK, "step_back_ms")
        pause = self._choice("settings_listening_pause", mark("Suggest a break"), _BREAKS, "listening_pause_minutes")
        day = self._choice("settings_listening_day", mark("Suggest stopping for the day"), _DAYS, "listening_day_minutes")
        return card(
            sentence(says, mark("Listening"), "large"),
            Wrapping([boxed(_low(one)) for one in (
                field(says, mark("Step back when playing goes on"), back), field(says, mark("Suggest a break"), pause),
                field(says, mark("Suggest stopping for the day"), day),
            )]),
            sentence(says, mark("While a transcript is corrected, a clock counts how long was listened today. The figure is kept "
                                "on this computer alone, without a name, and the next day's takes its place."), "soft"),
        )  # fmt: skip

    def _lock(self) -> QFrame:
        says = self.says
        lock = self._choice("settings_auto_lock", mark("Lock when nobody is there"), _LOCKS, "auto_lock_minutes")
        return card(
            sentence(says, mark("Locking"), "large"),
            field(says, mark("Lock when nobody is there"), lock),
            sentence(says, mark("It locks at once when the machine goes to sleep, its lid is shut or its screen locks. Who "
                                "listens is there, for half an hour after the last touch. A "
                                "recording goes on behind the lock and can be stopped without a passphrase."), "soft"),
        )  # fmt: skip

    def _choice(self, name: str, words: str, values: dict[str, str], kept: str) -> Choice:
        settings = self._context.settings
        made = Choice(name, self.says, words, list(values.items()))
        made.pick(_nearest(values, getattr(settings.current, kept)))
        made.picked.connect(lambda: settings.change(**{kept: int(made.value)}))
        return made

    def _keep_fallback(self, folder: Path | None) -> None:
        recording, copy = self._context.desk.recording, self._places.copy

        def work() -> RecordingPlaces:
            recording.set_places(RecordingPlaces(folder, copy))
            return recording.places()

        self._context.jobs.run(work, self._know_places, owner=self)

    def _know_places(self, places: RecordingPlaces) -> None:
        self._places = places
        self._fallback.show_folder(places.fallback)


def _low(named: QVBoxLayout) -> QVBoxLayout:
    """At the foot of its line: the fields are level where the name of one has two lines."""
    named.insertStretch(0, 1)
    return named


def _nearest(values: dict[str, str], now: int) -> str:
    """The offered value for one that may have been written into the file by hand."""
    return min(values, key=lambda one: abs(int(one) - now))
