"""One recording sealed anew under another key, with silence in the place of some minutes; everything else bit for bit.

The new part lies beside the old one under a name that no backup takes. It is read back before it counts. What the recorder
noted about those minutes (marks, reasons for closing) is left out, wherever the key was pressed; gaps and pauses stay where they
were. It refuses sound that is not what was filed: the old key is about to go, and with it every chance to mend from a backup.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from oralhistory.domain.interview import NoteKind, Recording, TakePurpose
from oralhistory.domain.muting import silenced
from oralhistory.domain.ports import PartKeys, PartWriter, SealedPart, Vault
from oralhistory.domain.sound import OUTLINE_POINTS, Gap, GapReason, Outline, PartSummary
from oralhistory.domain.spans import Span
from oralhistory.errors import Damaged, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.recording.checking import Checked
from oralhistory.services.recording.take_notes import meant

COMING = ".part"
OUTLINE = ".peaks"
_LOOK_EVERY = 256  # records


class Resealing:
    """`held` opens what there is, `fresh` seals with the new key; `go_on` is told how many bytes of sound were sealed since it
    was told last, and may raise to end the work."""

    def __init__(self, folder: Path, held: Vault, fresh: Vault, go_on: Callable[[int], None]) -> None:
        self._folder = folder
        self._held = held
        self._fresh = fresh
        self._go_on = go_on

    def sealed(self, recording: Recording, span: Span) -> Recording:
        """The recording as it will be on file, without what of `span` lies in it. Damaged, OSError, whatever `go_on` raises."""
        [keys] = self._fresh.part_keys(recording.interview_id, 1)
        path = (self._folder / recording.path).with_name(f"{keys.file_id}.oha")
        target = path.with_name(path.name + COMING)
        first, last = recording.frames_of(span)
        part = self._opened(recording)
        try:
            summary = part.summary()
            _refuse_changed(Checked(recording, summary))
            writer = self._fresh.create_part(target, keys, part.format)
            notes = _kept_notes(part.notes(), recording, span)
            written = self._copied(part, writer, summary, notes, (first, last), complete=recording.complete)
        finally:
            part.close()
        self._read_back(recording, target, written)
        self._outline(recording, keys, path, (first, last))
        removed = (Gap(first, last - first, GapReason.REMOVED),) if first < last else ()
        return replace(
            recording, id=keys.file_id, path=path.relative_to(self._folder).as_posix(), sha256=written,
            gaps=tuple(sorted((*recording.gaps, *removed), key=lambda gap: gap.frame)),
        )  # fmt: skip

    def _opened(self, recording: Recording) -> SealedPart:
        try:
            return self._held.open_part(recording.interview_id, self._folder / recording.path)
        except (NotFound, Damaged) as lost:
            raise _not_as_filed(recording) from lost

    def _copied(
        self, part: SealedPart, writer: PartWriter, summary: PartSummary, notes: Iterable[bytes], gone: Span, *,
        complete: bool,
    ) -> str:  # fmt: skip
        """The SHA-256 of what was written. A part that broke off has no end in its new copy either."""
        removed = [Gap(gone[0], gone[1] - gone[0], GapReason.REMOVED)] if gone[0] < gone[1] else []
        gaps = sorted([*summary.gaps, *removed], key=lambda gap: gap.frame)
        per_record, sound, sealed = part.format.frames_per_record, hashlib.sha256(), 0
        try:
            for note in notes:
                writer.meta(note)
            for number, first in enumerate(range(0, summary.frames, per_record)):
                if number % _LOOK_EVERY == 0:
                    self._go_on(sealed)
                    sealed = 0
                while gaps and gaps[0].frame < first + per_record:
                    writer.gap(gaps.pop(0))
                pcm = silenced(part.read(first, per_record), first, [gone], part.format)
                writer.append(pcm)
                sound.update(pcm)
                sealed += len(pcm)
            self._go_on(sealed)
            for gap in gaps:
                writer.gap(gap)
            if complete:
                writer.finish()
            else:
                writer.sync()
        except BaseException:
            writer.abandon()
            raise
        writer.abandon()
        return sound.hexdigest()

    def _read_back(self, recording: Recording, target: Path, written: str) -> None:
        """StorageFailed when the disk gives back something else than was written to it."""
        again = self._fresh.open_part(recording.interview_id, target)
        try:
            found = again.summary()
        finally:
            again.close()
        if (found.frames, found.complete, found.sha256) != (recording.frames, recording.complete, written):
            raise StorageFailed(
                tr("The disk gives back something else than was written to it."),
                safe=tr("Nothing was removed, and nothing was changed."),
                todo=tr("Do not trust this disk any more; use another one."),
            )

    def _outline(self, recording: Recording, keys: PartKeys, path: Path, gone: Span) -> None:
        """The levels of a removed stretch would tell where somebody spoke and where they wept."""
        old = self._held.read_outline(recording.interview_id, self._folder / recording.path)
        if old is None:
            return
        width, per_record = old.format.channels, old.format.frames_per_record
        begin, end = gone[0] * OUTLINE_POINTS // per_record, -(-gone[1] * OUTLINE_POINTS // per_record)
        points = bytearray(old.points)
        stretch = slice(begin * width, min(end * width, len(points)))
        points[stretch] = bytes(len(points[stretch]))
        self._fresh.write_outline(keys, path, Outline(old.format, bytes(points)))


def _kept_notes(notes: Iterable[bytes], recording: Recording, span: Span) -> Iterator[bytes]:
    """A mark or a closing about the removed stretch may hold words.

    A closing that reaches out of it still protects the rest, and one that ends in it still ends there: without their words.
    """
    for note in notes:
        try:
            told = json.loads(note)
        except ValueError:
            told = None
        if not isinstance(told, dict) or "note" not in told or recording.purpose is not TakePurpose.TESTIMONY:
            yield note
            continue
        begins, ends = meant(told, recording.start_ms, recording.format)
        inside = span[0] <= begins and ends <= span[1] and begins < span[1]
        if inside and told.get("kind") != NoteKind.SEAL_UNTIL:
            continue
        about = inside or (begins < span[1] and ends > span[0])
        yield json.dumps({**told, "words": ""}).encode() if about else note


def _refuse_changed(checked: Checked) -> None:
    if not checked.unchanged:
        raise _not_as_filed(checked.recording)


def _not_as_filed(recording: Recording) -> Damaged:
    return Damaged(
        tr("Part {part} is not as it was filed: it is damaged or missing.", part=recording.part),
        safe=tr("Nothing was removed, and nothing was changed."),
        todo=tr("Restore this part from a backup first: afterwards no backup can mend it any more."),
    )
