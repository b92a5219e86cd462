"""The old sound of an interview gives way to the new one: sealed anew under a new key, without the minutes that are to go.

The steps SOUND and KEY of `removing`, whose opening says what stands after a kill. Whoever calls holds the archive's keys.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from oralhistory.domain.destruction import Account
from oralhistory.domain.edits import EditStep
from oralhistory.domain.interview import Interview, Recording
from oralhistory.domain.ports import Medium, Records, Vault
from oralhistory.domain.removal import REMOVED_TEXT, Removal, met
from oralhistory.domain.spans import Span
from oralhistory.domain.taking_out import REMOVED
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Layer, Segment
from oralhistory.durable import sync_folder
from oralhistory.errors import InUse, StorageFailed
from oralhistory.i18n import mark, tr
from oralhistory.places import require_room
from oralhistory.services import drafts
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent import evidence
from oralhistory.services.consent.consent_acts import refuse_on_hold
from oralhistory.services.progress import Progress
from oralhistory.services.recording.filing import import_note
from oralhistory.services.recording.takes import TakeMemo, memo_key, memo_of
from oralhistory.services.review.text_state import follow_text
from oralhistory.services.withdrawal.resealing import COMING, OUTLINE, Resealing
from oralhistory.services.withdrawal.traces import Traces, recall

mark("[removed for good at the narrator's request]")  # REMOVED_TEXT, for the catalogues: the domain speaks one language
_SEALED_MORE = 25
"""Sealing adds less than one byte to so many bytes of sound: 56 to each tenth of a second, from 8 kHz and 16 bit on."""
_SPARE_BYTES = 64 << 20


class Exchanging:
    def __init__(self, archive: OpenArchive, medium: Medium, traces: Traces) -> None:
        self._archive = archive
        self._medium = medium
        self._traces = traces

    def exchange(self, removal: Removal, progress: Progress) -> Removal:
        """Everything sealed anew, and the new rows; from here on the old key opens only what is about to go."""
        archive, span = self._archive, (removal.start_ms, removal.end_ms)
        with archive.store.transaction() as records:
            interview = archive.interview(records, removal.code)
            ensure_key(archive, records, interview)
            recordings = records.recordings.of(interview.id)
        whole = sum(one.frames * one.format.bytes_per_frame for one in recordings)
        require_room(archive.folder, whole + whole // _SEALED_MORE + _SPARE_BYTES)
        wrapped = archive.vault.another_interview_key(interview.id)
        with closing(archive.vault.with_interview_keys({interview.id: wrapped})) as fresh:
            resealing = Resealing(archive.folder, archive.vault, fresh, self._telling(whole, progress))
            anew = {one.id: resealing.sealed(one, span) for one in recordings}
            for folder in {(archive.folder / one.path).parent for one in recordings}:
                sync_folder(folder)
            with archive.store.transaction() as records:
                takes = self._traces.takes(records, interview.id)
            self._traces.refuse_while_recording(interview, takes)  # one may have begun before the wish was on record
            try:
                with archive.store.transaction() as records:
                    refuse_on_hold(records, interview)
                    self._refuse_others(records, interview, anew)
                    removal = self._rows(records, removal, interview, anew, fresh, wrapped)
                    archive.vault.lend_interview_keys({interview.id: wrapped})  # whoever comes next seals with the new one
            except BaseException:
                archive.vault.lend_interview_keys({})
                raise
        return removal

    def _telling(self, whole: int, progress: Progress) -> Callable[[int], None]:
        """Tells how many bytes of the whole sound are sealed; Cancelled when the archive is being locked."""
        done = 0

        def go_on(sealed: int) -> None:
            nonlocal done
            self._archive.go_on()
            done += sealed
            progress(done, whole)

        return go_on

    def _refuse_others(self, records: Records, interview: Interview, anew: Mapping[str, Recording]) -> None:
        """Sound that came in meanwhile is sealed with the key that is about to go. InUse."""
        changed = {one.id for one in records.recordings.of(interview.id)} != anew.keys()
        if changed or records.notes.keys(import_note(interview.id, "")):
            raise InUse(tr("Sound of interview {code} comes in just now.", code=interview.code), safe=nothing_removed())

    def _rows(
        self, records: Records, removal: Removal, interview: Interview, anew: Mapping[str, Recording], fresh: Vault,
        wrapped: bytes,
    ) -> Removal:  # fmt: skip
        archive, span = self._archive, (removal.start_ms, removal.end_ms)
        new_ids = {old: one.id for old, one in anew.items()}
        old_parts = parts_of(self._traces, interview.id)
        evidence.exchange_sound(archive, records, interview, anew)
        rows = records.taking_out.take_out(interview.id, span, self._notices(anew.values(), span), new_ids, archive.new_id)
        if records.transcripts.segments(interview.id, Layer.REVIEWED):
            records.transcripts.add_step(EditStep(archive.new_id(), interview.id, removal.by, REMOVED, ()))
            follow_text(records, archive.interview(records, interview.code))
        records.interviews.set_wrapped_key(interview.id, wrapped)
        evidence.seal_anew(records, interview, archive.vault, fresh)
        drafts.seal_anew(records, interview, archive.vault, fresh)
        for take in self._traces.takes(records, interview.id):
            memo = memo_of(records, take)
            if memo is not None:
                records.notes.set(memo_key(take), _renamed(memo, new_ids).to_json())
        for part in dict.fromkeys([*anew, *(one.stem for one in old_parts)]):
            records.destructions.bury(part, interview.code, archive.clock())
        told = Account(
            files=len(old_parts), size=sum(one.stat().st_size for one in old_parts), rows=rows,
            copies=tuple(one.name for one in self._traces.old_copies()), recall=recall(records, interview.id),
            shared=records.erasure.shared(),
        )  # fmt: skip
        begin, end = (clock(ms, millis=True) for ms in span)
        archive.record_custody(records, interview, f"removed {begin} to {end} for good", by=removal.by)
        removal = removal.after(told)
        records.removals.update(removal)
        return removal

    def _notices(self, recordings: Iterable[Recording], span: Span) -> list[Segment]:
        """What stands in a reviewed text instead of what was said."""
        silent = sorted((one for one in recordings if met(one, span)), key=lambda one: one.start_ms)
        return [
            Segment(self._archive.new_id(), one.id, max(one.start_ms, span[0]), min(one.end_ms, span[1]), tr(REMOVED_TEXT))
            for one in silent
        ]

    def put_key(self, removal: Removal) -> Account:
        """The new key takes the old one's place, the new parts get their names. Repeatable. StorageFailed."""
        archive = self._archive
        with archive.store.reading() as records:
            wrapped = records.interviews.wrapped_key(removal.interview_id)
            recordings = records.recordings.of(removal.interview_id)
        self._require_new_parts(recordings)
        archive.vault.supersede_interview_key(removal.interview_id, wrapped)
        try:
            for path in (archive.folder / one.path for one in recordings):
                coming = path.with_name(path.name + COMING)
                if coming.exists():
                    os.replace(coming, path)
                    sync_folder(path.parent)
        except OSError as fault:
            raise StorageFailed(
                tr("The disk did not take the new sound."), safe=tr("It is there, and the next unlock goes on with it."),
                todo=tr("Check that the disk is not full and may be written to."),
            ) from fault  # fmt: skip
        archive.vault.lend_interview_keys({})
        return removal.told

    def _require_new_parts(self, recordings: Iterable[Recording]) -> None:
        """StorageFailed where a new part is gone: with the old key, the old one would be gone too."""
        for path in (self._archive.folder / one.path for one in recordings):
            if not path.exists() and not path.with_name(path.name + COMING).exists():
                raise StorageFailed(
                    tr("The disk gives back something else than was written to it."), safe=tr("It is safe where it is."),
                    todo=tr("Do not trust this disk any more; use another one."),
                )  # fmt: skip

    def sweep(self, interview_id: str) -> None:
        """Take away what an interruption left of new parts; the disk may refuse that now, and then it goes with the next ones."""
        for coming in self._traces.folder(interview_id).rglob(f"*.oha{COMING}"):
            with suppress(StorageFailed):
                self._medium.remove(coming.with_suffix("").with_suffix(OUTLINE))
                self._medium.remove(coming)


def parts_of(traces: Traces, interview_id: str) -> list[Path]:
    """Every sealed part of the interview that has its name, filed or not."""
    return sorted(traces.folder(interview_id).rglob("*.oha"))


def _renamed(memo: TakeMemo, new_ids: Mapping[str, str]) -> TakeMemo:
    """A take as the database knows it, by the new ids of its parts; parts that held no sound are not there any more."""
    reached = {new_ids.get(one, one): frames for one, frames in memo.reached.items()}
    return replace(memo, parts=tuple(new_ids.get(one, one) for one in memo.parts), reached=reached)


def nothing_removed() -> str:
    return tr("Nothing was removed, and nothing was changed.")
