"""What a take's own log says about its sound (marks, passages to seal), put on the interview's timeline when the take is filed.

What was stored while recording is put exactly in place, what a locked window said is stored now. Anything in a log that is not a
note of the recorder is left alone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from oralhistory.domain.interview import OPEN_END_MS, Interview, Mark, NoteKind, SealedRange, TakePurpose
from oralhistory.domain.ports import Records
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.spans import Span
from oralhistory.domain.transcript import normalised


@dataclass(frozen=True, slots=True)
class PartNotes:
    """The notes of one part. `begins`: the frame of the stretch it starts at; `continues`: the part that broke off there."""

    notes: tuple[dict[str, Any], ...]

    @classmethod
    def read(cls, raw: Iterable[bytes]) -> "PartNotes":
        return cls(tuple(_parsed(raw)))

    @property
    def begins(self) -> int:
        return _number(self._first("begins"))

    @property
    def continues(self) -> str:
        return str(self._first("continues") or "")

    @property
    def device(self) -> str:
        return str(self._first("device") or "")

    @property
    def purpose(self) -> TakePurpose | None:
        """What the recorder was told that the take is; None where the part does not say."""
        said = self._first("purpose")
        return next((one for one in TakePurpose if one == said), None)

    @property
    def started_at(self) -> str:
        return str(self._first("started_at") or "")

    def _first(self, name: str) -> object:
        return next((note[name] for note in self.notes if name in note), None)


class NotesOfTake:
    """Goes through the parts of a take in order, within one transaction.

    `next_ms`: where a take begins that may go on already; what that one seals is its own to end.
    """

    def __init__(self, records: Records, interview: Interview, next_ms: int | None) -> None:
        self._recordings = records.recordings
        self._interview = interview
        self._next_ms = next_ms

    def file(self, found: PartNotes, starts_ms: int, sound: SoundFormat) -> None:
        """Store what the notes of a part say that begins at `starts_ms` on the timeline."""
        for note in found.notes:
            if "note" not in note or note.get("kind") not in list(NoteKind):
                continue
            words = normalised(str(note.get("words", "")))
            self._store(NoteKind(note["kind"]), str(note["note"]), words, *meant(note, starts_ms, sound))

    def end(self, at_ms: int | None) -> None:
        """The take is over: passages that nobody closed end with it, or stay open when some of the take is missing (None)."""
        if at_ms is not None:
            self._recordings.end_sealing(self._interview.id, at_ms, self._next_ms)

    def _store(self, kind: NoteKind, note_id: str, words: str, begins: int, ends: int) -> None:
        interview = self._interview.id
        if kind is NoteKind.MARK:
            self._recordings.put_mark(Mark(interview, begins, words, note_id))
        elif kind is NoteKind.SEAL_UNTIL:
            self._recordings.end_sealing(interview, ends, self._next_ms)
        else:
            self._recordings.put_sealed_range(SealedRange(interview, begins, ends, words, note_id=note_id))


def meant(note: Mapping[str, Any], starts_ms: int, sound: SoundFormat) -> Span:
    """Which stretch of the timeline a note is about, in ms, in a part that begins at `starts_ms`; a moment begins where it ends.

    It need not lie in the part: what is said of the last minutes, or of an earlier moment, may be about the part before it.
    """
    here = starts_ms + sound.frames_to_ms(_number(note.get("frame")))
    begins = max(0, here - _number(note.get("back_ms")))
    ends = max(begins, here - _number(note.get("until_back_ms")))
    if note.get("kind") == NoteKind.SEAL_FROM:
        return begins, OPEN_END_MS
    return (ends, ends) if note.get("kind") in (NoteKind.MARK, NoteKind.SEAL_UNTIL) else (begins, ends)


def _parsed(raw: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for one in raw:
        try:
            note = json.loads(one)
        except ValueError:
            continue
        if isinstance(note, dict):
            yield note


def _number(value: object) -> int:
    return value if type(value) is int and value >= 0 else 0
