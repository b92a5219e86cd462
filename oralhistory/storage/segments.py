"""Segments as rows of either layer, and splices as JSON, and back.

Comments, translations and guessed times are of the reviewed layer alone; in the splices of older steps there are none.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from oralhistory.domain.edits import Splice
from oralhistory.domain.transcript import Segment
from oralhistory.storage.columns import (
    comments_document,
    comments_from,
    translations_document,
    translations_from,
    words_document,
    words_from,
)

_PLAIN = ("id", "start_ms", "end_ms", "text", "speaker", "language")


def to_row(segment: Segment) -> dict[str, Any]:
    """The columns that a segment has in both layers; what the reviewed layer has beside them is the caller's to add."""
    plain = {name: getattr(segment, name) for name in _PLAIN}
    return {**plain, "words": segment.words, "flags": sorted(segment.flags)}


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
        row["words"],
        frozenset(row["flags"]),
        row.get("comments", ()),
        row.get("translations", ()),
        row.get("guessed", False),
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
        tuple(_segment(one) for one in document["removed"]),
        tuple(_segment(one) for one in document["inserted"]),
    )


def _document(segment: Segment) -> dict[str, Any]:
    return {
        **to_row(segment),
        "recording": segment.recording,
        "words": words_document(segment.words),
        "comments": comments_document(segment.comments),
        "translations": translations_document(segment.translations),
        "guessed": segment.guessed,
    }


def _segment(document: Mapping[str, Any]) -> Segment:
    return from_row(
        {
            **document,
            "words": words_from(document["words"]),
            "comments": comments_from(document.get("comments", ())),
            "translations": translations_from(document.get("translations", ())),
        }
    )
