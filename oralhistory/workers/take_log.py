"""What a take is, entry by entry: stretches of sound, what is missing in them, notes of the recorder.

It cuts the sound into records, looks at each (levels, dead air) and rolls parts that are full. How the entries come onto the
disk is the parts' business, on a thread of theirs: nothing here waits. Sound is refused only when no disk has taken any for
about an hour, and then the loss is noted.
"""

from collections.abc import Callable
from typing import Any

from oralhistory.domain.sound import GapReason, SoundFormat
from oralhistory.workers.dead_air import DeadAir
from oralhistory.workers.part_entries import Begin, End, Lost, Note, Sound
from oralhistory.workers.parts import Parts

MOST_WAITING_BYTES = 512 << 20
"""Sound kept in memory while no disk takes it: an hour of one channel."""
ROLL_AT_BYTES = 1 << 30
"""FAT32 sticks hold no file of 4 GiB, and a smaller part is a smaller loss."""

Look = Callable[[bytes, SoundFormat], bytes]
"""Look at the PCM of a record; its outline comes back."""


class TakeLog:
    """Belongs to one thread; the properties may be read from others."""

    def __init__(self, parts: Parts, look: Look = lambda _pcm, _sound: b"", roll_at: int = ROLL_AT_BYTES) -> None:
        self._parts = parts
        self._look = look
        self._roll_at = roll_at
        self._sound = SoundFormat()
        self._pending = bytearray()  # less than a record
        self._frames = 0  # of the stretch
        self._part_bytes = 0
        self._dropped_frames = 0
        self._elapsed_s = 0.0
        self._going = self._parked = False
        self._dead = DeadAir()

    def begin(self, sound: SoundFormat, about: dict[str, Any]) -> None:
        """A stretch of sound begins. `about` is sealed at its start."""
        if self._parked and sound != self._sound:
            self._end()
        if not self._parked:
            self._sound = sound
            self._put_begin(about)
        self._going, self._parked = True, False

    def sound(self, pcm: bytes) -> None:
        """Whole frames, any number of them, in the stretch's format."""
        frames = len(pcm) // self._sound.bytes_per_frame
        if self._parts.waiting_bytes > MOST_WAITING_BYTES:
            self._dropped_frames += frames
            return
        self._note_dropped()
        self._note_dead_air(self._dead.hear(pcm, frames, self._sound.rate))
        self._frames += frames
        self._elapsed_s += frames / self._sound.rate
        self._pending += pcm
        record = self._sound.frames_per_record * self._sound.bytes_per_frame
        while len(self._pending) >= record:
            self._put_sound(record)
            self._roll_if_full()

    def lost(self, reason: GapReason, frames: int, back: int = 0) -> None:
        """So many frames are missing `back` frames before here (0 when unknown)."""
        if self._going or self._parked:
            self._parts.put(Lost(max(0, self._frames - back), frames, reason))

    def note(self, content: dict[str, Any]) -> None:
        """Seal a note here, at once; it must fit into a record. Between two stretches it opens the part of the next one."""
        if not (self._going or self._parked):
            self._parked = True
            self._put_begin({})
        self._parts.put(Note(self._frames, content))

    def end(self) -> None:
        """The stretch is over: its part is finished, unless keys have become scarce."""
        if self._going and self._parts.keys_are_scarce:
            self._going, self._parked = False, True
        elif self._going:
            self._end()

    def close(self) -> None:
        """The take is over: nothing more is put in."""
        if self._going or self._parked:
            self._end()

    def _put_begin(self, about: dict[str, Any]) -> None:
        self._frames = self._part_bytes = 0
        self._parts.put(Begin(self._sound, about))

    def _note_dropped(self) -> None:
        if self._dropped_frames:
            self.lost(GapReason.OVERRUN, self._dropped_frames)
            self._dropped_frames = 0

    def _note_dead_air(self, frames: int) -> None:
        if frames:
            self.lost(GapReason.SILENT, frames, back=frames)

    def _end(self) -> None:
        self._note_dropped()
        self._note_dead_air(self._dead.ended(self._sound.rate))
        if self._pending:
            self._put_sound(len(self._pending))
        self._parts.put(End())
        self._going = self._parked = False

    def _roll_if_full(self) -> None:
        if self._part_bytes >= self._roll_at and not self._parts.keys_are_scarce:
            self._parts.put(End())
            self._put_begin({})
            self._frames = len(self._pending) // self._sound.bytes_per_frame

    def _put_sound(self, count: int) -> None:
        pcm = bytes(self._pending[:count])
        waiting, width = len(self._pending) // self._sound.bytes_per_frame, self._sound.bytes_per_frame
        outline = self._look(pcm, self._sound)
        self._parts.put(Sound(self._frames - waiting, pcm, count / width / self._sound.rate, outline))
        self._part_bytes += count
        del self._pending[:count]

    @property
    def elapsed_ms(self) -> int:
        """Sound taken in."""
        return round(self._elapsed_s * 1000)

    @property
    def format(self) -> SoundFormat:
        """Of the stretch."""
        return self._sound

    @property
    def frozen(self) -> bool:
        """Whether the device repeats itself."""
        return self._dead.frozen(self._sound.rate)
