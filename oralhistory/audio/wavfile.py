"""Writing 24-bit WAV, and RF64 where the sound is larger than WAV can say (EBU Tech 3306).

The size is known only at the end, so room for RF64's size chunk is kept at the beginning; a file of up to 4 GiB shows a plain
WAV header with that room marked as junk, which every reader skips. A file stands under its name only when it is whole.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from oralhistory.domain.sound import SoundFormat
from oralhistory.durable import sync_data
from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr

MOST_WAV_BYTES = (1 << 32) - 1
_PCM = 1
_UNKNOWN = 0xFFFFFFFF
_SIZES = struct.Struct("<QQQI")
_FORMAT = struct.Struct("<HHIIHH")
HEADER_BYTES = 12 + 8 + _SIZES.size + 8 + _FORMAT.size + 8


def write_wav(path: Path, sound: SoundFormat, blocks: Iterator[bytes], *, most_wav_bytes: int = MOST_WAV_BYTES) -> None:
    """Write PCM blocks of `sound` to `path`, durably. StorageFailed; nothing is left behind then.

    `most_wav_bytes`: files beyond it become RF64.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("xb") as file:
            try:
                _write(file, sound, blocks, most_wav_bytes)
                os.replace(unfinished, path)
            except BaseException:
                with suppress(OSError):
                    unfinished.unlink()
                raise
    except OSError as fault:
        raise StorageFailed(
            tr("The sound file could not be written."),
            safe=tr("The recording in the archive is untouched."),
            todo=tr("Check that the disk has room, that you may write there, and that no unfinished file lies there."),
        ) from fault


def _write(file: IO[bytes], sound: SoundFormat, blocks: Iterator[bytes], most_wav_bytes: int) -> None:
    file.write(bytes(HEADER_BYTES))
    size = 0
    for block in blocks:
        file.write(block)
        size += len(block)
    if size % 2:
        file.write(b"\0")  # chunks end on even offsets
    file.seek(0)
    file.write(header(sound, size, most_wav_bytes))
    file.flush()
    sync_data(file.fileno())


def header(sound: SoundFormat, size: int, most_wav_bytes: int) -> bytes:
    whole = HEADER_BYTES - 8 + size + size % 2
    large = whole > most_wav_bytes
    per_second = sound.rate * sound.bytes_per_frame
    form = _FORMAT.pack(_PCM, sound.channels, sound.rate, per_second, sound.bytes_per_frame, sound.bits)
    sizes = _SIZES.pack(whole, size, size // sound.bytes_per_frame, 0) if large else bytes(_SIZES.size)
    return b"".join(
        (
            *(b"RF64" if large else b"RIFF", _u32(_UNKNOWN if large else whole), b"WAVE"),
            *(b"ds64" if large else b"JUNK", _u32(_SIZES.size), sizes),
            *(b"fmt ", _u32(_FORMAT.size), form),
            *(b"data", _u32(_UNKNOWN if large else size)),
        )
    )


def _u32(number: int) -> bytes:
    return struct.pack("<I", number)
