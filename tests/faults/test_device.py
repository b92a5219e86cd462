"""F9: devices that stop, hang, deliver nothing, or become another one. It is noticed in time, told, and kept as a gap."""

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from oralhistory.audio.steadiness import WINDOW_S
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import RecorderOrder, Trouble
from oralhistory.domain.sound import GapReason, SoundFormat
from oralhistory.vault import KeyRing
from oralhistory.workers.recording import RecorderProcesses
from tests.faults.conftest import INTERVIEW, Session
from tests.helpers import coded_sound, figures, sound_server
from tests.helpers.coded_sound import RATE, Witness
from tests.helpers.sound_server import SoundServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")

NOTICED_WITHIN_S = 1.0
SILENCE_WITHIN_MS = 3_000
Start = Callable[..., Session]


@pytest.mark.parametrize(
    "for_s", [1.0, pytest.param(3.0, marks=pytest.mark.full)], ids=["shortly", "until it is given up"]
)
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
    figures.keep("F9-stopped" + ("" if for_s < 2 else "-long"), whole=False, noticed_s=round(noticed - stopped, 3))
    assert summary.complete
    assert noticed - stopped <= NOTICED_WITHIN_S
    assert {gap.reason for gap in summary.gaps} == {GapReason.DEVICE}
    noted = sum(gap.lost_frames for gap in summary.gaps)
    assert abs(noted - (went_on - stopped) * RATE) < RATE / 2
    assert 0 < summary.gaps[0].frame < summary.frames
    assert session.beats[-1].lost_frames == noted
    assert session.beats[-1].missing_ms == noted * 1000 // RATE


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


@pytest.mark.full
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


@pytest.mark.parametrize(
    "how", [pytest.param(signal.SIGSTOP, marks=pytest.mark.full), signal.SIGKILL], ids=["hangs", "dies"]
)
def test_a_sound_server_that_is_gone_is_told_and_stop_still_stops(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    with tempfile.TemporaryDirectory(prefix="oh-own-") as place, sound_server.running(Path(place)) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        folder = tmp_path / "take"
        folder.mkdir()
        [keys] = ring.part_keys(INTERVIEW, 1)
        take = RecorderProcesses().start(
            RecorderOrder(folder, [keys], SoundFormat(), None, outlives_starter=False, purpose=TakePurpose.TESTIMONY)
        )
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
    figures.keep(f"F9-server-{how.name}", whole=False, noticed_s=round(noticed, 3))
    assert noticed <= NOTICED_WITHIN_S
    assert last.state == "finished"
    assert last.safe_ms == last.elapsed_ms >= heard.elapsed_ms
    with ring.open_part(INTERVIEW, folder / f"{keys.file_id}.oha") as part:
        assert part.summary().complete
        assert [gap.reason for gap in part.summary().gaps] == [GapReason.DEVICE]


def test_silence_is_noticed_within_three_seconds_and_kept_as_a_gap(
    start: Start, microphone: SoundServer, tmp_path: Path
) -> None:
    session = start()
    beat = session.until(lambda beat: Trouble.SILENT in beat.troubles)
    with microphone.play(coded_sound.write(tmp_path / "said.wav", seconds=5)) as said:
        session.until(lambda beat: Trouble.SILENT not in beat.troubles)
        session.finish()
        said.terminate()
    figures.keep("F9-silence", whole=False, noticed_ms=beat.elapsed_ms)
    assert beat.elapsed_ms <= SILENCE_WITHIN_MS
    [(summary, _)] = session.parts()
    [gap] = summary.gaps
    assert (gap.frame, gap.reason) == (0, GapReason.SILENT)
    assert gap.lost_frames >= RATE * 2.7


def test_a_recorder_that_stood_still_keeps_every_frame_or_says_which_are_missing(start: Start, playing: Witness) -> None:
    session = start()
    session.until(lambda beat: beat.elapsed_ms > 500)
    os.kill(session.pid, signal.SIGSTOP)
    threading.Event().wait(3.0)  # the fault itself: nobody could wait for anything
    os.kill(session.pid, signal.SIGCONT)
    went_on = playing.now()  # what waited comes at once: only time tells whether the rest comes too
    session.until(lambda beat: beat.lost_frames > 0 or playing.now() - went_on > WINDOW_S)
    session.finish()
    heard = np.concatenate([coded_sound.frames(pcm) for _, pcm in session.parts()])
    places = np.flatnonzero(heard >= 0)
    known = heard[places]
    assert (np.diff(known) > 0).all()
    missing = playing.between(known[0], known[-1]) - int(places[-1] - places[0])
    noted = session.beats[-1].lost_frames
    figures.keep("F9-overrun", whole=False, stood_still_s=3.0, missing_frames=missing, noted_frames=noted)
    assert abs(missing - noted) < RATE // 2  # what the server holds back longer than before is no loss, and looks like one
