"""The real recorder at a real (virtual) microphone: stopped, killed, paused, orphaned. Nothing that was said is lost."""

import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from oralhistory.domain.interview import NoteKind, TakeNote
from oralhistory.domain.ports import RecorderOrder, Trouble
from oralhistory.domain.sound import GapReason, SoundFormat
from oralhistory.errors import DeviceFailed, WorkerFailed
from oralhistory.vault import KeyRing
from oralhistory.workers.recording import RecorderProcesses
from tests.faults.conftest import INTERVIEW, Session
from tests.helpers import coded_sound, sound_server
from tests.helpers.coded_sound import RATE, Witness
from tests.helpers.sound_server import SoundServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")

MOST_LOST_MS = 250
NOTICED_WITHIN_S = 1.0
Start = Callable[..., Session]


def test_a_clean_stop_loses_not_one_frame(start: Start, microphone: SoundServer, tmp_path: Path) -> None:
    session = start()
    session.until(lambda beat: beat.elapsed_ms > 0)
    # A player's first milliseconds may be swallowed by the sound server, so they hold nothing.
    with microphone.play(coded_sound.write(tmp_path / "said.wav", seconds=1.5, lead_in=0.3)) as said:
        said.wait()
    session.finish()
    [(summary, pcm)] = session.parts()
    heard = coded_sound.frames(pcm)
    assert heard[heard >= 0].tolist() == list(range(int(1.5 * RATE)))
    assert coded_sound.unbroken(pcm)
    assert summary.complete
    assert (summary.gaps, summary.faults) == ((), ())
    last = session.beats[-1]
    assert last.state == "finished"
    assert last.elapsed_ms == last.safe_ms == summary.format.frames_to_ms(summary.frames)
    assert last.lost_frames == 0
    assert not RecorderProcesses().is_being_written(session.folder)


def kill_at_random_moments(start: Start, witness: Witness, times: int) -> list[float]:
    """Kill as many recorders; how many milliseconds of what was in the air each lost."""
    chance, lost = random.Random(times), []
    for _ in range(times):
        session = start()
        target = chance.uniform(300, 1500)
        session.until(lambda beat, target=target: beat.elapsed_ms >= target)  # type: ignore[misc]
        assert RecorderProcesses().is_being_written(session.folder)
        threading.Event().wait(chance.uniform(0, 0.1))  # the moment of a kill has nothing to do with a heartbeat
        os.kill(session.pid, signal.SIGKILL)
        killed = witness.now()
        with pytest.raises(WorkerFailed):
            session.until(lambda _: False)
        assert not RecorderProcesses().is_being_written(session.folder)
        [(summary, pcm)] = session.parts()
        assert not summary.complete
        assert coded_sound.unbroken(pcm)
        lost.append((witness.frame_at(killed) - 1 - int(coded_sound.frames(pcm)[-1])) * 1000 / RATE)
    return lost


def test_a_killed_recorder_loses_less_than_a_word(start: Start, playing: Witness) -> None:
    assert max(kill_at_random_moments(start, playing, 3)) <= MOST_LOST_MS


@pytest.mark.full
def test_twenty_killed_recorders(start: Start, playing: Witness) -> None:
    lost = kill_at_random_moments(start, playing, 20)
    print(f"lost: median {statistics.median(lost):.0f} ms, most {max(lost):.0f} ms")
    assert max(lost) <= MOST_LOST_MS


@pytest.mark.parametrize(("order", "reason"), [("pause", GapReason.PAUSED), ("off_record", GapReason.OFF_THE_RECORD)])
def test_nothing_is_captured_while_paused(start: Start, playing: Witness, order: str, reason: GapReason) -> None:
    session = start()
    session.until(lambda beat: beat.elapsed_ms > 500)
    getattr(session.take, order)()
    obeyed = playing.frame_at(playing.now())
    state = "paused" if order == "pause" else "off_record"
    paused = session.until(lambda beat: beat.state == state and beat.elapsed_ms == beat.safe_ms)
    for beat in itertools.islice(session.take.events(), 5):
        assert beat.elapsed_ms == paused.elapsed_ms
    resumed = playing.frame_at(playing.now())
    session.take.resume()
    session.until(lambda beat: beat.state == "recording" and beat.elapsed_ms > paused.elapsed_ms + 300)
    session.finish()
    (first, before), (second, after) = session.parts()
    assert first.complete
    assert second.complete
    assert coded_sound.unbroken(before)
    assert coded_sound.unbroken(after)
    last, next_one = coded_sound.frames(before)[-1], coded_sound.frames(after)[0]
    assert last <= obeyed
    assert next_one >= resumed - RATE // 4  # what the device itself held back
    [gap] = second.gaps
    assert (gap.frame, gap.reason) == (0, reason)
    assert abs(gap.lost_frames - (next_one - last)) < RATE // 2


def test_pause_turned_into_off_the_record_says_so(start: Start, playing: Witness) -> None:
    session = start()
    session.until(lambda beat: beat.elapsed_ms > 100)
    session.take.pause()
    session.take.off_record()
    session.take.note(TakeNote("0" * 32, NoteKind.MARK, "쉬는 시간"))
    session.take.resume()
    session.until(lambda beat: beat.state == "recording" and beat.elapsed_ms > 300)
    session.finish()
    assert [gap.reason for gap in session.parts()[1][0].gaps] == [GapReason.OFF_THE_RECORD]


def test_a_terminating_system_ends_the_take_in_order(start: Start, playing: Witness) -> None:
    session = start()
    session.until(lambda beat: beat.elapsed_ms > 300)
    os.kill(session.pid, signal.SIGINT)  # Ctrl+C is for the window
    session.until(lambda beat: beat.elapsed_ms > 600)
    os.kill(session.pid, signal.SIGTERM)
    session.until(lambda beat: beat.state == "finished")
    [(summary, pcm)] = session.parts()
    assert summary.complete
    assert coded_sound.unbroken(pcm)
    assert len(pcm) // 3 >= 0.6 * RATE


STARTER = """
import json, os, sys
from pathlib import Path
from oralhistory.domain.ports import RecorderOrder
from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import PartKeys
from oralhistory.workers.recording import RecorderProcesses
told = json.loads(sys.stdin.readline())
keys = [PartKeys.from_json(one) for one in told["keys"]]
order = RecorderOrder(Path(told["folder"]), keys, SoundFormat(), None, told["outlives"])
print(RecorderProcesses().start(order).address, flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("outlives", [False, True])
def test_a_window_that_dies(
    ring: KeyRing, playing: Witness, microphone: SoundServer, tmp_path: Path, outlives: bool
) -> None:
    keys = ring.part_keys(INTERVIEW, 32)
    order = {"folder": str(tmp_path), "keys": [one.to_json() for one in keys], "outlives": outlives}
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdin is not None
        assert window.stdout is not None
        window.stdin.write(json.dumps(order) + "\n")
        window.stdin.flush()
        address = window.stdout.readline().strip()
        window.kill()
        died = playing.now()
    take = RecorderProcesses().reattach(address)
    if outlives:
        assert take is not None
        next(beat for beat in take.events() if beat.elapsed_ms > 1000)
        take.note(TakeNote("1" * 32, NoteKind.MARK, "다시"))
        take.stop()
    if take is not None:
        for _ in take.events():
            pass
    session_end = RecorderProcesses().reattach(address)
    assert session_end is None
    with ring.open_part(INTERVIEW, tmp_path / f"{keys[0].file_id}.oha") as part:
        pcm = part.read(0, part.frames)
        assert part.summary().complete
    assert coded_sound.unbroken(pcm)
    assert coded_sound.frames(pcm)[-1] >= playing.frame_at(died) - RATE * MOST_LOST_MS // 1000
    assert (len(pcm) // 3 > RATE) or not outlives


def test_a_microphone_that_is_not_there_is_said_so(start: Start, tmp_path: Path) -> None:
    with pytest.raises(DeviceFailed):
        start("no such microphone")
    assert list(tmp_path.rglob("*.oha")) == []


def test_the_door_opens_to_nobody_without_the_key(start: Start) -> None:
    session = start()
    told = json.loads(session.take.address)
    forged = json.dumps({**told, "key": "00" * 32})
    assert RecorderProcesses().reattach(forged) is None
    assert RecorderProcesses().reattach("{}") is None
    assert RecorderProcesses().reattach("nonsense") is None
    again = RecorderProcesses().reattach(session.take.address)
    assert again is not None
    again.stop()
    session.until(lambda beat: beat.state == "finished")


@pytest.mark.parametrize("for_s", [1.0, 3.0], ids=["shortly", "until it is given up"])
def test_a_microphone_that_stops_is_noticed_and_its_gap_kept(
    start: Start, playing: Witness, microphone: SoundServer, for_s: float
) -> None:
    def suspend(yes: int) -> None:
        subprocess.run(["pactl", "suspend-sink", "speech", str(yes)], env=microphone.env, check=True)

    session = start()
    session.until(lambda beat: beat.elapsed_ms > 500)
    stopped = playing.now()
    suspend(1)
    try:
        gone = session.until(lambda beat: Trouble.DEVICE in beat.troubles)
        noticed = playing.now()
        session.until(lambda _: playing.now() - stopped >= for_s)
    finally:
        suspend(0)
        went_on = playing.now()
    session.until(lambda beat: Trouble.DEVICE not in beat.troubles and beat.elapsed_ms > gone.elapsed_ms + 1500)
    session.finish()
    [(summary, _)] = session.parts()
    assert summary.complete
    assert noticed - stopped <= NOTICED_WITHIN_S
    assert {gap.reason for gap in summary.gaps} == {GapReason.DEVICE}
    noted = sum(gap.lost_frames for gap in summary.gaps)
    assert abs(noted - (went_on - stopped) * RATE) < RATE / 2
    assert 0 < summary.gaps[0].frame < summary.frames
    assert session.beats[-1].lost_frames == noted


def pactl(microphone: SoundServer, *words: str) -> str:
    ran = subprocess.run(["pactl", *words], env=microphone.env, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def stream_of(microphone: SoundServer, process: int) -> str:
    streams = json.loads(pactl(microphone, "--format=json", "list", "source-outputs"))
    [one] = [one for one in streams if one["properties"].get("application.process.id") == str(process)]
    return str(one["index"])


@pytest.fixture
def plugged_in(microphone: SoundServer) -> Iterator[Callable[[str], str]]:
    """Plug in another microphone of this name; what is left of them is unplugged in the end."""
    modules: list[str] = []

    def plug_in(name: str) -> str:
        modules.append(pactl(microphone, "load-module", "module-null-sink", f"sink_name={name}", "format=s24le", "rate=48000"))
        return modules[-1]

    yield plug_in
    there = pactl(microphone, "list", "short", "modules").splitlines()
    for module in modules:
        if any(line.startswith(f"{module}\t") for line in there):
            pactl(microphone, "unload-module", module)


def reasons(session: Session) -> list[GapReason]:
    return [gap.reason for summary, _ in session.parts() for gap in summary.gaps]


def test_a_stream_that_the_system_moves_to_another_microphone_is_told(
    start: Start, playing: Witness, microphone: SoundServer, plugged_in: Callable[[str], str]
) -> None:
    plugged_in("other")
    session = start()
    last = session.until(lambda beat: beat.elapsed_ms > 1500)
    for source, moved in (("other.monitor", True), ("speech.monitor", False)):
        pactl(microphone, "move-source-output", stream_of(microphone, session.pid), source)
        last = session.until(
            lambda beat, moved=moved, last=last: (  # type: ignore[misc]
                (Trouble.DEVICE_CHANGED in beat.troubles) is moved and beat.elapsed_ms > last.elapsed_ms + 300
            )
        )
    session.finish()
    assert reasons(session).count(GapReason.CHANGED) == 2


def test_a_microphone_that_is_plugged_in_again_is_returned_to(
    start: Start, microphone: SoundServer, monkeypatch: pytest.MonkeyPatch, plugged_in: Callable[[str], str]
) -> None:
    usb = plugged_in("usb")
    pactl(microphone, "set-default-source", "usb.monitor")
    monkeypatch.delenv("PULSE_SOURCE")
    session = start()
    session.until(lambda beat: beat.elapsed_ms > 1500)
    pactl(microphone, "unload-module", usb)  # the server goes on with what it has, without a word
    session.until(lambda beat: Trouble.DEVICE_CHANGED in beat.troubles)
    plugged_in("usb")
    back = session.until(lambda beat: Trouble.DEVICE_CHANGED not in beat.troubles)
    session.until(lambda beat: beat.elapsed_ms > back.elapsed_ms + 500)
    session.finish()
    assert {GapReason.CHANGED, GapReason.DEVICE} <= set(reasons(session))


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL], ids=["hangs", "dies"])
def test_a_sound_server_that_is_gone_is_told_and_stop_still_stops(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    with tempfile.TemporaryDirectory(prefix="oh-own-") as place, sound_server.running(Path(place)) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        folder = tmp_path / "take"
        folder.mkdir()
        [keys] = ring.part_keys(INTERVIEW, 1)
        take = RecorderProcesses().start(RecorderOrder(folder, [keys], SoundFormat(), None, outlives_starter=False))
        beats = take.events()
        heard = next(beat for beat in beats if beat.elapsed_ms > 1000)
        os.kill(server.pid, how)
        gone = time.monotonic()
        try:
            next(beat for beat in beats if Trouble.DEVICE in beat.troubles)
            noticed = time.monotonic() - gone
            for _ in itertools.islice(beats, 30):  # heartbeats go on meanwhile
                pass
            take.stop()
            last = list(beats)[-1]
        finally:
            if how is signal.SIGSTOP:
                os.kill(server.pid, signal.SIGCONT)
        take.close()
    assert noticed <= NOTICED_WITHIN_S
    assert last.state == "finished"
    assert last.safe_ms == last.elapsed_ms >= heard.elapsed_ms
    with ring.open_part(INTERVIEW, folder / f"{keys.file_id}.oha") as part:
        assert part.summary().complete
        assert [gap.reason for gap in part.summary().gaps] == [GapReason.DEVICE]


def test_silence_is_noticed_within_three_seconds(start: Start) -> None:
    session = start()
    beat = session.until(lambda beat: Trouble.SILENT in beat.troubles)
    assert beat.elapsed_ms <= 3_000
    session.finish()


def test_two_windows_can_listen_and_the_slow_one_keeps_nobody_waiting(start: Start, playing: Witness) -> None:
    session = start()
    slow = session.take.events()
    next(slow)
    session.until(lambda beat: beat.elapsed_ms > 1500)
    session.finish()
    slow.close()  # type: ignore[attr-defined]
    assert coded_sound.unbroken(session.parts()[0][1])
    assert np.all(np.diff([beat.elapsed_ms for beat in session.beats]) >= 0)
