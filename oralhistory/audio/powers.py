"""How loud each channel of a stretch of sound is."""

import numpy as np


def powers(pcm: bytes, channels: int) -> tuple[float, ...]:
    """The mean square of each channel of 24-bit PCM, full scale being 1.0; nothing counts as silence.

    Without the steady part that some microphones add to everything.
    """
    octets = np.frombuffer(pcm, np.uint8)
    octets = octets[: len(octets) // (3 * channels) * 3 * channels].reshape(-1, 3)
    if not len(octets):
        return (0.0,) * channels
    wide = np.zeros((len(octets), 4), np.uint8)
    wide[:, 1:] = octets
    samples = wide.reshape(-1).view("<i4").reshape(-1, channels) / float(1 << 31)
    return tuple(float(one) for one in samples.var(axis=0))
