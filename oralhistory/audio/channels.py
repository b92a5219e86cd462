"""Whose microphone a voice is nearest to: the energy of two channels compared, stretch by stretch.

It knows loudness and nothing else of a voice, and keeps nothing. Two channels of one microphone, or of a room, are about as
loud as each other: then nobody is named.
"""

from collections.abc import Sequence

import numpy as np

from oralhistory.audio import samples
from oralhistory.domain.sound import SoundFormat

Span = tuple[int, int]
"""From, to, in milliseconds of the sound."""

CLEARLY_LOUDER_DB = 6.0
"""A microphone at the own collar hears its wearer 10 dB and more above the other person, across a table some 6 dB."""
_FRAME_MS = 20
_LOUD_SHARE = 0.3
"""Only the loudest frames count: in pauses the noisier microphone would win."""


def louder_channels(pcm: bytes, sound: SoundFormat, spans: Sequence[Span]) -> list[int | None]:
    """For each of `spans` of 24-bit stereo `pcm` the channel, 0 or 1, that is clearly louder; None where neither is."""
    heard = samples.floats(pcm, sound.channels)
    return [_louder(heard[sound.ms_to_frames(start) : sound.ms_to_frames(end)], sound) for start, end in spans]


def _louder(heard: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", sound: SoundFormat) -> int | None:
    length = sound.ms_to_frames(_FRAME_MS)
    frames = len(heard) // length
    if not frames:
        return None
    power = (heard[: frames * length].reshape(frames, length, sound.channels) ** 2).mean(axis=1, dtype=np.float64)
    loudest = np.argsort(power.sum(axis=1))[-max(1, round(frames * _LOUD_SHARE)) :]
    levels = 10 * np.log10(np.maximum(power[loudest].mean(axis=0), 1e-12))
    best, other = (int(one) for one in np.argsort(levels)[::-1][:2])
    return best if levels[best] - levels[other] >= CLEARLY_LOUDER_DB else None
