"""Segments and splices as values for columns and JSON, and back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from oralhistory.domain.edits import Splice
from oralhistory.domain.transcript import Segment, Word

_PLAIN = ("id", "start_ms", "end_ms", "text", "speaker", "language")


def to_row(segment: Segment) -> dict[str, Any]:
    """The columns that a segment has in both layers; its recording is the caller's to add."""
    return {
        **{name: getattr(segment, name) for name in _PLAIN},
        "words": [[word.text, word.start_ms, word.end_ms, word.probability] for word in segment.words],
        "flags": sorted(segment.flags),
    }


def from_row(row: RowMapping | Mapping[str, Any]) -> Segment:
    """The segment of a row that also has its `recording`."""
    return Segment(
        row["id"],
        row["recording"],
        row["start_ms"],
        row["end_ms"],
        row["text"],
        row["speaker"],
        row["language"],
        tuple(map(Word, *zip(*row["words"], strict=True))) if row["words"] else (),
        frozenset(row["flags"]),
    )


def splice_document(splice: Splice) -> dict[str, Any]:
    return {
        "index": splice.index,
        "removed": [_document(one) for one in splice.removed],
        "inserted": [_document(one) for one in splice.inserted],
    }


def splice_from(document: Mapping[str, Any]) -> Splice:
    return Splice(
        document["index"],
        tuple(from_row(one) for one in document["removed"]),
        tuple(from_row(one) for one in document["inserted"]),
    )


def _document(segment: Segment) -> dict[str, Any]:
    return {"recording": segment.recording, **to_row(segment)}
