"""Sound files as other programs write them, made by the libraries they are made with."""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 44_100
LAYOUTS = {1: "mono", 2: "stereo", 4: "4.0", 6: "5.1", 8: "7.1"}

Tones = NDArray[np.float32]


def tones(seconds: float, channels: int, rate: int = RATE) -> Tones:
    """300 Hz in the first channel, 600 in the second and so on: float32 of shape (frames, channels)."""
    at = np.arange(int(seconds * rate)) / rate
    waves = [0.4 * np.sin(2 * np.pi * 300 * (1 + channel) * at) for channel in range(channels)]
    return np.stack(waves, axis=1).astype(np.float32)


def encode(
    path: Path, codec: str, form: str, sound: Tones, rate: int = RATE, video: bool = False, more: Sequence[Tones] = ()
) -> Path:
    """`sound` of shape (frames, channels) in a file whose kind the suffix says; `more` are further tracks of sound."""
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("mpeg4", rate=25) if video else None
        if pictures:
            pictures.width, pictures.height = 64, 48
        tracks = []
        for one in (sound, *more):
            layout = LAYOUTS[one.shape[1]]
            tracks.append((one, layout, container.add_stream(codec, rate=rate, layout=layout, format=form)))
        if pictures:
            for _ in range(10):
                container.mux(pictures.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))))
            container.mux(pictures.encode())
        for one, layout, stream in tracks:
            _write(container, stream, one, layout, form, rate)
    return path


def silent(path: Path) -> Path:
    """A film without a track of sound."""
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("mpeg4", rate=25)
        pictures.width, pictures.height = 64, 48
        container.mux(pictures.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))))
        container.mux(pictures.encode())
    return path


def _write(container: av.container.OutputContainer, stream: object, sound: Tones, layout: str, form: str, rate: int) -> None:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound).reshape(1, -1), format="flt", layout=layout)
    frame.sample_rate = rate
    convert = av.AudioResampler(format=form, layout=layout, rate=rate)
    fifo = av.AudioFifo()
    for one in (*convert.resample(frame), *convert.resample(None)):
        one.pts = None
        fifo.write(one)
    while piece := fifo.read(stream.codec_context.frame_size or 1024, partial=True):  # type: ignore[attr-defined]
        container.mux(stream.encode(piece))  # type: ignore[attr-defined]
    container.mux(stream.encode())  # type: ignore[attr-defined]
