"""Finding what takes left behind: after Stop and after a crash the same road.

A take that nobody writes any more is brought home, every part is read and verified, what overlaps is cut, and it is filed. Sound
is never removed here (but what `coming_in` knows to be there twice, and a take that a person stopped before it began); empty
shells are.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from oralhistory.domain.interview import Interview, Recording, TakePurpose
from oralhistory.domain.ports import Recorders, Records
from oralhistory.domain.sound import GapReason, PartSummary
from oralhistory.errors import Damaged, MalformedInput, StorageFailed
from oralhistory.i18n import mark
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.recording import bringing_home, coming_in
from oralhistory.services.recording.coming_in import ComingIn
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.filing_takes import FoundPart, file_parts
from oralhistory.services.recording.recording_places import PlacesOfArchive, folders
from oralhistory.services.recording.take_notes import PartNotes
from oralhistory.services.recording.takes import TakeMemo, memo_key, memo_of

UNOPENED = mark("sound found that does not open")
UNSAID = mark("sound found that does not say what it is: kept apart, as a spoken consent is")
TAKEN_BACK = mark("a recording that began by itself was not wanted; nothing of it was kept")
BROUGHT_HOME = mark("sound brought back into the archive")


@dataclass(frozen=True, slots=True)
class Unopened:
    """A sealed file of an interview that is not filed, because nothing in it opens: damaged, or of another archive.

    `refused`: it may well open, but it came in from outside and no consent covers recording.
    """

    code: str
    file_id: str
    refused: bool = False


class Adopting:
    def __init__(self, archive: OpenArchive, recorders: Recorders, places: PlacesOfArchive) -> None:
        self._archive = archive
        self._recorders = recorders
        self._places = places

    def adopt(self) -> list[Recording]:
        """File every take that nobody is writing any more and that is not filed yet: after a crash, at unlock."""
        filed = []
        coming_in.sweep(self._archive)
        with self._archive.store.transaction() as records:
            known = records.recordings.ids() | _buried(records)
        reserves = self._places.reserves()
        for interview, take_id in self.takes():
            if self._has_news(interview, take_id, known, reserves) and not self.is_being_written(interview, take_id, reserves):
                # A key damaged in both its places, a newer version's part, a full disk: it is named, the other takes are filed.
                with suppress(Damaged, MalformedInput, StorageFailed):
                    filed += self.adopt_take(interview, take_id)
        return filed

    def takes(self) -> Iterator[tuple[Interview, str]]:
        """Every take that has a folder in the archive or in the reserve."""
        with self._archive.store.transaction() as records:
            interviews = records.interviews.all()
        kept: dict[str, list[Path]] = {}  # of thousands of interviews some have sound, and few have it elsewhere
        for root in self._roots():
            for name in folders(root):
                kept.setdefault(name, []).append(root / name)
        for interview in interviews:
            for take_id in dict.fromkeys(take for home in kept.get(interview.id, ()) for take in folders(home)):
                yield interview, take_id

    def _has_news(self, interview: Interview, take_id: str, known: set[str], reserves: list[Path]) -> bool:
        """Whether anything of the take is not filed, or it is an empty shell; tells it of hundreds of takes in no time."""
        parts = [part.stem for part in self.home(interview, take_id).glob("*.oha")]
        away = any((self._places.inside(root, interview) / take_id).exists() for root in reserves)
        return away or not parts or not known.issuperset(parts)

    def home(self, interview: Interview, take_id: str) -> Path:
        """The folder of a take, which need not be there."""
        return self._archive.folder / AUDIO / interview.id / take_id

    def is_being_written(self, interview: Interview, take_id: str, reserves: list[Path] | None = None) -> bool:
        """Whether a recorder, this window's or another's, still has its hand on the take. `reserves` if they are known."""
        roots = self._places.reserves() if reserves is None else reserves
        away = (self._places.inside(root, interview) / take_id for root in roots)
        return any(self._recorders.is_being_written(folder) for folder in (self.home(interview, take_id), *away))

    def being_written(self) -> Iterator[tuple[Interview, str]]:
        """Every take that some recorder has its hand on. Where there is none, no interview is read."""
        held = {
            (name, take)
            for root in self._roots()
            for name in folders(root)
            for take in folders(root / name)
            if self._recorders.is_being_written(root / name / take)
        }
        return ((interview, take) for interview, take in self.takes() if (interview.id, take) in held) if held else iter(())

    def _roots(self) -> tuple[Path, ...]:
        """The folders in which the interviews of this archive have their takes."""
        return (self._archive.folder / AUDIO, *map(self._places.of_archive, self._places.reserves()))

    def adopt_take(self, interview: Interview, take_id: str) -> list[Recording]:
        """Bring a take home, read every part that is not filed yet, verify it, and store it behind the earlier ones.

        Only for a take that has ended. Damaged (the interview's key), MalformedInput (a newer version recorded it),
        StorageFailed; the sound stays where it is.
        """
        archive, home = self._archive, self.home(interview, take_id)
        with archive.store.transaction() as records:
            coming = ComingIn.read(records, interview.id, take_id)
            known, buried = records.recordings.ids(), _buried(records)
            remembered = memo_of(records, take_id)
        if coming is not None:
            return [] if coming.session == archive.session else self._settle(interview, take_id, coming, known)
        memo = remembered or TakeMemo(TakePurpose.CONSENT, "", archive.clock().isoformat(), 0, ())
        with archive.store.transaction() as records:
            ensure_key(archive, records, interview)
        done = known | buried | set(memo.done)
        self._bring_home(interview, take_id, memo, done, buried)
        parts = [one for path in home.glob("*.oha") if path.stem not in done for one in self._read(interview, path)]
        parts = self._without_overlap(interview, sorted(parts, key=lambda one: memo.order(one.path)))
        if remembered is None and parts:  # the database was restored from a backup: the parts themselves say what they are
            memo = replace(memo, purpose=self._purpose(interview, take_id, parts))
        filed = file_parts(archive, interview, take_id, memo, parts)
        self._tidy(home, take_id, done | {one.file_id for one in parts})
        if filed:
            archive.announce(Changed.RECORDING, interview.code)
        return filed

    def _purpose(self, interview: Interview, take_id: str, parts: Sequence[FoundPart]) -> TakePurpose:
        """What a take says that it is. One that does not say is kept apart, as what must never leave: a spoken consent."""
        said, noted = [one.notes.purpose for one in parts if one.notes.purpose], f"unsaid:{take_id}"
        if not said:
            with self._archive.store.transaction() as records:
                if records.notes.get(noted) is None:  # filing may fail after this, and be tried again
                    records.notes.set(noted, interview.id)
                    self._archive.record_custody(records, interview, UNSAID, "kept apart", take_id)
        return said[0] if said else TakePurpose.CONSENT

    def remove(self, interview: Interview, take_id: str) -> None:
        """Remove a take that nobody wanted, with what was sealed of it, wherever that is."""
        with self._archive.store.transaction() as records:
            memo = memo_of(records, take_id)
        roots = [*self._places.reserves(memo.fallback if memo else ""), *([Path(memo.copy)] if memo and memo.copy else [])]
        for folder in (self.home(interview, take_id), *(self._places.inside(root, interview) / take_id for root in roots)):
            shutil.rmtree(folder, ignore_errors=True)
        with self._archive.store.transaction() as records:  # behind it: a kill in between leaves no sound to be filed
            records.notes.delete(memo_key(take_id))
            self._archive.record_custody(records, interview, TAKEN_BACK, "removed", take_id)

    def discard_empty(self, interview: Interview, take_id: str) -> None:
        """Remove the shell of a take that never began."""
        self._tidy(self.home(interview, take_id), take_id, set())

    def unopened(self) -> list[Unopened]:
        """What `adopt` could not file although there is something in it."""
        with self._archive.store.transaction() as records:
            known = records.recordings.ids() | _buried(records)
        return [
            Unopened(interview.code, path.stem, self._was_refused(interview, take_id))
            for interview, take_id in self.takes()
            for path in sorted(self.home(interview, take_id).glob("*.oha"))
            if path.stem not in known and self._should_be_filed(interview, take_id, path)
        ]

    def _should_be_filed(self, interview: Interview, take_id: str, path: Path) -> bool:
        if self.is_being_written(interview, take_id) or not self._archive.vault.holds_records(path):
            return False
        with self._archive.store.transaction() as records:
            memo = memo_of(records, take_id)
            coming = ComingIn.read(records, interview.id, take_id)
        return (coming is None or coming.refused) and not (memo and path.stem in memo.done)

    def _was_refused(self, interview: Interview, take_id: str) -> bool:
        with self._archive.store.transaction() as records:
            coming = ComingIn.read(records, interview.id, take_id)
        return coming is not None and coming.refused

    # --- what is on the disks

    def _bring_home(self, interview: Interview, take_id: str, memo: TakeMemo, done: set[str], buried: set[str]) -> None:
        home, came = self.home(interview, take_id), list[Path]()
        for root in self._places.reserves(memo.fallback):
            reserve = self._places.inside(root, interview) / take_id
            if reserve.is_dir():
                came += bringing_home.from_reserve(reserve, home, done, buried)
        if memo.copy:
            copy = self._places.inside(Path(memo.copy), interview) / take_id
            came += bringing_home.from_copy(copy, home, (one for one in memo.parts if one not in done))
        if came:
            with self._archive.store.transaction() as records:
                for part in came:
                    self._archive.record_custody(records, interview, BROUGHT_HOME, "done", part.stem)

    def _read(self, interview: Interview, path: Path) -> Iterator[FoundPart]:
        """The part at `path`, if there is anything in it."""
        try:
            part = self._archive.vault.open_part(interview.id, path)
        except Damaged:
            self._report(interview, path)
            return
        try:
            found = FoundPart(path, part.summary(), PartNotes.read(part.notes()))
        finally:
            part.close()
        if found.summary.frames or found.notes.notes:
            yield found
        elif found.summary.faults:
            self._report(interview, path)

    def _without_overlap(self, interview: Interview, parts: list[FoundPart]) -> list[FoundPart]:
        """A part that broke off on a disk that was gone may still hold what was written again into the next one.

        It is cut only where the next one surely holds all of it; otherwise something is heard twice rather than lost.
        """
        by_id = {one.file_id: one for one in parts}
        for later in parts:
            broken = by_id.get(later.notes.continues)
            if broken is None or broken.summary.complete:
                continue
            frames = later.notes.begins - broken.notes.begins
            again = broken.summary.frames - frames
            if not _holds(later.summary, again):
                continue
            if 0 <= frames < broken.summary.frames and frames % broken.summary.format.frames_per_record == 0:
                with suppress(OSError):
                    self._archive.vault.cut_part(interview.id, broken.path, frames)
                by_id |= {one.file_id: one for one in self._read(interview, broken.path)}
        return [by_id[one.file_id] for one in parts]

    def _report(self, interview: Interview, path: Path) -> None:
        """Put a part that cannot be filed on record, once; a part of which only headers reached the disk holds no sound."""
        archive, reported = self._archive, f"unopened:{path.stem}"
        if not archive.vault.holds_records(path):
            return
        with archive.store.transaction() as records:
            if records.notes.get(reported) is None:
                records.notes.set(reported, interview.id)
                archive.record_custody(records, interview, UNOPENED, "damaged", path.stem)

    def _tidy(self, home: Path, take_id: str, known: set[str]) -> None:
        """Remove parts of which only headers reached the disk, and the take's folder when no sound is in it."""
        try:
            for part in home.glob("*.oha"):
                part.stat()  # what a disk does not show is not taken for empty
                if part.stem not in known and not self._archive.vault.holds_records(part):
                    part.unlink()
            bringing_home.remove_empty(home)
        except OSError:
            return  # something else is in it, or the next unlock tries again
        if not home.exists():
            with self._archive.store.transaction() as records:
                records.notes.delete(memo_key(take_id))

    def _settle(self, interview: Interview, take_id: str, coming: ComingIn, known: set[str]) -> list[Recording]:
        """What an import that was killed, or that was running when this archive's backup was made, had sealed."""
        archive, home = self._archive, self.home(interview, take_id)
        with archive.store.transaction() as records:
            ensure_key(archive, records, interview)
        there = [path for path in sorted(home.glob(f"*{bringing_home.PART}")) if path.stem not in known]
        found = [one for path in there for one in self._read(interview, path)]
        unread = [path for path in there if path not in {one.path for one in found}]
        try:
            filed = coming_in.settle(archive, interview, home, coming, found, unread)
        except OSError:
            return []  # the next unlock tries again
        self._tidy(home, take_id, known | {one.id for one in filed})
        if filed:
            archive.announce(Changed.RECORDING, interview.code)
        return filed


def _buried(records: Records) -> set[str]:
    """What was removed for good: where it still lies, on a disk that could not be reached then, it is not filed again."""
    return {one.subject for one in records.destructions.tombstones()}


def _holds(summary: PartSummary, frames: int) -> bool:
    """Whether the first `frames` of a part are there, every one of them."""
    lost = (gap for gap in summary.gaps if gap.reason is GapReason.DAMAGED)
    return summary.frames >= frames and all(gap.frame >= frames for gap in lost)
