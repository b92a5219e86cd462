"""Recording a take, and filing what takes left behind: after Stop and after a crash the same road.

The take is announced to the database before its first sample. When the recorder child is gone, every whole record it sealed
is read, verified and stored in one transaction.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from oralhistory.domain.interview import Interview, Mark, Recording, TakePurpose
from oralhistory.domain.ports import Device, Heartbeat, RecorderOrder, Recorders, SealedPart, Sound, Take
from oralhistory.domain.sound import PartSummary, SoundFormat
from oralhistory.domain.transcript import normalised
from oralhistory.errors import Damaged, WorkerFailed
from oralhistory.places import require_room
from oralhistory.services.consenting import require_recording
from oralhistory.services.filing import as_recording, ensure_key, file_recording, import_note, testimony
from oralhistory.services.opened import OpenArchive

PARTS_AHEAD = 32
"""The recorder child holds keys for this many parts and no more."""
LEAST_FREE_BYTES = 512 * 1024 * 1024
"""Recording does not begin below this: half an hour of two channels."""
AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class _TakeNote:
    """What the database knows of a take before it is filed."""

    purpose: TakePurpose
    device: str
    started_at: str
    starts_ms: int
    parts: tuple[str, ...]
    address: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "_TakeNote":
        fields = json.loads(text)
        return cls(**{**fields, "purpose": TakePurpose(fields["purpose"]), "parts": tuple(fields["parts"])})

    def order(self, path: Path) -> tuple[int, str]:
        """Parts in the order in which the recorder was told to use their keys."""
        known = path.stem in self.parts
        return (self.parts.index(path.stem) if known else len(self.parts), path.stem)


class RunningTake:
    """A take in hand. Letting go of it stops nothing; `file` stores it once it has ended."""

    def __init__(self, service: "RecordingService", interview: Interview, take_id: str, note: _TakeNote, take: Take):
        self.interview = interview
        self.purpose = note.purpose
        self._service = service
        self._take_id = take_id
        self._note = note
        self._take = take
        self._ended = False

    def events(self) -> Iterator[Heartbeat]:
        """Heartbeats until the take has ended. WorkerFailed when its recorder died: what it sealed can be filed."""
        try:
            yield from self._take.events()
        except WorkerFailed:
            self._ended = True
            raise
        self._ended = True

    def pause(self) -> None:
        self._take.pause()

    def resume(self) -> None:
        self._take.resume()

    def off_record(self) -> None:
        """Nothing is captured until `resume`; the gap says that the narrator asked for it."""
        self._take.off_record()

    def mark(self, elapsed_ms: int, word: str = "") -> None:
        """Mark a passage: stored at once, so a crash does not lose it."""
        self._take.mark(word)
        self._service.store_mark(self.interview, self._note.starts_ms + elapsed_ms, word)

    def stop(self) -> None:
        self._take.stop()

    def let_go(self) -> None:
        """Take the hands off: a take that was ordered to outlive its starter goes on, any other ends in order."""
        self._take.close()

    def file(self) -> list[Recording]:
        """Store what was recorded once `events` has ended; a take that still goes on is left alone (an empty list)."""
        if not self._ended and self._service.is_being_written(self.interview, self._take_id):
            return []
        return self._service.adopt_take(self.interview, self._take_id)


class RecordingService:
    def __init__(self, archive: OpenArchive, recorders: Recorders, sound: Sound) -> None:
        self._archive = archive
        self._recorders = recorders
        self._sound = sound

    def microphones(self) -> list[Device]:
        return self._sound.microphones()

    def start(
        self,
        code: str,
        *,
        device: str | None = None,
        channels: int = 1,
        purpose: TakePurpose = TakePurpose.TESTIMONY,
        outlives_starter: bool = False,
    ) -> RunningTake:
        """Begin a take. Testimony needs the consent on file; a spoken consent is what creates one and needs none."""
        archive = self._archive
        require_room(archive.folder, LEAST_FREE_BYTES)
        take_id = archive.new_id()
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            if purpose is TakePurpose.TESTIMONY:
                require_recording(archive, records, interview)
            ensure_key(archive, records, interview)
            begins = max((one.end_ms for one in testimony(records, interview)), default=0)
            keys = archive.vault.part_keys(interview.id, PARTS_AHEAD)
            parts = tuple(one.file_id for one in keys)
            note = _TakeNote(purpose, device or "", archive.clock().isoformat(), begins, parts)
            records.notes.set(_note_key(take_id), note.to_json())
            archive.record_custody(records, interview, f"recording started ({purpose.value})")
        folder = take_folder(archive.folder, interview, take_id)
        order = RecorderOrder(folder, keys, SoundFormat(channels=channels), device, outlives_starter)
        take = self._recorders.start(order)
        note = replace(note, address=take.address)
        try:
            with archive.store.transaction() as records:
                records.notes.set(_note_key(take_id), note.to_json())
        except BaseException:  # nobody would know how to stop it
            take.stop()
            take.close()
            raise
        return RunningTake(self, interview, take_id, note, take)

    def running(self) -> RunningTake | None:
        """The take that a recorder child is still writing (the window that started it is gone), taken in hand again."""
        for interview, take_id in self._takes_on_disk():
            with self._archive.store.transaction() as records:
                text = records.notes.get(_note_key(take_id))
            note = _TakeNote.from_json(text) if text else None
            take = self._recorders.reattach(note.address) if note and note.address else None
            if note and take:
                return RunningTake(self, interview, take_id, note, take)
        return None

    def adopt(self) -> list[Recording]:
        """File every take that nobody is writing any more and that is not filed yet: after a crash, at unlock."""
        found = []
        for interview, take_id in self._takes_on_disk():
            if not self.is_being_written(interview, take_id):
                found += self.adopt_take(interview, take_id)
        return found

    def adopt_take(self, interview: Interview, take_id: str) -> list[Recording]:
        """Read every part of a take that is not filed yet, verify it, and store it behind the earlier ones.

        Only for a take that has ended.
        """
        archive = self._archive
        folder = take_folder(archive.folder, interview, take_id)
        with archive.store.transaction() as records:
            if records.notes.get(import_note(take_id)):
                return []  # a file being brought in, or what a crash left of it: the file itself is still there
            known = records.recordings.ids()
            ensure_key(archive, records, interview)
            text = records.notes.get(_note_key(take_id))
        # A take that the database does not know (it was restored from a backup) is treated as testimony.
        note = (
            _TakeNote.from_json(text)
            if text
            else _TakeNote(TakePurpose.TESTIMONY, "", archive.clock().isoformat(), 0, ())
        )
        new = sorted(self._read_parts(interview, folder, known), key=lambda read: note.order(read[0]))
        filed: list[Recording] = []
        with archive.store.transaction() as records:
            for path, summary in new:
                recording = as_recording(
                    archive, interview, path, summary,
                    purpose=note.purpose, recorded_at=datetime.fromisoformat(note.started_at), device=note.device,
                )  # fmt: skip
                filed.append(file_recording(archive, records, interview, recording))
        if filed:
            archive.announce("recording", interview.code)
        return filed

    def _read_parts(self, interview: Interview, folder: Path, known: set[str]) -> Iterator[tuple[Path, PartSummary]]:
        for path in folder.glob("*.oha"):
            if path.stem in known:
                continue
            try:
                part: SealedPart = self._archive.vault.open_part(interview.id, path)
            except Damaged:
                continue  # a part whose both headers never reached the disk holds no record either
            try:
                summary = part.summary()
            finally:
                part.close()
            if summary.frames:
                yield path, summary

    def is_being_written(self, interview: Interview, take_id: str) -> bool:
        """Whether a recorder, this window's or another's, still has its hand on the take."""
        return self._recorders.is_being_written(take_folder(self._archive.folder, interview, take_id))

    def store_mark(self, interview: Interview, at_ms: int, word: str) -> None:
        with self._archive.store.transaction() as records:
            records.recordings.add_mark(Mark(interview.id, at_ms, normalised(word)))

    def _takes_on_disk(self) -> Iterator[tuple[Interview, str]]:
        with self._archive.store.transaction() as records:
            interviews = records.interviews.all()
        for interview in interviews:
            root = self._archive.folder / AUDIO / interview.id
            if root.is_dir():
                yield from ((interview, child.name) for child in sorted(root.iterdir()) if child.is_dir())


def take_folder(root: Path, interview: Interview, take_id: str) -> Path:
    """The folder of one take, made if it is missing."""
    folder = root / AUDIO / interview.id / take_id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _note_key(take_id: str) -> str:
    return f"take:{take_id}"
