"""Recording a take: what must be so before it begins, the recorder's order, and a running one taken in hand again.

The take is announced to the database before its first sample. What it left when the recorder is gone is filed by `adopting`.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from oralhistory.domain.interview import Interview, Mark, Recording, SealedRange, TakePurpose
from oralhistory.domain.ports import Device, RecorderOrder, Recorders, Sound, Take
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import DeviceFailed, InUse, OralHistoryError, StorageFailed
from oralhistory.i18n import mark, tr
from oralhistory.places import require_room
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consent_acts import refuse_begun
from oralhistory.services.consent.consenting import require_recording
from oralhistory.services.recording import filing_takes, second_copies
from oralhistory.services.recording.adopting import Adopting, Unopened
from oralhistory.services.recording.filing import AUDIO, BALLAST, take_folder, testimony
from oralhistory.services.recording.filing_takes import Missing
from oralhistory.services.recording.recording_places import PlacesOfArchive, RecordingPlaces
from oralhistory.services.recording.second_copies import CopyCheck
from oralhistory.services.recording.takes import RunningTake, TakeMemo, memo_key, memo_of
from oralhistory.services.recording.trace import Trace

PARTS_AHEAD = 32
"""The recorder child holds keys for this many parts and no more."""
WENT_ON = mark("the recorder ended by itself; a new recording began in its place")
LEAST_FREE_BYTES = 512 * 1024 * 1024
"""Recording does not begin below this: half an hour of two channels."""


class RecordingService:
    def __init__(self, archive: OpenArchive, recorders: Recorders, sound: Sound, fallback: Path | None = None) -> None:
        """`fallback` is the folder where takes go on when an archive's disk fails, unless the archive says otherwise."""
        self._archive = archive
        self._recorders = recorders
        self._sound = sound
        self._places = PlacesOfArchive(archive, fallback)
        self._adopting = Adopting(archive, recorders, self._places)

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
        after_ms: int = 0,
    ) -> RunningTake:
        """Begin a take. Testimony needs the consent on file; a spoken consent is what creates one and needs none. It stands
        behind what is filed, and behind `after_ms` on the timeline, where sound that is not filed yet ends.

        NotAllowed, InUse, DeviceFailed and StorageFailed before anything of it stands on the disk.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            if purpose is TakePurpose.TESTIMONY:
                require_recording(archive, records, interview)
        self._refuse_a_second_take()
        self._require_microphone(device)
        require_room(archive.folder, LEAST_FREE_BYTES)
        take_id = archive.new_id()
        order, memo = self._announce(interview, take_id, purpose, SoundFormat(channels=channels), device, after_ms)
        try:
            take_folder(archive.folder, interview, take_id)
            take = self._recorders.start(replace(order, outlives_starter=outlives_starter))
        except BaseException:
            self._adopting.discard_empty(interview, take_id)
            raise
        return self._in_hand(interview, take_id, memo, take)

    def _announce(
        self, interview: Interview, take_id: str, purpose: TakePurpose, sound: SoundFormat, device: str | None, after_ms: int
    ) -> tuple[RecorderOrder, TakeMemo]:
        """Put a take on record before it begins: the order for its recorder, and what the database knows of it."""
        archive, places = self._archive, self._places.get()
        with archive.store.transaction() as records:
            refuse_begun(records, interview)
            ensure_key(archive, records, interview)
            begins = max([after_ms, *(one.end_ms for one in testimony(records, interview))])
            keys = archive.vault.part_keys(interview.id, PARTS_AHEAD)
            memo = TakeMemo(
                purpose, device or "", archive.clock().isoformat(), begins, tuple(one.file_id for one in keys),
                fallback=str(places.fallback or ""), copy=str(places.copy or ""),
            )  # fmt: skip
            records.notes.set(memo_key(take_id), memo.to_json())
            archive.record_custody(records, interview, f"recording started ({purpose.value})")
        order = RecorderOrder(
            self._adopting.home(interview, take_id), keys, sound, device, outlives_starter=False, purpose=purpose,
            fallbacks=[self._places.inside(places.fallback, interview) / take_id] if places.fallback else [],
            copy=self._places.inside(places.copy, interview) / take_id if places.copy else None,
            ballast=archive.folder / AUDIO / BALLAST,
        )  # fmt: skip
        return order, memo

    def _in_hand(self, interview: Interview, take_id: str, memo: TakeMemo, take: Take) -> RunningTake:
        """Keep the address of a take that has begun; a take that nobody could find again is ended."""
        memo = replace(memo, address=take.address)
        try:
            self.remember(take_id, memo)
        except BaseException:
            take.stop()
            take.close()
            raise
        return RunningTake(self, interview, take_id, memo, take, self._trace(interview, take_id, memo))

    def _trace(self, interview: Interview, take_id: str, memo: TakeMemo) -> Trace:
        """What is seen of a take without its door: its own folder says that its disk is there."""
        home = self._adopting.home(interview, take_id)
        away = [self._places.inside(Path(memo.fallback), interview) / take_id] if memo.fallback else []
        return Trace(self._recorders, [home, *away], [home])

    def go_on_after(self, take: RunningTake) -> RunningTake:
        """Begin a take in the place of one whose recorder died, as that was. Raises what `start` does."""
        last = take.last
        heard = [one.name for one in self.microphones() if last is not None and one.name == last.device]
        new = self.start(
            take.interview.code, device=heard[0] if heard else take.device, channels=max(1, len(last.peaks) if last else 1),
            purpose=take.purpose, outlives_starter=True, after_ms=take.reaches_ms,
        )  # fmt: skip
        with suppress(StorageFailed, InUse), self._archive.store.transaction() as records:  # it records, whatever that disk says
            self._archive.record_custody(records, take.interview, WENT_ON, "done", take.take_id)
        return new

    def take_back(self, take: RunningTake) -> None:
        """End a take that began by itself although a person did not want it any more; its first moments are not kept."""
        take.stop()
        with suppress(OralHistoryError):
            for _ in take.events():
                pass
        if not take.goes_on:
            self._adopting.remove(take.interview, take.take_id)

    def running(self) -> RunningTake | None:
        """The take that a recorder child is still writing (the window that started it is gone), taken in hand again."""
        for interview, take_id in self._adopting.being_written():
            with self._archive.store.transaction() as records:
                memo = memo_of(records, take_id)
            take = self._recorders.reattach(memo.address) if memo and memo.address else None
            if memo and take:
                return RunningTake(self, interview, take_id, memo, take, self._trace(interview, take_id, memo))
        return None

    def is_under_way(self) -> bool:
        """Whether any recorder has its hand on a take of this archive."""
        return next(self._adopting.being_written(), None) is not None

    # --- what takes left behind

    def adopt(self) -> list[Recording]:
        """File every take that nobody is writing any more and that is not filed yet: after a crash, at unlock."""
        return self._adopting.adopt()

    def adopt_take(self, interview: Interview, take_id: str) -> list[Recording]:
        """The same for one take, which has ended. Damaged, StorageFailed."""
        return self._adopting.adopt_take(interview, take_id)

    def unopened(self) -> list[Unopened]:
        """What `adopt` could not file although there is something in it."""
        return self._adopting.unopened()

    def missing(self) -> list[Missing]:
        """What was safe on a disk while it was recorded, and is not to be found."""
        return filing_takes.missing(self._archive)

    def copies(self, code: str) -> list[CopyCheck]:
        """What the second copy holds of each recording of an interview, compared byte by byte."""
        return second_copies.check(self._archive, self._places, code)

    def is_being_written(self, interview: Interview, take_id: str) -> bool:
        """Whether a recorder, this window's or another's, still has its hand on the take."""
        return self._adopting.is_being_written(interview, take_id)

    def remember(self, take_id: str, memo: TakeMemo) -> None:
        """Keep what is known of a take that goes on."""
        with self._archive.store.transaction() as records:
            records.notes.set(memo_key(take_id), memo.to_json())

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
        return self._places.get()

    def set_places(self, places: RecordingPlaces) -> None:
        """Use other folders from the next take on; a fallback of None goes back to the program's own choice."""
        self._places.set(places)

    def _refuse_a_second_take(self) -> None:
        going_on = self.running()
        if going_on:
            going_on.let_go()
            raise InUse(
                tr("A recording of interview {code} is running.", code=going_on.interview.code),
                safe=tr("It goes on."),
                todo=tr("Stop it first."),
            )

    def _require_microphone(self, device: str | None) -> None:
        """DeviceFailed when the microphone is not there."""
        found = self._sound.microphones()
        if not any(one.name == device if device else True for one in found):
            raise DeviceFailed(
                tr("There is no such microphone.") if device else tr("This machine has no microphone."),
                todo=tr("Plug it in, then choose it from the list of microphones."),
            )
