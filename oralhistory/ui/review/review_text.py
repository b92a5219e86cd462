"""The reviewed text as the page holds it: owns the segments, asks the service for every change, knows what is saved.

Text, speaker and flags change here at once and are stored behind; what moves segments (split, join, undo) is stored first.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from oralhistory.domain.edits import (
    Confirm,
    ConfirmTimes,
    Edit,
    EditRejected,
    EditStep,
    Flag,
    Join,
    Restore,
    SetSpeaker,
    SetText,
    Splice,
    Split,
    apply,
    compile_edit,
)
from oralhistory.domain.replacing import Place, Wanted
from oralhistory.domain.retiming import retiming
from oralhistory.domain.transcript import ASKING, SEALED, Segment, normalised
from oralhistory.errors import MalformedInput, ProgramFault
from oralhistory.services.review.transcripts import EarlierStep, Passage, PlannedEdit, Transcripts
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.jobs import Jobs
from oralhistory.ui.review.speaker_places import SpeakerPlaces

T = TypeVar("T")
Then = Callable[[int | None], None]
"""Told the row where a change happened, None when nothing changed."""
Stored = Callable[[], None]
"""To be done when a change is stored."""


class ReviewText(QObject):
    """`spliced(row, removed, inserted)` tells what changed, `unsigned` that what was signed did; `saving` if all is stored."""

    loaded = Signal()
    spliced = Signal(int, int, int)
    unsigned = Signal()
    saving = Signal(bool)
    earlier_next = Signal(object)
    """An `EarlierStep`: undoing once more takes it back."""

    def __init__(self, transcripts: Transcripts, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._transcripts = transcripts
        self._jobs = jobs
        self.queue = InOrder(jobs, self)
        self._unstored = 0
        self._moving = 0  # steps asked for that are not laid yet: until then nobody here knows how the text stands
        self._earlier_allowed = False
        self._places = SpeakerPlaces()
        self.code = ""
        self.known = False  # whether the interview's text was read, be it that there is none
        self.segments: list[Segment] = []
        self._doubts: list[bool] = []  # of each row: asked of 30,000 words, it takes too long for every keystroke
        self.guessed = 0  # how many rows have guessed times: counted on, for the same reason

    def load(self, code: str) -> None:
        """Read the interview's text; `loaded` follows."""
        if code != self.code:
            self.finish()
            self.code, self.segments, self._doubts, self.guessed, self.known = code, [], [], 0, False
            self._moving, self._earlier_allowed = 0, False
            self._places.clear()
            self.loaded.emit()

        def show(segments: list[Segment]) -> None:
            if code == self.code and not self.stored:  # read before what was asked since: that would go from the screen
                self.load(code)
            elif code == self.code and not (self.known and segments == self.segments):
                self.segments, self.known = segments, True
                self._doubts, self.guessed = [one.doubtful for one in segments], sum(one.guessed for one in segments)
                self._places.seat(segments)
                self.loaded.emit()

        self.queue.add(lambda: self._transcripts.segments(code), show)

    @property
    def stored(self) -> bool:
        """Whether every change that was asked for is in the archive."""
        return self._unstored == 0

    def row_of(self, segment: str) -> int | None:
        return next((row for row, one in enumerate(self.segments) if one.id == segment), None)

    def row_at(self, ms: int) -> int:
        """The row that is spoken at this time (the one before, in a pause); -1 when there is none."""
        return bisect_right(self.segments, ms, key=lambda one: one.start_ms) - 1

    def speakers(self) -> list[str]:
        """By their places (see `SpeakerPlaces`)."""
        return self._places.names()

    def doubtful_times(self) -> list[int]:
        """When the doubtful rows begin, in ms."""
        return [one.start_ms for one, doubtful in zip(self.segments, self._doubts, strict=True) if doubtful]

    # --- at once ----------------------------------------------------------------------------------------------------

    def set_text(self, row: int, text: str) -> None:
        old = self.segments[row]
        if normalised(text) != old.text:
            self._change(row, SetText(old.id, text), old.sha256)

    def set_speaker(self, row: int, speaker: str) -> None:
        if self.segments[row].speaker != speaker:
            self._change(row, SetSpeaker(self.segments[row].id, speaker))

    def toggle_flag(self, row: int, flag: str, then: Stored = lambda: None) -> None:
        """Set a mark, or take it away; a passage that the narrator closed is opened by `open_passage` alone."""
        old = self.segments[row]
        self._change(row, Flag(old.id, flag, flag not in old.flags), then=then)

    def open_passage(self, row: int) -> None:
        """Open what the narrator closed, after a person was asked whether that is meant."""
        self._change(row, Flag(self.segments[row].id, SEALED, on=False), opening=True)

    def _change(self, row: int, edit: Edit, sha256: str = "", *, opening: bool = False, then: Stored = lambda: None) -> None:
        self._earlier_allowed = False
        splice = compile_edit(self.segments, edit, (), _no_new_segment)
        self._lay([splice])
        code, planned = self.code, PlannedEdit(edit, sha256)
        self._ask(lambda: self._transcripts.edit(code, [planned], opening=opening), lambda _step: then(), stubborn=True)

    # --- stored first -----------------------------------------------------------------------------------------------

    def split(self, row: int, offset: int, then: Then) -> None:
        self._ask_then([PlannedEdit(Split(self.segments[row].id, offset), self.segments[row].sha256)], then)

    def join(self, row: int, then: Then) -> None:
        self._ask_then([PlannedEdit(Join(self.segments[row].id))], then)

    def confirm(self, row: int, then: Then) -> None:
        """What the machine doubted in this row, or people asked about it, is right."""
        if self._doubts[row] or not self.segments[row].flags.isdisjoint(ASKING):
            self._ask_then([PlannedEdit(Confirm(self.segments[row].id), self.segments[row].sha256)], then)
        else:
            then(row)

    def confirm_times(self, row: int, then: Then, *, before: bool) -> None:
        """The guessed times of the row are right, with `before` those of all rows above it too."""
        if any(one.guessed for one in self.segments[0 if before else row : row + 1]):
            self._ask_then([PlannedEdit(ConfirmTimes(self.segments[row].id, before))], then)
        else:
            then(None)

    def restore(self, row: int, then: Then) -> None:
        """Give the row the machine's text back."""
        self._ask_then([PlannedEdit(Restore(self.segments[row].id))], then)

    def retime(self, row: int, start_ms: int, end_ms: int, then: Then) -> None:
        """Have the row said from one time to another, as near as its neighbours allow; what touches it goes along."""
        edits = retiming(self.segments, row, start_ms, end_ms)
        if edits:
            self._ask_then([PlannedEdit(one) for one in edits], then)
        else:
            then(None)

    def comment(self, row: int, words: str, then: Then) -> None:
        """Pin a comment to the row as it stands here: beside minutes that went for good meanwhile it is refused."""
        code, segment, of = self.code, self.segments[row].id, self._as_it_stands(row)
        self._write(lambda: self._transcripts.comment(code, segment, words, of), then)

    def translate(self, row: int, language: str, words: str, then: Then) -> None:
        """Say beside the row what it says in another language; refused like a comment."""
        code, segment, of = self.code, self.segments[row].id, self._as_it_stands(row)
        self._write(lambda: self._transcripts.translate(code, segment, language, words, of), then)

    def resolve(self, row: int, comments: Sequence[str], then: Then) -> None:
        """What these comments on the row asked for is done."""
        code, segment = self.code, self.segments[row].id
        self._step(lambda: self._transcripts.resolve(code, segment, comments), then)

    def put(self, chosen: Sequence[Place], then: Then) -> None:
        """Replace words at the chosen places, as one step."""
        code = self.code
        self._step(lambda: self._transcripts.put(code, chosen), then)

    def find(self, wanted: Wanted, show: Callable[[list[Place], str], None]) -> None:
        """Where a word stands, behind everything that was asked before; and why nothing can be looked for, "" when it can."""
        code = self.code

        def look() -> tuple[list[Place], str]:
            try:
                return self._transcripts.places(code, wanted), ""
            except MalformedInput as refused:  # told beside the field, at every letter that is typed
                return [], refused.happened

        self.queue.add(look, lambda found: show(*found) if code == self.code else None)

    def passage(self, row: int, show: Callable[[Passage], None]) -> None:
        code, segment, told = self.code, self.segments[row].id, self._transcripts.passage
        self.queue.add(lambda: told(code, segment), lambda found: show(found) if code == self.code else None)

    def same_error(self, before: str, after: str) -> Wanted | None:
        return self._transcripts.same_error(before, after)

    def label(self, edits: Sequence[SetSpeaker], then: Then) -> None:
        """Give many rows their speakers, as one step; rows that are gone meanwhile are left out."""
        known = {one.id for one in self.segments}
        planned = [PlannedEdit(one) for one in edits if one.segment in known]
        if planned:
            self._ask_then(planned, then)
        else:
            then(None)

    def rename_speaker(self, old: str, new: str, then: Then) -> None:
        """Everywhere, as one step."""
        edits = [PlannedEdit(SetSpeaker(one.id, new)) for one in self.segments if one.speaker == old]

        def renamed(row: int | None) -> None:
            if row is not None:
                self._places.rename(old, new)
            then(row)

        if edits:
            self._ask_then(edits, renamed)
        else:
            then(None)

    def undo(self, then: Then, near: int = -1) -> None:
        """Take the last step back. What was done before the archive was unlocked is told first (`earlier_next`).

        `then` is told the row `near` where that is one of those that changed, and none of them moved.
        """
        code, then = self.code, self._until_laid(then)
        undo = self._transcripts.undo if self._earlier_allowed else self._transcripts.undo_since_unlocking

        def taken(step: EditStep | EarlierStep | None) -> None:
            if isinstance(step, EarlierStep):
                self._earlier_allowed = True
                then(None)
                self.earlier_next.emit(step)
            else:
                self._laid(then, near, inverse=True)(step)

        self._ask(lambda: undo(code), taken, lambda: then(None))

    def redo(self, then: Then, near: int = -1) -> None:
        """Do again what was undone since the archive was unlocked, and nothing else."""
        code, then = self.code, self._until_laid(then)
        self._ask(lambda: self._transcripts.redo_since_unlocking(code), self._laid(then, near), lambda: then(None))

    def _ask_then(self, edits: Sequence[PlannedEdit], then: Then) -> None:
        code = self.code
        self._step(lambda: self._transcripts.edit(code, edits), then)

    def _step(self, work: Callable[[], EditStep], then: Then) -> None:
        """Have a step stored, then show what it did."""
        self._earlier_allowed = False
        then = self._until_laid(then)
        self._ask(work, self._laid(then), lambda: then(None))

    def _write(self, work: Callable[[], EditStep], then: Then) -> None:
        """As `_step`, of what is written beside the text: it was typed, so it waits for a disk that refuses it."""
        self._earlier_allowed = False
        self._ask(work, self._laid(then), lambda: then(None), stubborn=True)

    def _as_it_stands(self, row: int) -> Segment | None:
        """The row that something is written beside; None while it may become another one by what was asked for here."""
        return self.segments[row] if not self._moving else None

    def _until_laid(self, then: Then) -> Then:
        """The text is moving until `then` is told."""
        self._moving += 1

        def over(row: int | None) -> None:
            self._moving = max(self._moving - 1, 0)  # of an interview that was left, nothing is told
            then(row)

        return over

    def _laid(self, then: Then, near: int = -1, *, inverse: bool = False) -> Callable[[EditStep | None], None]:
        def lay(step: EditStep | None) -> None:
            splices = () if step is None else step.inverse() if inverse else step.splices
            self._places.follow(splices, self.segments)
            self._lay(splices)
            if inverse:
                self._places.unseat(self.segments)
            then(_where(splices, near) if splices else None)

        return lay

    # --- storing ----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Everything that was asked is stored when this returns."""
        self.queue.finish()

    def _ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[], None] = lambda: None,
        *,
        stubborn: bool = False,
    ) -> None:
        code = self.code
        self._unstored += 1

        def stored(step: T) -> None:
            self._answered()
            if code == self.code:
                done(step)

        def refused(_error: object) -> None:
            self._answered()
            if code == self.code:
                failed()
                self.load(code)  # what is stored is what counts

        self.saving.emit(True)
        self.queue.add(work, stored, refused, stubborn=stubborn)

    def _answered(self) -> None:
        self._unstored -= 1
        self.saving.emit(not self.stored)

    def _lay(self, splices: Sequence[Splice]) -> None:
        try:
            for splice in splices:
                self.segments = apply(self.segments, splice)
                end = splice.index + len(splice.removed)
                self._doubts[splice.index : end] = [one.doubtful for one in splice.inserted]
                self.guessed += sum(one.guessed for one in splice.inserted) - sum(one.guessed for one in splice.removed)
                self._places.seat(splice.inserted)
                self.spliced.emit(splice.index, len(splice.removed), len(splice.inserted))
                if splice.unsigns:
                    self.unsigned.emit()
        except EditRejected:
            self.load(self.code)  # somebody else changed the text


def _where(splices: Sequence[Splice], near: int) -> int:
    """The row where these changed something: the one somebody is at, if it is one of them and all stay where they are."""
    still = all(len(one.removed) == len(one.inserted) == 1 for one in splices)
    return near if still and any(one.index == near for one in splices) else splices[0].index


def _no_new_segment() -> str:
    raise ProgramFault("only a split makes a segment, and the service does that")
