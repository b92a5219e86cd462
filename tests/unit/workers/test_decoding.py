"""Foreign files through the decoder child: what others write arrives, what is hostile is refused in words."""

import random
import struct
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from oralhistory.audio import samples
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.workers.decoding import decode

RATE = 44_100


def tones(seconds: float, channels: int, rate: int = RATE) -> np.ndarray:
    at = np.arange(int(seconds * rate)) / rate
    waves = [0.4 * np.sin(2 * np.pi * 300 * (1 + channel) * at) for channel in range(channels)]
    return np.stack(waves, axis=1).astype(np.float32)


def encode(path: Path, codec: str, form: str, sound: np.ndarray, rate: int = RATE, video: bool = False) -> Path:
    """`sound` of shape (frames, channels) in a file whose kind the suffix says."""
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[sound.shape[1]]
    with av.open(str(path), "w") as container:
        if video:
            pictures = container.add_stream("mpeg4", rate=25)
            pictures.width, pictures.height = 64, 48
        stream = container.add_stream(codec, rate=rate, layout=layout, format=form)
        if video:
            for _ in range(10):
                picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))
                container.mux(pictures.encode(picture))
            container.mux(pictures.encode())
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="flt", layout=layout)
        frame.sample_rate = rate
        convert = av.AudioResampler(format=form, layout=layout, rate=rate)
        fifo = av.AudioFifo()
        for one in (*convert.resample(frame), *convert.resample(None)):
            one.pts = None
            fifo.write(one)
        while piece := fifo.read(stream.codec_context.frame_size or 1024, partial=True):
            container.mux(stream.encode(piece))
        container.mux(stream.encode())
    return path


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


def test_more_channels_are_mixed_into_two(tmp_path: Path) -> None:
    sound, pcm = decoded(encode(tmp_path / "file.wav", "pcm_s16le", "s16", tones(0.5, 6)))
    assert sound.channels == 2
    assert len(pcm) == RATE // 2 * 6


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


def words(_: Path) -> bytes:
    return "어머니는 시장에서 국수를 팔았다.\n".encode() * 100


def header_only(folder: Path) -> bytes:
    return encode(folder / "whole.m4a", "aac", "fltp", tones(1.0, 1)).read_bytes()[:200]


@pytest.mark.parametrize(
    "make", [playlist, lists_other_files, huge_announcement, huge_atom, noise, words, header_only, lambda _: b""]
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
