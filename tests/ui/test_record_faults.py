"""Faults as a person meets them, with a real recorder: the microphone is pulled, the archive goes away, its disk is full.

Each time the window says what happened, what is safe and what to do, and no sound from before the fault is missing.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from oralhistory.domain.ports import Trouble
from oralhistory.services.program import Program
from oralhistory.services.recording.take_words import trouble_sentence
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record.record_page import RecordPage
from tests.helpers import coded_sound
from tests.helpers import sound_server as virtual
from tests.helpers.sound_server import MODULES, SoundServer
from tests.ui.conftest import PASSPHRASE, Wait
from tests.ui.material import agreed

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(bool(virtual.missing()), reason="there is no sound server on this machine"),
]
Find = Callable[[str], QWidget]
Key = Qt.Key


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A microphone of this test's own, in front of which coded sound plays; the reserve folder is in the test's home."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with tempfile.TemporaryDirectory(prefix="oh-sound-") as folder, virtual.running(Path(folder)) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        sound = coded_sound.write(tmp_path / "coded.wav", seconds=120)
        with server.play(sound) as player:
            yield server
            player.terminate()


@pytest.fixture
def take(studio: SoundServer, main: MainWindow, find: Find, wait: Wait) -> RecordPage:
    """A recording that has run for two seconds."""
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    wait(lambda: find("record_start").isEnabled())
    main.activateWindow()
    wait(main.window().isActiveWindow)
    strike(page, Key.Key_F5)
    wait(lambda: page.recording and text(find, "record_clock") >= "00:00:02")
    return page


def text(find: Find, name: str) -> str:
    found = find(name)
    assert isinstance(found, QLabel)
    return found.text()


def strike(page: RecordPage, key: Qt.Key) -> None:
    QTest.keyClick(page.window(), key)


def told(find: Find, trouble: Trouble) -> bool:
    return find("record_trouble").isVisible() and trouble_sentence(trouble) in text(find, "record_trouble")


def recorded(main: MainWindow, code: str) -> list[bytes]:
    """The sound of each part."""
    with main.desk.listening.timeline(code) as timeline:
        return [b"".join(timeline.blocks(one)) for one in timeline.recordings]


def pactl(server: SoundServer, *words: str) -> None:
    subprocess.run(["pactl", *words], env=server.env, check=True, stdout=subprocess.DEVNULL)


def test_the_microphone_is_pulled_and_plugged_in_again(
    take: RecordPage, studio: SoundServer, main: MainWindow, find: Find, wait: Wait
) -> None:
    code = main.code
    pactl(studio, "unload-module", "module-null-sink")
    wait(lambda: told(find, Trouble.DEVICE))
    at_fault = text(find, "record_clock")
    pactl(studio, "load-module", *MODULES[1].split())
    wait(lambda: not find("record_trouble").isVisible() and text(find, "record_clock") > at_fault)
    strike(take, Key.Key_F9)
    wait(lambda: not take.recording)
    assert "the microphone stopped" in text(find, "record_gaps")
    [part] = main.desk.listening.recordings(code)
    [gap] = part.gaps
    [sound] = recorded(main, code)
    assert coded_sound.unbroken(sound[: gap.frame * 3]), "before the fault every frame is there, once"
    assert gap.frame * 3 >= 2 * 48_000 * 3 and len(sound) > gap.frame * 3


def test_the_archives_folder_goes_away_and_comes_back(
    take: RecordPage, main: MainWindow, find: Find, wait: Wait, tmp_path: Path
) -> None:
    code, folder = main.code, main.archive.folder
    folder.rename(tmp_path / "gone")
    strike(take, Key.Key_F6)
    wait(lambda: "Paused" in text(find, "record_state"))
    paused_at = text(find, "record_clock")
    strike(take, Key.Key_F6)
    wait(lambda: told(find, Trouble.DISK_FAILING) and text(find, "record_clock") > paused_at)
    strike(take, Key.Key_F9)
    wait(lambda: not take.recording)
    assert "encrypted and safe" in text(find, "record_kept")
    assert "not there any more" in text(find, "record_gaps")
    assert not folder.exists(), "nothing was made in its place"
    (tmp_path / "gone").rename(folder)
    find("record_file_again").click()  # type: ignore[attr-defined]
    wait(lambda: "in its place yet" not in text(find, "record_kept"))
    assert "recorded and are safe, in 2 parts" in text(find, "record_kept")
    assert all(coded_sound.unbroken(sound) for sound in recorded(main, code))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own on which an archive finds just enough room."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=640m", "none", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.fixture
def main(frame: Frame, program: Program, tmp_path: Path, wait: Wait, request: pytest.FixtureRequest) -> MainWindow:
    """As elsewhere, but on the small disk where a test has one."""
    folder = request.getfixturevalue("small_disk") if "small_disk" in request.fixturenames else tmp_path
    archive, _ = program.archives.create(folder / "archive", PASSPHRASE, "mk")
    frame.open_archive(archive)
    window = frame.main
    assert window is not None
    wait(lambda: not window.jobs.busy)
    return window


def fill(disk: Path) -> None:
    try:
        with (disk / "filler").open("ab", buffering=0) as file:
            while file.write(bytes(1 << 16)) == 1 << 16:
                pass
    except OSError:
        pass


def test_the_disk_is_full_and_then_has_room_again(
    small_disk: Path, take: RecordPage, main: MainWindow, find: Find, wait: Wait
) -> None:
    code = main.code

    def full() -> bool:
        fill(small_disk)
        return told(find, Trouble.DISK_FAILING)

    wait(full)
    strike(take, Key.Key_F9)
    wait(lambda: not take.recording)
    assert "encrypted and safe" in text(find, "record_kept")
    assert "room" in text(find, "record_gaps") or "full" in text(find, "record_gaps")
    (small_disk / "filler").unlink()
    find("record_file_again").click()  # type: ignore[attr-defined]
    wait(lambda: "recorded and are safe" in text(find, "record_kept"))
    assert coded_sound.unbroken(b"".join(recorded(main, code))), "across both parts no frame is missing or double"
