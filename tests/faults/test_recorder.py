"""The real recorder at a real (virtual) microphone: stopped, killed, paused, orphaned. Nothing that was said is lost."""

import hashlib
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from oralhistory.domain.interview import NoteKind, TakeNote
from oralhistory.domain.sound import GapReason
from oralhistory.errors import DeviceFailed, OutOfReach, WorkerFailed
from oralhistory.vault import KeyRing
from oralhistory.workers.recording import RecorderProcesses
from oralhistory.workers.transcribing import WhisperEngines
from tests.faults.conftest import INTERVIEW, Session
from tests.helpers import coded_sound, figures, leaks
from tests.helpers.coded_sound import RATE, Witness
from tests.helpers.sound_server import SoundServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")

MOST_LOST_MS = 250
MEDIAN_LOST_MS = 120
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


def keep_lost(lost: list[float], *, whole: bool) -> None:
    median, most = round(statistics.median(lost), 1), round(max(lost), 1)
    figures.keep("F1", whole=whole, kills=len(lost), median_ms=median, max_ms=most, wrong_samples=0)


def test_a_killed_recorder_loses_less_than_a_word(start: Start, playing: Witness) -> None:
    lost = kill_at_random_moments(start, playing, 3)
    keep_lost(lost, whole=False)
    assert max(lost) <= MOST_LOST_MS


@pytest.mark.full
@pytest.mark.timeout(600)
def test_twenty_killed_recorders(start: Start, playing: Witness) -> None:
    lost = kill_at_random_moments(start, playing, 20)
    keep_lost(lost, whole=True)
    assert max(lost) <= MOST_LOST_MS
    assert statistics.median(lost) <= MEDIAN_LOST_MS


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
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import RecorderOrder
from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import PartKeys
from oralhistory.workers.recording import RecorderProcesses
told = json.loads(sys.stdin.readline())
keys = [PartKeys.from_json(one) for one in told["keys"]]
order = RecorderOrder(Path(told["folder"]), keys, SoundFormat(), None, told["outlives"], TakePurpose.TESTIMONY)
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


def test_two_windows_can_listen_and_the_slow_one_keeps_nobody_waiting(start: Start, playing: Witness) -> None:
    session = start()
    slow = session.take.events()
    next(slow)
    session.until(lambda beat: beat.elapsed_ms > 1500)
    session.finish()
    slow.close()  # type: ignore[attr-defined]
    assert coded_sound.unbroken(session.parts()[0][1])
    assert np.all(np.diff([beat.elapsed_ms for beat in session.beats]) >= 0)


@pytest.mark.full
def test_a_recorder_whose_process_stands_still_is_no_dead_one(start: Start, playing: Witness) -> None:
    session = start()
    before = session.until(lambda beat: beat.elapsed_ms > 300)
    os.kill(session.pid, signal.SIGSTOP)
    try:
        with pytest.raises(OutOfReach):
            session.until(lambda _: False)
        assert RecorderProcesses().is_being_written(session.folder)
    finally:
        os.kill(session.pid, signal.SIGCONT)
    session.until(lambda beat: beat.elapsed_ms > before.elapsed_ms + 300)
    session.finish()
    assert session.parts()[-1][0].complete


@pytest.mark.full
@pytest.mark.timeout(300)
def test_a_transcriber_that_is_killed_at_its_work(start: Start, playing: Witness, fixture_model: Path) -> None:
    session = start()
    session.until(lambda beat: beat.elapsed_ms > 500)
    others = leaks.children()
    checksum = hashlib.sha256(fixture_model.read_bytes()).hexdigest()
    with WhisperEngines(fixture_model.parent / "unused").open(fixture_model, checksum, "whisper") as engine:
        [transcriber] = leaks.children() - others
        killer = threading.Timer(1.0, os.kill, (transcriber, signal.SIGKILL))
        killer.start()
        with pytest.raises(WorkerFailed):
            while True:
                engine.window(bytes(4 * 16_000 * 30), ("ko",), "")
        killer.join()
    last = session.until(lambda _: True).elapsed_ms
    session.until(lambda beat: beat.elapsed_ms > last + 1000)
    session.finish()
    [(summary, pcm)] = session.parts()
    figures.keep("F2-transcriber", whole=True, lost_ms=0, recorded_ms=session.beats[-1].elapsed_ms)
    assert summary.gaps == ()
    assert coded_sound.unbroken(pcm)
