"""Sound in hand: the interview's timeline joined over its parts, decrypted in memory only."""

from collections.abc import Iterator
from pathlib import Path

from oralhistory.domain.interview import Recording
from oralhistory.domain.ports import SealedPart, Vault
from oralhistory.domain.sound import Gap, GapReason
from oralhistory.errors import Damaged, NotFound, OralHistoryError
from oralhistory.i18n import tr
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.filing import some_testimony


class Timeline:
    """The testimony of one interview as one stretch of sound; parts are opened when first needed.

    What no record holds any more is silence of the right length, so that everything after it keeps its time. A part that is
    missing altogether is NotFound or Damaged, which names it; `forgiving`, it is silence too and stands in `lost`.
    """

    def __init__(self, vault: Vault, folder: Path, recordings: list[Recording], *, forgiving: bool = False) -> None:
        self._vault = vault
        self._folder = folder
        self._forgiving = forgiving
        self.recordings = recordings
        self.lost: dict[str, OralHistoryError] = {}
        """Why a recording is silent, by its id."""
        self._open: dict[str, SealedPart] = {}

    @property
    def duration_ms(self) -> int:
        return max(one.end_ms for one in self.recordings)

    def at(self, ms: int) -> Recording | None:
        """The recording that holds this time."""
        return next((one for one in self.recordings if one.start_ms <= ms < one.end_ms), None)

    def read(self, recording: Recording, start_ms: int, end_ms: int) -> bytes:
        """PCM of `recording` in its own format between two times of the timeline."""
        sound = recording.format
        first = sound.ms_to_frames(max(start_ms - recording.start_ms, 0))
        last = min(sound.ms_to_frames(end_ms - recording.start_ms), recording.frames)
        return self.frames(recording, first, last)

    def frames(self, recording: Recording, first: int, last: int) -> bytes:
        """PCM of `recording` from its frame `first` to before `last`: always so many frames."""
        count = max(last - first, 0)
        try:
            found = self._part(recording).read(first, count)
        except (NotFound, Damaged) as lost:
            if not self._forgiving:
                raise
            self.lost[recording.id] = lost
            found = b""
        return found.ljust(count * recording.format.bytes_per_frame, b"\0")

    def blocks(self, recording: Recording) -> Iterator[bytes]:
        """The whole recording, a second at a time."""
        step = recording.format.rate
        for at in range(0, recording.frames, step):
            yield self.frames(recording, at, min(at + step, recording.frames))

    def damaged(self, recording: Recording) -> tuple[Gap, ...]:
        """Stretches of the recording that are lost, as far as reading it has met them; the end it was filed with counts."""
        if recording.id in self.lost:
            return (Gap(0, recording.frames, GapReason.DAMAGED),)
        part = self._part(recording)
        missing = recording.frames - part.frames
        cut = (Gap(part.frames, missing, GapReason.DAMAGED),) if missing > 0 else ()
        return (*part.damaged, *cut)

    def _part(self, recording: Recording) -> SealedPart:
        if recording.id in self.lost:
            raise self.lost[recording.id]
        if recording.id not in self._open:
            self._open[recording.id] = self._opened(recording)
        return self._open[recording.id]

    def _opened(self, recording: Recording) -> SealedPart:
        """The sealed part; its faults with the number of the part, which its file does not know."""
        try:
            part = self._vault.open_part(recording.interview_id, self._folder / recording.path)
        except NotFound as fault:
            raise NotFound(
                tr("The sound file of part {part} is not there.", part=recording.part), **_the_rest()
            ) from fault
        except Damaged as fault:
            raise Damaged(tr("Part {part} does not open: it is damaged.", part=recording.part), **_the_rest()) from fault
        if part.file_id != recording.id or part.format != recording.format:
            part.close()
            raise Damaged(tr("The file of part {part} holds other sound.", part=recording.part), **_the_rest())
        return part

    def close(self) -> None:
        for part in self._open.values():
            part.close()
        self._open.clear()

    def __enter__(self) -> "Timeline":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _the_rest() -> dict[str, str]:
    return {"safe": tr("The other parts can be heard."), "todo": tr("Restore this part from a backup.")}


class Listening:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def timeline(self, code: str) -> Timeline:
        """The interview's sound to listen to; close it when done. NotFound when nothing was recorded."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            ensure_key(archive, records, interview)
            return Timeline(archive.vault, archive.folder, some_testimony(records, interview), forgiving=True)

    def recordings(self, code: str) -> list[Recording]:
        """Every recording of the interview, spoken consents too."""
        with self._archive.store.transaction() as records:
            return records.recordings.of(self._archive.interview(records, code).id)
