"""A draft made while a real take goes on: it keeps up, is ready soon after Stop, and not one sample is lost to it."""

import itertools
import os
import sys
import threading
import time
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from oralhistory.audio import samples
from oralhistory.audio.resample import converted
from oralhistory.domain.consent import Stage
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Draft, Layer
from oralhistory.services.desk import Desk
from oralhistory.services.recording.takes import RunningTake
from tests.helpers import figures, leaks
from tests.helpers.archives import consent
from tests.helpers.kept_engine import NAME, drafting_desk
from tests.helpers.sound_server import SoundServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")
LARK = Path(__file__).resolve().parents[2] / "resources" / "demo" / "lark.flac"
STEREO = SoundFormat(channels=2)
RATE = STEREO.rate
LEAD_IN = RATE // 2
"""A player's first milliseconds may be swallowed by the sound server."""
LONGEST_WINDOW_MS = 32_000


def spoken(frames: int) -> NDArray[np.int32]:
    """Speech the fixture model knows, over and over, in 24 bits at 48 kHz."""
    found, rate = soundfile.read(LARK, dtype="float32")
    pcm = b"".join(converted(iter([samples.from_floats(found)]), SoundFormat(rate=rate), SoundFormat()))
    return np.resize(samples.widened(pcm) >> 8, frames)


def codes(frames: int) -> NDArray[np.int32]:
    """Noise at -60 dB, so faint that it disturbs nobody, in which every stretch is like no other."""
    return np.random.default_rng(7).integers(1, 8_192, frames, np.int32)


def write(path: Path, seconds: float) -> None:
    """Speech at the first microphone, codes at the second one."""
    frames = int(seconds * RATE)
    both = np.zeros((LEAD_IN + frames, 2), np.int32)
    both[LEAD_IN:, 0], both[LEAD_IN:, 1] = spoken(frames), codes(frames)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(3)
        file.setframerate(RATE)
        file.writeframes(samples.narrowed(both.ravel() << 8))


def at_the_second_microphone(desk: Desk, code: str) -> NDArray[np.int32]:
    with desk.listening.timeline(code) as timeline:
        pcm = b"".join(block for one in timeline.recordings for block in timeline.blocks(one))
    return (samples.widened(pcm) >> 8).reshape(-1, 2)[:, 1]


def follow(take: RunningTake, beat: threading.Event, live: object, seconds: float) -> int:
    """Until so much is recorded; the take's length in ms."""
    elapsed = 0
    for now in take.events():
        live.beat(now)  # type: ignore[attr-defined]
        elapsed = now.elapsed_ms
        if elapsed:
            beat.set()
        if elapsed >= seconds * 1000 and now.state == "recording":
            take.stop()
    return elapsed


@pytest.mark.full
@pytest.mark.alone
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seconds", [75, 600])
def test_a_draft_made_meanwhile_costs_no_sample(microphone: SoundServer, tmp_path: Path, seconds: int) -> None:
    write(tmp_path / "said.wav", seconds + 30)
    with drafting_desk(tmp_path) as desk:
        desk.models.use_by_default(NAME)
        code = desk.interviews.create(["ko"]).code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
        take = desk.recording.start(code, channels=2)
        live, made, running = desk.live_drafting.of(take), list[Draft | None](), threading.Event()
        drafting = threading.Thread(target=lambda: made.append(live.run(lambda: False)), name="live draft")
        drafting.start()
        player = threading.Thread(target=lambda: running.wait(60) and players.append(microphone.play(tmp_path / "said.wav")))
        players: list[object] = []
        player.start()
        elapsed = follow(take, running, live, seconds)
        player.join()
        priorities = [os.getpriority(os.PRIO_PROCESS, pid) for pid in leaks.children()]
        stopped = time.monotonic()
        [recording] = take.file()
        with desk.archive.store.transaction() as records:
            heard = [int(key.rpartition(":")[2]) for key in records.notes.keys("prepared:")]
        live.filed()
        drafting.join()
        ready_s = time.monotonic() - stopped
        players[0].terminate()  # type: ignore[attr-defined]
        players[0].wait()  # type: ignore[attr-defined]

        there = at_the_second_microphone(desk, code)
        began = int(np.flatnonzero(there)[0])
        first = int(there[began])
        wanted = codes(int((seconds + 30) * RATE))
        [at, *_] = [n for n in np.flatnonzero(wanted[:RATE] == first) if (there[began : began + 99] == wanted[n : n + 99]).all()]
        lost = int((there[began:] != wanted[at : at + len(there) - began]).sum())
        assert made and made[0] is not None and made[0].finished
        with desk.archive.store.transaction() as records:
            windows = records.transcripts.windows(made[0].id)
        behind_ms = elapsed - max((end for _, start, end in windows if start in heard), default=0)
        figures.keep(
            "live", whole=seconds == 600, seconds=seconds, lost_samples=lost, windows=len(windows),
            behind_ms=behind_ms, ready_s=round(ready_s, 1),
        )  # fmt: skip
        assert (lost, recording.gaps) == (0, ())
        assert max(priorities) == 19, "the engine gives way to everything"
        assert behind_ms <= 2 * LONGEST_WINDOW_MS, "a window was on its way, and the next one not yet there to its end"
        assert (windows[0][1], windows[-1][2]) == (0, recording.end_ms)
        assert all(one[2] == two[1] for one, two in itertools.pairwise(windows))
        said = desk.transcripts.segments(code, Layer.MACHINE)
        assert len(said) >= seconds / 15
        assert {one.speaker for one in said} <= {"S1", ""}
