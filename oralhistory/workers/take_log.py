"""What a take is, entry by entry: stretches of sound, what is missing in them, notes of the recorder.

It cuts the sound into records and rolls parts that are full. How the entries come onto the disk is the parts' business. Sound
is refused only when no disk has taken any for about an hour, and then the loss is noted.
"""

from typing import Any

from oralhistory.domain.sound import GapReason, SoundFormat
from oralhistory.workers.part_entries import Begin, End, Lost, Note, Sound
from oralhistory.workers.parts import Parts

MOST_WAITING_BYTES = 512 << 20
"""Sound kept in memory while no disk takes it: an hour of one channel."""


class TakeLog:
    """Belongs to one thread; the properties may be read from others."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._sound = SoundFormat()
        self._pending = bytearray()  # less than a record
        self._frames = 0  # of the stretch
        self._dropped_frames = 0
        self._elapsed_s = 0.0
        self._going = self._parked = False

    def begin(self, sound: SoundFormat, about: dict[str, Any], after: tuple[GapReason, int] | None = None) -> None:
        """A stretch of sound begins, `after` a gap of so many frames. `about` is sealed at its start."""
        if self._parked and sound != self._sound:
            self._end()
        if not self._parked:
            self._sound, self._frames = sound, 0
            self._parts.put(Begin(sound, about))
        self._going, self._parked = True, False
        if after:
            self.lost(*after)
        self._parts.tend()

    def sound(self, pcm: bytes) -> None:
        """Whole frames, any number of them, in the stretch's format."""
        frames = len(pcm) // self._sound.bytes_per_frame
        if self._parts.failing and self._parts.waiting_bytes > MOST_WAITING_BYTES:
            self._dropped_frames += frames
            return
        self._note_dropped()
        self._frames += frames
        self._elapsed_s += frames / self._sound.rate
        self._pending += pcm
        record = self._sound.frames_per_record * self._sound.bytes_per_frame
        while len(self._pending) >= record:
            self._put_sound(record)
            self._roll_if_full()
        self._parts.tend()

    def lost(self, reason: GapReason, frames: int) -> None:
        """So many frames are missing here (0 when unknown)."""
        self._parts.put(Lost(self._frames, frames, reason))

    def note(self, content: dict[str, Any]) -> None:
        """Seal a note here, at once; it must fit into a record. Between two stretches it opens the part of the next one."""
        if not (self._going or self._parked):
            self._frames, self._parked = 0, True
            self._parts.put(Begin(self._sound, {}))
        self._parts.put(Note(self._frames, content))
        self._parts.tend()

    def end(self) -> None:
        """The stretch is over: its part is finished, unless keys have become scarce."""
        if self._parts.keys_are_scarce:
            self._going, self._parked = False, True
        else:
            self._end()

    def close(self) -> None:
        """The take is over: nothing more is put in. Call `tend` until `all_safe`."""
        if self._going or self._parked:
            self._end()

    def _note_dropped(self) -> None:
        if self._dropped_frames:
            self.lost(GapReason.OVERRUN, self._dropped_frames)
            self._dropped_frames = 0

    def _end(self) -> None:
        self._note_dropped()
        if self._pending:
            self._put_sound(len(self._pending))
        self._parts.put(End())
        self._going = self._parked = False
        self._parts.tend()

    def _roll_if_full(self) -> None:
        self._parts.tend()
        if self._parts.full:
            self._parts.put(End())
            self._parts.put(Begin(self._sound, {}))
            self._frames = len(self._pending) // self._sound.bytes_per_frame

    def _put_sound(self, count: int) -> None:
        pcm = bytes(self._pending[:count])
        waiting, width = len(self._pending) // self._sound.bytes_per_frame, self._sound.bytes_per_frame
        self._parts.put(Sound(self._frames - waiting, pcm, count / width / self._sound.rate))
        del self._pending[:count]

    @property
    def elapsed_ms(self) -> int:
        """Sound taken in."""
        return round(self._elapsed_s * 1000)

    @property
    def format(self) -> SoundFormat:
        """Of the stretch."""
        return self._sound
