"""Listening to an interview: where the sound is, what was really heard, and going on from one part to the next.

Sound is decrypted in memory, a moment at a time. Nothing counts as heard that was not played.
"""

import threading
from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QObject, QTimer, Signal

from oralhistory.domain.interview import Recording
from oralhistory.domain.ports.sound import PcmSource
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import DeviceFailed, OralHistoryError
from oralhistory.i18n import tr
from oralhistory.services.program import Player
from oralhistory.services.recording.listening import Timeline

TICK_MS = 33
SKIP_MS = 3_000
"""So far back and forward go the keys, wherever sound is listened to."""
_TELL_HEARD_EVERY_MS = 15_000


class JoinedSound:
    """Recordings of one format that follow one another, as one source of frames."""

    def __init__(self, timeline: Timeline, recordings: Sequence[Recording]) -> None:
        self._timeline = timeline
        self._recordings = recordings
        self._reading = threading.Lock()  # the player reads on a thread of its own
        self._closed = False
        self.start_ms = recordings[0].start_ms
        self.end_ms = recordings[-1].end_ms

    @property
    def format(self) -> SoundFormat:
        return self._recordings[0].format

    @property
    def frames(self) -> int:
        return sum(one.frames for one in self._recordings)

    def frame_at(self, ms: int) -> int:
        """The frame that is heard at this time of the timeline."""
        before = 0
        for one in self._recordings:
            if ms < one.end_ms or one is self._recordings[-1]:
                inside = self.format.ms_to_frames(max(ms - one.start_ms, 0))
                return before + min(inside, one.frames)
            before += one.frames
        return before

    def ms_at(self, frame: int) -> int:
        for one in self._recordings:
            if frame < one.frames:
                return one.start_ms + self.format.frames_to_ms(frame)
            frame -= one.frames
        return self.end_ms

    def read(self, first_frame: int, count: int) -> bytes:
        with self._reading:
            return b"" if self._closed else self._joined(first_frame, count)

    def close(self) -> None:
        """Nothing is read any more when this returns."""
        with self._reading:
            self._closed = True

    def _joined(self, first_frame: int, count: int) -> bytes:
        found = bytearray()
        for one in self._recordings:
            last = min(first_frame + count, one.frames)
            if first_frame < last:
                found += self._read(one, first_frame, last)
                count -= last - first_frame
                first_frame = last
            first_frame -= one.frames
            if first_frame < 0 or count <= 0:
                break
        return bytes(found)

    def _read(self, recording: Recording, first: int, last: int) -> bytes:
        """Frames [first, last) of one recording: the timeline gives whole milliseconds, of which these are cut."""
        sound = recording.format
        from_ms, upto_ms = first * 1000 // sound.rate, -(-last * 1000 // sound.rate)
        pcm = self._timeline.read(recording, recording.start_ms + from_ms, recording.start_ms + upto_ms)
        skip = first - sound.ms_to_frames(from_ms)
        return pcm[skip * sound.bytes_per_frame : (skip + last - first) * sound.bytes_per_frame]


class Playback(QObject):
    """`moved` tells the time being heard; `turned` that sound began or ended; `heard` each stretch that was played."""

    moved = Signal(int)
    turned = Signal(bool)
    heard = Signal(int, int)
    troubled = Signal(object)

    def __init__(self, player: Callable[[], Player], parent: QObject) -> None:
        super().__init__(parent)
        self._open_player = player
        self._player: Player | None = None
        self._timeline: Timeline | None = None
        self._sounds: list[JoinedSound] = []
        self._sound: JoinedSound | None = None
        self._heard_from = 0
        self.position_ms = 0
        self._speed = 1.0
        self._loop: tuple[int, int] | None = None
        self._softened: Callable[[JoinedSound], PcmSource] = lambda sound: sound
        self._sample: tuple[int, int] | None = None  # where a sample ends, and where the sound stood before
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.look)

    @property
    def playing(self) -> bool:
        return self._sound is not None

    @property
    def speed(self) -> float:
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Play so much faster from now on; the pitch stays."""
        if self.playing:
            self.look()
        self._speed = speed
        if self.playing:
            self.play(self.position_ms)

    def soften(self, how: Callable[[JoinedSound], PcmSource]) -> None:
        """Give the loudspeaker what this makes of the sound, from the next time it plays."""
        self._softened = how

    @property
    def loop(self) -> tuple[int, int] | None:
        """The stretch that is played again and again, in ms."""
        return self._loop

    def set_loop(self, stretch: tuple[int, int] | None) -> None:
        """Play only this stretch from now on, over and over; None: go on to the end."""
        self._loop = stretch if stretch is not None and stretch[0] < stretch[1] else None

    @property
    def sounds(self) -> Sequence[JoinedSound]:
        """What is open, in the order of time; each may be read from any thread."""
        return tuple(self._sounds)

    @property
    def duration_ms(self) -> int:
        return self._sounds[-1].end_ms if self._sounds else 0

    def open(self, timeline: Timeline | None) -> None:
        """Listen to `timeline` from now on; what was open is closed."""
        self.close()
        self._timeline = timeline
        self.position_ms = 0
        if timeline is not None:
            groups = groupby(timeline.recordings, key=lambda one: one.format)
            self._sounds = [JoinedSound(timeline, list(recordings)) for _, recordings in groups]

    def close(self) -> None:
        """Nothing is open any more. The loop stays: the same sound may be opened again."""
        self.pause()
        for sound in self._sounds:
            sound.close()
        self._sounds = []
        if self._timeline is not None:
            self._timeline.close()
            self._timeline = None

    def play(self, from_ms: int) -> None:
        """Play from this time on; nothing happens behind the end or where there is no sound."""
        self._tell_heard()
        self._sample = None
        sound = next((one for one in self._sounds if from_ms < one.end_ms), None)
        if sound is None:
            return self.pause()
        try:
            if self._player is None:
                self._player = self._open_player()
            self._player.play(self._softened(sound), sound.frame_at(from_ms), self._speed)
        except OralHistoryError as error:
            self._halt()
            self.troubled.emit(_nothing_to_hear_with() if isinstance(error, DeviceFailed) else error)
            return None
        began = self._sound is None
        self._sound = sound
        self.position_ms = self._heard_from = max(from_ms, sound.start_ms)
        self._tick.start()
        if began:
            self.turned.emit(True)
        self.moved.emit(self.position_ms)
        return None

    def play_sample(self, from_ms: int, upto_ms: int) -> None:
        """Play this stretch once, whatever is looped, then stand where the sound stood before."""
        stood = self._sample[1] if self._sample is not None else self.position_ms
        self.play(from_ms)
        if self.playing:
            self._sample = upto_ms, stood

    def _end_sample(self) -> bool:
        """Go back to where the sound stood before a sample; whether there was one."""
        sample, self._sample = self._sample, None
        if sample is not None:
            if self._player is not None:
                self._player.stop()
            self._tell_heard()
            self._halt()
            self.position_ms = sample[1]
            self.moved.emit(self.position_ms)
        return sample is not None

    def pause(self) -> None:
        if self._end_sample():
            return
        if self._sound is not None and self._player is not None:
            self.look()
        if self._sound is not None and self._player is not None:
            self._player.stop()
            self._tell_heard()
            self._halt()

    def toggle(self, step_back_ms: int) -> None:
        """Pause, or go on a little before the place where it stopped."""
        if self.playing:
            self.pause()
        else:
            again = 0 if self.position_ms >= self.duration_ms else self.position_ms
            self.play(max(again - step_back_ms, 0))

    def stand(self, at_ms: int) -> None:
        """Have what is played next begin here; what is being heard goes on."""
        if not self.playing:
            self.position_ms = at_ms
            self.moved.emit(at_ms)

    def skip(self, by_ms: int) -> None:
        """Go back or forward; goes on playing if it was."""
        if self.playing:
            self.look()
        to_ms = min(max(self.position_ms + by_ms, 0), self.duration_ms)
        if self.playing:
            self.play(to_ms)
        else:
            self.position_ms = to_ms
            self.moved.emit(to_ms)

    def look(self) -> None:
        """See where the sound is."""
        sound, player = self._sound, self._player
        if sound is None or player is None:
            return None
        frame, failure = player.position, player.failure
        if failure is not None:
            return self._fall_silent(player, failure)
        if frame is None:
            self.position_ms = sound.end_ms
            self._ended(sound)
        else:
            self.position_ms = sound.ms_at(frame)
            if self._sample is not None:
                if self.position_ms >= self._sample[0]:
                    self._end_sample()
                else:
                    self.moved.emit(self.position_ms)
                return None
            if self._loop is not None and self.position_ms >= self._loop[1]:
                return self.play(self._loop[0])
            if self.position_ms - self._heard_from >= _TELL_HEARD_EVERY_MS:
                self._tell_heard()
            self.moved.emit(self.position_ms)
        return None

    def _fall_silent(self, player: Player, failure: OralHistoryError) -> None:
        """What came out of the loudspeaker was heard; the rest was not."""
        sound, frame = self._sound, player.position
        if sound is not None and frame is not None:
            self.position_ms = sound.ms_at(frame)
        player.rest()
        self._tell_heard()
        self._sample = None
        self._halt()
        self.troubled.emit(failure)

    def tell_heard(self) -> None:
        """Tell what was played up to now, without waiting for a pause."""
        self.look()
        self._tell_heard()

    def _ended(self, sound: JoinedSound) -> None:
        if self._end_sample():
            return None
        if self._loop is not None:
            return self.play(self._loop[0])
        self._tell_heard()
        following = self._sounds.index(sound) + 1
        if following < len(self._sounds):
            self.play(self._sounds[following].start_ms)
        else:
            self._halt()
        return None

    def _halt(self) -> None:
        self._tick.stop()
        if self._sound is not None:
            self._sound = None
            self.moved.emit(self.position_ms)
            self.turned.emit(False)

    def _tell_heard(self) -> None:
        if self._sound is not None and self.position_ms > self._heard_from:
            self.heard.emit(self._heard_from, self.position_ms)
            self._heard_from = self.position_ms


def _nothing_to_hear_with() -> DeviceFailed:
    """What a device that does not open means to somebody who listens: what the room of sound says of it is meant of recording."""
    return DeviceFailed(
        tr("No device to hear with was found: no loudspeaker and no headphones."),
        safe=tr("The recording is as it was."),
        todo=tr("Plug in headphones or a loudspeaker, see that no other program holds them, and play again."),
    )
