"""Foreign sound files as 24-bit PCM at their own rate: WAV, FLAC, MP3, M4A, OGG, the sound of a video.

It runs where nothing can be stolen or broken: it is given an open file, knows only the container formats named here, and opens
nothing else (a playlist that names other files or addresses is no sound file).
"""

import importlib
import io
import pkgutil
import wave
from collections.abc import Iterator
from typing import IO

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from oralhistory.audio import samples
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

FORMATS = (
    "wav", "w64", "aiff", "caf", "flac", "mp3", "aac", "amr", "ogg", "matroska", "webm", "mov", "mp4", "m4a", "3gp", "3g2",
    "mj2", "avi", "asf", "mpeg", "mpegts", "au",
)  # fmt: skip
_RATES = range(1_000, 384_001)
_MOST_BAD_PACKETS = 100
_NOT_NEEDED = ("av.__main__", "av.datasets")


def rehearse() -> None:
    """Load everything that decoding loads when it is first needed, for a process that will not be able to later."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if module.name not in _NOT_NEEDED:
            importlib.import_module(module.name)
    silence = io.BytesIO()
    with wave.open(silence, "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(1600))
    silence.seek(0)
    for _ in ForeignSound(silence).blocks():
        pass


class ForeignSound:
    """One sound file, open. MalformedInput when it holds no sound that can be read."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._container: InputContainer = av.open(
                file, mode="r", container_options={"format_whitelist": ",".join(FORMATS), "protocol_whitelist": ""}
            )
            self._stream = next(iter(self._container.streams.audio), None)
        except (av.FFmpegError, ValueError, OSError):
            raise _unreadable() from None
        if self._stream is None:
            raise MalformedInput(tr("The file holds no sound."), safe=tr("Nothing was imported."))
        context = self._stream.codec_context
        if context.rate not in _RATES or context.channels < 1:
            raise _unreadable()
        self.format = SoundFormat(
            rate=context.rate,
            channels=min(2, context.channels),
            bits=24,
            frames_per_record=max(1, context.rate // 10),
        )

    def blocks(self) -> Iterator[bytes]:
        """All of it, in pieces of any length. MalformedInput when it breaks off or turns out to be something else."""
        layout = "mono" if self.format.channels == 1 else "stereo"
        to_wide = AudioResampler(format="s32", layout=layout, rate=self.format.rate)
        frames = 0
        for frame in self._decoded():
            for wide in to_wide.resample(frame):
                frames += wide.samples
                yield _narrowed(wide)
        for wide in to_wide.resample(None) if frames else ():
            yield _narrowed(wide)
        if not frames:
            raise _unreadable()

    def _decoded(self) -> Iterator[av.AudioFrame]:
        """Frames of the sound; a few packets that do not decode are skipped, as every player does."""
        assert self._stream is not None
        bad = 0
        try:
            for packet in self._container.demux(self._stream):
                try:
                    yield from packet.decode()
                except av.InvalidDataError:
                    bad += 1
                    if bad > _MOST_BAD_PACKETS:
                        raise
        except (av.FFmpegError, ValueError, OSError):
            raise _unreadable() from None


def _narrowed(wide: av.AudioFrame) -> bytes:
    return samples.narrowed(wide.to_ndarray().ravel().astype(np.int32, copy=False))


def _unreadable() -> MalformedInput:
    return MalformedInput(
        tr("The file is no sound file this program can read, or it is damaged."),
        safe=tr("Nothing was imported, and the file was not changed."),
        todo=tr("Try to open it in a player; ask for another copy if that fails too."),
    )
