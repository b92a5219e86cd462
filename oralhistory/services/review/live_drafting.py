"""The draft that is made while a take goes on: window by window, behind the sound that is sealed on the disk already.

It reads what the recorder has written, as anybody may who has the key; the recorder is asked nothing and knows nothing of it,
and the engine works at the lowest priority. What hinders it hinders nothing else: then the draft waits, like any other.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.consent import Operation
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import Engine, Heartbeat
from oralhistory.domain.transcript import Draft
from oralhistory.errors import Cancelled, NotAllowed, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consenting import require
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.takes import RunningTake
from oralhistory.services.review.listening_window import ENOUGH_MS, STRETCH_MS, Window
from oralhistory.services.review.models import ModelShelf
from oralhistory.services.review.orders import TranscribeOrder
from oralhistory.services.review.prepared import Prepared
from oralhistory.services.review.transcribing import Transcribing

_LOOK_EVERY_S = 0.5
_REST = 10
"""So many times as long as hearing took, a machine that was too slow is left alone: a weak one works a tenth of the time at most,
and one that was only busy for a while goes on with the draft."""


class LiveDrafting:
    def __init__(self, archive: OpenArchive, shelf: ModelShelf, transcribing: Transcribing) -> None:
        self._archive = archive
        self._shelf = shelf
        self._transcribing = transcribing

    def of(self, take: RunningTake) -> "LiveDraft":
        return LiveDraft(self._archive, self._shelf, self._transcribing, take)


@dataclass(slots=True)
class _Part:
    """A part of the take on the disk; `done_ms` of it are heard. `over`: nothing comes behind what is there."""

    id: str
    path: Path
    done_ms: int
    over: bool = False


class LiveDraft:
    """`run` works on a thread of its own until the take is filed and drafted to its end; the rest may be called from any."""

    def __init__(
        self, archive: OpenArchive, shelf: ModelShelf, transcribing: Transcribing, take: RunningTake
    ) -> None:
        self._archive = archive
        self._shelf = shelf
        self._transcribing = transcribing
        self._interview = take.interview
        self._folder = archive.folder / AUDIO / take.interview.id / take.take_id
        self._ids = take.parts
        self._is_testimony = take.purpose is TakePurpose.TESTIMONY
        self._filed = threading.Event()
        self._on_battery = False
        self._rests_until = 0.0

    def beat(self, beat: Heartbeat) -> None:
        """On battery nothing is heard: the hours of the battery belong to the recorder."""
        self._on_battery = beat.battery is not None and not beat.battery.charging

    def filed(self) -> None:
        """The take is over and stands on the interview's timeline: now the draft is finished."""
        self._filed.set()

    def run(self, cancelled: Callable[[], bool]) -> Draft | None:
        """None for a spoken consent, without a model or the permission to transcribe, and where the archive wants drafts made
        afterwards. Cancelled, WorkerFailed: the draft waits."""
        archive, interview, transcribing = self._archive, self._interview, self._transcribing
        if not self._is_testimony or not self._shelf.drafts_while_recording():
            return None
        try:
            with archive.store.transaction() as records:
                require(archive, records, interview, Operation.TRANSCRIBE)
            order = transcribing.order(interview, self._shelf.quick())
        except (NotAllowed, NotFound):
            return None
        with transcribing.opened(interview, order, cancelled) as machine:
            self._follow(machine, order, cancelled)
            return transcribing.through(interview, order, machine)

    def _follow(self, machine: Engine, order: TranscribeOrder, cancelled: Callable[[], bool]) -> None:
        known: dict[str, _Part] = {}
        while not self._filed.is_set():
            if cancelled():
                raise Cancelled(tr("It was stopped."), safe=tr("What was finished is kept."))
            rests = self._on_battery or time.monotonic() < self._rests_until
            found = None if rests else self._next(known, order)
            if found is not None:
                self._hear(*found, machine, order)
            else:
                self._filed.wait(_LOOK_EVERY_S)

    def _hear(self, part: _Part, window: Window, machine: Engine, order: TranscribeOrder) -> None:
        """A machine on which hearing takes longer than speaking does not catch up: it is left to the recorder, and measured
        again when it has rested.

        What is left of a part before a pause tells nothing of that: two seconds are heard in the time of thirty.
        """
        archive, interview, began = self._archive, self._interview, time.monotonic()
        result = self._transcribing.ear.hear(machine, window, order)
        now = time.monotonic()
        too_slow = not part.over and (now - began) * 1000 > window.end_ms - window.start_ms
        self._rests_until = now + _REST * (now - began) if too_slow else 0.0
        with archive.store.transaction() as records:
            require(archive, records, interview, Operation.TRANSCRIBE)
            heard = Prepared(window.start_ms, window.end_ms, result)
            self._transcribing.prepared.keep(records, interview, part.id, order, heard)
        part.done_ms = window.end_ms

    def _next(self, known: dict[str, _Part], order: TranscribeOrder) -> tuple[_Part, Window] | None:
        """The next window that is on the disk to its end, and the part it is in."""
        there = [self._part(known, one, order) for one in self._ids if (self._folder / f"{one}.oha").exists()]
        for place, part in enumerate(there):
            part.over = part.over or place + 1 < len(there)
            window = self._window(part)
            if window is not None:
                return part, window
            if not part.over:
                break
        return None

    def _part(self, known: dict[str, _Part], file_id: str, order: TranscribeOrder) -> _Part:
        """As far as it was heard before, also by a window that is gone."""
        if file_id not in known:
            with self._archive.store.transaction() as records:
                prepared = self._transcribing.prepared.of(records, self._interview, file_id, order)
            done = prepared[-1].end_ms if prepared else 0
            known[file_id] = _Part(file_id, self._folder / f"{file_id}.oha", done)
        return known[file_id]

    def _window(self, part: _Part) -> Window | None:
        sealed = self._archive.vault.open_part(self._interview.id, part.path)
        try:
            sound, whole_ms = sealed.format, sealed.format.frames_to_ms(sealed.frames)
            upto = min(part.done_ms + STRETCH_MS, whole_ms)
            if upto <= part.done_ms or (upto - part.done_ms < ENOUGH_MS and not part.over):
                return None
            first, last = sound.ms_to_frames(part.done_ms), sound.ms_to_frames(upto)
            pcm = sealed.read(first, last - first)
        finally:
            sealed.close()
        ends = part.over and upto == whole_ms
        return next(self._transcribing.ear.cut(pcm, sound, part.done_ms, upto, whole=ends), None)
