"""What takes leave behind, and takes that begin badly; the recorder itself is tried in tests/faults."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import TakeNote
from oralhistory.domain.ports import Device, Heartbeat, RecorderOrder
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.recording import RecordingService
from tests.helpers.archives import consent, new_desk

SOUND = SoundFormat()


def left_behind(desk: Desk, code: str) -> None:
    """A take of 100 ms whose recorder died."""
    interview = desk.interviews.card(code).interview.id
    [keys] = desk.archive.vault.part_keys(interview, 1)
    folder = desk.archive.folder / AUDIO / interview / desk.archive.new_id()
    folder.mkdir(parents=True)
    part = desk.archive.vault.create_part(folder / f"{keys.file_id}.oha", keys, SOUND)
    part.append(bytes(SOUND.frames_per_record * SOUND.bytes_per_frame))
    part.abandon()


@pytest.mark.parametrize("damage", [b"", b"\0" * 61, None])
def test_a_take_is_found_although_its_key_file_is_damaged_or_lost(tmp_path: Path, damage: bytes | None) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        left_behind(desk, code)
        key = desk.archive.folder / "keys" / f"{desk.interviews.card(code).interview.id}.key"
        whole = key.read_bytes()
        if damage is None:
            key.unlink()
        else:
            key.write_bytes(damage)
        assert [one.duration_ms for one in desk.recording.adopt()] == [100]
        assert key.read_bytes() == whole


class HeldTake:
    """A recorder in hand that only remembers what it was told."""

    address = "somewhere"

    def __init__(self) -> None:
        self.told: list[str] = []

    def events(self) -> Iterator[Heartbeat]:
        return iter(())

    def pause(self) -> None:
        self.told.append("pause")

    def resume(self) -> None:
        self.told.append("resume")

    def off_record(self) -> None:
        self.told.append("off_record")

    def note(self, note: TakeNote) -> tuple[int, int]:
        self.told.append(note.kind.value)
        return 0, 0

    def stop(self) -> None:
        self.told.append("stop")

    def close(self) -> None:
        self.told.append("close")


class OneRecorder:
    """Starts the take, after which the archive's disk is full."""

    def __init__(self, desk: Desk) -> None:
        self.take = HeldTake()
        self.service = RecordingService(replace(desk.archive, store=self), self, self)  # type: ignore[arg-type]
        self._store = desk.archive.store
        self._full = False

    def transaction(self) -> object:
        if self._full:
            raise StorageFailed("full")
        return self._store.transaction()

    def microphones(self) -> list[Device]:
        return [Device("any", 1, True)]

    def start(self, order: RecorderOrder) -> HeldTake:
        self._full = True
        return self.take

    def reattach(self, address: str) -> None:
        return None

    def is_being_written(self, folder: Path) -> bool:
        return False


def test_a_take_that_nobody_could_find_again_is_not_left_running(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        recorder = OneRecorder(desk)
        with pytest.raises(StorageFailed):
            recorder.service.start(code, outlives_starter=True)
        assert recorder.take.told == ["stop", "close"]
