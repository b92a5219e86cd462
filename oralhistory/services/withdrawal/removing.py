"""Taking minutes out of an interview for good, at the narrator's wish: sound, words, and every copy within reach.

What was sealed under a key is gone when the key is; so the whole interview gets a new one, and the old one is destroyed. The
order, and what stands after a kill at each step:

    SOUND    1. The wish is on record, with its reason.                               kill: the old take; the next unlock goes on
             2. A new key is made, in memory alone. Every part of the interview is sealed anew with it beside the old one
                (`<id>.oha.part`), the minutes silent, and read back.                 kill: the old take; 2. again
             3. One transaction: recordings, the wrapped new key, text of every layer, steps, decisions, attachments,
                tombstones of the old parts.                                          kill: the old take or the new one, whole
    KEY      4. The new key takes the place of the old one, which is overwritten.     kill: the new take; the next unlock goes on,
             5. The new parts get their names.                                        before anybody looks at the interview
    FILES    6. The old parts are removed; second copies too.                         kill: the new take, the next unlock goes on
    PAGES    7. The database is rebuilt. KEYS 8. New archive and database key. COPIES 9. Old databases. BACKUPS 10. Rewritten.

An error up to 3. gives it up: the old take stands and the wish is forgotten, but not that it was tried. Steps are those of
`domain.removal`. From 2. to 5. the archive's keys are held, so no backup sees one half of it. It refuses while the interview
is being recorded or brought in, under a legal hold, while sound waits unfiled, and where nobody knows when text was said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from oralhistory.domain.destruction import Account
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Medium, Records
from oralhistory.domain.removal import Removal, RemovalStep, met
from oralhistory.domain.spans import Span
from oralhistory.domain.transcript import normalised
from oralhistory.errors import Cancelled, InUse, MalformedInput, OralHistoryError, StorageFailed
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consent_acts import refuse_begun, refuse_on_hold
from oralhistory.services.progress import Progress, silent
from oralhistory.services.recording.filing import import_note, some_testimony, testimony
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.takes import memo_key
from oralhistory.services.refusal import some_clocks
from oralhistory.services.withdrawal import interrupted
from oralhistory.services.withdrawal.exchanging import Exchanging, nothing_removed, parts_of
from oralhistory.services.withdrawal.resealing import OUTLINE
from oralhistory.services.withdrawal.traces import Traces

GIVEN_UP = mark("removing minutes was given up; nothing was removed")
FINISHED = mark("removing minutes finished")


class Removing:
    def __init__(self, archive: OpenArchive, medium: Medium, recording: RecordingService, traces: Traces) -> None:
        self._archive = archive
        self._medium = medium
        self._recording = recording
        self._traces = traces
        self._exchanging = Exchanging(archive, medium, traces)

    def remove(self, code: str, start_ms: int, end_ms: int, reason: str, *, progress: Progress = silent) -> Removal:
        """Take [start_ms, end_ms) of the timeline out for good; what went and what did not. There is no way back from here.

        NotFound; MalformedInput without a reason, or for a passage that holds no sound, or while text has no times (or guessed
        ones); InUse while sound comes in; NotAllowed under a legal hold; Damaged when the sound is not as it was filed;
        StorageFailed; Cancelled when the archive is locked meanwhile (the next unlock goes on). `progress` is that of sealing,
        then of each backup.
        """
        archive, said, span = self._archive, normalised(reason), (start_ms, end_ms)
        if not said:
            raise MalformedInput(tr("Say why: it is kept with who did it."), safe=nothing_removed())
        self._recording.adopt()
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            takes, memos = self._traces.takes(records, interview.id), self._traces.memos(records, interview.id)
        self._traces.refuse_while_recording(interview, takes)
        archive.store.refuse_without_room()
        elsewhere = self._traces.parts_elsewhere(interview.id, memos.values())
        with archive.store.transaction() as records:
            refuse_begun(records, interview)
            refuse_on_hold(records, interview)
            self._refuse(records, interview, span, elsewhere)
            end_ms = min(end_ms, max(one.end_ms for one in testimony(records, interview)))
            removal = Removal(
                archive.new_id(), interview.id, interview.code, start_ms, end_ms, said, archive.actor, self._traces.place,
                archive.clock(), RemovalStep.SOUND, Account(),
            )  # fmt: skip
            records.removals.add(removal)
        return self._carried_out(removal, progress)

    def resume(self) -> list[Removal]:
        """Go on with what was interrupted; to be called at unlock, before anything looks at the interviews."""
        with self._archive.store.transaction() as records:
            begun = [one for one in records.removals.all() if one.step is not RemovalStep.DONE]
        return interrupted.finished(begun, lambda one: self._carried_out(one, silent))

    def of(self, code: str) -> list[Removal]:
        """What was removed from the interview, the oldest first."""
        with self._archive.store.reading() as records:
            found = records.removals.of(self._archive.interview(records, code).id)
        return [one for one in found if one.happened]

    # --- what stands against it

    def _refuse(self, records: Records, interview: Interview, span: Span, elsewhere: Iterable[Path]) -> None:
        recordings = some_testimony(records, interview)
        if not (0 <= span[0] < span[1]) or not any(met(one, span) for one in recordings):
            raise MalformedInput(tr("There is no sound in this passage."), safe=nothing_removed())
        self._refuse_unfiled(records, interview, elsewhere)
        adrift = records.taking_out.unplaced(interview.id)
        if adrift:
            raise MalformedInput(
                ntr(
                    "{n} passage of the text has no times, or guessed ones (at {at}): nobody can tell whether it was said in"
                    " these minutes.",
                    "{n} passages of the text have no times, or guessed ones (at {at}): nobody can tell whether they were said in"
                    " these minutes.",
                    len(adrift),
                    at=some_clocks(adrift),
                ),
                safe=nothing_removed(),
                todo=tr("Put the times of each right in the transcript and confirm them there, or take its text out."),
            )

    def _refuse_unfiled(self, records: Records, interview: Interview, elsewhere: Iterable[Path]) -> None:
        """Sound that waits (for a consent, for a backup that mends it, for room at home) would be lost with the old key unseen.

        What was removed before may still lie in a folder that could not be reached then: that is meant to be lost.
        """
        known = {one.id for one in records.recordings.of(interview.id)}
        known |= {one.subject for one in records.destructions.tombstones()}
        known |= {part for memo in self._traces.memos(records, interview.id).values() for part in memo.done}
        parts = (*parts_of(self._traces, interview.id), *elsewhere)
        unfiled = (one for one in parts if one.stem.partition("~")[0] not in known)  # a second copy may be `<id>~<number>`
        if any(map(self._archive.vault.holds_records, unfiled)) or records.notes.keys(import_note(interview.id, "")):
            raise InUse(
                tr("Sound of interview {code} is not filed yet, or comes in just now.", code=interview.code),
                safe=nothing_removed(),
                todo=tr("Let it come in, or mend it from a backup; sound that nobody can file has to be moved elsewhere first."),
            )

    # --- the steps

    def _carried_out(self, removal: Removal, progress: Progress) -> Removal:
        with self._archive.changing_keys:
            if removal.step is RemovalStep.SOUND:
                removal = self._sound(removal, progress)
            if removal.step is RemovalStep.KEY:
                removal = self._after(removal, self._exchanging.put_key(removal))
        self._archive.announce(Changed.REMOVED, removal.code)
        steps: Mapping[RemovalStep, Callable[[Removal], Account]] = {
            RemovalStep.FILES: self._files,
            RemovalStep.PAGES: lambda one: self._traces.out_of_pages(one.told),
            RemovalStep.KEYS: lambda one: self._traces.under_new_keys(one.told),
            RemovalStep.COPIES: lambda one: self._traces.without_copies(one.told),
            RemovalStep.BACKUPS: lambda one: self._traces.backups(one.place, one.told, progress),
        }
        while removal.step is not RemovalStep.DONE:
            removal = self._after(removal, steps[removal.step](removal))
        return removal

    def _after(self, removal: Removal, told: Account) -> Removal:
        """Keep that a step is done."""
        archive, removal = self._archive, removal.after(told)
        with archive.store.transaction() as records:
            if removal.step is RemovalStep.DONE:
                removal = replace(removal, finished_at=archive.clock())
                archive.record_custody(records, archive.interview(records, removal.code), FINISHED)
            records.removals.update(removal)
        return removal

    def _sound(self, removal: Removal, progress: Progress) -> Removal:
        self._exchanging.sweep(removal.interview_id)
        try:
            return self._exchanging.exchange(removal, progress)
        except Cancelled:  # the archive is being locked: the next unlock goes on
            self._exchanging.sweep(removal.interview_id)
            raise
        except OSError as fault:
            self._give_up(removal)
            raise StorageFailed(
                tr("The disk did not take the new sound."), safe=nothing_removed(),
                todo=tr("Check that the disk is not full and may be written to."),
            ) from fault  # fmt: skip
        except OralHistoryError:
            self._give_up(removal)
            raise

    def _files(self, removal: Removal) -> Account:
        archive, interview_id = self._archive, removal.interview_id
        with archive.store.transaction() as records:
            kept = {archive.folder / one.path for one in records.recordings.of(interview_id)}
            memos = self._traces.memos(records, interview_id)
        told = self._traces.elsewhere(interview_id, memos.values(), removal.told)
        kept |= {path.with_suffix(OUTLINE) for path in kept}
        for path in [one for one in self._traces.folder(interview_id).rglob("*") if one.is_file() or one.is_symlink()]:
            if path not in kept:
                self._medium.remove(path)
        with archive.store.transaction() as records:
            for take, memo in memos.items():
                records.notes.set(memo_key(take), replace(memo, copy="", fallback="").to_json())
        return told

    def _give_up(self, removal: Removal) -> None:
        """Forget the wish, then the new parts: where a COMMIT that reported an error has happened, they are all there is."""
        archive = self._archive
        with archive.store.transaction() as records:
            if any(one.happened for one in records.removals.of(removal.interview_id) if one.id == removal.id):
                return  # the next unlock goes on
            records.removals.drop(removal.id)
            archive.record_custody(records, archive.interview(records, removal.code), GIVEN_UP, by=removal.by)
        self._exchanging.sweep(removal.interview_id)
