"""Destroying an interview beyond recovery, at the narrator's wish: key, sound, words, and every copy within reach.

The steps stand in `domain.destruction`; how far it has come stands in the database, so that a destruction that was killed
is gone on with at the next unlock. It refuses while a take of the interview is being recorded, and where a legal hold
stands. It promises nothing for backups that are not attached, for files that people have, or for what flash memory keeps.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from oralhistory.domain.destruction import Account, Destruction, Step
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Medium, Records
from oralhistory.domain.redaction import EntityType
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consent_acts import refuse_begun, refuse_on_hold
from oralhistory.services.progress import Progress, silent
from oralhistory.services.recording import coming_in
from oralhistory.services.recording.filing import import_note
from oralhistory.services.recording.filing_takes import missing_key
from oralhistory.services.recording.takes import memo_key, memo_of
from oralhistory.services.review import waiting
from oralhistory.services.withdrawal import interrupted
from oralhistory.services.withdrawal.traces import Traces, files_of, recall


class Destroying:
    def __init__(self, archive: OpenArchive, medium: Medium, traces: Traces) -> None:
        self._archive = archive
        self._medium = medium
        self._traces = traces

    def destroy(self, code: str, *, progress: Progress = silent) -> Destruction:
        """Destroy the interview; what was destroyed and what was not. There is no way back from here.

        NotFound; InUse while it is being recorded; NotAllowed under a legal hold; StorageFailed when the disk has no room to
        rebuild the database. An error on the way leaves the rest for `resume`. `progress` is that of the backups.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            _refuse(records, interview)
            takes = self._traces.takes(records, interview.id)
            known = self._names_in(records, interview)
        self._traces.refuse_while_recording(interview, takes)
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

    def resume(self) -> list[Destruction]:
        """Go on with what was interrupted; to be called at unlock, before anything looks at the interviews."""
        begun = [one for one in self.all() if one.step is not Step.DONE]
        return interrupted.finished(begun, lambda one: self._carried_out(one, silent))

    def all(self) -> list[Destruction]:
        """Every destruction there was, the oldest first; unfinished ones among them."""
        with self._archive.store.transaction() as records:
            return records.destructions.all()

    # --- the steps

    def _begun(self, records: Records, interview: Interview, elsewhere: Collection[str]) -> Destruction:
        archive = self._archive
        files = list(files_of(archive.folder, interview.id))
        told = Account(
            files=len(files),
            size=sum(path.lstat().st_size for path in files),
            copies=tuple(one.name for one in self._traces.old_copies()),
            recall=recall(records, interview.id),
            shared=records.erasure.shared(),
            named_in=tuple(sorted(one.code for one in records.interviews.all() if one.id in elsewhere)),
        )
        return Destruction(
            interview.id, interview.code, archive.actor, self._traces.place, archive.clock(), Step.KEY, told
        )

    def _carried_out(self, destruction: Destruction, progress: Progress) -> Destruction:
        steps: Mapping[Step, Callable[[Destruction], Account]] = {
            Step.KEY: self._key,
            Step.SOUND: self._sound,
            Step.PAGES: lambda one: self._traces.out_of_pages(one.told),
            Step.KEYS: lambda one: self._traces.under_new_keys(one.told),
            Step.COPIES: lambda one: self._traces.without_copies(one.told),
            Step.BACKUPS: lambda one: self._traces.backups(one.place, one.told, progress),
        }
        while destruction.step is not Step.DONE:
            if destruction.step is Step.ROWS:
                destruction = self._rows(destruction)
                self._archive.announce(Changed.DESTROYED, destruction.code)
                continue
            destruction = destruction.after(steps[destruction.step](destruction))
            with self._archive.store.transaction() as records:
                if destruction.step is Step.DONE:
                    destruction = replace(destruction, finished_at=self._archive.clock())
                    self._archive.record_custody_by_id(records, destruction.interview_id, "destroyed")
                records.destructions.update(destruction)
        return destruction

    def _key(self, destruction: Destruction) -> Account:
        self._archive.vault.destroy_interview_key(destruction.interview_id)
        return destruction.told

    def _sound(self, destruction: Destruction) -> Account:
        """What takes remember (where they went) is forgotten before the folders that name them are gone."""
        archive, interview_id = self._archive, destruction.interview_id
        with archive.store.transaction() as records:
            memos = {take: memo_of(records, take) for take in self._traces.takes(records, interview_id)}
        known = [memo for memo in memos.values() if memo is not None]
        told = self._traces.elsewhere(interview_id, known, destruction.told)
        with archive.store.transaction() as records:
            for take, memo in memos.items():
                records.notes.delete(memo_key(take))
                coming_in.forget(records, interview_id, take)
                for part in memo.parts if memo else ():
                    records.notes.delete(missing_key(part))
            for key in records.notes.keys(import_note(interview_id, "")):
                records.notes.delete(key)
            records.destructions.update(replace(destruction, told=told))
        for path in files_of(archive.folder, interview_id):
            self._medium.remove(path)
        self._medium.remove(self._traces.folder(interview_id))
        return told

    def _rows(self, destruction: Destruction) -> Destruction:
        """Rows and step change in one transaction: it is either before or behind this."""
        with self._archive.store.transaction() as records:
            waiting.forget(records, destruction.interview_id)
            rows = records.erasure.erase(destruction.interview_id)
            records.destructions.bury(destruction.interview_id, destruction.code, self._archive.clock())
            destruction = destruction.after(replace(destruction.told, rows=rows))
            records.destructions.update(destruction)
        return destruction

    # --- where it lies

    def _names_in(self, records: Records, interview: Interview) -> set[str]:
        """Who is named in it, as far as people decided so: other interviews may name them too."""
        narrators = {one.id for one in records.people.narrators(interview.id)}
        real = {name for one in records.people.identities() if one.person_id in narrators for name in one.names}
        entities = records.redactions.decisions(interview.id).entities
        found = {name for one in entities if one.type is EntityType.PERSON for name in one.variants}
        return {name for name in real | found if len(name) > 1}


def _refuse(records: Records, interview: Interview) -> None:
    refuse_begun(records, interview)
    refuse_on_hold(records, interview)
