"""A recorder that a test plays: it gets real orders and seals real parts with the keys it was given, and does what it is told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oralhistory.domain.interview import NoteKind, TakeNote
from oralhistory.domain.ports import Device, Heartbeat, Listened, MicrophoneTest, PartKeys, RecorderOrder
from oralhistory.domain.sound import SoundFormat
from oralhistory.services.desk import Desk
from oralhistory.services.recording.recording import RecordingService

RECORD_MS = 100


@dataclass
class ScriptedTake:
    """A take in hand whose heartbeats and clock are the test's."""

    order: RecorderOrder
    address: str = "somewhere"
    now_ms: int = 0
    told: list[str] = field(default_factory=list)
    notes: list[TakeNote] = field(default_factory=list)
    beats: list[Heartbeat] = field(default_factory=list)
    ends: Exception | None = None
    """Raised when the heartbeats are over: nobody said that the take was."""
    gone: Exception | None = None
    """Raised when something is noted: nobody hears it."""

    def events(self) -> Iterator[Heartbeat]:
        yield from self.beats
        if self.ends:
            raise self.ends

    def note(self, note: TakeNote) -> tuple[int, int]:
        if self.gone:
            raise self.gone
        self.notes.append(note)
        at = self.now_ms if note.at_ms is None else note.at_ms
        return at - note.back_ms, at

    def pause(self) -> None:
        self.told.append("pause")

    def resume(self) -> None:
        self.told.append("resume")

    def off_record(self) -> None:
        self.told.append("off_record")

    def stop(self) -> None:
        self.told.append("stop")

    def close(self) -> None:
        self.told.append("close")


class ScriptedRecorders:
    """`writing` are folders some recorder has its hand on."""

    def __init__(self, *devices: Device) -> None:
        self.takes: list[ScriptedTake] = []
        self.writing: set[Path] = set()
        self.fails: Exception | None = None
        self._devices = list(devices)

    def microphones(self) -> list[Device]:
        return self._devices

    def start(self, order: RecorderOrder) -> ScriptedTake:
        if self.fails:
            raise self.fails
        self.takes.append(ScriptedTake(order))
        return self.takes[-1]

    def reattach(self, address: str) -> ScriptedTake | None:
        return next((one for one in self.takes if one.address == address), None)

    def wish_to_stop(self, folder: Path) -> None:
        self.writing.discard(folder)

    def cannot_be_told(self, folder: Path) -> bool:
        return False

    def is_being_written(self, folder: Path) -> bool:
        return folder in self.writing

    def listen(
        self, device: str | None, sound: SoundFormat, seconds: float, listened: Listened, cancelled: Callable[[], bool]
    ) -> MicrophoneTest:
        raise AssertionError("nobody asked for a test")


def service(desk: Desk, recorders: ScriptedRecorders, fallback: Path | None = None) -> RecordingService:
    """The recording service of a desk with this recorder in place of the real one."""
    return RecordingService(desk.archive, recorders, recorders, fallback)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Said:
    """A note in a part's log, after so many records of sound."""

    records: int
    kind: NoteKind
    words: str = ""
    back_ms: int = 0
    note_id: str = ""


def seal_part(
    desk: Desk,
    folder: Path,
    keys: PartKeys,
    sound: SoundFormat,
    records: list[bytes],
    *said: Said,
    finish: bool = True,
    about: dict[str, Any] | None = None,
) -> Path:
    """One part of a take as its recorder leaves it: sound record by record, notes between them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{keys.file_id}.oha"
    writer: Any = desk.archive.vault.create_part(path, keys, sound)
    writer.meta(json.dumps({"begins": 0, **(about or {})}).encode())
    for number in range(len(records) + 1):
        for one in said:
            if one.records == number:
                note_id = one.note_id or f"{abs(hash(one)):032x}"[:32]
                note = {"note": note_id, "kind": one.kind.value, "words": one.words, "back_ms": one.back_ms,
                        "until_back_ms": 0, "frame": number * sound.frames_per_record}  # fmt: skip
                writer.meta(json.dumps(note, ensure_ascii=False).encode())
        if number < len(records):
            writer.append(records[number])
    if finish:
        writer.finish()
    else:
        writer.abandon()
    return path


