"""Bringing in recordings that exist already: decoded in a child without keys, sealed here, the file's own hash kept."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.interview import Interview, Recording, TakePurpose
from oralhistory.domain.ports import DecodedFile, PartWriter, Records, Sound
from oralhistory.domain.sound import PartSummary
from oralhistory.durable import sha256_of
from oralhistory.errors import Incomplete, MalformedInput, NotFound, OralHistoryError, StorageFailed
from oralhistory.i18n import listed, tr
from oralhistory.places import require_room
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consent_acts import refuse_begun
from oralhistory.services.consent.consenting import require_recording
from oralhistory.services.recording import coming_in
from oralhistory.services.recording.coming_in import ComingIn
from oralhistory.services.recording.filing import as_recording, file_recording, take_folder
from oralhistory.services.recording.recording import LEAST_FREE_BYTES

_LOOK_AT_DISK_EVERY_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in. `whole` is false when the file broke off and only what is there was wanted.

    The file has `tracks` of sound, of which `track` was taken, with so many `channels` (more than two are mixed into two).
    `elsewhere` are the codes of other interviews that have the same file. `seen_again` is false when the file was gone at the
    end, so that nobody can tell whether it changed while it was read.
    """

    recording: Recording
    whole: bool
    tracks: int
    track: int
    channels: int
    elsewhere: tuple[str, ...]
    seen_again: bool = True


def remarks(brought: Imported) -> list[str]:
    """What a person should know of a file that came in: nothing when there is nothing to know."""
    told = []
    if not brought.whole:
        told.append(tr("The file breaks off; what was there of it is kept as an interrupted recording."))
    if not brought.seen_again:
        told.append(
            tr("The file could not be read a second time, to see that it had not changed; all that was read of it is kept.")
        )
    if brought.tracks > 1:
        tracks, track = brought.tracks, brought.track
        told.append(tr("The file has {tracks} tracks of sound; track {track} was imported.", tracks=tracks, track=track))
    if brought.channels > 2:
        mixed = tr("Its {n} channels were mixed into two; keep the file for the separate ones.", n=brought.channels)
        told.append(mixed)
    if brought.elsewhere:
        told.append(tr("The same file is in interview {code} too.", code=listed(brought.elsewhere)))
    return told


class Importing:
    def __init__(self, archive: OpenArchive, sound: Sound) -> None:
        self._archive = archive
        self._sound = sound

    def import_file(self, code: str, path: Path) -> Recording:
        """`bring_in`, for whoever wants to know no more than the recording."""
        return self.bring_in(code, path).recording

    def bring_in(self, code: str, path: Path, track: int | None = None, *, incomplete: bool = False) -> Imported:
        """Seal the sound of `path` as the interview's next recording. The file itself is left as it is.

        `track` counts the file's streams of sound from 1; None takes the one it prefers. Needs the same consent as recording,
        before and after the work. What is sealed is kept when the file cannot be read any more at the end.
        MalformedInput when it holds no sound that can be read, is there already, or changes meanwhile;
        Incomplete when it breaks off, unless `incomplete` wants what is there (then the recording counts as interrupted);
        StorageFailed. Interrupted, it leaves nothing that counts as a recording.
        """
        archive = self._archive
        _require_file(path)
        require_room(archive.folder, path.stat().st_size + LEAST_FREE_BYTES)
        source, take_id = _sha256(path), archive.new_id()
        coming = ComingIn.of(archive, path, source)
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require_recording(archive, records, interview)
            refuse_begun(records, interview)
            elsewhere = self._places_of(records, interview, source, track)
            ensure_key(archive, records, interview)
            coming.remember(records, interview, take_id)
        keys = archive.vault.part_keys(interview.id, 1)[0]
        target = take_folder(archive.folder, interview, take_id) / f"{keys.file_id}.oha"
        forgetting = _forgotten_when_it_fails(archive, interview, target)
        with forgetting, _leaving_nothing(target, lambda: self._may_be_on_file(interview, target)):
            with self._sound.decode(path, track) as decoded:
                writer = archive.vault.create_part(target, keys, decoded.sound)
                whole = self._sealed(writer, decoded, incomplete=incomplete)
            summary = whole or self._read_back(interview, target)
            if summary.frames == 0:
                raise MalformedInput(tr("The file holds no sound."), safe=tr("Nothing was imported."))
            seen_again = _is_as_it_was(path, source)
            with archive.store.transaction() as records:
                require_recording(archive, records, interview)
                _refuse_same_sound(records, interview, source, summary)
                recording = as_recording(
                    archive, interview, target, summary,
                    purpose=TakePurpose.TESTIMONY, recorded_at=archive.clock(), source_sha256=source,
                )  # fmt: skip
                filed = file_recording(archive, records, interview, recording)
                coming_in.forget(records, interview.id, take_id)
        archive.announce(Changed.RECORDING, interview.code)
        return Imported(filed, whole is not None, decoded.tracks, decoded.track, decoded.channels, elsewhere, seen_again)

    def _places_of(
        self, records: Records, interview: Interview, source: str, track: int | None
    ) -> tuple[str, ...]:
        """The other interviews that have a file of this hash; MalformedInput when this one does.

        A track that was asked for may be another one of the same file: what it sounds like decides, once it is decoded.
        """
        there = [one for one in records.recordings.of(interview.id) if one.source_sha256 == source]
        if there and track is None:
            raise _already(interview, there[0])
        same = {one.interview_id for one in records.recordings.all() if one.source_sha256 == source} - {interview.id}
        return tuple(code for one, code in records.interviews.codes().items() if one in same)

    def _sealed(self, writer: PartWriter, decoded: DecodedFile, *, incomplete: bool) -> PartSummary | None:
        """All of `decoded` in whole records; None when it broke off and that was allowed."""
        record = decoded.sound.frames_per_record * decoded.sound.bytes_per_frame
        waiting, until_look = bytearray(), _LOOK_AT_DISK_EVERY_BYTES
        try:
            try:
                for block in decoded.blocks:
                    self._archive.go_on()
                    waiting += block
                    while len(waiting) >= record:
                        writer.append(bytes(waiting[:record]))
                        del waiting[:record]
                        until_look -= record
                    if until_look < 0:
                        require_room(self._archive.folder, LEAST_FREE_BYTES)
                        until_look = _LOOK_AT_DISK_EVERY_BYTES
                broken = False
            except Incomplete:
                if not incomplete:
                    raise
                broken = True
            if waiting:
                writer.append(bytes(waiting))
            if not broken:
                return writer.finish()
            writer.sync()
        except BaseException:
            writer.abandon()
            raise
        writer.abandon()
        return None

    def _may_be_on_file(self, interview: Interview, target: Path) -> bool:
        """Whether the sealed file counts as a recording, or nobody can tell: then the next unlock settles it."""
        try:
            with self._archive.store.reading() as records:
                return any(one.id == target.stem for one in records.recordings.of(interview.id))
        except OralHistoryError:
            return True

    def _read_back(self, interview: Interview, target: Path) -> PartSummary:
        part = self._archive.vault.open_part(interview.id, target)
        try:
            return part.summary()
        finally:
            part.close()


@contextmanager
def _forgotten_when_it_fails(archive: OpenArchive, interview: Interview, target: Path) -> Iterator[None]:
    """When the block fails and nothing of the take is left, the database forgets where the file lay, too.

    A database that cannot does so at the next unlock.
    """
    try:
        yield
    except BaseException:
        if not target.exists():
            with suppress(OralHistoryError), archive.store.transaction() as records:
                coming_in.forget(records, interview.id, target.parent.name)
        raise


@contextmanager
def _leaving_nothing(target: Path, may_be_on_file: Callable[[], bool]) -> Iterator[None]:
    """When the block fails the sealed file and its folder are gone, and the disk's own errors are told as such.

    Something may fail after the recording was put on file; then the sealed file stays.
    """
    try:
        yield
    except BaseException as failed:
        if not may_be_on_file():
            target.unlink(missing_ok=True)
            target.parent.rmdir()
        if isinstance(failed, OSError):
            raise StorageFailed(
                tr("The disk does not take a recording."),
                safe=tr("Everything recorded before is safe."),
                todo=tr("Check that it is not full and may be written to."),
            ) from failed
        raise


def _require_file(path: Path) -> None:
    """NotFound when nothing is there; MalformedInput for a folder, a pipe, a device, and a file that holds nothing."""
    try:
        about = path.stat()
    except OSError:
        raise NotFound(tr("There is no such file to import."), todo=tr("Check the path.")) from None
    if not stat.S_ISREG(about.st_mode):
        raise MalformedInput(
            tr("This is a folder or a device, and not a file."), safe=tr("Nothing was imported."), todo=tr("Name the file.")
        )
    if about.st_size == 0:
        raise MalformedInput(tr("The file is empty."), safe=tr("Nothing was imported."), todo=tr("Copy it again."))


def _refuse_same_sound(records: Records, interview: Interview, source: str, summary: PartSummary) -> None:
    for one in records.recordings.of(interview.id):
        if one.source_sha256 == source and one.sha256 == summary.sha256:
            raise _already(interview, one)


def _already(interview: Interview, there: Recording) -> MalformedInput:
    return MalformedInput(
        tr("This file is already in interview {code}, as part {part}.", code=interview.code, part=there.part),
        safe=tr("Nothing was imported twice."),
    )


def _is_as_it_was(path: Path, source: str) -> bool:
    """False when the file cannot be read any more: what was read of it may be all there is. MalformedInput when it changed."""
    try:
        now = sha256_of(path)
    except OSError:
        return False
    if now != source:
        raise MalformedInput(
            tr("The file changed while it was read."),
            safe=tr("Nothing was imported."),
            todo=tr("Wait until whatever writes it is done, and try again."),
        )
    return True


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        raise NotFound(tr("The file could not be opened."), todo=tr("Check that it may be read.")) from None
