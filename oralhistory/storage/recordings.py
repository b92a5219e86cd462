"""Recordings on an interview's timeline, the marks set while recording, and the passages the narrator closed."""

from sqlalchemy import RowMapping, Table, func, select, update

from oralhistory.domain.interview import OPEN_END_MS, Mark, Recording, SealedRange
from oralhistory.domain.sound import Gap, GapReason, SoundFormat
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import marks, recordings, sealed_ranges


class Recordings(Repository):
    def add(self, recording: Recording) -> None:
        self._add(
            recordings,
            **{name: getattr(recording, name) for name in _PLAIN},
            **{name: getattr(recording.format, name) for name in _FORMAT},
            gaps=[[gap.frame, gap.lost_frames, gap.reason.value] for gap in recording.gaps],
        )

    def of(self, interview_id: str) -> list[Recording]:
        """The interview's recordings of every purpose, in the order they were filed."""
        statement = select(recordings).where(recordings.c.interview_id == interview_id).order_by(recordings.c.row)
        return [_recording(one) for one in self._rows(statement)]

    def all(self) -> list[Recording]:
        """Those of every interview, in the order they were filed."""
        return [_recording(one) for one in self._rows(select(recordings).order_by(recordings.c.row))]

    def ids(self) -> set[str]:
        """The ids of all recordings of all interviews."""
        return {one["id"] for one in self._rows(select(recordings.c.id))}

    def put_mark(self, mark: Mark) -> None:
        """Keep a mark; one that was set by the same note of a take is put where this one stands."""
        self._put_noted(marks, {name: getattr(mark, name) for name in _MARK})

    def marks(self, interview_id: str) -> list[Mark]:
        """The interview's marks along its timeline."""
        statement = select(marks).where(marks.c.interview_id == interview_id).order_by(marks.c.at_ms, marks.c.row)
        return [Mark(**{name: one[name] for name in _MARK}) for one in self._rows(statement)]

    def put_sealed_range(self, sealed: SealedRange) -> None:
        """Keep a closed passage; one that was set by the same note of a take gets the limits of this one."""
        self._put_noted(sealed_ranges, {name: getattr(sealed, name) for name in _SEALED})

    def end_sealing(self, interview_id: str, end_ms: int, begun_before_ms: int | None = None) -> None:
        """Passages that a take's notes closed "from here on" end here, or those alone that began before a moment; an interview
        that was closed as a whole stays so."""
        table = sealed_ranges
        is_open = (table.c.interview_id == interview_id) & (table.c.end_ms == OPEN_END_MS) & (table.c.note_id != "")
        begun = () if begun_before_ms is None else (table.c.start_ms < begun_before_ms,)
        self._run(update(table).where(is_open, *begun).values(end_ms=func.max(table.c.start_ms, end_ms)))

    def sealed_ranges(self, interview_id: str) -> list[SealedRange]:
        """The interview's closed passages along its timeline."""
        table = sealed_ranges
        of_interview = table.c.interview_id == interview_id
        statement = select(table).where(of_interview).order_by(table.c.start_ms, table.c.row)
        return [SealedRange(**{name: one[name] for name in _SEALED}) for one in self._rows(statement)]

    def all_sealed_ranges(self) -> list[SealedRange]:
        """The closed passages of every interview."""
        return [SealedRange(**{name: one[name] for name in _SEALED}) for one in self._rows(select(sealed_ranges))]

    def _put_noted(self, table: Table, values: dict[str, object]) -> None:
        known = update(table).where(table.c.note_id == values["note_id"]).values(values)
        if not (values["note_id"] and self._run(known)):
            self._add(table, **values)


_PLAIN = (
    "id", "interview_id", "take_id", "part", "purpose", "start_ms", "duration_ms", "frames", "sha256", "complete", "path",
    "device", "source_sha256", "recorded_at",
)  # fmt: skip
"""Fields of a recording whose column has the same name and holds the value as it is."""

_FORMAT = ("rate", "channels", "bits", "frames_per_record")
_MARK = ("interview_id", "at_ms", "word", "note_id")
_SEALED = ("interview_id", "start_ms", "end_ms", "reason", "until", "note_id")


def _recording(row: RowMapping) -> Recording:
    return Recording(
        **{name: row[name] for name in _PLAIN},
        format=SoundFormat(**{name: row[name] for name in _FORMAT}),
        gaps=tuple(Gap(frame, lost, GapReason(reason)) for frame, lost, reason in row["gaps"]),
    )
