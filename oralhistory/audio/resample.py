"""Sound as a speech model hears it: any rate and channels, block by block, to 16 kHz mono float32.

Channels are averaged. The length is exact: every block boundary and the filter's own delay are invisible in the result.
"""

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


def _joined(frames: list[av.AudioFrame]) -> NDArray[np.float32]:
    pieces = [frame.to_ndarray().ravel().astype(np.float32) for frame in frames]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
