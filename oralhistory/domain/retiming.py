"""Moving the borders of a segment on the timeline: what that means for it and for those beside it.

Borders that touch stay together: who moves one moves both. Nothing is moved past a neighbour, so that the order of the text
stays the order of the sound. Words keep their times as far as these lie within their segment (see `word_times.clamped`).
Guessed times stay guessed: a border that went along, or as far as it could, is none that somebody heard, and neither is the
other end of a segment whose one end was moved. When they are right, a person says so (`edits.ConfirmTimes`).
"""

from collections.abc import Sequence

from oralhistory.domain.edits import SetTimes
from oralhistory.domain.transcript import Segment

SHORTEST_MS = 100
"""No segment becomes shorter than this by moving a border."""


def retiming(segments: Sequence[Segment], row: int, start_ms: int, end_ms: int) -> list[SetTimes]:
    """The edits that give a segment these times, as near as its neighbours allow; none when nothing changes."""
    old = segments[row]
    before = segments[row - 1] if row else None
    after = segments[row + 1] if row + 1 < len(segments) else None
    if start_ms != old.start_ms:
        earliest = before.start_ms + SHORTEST_MS if before is not None else 0
        start_ms = max(min(start_ms, old.end_ms - SHORTEST_MS), min(earliest, old.start_ms))
    if end_ms != old.end_ms:
        latest = after.end_ms - SHORTEST_MS if after is not None else end_ms
        end_ms = min(max(end_ms, start_ms + SHORTEST_MS), max(latest, old.end_ms))
    if start_ms >= end_ms or (start_ms, end_ms) == (old.start_ms, old.end_ms):
        return []
    edits = [SetTimes(old.id, start_ms, end_ms, guess_stays=True)]
    if before is not None and _follows(before.end_ms, old.start_ms, start_ms, came_over=start_ms < before.end_ms < old.start_ms):
        edits.append(SetTimes(before.id, before.start_ms, start_ms, guess_stays=True))
    if after is not None and _follows(after.start_ms, old.end_ms, end_ms, came_over=old.end_ms < after.start_ms < end_ms):
        edits.append(SetTimes(after.id, end_ms, after.end_ms, guess_stays=True))
    return edits


def _follows(neighbour_ms: int, old_ms: int, new_ms: int, *, came_over: bool) -> bool:
    """Whether the neighbour's border goes along. Where both spoke at once before, they still do."""
    return new_ms != old_ms and (neighbour_ms == old_ms or came_over)
