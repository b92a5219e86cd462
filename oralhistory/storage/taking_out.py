"""Taking minutes out of everything the database holds of an interview, and putting its sound that was sealed anew in place.

Text of every layer, draft and step; marks, closed passages, what was heard; decisions, findings of detectors and of the leak
check. It refuses nothing and asks nobody: that was done before. What it deletes leaves the pages when they are rebuilt.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Table, delete, func, select, update

from oralhistory.domain import spans
from oralhistory.domain.backup import concerns
from oralhistory.domain.edits import EditStep, Splice
from oralhistory.domain.interview import Recording
from oralhistory.domain.said_when import unplaced
from oralhistory.domain.spans import Span
from oralhistory.domain.taking_out import (
    NewId,
    emptied,
    remaining,
    tainted,
    undecided,
    with_notices,
    without,
)
from oralhistory.domain.transcript import Layer, Segment
from oralhistory.storage import search
from oralhistory.storage.facts import Facts
from oralhistory.storage.recordings import Recordings
from oralhistory.storage.redactions import read_document, written_document
from oralhistory.storage.repository import Repository
from oralhistory.storage.segments import from_row, splice_document, to_row
from oralhistory.storage.tables import (
    consent_versions,
    decisions,
    fixity_events,
    heard,
    leak_explanations,
    leak_findings,
    looked,
    marks,
    recordings,
    sealed_files,
    sealed_ranges,
)
from oralhistory.storage.transcript_tables import drafts, machine_segments, reviewed_segments, steps, windows
from oralhistory.storage.transcripts import Transcripts

_RECORDED = (windows.c.recording_id, fixity_events.c.recording_id, reviewed_segments.c.recording, consent_versions.c.evidence)
"""Every column that names a recording by its id (evidence may be one: a spoken consent)."""


class TakingOut(Repository):
    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        super().__init__(connection)
        self._transcripts = Transcripts(connection, clock)

    def unplaced(self, interview_id: str) -> list[Segment]:
        """The passages of which nobody knows when they were said, of the layer that people read."""
        layers = (self._transcripts.segments(interview_id, layer) for layer in (Layer.REVIEWED, Layer.MACHINE))
        return unplaced(next((one for one in layers if one), []))

    def exchange(self, fresh: Mapping[str, Recording]) -> None:
        """Put each recording in the place of the one with the old id that it stands under; what named that follows."""
        kept = Recordings(self._connection)
        for old, recording in fresh.items():
            kept.add(recording)
            for column in _RECORDED:
                self._run(update(column.table).where(column == old).values({column: recording.id}))
            self._run(delete(recordings).where(recordings.c.id == old))
        for row in self._rows(select(sealed_files.c.row, sealed_files.c.path)):
            if concerns(row["path"], fresh.keys()):
                self._run(delete(sealed_files).where(sealed_files.c.row == row["row"]))

    def take_out(
        self, interview_id: str, span: Span, notices: Sequence[Segment], new_ids: Mapping[str, str], new_id: NewId
    ) -> dict[str, int]:
        """Everything that was said in the span, or is about it; how much of which table went, or was changed.

        `notices` are put into a reviewed text instead. `new_ids` are those of recordings that `exchange` gave other ones.
        """
        touched, texts = self._machine(interview_id, span, new_id)
        reviewed = self._transcripts.segments(interview_id, Layer.REVIEWED)
        left = without(reviewed, span, new_id)
        if reviewed:
            self._transcripts.replace_reviewed(interview_id, with_notices(left.segments, notices))
        told = {"machine_segments": len(touched), "reviewed_segments": len(left.pieces)}
        before = [step for step, _ in self._transcripts.steps(interview_id)]
        ever = tainted(before, touched | left.pieces.keys(), span)
        self._transcripts.drop_undone(interview_id)  # what was undone can't be done again any more
        told["steps"] = self._steps([one for one in before if not one.undone], ever, new_ids)
        gone = [*texts, *left.gone, *(one.text for one in _spliced(before) if one.id in ever)]
        told["decisions"] = self._decisions(interview_id, left.standing(ever), gone)
        told |= self._places(interview_id, span)
        for table in (looked, leak_findings, leak_explanations):  # what was found, and explained, is found again
            told[table.name] = self._run(delete(table).where(table.c.interview_id == interview_id))
        return {name: count for name, count in told.items() if count}

    def _machine(self, interview_id: str, span: Span, new_id: NewId) -> tuple[frozenset[str], list[str]]:
        """All drafts, the latest and the ones before it; ids and texts of what was touched."""
        of_interview = windows.c.draft_id.in_(select(drafts.c.id).where(drafts.c.interview_id == interview_id))
        rows = self._rows(
            select(machine_segments, windows.c.recording_id.label("recording"))
            .join(windows, windows.c.row == machine_segments.c.window)
            .where(of_interview)
        )
        changed = [(row, pieces) for row in rows if (pieces := _pieces(row, span, new_id)) is not None]
        search.forget(self._connection, machine_segments, ((row["row"], row["text"]) for row, _ in changed))
        for row, _ in changed:
            self._run(delete(machine_segments).where(machine_segments.c.row == row["row"]))
        self._learn(machine_segments, [{"window": row["window"], **to_row(one)} for row, pieces in changed for one in pieces])
        for row in self._rows(select(windows).where(of_interview)):
            here = (span[0] - row["start_ms"], span[1] - row["start_ms"])
            noted = [(start, end) for start, end in row["speech"] or ()]
            spoken = spans.without(noted, [here])
            if spoken != noted:
                self._run(update(windows).where(windows.c.row == row["row"]).values(speech=spoken))
        return frozenset(row["id"] for row, _ in changed), [row["text"] for row, _ in changed]

    def _learn(self, table: Table, values: Sequence[dict[str, object]]) -> None:
        begin = self._value(select(func.coalesce(func.max(table.c.row), 0))) + 1
        self._add_all(table, ({"row": row, **one} for row, one in enumerate(values, start=begin)))
        search.learn(self._connection, table, ((row, str(one["text"])) for row, one in enumerate(values, start=begin)))

    def _steps(self, before: Sequence[EditStep], ever: Collection[str], new_ids: Mapping[str, str]) -> int:
        """They keep their places in history, without the words of these segments."""
        changed = 0
        for old, silent in zip(before, emptied(before, ever), strict=True):
            named = _renamed(silent, new_ids)
            if named != old:
                splices = [splice_document(one) for one in named.splices]
                self._run_on_one(update(steps).where(steps.c.id == old.id).values(splices=splices))
            changed += silent != old
        return changed

    def _decisions(
        self, interview_id: str, standing: Mapping[str, Sequence[Segment]], gone: Sequence[str]
    ) -> int:
        """A summary stays, and whatever else was stated of the interview: who is named there still has to be known."""
        left = [one.text for layer in Layer for one in self._transcripts.segments(interview_id, layer)]
        left += [str(one.value) for one in Facts(self._connection).of(interview_id)]
        changed = 0
        for row in self._rows(select(decisions).where(decisions.c.interview_id == interview_id)):
            document = read_document(row["document"])
            kept = undecided(document, standing, gone, left)
            if kept != document:
                self._run_on_one(
                    update(decisions).where(decisions.c.row == row["row"]).values(document=written_document(kept))
                )
                changed += 1
        return changed

    def _places(self, interview_id: str, span: Span) -> dict[str, int]:
        """Marks and closed passages in the span, and that somebody listened to it."""
        inside = (marks.c.at_ms >= span[0]) & (marks.c.at_ms < span[1])
        told = {"marks": self._run(delete(marks).where(marks.c.interview_id == interview_id, inside))}
        whole = (sealed_ranges.c.start_ms >= span[0]) & (sealed_ranges.c.end_ms <= span[1])
        told["sealed_ranges"] = self._run(delete(sealed_ranges).where(sealed_ranges.c.interview_id == interview_id, whole))
        rows = self._rows(select(heard).where(heard.c.interview_id == interview_id).order_by(heard.c.row))
        listened = [(row["start_ms"], row["end_ms"]) for row in rows]
        self._run(delete(heard).where(heard.c.interview_id == interview_id))
        self._add_all(
            heard, ({"interview_id": interview_id, "start_ms": a, "end_ms": b} for a, b in spans.without(listened, [span]))
        )
        return told


def _spliced(steps: Iterable[EditStep]) -> Iterator[Segment]:
    """Every segment as it stood before and after a step."""
    return (one for step in steps for splice in step.splices for one in (*splice.removed, *splice.inserted))


def _pieces(row: RowMapping, span: Span, new_id: NewId) -> tuple[Segment, ...] | None:
    """What is left of a segment; None when it was not touched."""
    segment = from_row(row)
    left = remaining(segment, span, new_id)
    return None if left == (segment,) else left


def _renamed(step: EditStep, new_ids: Mapping[str, str]) -> EditStep:
    def segment(one: Segment) -> Segment:
        return replace(one, recording=new_ids.get(one.recording, one.recording))

    splices = (Splice(one.index, tuple(map(segment, one.removed)), tuple(map(segment, one.inserted))) for one in step.splices)
    return replace(step, splices=tuple(splices))
