"""Foreign sound files as 24-bit PCM at their own rate: WAV, FLAC, MP3, M4A, OGG, the sound of a video.

It runs where nothing can be stolen or broken: it is given an open file, knows only the container formats named here, and opens
nothing else (a playlist that names other files or addresses is no sound file).
"""

import importlib
import io
import pkgutil
import wave
from collections.abc import Iterator, Sequence
from typing import IO

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from numpy.typing import NDArray

from oralhistory.audio import samples
from oralhistory.audio.announced import Announced
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.timecode import clock
from oralhistory.errors import Incomplete, MalformedInput
from oralhistory.i18n import ntr, tr

FORMATS = (
    "wav", "w64", "aiff", "caf", "flac", "mp3", "aac", "amr", "ogg", "matroska", "webm", "mov", "mp4", "m4a", "3gp", "3g2",
    "mj2", "avi", "asf", "mpeg", "mpegts", "au",
)  # fmt: skip
_RATES = range(1_000, 384_001)
_MOST_BAD_PACKETS = 20
_SHORT_S, _SHORT_SHARE = 1.0, 0.02
"""How much less than announced is no loss: encoders pad, and count their padding or not."""
LONGEST_S = 24 * 3600
"""Of sound in one file: no interview is longer, and a small file can claim years."""
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
    """One sound file, open. MalformedInput when it holds no sound that can be read, or more than a day of it.

    `track` counts the file's streams of sound from 1; None takes the one that the file itself prefers. `tracks` is how many
    there are, `channels` how many the track has: more than two are mixed into two.
    """

    def __init__(self, file: IO[bytes], track: int | None = None) -> None:
        announced = Announced(file)
        try:
            self._container: InputContainer = av.open(
                file, mode="r", container_options={"format_whitelist": ",".join(FORMATS), "protocol_whitelist": ""}
            )
        except (av.FFmpegError, ValueError, OSError):
            raise _unreadable() from None
        streams = self._container.streams.audio
        self.tracks = len(streams)
        self.track = track or _preferred(streams)
        if not 0 < self.track <= self.tracks:
            raise _no_track(self.tracks)
        self._stream = streams[self.track - 1]
        context = self._stream.codec_context
        if context.rate not in _RATES or context.channels < 1:
            raise _unreadable()
        self.channels = context.channels
        self.format = SoundFormat(
            rate=context.rate,
            channels=min(2, context.channels),
            bits=24,
            frames_per_record=max(1, context.rate // 10),
        )
        self._announced_s = announced.seconds(self._container, self._stream)
        if (self._announced_s or 0) > LONGEST_S:
            raise too_long()

    def blocks(self) -> Iterator[bytes]:
        """All of it, in pieces of any length. MalformedInput when it turns out to be something else or never ends.

        Incomplete, after everything that could be had, when it breaks off or much of it does not decode.
        """
        to_wide = AudioResampler(format="s32", rate=self.format.rate)
        frames = 0
        try:
            for frame in self._decoded():
                for wide in to_wide.resample(frame):
                    frames += wide.samples
                    if frames > LONGEST_S * self.format.rate:
                        raise too_long()
                    yield _narrowed(wide)
            for wide in to_wide.resample(None) if frames else ():
                frames += wide.samples
                yield _narrowed(wide)
        except (av.FFmpegError, ValueError, OSError):
            if not frames:
                raise _unreadable() from None
            raise self._broken_off(frames) from None
        if not frames:
            raise _unreadable()
        told = self._announced_s
        if told is not None and frames < (told - max(_SHORT_S, told * _SHORT_SHARE)) * self.format.rate:
            raise self._broken_off(frames)

    def _decoded(self) -> Iterator[av.AudioFrame]:
        """Frames of the sound; a few packets that do not decode are skipped, as every player does."""
        bad = 0
        for packet in self._container.demux(self._stream):
            try:
                yield from packet.decode()
            except av.InvalidDataError:
                bad += 1
                if bad > _MOST_BAD_PACKETS:
                    raise

    def _broken_off(self, frames: int) -> Incomplete:
        held = clock(self.format.frames_to_ms(frames))
        happened = (
            tr("The file breaks off or is damaged: {held} of its sound can be read.", held=held)
            if self._announced_s is None
            else tr(
                "The file breaks off: it announces {announced} of sound, and {held} are there.",
                announced=clock(round(self._announced_s * 1000)),
                held=held,
            )
        )
        return Incomplete(
            happened,
            safe=tr("Nothing was imported, and the file was not changed."),
            todo=tr("Copy it again from where it comes; if there is no better copy, import what is there."),
        )


def _preferred(streams: Sequence[AudioStream]) -> int:
    """The number of the stream of sound that is marked as the default one, else the first."""
    marked = (number for number, one in enumerate(streams, start=1) if one.disposition & Disposition.default)
    return next(marked, 1)


def _narrowed(wide: av.AudioFrame) -> bytes:
    channels = len(wide.layout.channels)
    interleaved = wide.to_ndarray().astype(np.int32, copy=False).reshape(-1, channels)
    return samples.narrowed(interleaved if channels <= 2 else mixed(interleaved))


def mixed(many: NDArray[np.int32]) -> NDArray[np.int32]:
    """Two channels out of more: the first left, the second right, every other one in both, so that no microphone is lost.

    Quiet enough that nothing clips. What the channels are called is not looked at: a field recorder's six microphones come as
    "5.1", of which a cinema's rule would throw the fourth one away.
    """
    wide = many.astype(np.float64)
    others = wide[:, 2:].sum(axis=1)
    both: NDArray[np.float64] = (wide[:, :2] + others[:, np.newaxis]) / (many.shape[1] - 1)
    return np.rint(both).astype(np.int32)


def too_long() -> MalformedInput:
    return MalformedInput(
        tr("The file claims to hold more than a day of sound."),
        safe=tr("Nothing was imported, and the file was not changed."),
        todo=tr("Cut it into shorter files if it really does."),
    )


def _no_track(tracks: int) -> MalformedInput:
    if not tracks:
        return MalformedInput(tr("The file holds no sound."), safe=tr("Nothing was imported."))
    return MalformedInput(
        ntr("The file has only {n} track of sound.", "The file has only {n} tracks of sound.", tracks),
        safe=tr("Nothing was imported."),
    )


def _unreadable() -> MalformedInput:
    return MalformedInput(
        tr("The file is no sound file this program can read, or it is damaged."),
        safe=tr("Nothing was imported, and the file was not changed."),
        todo=tr("Try to open it in a player; ask for another copy if that fails too."),
    )
