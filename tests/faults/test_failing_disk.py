"""F7 and F8: disks that refuse, are full, or stall, under the real recorder.

No frame is lost, and the take goes on elsewhere within a second.
"""

import errno
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralhistory import durable
from oralhistory.audio.levels import levels
from oralhistory.domain import ports
from oralhistory.domain.consent import Stage
from oralhistory.domain.sound import SoundFormat
from oralhistory.services.recording.recording_places import RecordingPlaces
from oralhistory.vault import KeyRing, PartKeys, PartWriter, writer
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.outlined_part import OutlinedPart
from oralhistory.workers.parts import Parts
from oralhistory.workers.sealing import Sealing
from tests.faults.conftest import INTERVIEW, Session
from tests.helpers import coded_sound, figures
from tests.helpers.archives import consent, new_desk, open_desk
from tests.helpers.coded_sound import Witness
from tests.helpers.faulty_recorder import CALLS, SYNCS, Fault, FaultyOs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is PulseAudio's")

FALLBACK_WITHIN_S = 1.0
SMALL = SoundFormat(rate=2_000, channels=1, bits=24, frames_per_record=50)
Start = Callable[..., Session]


# --- F7: every write and sync of a short take


class Block:
    overrun, lost_frames, lost_back = False, 0, 0

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.frames = len(raw) // 3

    def pcm(self) -> bytes:
        return self.raw


class ShortTake:
    """Sound put into the real threads and the real writer, on a disk of which call number `first` fails."""

    def __init__(self, ring: KeyRing, place: Path, fault: Fault | None) -> None:
        self.ring, self.folders = ring, [place / "own", place / "reserve"]
        for folder in self.folders:
            folder.mkdir(parents=True)
        self.keys = ring.part_keys(INTERVIEW, 16)
        self.disk = FaultyOs(lambda: fault)
        self.opened: list[tuple[Path, float]] = []
        self.put = b""
        parts = Parts(self.folders, self.keys, self._open_part)
        self.sealing = Sealing(parts, Loudness(), levels)

    def _open_part(self, path: Path, keys: ports.PartKeys, sound: SoundFormat) -> OutlinedPart:
        assert isinstance(keys, PartKeys)
        made = OutlinedPart(PartWriter(path, keys, sound), None)
        self.opened.append((path, time.monotonic()))
        return made

    def run(self) -> None:
        chance = random.Random(5)
        self.sealing.start()
        self.sealing.do(lambda log: log.begin(SMALL, {}))
        for number in range(12):
            pcm = chance.randbytes(50 * 3)
            self.put += pcm
            self.sealing.put(Block(pcm))
            if number % 4 == 3:
                self.sealing.sync_soon()
                self.sealing.written(10)
        self.sealing.close()
        assert self.sealing.ended(60)

    def heard(self) -> bytes:
        sound = b""
        for keys, folder in itertools.product(self.keys, self.folders):
            path = folder / f"{keys.file_id}.oha"
            if path.exists():
                with self.ring.open_part(INTERVIEW, path) as part:
                    sound += part.read(0, part.frames)
        return sound

    def moved_on_after_s(self) -> float:
        """From the first failure to the next part that stands."""
        failed = self.disk.failed_at[0]
        return min((when - failed for _, when in self.opened if when > failed), default=0.0)


def fail_everywhere(ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> dict[str, float]:
    """Let every `step`-th call of a take fail, once and for ever, with a full disk and a broken one; what came of it."""

    def take(name: str, fault: Fault | None) -> ShortTake:
        made = ShortTake(ring, tmp_path / name, fault)
        monkeypatch.setattr(durable, "os", made.disk)
        monkeypatch.setattr(writer, "os", made.disk)
        made.run()
        return made

    whole = take("whole", Fault(str(tmp_path / "whole"), times=0))
    assert whole.heard() == whole.put
    tried, slowest = 0, 0.0
    for first, number, times in itertools.product(range(1, whole.disk.calls + 1, step), (errno.ENOSPC, errno.EIO), (1, None)):
        name = f"{first}-{number}-{times}"
        # For ever: the disk of the own folder is gone. Once: whichever it is.
        where = tmp_path / name / ("" if times else "own")
        failing = take(name, Fault(str(where), CALLS, number, first=first, times=times))
        assert failing.heard() == failing.put, name
        if failing.disk.calls < first:  # a busy machine puts more into one call, so that a take has fewer of them
            continue
        assert failing.disk.failed_at, name
        tried, slowest = tried + 1, max(slowest, failing.moved_on_after_s())
        shutil.rmtree(tmp_path / name)
    assert tried >= 3 * whole.disk.calls // step
    assert slowest <= FALLBACK_WITHIN_S
    return {"tried": tried, "lost_ms": 0, "fallback_s_at_most": round(slowest, 3)}


def test_some_writes_and_syncs_of_a_take_fail(ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures.keep("F7", whole=False, **fail_everywhere(ring, tmp_path, monkeypatch, step=5))


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_every_write_and_sync_of_a_take_fails(ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures.keep("F7", whole=True, **fail_everywhere(ring, tmp_path, monkeypatch, step=1))


# --- F7 and F8: the real recorder at a microphone


def lost_frames(session: Session, first: int = 0) -> int:
    """Of the coded sound between the first frame that was heard and the last one; every frame once and in order."""
    heard = [frame for _, pcm in session.parts() for frame in coded_sound.frames(pcm).tolist() if frame >= 0]
    assert heard == sorted(set(heard)), "a frame was kept twice, or out of order"
    return heard[-1] - heard[0] + 1 - len(heard) if heard else -1


@pytest.mark.parametrize(
    ("calls", "number"),
    [
        (SYNCS, errno.EIO),
        pytest.param(SYNCS, errno.ENOSPC, marks=pytest.mark.full),
        pytest.param(("write",), errno.EIO, marks=pytest.mark.full),
        pytest.param(("write",), errno.ENOSPC, marks=pytest.mark.full),
    ],
)
def test_a_disk_that_is_gone_for_good(
    start: Start, playing: Witness, tmp_path: Path, faults: Path, calls: tuple[str, ...], number: int
) -> None:
    session = start(fallbacks=[tmp_path / "reserve" / "take"])
    session.until(lambda beat: beat.elapsed_ms > 1200)
    Fault(str(session.folder), calls, number).put(faults)
    failed = time.monotonic()
    moved = session.until(lambda beat: beat.in_fallback)
    took = time.monotonic() - failed
    assert ports.Trouble.DISK_FAILING in moved.troubles
    session.until(lambda beat: beat.elapsed_ms > moved.elapsed_ms + 1000)
    session.finish()
    assert lost_frames(session) == 0
    assert len(session.files()) == 2
    # The failure is met at the next sync, half a second later at most.
    assert took <= FALLBACK_WITHIN_S + 0.5
    last = session.beats[-1]
    assert last.safe_ms == last.elapsed_ms


@pytest.mark.parametrize("seconds", [2.0, pytest.param(10.0, marks=pytest.mark.full)])
def test_a_disk_that_stalls_loses_nothing_and_holds_nobody_up(
    start: Start, playing: Witness, tmp_path: Path, faults: Path, seconds: float
) -> None:
    session = start(fallbacks=[tmp_path / "reserve"])
    session.until(lambda beat: beat.elapsed_ms > 1200)
    Fault(str(session.folder), CALLS, stall_s=seconds, times=2).put(faults)
    arrived = [time.monotonic()]
    session.until(lambda beat: bool(arrived.append(time.monotonic())) or beat.elapsed_ms - beat.safe_ms > seconds * 900)  # type: ignore[func-returns-value]
    session.until(lambda beat: bool(arrived.append(time.monotonic())) or beat.elapsed_ms - beat.safe_ms < 800)  # type: ignore[func-returns-value]
    session.finish()
    slowest = max(later - earlier for earlier, later in itertools.pairwise(arrived))
    lost = lost_frames(session)
    figures.keep("F8", whole=seconds >= 10, stall_s=seconds, lost_frames=lost, heartbeat_s_at_most=round(slowest, 3))
    assert lost == 0
    assert not any(beat.in_fallback for beat in session.beats)
    assert slowest < seconds, "a heartbeat waited for the disk"
    if seconds >= 10:
        assert any(ports.Trouble.DISK_WAITING in beat.troubles for beat in session.beats)


def test_a_take_whose_archive_failed_is_whole_when_the_archive_is_back(
    playing: Witness, tmp_path: Path, faults: Path
) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        desk.recording.set_places(RecordingPlaces(fallback=tmp_path / "reserve"))
        take = desk.recording.start(code)
        beats = take.events()
        next(beat for beat in beats if beat.elapsed_ms > 1000)
        Fault(str(tmp_path / "archive"), CALLS, errno.EIO).put(faults)
        moved = next(beat for beat in beats if beat.in_fallback)
        assert desk.recording.adopt() == [], "a take that goes on elsewhere was filed"
        take.mark("여기")
        next(beat for beat in beats if beat.elapsed_ms > moved.elapsed_ms + 1000)
        take.stop()
        list(beats)
        # The window is gone as well: nothing is filed here.
    with open_desk(tmp_path) as desk:
        first, second = desk.recording.adopt()
        assert (first.complete, second.complete) == (False, True)
        assert not list((tmp_path / "reserve").rglob("*.oha"))
        with desk.listening.timeline(code) as timeline:
            pcm = b"".join(block for one in timeline.recordings for block in timeline.blocks(one))
        assert coded_sound.unbroken(pcm)
        [mark] = desk.interviews.marks(code)
        assert first.end_ms < mark.at_ms < second.end_ms
        for one in (first, second):
            outline = desk.archive.vault.read_outline(one.interview_id, desk.archive.folder / one.path)
            assert outline is not None
            assert one.duration_ms - 1500 <= len(outline) * outline.ms_per_point <= one.duration_ms + 1500
            assert outline.level(len(outline) // 2) > 0.1
        assert desk.recording.missing() == []


# --- F7: a disk that is really full


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own with 700 MB, which takes no room itself."""
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("only root may mount a disk image")
    with tempfile.TemporaryDirectory(prefix="oh-disk-") as place:
        image, disk = Path(place) / "image", Path(place) / "disk"
        with image.open("wb") as file:
            file.truncate(700 << 20)
        disk.mkdir()
        subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", str(image)], check=True)
        mounted = subprocess.run(["mount", "-o", "loop", str(image), str(disk)], capture_output=True)
        if mounted.returncode:
            pytest.skip("this machine has no loop devices")
        try:
            yield disk
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> None:
    """Leave no block free."""
    descriptor = os.open(disk / "filler", os.O_CREAT | os.O_WRONLY)
    size = 0
    for piece in (1 << 20, 1 << 12):
        while True:
            try:
                os.posix_fallocate(descriptor, size, piece)
            except OSError:
                break
            size += piece
    os.close(descriptor)


@pytest.mark.parametrize("reserve", [True, False], ids=["with a reserve", "with the ballast alone"])
def test_a_disk_that_is_full(start: Start, playing: Witness, tmp_path: Path, small_disk: Path, reserve: bool) -> None:
    ballast = small_disk / "ballast"
    fallbacks = [tmp_path / "reserve"] if reserve else []
    session = start(folder=small_disk / "take", fallbacks=fallbacks, ballast=ballast)
    assert ballast.stat().st_blocks * 512 >= 64 << 20
    session.until(lambda beat: beat.elapsed_ms > 1000)
    fill(small_disk)
    full = session.until(lambda _: not ballast.exists())
    session.until(lambda beat: beat.elapsed_ms > full.elapsed_ms + 1500 and beat.elapsed_ms - beat.safe_ms < 800)
    session.finish()
    assert lost_frames(session) == 0
    assert any(ports.Trouble.DISK_LOW in beat.troubles or beat.in_fallback for beat in session.beats)
    assert any(beat.in_fallback for beat in session.beats) is reserve
