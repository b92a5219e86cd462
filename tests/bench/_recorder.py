"""What the recorder child takes of the machine: processor and memory at 48 kHz, 24 bit, two channels, at a virtual microphone."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import RecorderOrder
from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import Argon2Cost, KeyRing, create_archive_keys
from oralhistory.workers.recording import RecorderProcesses
from tests.helpers import coded_sound, leaks, sound_server

STEREO = SoundFormat(channels=2)
INTERVIEW = "0123456789abcdef0123456789abcdef"
_WARM_UP_MS = 3_000


def measure(seconds: float = 60.0) -> dict[str, Any]:
    """Figures of a take of so many seconds, once without and once with a second copy; none where there is no virtual microphone.

    Processor time is that of the recorder with its helpers, as a share of one core; memory the most it ever had.
    """
    if sys.platform != "linux" or sound_server.missing():
        return {}
    with tempfile.TemporaryDirectory(prefix="oh-sound-") as folder, sound_server.running(Path(folder)) as server:
        os.environ.update(server.env)
        found: dict[str, Any] = {"recorder_seconds": seconds}
        for copy in (False, True):
            told = "_with_copy" if copy else ""
            found |= {f"{name}{told}": value for name, value in _take(server, seconds, copy=copy).items()}
    return found


def _take(server: sound_server.SoundServer, seconds: float, *, copy: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as place, _ring(Path(place)) as ring:
        folder = Path(place) / "take"
        folder.mkdir()
        before = leaks.children()
        sound = coded_sound.write(Path(place) / "coded.wav", seconds=seconds + 30)
        order = RecorderOrder(
            folder, ring.part_keys(INTERVIEW, 32), STEREO, None, outlives_starter=False, purpose=TakePurpose.TESTIMONY,
            copy=Path(place) / "stick" if copy else None, ballast=Path(place) / "ballast",
        )  # fmt: skip
        with server.play(sound) as player:
            take = RecorderProcesses().start(order)
            [recorder] = leaks.children() - before - {player.pid}
            worked, began, lost = 0.0, 0.0, 0
            for beat in take.events():
                if beat.elapsed_ms >= _WARM_UP_MS and not began:
                    worked, began = _processor_s(recorder), time.monotonic()
                if beat.elapsed_ms >= _WARM_UP_MS + seconds * 1000:
                    break
            share = (_processor_s(recorder) - worked) / (time.monotonic() - began)
            status, rollup = _kib(recorder, "status", "VmHWM"), _kib(recorder, "smaps_rollup", "Pss")
            take.stop()
            for beat in take.events():
                lost = beat.lost_frames
            take.close()
            player.terminate()
    return {
        "recorder_cpu_percent": share * 100,
        "recorder_peak_rss_mb": status / 1024,
        "recorder_pss_mb": rollup / 1024,
        "recorder_lost_frames": lost,
    }


@contextmanager
def _ring(folder: Path) -> Iterator[KeyRing]:
    ring, _ = create_archive_keys(folder / "archive", "하나 둘 셋", Argon2Cost(64, 1, 1), "KIM")
    ring.create_interview_key(INTERVIEW)
    yield ring
    ring.close()


def _processor_s(process: int) -> float:
    """Of a process and the children it has waited for."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _kib(process: int, file: str, name: str) -> int:
    for line in Path(f"/proc/{process}/{file}").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)
