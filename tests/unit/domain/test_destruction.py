"""What is told of a destruction is kept as JSON, in which moments are written out."""

import json
from datetime import UTC, datetime

from oralhistory.domain.destruction import Account, FormerBackup, Recall

GIVEN = datetime(2026, 5, 1, 16, 30, tzinfo=UTC)
TOLD = Account(
    still_open=(FormerBackup("b1", "/stick", GIVEN, failed=True), FormerBackup("b2", "/safe", None)),
    recall=(Recall("Tagblatt", "media", "public", "docx", "E-1", "ab" * 32, GIVEN),),
)


def test_what_is_told_comes_back_as_it_was() -> None:
    assert Account.from_json(json.loads(json.dumps(TOLD.to_json()))) == TOLD


def test_moments_are_written_as_they_always_were() -> None:
    kept = TOLD.to_json()
    assert [one["made_at"] for one in kept["recall"]] == ["2026-05-01T16:30:00+00:00"]
    assert [one["finished_at"] for one in kept["still_open"]] == ["2026-05-01T16:30:00+00:00", ""]
