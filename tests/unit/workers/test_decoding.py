"""Foreign files through the decoder child: what others write arrives, what is hostile is refused in words."""

import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from oralhistory.audio import samples
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Incomplete, MalformedInput, NotFound
from oralhistory.workers import decoding
from oralhistory.workers.decoding import decode
from tests.helpers.foreign_sound import RATE, encode, silent, tones


def decoded(path: Path) -> tuple[SoundFormat, bytes]:
    with decode(path) as file:
        return file.sound, b"".join(file.blocks)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("suffix", "codec", "form"), [("wav", "pcm_s24le", "s32"), ("flac", "flac", "s32")])
def test_lossless_files_arrive_sample_for_sample(
    tmp_path: Path, suffix: str, codec: str, form: str, channels: int
) -> None:
    pcm = random.Random(1).randbytes(3 * channels * 30_000)
    sound = samples.floats(pcm, channels)
    path = encode(tmp_path / f"file.{suffix}", codec, form, sound, rate=96_000)
    assert decoded(path) == (SoundFormat(96_000, channels, 24, 9_600), pcm)


@pytest.mark.parametrize(
    ("suffix", "codec", "form", "rate"),
    [
        ("mp3", "libmp3lame", "fltp", RATE),
        ("m4a", "aac", "fltp", RATE),
        ("ogg", "libopus", "flt", 48_000),
        ("wav", "pcm_s16le", "s16", 8_000),
        ("mp4", "aac", "fltp", RATE),
        ("mkv", "flac", "s16", RATE),
    ],
)
def test_what_others_record_arrives_with_its_pitch_and_length(
    tmp_path: Path, suffix: str, codec: str, form: str, rate: int
) -> None:
    video = suffix in ("mp4", "mkv")
    path = encode(tmp_path / f"file.{suffix}", codec, form, tones(2.0, 1, rate), rate, video)
    sound, pcm = decoded(path)
    assert (sound.rate, sound.channels) == (rate, 1)
    heard = samples.floats(pcm, 1)[:, 0]
    assert abs(len(heard) / rate - 2.0) < 0.1
    second = heard[rate // 2 : rate // 2 + rate]
    assert np.argmax(np.abs(np.fft.rfft(second))) == 300
    assert 0.3 < np.abs(second).max() < 0.6  # an encoder may overshoot


def test_what_a_file_is_made_of_is_told(tmp_path: Path) -> None:
    path = encode(tmp_path / "file.mkv", "flac", "s16", tones(0.5, 6), more=[tones(0.5, 1)])
    with decode(path) as file:
        assert (file.tracks, file.track, file.channels, file.sound.channels) == (2, 1, 6, 2)
        assert len(b"".join(file.blocks)) == RATE // 2 * 6
    with decode(path, 2) as file:
        assert (file.track, file.channels, file.sound.channels) == (2, 1, 1)


def test_the_sound_of_a_file_that_breaks_off_comes_before_the_bad_news(tmp_path: Path) -> None:
    path = encode(tmp_path / "file.wav", "pcm_s16le", "s16", tones(4.0, 1))
    path.write_bytes(path.read_bytes()[:-RATE * 4])
    held = bytearray()
    with pytest.raises(Incomplete) as broken, decode(path) as file:
        for block in file.blocks:
            held += block
    assert len(held) == 2 * RATE * 3
    assert "00:00:04" in broken.value.happened


def test_a_decoder_that_says_nothing_any_more_is_ended(tmp_path: Path) -> None:
    """Its file has become a pipe into which nobody writes."""
    os.mkfifo(tmp_path / "file.wav")
    with pytest.raises(MalformedInput), decode(tmp_path / "file.wav", patience_s=0.5):
        pass


def test_a_child_that_never_ends_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = encode(tmp_path / "file.wav", "pcm_s16le", "s16", tones(3.0, 1))
    monkeypatch.setattr(decoding, "_LONGEST_S", 2)
    with pytest.raises(MalformedInput):
        decoded(path)


def playlist(_: Path) -> bytes:
    return b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"


def lists_other_files(_: Path) -> bytes:
    return b"ffconcat version 1.0\nfile '/etc/hostname'\n"


def huge_announcement(_: Path) -> bytes:
    """A WAV that announces 2 GiB a frame: 65,535 channels of 32,767 bits."""
    form = struct.pack("<HHIIHH", 1, 65_535, 4_000_000_000, 0xFFFFFFFF, 65_535, 32_767)
    return b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + form + b"data\xff\xff\xff\xff" + bytes(64)


def huge_atom(_: Path) -> bytes:
    return b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom" + b"\x7f\xff\xff\xffmoov" + b"\x7f\xff\xff\xf0trak" + bytes(200)


def noise(_: Path) -> bytes:
    return random.Random(9).randbytes(50_000)


def silent_video(folder: Path) -> bytes:
    return silent(folder / "film.mp4").read_bytes()


def words(_: Path) -> bytes:
    return "어머니는 시장에서 국수를 팔았다.\n".encode() * 100


def header_only(folder: Path) -> bytes:
    return encode(folder / "whole.m4a", "aac", "fltp", tones(1.0, 1)).read_bytes()[:200]


@pytest.mark.parametrize(
    "make", [
        playlist, lists_other_files, huge_announcement, huge_atom, noise, words, header_only, silent_video, lambda _: b"",
    ]
)
def test_what_is_no_sound_file_is_refused_in_words(tmp_path: Path, make: Callable[[Path], bytes]) -> None:
    path = tmp_path / "file.m4a"
    path.write_bytes(make(tmp_path))
    with pytest.raises(MalformedInput) as refused:
        decoded(path)
    assert "어머니" not in str(refused.value)
    assert str(path) not in str(refused.value)


def test_a_broken_file_gives_what_it_holds_or_is_refused(tmp_path: Path) -> None:
    chance = random.Random(5)
    whole = encode(tmp_path / "whole.mp3", "libmp3lame", "fltp", tones(1.0, 2)).read_bytes()
    for number in range(4):
        broken = bytearray(whole[: chance.randrange(len(whole) // 2, len(whole))])
        for _ in range(20):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.mp3"
        path.write_bytes(broken)
        try:
            sound, pcm = decoded(path)
        except MalformedInput:
            continue
        assert 0 < len(pcm) <= 2 * sound.rate * sound.bytes_per_frame


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        decoded(tmp_path / "nothing.wav")


def test_leaving_early_ends_the_child(tmp_path: Path) -> None:
    path = encode(tmp_path / "long.wav", "pcm_s16le", "s16", tones(60.0, 2))
    with decode(path) as file:
        assert len(next(iter(file.blocks))) > 0
