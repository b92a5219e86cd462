"""WAV and RF64 as others read them."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from oralhistory.audio import samples
from oralhistory.audio.wavfile import write_wav
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import StorageFailed


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("frames", [0, 1, 4_801])
@pytest.mark.parametrize("large", [False, True])
def test_another_program_reads_every_sample(tmp_path: Path, channels: int, frames: int, large: bool) -> None:
    sound = SoundFormat(rate=44_100, channels=channels)
    pcm = random.Random(2).randbytes(frames * sound.bytes_per_frame)
    step = 1000 * sound.bytes_per_frame
    path = tmp_path / "out.wav"
    write_wav(
        path, sound, (pcm[at : at + step] for at in range(0, len(pcm), step)), most_wav_bytes=0 if large else 1 << 30
    )
    with soundfile.SoundFile(path) as file:
        assert (file.format, file.subtype, file.samplerate, file.channels) == (
            "RF64" if large else "WAV", "PCM_24", 44_100, channels,
        )  # fmt: skip
        read = file.read(dtype="int32", always_2d=True)
    assert np.array_equal(read, samples.widened(pcm).reshape(-1, channels))


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield bytes(300)
        raise OSError("no room")

    with pytest.raises(StorageFailed):
        write_wav(tmp_path / "out.wav", SoundFormat(), breaks_off())
    with pytest.raises(StorageFailed):
        write_wav(tmp_path / "no" / "out.wav", SoundFormat(), iter(()))
    assert list(tmp_path.iterdir()) == []
