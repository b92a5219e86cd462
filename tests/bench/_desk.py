"""The review page under the stopwatch: one shown window, real key events, the sound card's own callback.

A key counts from its event at the window until the editor has been painted. Sound counts from the key or click until the
sound card's callback has taken the first frame; what the card holds back itself is told apart.
"""

import gc
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from oralhistory import i18n
from oralhistory.audio.playback import Player
from oralhistory.audio.system import SoundSystem
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui import pace
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program as real_program
from tests.bench._interviews import Told, told

KEYS, RESIZES, WORDS_FOLLOWED, STARTS, SEARCHES = 150, 40, 300, 12, 20
PATIENCE_S = 30


class Took(NamedTuple):
    """Milliseconds by the clock, and of the processor on the window's thread (which other programs do not lengthen)."""

    clock: float
    processor: float


class Painted(QObject):
    """Whether one of its widgets was painted since `begin`."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.seen = False
        for one in widgets:
            one.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False

    def after(self, act: Callable[[], object]) -> "Took":
        """From the beginning of `act` until something was painted."""
        self.seen = False
        began, worked = time.perf_counter(), time.thread_time()
        act()
        while not self.seen:
            QApplication.processEvents()
            assert time.perf_counter() - began < PATIENCE_S, "nothing was painted"
        return Took((time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000)


class TimedPlayer(Player):
    """Knows when its callback took the first frame of what was asked last."""

    def __init__(self) -> None:
        super().__init__(SoundSystem())
        self.gave_at = 0.0

    def _give(self, out: Any, frames: int, moment: Any, status: Any) -> None:
        cue = self._cue
        super()._give(out, frames, moment, status)
        if cue is not None and cue.played_frames and not self.gave_at:
            self.gave_at = time.perf_counter()


def measure(ms_long: dict[str, int], folder: Path) -> dict[str, dict[str, Any]]:
    """For each length (name to milliseconds) its figures, all of one window over one archive."""
    app = QApplication(["archive"])
    i18n.use("en")
    player = TimedPlayer()
    real = real_program(cost=Argon2Cost(64, 1, 1), models=folder / "models", with_morphology=False)
    program = real.but(player=lambda: player)
    archive, _ = program.archives.create(folder / "archive", "four words for benches", "mk")
    frame = Frame(app, program, SettingsFile(folder / "settings.json"), lambda _handed: None)
    frame.hook.remove()  # what goes wrong here shall be read
    frame.begin(Handed(str(folder / "archive")))
    frame.resize(1280, 900)
    frame.show()
    pace.keep(app)  # as the program does
    frame.open_archive(archive)
    window = frame.main
    assert window is not None
    found = {}
    for name, ms in ms_long.items():
        material = told(window.desk, f"Bench {name}", ms)
        _wait(lambda: not window.jobs.busy)
        found[name] = Sitting(frame, window, player, material).figures()
    player.close()
    frame.close()
    return found


class Sitting:
    """One interview on the page, from opening to leaving it."""

    def __init__(self, frame: Frame, window: MainWindow, player: TimedPlayer, material: Told) -> None:
        self._frame, self._window, self._player, self._told = frame, window, player, material
        page = window.steps["transcript"]
        assert isinstance(page, TranscriptPage)
        self._page = page
        self._painted = Painted(page.view.editor.viewport(), page.view.viewport())

    def figures(self) -> dict[str, Any]:
        window, page = self._window, self._page
        found: dict[str, Any] = {"segments": self._told.segments, "words": self._told.words}
        reading = [_timed(lambda: window.desk.transcripts.segments(self._told.code)) for _ in range(5)]
        found["read_layer_ms"] = _median(one.clock for one in reading)
        found["read_layer_processor_ms"] = _median(one.processor for one in reading)
        before = _resident_mb()
        found |= self._open()
        found["memory_mb"] = _resident_mb() - before
        places = {"start": 2, "middle": len(page.text.segments) // 2, "end": len(page.text.segments) - 3}
        for name, row in places.items():
            found |= _spread(f"key_{name}", self._keys(row, moving=False))
            found |= _spread(f"key_{name}_moving", self._keys(row + 1, moving=True))  # not where letters were piled up
        found |= _spread("resize", self._resizes())
        found |= _spread("follow", self._follow())
        found |= self._sound()
        found["edit_stored_ms"] = _median(self._edits())
        found["undo_stored_ms"] = _median(self._undos())
        found["search_ms"] = _median(self._searches())
        page.leave()
        return found

    def _open(self) -> dict[str, float]:
        window, page = self._window, self._page
        window.open_interview(self._told.code, "consent")
        shown: list[float] = []
        told = page.text.loaded.connect(lambda: shown.append(time.perf_counter()) if page.text.segments else None)
        began = time.perf_counter()
        window.open_step("transcript")
        _wait(lambda: bool(shown))
        self._painted.after(lambda: None)
        painted = time.perf_counter()
        page.text.loaded.disconnect(told)
        _wait(lambda: page.playback.duration_ms > 0)
        ready = time.perf_counter()
        return {
            "open_to_text_ms": (painted - began) * 1000,
            "data_to_text_ms": (painted - shown[0]) * 1000,
            "open_to_sound_ready_ms": (ready - began) * 1000,
        }

    def _keys(self, row: int, *, moving: bool) -> list[Took]:
        page, handle = self._page, self._frame.windowHandle()
        page.view.go_to(row)
        page.view.edit_here()
        self._quiet()
        segment = page.text.segments[row]
        times = [word.start_ms for word in segment.words]
        took = []
        with self._as_if_playing(moving):
            for n in range(KEYS):
                letter = "abcdefgh "[n % 9]

                def act(n: int = n, letter: str = letter) -> None:
                    if moving:
                        page._moved(times[n % len(times)])
                    QTest.keyClick(handle, letter)

                took.append(self._painted.after(act))
        QApplication.processEvents()
        assert "abc" in page.view.editor.toPlainText(), "the keys did not reach the text"
        page.view.commit()
        self._quiet()
        return took

    @contextmanager
    def _as_if_playing(self, playing: bool) -> Iterator[None]:
        """The highlight moves without a loudspeaker, so that only the window is measured."""
        sound = self._page.playback
        if playing:
            sound._sound = sound._sounds[0]
        yield
        if playing:
            sound._sound = None
            self._page._moved(0)

    def _resizes(self) -> Iterable[Took]:
        self._page.view.go_to(len(self._page.text.segments) // 3)  # a row as people leave it: no letters were piled up there
        self._quiet()
        for n in range(1, RESIZES + 1):
            yield self._painted.after(lambda n=n: self._frame.resize(1280 - 7 * (n % 11 + 1), 900 - 5 * (n % 7 + 1)))
        self._frame.resize(1280, 900)

    def _follow(self) -> list[Took]:
        """To each next word, the rows scrolling along."""
        page = self._page
        page.view.following = True
        rows = page.text.segments[len(page.text.segments) // 3 :]
        words = sorted({word.start_ms for one in rows for word in one.words})[:WORDS_FOLLOWED]
        with self._as_if_playing(True):
            return [self._painted.after(lambda ms=ms: page._moved(ms)) for ms in words]

    def _sound(self) -> dict[str, float]:
        page, handle = self._page, self._frame.windowHandle()
        rows = len(page.text.segments)
        first, by_key, by_click = 0.0, [], []
        for n in range(STARTS):
            page.view.go_to(rows * n // STARTS)
            page.view.edit_here()
            self._quiet()
            took = self._heard(lambda: QTest.keyClick(handle, Qt.Key.Key_F9))
            if n == 0:
                first = took
            else:
                by_key.append(took)
            by_click.append(self._heard(self._click_on_the_time))
            page.playback.pause()
        stream = self._player._stream
        return {
            "first_play_ms": first,
            "play_key_to_sound_ms": statistics.median(by_key),
            "click_to_sound_ms": statistics.median(by_click),
            "card_holds_ms": float(stream.latency) * 1000,
        }

    def _click_on_the_time(self) -> None:
        view = self._page.view
        place = view.row_rect(view.current).topLeft() + QPoint(20, 20)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def _heard(self, act: Callable[[], object]) -> float:
        self._player.gave_at = 0.0
        began = time.perf_counter()
        act()
        _wait(lambda: self._player.gave_at > 0)
        return (self._player.gave_at - began) * 1000

    def _edits(self) -> Iterable[float]:
        page = self._page
        for n in range(10):
            page.view.go_to(len(page.text.segments) * n // 10)
            began = time.perf_counter()
            page.view.editor.insertPlainText("q")
            page.view.commit()
            _wait(lambda: page.text.stored)
            yield (time.perf_counter() - began) * 1000

    def _undos(self) -> Iterable[float]:
        page = self._page
        for _ in range(5):
            began = time.perf_counter()
            page.command("undo")
            _wait(lambda: page.text.stored and not page.view.editor.holding)
            yield (time.perf_counter() - began) * 1000

    def _searches(self) -> Iterable[float]:
        for n in range(SEARCHES):
            wanted = self._page.text.segments[n * 7 % len(self._page.text.segments)].words[3].text
            yield _timed(lambda wanted=wanted: self._window.desk.searching.search(wanted)).clock

    def _quiet(self) -> None:
        _wait(lambda: self._page.text.stored and self._page.text.queue.idle and not self._window.jobs.busy)
        QApplication.processEvents()


def _wait(condition: Callable[[], bool]) -> None:
    began = time.perf_counter()
    while not condition():
        QApplication.processEvents()
        time.sleep(0)
        assert time.perf_counter() - began < PATIENCE_S, "what was waited for never came"


def _timed(act: Callable[[], object]) -> Took:
    began, worked = time.perf_counter(), time.thread_time()
    act()
    return Took((time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000)


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


def _spread(name: str, taken: Iterable[Took]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        f"{name}_median_ms": statistics.median(one.clock for one in ordered),
        f"{name}_p99_ms": ordered[int(len(ordered) * 0.99) - 1].clock,
        f"{name}_processor_ms": statistics.median(one.processor for one in ordered),
    }


def _resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6
