"""A take with a scripted microphone: what a device can do to it, and what a person asks of it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from oralhistory.audio import samples
from oralhistory.domain import ports
from oralhistory.domain.sound import Gap, GapReason, PartSummary, SoundFormat
from oralhistory.errors import DeviceFailed, StorageFailed
from oralhistory.vault import Argon2Cost, KeyRing, PartKeys, PartWriter, create_archive_keys
from oralhistory.workers.condition import Condition
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.parts import Parts
from oralhistory.workers.sealing import CapturedBlock, Sealing
from oralhistory.workers.surroundings import Surroundings
from oralhistory.workers.taking import Taking

INTERVIEW = "0123456789abcdef0123456789abcdef"
SOUND = SoundFormat(rate=2_000, channels=1, bits=24, frames_per_record=200)


@dataclass
class Block:
    raw: bytes
    overrun: bool = False
    lost_frames: int = 0

    @property
    def frames(self) -> int:
        return len(self.raw) // 3

    def pcm(self) -> bytes:
        return self.raw


class Devices:
    """What is plugged in: a name and a format, or nothing. Time passes only when told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.there: SoundFormat | None = SOUND
        self.open: Microphone | None = None
        self.asked: list[str | None] = []
        self.said = b""
        self._chance = random.Random(8)

    def clock(self) -> float:
        return self.now

    def __call__(self, name: str | None, deliver: Callable[[CapturedBlock], None], *, fresh: bool) -> "Microphone":
        self.asked.append(name)
        if self.there is None:
            raise DeviceFailed("gone")
        return Microphone(self, self.there, deliver)

    def say(self, seconds: float, overrun: int | None = None) -> None:
        assert self.open is not None
        pcm = self._chance.randbytes(3 * int(seconds * self.open.format.rate))
        self.said += pcm
        self.now += seconds
        self.open.heard_at = self.now
        self.open.delivered = True
        self.open.deliver(Block(pcm, overrun is not None, overrun or 0))


class Microphone:
    name = "USB microphone"
    latency_s = 0.0

    def __init__(self, devices: Devices, sound: SoundFormat, deliver: Callable[[CapturedBlock], None]) -> None:
        self.format = sound
        self.deliver = deliver
        self.delivered = False
        self.heard_at = devices.now
        self._devices = devices

    def start(self) -> None:
        self._devices.open = self

    def close(self) -> None:
        self._devices.open = None

    @property
    def quiet_for_s(self) -> float:
        return self._devices.now - self.heard_at


class Session:
    def __init__(self, ring: KeyRing, folder: Path) -> None:
        folder.mkdir()
        self.ring, self.folder, self.devices = ring, folder, Devices()
        self.keys = ring.part_keys(INTERVIEW, 32)
        loudness = Loudness(samples.peaks, self.devices.clock)
        self.sealing = Sealing(Parts([folder], self.keys, _open_part), loudness)
        condition = Condition(self.sealing, loudness, Surroundings(lambda: folder), self.devices.clock)
        self.taking = Taking(self.sealing, loudness, condition, self.devices, None, self.devices.clock)
        self.beats: list[dict[str, object]] = []
        self.script: Iterator[None] = iter(())

    def play(self, script: Iterator[None]) -> list[tuple[PartSummary, bytes]]:
        """Run the take, a step of `script` at every heartbeat, then stop it; the parts it left."""
        self.script = script
        self.taking.start()
        self.taking.run(self._step)
        return self.parts()

    def _step(self, beat: dict[str, object]) -> None:
        self.beats.append(beat)
        if next(self.script, self) is self:
            self.taking.ask_to_stop()

    def parts(self) -> list[tuple[PartSummary, bytes]]:
        found = []
        for keys in self.keys:
            path = self.folder / f"{keys.file_id}.oha"
            if path.exists():
                with self.ring.open_part(INTERVIEW, path) as part:
                    found.append((part.summary(), part.read(0, part.frames)))
        return found


def _open_part(path: Path, keys: ports.PartKeys, sound: SoundFormat) -> PartWriter:
    assert isinstance(keys, PartKeys)
    return PartWriter(path, keys, sound)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    ring, _ = create_archive_keys(tmp_path / "archive", "하나 둘 셋", Argon2Cost(64, 1, 1), "KIM")
    ring.create_interview_key(INTERVIEW)
    yield Session(ring, tmp_path / "take")
    ring.close()


def test_a_device_that_stops_and_comes_back_leaves_a_gap_of_its_length(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        devices.there = None
        devices.now += 1.5
        yield
        devices.now += 3.0
        yield
        assert "device" in session.beats[-1]["troubles"]  # type: ignore[operator]
        devices.there = SOUND
        devices.now += 1.5
        yield
        devices.say(0.5)
        yield
        yield
        assert "device" not in session.beats[-1]["troubles"]  # type: ignore[operator]

    [(summary, pcm)] = session.play(script())
    assert summary.complete
    assert pcm == devices.said
    assert summary.gaps == (Gap(2_000, 12_000, GapReason.DEVICE),)
    assert session.beats[-1]["lost_frames"] == 12_000
    assert devices.asked[0] is None
    assert set(devices.asked[1:]) == {"USB microphone"}


def test_a_device_that_comes_back_with_another_rate_begins_a_new_part(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        devices.there = SoundFormat(rate=4_000, channels=1, bits=24, frames_per_record=400)
        devices.now += 2.0
        yield
        yield
        devices.say(1.0)
        yield

    (first, before), (second, after) = session.play(script())
    assert first.complete
    assert second.complete
    assert before + after == devices.said
    assert second.format.rate == 4_000
    assert second.gaps == (Gap(0, 8_000, GapReason.DEVICE),)
    assert session.beats[-1]["elapsed_ms"] == session.beats[-1]["safe_ms"] == 2_000


def test_a_take_stopped_without_its_device_says_how_long_it_heard_nothing(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        devices.there = None
        devices.now += 4.0
        yield
        yield

    [(summary, pcm)] = session.play(script())
    assert summary.complete
    assert pcm == devices.said
    assert summary.gaps == (Gap(2_000, 8_000, GapReason.DEVICE),)


def test_an_overrun_is_noted_where_it_happened(session: Session) -> None:
    def script() -> Iterator[None]:
        session.devices.say(0.5)
        session.devices.say(0.5, overrun=33)
        session.devices.say(0.25)
        yield
        yield

    [(summary, pcm)] = session.play(script())
    assert pcm == session.devices.said
    assert summary.gaps == (Gap(1_000, 33, GapReason.OVERRUN),)
    assert "overrun" in session.beats[-1]["troubles"]  # type: ignore[operator]


def test_resuming_without_a_microphone_says_so_and_stays_paused(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(0.5)
        assert session.taking.obey({"order": "pause"}) == {}
        assert devices.open is None
        yield
        devices.there = None
        assert session.taking.obey({"order": "resume"})["error"] == DeviceFailed.code
        yield
        assert session.beats[-1]["state"] == "paused"
        devices.there = SOUND
        devices.now += 2.0
        assert session.taking.obey({"order": "resume"}) == {}
        devices.say(0.5)
        yield

    (first, _), (second, _) = session.play(script())
    assert first.complete
    assert second.complete
    assert second.gaps == (Gap(0, 4_000, GapReason.PAUSED),)


def test_a_mark_nobody_can_encode_does_not_end_the_take(session: Session) -> None:
    def script() -> Iterator[None]:
        session.devices.say(0.5)
        session.taking.obey({"order": "note", "kind": "mark", "id": "0" * 32, "words": "half \ud800 \x01 a word\n" * 20})
        yield
        session.devices.say(0.5)
        yield

    ((summary, pcm),) = session.play(script())
    assert summary.complete
    assert pcm == session.devices.said


def test_a_take_does_not_begin_where_nothing_can_be_written(session: Session) -> None:
    session.folder.rmdir()
    with pytest.raises(StorageFailed):
        session.taking.start()
    assert session.devices.open is None


def test_silence_a_muted_microphone_and_a_stuck_one_are_told_from_a_voice() -> None:
    now = 0.0
    loudness = Loudness(samples.peaks, lambda: now)

    def silent_after(blocks: list[bytes]) -> bool:
        nonlocal now
        loudness.start()
        for block in blocks:
            now += 0.1
            loudness.hear(block, 1)
        return loudness.silent

    def noise(peak: float, seed: int) -> bytes:
        chance = random.Random(seed)
        numbers = [int(chance.uniform(-peak, peak) * (1 << 23)) for _ in range(50)]
        return b"".join(number.to_bytes(3, "little", signed=True) for number in numbers)

    assert silent_after([bytes(150)] * 31)
    assert silent_after([noise(0.0009, seed) for seed in range(31)])
    assert not silent_after([noise(0.3, 1)] * 32)
    assert loudness.frozen
    assert not silent_after([noise(0.3, seed % 5) for seed in range(40)])
    assert loudness.frozen
    assert not silent_after([noise(0.0042, seed) for seed in range(31)])
    assert not silent_after([bytes(150)] * 27)
