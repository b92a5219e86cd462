"""Passages that are hard to bear, played softly: what is marked as distressing does not come upon anybody unprepared.

Only the loudspeaker gets less; the sealed sound, the curve and every export stay as they are.
"""

from collections.abc import Sequence

import numpy as np

from oralhistory.domain.sound import SoundFormat
from oralhistory.ui.listening.playback import JoinedSound

DIVISOR = 4
"""A quarter of the height of the wave: 12 dB less."""
_BYTES = 3

Span = tuple[int, int]
"""From, to, in ms on the timeline."""


class SoftPassages:
    """`sound` as it is, and softer within `spans`. Read from any thread."""

    def __init__(self, sound: JoinedSound, spans: Sequence[Span]) -> None:
        self._sound = sound
        self._frames = [(sound.frame_at(start), sound.frame_at(end)) for start, end in spans]

    @property
    def format(self) -> SoundFormat:
        return self._sound.format

    @property
    def frames(self) -> int:
        return self._sound.frames

    def read(self, first_frame: int, count: int) -> bytes:
        pcm = bytearray(self._sound.read(first_frame, count))
        each = _BYTES * self.format.channels
        for start, end in self._frames:
            begins, ends = max(start - first_frame, 0), min(end - first_frame, len(pcm) // each)
            if begins < ends:
                pcm[begins * each : ends * each] = _softer(bytes(pcm[begins * each : ends * each]))
        return bytes(pcm)


def _softer(pcm: bytes) -> bytes:
    """24-bit PCM, little-endian, of a quarter of the height."""
    wide = np.zeros((len(pcm) // _BYTES, 4), np.uint8)
    wide[:, 1:] = np.frombuffer(pcm, np.uint8).reshape(-1, _BYTES)
    samples = wide.reshape(-1).view("<i4") // (DIVISOR << 8) << 8
    return samples.astype("<i4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()
