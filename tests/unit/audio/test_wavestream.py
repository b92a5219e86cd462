"""A WAV that never lies on a disk is the file that would have lain there."""

import random
from pathlib import Path

import pytest

from oralhistory.audio import wavestream
from oralhistory.audio.wavfile import write_wav
from oralhistory.domain.sound import SoundFormat


@pytest.mark.parametrize("frames", [0, 1, 2, 7_999])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_stream_is_the_file(tmp_path: Path, frames: int, channels: int) -> None:
    sound = SoundFormat(8_000, channels, 24, 800)
    pcm = random.Random(frames).randbytes(frames * sound.bytes_per_frame)
    write_wav(tmp_path / "x.wav", sound, iter([pcm]))
    streamed = b"".join(wavestream.blocks(sound, frames, iter([pcm[:100], pcm[100:]])))
    assert streamed == (tmp_path / "x.wav").read_bytes()
    assert len(streamed) == wavestream.size(sound, frames)


def test_beyond_four_gibibytes_the_header_is_that_of_rf64() -> None:
    frames = (1 << 32) // 3
    header = next(wavestream.blocks(SoundFormat(48_000, 1, 24), frames, iter(())))
    assert (header[:4], header[12:16]) == (b"RF64", b"ds64")
    assert int.from_bytes(header[28:36], "little") == frames * 3
