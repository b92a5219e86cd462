"""The machine's drafts, window by window and never changed; the reviewed layer in order; every step people took.

The reviewed layer changes by splices alone, and a splice that does not find what it removes changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, func, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ColumnElement

from oralhistory.domain.edits import EditRejected, EditStep, Splice
from oralhistory.domain.transcript import Draft, Layer, Segment, WindowResult
from oralhistory.storage import search
from oralhistory.storage.repository import Repository
from oralhistory.storage.segments import from_row, splice_document, splice_from, to_row
from oralhistory.storage.transcript_tables import drafts, machine_segments, steps, text_revisions, windows
from oralhistory.storage.transcript_tables import reviewed_segments as reviewed


class Transcripts(Repository):
    """`clock` says when a step was taken."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        super().__init__(connection)
        self._clock = clock

    # --- the machine's layer

    def start_draft(self, draft: Draft) -> None:
        self._add(drafts, **{name: getattr(draft, name) for name in _DRAFT})

    def finish_draft(self, draft_id: str) -> None:
        self._run_on_one(update(drafts).where(drafts.c.id == draft_id).values(finished=True))

    def latest_draft(self, interview_id: str) -> Draft | None:
        statement = select(drafts).where(drafts.c.interview_id == interview_id).order_by(drafts.c.row.desc()).limit(1)
        found = self._rows(statement)
        return Draft(**{name: found[0][name] for name in _DRAFT}) if found else None

    def read_draft(self, interview_id: str) -> Draft | None:
        """The latest that is finished, else the latest: another one under way, or stopped, hides nothing of it."""
        of_interview = select(drafts).where(drafts.c.interview_id == interview_id)
        found = self._rows(of_interview.order_by(drafts.c.finished.desc(), drafts.c.row.desc()).limit(1))
        return Draft(**{name: found[0][name] for name in _DRAFT}) if found else None

    def add_window(self, draft_id: str, recording_id: str, start_ms: int, end_ms: int, result: WindowResult) -> None:
        """Store what was heard from `start_ms` to `end_ms` of the timeline; the times in `result` count from `start_ms`."""
        row = self._add(
            windows,
            draft_id=draft_id,
            recording_id=recording_id,
            start_ms=start_ms,
            end_ms=end_ms,
            speech=None if result.speech is None else [list(one) for one in result.speech],
            **{name: getattr(result, name) for name in _WINDOW},
        )
        heard = [{"window": row, **to_row(_later(segment, start_ms))} for segment in result.segments]
        self._store(machine_segments, heard)

    def windows(self, draft_id: str) -> list[tuple[str, int, int]]:
        """The windows heard so far, in the order they were stored: recording, start and end on the timeline in ms."""
        statement = select(windows).where(windows.c.draft_id == draft_id).order_by(windows.c.row)
        return [(one["recording_id"], one["start_ms"], one["end_ms"]) for one in self._rows(statement)]

    def speech(self, draft_id: str) -> list[tuple[tuple[int, int], list[tuple[int, int]] | None]]:
        """Each window and where somebody speaks in it, both on the timeline in ms; None where that was not noted."""
        rows = self._rows(select(windows).where(windows.c.draft_id == draft_id).order_by(windows.c.start_ms))
        return [((row["start_ms"], row["end_ms"]), _on_the_timeline(row["start_ms"], row["speech"])) for row in rows]

    # --- the reviewed layer

    def segments(self, interview_id: str, layer: Layer) -> list[Segment]:
        """The layer in order; the machine's is that of the draft that is read."""
        if layer is Layer.REVIEWED:
            ordered = select(reviewed).where(reviewed.c.interview_id == interview_id).order_by(reviewed.c.position)
            return [from_row(one) for one in self._rows(ordered)]
        draft = self.read_draft(interview_id)
        return [] if draft is None else self.drafted(draft.id)

    def drafted(self, draft_id: str) -> list[Segment]:
        """What stands in this draft by now, in order."""
        heard = (
            select(machine_segments, windows.c.recording_id.label("recording"))
            .join(windows, windows.c.row == machine_segments.c.window)
            .where(windows.c.draft_id == draft_id)
            .order_by(windows.c.start_ms, machine_segments.c.row)
        )
        return [from_row(one) for one in self._rows(heard)]

    def around(self, interview_id: str, segment_id: str) -> tuple[int, list[Segment]]:
        """The segment and the one before it, as they stand in the reviewed layer, and the place of the first of them.

        All that one edit touches. Nothing (at 0) when there is no such segment.
        """
        of_interview = reviewed.c.interview_id == interview_id
        place = self._value(select(reviewed.c.position).where(of_interview, reviewed.c.id == segment_id))
        if place is None:
            return 0, []
        near = select(reviewed).where(of_interview, reviewed.c.position.between(place - 1, place))
        found = self._rows(near.order_by(reviewed.c.position))
        return found[0]["position"], [from_row(one) for one in found]

    def outline(self, interview_id: str) -> list[Segment]:
        """The reviewed layer in order without its words and what people noted, which take most of the time to read."""
        plain = [one for one in reviewed.c if one.name not in ("words", "flags", "comments", "translations")]
        ordered = select(*plain).where(reviewed.c.interview_id == interview_id).order_by(reviewed.c.position)
        return [from_row({**one, "words": (), "flags": ()}) for one in self._rows(ordered)]

    def replace_reviewed(self, interview_id: str, segments: Sequence[Segment]) -> None:
        """Put `segments` in the place of the whole layer."""
        everything = select(reviewed).where(reviewed.c.interview_id == interview_id)
        self._count_change(interview_id)
        self._remove(self._rows(everything))
        self._insert(interview_id, 0, segments)

    def splice(self, interview_id: str, splice: Splice) -> None:
        """Apply `splice`; EditRejected("conflict"), and nothing changed, unless exactly what it removes stands there."""
        of_interview = reviewed.c.interview_id == interview_id
        end = splice.index + len(splice.removed)
        standing = self._rows(
            select(reviewed)
            .where(of_interview, reviewed.c.position >= splice.index, reviewed.c.position < end)
            .order_by(reviewed.c.position)
        )
        length = self._value(select(func.count()).select_from(reviewed).where(of_interview))
        if not 0 <= splice.index <= length or tuple(map(from_row, standing)) != splice.removed:
            raise EditRejected("conflict")
        self._count_change(interview_id)
        self._remove(standing)
        shift = len(splice.inserted) - len(splice.removed)
        if shift:
            followers = update(reviewed).where(of_interview, reviewed.c.position >= end)
            self._run(followers.values(position=reviewed.c.position + shift))
        self._insert(interview_id, splice.index, splice.inserted)

    def revision(self, interview_id: str) -> int:
        """A number that is another one after every change of the reviewed layer."""
        number = select(text_revisions.c.number).where(text_revisions.c.interview_id == interview_id)
        return int(self._value(number) or 0)

    def _count_change(self, interview_id: str) -> None:
        first = sqlite.insert(text_revisions).values(interview_id=interview_id, number=1)
        self._run(first.on_conflict_do_update(["interview_id"], set_={"number": text_revisions.c.number + 1}))

    def _remove(self, rows: Sequence[RowMapping]) -> None:
        search.forget(self._connection, reviewed, ((one["row"], one["text"]) for one in rows))
        if rows:
            self._run(delete(reviewed).where(reviewed.c.row.in_([one["row"] for one in rows])))

    def _insert(self, interview_id: str, first: int, segments: Iterable[Segment]) -> None:
        places = [
            {
                "interview_id": interview_id,
                "position": position,
                "recording": segment.recording,
                "comments": segment.comments,
                "translations": segment.translations,
                "guessed": segment.guessed,
                **to_row(segment),
            }
            for position, segment in enumerate(segments, start=first)
        ]
        self._store(reviewed, places)

    def _store(self, layer: Table, values: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of one of the layers and index their texts."""
        begin = self._value(select(func.coalesce(func.max(layer.c.row), 0))) + 1
        rows = [{"row": row, **one} for row, one in enumerate(values, start=begin)]
        self._add_all(layer, rows)
        search.learn(self._connection, layer, ((one["row"], one["text"]) for one in rows))

    # --- steps

    def add_step(self, step: EditStep) -> None:
        self._add(
            steps,
            **{name: getattr(step, name) for name in _STEP},
            splices=[splice_document(one) for one in step.splices],
            at=self._clock(),
        )

    def set_undone(self, step_id: str, undone: bool) -> None:
        self._run_on_one(update(steps).where(steps.c.id == step_id).values(undone=undone))

    def steps(self, interview_id: str) -> list[tuple[EditStep, datetime]]:
        """Every step and when it was taken, oldest first."""
        statement = select(steps).where(steps.c.interview_id == interview_id).order_by(steps.c.row)
        return [(_step(one), one["at"]) for one in self._rows(statement)]

    def last_done(self, interview_id: str) -> tuple[EditStep, datetime] | None:
        """The step that undoing takes back, and when it was taken."""
        return self._one_step(interview_id, steps.c.undone.is_(False), steps.c.row.desc())

    def first_undone(self, interview_id: str) -> tuple[EditStep, datetime] | None:
        """The step that redoing does again, and when it was taken."""
        return self._one_step(interview_id, steps.c.undone.is_(True), steps.c.row.asc())

    def _one_step(
        self, interview_id: str, which: ColumnElement[bool], order: ColumnElement[Any]
    ) -> tuple[EditStep, datetime] | None:
        statement = select(steps).where(steps.c.interview_id == interview_id, which).order_by(order).limit(1)
        return next(((_step(one), one["at"]) for one in self._rows(statement)), None)

    def drop_undone(self, interview_id: str) -> None:
        """Forget the steps that were taken back: after a new step they can't be redone."""
        self._run(delete(steps).where(steps.c.interview_id == interview_id, steps.c.undone.is_(True)))


_DRAFT = ("id", "interview_id", "engine", "model", "model_sha256", "language", "finished", "chinese")
_WINDOW = ("language", "average_log_probability", "no_speech_probability", "compression_ratio")
_STEP = ("id", "interview_id", "by", "kind", "undone")


def _on_the_timeline(at_ms: int, speech: Sequence[Sequence[int]] | None) -> list[tuple[int, int]] | None:
    return None if speech is None else [(at_ms + start, at_ms + end) for start, end in speech]


def _step(row: RowMapping) -> EditStep:
    values: dict[str, Any] = {name: row[name] for name in _STEP}
    return EditStep(**values, splices=tuple(splice_from(one) for one in row["splices"]))


def _later(segment: Segment, ms: int) -> Segment:
    """`segment` moved along the timeline."""
    return replace(
        segment,
        start_ms=segment.start_ms + ms,
        end_ms=segment.end_ms + ms,
        words=tuple(replace(word, start_ms=word.start_ms + ms, end_ms=word.end_ms + ms) for word in segment.words),
    )
