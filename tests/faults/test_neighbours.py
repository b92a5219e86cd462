"""A window that dies in the middle of a recording: its archive is free at once, its take belongs to its recorder alone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.services.recording.recording import AUDIO
from oralhistory.workers import take_lock
from tests.helpers.archives import consent, new_desk, open_desk
from tests.helpers.sound_server import SoundServer

ROOT = Path(__file__).resolve().parents[2]

WINDOW = """
import sys
from pathlib import Path
from tests.helpers.archives import open_desk
with open_desk(Path(sys.argv[1])) as desk:
    take = desk.recording.start(sys.argv[2], outlives_starter=True)
    beat = next(beat for beat in take.events() if beat.elapsed_ms >= 300)
    print(beat.elapsed_ms, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")
def test_the_next_window_gets_in_while_the_recorder_goes_on_and_nobody_files_its_take(
    tmp_path: Path, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in sound_server.env.items():
        monkeypatch.setenv(name, value)
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    words = [sys.executable, "-c", WINDOW, str(tmp_path), code]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        reached = int(window.stdout.readline())
        window.send_signal(signal.SIGKILL)
    (lock,) = (tmp_path / "archive" / AUDIO).rglob(take_lock.NAME)
    assert take_lock.is_held(lock.parent)
    with open_desk(tmp_path) as desk:  # the archive's lock went with its window, not with the recorder it left
        assert desk.recording.adopt() == []
        take = desk.recording.running()
        assert take is not None
        assert next(beat.elapsed_ms for beat in take.events()) >= reached
        take.stop()
        for _ in take.events():
            pass
        (filed,) = take.file()
        assert filed.complete
    assert not take_lock.is_held(lock.parent)


LOOKER = """
import sys
from pathlib import Path
from oralhistory.workers.take_lock import is_held
print(flush=True)
while True:
    is_held(Path(sys.argv[1]))
"""


def test_a_look_at_the_lock_keeps_no_recorder_out_and_what_cannot_be_seen_is_held(tmp_path: Path) -> None:
    words = [sys.executable, "-c", LOOKER, str(tmp_path)]
    looking = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert looking.stdout is not None
        (tmp_path / take_lock.NAME).touch()
        looking.stdout.readline()
        for _ in range(200):
            take_lock.TakeLock(tmp_path).release()
    finally:
        looking.kill()
        looking.communicate()
    assert not take_lock.is_held(tmp_path / "nowhere")
    (tmp_path / take_lock.NAME).unlink()
    (tmp_path / take_lock.NAME).mkdir()  # a name that cannot be opened
    assert take_lock.is_held(tmp_path)
