"""Foreign sound as it is read, without the child around it: samples, rates, channels and tracks; files that break off."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from oralhistory.audio import samples
from oralhistory.audio.announced import Announced
from oralhistory.audio.decoding import ForeignSound, mixed
from oralhistory.errors import Incomplete, MalformedInput
from tests.helpers.foreign_sound import RATE, encode, tones


def opened(path: Path, track: int | None = None) -> ForeignSound:
    return ForeignSound(io.BytesIO(path.read_bytes()), track)


def heard(sound: ForeignSound) -> NDArray[np.float32]:
    return samples.floats(b"".join(sound.blocks()), sound.format.channels)


def pitches(wave: NDArray[np.float32], rate: int) -> set[int]:
    """The tones in a second of sound, each a multiple of 300 Hz."""
    second = np.abs(np.fft.rfft(wave[rate // 10 : rate // 10 + rate // 2]))
    loud = np.flatnonzero(second > second.max() / 10)
    return {round(float(at) * 2 / 300) * 300 for at in loud}


@pytest.mark.parametrize(
    ("codec", "form", "exact"),
    [
        ("pcm_u8", "u8", 1 / 128), ("pcm_s16le", "s16", 1 / 32_768), ("pcm_s24le", "s32", 1e-7), ("pcm_s32le", "s32", 1e-6),
        ("pcm_f32le", "flt", 1e-6), ("pcm_f64le", "dbl", 1e-6), ("pcm_alaw", "s16", 0.05),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rate", [8_000, 37_800])
def test_every_kind_of_sample(tmp_path: Path, codec: str, form: str, exact: float, rate: int) -> None:
    sent = tones(0.5, 2, rate)
    sound = opened(encode(tmp_path / "x.wav", codec, form, sent, rate))
    assert (sound.format.rate, sound.format.channels, sound.tracks) == (rate, 2, 1)
    got = heard(sound)
    assert got.shape == sent.shape
    assert np.abs(got - sent).max() <= 2 * exact


@pytest.mark.parametrize("channels", [4, 6, 8])
def test_no_microphone_of_a_field_recorder_is_lost(tmp_path: Path, channels: int) -> None:
    sound = opened(encode(tmp_path / "x.wav", "pcm_s24le", "s32", tones(1.0, channels)))
    assert (sound.channels, sound.format.channels) == (channels, 2)
    left, right = heard(sound).T
    others = {300 * (number + 1) for number in range(2, channels)}
    assert pitches(left, RATE) == {300} | others
    assert pitches(right, RATE) == {600} | others
    assert np.abs(left).max() < 0.5


def test_mixing_never_clips() -> None:
    loudest = np.full((3, 6), 2**31 - 1, np.int32)
    assert (mixed(loudest) == 2**31 - 1).all()
    assert (mixed(-loudest - 1) == -(2**31)).all()


def test_tracks_are_told_and_chosen(tmp_path: Path) -> None:
    path = encode(tmp_path / "x.mkv", "flac", "s16", tones(1.0, 1), more=[tones(1.0, 2)[:, 1:]])
    assert (opened(path).tracks, opened(path).track) == (2, 1)
    assert pitches(heard(opened(path))[:, 0], RATE) == {300}
    assert pitches(heard(opened(path, 2))[:, 0], RATE) == {600}
    for wrong in (3, -1):
        with pytest.raises(MalformedInput, match="2 tracks"):
            opened(path, wrong)


@pytest.mark.parametrize(
    ("suffix", "codec", "form"),
    [
        ("wav", "pcm_s16le", "s16"), ("flac", "flac", "s16"), ("mp3", "libmp3lame", "fltp"), ("mka", "flac", "s16"),
        ("aiff", "pcm_s16be", "s16"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_off_gives_what_it_holds_and_says_so(
    tmp_path: Path, suffix: str, codec: str, form: str
) -> None:
    path = encode(tmp_path / f"x.{suffix}", codec, form, tones(6.0, 1))
    assert abs(len(heard(opened(path))) / RATE - 6.0) < 0.1
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    held = 0
    with pytest.raises(Incomplete, match=r"00:00:0[56].*00:00:0[23]"):
        for block in opened(path).blocks():
            held += len(block) // 3
    assert 2.5 < held / RATE < 3.5


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0xFFFFFFFF - 36, 0x80000000, 0x7FFFFFFF - 44])
def test_a_size_that_its_writer_did_not_know_is_no_announcement(tmp_path: Path, size: int) -> None:
    """A recorder that was switched off, or wrote into a pipe."""
    raw = bytearray(encode(tmp_path / "x.wav", "pcm_s16le", "s16", tones(2.0, 1)).read_bytes())
    at = raw.index(b"data") + 4
    raw[at : at + 4] = struct.pack("<I", size)
    (tmp_path / "x.wav").write_bytes(raw)
    assert abs(len(heard(opened(tmp_path / "x.wav"))) / RATE - 2.0) < 0.1


def flac_of(samples_told: int) -> bytes:
    """A FLAC file of a few samples whose header tells of another number."""
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + (44_100 << 44 | 15 << 36 | samples_told).to_bytes(8, "big") + bytes(16)
    return b"fLaC" + b"\x80" + len(info).to_bytes(3, "big") + info + bytes(100)


def test_a_header_of_billions_of_samples_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="more than a day"):
        ForeignSound(io.BytesIO(flac_of(2**36 - 1)))
    riff = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + struct.pack("<HHIIHH", 1, 1, 8_000, 8_000, 1, 8)
    with pytest.raises(MalformedInput, match="more than a day"):
        ForeignSound(io.BytesIO(riff + b"data" + struct.pack("<I", 3_000_000_000) + bytes(100)))


def test_what_wav_sizes_give() -> None:
    ds64 = struct.pack("<4sIQQQI", b"ds64", 28, 0, 9_600_000_000, 0, 0)
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 48_000, 144_000, 3, 24)
    data = struct.pack("<4sI", b"data", 0xFFFFFFFF)
    large = Announced(io.BytesIO(b"RF64\xff\xff\xff\xffWAVE" + ds64 + fmt + data))
    assert large._wav_s == 9_600_000_000 / 144_000
    for broken in (b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVE" + data, b"RIFF\0\0\0\0WAVE" + fmt[:10]):
        file = io.BytesIO(broken)
        assert Announced(file)._wav_s is None
        assert file.tell() == 0
