"""A take with a scripted microphone: what a device can do to it, and what a person asks of it."""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from oralhistory.audio.levels import levels
from oralhistory.domain import ports
from oralhistory.domain.sound import Gap, GapReason, PartSummary, SoundFormat
from oralhistory.errors import DeviceFailed, StorageFailed
from oralhistory.vault import Argon2Cost, KeyRing, PartKeys, PartWriter, create_archive_keys
from oralhistory.workers import capturing
from oralhistory.workers.capturing import Capturing
from oralhistory.workers.condition import Condition
from oralhistory.workers.loudness import Loudness
from oralhistory.workers.outlined_part import OutlinedPart
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
    lost_back: int = 0

    @property
    def frames(self) -> int:
        return len(self.raw) // 3

    def pcm(self) -> bytes:
        return self.raw


class Devices:
    """What is plugged in: a name and a format, or nothing. Time passes only when told."""

    def __init__(self) -> None:
        self.now = self.slept = 0.0
        self.there: SoundFormat | None = SOUND
        self.open: Microphone | None = None
        self.asked: list[str | None] = []
        self.said = b""
        self.opening, self.hangs = threading.Event(), threading.Event()
        """While set, opening or closing a microphone does not come back."""
        self._chance = random.Random(8)

    def clock(self) -> float:
        return self.now

    def __call__(self, name: str | None, deliver: Callable[[CapturedBlock], None], *, fresh: bool) -> "Microphone":
        self.asked.append(name)
        wait_while(self.opening)
        if self.there is None:
            raise DeviceFailed("gone")
        return Microphone(self, self.there, deliver)

    def say(self, seconds: float, overrun: int | None = None, *, passes: bool = True) -> None:
        """A block of noise; `passes` unless the time of it has passed already."""
        assert self.open is not None
        self.now += seconds if passes else 0
        self.deliver(self._chance.randbytes(3 * int(seconds * self.open.format.rate)), overrun)

    def deliver(self, pcm: bytes, overrun: int | None = None) -> None:
        assert self.open is not None
        self.said += pcm
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
        wait_while(self._devices.hangs)
        self._devices.open = None

    @property
    def quiet_for_s(self) -> float:
        return self._devices.now - self.heard_at


def wait_while(flag: threading.Event) -> None:
    while flag.is_set():
        threading.Event().wait(0.01)


class Session:
    def __init__(self, ring: KeyRing, folder: Path) -> None:
        folder.mkdir()
        self.ring, self.folder, self.devices = ring, folder, Devices()
        self.keys = ring.part_keys(INTERVIEW, 32)
        loudness = Loudness(self.devices.clock)
        self.sealing = Sealing(Parts([folder], self.keys, _open_part), loudness, levels)
        condition = Condition(self.sealing, loudness, Surroundings(lambda: folder), clock=self.devices.clock)
        self.capturing = Capturing(
            self.sealing, loudness, self.devices, None, self.devices.clock, lambda: self.devices.slept
        )
        self.taking = Taking(self.sealing, self.capturing, condition)
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

    def until(self, wanted: Callable[[], bool]) -> Iterator[None]:
        """Steps until it is so; the test's own time limit is the patience."""
        while not wanted():
            yield

    def trouble(self, what: str) -> bool:
        return what in self.beats[-1]["troubles"]  # type: ignore[operator]

    def parts(self) -> list[tuple[PartSummary, bytes]]:
        found = []
        for keys in self.keys:
            path = self.folder / f"{keys.file_id}.oha"
            if path.exists():
                with self.ring.open_part(INTERVIEW, path) as part:
                    found.append((part.summary(), part.read(0, part.frames)))
        return found


def _open_part(path: Path, keys: ports.PartKeys, sound: SoundFormat) -> OutlinedPart:
    assert isinstance(keys, PartKeys)
    return OutlinedPart(PartWriter(path, keys, sound), None)


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
        devices.now += 0.9
        yield
        assert session.trouble("device"), "not noticed within a second"
        devices.now += 1.6
        yield from session.until(lambda: devices.open is None)
        devices.now += 2.0
        yield
        assert session.trouble("device")
        devices.there = SOUND
        devices.now += 1.5
        yield from session.until(lambda: devices.open is not None)
        devices.say(0.5)
        yield from session.until(lambda: not session.trouble("device"))

    [(summary, pcm)] = session.play(script())
    assert summary.complete
    assert pcm == devices.said
    assert summary.gaps == (Gap(2_000, 12_000, GapReason.DEVICE),)
    assert session.beats[-1]["lost_frames"] == 12_000
    assert devices.asked[0] is None
    assert set(devices.asked[1:]) == {"USB microphone"}


def test_a_device_that_only_stumbles_goes_on_without_a_gap(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        devices.now += 1.2
        yield
        assert session.trouble("device")
        devices.say(1.2, passes=False)
        yield from session.until(lambda: not session.trouble("device"))

    [(summary, pcm)] = session.play(script())
    assert pcm == devices.said
    assert summary.gaps == ()
    assert len(devices.asked) == 1


def test_a_device_that_comes_back_with_another_rate_begins_a_new_part(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        devices.there = SoundFormat(rate=4_000, channels=1, bits=24, frames_per_record=400)
        before = devices.open
        devices.now += 2.5
        yield from session.until(lambda: devices.open not in (None, before))
        devices.say(1.0)
        yield

    (first, before), (second, after) = session.play(script())
    assert first.complete
    assert second.complete
    assert before + after == devices.said
    assert second.format.rate == 4_000
    assert second.gaps == (Gap(0, 10_000, GapReason.DEVICE),)
    assert session.beats[-1]["elapsed_ms"] == session.beats[-1]["safe_ms"] == 2_000
    assert session.beats[-1]["since_rest_ms"] == 2_000, "a new part is no pause"


def test_a_take_stopped_without_its_device_says_how_long_it_heard_nothing(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        devices.there = None
        devices.now += 4.0
        yield from session.until(lambda: devices.open is None)
        yield

    [(summary, pcm)] = session.play(script())
    assert summary.complete
    assert pcm == devices.said
    assert summary.gaps == (Gap(2_000, 8_000, GapReason.DEVICE),)


def test_a_machine_that_slept_begins_a_new_part_with_a_gap(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        before = devices.open
        devices.now += 3600
        devices.slept += 3600
        assert before is not None
        before.heard_at = devices.now  # a monotonic clock knows nothing of sleep
        yield from session.until(lambda: devices.open not in (None, before))
        devices.say(1.0)
        yield

    (first, before), (second, after) = session.play(script())
    assert (first.complete, first.gaps, second.complete) == (True, (), True)
    assert before + after == devices.said
    assert second.gaps == (Gap(0, 3600 * 2_000, GapReason.ASLEEP),)


@pytest.mark.parametrize("dead", ["zeros", "one block", "two blocks"])
def test_a_device_that_delivers_nothing_new_is_told_and_noted(session: Session, dead: str) -> None:
    devices = session.devices
    blocks = {"zeros": [bytes(600)], "one block": [b"abc" * 200], "two blocks": [b"abc" * 200, b"def" * 200]}[dead]

    def script() -> Iterator[None]:
        devices.say(1.0)
        yield
        for number in range(31):
            devices.now += 0.1
            devices.deliver(blocks[number % len(blocks)])
        yield from session.until(lambda: session.trouble("silent" if dead == "zeros" else "frozen"))
        devices.say(0.5)
        yield from session.until(lambda: not (session.trouble("silent") or session.trouble("frozen")))

    [(summary, pcm)] = session.play(script())
    assert pcm == devices.said
    [gap] = summary.gaps
    heard_once = len(blocks) if dead != "zeros" else 0  # nobody can know of a block that it will be repeated
    assert gap == Gap(2_000 + 200 * heard_once, 200 * (31 - heard_once), GapReason.SILENT)


def test_nothing_is_let_in_while_off_the_record_even_from_a_device_that_hangs(session: Session) -> None:
    devices = session.devices

    def script() -> Iterator[None]:
        devices.say(0.5)
        devices.hangs.set()
        held = devices.open
        assert held is not None
        assert session.taking.obey({"order": "off_record"}) == {}
        said = devices.said
        held.deliver(Block(b"not for the archive..." * 30))
        devices.hangs.clear()
        yield from session.until(lambda: devices.open is None)
        assert devices.said == said
        assert session.taking.obey({"order": "resume"}) == {}
        devices.say(0.5)
        yield

    (first, before), (second, after) = session.play(script())
    assert before + after == devices.said
    assert [one.reason for one in (*first.gaps, *second.gaps)] == [GapReason.OFF_THE_RECORD]


def test_a_microphone_that_opens_too_late_is_not_listened_to(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    devices = session.devices
    monkeypatch.setattr(capturing, "OPENS_WITHIN_S", 0.3)

    def script() -> Iterator[None]:
        devices.say(0.5)
        assert session.taking.obey({"order": "pause"}) == {}
        devices.opening.set()
        assert session.taking.obey({"order": "resume"})["error"] == DeviceFailed.code
        devices.opening.clear()
        yield from session.until(lambda: len(devices.asked) == 2 and devices.open is None)
        yield
        assert session.beats[-1]["state"] == "paused"

    [(summary, pcm)] = session.play(script())
    assert pcm == devices.said
    assert summary.complete


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
    assert session.trouble("overrun")


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
    assert (session.beats[-1]["elapsed_ms"], session.beats[-1]["since_rest_ms"]) == (1_000, 500)


def test_a_mark_nobody_can_encode_does_not_end_the_take(session: Session) -> None:
    def script() -> Iterator[None]:
        session.devices.say(0.5)
        session.taking.obey(
            {"order": "note", "kind": "mark", "id": "0" * 32, "words": "half \ud800 \x01 a word\n" * 20}
        )
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


def test_silence_and_a_muted_microphone_are_told_from_a_voice() -> None:
    now = 0.0
    loudness = Loudness(lambda: now)

    def hear(*peaks: float, seconds: float = 3.0) -> Loudness:
        nonlocal now
        loudness.hear(peaks)
        loudness.start()
        for _ in range(round(seconds * 10)):
            now += 0.1
            loudness.hear(peaks)
        return loudness

    assert hear(0.0).silent
    assert hear(0.0009).silent
    assert not hear(0.0042).silent
    assert not hear(0.0, seconds=2.6).silent
    assert not hear(0.2, 0.0, seconds=9.0).channel_silent
    assert hear(0.2, 0.0, seconds=11.0).channel_silent
    assert not loudness.silent
    assert not hear(0.0, 0.0, seconds=11.0).channel_silent
    assert not loudness.clipping
    assert hear(0.2, 1.0).clipping
