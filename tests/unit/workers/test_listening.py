"""The microphone test: what it hears, that it can be stopped, and that nothing of it reaches a disk."""

from pathlib import Path

import pytest

from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Cancelled, DeviceFailed
from oralhistory.workers.recording import RecorderProcesses
from tests.helpers import coded_sound
from tests.helpers.sound_server import SoundServer


@pytest.fixture(autouse=True)
def microphone(sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> SoundServer:
    for name, value in sound_server.env.items():
        monkeypatch.setenv(name, value)
    return sound_server


def test_what_was_said_is_handed_back_to_be_played(microphone: SoundServer, tmp_path: Path) -> None:
    sound = coded_sound.write(tmp_path / "said.wav", seconds=30)
    with microphone.play(sound) as said, coded_sound.witness(microphone.env) as witness:
        witness.wait()
        told: list[int] = []
        test = RecorderProcesses().listen(None, SoundFormat(), 1.0, lambda ms, _peaks: told.append(ms), lambda: False)
        said.terminate()
    assert test.sound.frames == test.sound.format.rate
    assert coded_sound.unbroken(test.sound.read(0, test.sound.frames))
    assert test.sound.read(100, 7) == test.sound.read(0, 200)[300:321]
    assert told == sorted(told)
    [channel] = test.channels
    assert not channel.silent
    assert channel.clipped == 0
    assert not test.frozen


def test_a_muted_microphone_is_heard_to_be_muted(microphone: SoundServer) -> None:
    test = RecorderProcesses().listen(None, SoundFormat(channels=2), 0.5, lambda *_: None, lambda: False)
    assert [one.silent for one in test.channels] == [True, True]


def test_a_test_that_is_stopped_ends_at_once_and_leaves_nothing() -> None:
    with pytest.raises(Cancelled):
        RecorderProcesses().listen(None, SoundFormat(), 60.0, lambda *_: None, lambda: True)


def test_a_microphone_that_is_not_there_is_said_so() -> None:
    with pytest.raises(DeviceFailed):
        RecorderProcesses().listen("no such microphone", SoundFormat(), 1.0, lambda *_: None, lambda: False)
