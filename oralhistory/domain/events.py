"""What the narrators tell of: an event with its date as well as it is known, and the narrator's own words for it.

An event is never changed: what is said later about the same thing is another event that `follows` the earlier one. Places
are kept with the level they are named at, so that who looks for them sees how fine they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from oralhistory.domain import edtf


class EventType(StrEnum):
    BIRTH = "birth"
    FAMILY = "family"
    HUNGER = "hunger"
    LEAVING = "leaving"
    ARREST = "arrest"
    FORCED_RETURN = "forced_return"
    INTERROGATION = "interrogation"
    DETENTION = "detention"
    VIOLENCE = "violence"
    DEATH = "death"
    MARRIAGE = "marriage"
    SALE = "sale"
    STAY = "stay"
    ARRIVAL = "arrival"
    OTHER = "other"


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    LUNAR = "lunar"


class PlaceLevel(StrEnum):
    """How finely a place is named, the coarsest first."""

    COUNTRY = "country"
    PROVINCE = "province"
    COUNTY = "county"
    TOWN = "town"
    EXACT = "exact"


class Perspective(StrEnum):
    EXPERIENCED = "experienced"
    WITNESSED = "witnessed"
    HEARD = "heard"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Event:
    """`date` is EDTF, or nothing for a date that is only known as it was said (`expression`; the lunar calendar always).

    `told_ms` is the moment on the interview's timeline at which it is told, None when nobody noted it; `follows` the id of the
    earlier statement about the same thing.
    """

    id: str
    interview_id: str
    type: EventType
    date: str = ""
    expression: str = ""
    calendar: Calendar = Calendar.GREGORIAN
    place: str = ""
    level: PlaceLevel = PlaceLevel.PROVINCE
    perspective: Perspective = Perspective.EXPERIENCED
    confidence: Confidence = Confidence.MEDIUM
    told_ms: int | None = None
    follows: str = ""


class MalformedEvent(Exception):
    """`field` is the one that is not right."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def check(event: Event, known: Mapping[str, Event]) -> None:
    """MalformedEvent when it cannot be kept beside the events that are `known`, by their ids."""
    if event.date:
        if event.calendar is Calendar.LUNAR:
            raise MalformedEvent("date")
        try:
            edtf.parse(event.date)
        except ValueError:
            raise MalformedEvent("date") from None
    if not event.date and not event.expression:
        raise MalformedEvent("expression")
    if event.follows and event.follows not in known:
        raise MalformedEvent("follows")
    if event.told_ms is not None and event.told_ms < 0:
        raise MalformedEvent("told_ms")


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that no later statement follows."""
    everything = list(events)
    followed = {one.follows for one in everything}
    return [one for one in everything if one.id not in followed]
