"""The curve of the sound: reckoned from sealed sound in memory, as loud as it is, at the place where it is."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from oralhistory.domain.sound import SoundFormat
from oralhistory.ui.look.pixels import drawn
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from oralhistory.ui.review.waveform import PEAKS_PER_S, SPAN_MS, TILE_MS, curve_pixels, peaks
from tests.ui.conftest import Wait
from tests.ui.material import Told
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]


class Clicks:
    """Silence with a click at 3.5 seconds, from the first second of the timeline to the fifth."""

    start_ms, end_ms = 1_000, 5_000

    def __init__(self, channels: int) -> None:
        self.format = SoundFormat(channels=channels)

    def frame_at(self, ms: int) -> int:
        return self.format.ms_to_frames(ms - self.start_ms)

    def read(self, first: int, count: int) -> bytes:
        samples = np.zeros((count, self.format.channels), np.int32)
        click = self.frame_at(3_500) - first
        if 0 <= click < count:
            samples[click, -1] = -(1 << 22)
        return samples.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


@pytest.mark.parametrize("channels", [1, 2])
def test_a_click_stands_at_its_place_as_loud_as_it_is(channels: int) -> None:
    found = peaks([Clicks(channels)], 0)  # type: ignore[list-item]
    assert len(found) == TILE_MS * PEAKS_PER_S // 1000
    assert np.flatnonzero(found).tolist() == [3_500 * PEAKS_PER_S // 1000]
    assert found.max() == pytest.approx(0.5)
    assert not peaks([Clicks(channels)], 1).any()  # type: ignore[list-item]


def test_the_page_draws_what_is_sealed_and_a_click_plays_there(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    waveform = page._transport.waveform
    wait(lambda: 0 in waveform._tiles)
    assert waveform._tiles[0].max() == pytest.approx(4_000_000 / (1 << 23), abs=0.01)
    assert waveform._borders == [one.start_ms for one in told.segments]
    QTest.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=QPoint(waveform.width() * 6_000 // SPAN_MS, 10))
    assert page.playback.playing
    assert abs(page.playback.position_ms - 6_000) < SPAN_MS / waveform.width() + 1
    page.playback.close()
    assert not peaks(waveform._sounds, 0).any()  # what is closed is read no more


def test_the_segment_in_hand_is_seen_whole_and_the_sound_only_where_it_is(page: TranscriptPage, wait: Wait) -> None:
    waveform = page._transport.waveform
    wait(lambda: 0 in waveform._tiles)
    text = waveform._theme.color("text")

    def position_is_drawn() -> bool:
        picture = waveform.grab().toImage()
        return any(picture.pixelColor(x, 1) == text for x in range(picture.width()))

    assert position_is_drawn()
    waveform.show_row((17_000, 21_500))
    assert waveform._first_ms <= 17_000 and waveform._first_ms + SPAN_MS >= 21_500
    assert not position_is_drawn(), "it is at none of the edges"
    waveform.show_row((30_000, 70_000))
    assert waveform._first_ms == 30_000, "what is longer than all is seen from its beginning"
    waveform.show_position(90_000)
    waveform.show_row((0, 2_000), playing=True)
    assert waveform._first_ms <= 90_000 < waveform._first_ms + SPAN_MS


@pytest.mark.parametrize("width", [500, 1000, 1700])
def test_what_is_loud_silent_and_not_known_is_drawn_in_every_width(width: int) -> None:
    curve = np.full(1000, -1, np.float32)
    curve[500:] = 0.02
    curve[700] = 1
    pixels = curve_pixels(curve, width, 48, QColor("black"), QColor("white"))
    assert (pixels == pixels[::-1]).all(), "as far below the middle as above it"
    picture = drawn(pixels, 1.0).toImage()
    high = [sum(picture.pixelColor(x, y) == QColor("black") for y in range(48)) for x in range(width)]
    assert set(high[: width // 2]) == {0}
    assert set(high[width // 2 :]) == {2, 44}
    assert 1 <= high.count(44) <= 2 and abs(high.index(44) - width * 7 // 10) <= 1
