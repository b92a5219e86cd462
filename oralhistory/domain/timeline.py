"""One timeline of an interview across its sessions, takes and parts: what was recorded, marked, closed and told, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from oralhistory.domain.events import Event
from oralhistory.domain.interview import Mark, Recording, SealedRange, TakePurpose
from oralhistory.domain.topics import TopicMention


class Kind(StrEnum):
    RECORDING = "recording"
    MARK = "mark"
    CLOSED = "closed"
    EVENT = "event"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the timeline, in ms; `recording` names the part it stands in, `in_part_ms` its time there.

    `recording` is empty and `in_part_ms` 0 where nothing was recorded. `what` is the mark's word, the event's or topic's code,
    the part's number.
    """

    at_ms: int
    end_ms: int
    kind: Kind
    what: str
    recording: str = ""
    in_part_ms: int = 0


def timeline(
    recordings: Iterable[Recording],
    marks: Iterable[Mark] = (),
    closed: Iterable[SealedRange] = (),
    events: Iterable[Event] = (),
    topics: Iterable[TopicMention] = (),
) -> list[Moment]:
    """Everything that has a time, the earliest first; what stands at the same moment in the order of `Kind`."""
    parts = sorted((one for one in recordings if one.purpose is TakePurpose.TESTIMONY), key=lambda one: one.start_ms)
    moments = [Moment(one.start_ms, one.end_ms, Kind.RECORDING, str(one.part)) for one in parts]
    moments += [Moment(one.at_ms, one.at_ms, Kind.MARK, one.word) for one in marks]
    moments += [Moment(one.start_ms, one.end_ms, Kind.CLOSED, "") for one in closed]
    moments += [Moment(one.told_ms, one.told_ms, Kind.EVENT, one.type.value) for one in events if one.told_ms is not None]
    moments += [
        Moment(one.start_ms, one.end_ms or one.start_ms, Kind.TOPIC, one.topic) for one in topics if one.start_ms is not None
    ]
    order = list(Kind)
    return [_placed(one, parts) for one in sorted(moments, key=lambda one: (one.at_ms, order.index(one.kind), one.end_ms))]


def _placed(moment: Moment, parts: Iterable[Recording]) -> Moment:
    for part in parts:
        if part.start_ms <= moment.at_ms < part.end_ms:
            place = (part.id, moment.at_ms - part.start_ms)
            return Moment(moment.at_ms, moment.end_ms, moment.kind, moment.what, *place)
    return moment
