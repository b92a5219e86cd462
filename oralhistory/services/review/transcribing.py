"""Making the machine's draft: window by window from sealed sound, each stored before the next is heard.

Cancelling kills the child; what is stored stays, and the next run goes on behind it: a draft waits until it is done. It never
touches reviewed text or sound. The service holds the keys; the child is sent 16 kHz sound and knows nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from oralhistory.domain.chinese import ChineseScript, may_be_spoken, written
from oralhistory.domain.consent import Operation
from oralhistory.domain.coverage import Coverage, coverage
from oralhistory.domain.edits import Splice
from oralhistory.domain.interview import WITHOUT_TEXT, Interview, Recording, Status
from oralhistory.domain.ports import ChineseBy, DoubtsBy, Engine, Records, Sound, SpeechWindows
from oralhistory.domain.said_when import unplaced
from oralhistory.domain.spans import Span, joined
from oralhistory.domain.transcript import Draft, Layer, Segment, WindowResult
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consenting import require
from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.services.progress import Asked, never
from oralhistory.services.recording.filing import refuse_gone, some_testimony, testimony
from oralhistory.services.recording.listening import Timeline
from oralhistory.services.review.giving_way import GivingWay, Held, untold
from oralhistory.services.review.listening_window import STRETCH_MS, Ear, Window
from oralhistory.services.review.models import ModelShelf
from oralhistory.services.review.one_engine import OneEngine
from oralhistory.services.review.orders import Prompt, TranscribeOrder
from oralhistory.services.review.phantoms import Phantoms
from oralhistory.services.review.prepared import Prepared, PreparedWindows
from oralhistory.services.review.text_state import follow_text
from oralhistory.services.review.unwritten import unwritten_sound, without_text
from oralhistory.services.review.waiting import WaitingDrafts

Progress = Callable[[int, int], None]
"""Told (milliseconds done, milliseconds in all) after each window."""
Begun = Callable[[TranscribeOrder], None]
"""Told what a draft is made with, before anything is heard with it."""


def _untold(*_: object) -> None:
    pass


def _as_it_is(engine: Engine) -> Engine:
    return engine


@dataclass(frozen=True, slots=True)
class _InHand:
    """A draft that is being made: of what, as it was ordered, and who writes its Chinese (None: as it is heard)."""

    interview: Interview
    order: TranscribeOrder
    writer: ChineseBy | None
    draft: Draft


class Transcribing:
    def __init__(
        self,
        archive: OpenArchive,
        shelf: ModelShelf,
        engines: OneEngine,
        sound: Sound,
        windows: SpeechWindows,
        doubts: DoubtsBy,
        phantoms: Phantoms,
        chinese_by: Callable[[ChineseScript], ChineseBy],
        giving_way: GivingWay,
        prompt: Prompt,
    ) -> None:
        self._archive = archive
        self._shelf = shelf
        self.engines = engines
        self._doubts = doubts
        self._phantoms = phantoms
        self._chinese_by = chinese_by
        self._giving_way = giving_way
        self._prompt = prompt
        self.ear = Ear(sound, windows)
        self.waiting = WaitingDrafts(archive)
        self.prepared = PreparedWindows(archive)

    @property
    def making(self) -> str:
        """The code of the interview that an engine is at work on now; empty when none is."""
        return self.engines.making

    def run(
        self,
        code: str,
        *,
        model: str | None = None,
        engine: str | None = None,
        language: str | None = None,
        chinese: ChineseScript | None = None,
        begun: Begun = _untold,
        progress: Progress = _untold,
        held: Held = untold,
        cancelled: Asked = never,
        heard_by: Callable[[Engine], Engine] = _as_it_is,
    ) -> Draft:
        """Draft the whole interview; `model`, `engine` and `chinese` None are the archive's own.

        Where a take is being recorded it rests, and is `held`, until that is over; the memory of the engine goes back meanwhile.

        `language` None takes the interview's own, per window when there are several; "auto" lets the machine tell.

        `heard_by` is what stands between the engine and the draft: the demonstration has errors put in, nothing else does.

        Cancelled soon after `cancelled` says so, while the model is opened or a window heard; calling again goes on where it
        stopped.
        """
        archive = self._archive
        if language not in (None, "auto", *LANGUAGES):
            raise MalformedInput(tr("Not a language this program knows: {language}.", language=language))
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require(archive, records, interview, Operation.TRANSCRIBE)
            some_testimony(records, interview)
        order = self.order(interview, model, engine, language, chinese)
        begun(order)
        while True:
            self._giving_way.rest(cancelled, held)
            with self.opened(interview, order, cancelled) as machine:
                draft = self.through(interview, order, heard_by(machine), progress, self._giving_way.due)
            if draft.finished:
                return draft

    def order(
        self,
        interview: Interview,
        model: str | None = None,
        engine: str | None = None,
        language: str | None = None,
        chinese: ChineseScript | None = None,
    ) -> TranscribeOrder:
        """What a draft of the interview is made with; until it is made it waits. NotFound when there is no model."""
        archive = self._archive
        with archive.store.transaction() as records:
            ensure_key(archive, records, interview)
            self.waiting.put(records, interview)  # until it is done, or somebody says that it need not be
        chosen = self._shelf.find(model or self._begun_quickly(interview))
        languages = _languages(interview, language)
        script = (chinese or self._shelf.chinese()) if may_be_spoken(languages) else ChineseScript.AS_HEARD
        return TranscribeOrder(chosen, engine or self._shelf.engine(), languages, self._prompt(languages), script)

    def _begun_quickly(self, interview: Interview) -> str | None:
        """The quick model where it has heard some of the interview while it was recorded: it goes on, nothing is heard twice."""
        quick = self._shelf.quick()
        with self._archive.store.transaction() as records:
            last = records.transcripts.latest_draft(interview.id)
            unfinished = last is not None and not last.finished and last.model == quick
            return quick if unfinished or (last is None and self.prepared.any(records, interview)) else None

    def opened(
        self, interview: Interview, order: TranscribeOrder, cancelled: Callable[[], bool]
    ) -> AbstractContextManager[Engine]:
        """The engine with the model loaded, the only one of this program: whoever comes second waits. Cancelled."""
        return self.engines.opened(order.model, order.engine, cancelled, interview.code)

    def through(
        self,
        interview: Interview,
        order: TranscribeOrder,
        machine: Engine,
        progress: Progress = _untold,
        gives_way: Asked = never,
    ) -> Draft:
        """The draft of what is on the interview's timeline by now, from where it stands to its end.

        Not finished when before one of the windows it `gives_way`.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            recordings = some_testimony(records, interview)
        writer = None if order.chinese is ChineseScript.AS_HEARD else self._chinese_by(order.chinese)
        draft, done = self._draft(interview, order, writer)
        hand = _InHand(interview, order, writer, draft)
        with Timeline(archive.vault, archive.folder, recordings) as timeline:
            for recording in recordings:
                at = self._taken_in(hand, recording, done.get(recording.id, recording.start_ms))
                for window in self._walk(timeline, recording, at):
                    if gives_way():
                        return draft
                    self._store(hand, recording, window, self.ear.hear(machine, window, order))
                    progress(recording.start_ms + window.end_ms, timeline.duration_ms)
        self._finish(interview, draft)
        return replace(draft, finished=True)

    def let_be(self, code: str) -> None:
        """The draft of this interview waits no more: a person stopped it. What is finished of it is kept."""
        with self._archive.store.transaction() as records:
            self.waiting.drop(records, self._archive.interview(records, code))

    def coverage(self, code: str) -> Coverage:
        """What the draft that is read left unwritten, as far as it is done; without a draft, the sound that has no text.

        Where the text people work on came from elsewhere (another draft), what that one lacks is missing too.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            laid = records.transcripts.outline(interview.id)
            unwritten = unwritten_sound(records, interview, laid)
            draft = records.transcripts.read_draft(interview.id)
            if draft is None:
                return Coverage(unwritten=unwritten)
            heard, drafted = records.transcripts.speech(draft.id), records.transcripts.drafted(draft.id)
        windows = [window for window, speech in heard if speech is not None]
        unknown = [window for window, speech in heard if speech is None]
        spoken = [one for _, speech in heard for one in speech or ()]
        told, known = coverage(windows, spoken, _spans(drafted), unknown), {one.id for one in drafted}
        told = replace(told, unwritten=unwritten)
        if unplaced(laid) or all(one.id in known for one in laid):
            return told
        lacking = coverage(windows, spoken, _spans(laid)).missing
        return replace(told, missing=tuple(joined([*told.missing, *lacking])))

    def growing(self, code: str) -> int:
        """How many milliseconds of sound, all behind the text there is, a draft would put its text to."""
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            bare = without_text(testimony(records, interview), records.transcripts.outline(interview.id))
        return sum(one.duration_ms for one in bare)

    def _draft(
        self, interview: Interview, order: TranscribeOrder, writer: ChineseBy | None
    ) -> tuple[Draft, dict[str, int]]:
        """The unfinished draft with the same makings and how far each recording is done, or a new one."""
        archive, chinese = self._archive, "" if writer is None else writer.made_by
        with archive.store.transaction() as records:
            last = records.transcripts.latest_draft(interview.id)
            if last and not last.finished and _makings(last) == (*order.makings, chinese):
                done: dict[str, int] = {}
                for recording_id, _, end_ms in records.transcripts.windows(last.id):
                    done[recording_id] = max(done.get(recording_id, 0), end_ms)
                return last, done
            engine, sha256, languages = order.makings
            draft = Draft(archive.new_id(), interview.id, engine, order.model.name, sha256, languages, False, chinese)
            records.transcripts.start_draft(draft)
            return draft, {}

    def _taken_in(self, hand: _InHand, recording: Recording, at: int) -> int:
        """Take in what was heard of the recording while it was made, and say to where it is done then."""
        with self._archive.store.transaction() as records:
            prepared = self.prepared.of(records, hand.interview, recording.id, hand.order)
        for one in prepared:
            if recording.start_ms + one.start_ms == at and one.end_ms <= recording.duration_ms:
                at = recording.start_ms + one.end_ms
                self._store(hand, recording, one, one.result)
        with self._archive.store.transaction() as records:
            self.prepared.forget(records, hand.interview, recording.id)
        return at

    def _walk(self, timeline: Timeline, recording: Recording, at: int) -> Iterator[Window]:
        """The windows of the recording from `at` on the timeline to its end; their own times count from its start."""
        while at < recording.end_ms:
            upto = min(at + STRETCH_MS, recording.end_ms)
            pcm, start = timeline.read(recording, at, upto), recording.start_ms
            last = None
            for window in self.ear.cut(pcm, recording.format, at - start, upto - start, whole=upto == recording.end_ms):
                yield window
                last = window
            if last is None:
                return
            at = start + last.end_ms

    def _store(self, hand: _InHand, recording: Recording, window: Window | Prepared, result: WindowResult) -> None:
        """Consent is asked again: it may have been taken back since the last window."""
        archive, draft, writer = self._archive, hand.draft, hand.writer
        with archive.store.transaction() as records:
            require(archive, records, hand.interview, Operation.TRANSCRIBE)
            refuse_gone(records, recording, todo=tr("Make the draft again: it goes on where it stopped."))
            before = records.transcripts.drafted(draft.id)[-3:]
            named = [self._named(segment, recording, result) for segment in result.segments]
            doubts = self._doubts(self._phantoms.within(records))
            segments = doubts.flagged(named, before, result)
            if writer is not None:  # doubted in both scripts: what is known as invented may be known in the other one
                segments = doubts.flagged([written(one, writer.convert) for one in segments], before, result)
            flagged = replace(result, segments=tuple(segments))
            start, end = (recording.start_ms + one for one in (window.start_ms, window.end_ms))
            records.transcripts.add_window(draft.id, recording.id, start, end, flagged)

    def _named(self, segment: Segment, recording: Recording, result: WindowResult) -> Segment:
        return replace(
            segment,
            id=self._archive.new_id(),
            recording=recording.id,
            language=segment.language or result.language,
        )

    def _finish(self, interview: Interview, draft: Draft) -> None:
        archive = self._archive
        with archive.store.transaction() as records:
            records.transcripts.finish_draft(draft.id)
            self.waiting.drop(records, interview)
            begin_review(records, interview)
            if interview.status in WITHOUT_TEXT:
                records.interviews.set_status(interview.id, Status.DRAFTED)
            converted = f", Chinese in {draft.chinese}" if draft.chinese else ""
            archive.record_custody(records, interview, f"draft made by {draft.engine} {draft.model}{converted}")
        archive.announce(Changed.DRAFT, interview.code)


def begin_review(records: Records, interview: Interview) -> None:
    """Lay the machine's text out for review. What people have already is never touched.

    Only what was said in recordings made after it is put behind it: a later session must not be missing unnoticed.
    """
    reviewed = records.transcripts.segments(interview.id, Layer.REVIEWED)
    end_ms = max((one.end_ms for one in reviewed), default=0)
    bare = {one.id for one in without_text(testimony(records, interview), reviewed)}
    heard = records.transcripts.segments(interview.id, Layer.MACHINE)
    later = tuple(one for one in heard if one.recording in bare and one.start_ms >= end_ms)
    if later:
        records.transcripts.splice(interview.id, Splice(len(reviewed), (), later))
        follow_text(records, interview)


def _spans(segments: Iterable[Segment]) -> list[Span]:
    return [(one.start_ms, one.end_ms) for one in segments]


def _makings(draft: Draft) -> tuple[str, ...]:
    return draft.engine, draft.model_sha256, draft.language, draft.chinese


def _languages(interview: Interview, asked: str | None) -> tuple[str, ...]:
    if asked == "auto":
        return ()
    return (asked,) if asked else tuple(interview.languages)
