"""Bringing in recordings that exist already: decoded in a child without keys, sealed here, the file's own hash kept."""

import hashlib
from pathlib import Path

from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.ports import DecodedFile, PartWriter, Sound
from oralhistory.domain.sound import PartSummary
from oralhistory.errors import MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.places import require_room
from oralhistory.services.consenting import require_recording
from oralhistory.services.filing import as_recording, ensure_key, file_recording, import_note, take_folder
from oralhistory.services.opened import OpenArchive
from oralhistory.services.recording import LEAST_FREE_BYTES


class Importing:
    def __init__(self, archive: OpenArchive, sound: Sound) -> None:
        self._archive = archive
        self._sound = sound

    def import_file(self, code: str, path: Path) -> Recording:
        """Seal the sound of `path` as the interview's next recording. The file itself is left as it is.

        Needs the same consent as recording, before and after the work. MalformedInput when it holds no sound that can be
        read, or is there already; StorageFailed. Interrupted, it leaves nothing that counts as a recording.
        """
        archive = self._archive
        if not path.is_file():
            raise NotFound(tr("There is no such file to import."), todo=tr("Check the path."))
        require_room(archive.folder, path.stat().st_size + LEAST_FREE_BYTES)
        source, take_id = _sha256(path), archive.new_id()
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require_recording(archive, records, interview)
            if any(one.source_sha256 == source for one in records.recordings.of(interview.id)):
                raise MalformedInput(
                    tr("This file is already in interview {code}.", code=interview.code),
                    safe=tr("Nothing was imported twice."),
                )
            ensure_key(archive, records, interview)
            records.notes.set(import_note(take_id), archive.session)
        keys = archive.vault.part_keys(interview.id, 1)[0]
        target = take_folder(archive.folder, interview, take_id) / f"{keys.file_id}.oha"
        try:
            with self._sound.decode(path) as decoded:
                summary = _sealed(archive, archive.vault.create_part(target, keys, decoded.sound), decoded)
            if summary.frames == 0:
                raise MalformedInput(tr("The file holds no sound."), safe=tr("Nothing was imported."))
            with archive.store.transaction() as records:
                require_recording(archive, records, interview)
                recording = as_recording(
                    archive, interview, target, summary,
                    purpose=TakePurpose.TESTIMONY, recorded_at=archive.clock(), source_sha256=source,
                )  # fmt: skip
                filed = file_recording(archive, records, interview, recording)
                records.notes.delete(import_note(take_id))
        except BaseException as failed:
            target.unlink(missing_ok=True)
            target.parent.rmdir()
            if isinstance(failed, OSError):
                raise StorageFailed(
                    tr("The disk does not take a recording."),
                    safe=tr("Everything recorded before is safe."),
                    todo=tr("Check that it is not full and may be written to."),
                ) from failed
            raise
        archive.announce("recording", interview.code)
        return filed


def _sealed(archive: OpenArchive, writer: PartWriter, decoded: DecodedFile) -> PartSummary:
    """All of `decoded` in whole records."""
    record = decoded.sound.frames_per_record * decoded.sound.bytes_per_frame
    waiting = bytearray()
    try:
        for block in decoded.blocks:
            archive.go_on()
            waiting += block
            while len(waiting) >= record:
                writer.append(bytes(waiting[:record]))
                del waiting[:record]
        if waiting:
            writer.append(bytes(waiting))
        return writer.finish()
    except BaseException:
        writer.abandon()
        raise


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise NotFound(tr("The file could not be opened."), todo=tr("Check that it may be read.")) from None
