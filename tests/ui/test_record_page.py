"""Recording from the window: what is allowed, what is shown while it runs, every key, and that the take is kept."""

import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from oralhistory.domain.consent import Purpose
from oralhistory.domain.interview import TakeNote, TakePurpose
from oralhistory.domain.ports import (
    DecodedFile,
    Device,
    Heartbeat,
    Listened,
    MicrophoneTest,
    RecorderOrder,
    Take,
    Trouble,
    Vault,
)
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import DeviceFailed, WorkerFailed
from oralhistory.services.desk import Desk
from oralhistory.services.opened import OpenArchive
from oralhistory.services.program import Program
from oralhistory.services.recording import RecordingService
from oralhistory.services.take_words import trouble_sentence
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record.level_meter import FLOOR_DB, decibels
from oralhistory.ui.record.record_page import RecordPage
from oralhistory.ui.record.record_running import STATES, hours_left, safety
from tests.helpers.foreign_sound import encode, tones
from tests.ui.conftest import Wait
from tests.ui.material import agreed
from tests.ui.one_window import Furnish, frame, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]
Key = Qt.Key
SECOND = bytes(48_000 * 3)


class Studio:
    """A recorder that does what it is told: heartbeats come when a test sends them, Stop leaves a real sealed part."""

    def __init__(self) -> None:
        self.vault: Vault | None = None
        self.orders: list[RecorderOrder] = []
        self.obeyed: list[str] = []
        self.beats: queue.Queue[Heartbeat | Exception | None] = queue.Queue()
        self.fails: Exception | None = None
        self.address = "studio"

    # --- as Recorders

    def start(self, order: RecorderOrder) -> Take:
        if self.fails:
            raise self.fails
        self.orders.append(order)
        return self

    def reattach(self, address: str) -> Take | None:
        return self if self.orders and "stop" not in self.obeyed else None

    def is_being_written(self, folder: Path) -> bool:
        return bool(self.orders) and "stop" not in self.obeyed

    def listen(
        self, device: str | None, sound: SoundFormat, seconds: float, listened: Listened, cancelled: Callable[[], bool]
    ) -> MicrophoneTest:
        raise AssertionError(device)

    # --- as Take

    def events(self) -> Iterator[Heartbeat]:
        while (beat := self.beats.get()) is not None:
            if isinstance(beat, Exception):
                raise beat
            yield beat

    def pause(self) -> None:
        self.obeyed.append("pause")

    def resume(self) -> None:
        self.obeyed.append("resume")

    def off_record(self) -> None:
        self.obeyed.append("off_record")

    def note(self, note: TakeNote) -> tuple[int, int]:
        self.obeyed.append(f"{note.kind.value} {note.words}".strip())
        at_ms = note.at_ms or 0
        return at_ms - note.back_ms, at_ms

    def stop(self) -> None:
        self.obeyed.append("stop")
        self.seal()
        self.beats.put(None)

    # --- the test's hands

    def tidy(self) -> None:
        self.orders, self.obeyed, self.fails, self.beats = [], [], None, queue.Queue()

    def seal(self) -> None:
        order = self.orders[-1]
        assert self.vault is not None
        keys = order.keys[0]
        writer = self.vault.create_part(order.folder / f"{keys.file_id}.oha", keys, order.sound)
        record = order.sound.frames_per_record * order.sound.bytes_per_frame
        for at in range(0, len(SECOND), record):
            writer.append(SECOND[at : at + record])
        writer.finish()

    def beat(self, state: str = "recording", elapsed_ms: int = 61_000, trouble: Trouble | None = None, lag_ms: int = 400) -> None:
        troubles = (trouble,) if trouble else ()
        self.beats.put(Heartbeat(state, elapsed_ms, elapsed_ms - lag_ms, (0.5,), 1 << 40, 0, troubles))


class Room:
    """Two microphones and nothing else."""

    def microphones(self) -> list[Device]:
        return [Device("Built-in", 2, True), Device("Interface", 2, False)]

    def decode(self, path: Path) -> AbstractContextManager[DecodedFile]:
        raise AssertionError(path)

    def for_speech(self, pcm: bytes, sound: SoundFormat) -> bytes:
        raise AssertionError

    def write_wav(self, path: Path, sound: SoundFormat, blocks: Iterator[bytes]) -> None:
        raise AssertionError


@pytest.fixture(scope="module")
def any_studio() -> Studio:
    return Studio()


@pytest.fixture(scope="module")
def furnished(any_studio: Studio) -> Furnish:
    def furnish(program: Program) -> Program:
        def desk(archive: OpenArchive) -> Desk:
            any_studio.vault = archive.vault
            return replace(program.desk(archive), recording=RecordingService(archive, any_studio, Room()))

        return replace(program, desk=desk)

    return furnish


@pytest.fixture
def studio(any_studio: Studio, main: MainWindow, wait: Wait) -> Iterator[Studio]:
    """As new for every test; a test that failed leaves no take that the closing window would wait for."""
    any_studio.tidy()
    yield any_studio
    any_studio.beats.put(None)
    wait(lambda: not main.jobs.busy)


@pytest.fixture
def code(main: MainWindow) -> str:
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    return code


@pytest.fixture
def page(main: MainWindow, code: str, find: Find, wait: Wait) -> RecordPage:
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    wait(lambda: find("record_start").isEnabled())
    main.activateWindow()
    wait(main.window().isActiveWindow)
    return page


def text(find: Find, name: str) -> str:
    found = find(name)
    assert isinstance(found, QLabel)
    return found.text()


def strike(page: RecordPage, key: Qt.Key) -> None:
    QTest.keyClick(page.window(), key)


def begin(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    strike(page, Key.Key_F5)
    wait(lambda: page.recording)
    studio.beat()
    wait(lambda: text(find, "record_clock") == "00:01:01")


def kept(main: MainWindow, code: str) -> list[tuple[TakePurpose, int]]:
    return [(one.purpose, one.duration_ms) for one in main.desk.listening.recordings(code)]


def test_recording_shows_its_clock_and_what_is_safe(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    assert text(find, "record_state") == "Recording"
    assert text(find, "record_safe") == "Safe on disk 1 second ago."
    assert "hours more" in text(find, "record_left")
    assert page._running.meter.levels == [decibels(0.5)]
    studio.beat(elapsed_ms=70_000, lag_ms=3_200)
    wait(lambda: text(find, "record_safe") == "Safe on disk 4 seconds ago.")
    assert studio.orders[0].outlives_starter
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_nothing_but_the_recording_is_on_the_screen_and_everything_comes_back(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    assert find("interviews_list").isHidden() or not find("interviews_list").isVisible()
    assert "A recording is running" in main.hindrance()
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert find("interviews_list").isVisible()
    assert "00:00:01 was recorded and is safe" in text(find, "record_kept")
    assert kept(main, code) == [(TakePurpose.TESTIMONY, 1_000)]
    find("record_next").click()  # type: ignore[attr-defined]
    assert main.page is main.steps["transcript"]


def test_every_order_is_on_a_key(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    strike(page, Key.Key_F6)
    wait(lambda: studio.obeyed == ["pause"])
    studio.beat("paused")
    wait(lambda: "Paused" in text(find, "record_state"))
    strike(page, Key.Key_F6)
    wait(lambda: studio.obeyed[-1] == "resume")
    studio.beat("recording")
    wait(lambda: text(find, "record_state") == "Recording")
    strike(page, Key.Key_F8)
    wait(lambda: studio.obeyed[-1] == "off_record")
    studio.beat("off_record", lag_ms=0)
    wait(lambda: "OFF THE RECORD" in text(find, "record_state"))
    assert page._running.meter.levels == [FLOOR_DB]
    assert text(find, "record_safe") == "Everything recorded is safe on disk."
    strike(page, Key.Key_F8)
    wait(lambda: studio.obeyed[-1] == "resume")
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert studio.obeyed == ["pause", "resume", "off_record", "resume", "stop"]


def test_off_the_record_is_reached_from_a_pause(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    studio.beat("paused")
    wait(lambda: "Paused" in text(find, "record_state"))
    strike(page, Key.Key_F8)
    wait(lambda: studio.obeyed == ["off_record"])
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_mark_means_the_moment_its_word_was_begun(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    strike(page, Key.Key_F7)
    word = find("record_mark_word")
    assert isinstance(word, QLineEdit)
    word.setFocus()
    QTest.keyClicks(word, "riv")
    studio.beat(elapsed_ms=65_000)
    wait(lambda: text(find, "record_clock") == "00:01:05")
    QTest.keyClicks(word, "er")
    QTest.keyClick(word, Key.Key_Return)
    assert word.text() == ""
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert [(one.at_ms, one.word) for one in main.desk.interviews.marks(code)] == [(61_000, ""), (61_000, "river")]


@pytest.mark.parametrize("trouble", Trouble)
def test_troubles_are_told_in_plain_words_and_go_away(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, trouble: Trouble
) -> None:
    begin(page, studio, find, wait)
    assert not find("record_trouble").isVisible()
    studio.beat(trouble=trouble)
    wait(find("record_trouble").isVisible)
    assert text(find, "record_trouble") == trouble_sentence(trouble)
    studio.beat()
    wait(lambda: not find("record_trouble").isVisible())
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_recorder_that_dies_loses_nothing_that_was_sealed(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    studio.seal()
    studio.beats.put(WorkerFailed("The recorder ended unexpectedly."))
    wait(lambda: not page.recording)
    assert kept(main, code) == [(TakePurpose.TESTIMONY, 1_000)]
    assert text(find, "banner_happened") == "The recorder ended unexpectedly."


def test_the_window_lets_go_of_a_take_without_ending_it_and_the_next_one_takes_it_in_hand(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow
) -> None:
    begin(page, studio, find, wait)
    page.end()
    studio.beat()
    wait(lambda: not main.jobs.busy)
    assert studio.obeyed == []
    found = main.desk.recording.running()
    assert found is not None
    page.attach(found)
    studio.beat(elapsed_ms=99_000)
    wait(lambda: text(find, "record_clock") == "00:01:39")
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_microphone_that_does_not_open_is_told_and_the_choice_offered_again(
    page: RecordPage, studio: Studio, find: Find, wait: Wait
) -> None:
    studio.fails = DeviceFailed("There is no such microphone.")
    strike(page, Key.Key_F5)
    wait(lambda: text(find, "banner_happened") == "There is no such microphone.")
    wait(lambda: find("record_start").isEnabled())
    assert not page.recording


def test_the_microphone_is_remembered(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    choice = find("record_microphone")
    assert isinstance(choice, QComboBox)
    wait(lambda: choice.count() == 3)
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    assert page.context.settings.current.microphone == "Interface"
    find("record_channels_2").click()  # type: ignore[attr-defined]
    begin(page, studio, find, wait)
    assert (studio.orders[0].device, studio.orders[0].sound.channels) == ("Interface", 2)
    studio.obeyed.append("stop")
    studio.beats.put(None)
    wait(lambda: not page.recording)
    assert text(find, "record_kept") == "Nothing was recorded."


def test_without_consent_the_reasons_stand_there_and_only_a_spoken_consent_may_begin(
    main: MainWindow, studio: Studio, find: Find, wait: Wait
) -> None:
    code = main.desk.interviews.create(("ko",), "Heron").code
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    wait(lambda: "No consent is on file (before the interview)" in text(find, "record_consent"))
    assert not find("record_start").isEnabled()
    assert not find("record_import").isEnabled()
    agreed(main.desk, code, Purpose.RECORD_AUDIO)
    wait(lambda: "The narrator refused recording the voice" in text(find, "record_consent"))
    purpose = find("record_purpose")
    assert isinstance(purpose, QComboBox)
    purpose.setCurrentIndex(1)
    purpose.activated.emit(1)
    assert find("record_start").isEnabled()
    main.activateWindow()
    wait(main.window().isActiveWindow)
    begin(page, studio, find, wait)
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert [purpose for purpose, _ in kept(main, code)] == [TakePurpose.CONSENT]
    assert "spoken consent" in text(find, "record_kept")


def test_a_file_that_is_no_file_is_told(page: RecordPage, find: Find, wait: Wait, tmp_path: Path) -> None:
    page._prepare.choose_file = lambda: str(tmp_path / "missing.wav")
    button = find("record_import")
    assert isinstance(button, QPushButton)
    button.click()
    wait(lambda: text(find, "banner_happened") == "There is no such file to import.")
    wait(button.isEnabled)


def test_a_file_that_breaks_off_is_asked_about_and_taken_as_it_is(
    main: MainWindow, page: RecordPage, find: Find, wait: Wait, tmp_path: Path
) -> None:
    broken = encode(tmp_path / "x.wav", "pcm_s16le", "s16", tones(4.0, 1, 8_000), 8_000)
    broken.write_bytes(broken.read_bytes()[:-24_000])
    asked: list[str] = []
    page.ask_whether_to_take = lambda error: not asked.append(error.happened)  # type: ignore[func-returns-value,method-assign]
    page._prepare.choose_file = lambda: str(broken)
    button = find("record_import")
    assert isinstance(button, QPushButton)
    button.click()
    wait(lambda: "interrupted recording" in text(find, "record_kept"))
    assert len(asked) == 1
    assert "00:00:02 of sound was imported" in text(find, "record_kept")


def test_words_for_every_state_and_room_on_the_disk() -> None:
    assert {"recording", "paused", "off_record", "stopping", "finished"} == set(STATES)
    assert hours_left(48_000 * 3 * 3600, 1) == 1
    assert hours_left(48_000 * 6 * 3600, 2) == 1
    assert safety(Heartbeat("recording", 1_000, 1_000, (), 0, 0)) == "Safe on disk 1 second ago."


SAMPLES: Sequence[tuple[float, float]] = ((1.0, 0.0), (0.1, -20.0), (0.0, FLOOR_DB), (1e-9, FLOOR_DB))


@pytest.mark.parametrize(("peak", "level"), SAMPLES)
def test_decibels(peak: float, level: float) -> None:
    assert decibels(peak) == pytest.approx(level)
