"""Sound in hand: the interview's timeline joined over its parts, decrypted in memory only; checking it, giving it out."""

from collections.abc import Iterator
from pathlib import Path

from oralhistory.domain.consent import Context, Operation, Purpose, Reason
from oralhistory.domain.interview import Interview, Recording
from oralhistory.domain.ports import Records, SealedPart, Sound, Vault
from oralhistory.errors import Damaged, NotAllowed, NotFound, OralHistoryError
from oralhistory.i18n import tr
from oralhistory.services.consenting import require
from oralhistory.services.filing import ensure_key, some_testimony
from oralhistory.services.handing_over import code_for, register, waiting_file
from oralhistory.services.opened import OpenArchive

WAV = "wav"


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
    def __init__(self, archive: OpenArchive, sound: Sound) -> None:
        self._archive = archive
        self._sound = sound

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

    def export(self, code: str, to: Path, purpose: Purpose, recipient: str, part: int | None = None) -> Recording:
        """Write one recording as 24-bit WAV (RF64 when larger than 4 GiB), where consent covers sound for `purpose`.

        Consent is asked before the work, and again before the file is given out and put on record.
        """
        archive = self._archive
        with waiting_file(to, recipient) as file:
            with archive.store.transaction() as records:
                interview = archive.interview(records, code)
                self._require_export(records, interview, purpose, recipient)
                ensure_key(archive, records, interview)
                recording = _chosen(some_testimony(records, interview), part)
            with Timeline(archive.vault, archive.folder, [recording]) as timeline:
                self._sound.write_wav(file, recording.format, _going_on(archive, timeline.blocks(recording)))
            with archive.store.transaction() as records:
                self._require_export(records, interview, purpose, recipient)
                public = code_for(archive, records, interview, recipient)
                register(
                    archive, records, interview, file, code=public, form=WAV, profile="", purpose=purpose,
                    recipient=recipient,
                )  # fmt: skip
                action = f"sound exported for {purpose.value}"
                archive.record_custody(records, interview, action, "done", recording.sha256)
        archive.announce("export", interview.code)
        return recording

    def _require_export(self, records: Records, interview: Interview, purpose: Purpose, recipient: str) -> None:
        require(self._archive, records, interview, Operation.EXPORT_AUDIO, Context(purpose, recipient))
        _no_sealed_passage(records.recordings.sealed_ranges(interview.id) != [])


def _going_on(archive: OpenArchive, blocks: Iterator[bytes]) -> Iterator[bytes]:
    for block in blocks:
        archive.go_on()
        yield block


def _chosen(recordings: list[Recording], part: int | None) -> Recording:
    found = recordings[0] if part is None else next((one for one in recordings if one.part == part), None)
    if found is None:
        raise NotFound(tr("There is no part {part}.", part=part), todo=tr("Look at the list of recordings."))
    return found


def _no_sealed_passage(sealed: bool) -> None:
    if sealed:
        raise NotAllowed(
            tr("This recording holds a passage that the narrator closed."),
            [Reason("sealed_sound", "sealed_ranges")],
            safe=tr("Nothing was written."),
        )
