"""Reading and correcting the transcript: every change is one step, stored with its inverse, undone by the same road."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from oralhistory.domain.consent import Operation, Reason
from oralhistory.domain.edits import (
    AddComment,
    Confirm,
    ConfirmTimes,
    Edit,
    EditRejected,
    EditStep,
    Flag,
    Resolve,
    Restore,
    SetTimes,
    Splice,
    Translate,
    apply,
    compile_edit,
    guesses,
)
from oralhistory.domain.interview import WITHOUT_TEXT, Interview, Status
from oralhistory.domain.ports import Expressions, Particles, Records
from oralhistory.domain.replacing import Place, Wanted, correction, matches, places, replaced
from oralhistory.domain.review import Attestation, Attested, ListenedMap
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import CHECK, DOUBTS, FLAGS, Comment, Layer, Segment, normalised
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consenting import require, require_editing
from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.services.recording.filing import testimony
from oralhistory.services.review.text_state import follow_text
from oralhistory.services.review.transcript_files import read_transcript

_LAST_SOUND_MS = 500
"""So much before the end of a passage one may have made up one's mind."""

LONGEST_COMMENT = 4_000

_PROBLEMS = {
    "not_heard": mark("This passage was not listened to yet."),
    "times_not_heard": mark("The passage at {at} was not listened to yet: nobody can say that its times are right."),
    "no_guessed_times": mark("No time here is guessed."),
    "conflict": mark("The text was changed by somebody else in the meantime."),
    "no_such_segment": mark("There is no such segment: {segment}."),
    "no_such_flag": mark("Segment {segment} can't carry such a flag. There are: {flags}."),
    "no_such_comment": mark("There is no such open comment at this segment."),
    "nothing_to_join": mark("There is no segment of the same recording before it to join."),
    "times_out_of_order": mark("The times are out of order."),
    "no_machine_text": mark("There is no machine text to restore for this segment."),
    "split_leaves_nothing": mark("A split must leave text on both sides."),
    "other_text": mark("The segment's text is not the one the edit was made for: {segment}."),
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    at: datetime
    by: str
    kind: str
    segments: tuple[str, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One segment `now`, what the machine heard in its time (None: nothing), and the steps that touched it, oldest first."""

    now: Segment
    drafted: str | None
    changes: list[HistoryEntry]


@dataclass(frozen=True, slots=True)
class EarlierStep:
    """What undoing would take back next: done before the archive was unlocked, maybe by somebody else."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PlannedEdit:
    """An edit, and (when known) the SHA-256 of the text it was made for, and when that was said (start, end; ms)."""

    edit: Edit
    sha256: str = ""
    times: tuple[int, int] | None = None

    @classmethod
    def beside(cls, edit: AddComment | Translate, of: Segment | None) -> "PlannedEdit":
        """What a person wrote beside a segment as it stood there (`of`); None: as it stands now."""
        return cls(edit) if of is None else cls(edit, of.sha256, (of.start_ms, of.end_ms))


class Transcripts:
    def __init__(self, archive: OpenArchive, particles: Particles, expressions: Expressions) -> None:
        self._archive = archive
        self._particles, self._expressions = particles, expressions
        self._began = archive.clock()
        self._taken_back: set[str] = set()  # the steps that were undone since unlocking

    def segments(self, code: str, layer: Layer = Layer.REVIEWED) -> list[Segment]:
        with self._archive.store.transaction() as records:
            return records.transcripts.segments(self._archive.interview(records, code).id, layer)

    def edit(self, code: str, edits: Sequence[PlannedEdit], *, opening: bool = False) -> EditStep:
        """Apply `edits` in order as one undoable step; MalformedInput, and nothing changed, when one does not fit.

        NotAllowed when it would open a passage that the narrator closed, unless that is what is wanted (`opening`): then the
        custody log says so, and what was attested of the text before counts no more.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require_editing(archive, records, interview)
            if any(isinstance(one.edit, Translate) for one in edits):
                require(archive, records, interview, Operation.TRANSLATE)
            begins, current = _standing(records, interview, edits)
            machine = _machine(records, interview, edits)
            splices: list[Splice] = []
            for planned in edits:
                try:
                    _check_text(current, planned)
                    _check_heard(records, interview, current, planned.edit)
                    splice = compile_edit(current, planned.edit, machine, archive.new_id)
                    current = apply(current, splice)
                except EditRejected as rejected:
                    raise rejection(rejected) from None
                splices.append(replace(splice, index=splice.index + begins))
            kind = edits[0].edit.kind if edits else ""
            step = EditStep(archive.new_id(), interview.id, archive.actor, kind, tuple(splices))
            restated = False
            if splices:
                records.transcripts.drop_undone(interview.id)
                restated = self._carry_out(records, interview, step.splices, opening=opening)
                records.transcripts.add_step(step)
        self._announce(interview, restated)
        return step

    def comment(self, code: str, segment: str, text: str, of: Segment | None = None) -> EditStep:
        """Pin a comment to a segment: by whoever opened the archive, now. MalformedInput when it says nothing, or too much, or
        when the segment stands there no more as the one that it was written beside (`of`): it may speak of what is gone."""
        said = "\n".join(filter(None, (normalised(line) for line in text.splitlines())))
        if not said or len(said) > LONGEST_COMMENT:
            raise MalformedInput(
                tr("A comment has words, and at most {most} letters.", most=LONGEST_COMMENT), safe=tr("Nothing was changed.")
            )
        archive = self._archive
        comment = Comment(archive.new_id(), archive.actor, archive.clock(), said)
        return self.edit(code, [PlannedEdit.beside(AddComment(segment, comment), of)])

    def translate(self, code: str, segment: str, language: str, text: str, of: Segment | None = None) -> EditStep:
        """Say beside a segment what it says in `language`; without words, take that away. NotAllowed where consent has no say of
        it, MalformedInput for a language that is none, and when the segment is no more the one that was translated (`of`)."""
        if language not in LANGUAGES:
            raise MalformedInput(
                tr("Not a language this program knows: {language}.", language=language), safe=tr("Nothing was changed.")
            )
        return self.edit(code, [PlannedEdit.beside(Translate(segment, language, text, self._archive.actor), of)])

    def resolve(self, code: str, segment: str, comments: Sequence[str]) -> EditStep:
        """What these comments of a segment asked for is done. MalformedInput when one of them is not open there."""
        by, at = self._archive.actor, self._archive.clock()
        return self.edit(code, [PlannedEdit(Resolve(segment, one, by, at)) for one in comments])

    def confirm_times(self, code: str, segment: str = "", *, before: bool = False) -> EditStep:
        """Say that the guessed times of a segment (without one: the last) are right, with `before` of all before it, too.

        MalformedInput, and nothing changed, when one of them was not listened to.
        """
        if not segment:
            told = self.segments(code)
            segment = told[-1].id if told else ""
        return self.edit(code, [PlannedEdit(ConfirmTimes(segment, before))])

    def undo(self, code: str) -> EditStep | None:
        """Take the last step back; None when there is none. NotAllowed when that would open a closed passage."""
        found = self._undo(code, datetime.min.replace(tzinfo=UTC))
        assert not isinstance(found, EarlierStep)
        return found

    def undo_since_unlocking(self, code: str) -> EditStep | EarlierStep | None:
        """As `undo`, but a step from before the archive was unlocked is only told: nobody undoes another day unawares."""
        return self._undo(code, self._began)

    def _undo(self, code: str, since: datetime) -> EditStep | EarlierStep | None:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require_editing(archive, records, interview)
            found = records.transcripts.last_done(interview.id)
            if found is None or not found[0].splices:  # behind a removal lies what nobody brings back
                return None
            step, at = found
            if at < since:
                return EarlierStep(at, step.by)
            restated = self._carry_out(records, interview, step.inverse())
            records.transcripts.set_undone(step.id, True)
        self._taken_back.add(step.id)
        self._announce(interview, restated)
        return step

    def redo(self, code: str) -> EditStep | None:
        """Do the last step that was taken back again; None when there is none. NotAllowed when that would open a closed passage.
        """
        return self._redo(code, lambda _step: True)

    def redo_since_unlocking(self, code: str) -> EditStep | None:
        """As `redo`, but only what was undone since the archive was unlocked: nobody brings back what another has undone."""
        return self._redo(code, lambda step: step.id in self._taken_back)

    def _redo(self, code: str, may: Callable[[EditStep], bool]) -> EditStep | None:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require_editing(archive, records, interview)
            found = records.transcripts.first_undone(interview.id)
            if found is None or not may(found[0]):
                return None
            step, _ = found
            restated = self._carry_out(records, interview, step.splices)
            records.transcripts.set_undone(step.id, False)
        self._announce(interview, restated)
        return step

    def _carry_out(
        self, records: Records, interview: Interview, splices: Sequence[Splice], *, opening: bool = False
    ) -> bool:
        """The one road by which the text changes, there and back: what opens or closes a passage is seen here. Whether the
        interview's state is another one because of it."""
        opens = any(one.opens for one in splices)
        if opens and not opening:
            raise _stays_closed()
        for splice in splices:
            try:
                records.transcripts.splice(interview.id, splice)
            except EditRejected as rejected:
                raise rejection(rejected) from None
        if opens:
            records.attestations.add(interview.id, Attested(Attestation.OPENED, self._archive.actor, ""))
            self._archive.record_custody(records, interview, "opened a closed passage")
        if any(one.closes for one in splices):
            self._archive.record_custody(records, interview, "sealed a passage")
        return any(one.unsigns for one in splices) and follow_text(records, interview)

    def _announce(self, interview: Interview, restated: bool) -> None:
        self._archive.announce(Changed.TEXT, interview.code)
        if restated:
            self._archive.announce(Changed.STATE, interview.code)

    def history(self, code: str) -> list[HistoryEntry]:
        """Every step, oldest first: when, by whom, what kind, which segments."""
        with self._archive.store.transaction() as records:
            steps = records.transcripts.steps(self._archive.interview(records, code).id)
        return [_entry(step, at) for step, at in steps]

    def places(self, code: str, wanted: Wanted) -> list[Place]:
        """Where a word stands in the reviewed text, and what would stand there instead.

        MalformedInput when it is a regular expression that is none, or takes too long.
        """
        if wanted.pattern:
            return matches(self.segments(code), wanted, self._expressions)
        return places(self.segments(code), wanted, self._particles)

    def same_error(self, before: str, after: str) -> Wanted | None:
        """What to look for elsewhere when a person corrected one word of `before` (see `replacing.correction`)."""
        return correction(before, after, self._particles)

    def put(self, code: str, chosen: Sequence[Place]) -> EditStep:
        """Put the words of the `chosen` places there, as one step; MalformedInput when the text is another one by now."""
        edits = replaced(self.segments(code), chosen)
        return self.edit(code, [PlannedEdit(edit, sha256) for edit, sha256 in edits])

    def passage(self, code: str, segment: str) -> Passage:
        """What was made of one segment: NotFound when it is not in the reviewed text."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            _, near = records.transcripts.around(interview.id, segment)
            now = next((one for one in near if one.id == segment), None)
            if now is None:
                raise NotFound(tr("There is no such segment: {segment}.", segment=segment))
            machine = records.transcripts.segments(interview.id, Layer.MACHINE)
            steps = records.transcripts.steps(interview.id)
        try:
            drafted = compile_edit([now], Restore(segment), machine, archive.new_id).inserted[0].text
        except EditRejected:
            drafted = None
        changes = [_entry(step, at) for step, at in steps if not step.undone and segment in _touched(step)]
        return Passage(now, drafted, changes)

    def import_file(self, code: str, name: str, text: str) -> int:
        """Take over an existing transcript (see `transcript_files`) as reviewed text that nobody has heard yet.

        Gives the number of segments. Refused when the interview has a reviewed text already, and when everything was taken back.
        Consent to transcription by machine is not asked: that permission is about having a machine hear the sound here, and this
        is work on a text that is there, like correcting it. Whether a machine made it elsewhere no file can tell, and who types
        what was said needs no such yes either. Nothing leaves by it: whatever is given out is asked about at release.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            require_editing(archive, records, interview)
            if records.transcripts.segments(interview.id, Layer.REVIEWED):
                raise MalformedInput(
                    tr("Interview {code} has a transcript already.", code=interview.code),
                    safe=tr("It was not changed."),
                )
            segments = read_transcript(name, text, testimony(records, interview), archive.new_id)
            records.transcripts.replace_reviewed(interview.id, segments)
            if interview.status in WITHOUT_TEXT:
                records.interviews.set_status(interview.id, Status.DRAFTED)
            archive.record_custody(records, interview, "transcript imported")
        archive.announce(Changed.TEXT, interview.code)
        archive.announce(Changed.INTERVIEW, interview.code)  # its state is another one
        return len(segments)


def _stays_closed() -> NotAllowed:
    return NotAllowed(
        tr("This would open a passage again that the narrator sealed."),
        [Reason("closed_passage", "transcript.flags")],
        safe=tr("Nothing was changed."),
        todo=tr(
            "If the narrator wants it open: take its mark “sealed” away by itself (on the command line with --open). The text"
            " must be signed off again then."
        ),
    )


def rejection(rejected: EditRejected) -> MalformedInput:
    sentence = tr(_PROBLEMS[rejected.problem])
    flags = listed(sorted(FLAGS))
    told = sentence.format(segment=rejected.segment, flags=flags, at=clock(rejected.at_ms))
    todo = tr("Listen to it to its end first.") if rejected.problem in ("not_heard", "times_not_heard") else ""
    return MalformedInput(told, safe=tr("Nothing was changed."), todo=todo)


def _standing(records: Records, interview: Interview, edits: Sequence[PlannedEdit]) -> tuple[int, list[Segment]]:
    """Where the part of the reviewed layer begins that `edits` can touch, and that part: one edit reads no three hours."""
    wide = any(isinstance(one.edit, ConfirmTimes) and one.edit.before for one in edits)
    if len(edits) == 1 and not wide:
        return records.transcripts.around(interview.id, edits[0].edit.segment)
    return 0, records.transcripts.segments(interview.id, Layer.REVIEWED)


def _machine(records: Records, interview: Interview, edits: Sequence[PlannedEdit]) -> list[Segment]:
    """The machine's layer, for the edits that need it."""
    wanted = any(isinstance(one.edit, Restore) for one in edits)
    return records.transcripts.segments(interview.id, Layer.MACHINE) if wanted else []


def _check_text(segments: Sequence[Segment], planned: PlannedEdit) -> None:
    target = next((one for one in segments if one.id == planned.edit.segment), None)
    if target is None:
        return
    another = bool(planned.sha256) and target.sha256 != planned.sha256
    if another or planned.times not in (None, (target.start_ms, target.end_ms)):
        raise EditRejected("other_text", target.id)


def _check_heard(records: Records, interview: Interview, segments: Sequence[Segment], edit: Edit) -> None:
    """Nobody says of a doubt that it is none, or of guessed times that they are right, without having listened."""
    match edit:
        case Confirm():
            problem, targets = "not_heard", [one for one in segments if one.id == edit.segment]
        case Flag(flag=flag, on=False) if flag in DOUBTS:  # a mark of a person alone is that person's to take away
            doubted = [one for one in segments if one.id == edit.segment and not one.flags.isdisjoint(DOUBTS - {CHECK})]
            problem, targets = "not_heard", doubted
        case ConfirmTimes():
            problem, targets = "times_not_heard", guesses(segments, edit)
        case SetTimes(guess_stays=False):
            moved = [one for one in segments if one.id == edit.segment and one.guessed]
            problem, targets = "times_not_heard", [replace(one, start_ms=edit.start_ms, end_ms=edit.end_ms) for one in moved]
        case _:
            return
    listened = ListenedMap(records.attestations.heard(interview.id))
    for one in targets:
        if not listened.covers(one.start_ms, max(one.end_ms - _LAST_SOUND_MS, one.start_ms + 1)):
            raise EditRejected(problem, one.id, one.start_ms)


def _entry(step: EditStep, at: datetime) -> HistoryEntry:
    return HistoryEntry(at, step.by, step.kind, _touched(step), step.undone)


def _touched(step: EditStep) -> tuple[str, ...]:
    ids = [one.id for splice in step.splices for one in (*splice.removed, *splice.inserted)]
    return tuple(dict.fromkeys(ids))
