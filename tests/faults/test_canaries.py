"""F13: what a session leaves behind, whole or crashed. Words, names and samples stand nowhere but in the chosen export."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from oralhistory.domain.consent import Stage
from oralhistory.domain.transcript import Layer
from tests.helpers import coded_sound, figures, residue
from tests.helpers.archives import consent, new_desk, open_desk
from tests.helpers.command import Command
from tests.helpers.sound_server import SoundServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "resources" / "demo" / "tiny-interview.pt"
SPEECH = ROOT / "tests" / "data" / "speech" / "ko_clean_short.flac"
CANARIES = {
    "pseudonym": "카나리아새", "name": "금조류 Goldcanary", "witness": "증인노랑부리", "typed": "노란깃털이야기",
    "recipient": "Society of Yellowfeathers",
}  # fmt: skip
SENTENCES = ["황조롱이마을에서 태어났습니다.", "Nobody came to Canarybridge."]


class Place:
    """A home, a folder for temporary files and an archive of a session's own, and what must not be found in them."""

    def __init__(self, folder: Path, server: SoundServer) -> None:
        self.folder = folder
        self.home, self.temporary, self.given = folder / "home", folder / "tmp", folder / "given"
        for place in (self.home, self.temporary, self.given):
            place.mkdir()
        own = {f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
        plain = {name: value for name, value in server.env.items() if not name.startswith("PYTHON")}
        self.environment = {
            **plain, **own, "HOME": str(self.home), "TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip

    def left(self, words: list[str]) -> list[tuple[str, str]]:
        """Where any of the words, or a stretch of the recorded sound, stands outside the export."""
        needles = residue.spellings(words) | self._samples()
        return residue.found(needles, self.folder / "archive", self.home, self.temporary)

    def _samples(self) -> set[bytes]:
        """Stretches of what was recorded, one a second, as every program would write them down."""
        stretches: set[bytes] = set()
        with open_desk(self.folder) as desk:
            take = desk.recording.running()
            if take is not None:  # its window died
                take.stop()
                for _ in take.events():
                    pass
            desk.recording.adopt()
            for card in desk.interviews.cards():
                with desk.listening.timeline(card.interview.code) as timeline:
                    for recording in timeline.recordings:
                        whole = timeline.read(recording, recording.start_ms, recording.end_ms)
                        stretches |= residue.loud(whole, every=recording.format.rate)
        assert stretches, "nothing was recorded that could be looked for"
        return stretches


@pytest.fixture
def place(tmp_path: Path, sound_server: SoundServer) -> Place:
    return Place(tmp_path, sound_server)


@pytest.fixture
def spoken(sound_server: SoundServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Sound in the air whose every frame is another one."""
    sound = coded_sound.write(tmp_path_factory.mktemp("air") / "coded.wav", seconds=60)
    with sound_server.play(sound) as player:
        yield
        player.terminate()


def window_session(place: Place, die_at: str, *, model: bool = False) -> list[str]:
    """A session in the window, up to the step at which it kills itself (""): the steps it reached."""
    told: dict[str, Any] = {
        **CANARIES, "sentences": SENTENCES, "folder": str(place.folder), "die_at": die_at,
        "export": str(place.given / "statement.docx"), "model": str(MODEL) if model else "",
        "enough_bytes": 2_800_000 if model else 250_000,
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "tests.helpers.window_session"], env=place.environment, cwd=place.folder,
        input=json.dumps(told) + "\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    expected = -signal.SIGKILL if die_at else 0
    assert ran.returncode == expected, ran.stderr
    return ran.stdout.split()


def canaries() -> list[str]:
    """Each word of what was typed."""
    return [word for one in (*CANARIES.values(), *SENTENCES) for word in one.split() if len(word) > 3 or not word.isascii()]


def test_a_window_that_was_killed_while_recording_leaves_nothing_readable(place: Place, spoken: None) -> None:
    steps = window_session(place, "recording")
    assert steps == ["made", "recording"]
    assert place.left(canaries()) == []


def test_a_killed_command_leaves_nothing_readable(place: Place, spoken: None) -> None:
    with new_desk(place.folder) as desk:
        code = desk.interviews.create(pseudonym=CANARIES["pseudonym"]).code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    command = Command(place.folder, place.environment)
    recording = command.start("record", code)
    assert recording.stderr is not None
    assert "Recording" in recording.stderr.readline()
    sealed = place.folder / "archive" / "audio"
    while sum(one.stat().st_size for one in sealed.rglob("*.oha")) < 150_000:
        os.sched_yield()  # another process writes them
    recording.kill()
    recording.communicate()
    recorded = set(sealed.rglob("*.oha"))
    importing = command.start("import", code, str(SPEECH))
    while importing.poll() is None and not set(sealed.rglob("*.oha")) - recorded:
        os.sched_yield()
    importing.kill()
    importing.communicate()
    assert set(sealed.rglob("*.oha")) - recorded, "nothing of the file had been brought in yet"
    assert place.left(canaries()) == []


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("die_at", ["", "recording", "transcribing", "typing", "typed", "exporting"])
def test_whole_and_killed_sessions_with_a_draft_leave_nothing_but_the_export(
    place: Place, sound_server: SoundServer, die_at: str
) -> None:
    samples, rate = soundfile.read(SPEECH, dtype="int16")
    soundfile.write(place.folder / "speech.wav", np.tile(samples, 20), rate)  # as long as a window takes to be there
    with sound_server.play(place.folder / "speech.wav") as player:
        steps = window_session(place, die_at, model=True)
        player.terminate()
    assert (steps[-1], place.given.joinpath("statement.docx").exists()) == (die_at or "closed", not die_at)
    with open_desk(place.folder) as desk:
        (card,) = desk.interviews.cards()
        drafted = desk.transcripts.segments(card.interview.code, Layer.MACHINE)
    heard = {word for one in drafted for word in one.text.split() if len(word) > 3}
    if die_at != "recording":
        assert len(heard) >= 3, "the words that are looked for were never there"
    assert place.left([*canaries(), *heard]) == []
    searched = [one for one in (place.folder / "archive", place.home, place.temporary) for one in one.rglob("*") if one.is_file()]
    name = f"F13-window-{die_at or 'whole'}"
    figures.keep(name, whole=True, files=len(searched), bytes=sum(one.stat().st_size for one in searched), found=0)
    shutil.rmtree(place.folder / "archive")
