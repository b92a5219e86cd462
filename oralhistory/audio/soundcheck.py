"""Looking at some seconds of sound: how loud, how much mains hum, how much is cut off.

Hum is looked for in the quietest second, where no voice hides it: the energy around 50 or 60 Hz and their harmonics, less what
the neighbourhood has anyway, as a share of all energy.
"""

import numpy as np
from numpy.typing import NDArray

from oralhistory.audio import samples
from oralhistory.domain.sound import ChannelCheck, SoundFormat

MAINS_HZ = (50, 60)
_HARMONICS = 10
_LEAST_SHARE = 0.1
"""A smaller share is no hum worth a word."""
_FULL_SCALE = 1.0 - 2.0**-15
"""16-bit devices reach no higher."""


def checked(pcm: bytes, sound: SoundFormat) -> tuple[ChannelCheck, ...]:
    """What each channel of 24-bit PCM is like; nothing heard at all gives a peak of 0."""
    whole = samples.floats(pcm, sound.channels)
    return tuple(_channel(whole[:, number].astype(np.float64), sound.rate) for number in range(sound.channels))


def _channel(one: NDArray[np.float64], rate: int) -> ChannelCheck:
    if not len(one):
        return ChannelCheck(0.0, 0.0, 0, 0.0, 0)
    size = np.abs(one)
    seconds = one[: len(one) // rate * rate].reshape(-1, rate) if len(one) >= rate else one[np.newaxis, :]
    power = np.square(seconds - seconds.mean(axis=1, keepdims=True)).mean(axis=1)
    hum_hz, share = _hum(seconds[int(power.argmin())], rate)
    return ChannelCheck(
        peak=float(size.max()),
        loudness=float(np.sqrt(power.max())),
        hum_hz=hum_hz,
        hum_share=share,
        clipped=int((size >= _FULL_SCALE).sum()),
    )


def _hum(second: NDArray[np.float64], rate: int) -> tuple[int, float]:
    """The mains frequency whose harmonics hold most energy, and their share of it; 0 Hz when that is next to nothing."""
    spectrum = np.square(np.abs(np.fft.rfft((second - second.mean()) * np.hanning(len(second)))))
    total = float(spectrum.sum())
    if total <= 0.0:
        return 0, 0.0
    per_bin = rate / len(second)
    shares = {mains: sum(_line(spectrum, mains * n, per_bin) for n in range(1, _HARMONICS + 1)) / total for mains in MAINS_HZ}
    loudest = max(shares, key=lambda mains: shares[mains])
    share = min(shares[loudest], 1.0)
    return (loudest, share) if share >= _LEAST_SHARE else (0, share)


def _line(spectrum: NDArray[np.float64], hz: float, per_bin: float) -> float:
    """The energy within 2 Hz of `hz` that stands out of the 8 Hz on both sides of it."""
    at, near, far = round(hz / per_bin), max(1, round(2 / per_bin)), max(3, round(8 / per_bin))
    if at + far >= len(spectrum):
        return 0.0
    line = spectrum[at - near : at + near + 1]
    around = np.concatenate([spectrum[max(at - far, 0) : at - near], spectrum[at + near + 1 : at + far + 1]])
    return max(0.0, float(line.sum() - np.median(around) * len(line)))
