"""How fast sound is sealed, and how fast a second of it is found again in a part as long as they get."""

import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import PartKeys, PartReader, PartWriter
from oralhistory.workers.take_log import ROLL_AT_BYTES

STEREO = SoundFormat(channels=2)
SEEKS = 2_000


def measure(size: int = ROLL_AT_BYTES, seeks: int = SEEKS) -> dict[str, float]:
    """Seal, verify and seek in one part of `size` bytes of 48 kHz, 24-bit, two-channel sound."""
    keys = PartKeys.derived(os.urandom(32), "a" * 32, "b" * 32, "c" * 32)
    # Ten records of noise in turn: what the cipher and the disk do does not depend on the sound.
    blocks = [os.urandom(STEREO.frames_per_record * STEREO.bytes_per_frame) for _ in range(10)]
    records = size // len(blocks[0])
    seconds = records * STEREO.frames_per_record / STEREO.rate
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.oha"
        began, worked = time.perf_counter(), time.process_time()
        writer = PartWriter(path, keys, STEREO)
        for number in range(records):
            writer.append(blocks[number % len(blocks)])
        writer.finish()
        sealed_s, worked_s = time.perf_counter() - began, time.process_time() - worked
        with PartReader(path, keys) as reader:
            waits = sorted(_seek(reader, seeks))
        began = time.perf_counter()
        with PartReader(path, keys) as reader:
            assert reader.summary().complete
        verified_s = time.perf_counter() - began
    return {
        "container_times_real_time": seconds / sealed_s,
        "container_times_real_time_of_one_core": seconds / worked_s,
        "verify_times_real_time": seconds / verified_s,
        "seek_read_1s_p50_ms": statistics.median(waits) * 1000,
        "seek_read_1s_p99_ms": waits[len(waits) * 99 // 100] * 1000,
        "seeks": seeks,
        "part_minutes": seconds / 60,
    }


def _seek(reader: PartReader, seeks: int) -> list[float]:
    """Seconds that each of so many jumps to any place took, a second of sound read there."""
    chance, waits = random.Random(1), []
    for _ in range(seeks):
        first = chance.randrange(reader.frames - STEREO.rate)
        began = time.perf_counter()
        pcm = reader.read(first, STEREO.rate)
        waits.append(time.perf_counter() - began)
        assert len(pcm) == STEREO.rate * STEREO.bytes_per_frame
    return waits
