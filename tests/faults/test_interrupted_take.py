"""A take whose recorder was killed is there at the next unlock, with all that was heard until a quarter of a second before."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import TakePurpose
from oralhistory.errors import NotAllowed, WorkerFailed
from oralhistory.services.recording.at_the_door import Ending
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.going_on import GoingOn
from oralhistory.services.recording.recording import WENT_ON
from oralhistory.services.recording.takes import RunningTake
from tests.helpers import coded_sound, figures
from tests.helpers.archives import cheap_program, consent, new_desk, open_desk
from tests.helpers.sound_server import SoundServer

LOST_AT_MOST_MS = 250
ATTACHED_WITHIN_S = 3.0


@pytest.fixture(autouse=True)
def microphone(sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sound_server.env.items():
        monkeypatch.setenv(name, value)


def recorder_of(folder: Path) -> int:
    """The process that holds the take's files open."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and process.name != str(os.getpid()):
            try:
                open_files = [str(link.readlink()) for link in (process / "fd").iterdir()]
            except OSError:
                continue
            if any(name.endswith(".oha") and str(folder) in name for name in open_files):
                return int(process.name)
    raise AssertionError("nobody writes the take")


def finish(take: RunningTake) -> None:
    """Stop a take as soon as it has some sound."""
    for beat in take.events():
        if beat.elapsed_ms >= 200:
            take.stop()


def test_a_killed_recorder_loses_a_quarter_of_a_second_at_most(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        take = desk.recording.start(code)
        beats = take.events()
        last_ms = next(beat.elapsed_ms for beat in beats if beat.elapsed_ms >= 2_000)
        take.mark("여기", last_ms)
        os.kill(recorder_of(tmp_path / "archive" / AUDIO), signal.SIGKILL)
        with pytest.raises(WorkerFailed):
            last_ms = max([last_ms, *(beat.elapsed_ms for beat in beats)])
        # The window is gone as well: nothing is filed here.
    with open_desk(tmp_path) as desk:
        assert desk.recording.running() is None
        (found,) = desk.recording.adopt()
        assert desk.recording.adopt() == []
        assert found.duration_ms >= last_ms - LOST_AT_MOST_MS
        assert not found.complete
        assert found.purpose is TakePurpose.TESTIMONY
        assert [one.unchanged for one in desk.fixity.verify(code)] == [True]
        assert [(mark.word, mark.at_ms >= 2_000) for mark in desk.interviews.marks(code)] == [("여기", True)]
        again = desk.recording.start(code)
        finish(again)
        (second,) = again.file()
        assert (second.part, second.start_ms, second.complete) == (2, found.duration_ms, True)


def test_a_killed_recorder_is_followed_by_another_by_itself_and_the_parts_by_each_other(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        take, going_on = desk.recording.start(code, outlives_starter=True), GoingOn(desk.recording)
        going_on.begin()
        beats = take.events()
        next(beat for beat in beats if beat.elapsed_ms >= 500)
        os.kill(recorder_of(tmp_path / "archive" / AUDIO), signal.SIGKILL)
        with pytest.raises(WorkerFailed):
            list(beats)
        assert going_on.may(take)
        new = going_on.begin_again(take)
        assert new is not None and new.take_id != take.take_id
        finish(new)
        first, second = going_on.file(new)
        assert (first.complete, second.complete, second.start_ms) == (False, True, first.duration_ms)
        assert WENT_ON in [one.action for one in desk.interviews.history(code).custody]
        assert "About" in going_on.told


def test_a_take_goes_on_without_its_window_and_is_found_again(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        take = desk.recording.start(code, outlives_starter=True)
        reached = next(beat.elapsed_ms for beat in take.events() if beat.elapsed_ms >= 500)
        recorder = recorder_of(tmp_path / "archive" / AUDIO)
        take.let_go()
    with open_desk(tmp_path) as desk:
        assert desk.recording.adopt() == [], "a take that is being written was filed"
        found = desk.recording.running()
        assert found is not None
        assert found.interview.code == code
        assert next(beat.elapsed_ms for beat in found.events()) >= reached
        found.stop()
        list(found.events())
        (recording,) = found.file()
        os.waitpid(recorder, 0)  # this process started it, so nobody else can
        assert recording.complete
        assert recording.gaps == ()


def test_who_has_no_passphrase_ends_a_take_whose_window_is_gone(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        take = desk.recording.start(code, outlives_starter=True)
        reached = next(beat.elapsed_ms for beat in take.events() if beat.elapsed_ms >= 300)
        recorder = recorder_of(tmp_path / "archive" / AUDIO)
        take.let_go()
    door = cheap_program(tmp_path).at_the_door
    assert door.is_recording(tmp_path / "archive")
    takes = door.stop(tmp_path / "archive")
    os.waitpid(recorder, 0)  # it ends by itself
    (tmp_path / "archive").rename(tmp_path / "pulled out")
    assert door.ending(tmp_path / "archive", takes) is Ending.OUT_OF_SIGHT, "no lock to be seen is not an end"
    (tmp_path / "pulled out").rename(tmp_path / "archive")
    assert door.ending(tmp_path / "archive", takes) is Ending.ENDED
    assert not door.is_recording(tmp_path / "archive")
    assert door.stop(tmp_path / "archive") == []
    assert not list((tmp_path / "archive").rglob(".stop")), "a wish that nobody needs is left"
    with open_desk(tmp_path) as desk:
        [recording] = desk.recording.adopt()
        assert (recording.complete, recording.gaps) == (True, ())
        assert recording.duration_ms >= reached


def test_without_consent_nothing_is_recorded_but_the_consent_itself(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        with pytest.raises(NotAllowed) as refused:
            desk.recording.start(code)
        assert [(one.code, one.details.get("stage")) for one in refused.value.reasons] == [("no_consent", "before")]
        assert not (tmp_path / "archive" / AUDIO).exists()
        spoken = desk.recording.start(code, purpose=TakePurpose.CONSENT)
        finish(spoken)
        (recording,) = spoken.file()
        assert (recording.purpose, recording.start_ms) == (TakePurpose.CONSENT, 0)


WINDOW = """
import sys
from pathlib import Path
from tests.helpers import coded_sound, figures
from tests.helpers.archives import open_desk
with open_desk(Path(sys.argv[1])) as desk:
    take = desk.recording.start(sys.argv[2], outlives_starter=True)
    for beat in take.events():
        if beat.elapsed_ms >= 500:
            print("recording", flush=True)
            sys.stdin.readline()
"""


def test_a_window_that_is_killed_is_followed_by_one_that_has_the_take_in_hand_again(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    sound = coded_sound.write(tmp_path / "coded.wav", seconds=60)
    command = [sys.executable, "-c", WINDOW, str(tmp_path), code]
    with sound_server.play(sound) as player, coded_sound.witness(sound_server.env) as witness:
        witness.wait()
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as window:
            assert window.stdout is not None
            assert window.stdout.readline() == "recording\n"
            window.kill()
        began = time.monotonic()
        with open_desk(tmp_path) as desk:
            take = desk.recording.running()
            assert take is not None
            beats = take.events()
            first = next(beats)
            took = time.monotonic() - began
            take.mark("다시 왔다")  # another process than the one that began it
            next(beat for beat in beats if beat.elapsed_ms > first.elapsed_ms + 500)
            take.stop()
            list(beats)
            [recording] = take.file()
            player.terminate()
            with desk.listening.timeline(code) as timeline:
                pcm = b"".join(timeline.blocks(recording))
            assert [one.word for one in desk.interviews.marks(code)] == ["다시 왔다"]
    figures.keep("F2-window", whole=False, attached_again_s=round(took, 3), lost_ms=0)
    assert coded_sound.unbroken(pcm)
    assert recording.complete


@pytest.mark.full
def test_a_real_window_that_is_opened_again_has_the_take_in_hand_and_stops_it_by_its_key(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    told = dict.fromkeys(("pseudonym", "name", "witness"), "-")
    order = json.dumps({**told, "folder": str(tmp_path), "die_at": "recording", "enough_bytes": 250_000, "model": ""}) + "\n"
    home = {"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "QT_QPA_PLATFORM": "offscreen"}

    def window(module: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", f"tests.helpers.{module}"]
        return subprocess.run(words, input=order, env={**sound_server.env, **home}, capture_output=True, text=True, check=False)

    sound = coded_sound.write(tmp_path / "coded.wav", seconds=150)
    with sound_server.play(sound) as player, coded_sound.witness(sound_server.env) as witness:
        witness.wait()
        killed = window("window_session")
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        again = window("window_again")
        player.terminate()
    assert again.returncode == 0, again.stderr
    seen = json.loads(again.stdout.splitlines()[-1])
    with open_desk(tmp_path) as desk:
        [card] = desk.interviews.cards()
        [recording] = card.recordings
        with desk.listening.timeline(card.interview.code) as timeline:
            pcm = b"".join(timeline.blocks(recording))
    figures.keep("F2-real-window", whole=True, lost_ms=0, **seen)
    assert coded_sound.unbroken(pcm)
    assert recording.complete
    assert seen["in_hand_s"] <= ATTACHED_WITHIN_S
