"""Whether the times of a segment were only shared out over the sound, and nobody said yet that they are right.

What came from a text without times before this was written down is known by three things: a transcript was imported, no machine
heard a word of it, and its lines stand border to border as they were laid. In doubt times count as guessed: a person who
listens says that they are right, and until then nothing of it can leave beside a closed passage.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from alembic import op
from sqlalchemy import Connection, text

revision = "0022"
down_revision = "0021"

_IMPORTED = "SELECT DISTINCT interview_id FROM custody WHERE action = 'transcript imported'"
_TIMES = "SELECT start_ms, end_ms FROM reviewed_segments WHERE interview_id = :interview ORDER BY position"
_WORDS = "SELECT row, words FROM reviewed_segments WHERE interview_id = :interview"
_STEPS = "SELECT row, splices FROM steps WHERE interview_id = :interview"


def upgrade() -> None:
    op.execute("ALTER TABLE reviewed_segments ADD COLUMN guessed INTEGER DEFAULT 0 NOT NULL")
    connection = op.get_bind()
    for (interview,) in connection.execute(text(_IMPORTED)).all():
        times = [tuple(one) for one in connection.execute(text(_TIMES), {"interview": interview})]
        if _border_to_border(times):
            _mark(connection, interview)


def _border_to_border(times: Sequence[tuple[int, ...]]) -> bool:
    """Whether most lines begin where the one before ends; a person may have moved some since."""
    touching = sum(one[1] == other[0] for one, other in pairwise(times))
    return bool(times) and 2 * touching >= len(times) - 1


def _mark(connection: Connection, interview: str) -> None:
    """The segments as they stand, and as they stood in every step: what a step undoes has to be what stands there."""
    for row, words in connection.execute(text(_WORDS), {"interview": interview}).all():
        if _unheard(json.loads(words)):
            connection.execute(text("UPDATE reviewed_segments SET guessed = 1 WHERE row = :row"), {"row": row})
    for row, written in connection.execute(text(_STEPS), {"interview": interview}).all():
        splices = json.loads(written)
        for segment in (one for splice in splices for one in (*splice["removed"], *splice["inserted"])):
            segment["guessed"] = _unheard(segment["words"])
        told = json.dumps(splices, ensure_ascii=False, separators=(",", ":"))
        connection.execute(text("UPDATE steps SET splices = :splices WHERE row = :row"), {"splices": told, "row": row})


def _unheard(words: Sequence[Sequence[Any]]) -> bool:
    """Whether no machine heard any of these words (text, start, end, probability)."""
    return all(probability is None for *_, probability in words)
