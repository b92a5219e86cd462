"""A take in hand while it runs: what a person asks of it, with the archive open or locked.

Letting go of it stops nothing. What is said about the sound (marks, passages to seal) goes into the take's own sealed log, so a
locked window can say it too; with the archive open it is stored at once as well.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from os import urandom
from pathlib import Path
from typing import Protocol

from oralhistory.domain.interview import (
    OPEN_END_MS,
    Interview,
    Mark,
    NoteKind,
    Recording,
    SealedRange,
    TakeNote,
    TakePurpose,
)
from oralhistory.domain.ports import Heartbeat, Records, Take, TakeState
from oralhistory.domain.transcript import normalised
from oralhistory.errors import InUse, OralHistoryError, OutOfReach, StorageFailed, WorkerFailed
from oralhistory.i18n import tr
from oralhistory.services.recording.trace import Ending, Trace

_MINUTE_MS = 60_000
_REMEMBER_EVERY_MS = 5_000
_GROWS_WITHIN_S = 0.5
"""Five records of sound, if any is being recorded."""
_ENDS_WITHIN_S = 10.0
"""A recorder that does not answer, writes nothing and was wished to end has until then."""


@dataclass(frozen=True, slots=True)
class TakeMemo:
    """What the database knows of a take.

    `parts` are file ids in the order in which the recorder uses their keys; `reached` the frames of each that were once surely on
    a disk: the high-water mark. `done` are parts that hold no sound. `fallback` and `copy` are the folders it was begun with.
    """

    purpose: TakePurpose
    device: str
    started_at: str
    starts_ms: int
    parts: tuple[str, ...]
    address: str = ""
    fallback: str = ""
    copy: str = ""
    reached: dict[str, int] = field(default_factory=dict)
    done: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "TakeMemo":
        fields = json.loads(text)
        lists = {name: tuple(fields.get(name, ())) for name in ("parts", "done")}
        return cls(**{**fields, **lists, "purpose": TakePurpose(fields["purpose"])})

    def order(self, path: Path) -> tuple[int, str]:
        """Parts in the order in which the recorder was told to use their keys."""
        known = path.stem in self.parts
        return (self.parts.index(path.stem) if known else len(self.parts), path.stem)


def memo_key(take_id: str) -> str:
    """The note of the archive that holds the memo of a take."""
    return f"take:{take_id}"


def memo_of(records: Records, take_id: str) -> TakeMemo | None:
    text = records.notes.get(memo_key(take_id))
    return TakeMemo.from_json(text) if text else None


class TakeInHand:
    """A running take whose address is known and nothing else: what a locked window has in hand.

    A recorder that cannot be reached may well go on: `trace` tells what is seen of it on the disks.
    """

    def __init__(self, take: Take, trace: Trace | None = None) -> None:
        self._take = take
        self._trace = trace
        self._ended = False
        self._away = threading.Event()
        self._wished_at: float | None = None
        self._sealing_asked: bool | None = None
        """What was asked of sealing and no heartbeat has told yet."""
        self.last: Heartbeat | None = None
        """The last heartbeat that came, and when, by the machine's steady clock."""
        self.heard_at = time.monotonic()

    @property
    def address(self) -> str:
        """Where the take is found again. A secret: who has it can stop the take."""
        return self._take.address

    def events(self) -> Iterator[Heartbeat]:
        """Heartbeats until the take has ended. WorkerFailed when its recorder died: what it sealed can be filed.

        OutOfReach when it has not ended and does not answer; ask for events again then.
        """
        try:
            for beat in self._take.events():
                self._away.clear()
                self.last, self.heard_at = beat, time.monotonic()
                if (beat.sealing_since_ms is not None) is self._sealing_asked:
                    self._sealing_asked = None
                self._heard(beat)
                yield beat
        except WorkerFailed as told:
            raise self._judged(told) from None
        self._ended = True

    def pause(self) -> None:
        self._take.pause()

    def resume(self) -> None:
        self._take.resume()

    def off_record(self) -> None:
        """Nothing is captured until `resume`; the gap says that the narrator asked for it. Where only the end can be had, it
        ends."""
        if self._away.is_set():
            self.stop()
        else:
            self._take.off_record()

    def mark(self, word: str = "", at_ms: int | None = None) -> None:
        """Mark this moment, or an earlier one on the take's clock, with a word if there is one."""
        self._note(NoteKind.MARK, word, at_ms=at_ms)

    def seal_last(self, minutes: float, reason: str = "") -> None:
        """The narrator asks to seal what was said in the last minutes."""
        self._note(NoteKind.SEAL_LAST, reason, back_ms=max(0, round(minutes * _MINUTE_MS)))

    def seal_from_here(self, reason: str = "", at_ms: int | None = None) -> None:
        """The narrator asks to seal what follows, until `seal_until_here` or the end of the take."""
        self._note(NoteKind.SEAL_FROM, reason, at_ms=at_ms)

    def seal_until_here(self) -> None:
        """The passage that is being sealed ends. MalformedInput when there is none."""
        self._note(NoteKind.SEAL_UNTIL)

    def stop(self) -> None:
        """Ask for the end; `events` ends when everything is on the disk. A recorder that cannot be reached finds the wish on
        the disk. StorageFailed when it does not take that."""
        if self._away.is_set() and self._trace is not None:
            self._wished_at = time.monotonic()
            self._trace.wish_to_stop()
        self._take.stop()

    def let_go(self) -> None:
        """Take the hands off: a take that was ordered to outlive its starter goes on, any other ends in order."""
        self._take.close()

    def _judged(self, told: WorkerFailed) -> WorkerFailed:
        """What to believe of a recorder whose connection broke: as long as it has the take locked, it has not ended."""
        trace, silent = self._trace, isinstance(told, OutOfReach)
        if trace is None or trace.ending() is not Ending.GOES_ON:
            ended = trace is not None and trace.ending() is Ending.ENDED
            return _died() if silent and ended else told
        before = trace.size()
        time.sleep(_GROWS_WITHIN_S)  # one that is just ending lets go meanwhile
        grows = trace.size() > before
        if trace.ending() is Ending.ENDED:
            return _died()
        if not grows and self._wished_at is not None and time.monotonic() - self._wished_at > _ENDS_WITHIN_S:
            return _stuck()
        self._away.set()
        return _out_of_reach(grows=grows)

    @property
    def sealing(self) -> bool:
        """Whether the narrator wants what is said now sealed: what was asked since the last heartbeat is in no heartbeat yet."""
        if self._sealing_asked is not None:
            return self._sealing_asked
        return self.last is not None and self.last.sealing_since_ms is not None

    def _note(self, kind: NoteKind, words: str = "", at_ms: int | None = None, back_ms: int = 0) -> None:
        note = TakeNote(urandom(16).hex(), kind, normalised(words), at_ms, back_ms)
        if kind is NoteKind.SEAL_FROM:
            self._sealing_asked = True
        try:
            span = self._take.note(note)
        except WorkerFailed:
            if not self._unheard(note):
                raise
            return
        if kind is NoteKind.SEAL_UNTIL:
            self._sealing_asked = False
        self._noted(note, *span)

    def _unheard(self, note: TakeNote) -> bool:
        """The recorder does not hear of `note`; whether that is kept all the same."""
        return False

    def _noted(self, note: TakeNote, from_ms: int, until_ms: int) -> None:
        """The log has `note`; it means this stretch, from the take's beginning on (from before it: less than 0)."""

    def _heard(self, beat: Heartbeat) -> None:
        """A heartbeat came."""


class Files(Protocol):
    """What a take asks of the archive it belongs to (the recording service)."""

    def store_mark(self, mark: Mark) -> None: ...
    def store_sealed_range(self, sealed: SealedRange) -> None: ...
    def end_sealing(self, interview: Interview, end_ms: int) -> None: ...
    def is_being_written(self, interview: Interview, take_id: str) -> bool: ...
    def adopt_take(self, interview: Interview, take_id: str) -> list[Recording]: ...
    def remember(self, take_id: str, memo: TakeMemo) -> None: ...


class RunningTake(TakeInHand):
    """A take of an open archive; `file` stores it once it has ended."""

    def __init__(
        self, files: Files, interview: Interview, take_id: str, memo: TakeMemo, take: Take, trace: Trace | None = None
    ) -> None:
        super().__init__(take, trace)
        self.interview = interview
        self.purpose = memo.purpose
        self.take_id = take_id
        self._files = files
        self._memo = memo
        self._remembered_ms = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The file ids of its parts, in the order in which the recorder uses them; most are never needed."""
        return self._memo.parts

    @property
    def device(self) -> str | None:
        """The microphone it was begun with; None for the system's own choice."""
        return self._memo.device or None

    @property
    def reaches_ms(self) -> int:
        """Where on the interview's timeline it ends, as far as was heard of it."""
        return self._memo.starts_ms + (self.last.elapsed_ms if self.last else 0)

    @property
    def goes_on(self) -> bool:
        """Whether some recorder still has its hand on the take."""
        return not self._ended and self._files.is_being_written(self.interview, self.take_id)

    def file(self) -> list[Recording]:
        """Store what was recorded once `events` has ended; a take that still goes on is left alone (an empty list)."""
        if self.goes_on:
            return []
        return self._files.adopt_take(self.interview, self.take_id)

    def _heard(self, beat: Heartbeat) -> None:
        """Keep the high-water mark, so that an end that goes missing later is noticed. The take never waits for it to work."""
        if beat.safe_ms - self._remembered_ms >= _REMEMBER_EVERY_MS or (beat.state is TakeState.FINISHED and beat.reached):
            self._remembered_ms = beat.safe_ms
            self._memo = replace(self._memo, reached=dict(beat.reached))
            with suppress(OralHistoryError):
                self._files.remember(self.take_id, self._memo)

    def _noted(self, note: TakeNote, from_ms: int, until_ms: int) -> None:
        """Stored at once: a transcript that is made meanwhile is to know it. Filing the take puts it exactly in place.

        The log has it already: a disk that refuses it now takes nothing away, and nobody is to be frightened in an interview.
        """
        if self.purpose is TakePurpose.CONSENT:
            return  # it has no place on the timeline
        with suppress(StorageFailed, InUse):
            self._store(note, from_ms, until_ms)

    def _unheard(self, note: TakeNote) -> bool:
        """A recorder that has just died hears nothing: where it was by then is known well enough to close what was said."""
        if self.purpose is TakePurpose.CONSENT or note.kind is NoteKind.SEAL_UNTIL or self.last is None:
            return False
        now_ms = self.last.elapsed_ms + round((time.monotonic() - self.heard_at) * 1000)
        at_ms = now_ms if note.at_ms is None else note.at_ms
        with suppress(StorageFailed, InUse):
            self._store(note, at_ms - note.back_ms, at_ms)
            return True
        return False

    def _store(self, note: TakeNote, from_ms: int, until_ms: int) -> None:
        starts = self._memo.starts_ms
        if note.kind is NoteKind.MARK:
            self._files.store_mark(Mark(self.interview.id, starts + until_ms, note.words, note.id))
        elif note.kind is NoteKind.SEAL_UNTIL:
            self._files.end_sealing(self.interview, starts + until_ms)
        else:
            end = OPEN_END_MS if note.kind is NoteKind.SEAL_FROM else starts + until_ms
            self._files.store_sealed_range(
                SealedRange(self.interview.id, max(0, starts + from_ms), end, note.words, note_id=note.id)
            )


def _died() -> WorkerFailed:
    return WorkerFailed(
        tr("The recorder ended unexpectedly."),
        safe=tr("What it recorded is sealed on the disk and will be found when the archive is opened."),
        todo=tr("Start the recording again."),
    )


def _out_of_reach(*, grows: bool) -> OutOfReach:
    if grows:
        return OutOfReach(
            tr("The recorder does not answer, but it records: the sound on the disk grows."),
            safe=tr("All of it is being encrypted."),
            todo=tr("Stop (F9) and off the record (F8) end it all the same; nothing else reaches it."),
        )
    return OutOfReach(
        tr("The recorder does not answer, and nothing more of it reaches the disk. Perhaps nothing is being recorded."),
        safe=tr("What it recorded is sealed on the disk."),
        todo=tr("Stop (F9), then start the recording again."),
    )


def _stuck() -> WorkerFailed:
    return WorkerFailed(
        tr("The recorder does not answer and does not end."),
        safe=tr("What it recorded is sealed on the disk and will be found when the archive is opened."),
        todo=tr("Start the recording again."),
    )
