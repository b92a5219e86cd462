"""Making the machine's draft: window by window from sealed sound, each stored before the next is heard.

Cancelling kills the child; what is stored stays, and the next run goes on behind it: a draft waits until it is done. It never
touches reviewed text or sound. The service holds the keys; the child is sent 16 kHz sound and knows nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from oralhistory.domain.consent import Operation
from oralhistory.domain.coverage import Coverage, coverage
from oralhistory.domain.edits import Splice
from oralhistory.domain.interview import Interview, Recording, Status
from oralhistory.domain.ports import Doubts, Engine, Engines, ModelInfo, Records, Sound, SpeechWindows
from oralhistory.domain.transcript import Draft, Layer, Segment, WindowResult
from oralhistory.errors import Cancelled, MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consenting import require
from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.services.recording.filing import ensure_key, some_testimony
from oralhistory.services.recording.listening import Timeline
from oralhistory.services.review.models import ModelShelf
from oralhistory.services.review.waiting import WaitingDrafts

STRETCH_MS = 60_000
"""So much sound is looked at to find where the next window ends."""
_NOTHING = WindowResult((), "", 0.0, 1.0, 0.0, ())

Progress = Callable[[int, int], None]
"""Told (milliseconds done, milliseconds in all) after each window."""


@dataclass(frozen=True, slots=True)
class _Window:
    recording: Recording
    start_ms: int
    end_ms: int
    pcm: bytes
    speech: bool


class Transcribing:
    def __init__(
        self,
        archive: OpenArchive,
        shelf: ModelShelf,
        engines: Engines,
        sound: Sound,
        windows: SpeechWindows,
        doubts: Doubts,
    ) -> None:
        self._archive = archive
        self._shelf = shelf
        self._engines = engines
        self._sound = sound
        self._windows = windows
        self._doubts = doubts
        self.waiting = WaitingDrafts(archive)

    def run(
        self,
        code: str,
        *,
        model: str | None = None,
        engine: str | None = None,
        language: str | None = None,
        progress: Progress = lambda _done, _whole: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Draft:
        """Draft the whole interview; `model` and `engine` None are the archive's own.

        `language` None takes the interview's own, per window when there are several; "auto" lets the machine tell.

        Cancelled soon after `cancelled` says so, while the model is opened or a window heard; calling again goes on where it
        stopped.
        """
        archive = self._archive
        if language not in (None, "auto", *LANGUAGES):
            raise MalformedInput(tr("Not a language this program knows: {language}.", language=language))
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require(archive, records, interview, Operation.TRANSCRIBE)
            recordings = some_testimony(records, interview)
            ensure_key(archive, records, interview)
            self.waiting.put(records, interview)  # until it is done, or somebody says that it need not be
        chosen = self._shelf.find(model)
        engine = engine or self._shelf.engine()
        spoken = _languages(interview, language)
        draft, done = self._draft(interview, chosen, engine, ",".join(spoken))
        with (
            Timeline(archive.vault, archive.folder, recordings) as timeline,
            self._engines.open(chosen.path, chosen.sha256, engine, cancelled) as machine,
        ):
            for window in self._walk(timeline, done):
                self._hear(interview, draft, machine, window, spoken)
                progress(window.end_ms, timeline.duration_ms)
        self._finish(interview, draft)
        return replace(draft, finished=True)

    def let_be(self, code: str) -> None:
        """The draft of this interview waits no more: a person stopped it. What is finished of it is kept."""
        with self._archive.store.transaction() as records:
            self.waiting.drop(records, self._archive.interview(records, code))

    def coverage(self, code: str) -> Coverage:
        """What the interview's latest draft left unwritten, as far as it is done; nothing without a draft."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            draft = records.transcripts.latest_draft(interview.id)
            if draft is None:
                return Coverage()
            heard = records.transcripts.speech(draft.id)
            text = [(one.start_ms, one.end_ms) for one in records.transcripts.segments(interview.id, Layer.MACHINE)]
        return coverage(
            [window for window, speech in heard if speech is not None],
            [one for _, speech in heard for one in speech or ()],
            text,
            unknown=[window for window, speech in heard if speech is None],
        )

    def _draft(
        self, interview: Interview, model: ModelInfo, engine: str, language: str
    ) -> tuple[Draft, dict[str, int]]:
        """The unfinished draft with the same makings and how far each recording is done, or a new one."""
        archive = self._archive
        with archive.store.transaction() as records:
            last = records.transcripts.latest_draft(interview.id)
            makings = (engine, model.sha256, language)
            if last and not last.finished and (last.engine, last.model_sha256, last.language) == makings:
                done: dict[str, int] = {}
                for recording_id, _, end_ms in records.transcripts.windows(last.id):
                    done[recording_id] = max(done.get(recording_id, 0), end_ms)
                return last, done
            draft = Draft(archive.new_id(), interview.id, engine, model.name, model.sha256, language, False)
            records.transcripts.start_draft(draft)
            return draft, {}

    def _walk(self, timeline: Timeline, done: dict[str, int]) -> Iterator[_Window]:
        """The windows that are still to be heard, covering every recording to its end."""
        for recording in timeline.recordings:
            at = done.get(recording.id, recording.start_ms)
            while at < recording.end_ms:
                upto = min(at + STRETCH_MS, recording.end_ms)
                pcm = self._sound.for_speech(timeline.read(recording, at, upto), recording.format)
                cuts = self._windows.cut(pcm)
                if not cuts:
                    break
                for start_ms, end_ms, speech in cuts if upto == recording.end_ms else cuts[:1]:
                    last = upto == recording.end_ms and (start_ms, end_ms, speech) == cuts[-1]
                    end = recording.end_ms if last else min(at + end_ms - start_ms, recording.end_ms)
                    yield _Window(recording, at, end, _between(pcm, start_ms, end_ms), speech)
                    at = end

    def _hear(self, interview: Interview, draft: Draft, machine: Engine, window: _Window, languages: Sequence[str]) -> None:
        archive = self._archive
        result = machine.window(window.pcm, languages, "") if window.speech else _NOTHING
        with archive.store.transaction() as records:
            require(
                archive, records, interview, Operation.TRANSCRIBE
            )  # it may have been taken back since the last window
            _refuse_gone(records, interview, window.recording)
            before = records.transcripts.segments(interview.id, Layer.MACHINE)[-3:]
            named = [self._named(segment, window, result) for segment in result.segments]
            flagged = self._doubts.flagged(named, before, result)
            records.transcripts.add_window(
                draft.id, window.recording.id, window.start_ms, window.end_ms, replace(result, segments=tuple(flagged))
            )

    def _named(self, segment: Segment, window: _Window, result: WindowResult) -> Segment:
        return replace(
            segment,
            id=self._archive.new_id(),
            recording=window.recording.id,
            language=segment.language or result.language,
            end_ms=min(segment.end_ms, window.end_ms - window.start_ms),
        )

    def _finish(self, interview: Interview, draft: Draft) -> None:
        archive = self._archive
        with archive.store.transaction() as records:
            records.transcripts.finish_draft(draft.id)
            self.waiting.drop(records, interview)
            begin_review(records, interview)
            if interview.status in (Status.PLANNED, Status.RECORDED):
                records.interviews.set_status(interview.id, Status.DRAFTED)
            archive.record_custody(records, interview, f"draft made by {draft.engine} {draft.model}")
        archive.announce("draft", interview.code)


def _refuse_gone(records: Records, interview: Interview, recording: Recording) -> None:
    """Cancelled when minutes were removed from the sound meanwhile: what was heard of it is not wanted any more."""
    if recording.id not in {one.id for one in records.recordings.of(interview.id)}:
        raise Cancelled(
            tr("The sound was changed while it was heard."), safe=tr("What was finished is kept."),
            todo=tr("Make the draft again: it goes on where it stopped."),
        )  # fmt: skip


def begin_review(records: Records, interview: Interview) -> None:
    """Lay the machine's text out for review. What people have already is never touched.

    Only what was said in recordings made after it is put behind it: a later session must not be missing unnoticed.
    """
    reviewed = records.transcripts.segments(interview.id, Layer.REVIEWED)
    known, end_ms = {one.recording for one in reviewed}, max((one.end_ms for one in reviewed), default=0)
    later = [
        one
        for one in records.transcripts.segments(interview.id, Layer.MACHINE)
        if one.recording not in known and one.start_ms >= end_ms
    ]
    if "" not in known:  # a text that came without sound tells of no recording, so perhaps of all
        records.transcripts.splice(interview.id, Splice(len(reviewed), (), tuple(later)))


def _languages(interview: Interview, asked: str | None) -> tuple[str, ...]:
    if asked == "auto":
        return ()
    return (asked,) if asked else tuple(interview.languages)


def _between(pcm: bytes, start_ms: int, end_ms: int) -> bytes:
    """A stretch of 16 kHz float32 mono sound: 16 samples of 4 bytes a millisecond."""
    return pcm[start_ms * 64 : end_ms * 64]
