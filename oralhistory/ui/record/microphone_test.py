"""Ten seconds before a take: what the microphone hears, whether machine and disk will last. Heard back, then forgotten."""


from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.i18n import listed, mark, ntr, tr
from oralhistory.services.progress import Asked
from oralhistory.services.recording.checking_microphone import CHECK_SECONDS, MicrophoneCheck
from oralhistory.services.recording.take_words import finding_sentence
from oralhistory.ui.jobs import Job
from oralhistory.ui.look.pieces import button, column, label, restyle, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.record.level_meter import LevelMeter, level_told
from oralhistory.ui.record.microphone_choice import MicrophoneChoice
from oralhistory.ui.record.running_words import room_left

_LOOK_EVERY_MS = 200


class MicrophoneTest(QFrame):
    """`told`: there is something more to be seen in it."""

    told = Signal()

    def __init__(self, context: PageContext, says: Wording, choice: MicrophoneChoice) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context, self._choice = context, choice
        self._job: Job | None = None
        self._check: MicrophoneCheck | None = None
        self._begin = button("record_test", says, mark("Test the microphone"))
        self._listen = button("record_test_listen", says, mark("Listen"),
                              icon=lambda one: context.theme.dress(one, "play"))  # fmt: skip
        self._left = label("soft", wrap=False)
        self._left.setObjectName("record_test_left")
        self.meter = LevelMeter(context.theme)
        self.meter.setObjectName("record_test_meter")
        says(self.meter.setAccessibleName, mark("Level of the microphone"))
        self._verdict = label()
        self._verdict.setObjectName("record_test_verdict")
        self._verdict_frame = QFrame()
        self._verdict_frame.setLayout(column(self._verdict, margin=GRID + 4))
        self._lasts = label("soft")
        self._lasts.setObjectName("record_test_lasts")
        keys = row(self._begin, self._listen, self._left)
        keys.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("Everybody says a sentence: ten seconds are recorded, played back and forgotten."), "soft"),
            keys, self.meter, self._verdict_frame, self._lasts, margin=2 * GRID,
        ))  # fmt: skip
        self._playing = QTimer(self, interval=_LOOK_EVERY_MS)
        self._playing.timeout.connect(self._show_playing)
        self._begin.clicked.connect(self._start_or_stop)
        self._listen.clicked.connect(self._play_or_stop)
        self.forget()

    @property
    def running(self) -> bool:
        return self._job is not None

    def forget(self) -> None:
        """Another microphone, another interview, or a take begins: what was heard counts no more."""
        self._stop_playing()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._check = None
        self._show_running(False)
        for one in (self._verdict_frame, self._lasts):
            one.hide()

    def retranslate(self) -> None:
        self._show_running(self.running)
        if self._check is not None:
            self._show_check(self._check)

    def _start_or_stop(self) -> None:
        if self.running:
            self.forget()
            return
        self.forget()
        jobs, checking = self._context.jobs, self._context.desk.checking_microphone
        device, channels = self._choice.device, self._choice.channels

        def listened(ms: int, peaks: tuple[float, ...]) -> None:
            jobs.post(self, lambda: self._show_level(ms, peaks))

        def work(cancelled: Asked) -> MicrophoneCheck:
            return checking.check_microphone(device, channels, listened=listened, cancelled=cancelled)

        self._job = job = jobs.run_stoppable(
            work, lambda check: self._done(job, check), lambda error: self._failed(job, error), owner=self
        )
        self._show_running(True)
        self._show_level(0, (0.0,) * channels)
        self.told.emit()

    def _show_level(self, ms: int, peaks: tuple[float, ...]) -> None:
        if self.running:
            left = max(round(CHECK_SECONDS - ms / 1000), 0)
            self._left.setText(ntr("Speak now: {n} second more.", "Speak now: {n} seconds more.", left))
            self.meter.show_peaks(peaks, resting=False)

    def _done(self, job: Job, check: MicrophoneCheck) -> None:
        if job is self._job:
            self._job, self._check = None, check
            self._show_running(False)
            self._show_check(check)
            self._play_or_stop()

    def _failed(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self._job = None
            self._show_running(False)
            if isinstance(error, OralHistoryError) and not isinstance(error, Cancelled):
                self._say(error.happened, error.todo, good=False)

    def _show_running(self, running: bool) -> None:
        words = tr("Stop the test") if running else tr("Test the microphone")
        self._context.theme.dress(self._begin, "stop" if running else "microphone")
        self._begin.setText(words)
        self._begin.setAccessibleName(words)
        for one in (self._left, self.meter):
            one.setVisible(running)
        self._listen.setVisible(not running and self._check is not None)

    def _show_check(self, check: MicrophoneCheck) -> None:
        levels = listed(level_told(one.peak) for one in check.channels)
        heard = tr("{device}: loudest at {levels}.", device=check.device, levels=levels)
        if check.good:
            self._say(tr("The voice is heard well."), heard, good=True)
        else:
            self._say(*(finding_sentence(one) for one in check.findings), heard, good=False)
        told = [room_left(check.room_ms)]
        if check.battery is not None:
            power = tr("plugged in") if check.battery.charging else tr("not plugged in")
            told.append(tr("Battery: {n}%, {power}.", n=check.battery.percent, power=power))
        if check.can_stay_awake:
            told.append(tr("The machine is kept awake while it records."))
        self._lasts.setText("\n".join(told))
        self._lasts.show()
        self.told.emit()

    def _say(self, *lines: str, good: bool) -> None:
        self._verdict.setText("\n".join(line for line in lines if line))
        restyle(self._verdict_frame, "note_good" if good else "note_caution")
        self._verdict_frame.show()

    # --- hearing it back

    def _play_or_stop(self) -> None:
        if self._playing.isActive():
            self._stop_playing()
        elif self._check is not None:
            try:
                self._context.player().play(self._check.sound, 0)
            except OralHistoryError as error:
                self._context.jobs.tell(error)
                return
            self._playing.start()
            self._say_listen(tr("Stop listening"), "stop")

    def _stop_playing(self) -> None:
        if self._playing.isActive():
            self._context.player().rest()  # on this page microphones are looked for
        self._playing.stop()
        self._say_listen(tr("Listen"), "play")

    def _show_playing(self) -> None:
        if self._context.player().position is None:
            self._stop_playing()

    def _say_listen(self, words: str, icon: str) -> None:
        self._context.theme.dress(self._listen, icon)
        self._listen.setText(words)
        self._listen.setAccessibleName(words)
