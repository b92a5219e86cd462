"""Destroying an interview beyond recovery, at the narrator's wish: key, sound, words, and every copy within reach.

The steps stand in `domain.destruction`; how far it has come stands in the database, so that a destruction that was killed
is gone on with at the next unlock. It refuses while a take of the interview is being recorded, and where a legal hold
stands. It promises nothing for backups that are not attached, for files that people have, or for what flash memory keeps.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from oralhistory import paths
from oralhistory.domain.backup import concerns, is_id
from oralhistory.domain.destruction import Destruction, FormerBackup, Recall, Step, Told
from oralhistory.domain.earlier import EARLIER_FOLDER
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import CustodyEvent, Medium, Records
from oralhistory.domain.redaction import EntityType
from oralhistory.errors import Damaged, InUse, MalformedInput, NotFound, OralHistoryError, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.archive.renewing import renew_keys
from oralhistory.services.backup.backing_up import BackingUp, BackupStanding
from oralhistory.services.backup.backup_folder import DATABASE, SLOTS
from oralhistory.services.consent.consent_acts import refuse_begun, refuse_on_hold
from oralhistory.services.progress import Progress, silent
from oralhistory.services.recording import coming_in
from oralhistory.services.recording.filing import AUDIO, import_note
from oralhistory.services.recording.filing_takes import missing_key
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.takes import TakeMemo, memo_key, memo_of

_LIVE = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", SLOTS}
"""What belongs to the open database and the key slots; everything else beside them is a copy of before."""
_COPIES = (f"{DATABASE}.", f"{DATABASE}-", f"{SLOTS}.")


class Destroying:
    def __init__(
        self, archive: OpenArchive, medium: Medium, recording: RecordingService, backing_up: BackingUp
    ) -> None:
        self._archive = archive
        self._medium = medium
        self._recording = recording
        self._backing_up = backing_up

    def destroy(self, code: str, *, progress: Progress = silent) -> Destruction:
        """Destroy the interview; what was destroyed and what was not. There is no way back from here.

        NotFound; InUse while it is being recorded; NotAllowed under a legal hold; StorageFailed when the disk has no room to
        rebuild the database. An error on the way leaves the rest for `resume`. `progress` is that of the backups.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            _refuse(records, interview)
            takes = self._takes(records, interview.id)
            known = self._names_in(records, interview)
        self._refuse_while_recording(interview, takes)
        archive.store.refuse_without_room()
        elsewhere = {one.interview_id for name in known for one in archive.store.search(name)} - {interview.id}
        with archive.store.transaction() as records:
            _refuse(records, interview)  # again: looking took its time, and this is the moment that counts
            begun = self._begun(records, interview, elsewhere)
            records.destructions.add(begun)
            # The database's copy of the key goes first: nothing may put the key file back from it.
            records.interviews.set_wrapped_key(interview.id, b"")
            archive.record_custody(records, interview, "destruction begun")
        return self._carried_out(begun, progress)

    def resume(self, *, progress: Progress = silent) -> list[Destruction]:
        """Go on with what was interrupted; to be called at unlock, before anything looks at the interviews.

        One that cannot go on keeps no other from it; what stopped the first of them is raised at the end.
        """
        done: list[Destruction] = []
        stopped: list[OralHistoryError] = []
        for one in self.all():
            if one.step is Step.DONE:
                continue
            try:
                done.append(self._carried_out(one, progress))
            except OralHistoryError as error:
                stopped.append(error)
        if stopped:
            raise stopped[0]
        return done

    def all(self) -> list[Destruction]:
        """Every destruction there was, the oldest first; unfinished ones among them."""
        with self._archive.store.transaction() as records:
            return records.destructions.all()

    # --- what stands against it

    def _refuse_while_recording(self, interview: Interview, takes: Iterable[str]) -> None:
        if any(self._recording.is_being_written(interview, take) for take in takes):
            raise InUse(
                tr("Interview {code} is being recorded.", code=interview.code),
                safe=tr("Nothing was destroyed."),
                todo=tr("Stop the recording first."),
            )

    # --- the steps

    def _begun(self, records: Records, interview: Interview, elsewhere: Collection[str]) -> Destruction:
        archive = self._archive
        files = list(_files(archive.folder, interview.id))
        recall = tuple(
            Recall(
                one.recipient, one.purpose, one.profile, one.format, one.code, one.sha256, one.made_at.isoformat(), one.abroad
            )
            for one in records.exports.of(interview.id)
        )
        told = Told(
            files=len(files),
            size=sum(path.lstat().st_size for path in files),
            copies=tuple(one.name for one in self._old_copies()),
            recall=recall,
            shared=records.erasure.shared(),
            named_in=tuple(sorted(one.code for one in records.interviews.all() if one.id in elsewhere)),
        )
        place = _place(archive.folder)
        return Destruction(interview.id, interview.code, archive.actor, place, archive.clock(), Step.KEY, told)

    def _carried_out(self, destruction: Destruction, progress: Progress) -> Destruction:
        steps: Mapping[Step, Callable[[Destruction], Told]] = {
            Step.KEY: self._key,
            Step.SOUND: self._sound,
            Step.PAGES: self._pages,
            Step.KEYS: self._keys,
            Step.COPIES: self._copies,
            Step.BACKUPS: lambda one: self._backups(one, progress),
        }
        while destruction.step is not Step.DONE:
            if destruction.step is Step.ROWS:
                destruction = self._rows(destruction)
                self._archive.announce("destroyed", destruction.code)
                continue
            destruction = destruction.after(steps[destruction.step](destruction))
            with self._archive.store.transaction() as records:
                if destruction.step is Step.DONE:
                    destruction = replace(destruction, finished_at=self._archive.clock())
                    self._record(records, destruction)
                records.destructions.update(destruction)
        return destruction

    def _key(self, destruction: Destruction) -> Told:
        self._archive.vault.destroy_interview_key(destruction.interview_id)
        return destruction.told

    def _sound(self, destruction: Destruction) -> Told:
        """Sealed files, whose key is gone, are removed and not overwritten: hours of sound, and nothing to be read in it.

        What takes remember (where they went) is forgotten before the folders that name them are gone.
        """
        archive, interview_id = self._archive, destruction.interview_id
        with archive.store.transaction() as records:
            memos = {take: memo_of(records, take) for take in self._takes(records, interview_id)}
        told = self._elsewhere(destruction, [memo for memo in memos.values() if memo is not None])
        with archive.store.transaction() as records:
            for take, memo in memos.items():
                records.notes.delete(memo_key(take))
                coming_in.forget(records, interview_id, take)
                for part in memo.parts if memo else ():
                    records.notes.delete(missing_key(part))
            for key in records.notes.keys(import_note(interview_id, "")):
                records.notes.delete(key)
            records.destructions.update(replace(destruction, told=told))
        for path in _files(archive.folder, interview_id):
            self._medium.remove(path)
        self._medium.remove(archive.folder / AUDIO / interview_id)
        return told

    def _elsewhere(self, destruction: Destruction, memos: Iterable[TakeMemo]) -> Told:
        """Empty the folders outside the archive that takes went to."""
        told = destruction.told
        reached, unreached = list(told.elsewhere), list(told.unreached)
        for place in self._places(memos):
            folder = place / self._archive.vault.archive_id / destruction.interview_id
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

    def _rows(self, destruction: Destruction) -> Destruction:
        """Rows and step change in one transaction: it is either before or behind this."""
        with self._archive.store.transaction() as records:
            rows = records.erasure.erase(destruction.interview_id)
            records.destructions.bury(destruction.interview_id, destruction.code, self._archive.clock())
            destruction = destruction.after(replace(destruction.told, rows=rows))
            records.destructions.update(destruction)
        return destruction

    def _pages(self, destruction: Destruction) -> Told:
        self._archive.store.compact()
        return destruction.told

    def _keys(self, destruction: Destruction) -> Told:
        renew_keys(self._archive)
        return destruction.told

    def _copies(self, destruction: Destruction) -> Told:
        """Those of before a newer version of the program went with the key of the database already."""
        left = self._old_copies()
        for copy in left:
            self._medium.destroy(copy)
        names = dict.fromkeys((*destruction.told.copies, *(one.name for one in left)))
        return replace(destruction.told, copies=tuple(names))

    def _backups(self, destruction: Destruction, progress: Progress) -> Told:
        """One backup that cannot be rewritten keeps nobody from rewriting the others; it is named like a detached one."""
        rewritten: list[str] = []
        still_open: list[FormerBackup] = []
        if destruction.place != _place(self._archive.folder):
            return destruction.told
        for one in self._backing_up.standing().backups:
            if not one.attached:
                still_open.append(_former(one))
                continue
            try:
                self._backing_up.back_up(Path(one.known.place), progress=progress)
                rewritten.append(one.known.place)
            except (StorageFailed, MalformedInput, InUse, Damaged, NotFound):
                still_open.append(replace(_former(one), failed=True))
        return replace(destruction.told, rewritten=tuple(rewritten), still_open=tuple(still_open))

    def _record(self, records: Records, destruction: Destruction) -> None:
        event = CustodyEvent(destruction.interview_id, self._archive.clock(), self._archive.actor, "destroyed", "done")
        records.custody.add(event)

    # --- where it lies

    def _names_in(self, records: Records, interview: Interview) -> set[str]:
        """Who is named in it, as far as people decided so: other interviews may name them too."""
        narrators = {one.id for one in records.people.narrators(interview.id)}
        real = {name for one in records.people.identities() if one.person_id in narrators for name in one.names}
        entities = records.redactions.decisions(interview.id).entities
        found = {name for one in entities if one.type is EntityType.PERSON for name in one.variants}
        return {name for name in real | found if len(name) > 1}

    def _old_copies(self) -> list[Path]:
        """What the archive's folder holds of earlier databases and key lists."""
        folder = self._archive.folder
        beside = [one for one in folder.iterdir() if one.name.startswith(_COPIES) and one.name not in _LIVE]
        earlier = folder / EARLIER_FOLDER
        return sorted(one for one in [*beside, *(earlier.iterdir() if earlier.is_dir() else ())] if one.is_file())

    def _takes(self, records: Records, interview_id: str) -> list[str]:
        """Every take of the interview: filed ones, and those that only have a folder."""
        folder = self._archive.folder / AUDIO / interview_id
        folders = [one.name for one in folder.iterdir() if one.is_dir()] if folder.is_dir() else []
        return sorted({*folders, *(one.take_id for one in records.recordings.of(interview_id))})

    def _places(self, memos: Iterable[TakeMemo]) -> list[Path]:
        """Folders outside the archive that its takes may have gone to, then or now."""
        now = self._recording.places()
        then = [Path(one) for memo in memos for one in (memo.fallback, memo.copy) if one]
        return list(dict.fromkeys(one for one in (now.fallback, now.copy, *then) if one is not None))


def _refuse(records: Records, interview: Interview) -> None:
    refuse_begun(records, interview)
    refuse_on_hold(records, interview)


def _files(root: Path, interview_id: str) -> Iterator[Path]:
    """Everything below `root` that has the interview's id in its path, except its key file."""
    for folder, folders, names in os.walk(root):
        ours = interview_id in Path(folder).parts
        if not ours:  # nothing of it lies in the folders of other interviews
            folders[:] = [name for name in folders if name == interview_id or not is_id(name)]
        for name in names:
            if (ours or concerns(name, {interview_id})) and not name.endswith(".key"):
                yield Path(folder, name)


def _place(folder: Path) -> str:
    """What tells this folder from one that an archive was copied or restored to."""
    return f"{folder.resolve()} {folder.stat().st_ino}"


def _former(backup: BackupStanding) -> FormerBackup:
    known = backup.known
    finished = known.finished_at.isoformat() if known.finished_at else ""
    return FormerBackup(known.id, known.place, finished)
