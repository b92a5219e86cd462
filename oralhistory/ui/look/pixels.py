"""Drawings that are reckoned as an array of pixels: thousands of lines one by one are slow to paint."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

FRAME_MS = 16
"""What moves with the sound is painted once in so long: letters that are being typed go first."""
SETTLED_MS = 60
"""After so long without another size a drawing is made for the one that it has."""
Pixels = NDArray[np.uint32]
"""Lines of pixels of the screen from above, each 0xffRRGGBB."""


def pixel(color: QColor) -> np.uint32:
    return np.uint32(color.rgb())


def drawn(pixels: Pixels, ratio: float) -> QPixmap:
    """As a picture of which `ratio` pixels make one of the window."""
    high, wide = pixels.shape
    if not high or not wide:
        return QPixmap()
    lines = np.ascontiguousarray(pixels)
    picture = QPixmap.fromImage(QImage(lines.data, wide, high, 4 * wide, QImage.Format.Format_RGB32))  # holds a copy
    picture.setDevicePixelRatio(ratio)
    return picture
