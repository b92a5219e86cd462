"""Sound at another rate, block by block: for a speech model (16 kHz mono float32), or as finer PCM beside other parts.

The length is exact: every block boundary and the filter's own delay are invisible in the result. For speech channels are
averaged; otherwise a single channel is repeated, and channels are never thrown together.
"""

from collections.abc import Iterator

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from oralhistory.audio import samples
from oralhistory.domain.sound import SoundFormat

SPEECH_RATE = 16_000
_BLOCK_S = 10


class SpeechResampler:
    """Takes 24-bit PCM of `sound`; gives float32 little-endian bytes at 16 kHz."""

    def __init__(self, sound: SoundFormat) -> None:
        self._sound = sound
        self._filter = AudioResampler(format="flt", layout="mono", rate=SPEECH_RATE)
        self._taken = 0
        self._given = 0

    def feed(self, pcm: bytes) -> bytes:
        """What is ready after these whole frames."""
        mono = samples.floats(pcm, self._sound.channels).mean(axis=1, dtype=np.float32)
        self._taken += len(mono)
        if self._sound.rate == SPEECH_RATE or not len(mono):
            return self._counted(mono)
        frame = av.AudioFrame.from_ndarray(mono[np.newaxis, :], format="flt", layout="mono")
        frame.sample_rate = self._sound.rate
        return self._counted(_joined(self._filter.resample(frame)))

    def finish(self) -> bytes:
        """The rest, so that all of it together has the length of the original, rounded to a frame."""
        rest = np.zeros(0, np.float32)
        if self._sound.rate != SPEECH_RATE and self._taken:
            rest = _joined(self._filter.resample(None))
        owed = round(self._taken * SPEECH_RATE / self._sound.rate) - self._given
        if len(rest) < owed:
            rest = np.pad(rest, (0, owed - len(rest)))
        return self._counted(rest[: max(owed, 0)])

    def _counted(self, ready: NDArray[np.float32]) -> bytes:
        self._given += len(ready)
        return ready.astype("<f4").tobytes()


def for_speech(pcm: bytes, sound: SoundFormat) -> bytes:
    """All of `pcm` at once; see `SpeechResampler`."""
    resampler = SpeechResampler(sound)
    step = _BLOCK_S * sound.rate * sound.bytes_per_frame
    blocks = [resampler.feed(pcm[start : start + step]) for start in range(0, len(pcm), step)]
    return b"".join([*blocks, resampler.finish()])


def converted(blocks: Iterator[bytes], sound: SoundFormat, wanted: SoundFormat) -> Iterator[bytes]:
    """24-bit PCM of `sound` at the rate of `wanted` and with its channels (as many, or repeated from one)."""
    if sound.channels not in (1, wanted.channels):
        raise ValueError("channels are not thrown together")
    layout = {1: "mono", 2: "stereo"}.get(sound.channels, f"{sound.channels}C")
    to_rate = AudioResampler(format="s32", layout=layout, rate=wanted.rate)
    taken = given = 0
    for pcm in blocks:
        wide = samples.widened(pcm)
        taken += len(wide) // sound.channels
        if sound.rate != wanted.rate and len(wide):
            frame = av.AudioFrame.from_ndarray(wide[np.newaxis, :], format="s32", layout=layout)
            frame.sample_rate = sound.rate
            wide = _wide(to_rate.resample(frame))
        given += len(wide) // sound.channels
        yield _spread(wide, sound, wanted)
    if sound.rate == wanted.rate or not taken:
        return
    owed = round(taken * wanted.rate / sound.rate) - given
    rest = _wide(to_rate.resample(None))[: max(owed, 0) * sound.channels]
    yield _spread(np.pad(rest, (0, max(owed, 0) * sound.channels - len(rest))), sound, wanted)


def _wide(frames: list[av.AudioFrame]) -> NDArray[np.int32]:
    pieces = [frame.to_ndarray().ravel().astype(np.int32) for frame in frames]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int32)


def _spread(wide: NDArray[np.int32], sound: SoundFormat, wanted: SoundFormat) -> bytes:
    return samples.narrowed(wide if sound.channels == wanted.channels else np.repeat(wide, wanted.channels))


def _joined(frames: list[av.AudioFrame]) -> NDArray[np.float32]:
    pieces = [frame.to_ndarray().ravel().astype(np.float32) for frame in frames]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
