"""Slower or faster speech at its own pitch: ffmpeg's `atempo` filter, block by block, in memory.

What comes out counts from the first frame that went in: output frame n is source frame n * speed.
"""

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

SLOWEST, FASTEST = 0.5, 2.0
"""What `atempo` does in one step; nobody counts as having listened to more than twice the speed."""


class Stretch:
    """Takes and gives float32 frames of shape (n, channels)."""

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        if not SLOWEST <= speed <= FASTEST:
            raise ValueError("such a speed is not offered")
        self._rate, self._channels = rate, channels
        self._layout = {1: "mono", 2: "stereo"}.get(channels, f"{channels}C")
        self._graph = Graph()
        source = self._graph.add_abuffer(format="flt", sample_rate=rate, layout=self._layout)
        tempo = self._graph.add("atempo", f"{speed:.3f}")
        sink = self._graph.add("abuffersink")
        source.link_to(tempo)
        tempo.link_to(sink)
        self._graph.configure()
        self._taken = 0

    def feed(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """What is ready after these frames."""
        packed = np.ascontiguousarray(frames, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=self._layout)
        frame.sample_rate = self._rate
        frame.pts = self._taken
        self._taken += len(frames)
        self._graph.push(frame)
        return self._ready()

    def finish(self) -> NDArray[np.float32]:
        """The rest."""
        self._graph.push(None)
        return self._ready()

    def _ready(self) -> NDArray[np.float32]:
        pieces = []
        while True:
            try:
                pulled = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
            assert isinstance(pulled, av.AudioFrame)
            pieces.append(pulled.to_ndarray().reshape(-1, self._channels))
        return np.concatenate(pieces) if pieces else np.zeros((0, self._channels), np.float32)
