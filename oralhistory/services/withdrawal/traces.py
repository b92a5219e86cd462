"""Where something of an interview may lie beside its row in the database, and how each place is rid of it.

What destroying and taking minutes out have in common: takes and their second copies, old copies of the database and of key
lists, attached backups. Each can be repeated after an interruption. Sealed files whose key is gone are removed and not
overwritten: hours of sound, and nothing to be read in it.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from oralhistory import paths
from oralhistory.domain.backup import concerns, is_id
from oralhistory.domain.destruction import Account, FormerBackup, Recall
from oralhistory.domain.earlier import EARLIER_FOLDER
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Medium, Records
from oralhistory.errors import Damaged, InUse, MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.archive.renewing import renew_keys
from oralhistory.services.backup.backing_up import BackingUp, BackupStanding
from oralhistory.services.backup.backup_folder import DATABASE, SLOTS
from oralhistory.services.progress import Progress
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.takes import TakeMemo, memo_of
from oralhistory.services.release.own_bags import kept_here

_LIVE = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", SLOTS}
"""What belongs to the open database and the key slots; everything else beside them is a copy of before."""
_COPIES = (f"{DATABASE}.", f"{DATABASE}-", f"{SLOTS}.")


class Traces:
    def __init__(
        self, archive: OpenArchive, medium: Medium, recording: RecordingService, backing_up: BackingUp
    ) -> None:
        self._archive = archive
        self._medium = medium
        self._recording = recording
        self._backing_up = backing_up

    @property
    def place(self) -> str:
        """What tells this folder from one that an archive was copied or restored to."""
        folder = self._archive.folder
        return f"{folder.resolve()} {folder.stat().st_ino}"

    # --- takes

    def folder(self, interview_id: str) -> Path:
        """Where the sealed sound of an interview lies."""
        return self._archive.folder / AUDIO / interview_id

    def takes(self, records: Records, interview_id: str) -> list[str]:
        """Every take of the interview: filed ones, and those that only have a folder."""
        folder = self.folder(interview_id)
        folders = [one.name for one in folder.iterdir() if one.is_dir()] if folder.is_dir() else []
        return sorted({*folders, *(one.take_id for one in records.recordings.of(interview_id))})

    def memos(self, records: Records, interview_id: str) -> dict[str, TakeMemo]:
        """What the database knows of them, by their ids."""
        known = {take: memo_of(records, take) for take in self.takes(records, interview_id)}
        return {take: memo for take, memo in known.items() if memo is not None}

    def refuse_while_recording(self, interview: Interview, takes: Iterable[str]) -> None:
        """InUse."""
        if any(self._recording.is_being_written(interview, take) for take in takes):
            raise InUse(
                tr("Interview {code} is being recorded.", code=interview.code),
                safe=tr("Nothing was destroyed."),
                todo=tr("Stop the recording first."),
            )

    def parts_elsewhere(self, interview_id: str, memos: Iterable[TakeMemo]) -> list[Path]:
        """Every sealed part of the interview in the folders outside the archive. Opens a transaction of its own."""
        folders = (self._inside(place, interview_id) for place in self._places(memos))
        return [part for folder in folders for part in sorted(folder.rglob("*.oha"))]

    def elsewhere(self, interview_id: str, memos: Iterable[TakeMemo], told: Account) -> Account:
        """Empty the folders outside the archive that takes went to. Opens a transaction of its own."""
        reached, unreached = list(told.elsewhere), list(told.unreached)
        for place in self._places(memos):
            folder = self._inside(place, interview_id)
            if folder.is_dir():
                try:
                    self._medium.remove(folder)
                except StorageFailed:  # a stick that takes nothing keeps no words of the interview alive: its key is gone
                    unreached.append(str(place))
                else:
                    reached.append(str(place))
            elif not place.is_dir() and place != paths.reserve_folder():  # the program's own is made when it is needed
                unreached.append(str(place))
        return replace(told, elsewhere=tuple(dict.fromkeys(reached)), unreached=tuple(dict.fromkeys(unreached)))

    def _inside(self, place: Path, interview_id: str) -> Path:
        return place / self._archive.vault.archive_id / interview_id

    def _places(self, memos: Iterable[TakeMemo]) -> list[Path]:
        """Folders outside the archive that its takes may have gone to, then or now."""
        now = self._recording.places()
        then = [Path(one) for memo in memos for one in (memo.fallback, memo.copy) if one]
        return list(dict.fromkeys(one for one in (now.fallback, now.copy, *then) if one is not None))

    # --- the database and its copies

    def out_of_pages(self, told: Account) -> Account:
        """Rebuild the database: what was deleted stands in no free page of it any more."""
        self._archive.store.compact()
        return told

    def under_new_keys(self, told: Account) -> Account:
        """No list of keys that somebody copied leads to anything any more."""
        renew_keys(self._archive)
        return told

    def old_copies(self) -> list[Path]:
        """What the archive's folder holds of earlier databases and key lists."""
        folder = self._archive.folder
        beside = [one for one in folder.iterdir() if one.name.startswith(_COPIES) and one.name not in _LIVE]
        earlier = folder / EARLIER_FOLDER
        return sorted(one for one in [*beside, *(earlier.iterdir() if earlier.is_dir() else ())] if one.is_file())

    def without_copies(self, told: Account) -> Account:
        """Destroy them. Those of before a newer version of the program went with the key of the database already."""
        left = self.old_copies()
        for copy in left:
            self._medium.destroy(copy)
        return replace(told, copies=tuple(dict.fromkeys((*told.copies, *(one.name for one in left)))))

    # --- backups

    def backups(self, place: str, told: Account, progress: Progress) -> Account:
        """Rewrite those that are attached; `place` is where the work was begun: another copy of the archive has none.

        One backup that cannot be rewritten keeps nobody from rewriting the others; it is named like a detached one.
        """
        rewritten: list[str] = []
        still_open: list[FormerBackup] = []
        if place != self.place:
            return told
        for one in self._backing_up.standing().backups:
            if not one.attached:
                still_open.append(_former(one))
                continue
            try:
                self._backing_up.back_up(Path(one.known.place), progress=progress)
                rewritten.append(one.known.place)
            except (StorageFailed, MalformedInput, InUse, Damaged, NotFound):
                still_open.append(replace(_former(one), failed=True))
        return replace(told, rewritten=tuple(rewritten), still_open=tuple(still_open))


def recall(records: Records, interview_id: str) -> tuple[Recall, ...]:
    """What was given out of the interview."""
    own = kept_here(records, interview_id)
    return tuple(
        Recall(
            one.recipient, one.purpose, one.profile, one.format, one.code, one.sha256, one.made_at, one.abroad,
            one.sha256 in own,
        )
        for one in records.exports.of(interview_id)
    )


def files_of(root: Path, interview_id: str) -> Iterator[Path]:
    """Everything below `root` that has the interview's id in its path, except its key file."""
    for folder, folders, names in os.walk(root):
        ours = interview_id in Path(folder).parts
        if not ours:  # nothing of it lies in the folders of other interviews
            folders[:] = [name for name in folders if name == interview_id or not is_id(name)]
        for name in names:
            if (ours or concerns(name, {interview_id})) and not name.endswith(".key"):
                yield Path(folder, name)


def _former(backup: BackupStanding) -> FormerBackup:
    known = backup.known
    return FormerBackup(known.id, known.place, known.finished_at)
