"""24-bit WAV (RF64 beyond 4 GiB) as a stream, for sound that goes on sealed and never lies on a disk: see `wavfile`."""

from collections.abc import Iterator

from oralhistory.audio.wavfile import HEADER_BYTES, MOST_WAV_BYTES, header
from oralhistory.domain.sound import SoundFormat


def size(sound: SoundFormat, frames: int) -> int:
    """Bytes of the file that holds so many frames."""
    data = frames * sound.bytes_per_frame
    return HEADER_BYTES + data + data % 2


def blocks(sound: SoundFormat, frames: int, pcm: Iterator[bytes]) -> Iterator[bytes]:
    """The file, from PCM of exactly so many frames."""
    data = frames * sound.bytes_per_frame
    yield header(sound, data, MOST_WAV_BYTES)
    yield from pcm
    if data % 2:
        yield b"\0"  # chunks end on even offsets
