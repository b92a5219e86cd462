"""A recorder child in front of the tests' own microphone, and what it left on the disk."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import Heartbeat, RecorderOrder
from oralhistory.domain.sound import PartSummary, SoundFormat
from oralhistory.vault import Argon2Cost, KeyRing, PartKeys, create_archive_keys
from oralhistory.workers import host
from oralhistory.workers.recording import RecorderProcesses, RecorderTake
from tests.helpers import coded_sound, leaks, power_cut
from tests.helpers.coded_sound import Witness
from tests.helpers.power_cut import Disk
from tests.helpers.sound_server import SoundServer

INTERVIEW = "0123456789abcdef0123456789abcdef"


@dataclass
class Session:
    """A take begun by the real recorder; `pid` is its process, `elsewhere` where it may go on."""

    ring: KeyRing
    folder: Path
    keys: list[PartKeys]
    take: RecorderTake
    pid: int
    elsewhere: tuple[Path, ...] = ()
    beats: list[Heartbeat] = field(default_factory=list)

    def until(self, wanted: Callable[[Heartbeat], bool]) -> Heartbeat:
        """Listen until a heartbeat is as wanted."""
        events = self.take.events()
        try:
            for beat in events:
                self.beats.append(beat)
                if wanted(beat):
                    return beat
        finally:
            events.close()  # type: ignore[attr-defined]
        raise AssertionError("the take ended before")

    def finish(self) -> None:
        """Stop and listen to the end."""
        self.take.stop()
        self.beats.extend(self.take.events())

    def parts(self) -> list[tuple[PartSummary, bytes]]:
        """What the reader says of each part on the disk, in the order of their keys, and its sound."""
        found = []
        for path in self.files():
            with self.ring.open_part(INTERVIEW, path) as part:
                found.append((part.summary(), part.read(0, part.frames)))
        return found

    def files(self) -> list[Path]:
        """The parts on the disk, in the order of their keys."""
        names = [f"{keys.file_id}.oha" for keys in self.keys]
        places = [folder / name for name in names for folder in (self.folder, *self.elsewhere)]
        return [path for path in places if path.exists()]


@pytest.fixture
def ring(tmp_path: Path) -> Iterator[KeyRing]:
    made, _ = create_archive_keys(tmp_path / "archive", "하나 둘 셋", Argon2Cost(64, 1, 1), "KIM")
    made.create_interview_key(INTERVIEW)
    yield made
    made.close()


@pytest.fixture
def microphone(sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> SoundServer:
    """What children of this process hear."""
    for name, value in sound_server.env.items():
        if os.environ.get(name) != value:
            monkeypatch.setenv(name, value)
    return sound_server


@pytest.fixture
def start(ring: KeyRing, microphone: SoundServer, tmp_path: Path) -> Iterator[Callable[..., Session]]:
    begun: list[Session] = []

    def started(device: str | None = None, folder: Path | None = None, **more: Any) -> Session:
        folder = folder or tmp_path / f"take{len(begun)}"
        folder.mkdir()
        keys = ring.part_keys(INTERVIEW, 32)
        before = leaks.children()
        order = RecorderOrder(folder, keys, SoundFormat(), device, outlives_starter=False, purpose=TakePurpose.TESTIMONY, **more)
        take = RecorderProcesses().start(order)
        [pid] = leaks.children() - before
        begun.append(Session(ring, folder, keys, take, pid, tuple(order.fallbacks)))
        return begun[-1]

    yield started
    for session in begun:
        session.take.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk whose power can be cut."""
    lacking = power_cut.missing()
    if lacking:
        pytest.skip(f"power cuts need {lacking}")
    mounted = ExitStack()
    try:
        made = mounted.enter_context(power_cut.disk(tmp_path))
    except RuntimeError as unable:
        pytest.skip(f"power cuts: {unable}")
    with mounted:
        yield made


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Coded sound for longer than a test lasts."""
    return coded_sound.write(tmp_path_factory.mktemp("coded") / "coded.wav", seconds=150)


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a `Fault` is put for the recorders that are started from now on."""
    place = tmp_path / "faults"
    place.mkdir()
    monkeypatch.setattr(host, "command", lambda _name: [sys.executable, "-m", "tests.helpers.faulty_recorder", str(place)])
    return place


@pytest.fixture
def playing(microphone: SoundServer, coded: Path) -> Iterator[Witness]:
    """Coded sound in the air, and somebody who knows which frame is when."""
    with microphone.play(coded) as player, coded_sound.witness(microphone.env) as witness:
        witness.wait()
        yield witness
        player.terminate()
