"""Recording a take, and filing what takes left behind: after Stop and after a crash the same road.

The take is announced to the database before its first sample. When the recorder child is gone, every whole record it sealed
is read, verified and stored in one transaction.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from oralhistory.domain.interview import Interview, Mark, Recording, SealedRange, TakePurpose
from oralhistory.domain.ports import Device, RecorderOrder, Recorders, SealedPart, Sound
from oralhistory.domain.sound import PartSummary, SoundFormat
from oralhistory.errors import Damaged, DeviceFailed
from oralhistory.i18n import mark, tr
from oralhistory.places import require_room
from oralhistory.services.consenting import require_recording
from oralhistory.services.filing import as_recording, ensure_key, file_recording, import_note, testimony
from oralhistory.services.opened import OpenArchive
from oralhistory.services.takes import RunningTake, TakeMemo, memo_key

PARTS_AHEAD = 32
"""The recorder child holds keys for this many parts and no more."""
LEAST_FREE_BYTES = 512 * 1024 * 1024
"""Recording does not begin below this: half an hour of two channels."""
AUDIO = "audio"
BALLAST = "ballast"
"""A file in the folder of all sound that holds nothing and is given up when the disk is full."""
_FALLBACK_NOTE, _COPY_NOTE = "recording:fallback", "recording:copy"
UNOPENED = mark("sound found that does not open")


@dataclass(frozen=True, slots=True)
class RecordingPlaces:
    """Where a take goes beside its own folder.

    `fallback`: where it goes on when the archive's disk fails (None: the program's own choice). `copy`: a folder, perhaps on a
    stick, that gets the same sealed bytes while recording (None: no second copy).
    """

    fallback: Path | None = None
    copy: Path | None = None


@dataclass(frozen=True, slots=True)
class Unopened:
    """A sealed file of an interview that is not filed, because nothing in it opens: damaged, or of another archive."""

    code: str
    file_id: str


class RecordingService:
    def __init__(self, archive: OpenArchive, recorders: Recorders, sound: Sound, fallback: Path | None = None) -> None:
        """`fallback` is the folder where takes go on when an archive's disk fails, unless the archive says otherwise."""
        self._archive = archive
        self._recorders = recorders
        self._sound = sound
        self._fallback = fallback

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
        """Begin a take. Testimony needs the consent on file; a spoken consent is what creates one and needs none.

        NotAllowed, DeviceFailed and StorageFailed before anything of it stands on the disk.
        """
        archive = self._archive
        take_id = archive.new_id()
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            if purpose is TakePurpose.TESTIMONY:
                require_recording(archive, records, interview)
        self._require_microphone(device)
        require_room(archive.folder, LEAST_FREE_BYTES)
        with archive.store.transaction() as records:
            ensure_key(archive, records, interview)
            begins = max((one.end_ms for one in testimony(records, interview)), default=0)
            keys = archive.vault.part_keys(interview.id, PARTS_AHEAD)
            parts = tuple(one.file_id for one in keys)
            note = TakeMemo(purpose, device or "", archive.clock().isoformat(), begins, parts)
            records.notes.set(memo_key(take_id), note.to_json())
            archive.record_custody(records, interview, f"recording started ({purpose.value})")
        folder = take_folder(archive.folder, interview, take_id)
        places = self.places()
        inside = Path(archive.vault.archive_id) / interview.id / take_id
        order = RecorderOrder(
            folder, keys, SoundFormat(channels=channels), device, outlives_starter,
            fallbacks=[places.fallback / inside] if places.fallback else [],
            copy=places.copy / inside if places.copy else None,
            ballast=archive.folder / AUDIO / BALLAST,
        )  # fmt: skip
        take = self._recorders.start(order)
        note = replace(note, address=take.address)
        try:
            with archive.store.transaction() as records:
                records.notes.set(memo_key(take_id), note.to_json())
        except BaseException:  # nobody would know how to stop it
            take.stop()
            take.close()
            raise
        return RunningTake(self, interview, take_id, note, take)

    def running(self) -> RunningTake | None:
        """The take that a recorder child is still writing (the window that started it is gone), taken in hand again."""
        for interview, take_id in self._takes_on_disk():
            with self._archive.store.transaction() as records:
                text = records.notes.get(memo_key(take_id))
            note = TakeMemo.from_json(text) if text else None
            take = self._recorders.reattach(note.address) if note and note.address else None
            if note and take:
                return RunningTake(self, interview, take_id, note, take)
        return None

    def adopt(self) -> list[Recording]:
        """File every take that nobody is writing any more and that is not filed yet: after a crash, at unlock."""
        found = []
        for interview, take_id in self._takes_on_disk():
            if not self.is_being_written(interview, take_id):
                try:
                    found += self.adopt_take(interview, take_id)
                except Damaged:
                    continue  # the interview's key is damaged in both its places: a check names it, the other takes are filed
        return found

    def adopt_take(self, interview: Interview, take_id: str) -> list[Recording]:
        """Read every part of a take that is not filed yet, verify it, and store it behind the earlier ones.

        Only for a take that has ended.
        """
        archive = self._archive
        folder = take_folder(archive.folder, interview, take_id)
        with archive.store.transaction() as records:
            importing = records.notes.get(import_note(take_id))
            known = records.recordings.ids()
            ensure_key(archive, records, interview)
            text = records.notes.get(memo_key(take_id))
        if importing is not None:
            if importing != archive.session:
                self._clear_away(folder, import_note(take_id))
            return []
        # A take that the database does not know (it was restored from a backup) is treated as testimony.
        note = (
            TakeMemo.from_json(text)
            if text
            else TakeMemo(TakePurpose.TESTIMONY, "", archive.clock().isoformat(), 0, ())
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
                self._report(interview, path)
                continue
            try:
                summary = part.summary()
            finally:
                part.close()
            if summary.frames:
                yield path, summary
            elif summary.faults:
                self._report(interview, path)

    def unopened(self) -> list[Unopened]:
        """What `adopt` could not file although there is something in it."""
        with self._archive.store.transaction() as records:
            known = records.recordings.ids()
        return [
            Unopened(interview.code, path.stem)
            for interview, take_id in self._takes_on_disk()
            if not self.is_being_written(interview, take_id) and not self._is_coming_in(take_id)
            for path in sorted(take_folder(self._archive.folder, interview, take_id).glob("*.oha"))
            if path.stem not in known and self._archive.vault.holds_records(path)
        ]

    def _is_coming_in(self, take_id: str) -> bool:
        with self._archive.store.transaction() as records:
            return records.notes.get(import_note(take_id)) is not None

    def _report(self, interview: Interview, path: Path) -> None:
        """Put a part that cannot be filed on record, once; a part of which only headers reached the disk holds no sound."""
        archive, reported = self._archive, f"unopened:{path.stem}"
        if not archive.vault.holds_records(path):
            return
        with archive.store.transaction() as records:
            if records.notes.get(reported) is None:
                records.notes.set(reported, interview.id)
                archive.record_custody(records, interview, UNOPENED, "damaged", path.stem)

    def _clear_away(self, folder: Path, note: str) -> None:
        """What an import that was killed had sealed: the file it came from is still whole, and brings it in again."""
        try:
            shutil.rmtree(folder)
        except OSError:
            return  # the next unlock tries again
        with self._archive.store.transaction() as records:
            records.notes.delete(note)

    def is_being_written(self, interview: Interview, take_id: str) -> bool:
        """Whether a recorder, this window's or another's, still has its hand on the take."""
        return self._recorders.is_being_written(take_folder(self._archive.folder, interview, take_id))

    # --- what a person says while recording

    def store_mark(self, mark: Mark) -> None:
        with self._archive.store.transaction() as records:
            records.recordings.put_mark(mark)

    def store_sealed_range(self, sealed: SealedRange) -> None:
        with self._archive.store.transaction() as records:
            records.recordings.put_sealed_range(sealed)

    def end_sealing(self, interview: Interview, end_ms: int) -> None:
        """Passages of the interview that are sealed "from here on" end here."""
        with self._archive.store.transaction() as records:
            records.recordings.end_sealing(interview.id, end_ms)

    # --- where takes go

    def places(self) -> RecordingPlaces:
        """The folders in use beside the archive's own."""
        with self._archive.store.transaction() as records:
            fallback, copy = records.notes.get(_FALLBACK_NOTE), records.notes.get(_COPY_NOTE)
        return RecordingPlaces(Path(fallback) if fallback else self._fallback, Path(copy) if copy else None)

    def set_places(self, places: RecordingPlaces) -> None:
        """Use other folders from the next take on; a fallback of None goes back to the program's own choice."""
        with self._archive.store.transaction() as records:
            for note, folder in ((_FALLBACK_NOTE, places.fallback), (_COPY_NOTE, places.copy)):
                if folder is None:
                    records.notes.delete(note)
                else:
                    records.notes.set(note, str(folder.absolute()))

    def _require_microphone(self, device: str | None) -> None:
        """DeviceFailed when the microphone is not there."""
        found = self._sound.microphones()
        if not any(one.name == device if device else True for one in found):
            raise DeviceFailed(
                tr("There is no such microphone.") if device else tr("This machine has no microphone."),
                todo=tr("Plug it in, then choose it from the list of microphones."),
            )

    def _takes_on_disk(self) -> Iterator[tuple[Interview, str]]:
        with self._archive.store.transaction() as records:
            interviews = records.interviews.all()
        for interview in interviews:
            root = self._archive.folder / AUDIO / interview.id
            if root.is_dir():
                yield from ((interview, child.name) for child in sorted(root.iterdir()) if child.is_dir())


def is_recording(recorders: Recorders, root: Path) -> bool:
    """Whether some recorder, anybody's, writes a take of the archive in `root` right now; needs no key."""
    return any(recorders.is_being_written(take) for take in root.glob(f"{AUDIO}/*/*/"))


def take_folder(root: Path, interview: Interview, take_id: str) -> Path:
    """The folder of one take, made if it is missing."""
    folder = root / AUDIO / interview.id / take_id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
