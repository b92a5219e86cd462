"""Bringing in recordings that exist already: decoded in a child without keys, sealed here, the file's own hash kept."""

import hashlib
from pathlib import Path

from oralhistory.domain.consent import Operation
from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.ports import DecodedFile, PartWriter, Sound
from oralhistory.domain.sound import PartSummary
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.services.consenting import require
from oralhistory.services.filing import ensure_key, file_recording
from oralhistory.services.opened import OpenArchive
from oralhistory.services.recording import take_folder

_BLOCK = 1 << 20


class Importing:
    def __init__(self, archive: OpenArchive, sound: Sound) -> None:
        self._archive = archive
        self._sound = sound

    def import_file(self, code: str, path: Path) -> Recording:
        """Seal the sound of `path` as the interview's next recording. The file itself is left as it is.

        Needs the same consent as recording. MalformedInput when it holds no sound that can be read, or is there already.
        """
        archive = self._archive
        if not path.is_file():
            raise NotFound(tr("There is no such file to import."), todo=tr("Check the path."))
        source = _sha256(path)
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require(archive, records, interview, Operation.RECORD)
            if any(one.source_sha256 == source for one in records.recordings.of(interview.id)):
                raise MalformedInput(
                    tr("This file is already in interview {code}.", code=interview.code),
                    safe=tr("Nothing was imported twice."),
                )
            ensure_key(archive, records, interview)
        keys = archive.vault.part_keys(interview.id, 1)[0]
        take_id = archive.new_id()
        target = take_folder(archive.folder, interview, take_id) / f"{keys.file_id}.oha"
        try:
            with self._sound.decode(path) as decoded:
                summary = _sealed(archive.vault.create_part(target, keys, decoded.sound), decoded)
            if summary.frames == 0:
                raise MalformedInput(tr("The file holds no sound."), safe=tr("Nothing was imported."))
        except BaseException:
            target.unlink(missing_ok=True)
            target.parent.rmdir()
            raise
        with archive.store.transaction() as records:
            recording = Recording(
                id=keys.file_id,
                interview_id=interview.id,
                take_id=take_id,
                part=0,
                purpose=TakePurpose.TESTIMONY,
                start_ms=0,
                duration_ms=summary.format.frames_to_ms(summary.frames),
                frames=summary.frames,
                format=summary.format,
                sha256=summary.sha256,
                complete=summary.complete,
                gaps=summary.gaps,
                path=target.relative_to(archive.folder).as_posix(),
                device="",
                source_sha256=source,
                recorded_at=archive.clock(),
            )
            filed = file_recording(archive, records, interview, recording)
        archive.announce("recording", interview.code)
        return filed


def _sealed(writer: PartWriter, decoded: DecodedFile) -> PartSummary:
    """All of `decoded` in whole records."""
    record = decoded.sound.frames_per_record * decoded.sound.bytes_per_frame
    waiting = bytearray()
    try:
        for block in decoded.blocks:
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
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()
