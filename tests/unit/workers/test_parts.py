"""Parts under failing disks: whatever fails and whenever, the parts that stand on the disk hold every frame once."""

import errno
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralhistory.domain import ports
from oralhistory.domain.sound import Gap, GapReason, PartSummary, SoundFormat
from oralhistory.vault import Argon2Cost, KeyRing, PartKeys, PartWriter, create_archive_keys
from oralhistory.workers.part_entries import SealedWriter
from oralhistory.workers.parts import Parts
from oralhistory.workers.take_log import TakeLog

INTERVIEW = "0123456789abcdef0123456789abcdef"
SOUND = SoundFormat(rate=2_000, channels=1, bits=24, frames_per_record=50)


class Disk:
    """Decides which of the writes and syncs of all parts fail."""

    def __init__(self, fails: Callable[[int, Path], bool], number: int = errno.ENOSPC) -> None:
        self.operations = 0
        self._fails = fails
        self._errno = number

    def check(self, path: Path) -> None:
        self.operations += 1
        if self._fails(self.operations, path):
            raise OSError(self._errno, "the disk refuses")

    def open(self, path: Path, keys: ports.PartKeys, sound: SoundFormat) -> SealedWriter:
        assert isinstance(keys, PartKeys)
        return FailingWriter(PartWriter(path, keys, sound), self)


class FailingWriter:
    """A part on a disk that may fail; like the real one, it takes nothing after a failure."""

    def __init__(self, writer: PartWriter, disk: Disk) -> None:
        self._writer = writer
        self._disk = disk
        self._failed = False

    def _try(self) -> None:
        if self._failed:
            raise OSError(errno.EIO, "failed before")
        try:
            self._disk.check(self._writer.path)
        except OSError:
            self._failed = True
            raise

    @property
    def size(self) -> int:
        return self._writer.size

    def append(self, pcm: bytes, outline: bytes) -> None:
        self._try()
        self._writer.append(pcm)

    def gap(self, gap: Gap) -> None:
        self._try()
        self._writer.gap(gap)

    def meta(self, note: bytes) -> None:
        self._try()
        self._writer.meta(note)

    def sync(self) -> int:
        self._try()
        return self._writer.sync()

    def finish(self) -> PartSummary:
        try:
            self._try()
        except OSError:
            self._writer.abandon()
            raise
        return self._writer.finish()

    def abandon(self) -> None:
        self._writer.abandon()


@pytest.fixture
def ring(tmp_path: Path) -> Iterator[KeyRing]:
    made, _ = create_archive_keys(tmp_path / "archive", "하나 둘 셋", Argon2Cost(64, 1, 1), "KIM")
    made.create_interview_key(INTERVIEW)
    yield made
    made.close()


class Take:
    """Parts in two folders with an own clock, and what was put into them."""

    def __init__(self, ring: KeyRing, folders: list[Path], disk: Disk, roll_at: int = 1 << 30) -> None:
        self.ring, self.folders, self.now = ring, folders, 0.0
        self.free = 1 << 40
        self.keys = ring.part_keys(INTERVIEW, 32)
        self.full: list[Path] = []
        self.parts = Parts(
            folders, self.keys, disk.open, clock=lambda: self.now, free_bytes=lambda _: self.free, on_full=self.full.append
        )
        self.log = TakeLog(self.parts, roll_at=roll_at)
        self.put = b""

    def record(self, blocks: int, seed: int = 3) -> None:
        chance = random.Random(seed)
        for number in range(blocks):
            pcm = chance.randbytes(20 * SOUND.bytes_per_frame)
            self.put += pcm
            self.log.sound(pcm)
            self.parts.tend()
            if number % 7 == 6:
                self.parts.sync()

    def close(self) -> None:
        self.log.close()
        self.parts.tend()

    def settle(self) -> None:
        """Let time pass until everything is safe; at most ten minutes."""
        for _ in range(600):
            if self.parts.all_safe:
                return
            self.now += 1
            self.parts.tend()
            self.parts.sync()
        raise AssertionError("never safe")

    def on_disk(self) -> list[tuple[PartSummary, bytes]]:
        """The parts in the order of their keys: what their reader says, and their sound."""
        found = []
        for keys in self.keys:
            for folder in self.folders:
                path = folder / f"{keys.file_id}.oha"
                if path.exists():
                    with self.ring.open_part(INTERVIEW, path) as part:
                        found.append((part.summary(), part.read(0, part.frames)))
        return found

    def heard(self) -> bytes:
        return b"".join(pcm for _, pcm in self.on_disk())


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "first", tmp_path / "second"]
    for folder in made:
        folder.mkdir()
    return made


def test_a_take_without_faults_is_one_complete_part(ring: KeyRing, folders: list[Path]) -> None:
    take = Take(ring, folders, Disk(lambda *_: False))
    take.log.begin(SOUND, {"device": "test"})
    take.record(23)
    take.log.lost(GapReason.OVERRUN, 12)
    take.record(3)
    take.close()
    assert take.parts.all_safe
    assert take.heard() == take.put
    [(summary, _)] = take.on_disk()
    assert summary.complete
    assert summary.gaps == (Gap(23 * 20, 12, GapReason.OVERRUN),)
    assert take.log.elapsed_ms == take.parts.safe_ms == 26 * 20 * 1000 // SOUND.rate


@pytest.mark.parametrize("alone", [False, True], ids=["with a second folder", "with one folder"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_one_failure_anywhere_loses_nothing(ring: KeyRing, folders: list[Path], alone: bool, number: int) -> None:
    places = folders[:1] if alone else folders
    whole = Disk(lambda *_: False)
    take = Take(ring, places, whole)
    take.log.begin(SOUND, {})
    take.record(30)
    take.close()
    for fatal in range(1, whole.operations + 1):
        place = [one / f"{number}-{fatal}" for one in places]
        for one in place:
            one.mkdir()
        failing = Take(ring, place, Disk(lambda count, _, fatal=fatal: count == fatal, number))  # type: ignore[misc]
        failing.log.begin(SOUND, {})
        failing.record(30)
        failing.close()
        failing.settle()
        assert failing.heard() == failing.put, f"operation {fatal}"
        assert failing.on_disk()[-1][0].complete


def test_a_folder_that_fails_for_ever_is_left_for_the_other_one(ring: KeyRing, folders: list[Path]) -> None:
    take = Take(ring, folders, Disk(lambda count, path: count > 9 and path.parent == folders[0], errno.EIO))
    take.log.begin(SOUND, {})
    take.record(60)
    assert not take.parts.failing  # at once, without waiting for the clock
    take.close()
    take.settle()
    assert take.heard() == take.put
    assert len(list(folders[1].glob("*.oha"))) == 1


def test_a_take_that_ends_while_another_thread_cuts_is_cut_when_it_has_ended(
    ring: KeyRing, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Take(ring, folders, Disk(lambda count, path: count > 5 and path.parent == folders[0], errno.EIO))
    take.log.begin(SOUND, {})
    take.record(13)  # a sync after seven
    heard = []

    def truncate(path: Path, size: int) -> None:
        """The syncing thread is about to cut, and the writing one ends the take."""
        monkeypatch.undo()
        take.close()
        assert take.parts.all_safe
        heard.append(take.heard())
        os.truncate(path, size)

    monkeypatch.setattr("oralhistory.workers.parts.os.truncate", truncate)
    take.parts.sync()
    assert heard == [take.put]
    assert take.heard() == take.put


def test_while_no_disk_takes_it_the_sound_waits_in_memory(ring: KeyRing, folders: list[Path]) -> None:
    full = True
    take = Take(ring, folders, Disk(lambda count, _: full and count > 9))
    take.log.begin(SOUND, {})
    for _ in range(100):
        take.record(5)
        take.now += 0.5
    assert take.parts.failing
    full = False
    take.record(5)
    take.close()
    take.settle()
    assert take.heard() == take.put


def test_no_key_is_spent_on_a_disk_without_room(ring: KeyRing, folders: list[Path]) -> None:
    full = False
    take = Take(ring, folders, Disk(lambda *_: full))
    take.log.begin(SOUND, {})
    take.record(9)
    full, take.free = True, 0
    for _ in range(100):
        take.record(2)
        take.now += 60
    assert len(take.on_disk()) == 1
    full, take.free = False, 1 << 40
    take.close()
    take.settle()
    assert take.heard() == take.put
    assert len(take.on_disk()) == 2


def test_marks_and_gaps_survive_a_failure_at_their_place(ring: KeyRing, folders: list[Path]) -> None:
    notes: list[dict[str, object]] = []

    class Watching(Disk):
        def open(self, path: Path, keys: ports.PartKeys, sound: SoundFormat) -> SealedWriter:
            writer = super().open(path, keys, sound)
            meta = writer.meta

            def kept(note: bytes) -> None:
                meta(note)
                notes.append(json.loads(note))

            writer.meta = kept  # type: ignore[method-assign]
            return writer

    failing = False
    take = Take(ring, folders, Watching(lambda *_: failing))
    take.log.begin(SOUND, {"device": "test"})
    take.record(10)
    take.parts.sync()
    take.record(5)
    take.log.note({"mark": "어머니"})
    take.log.lost(GapReason.DEVICE, 77)
    take.parts.tend()
    failing = True
    take.record(3)
    failing = False
    take.close()
    take.settle()
    assert take.heard() == take.put
    first, second = take.on_disk()
    reached = first[0].frames
    assert second[0].gaps == (Gap(15 * 20 - reached, 77, GapReason.DEVICE),)
    assert notes[-1] == {"mark": "어머니", "frame": 15 * 20 - reached}
    assert notes[-2] == {"device": "test", "continues": take.keys[0].file_id, "begins": reached}


def test_a_failure_when_all_sound_is_safe_keeps_the_frames_right(ring: KeyRing, folders: list[Path]) -> None:
    failing = False
    take = Take(ring, folders, Disk(lambda *_: failing))
    take.log.begin(SOUND, {})
    take.record(5)
    take.parts.sync()
    failing = True
    take.log.lost(GapReason.DEVICE, 9)
    take.parts.tend()
    failing = False
    take.now += 10
    take.record(10)
    take.log.lost(GapReason.OVERRUN, 4)
    take.close()
    take.settle()
    assert take.heard() == take.put
    first, second = take.on_disk()
    assert (first[0].frames, first[0].gaps) == (100, ())
    assert second[0].gaps == (Gap(0, 9, GapReason.DEVICE), Gap(200, 4, GapReason.OVERRUN))


def test_a_part_rolls_when_it_is_full_without_losing_a_frame(ring: KeyRing, folders: list[Path]) -> None:
    take = Take(ring, folders, Disk(lambda *_: False), roll_at=8 << 10)
    take.log.begin(SOUND, {})
    take.record(400)
    take.close()
    assert take.heard() == take.put
    assert len(take.on_disk()) > 2
    assert all(summary.complete for summary, _ in take.on_disk())


def test_pauses_never_use_up_the_last_keys(ring: KeyRing, folders: list[Path]) -> None:
    take = Take(ring, folders, Disk(lambda *_: False))
    take.log.begin(SOUND, {})
    take.record(2)
    for _ in range(60):
        take.log.end()
        take.log.begin(SOUND, {})
        take.log.lost(GapReason.PAUSED, 100)
        take.record(3)
    take.close()
    assert take.heard() == take.put
    assert sum(len(summary.gaps) for summary, _ in take.on_disk()) == 60
    assert len(take.on_disk()) < len(take.keys)
