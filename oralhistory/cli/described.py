"""The JSON shapes of what is known of interviews and people, and how their fields are given as FIELD=VALUE."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from oralhistory.domain.events import Event
from oralhistory.domain.facts import Fact
from oralhistory.domain.meeting import Meeting
from oralhistory.domain.roles import Participant
from oralhistory.domain.topics import TopicMention
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from oralhistory.cli.session import Session
    from oralhistory.services.desk import Desk
    from oralhistory.services.library.describing import Person

in_session = click.option(
    "--session", "number", type=click.IntRange(0, 999), default=0, help=tr("In which session it was said.")
)


def assigned(session: "Session", assignments: Iterable[str]) -> list[tuple[str, str]]:
    """Each field with the text for it, read from its file where one is named."""
    given = [one.partition("=") for one in assignments]
    if not all(equals for _, equals, _ in given):
        raise MalformedInput(tr("Give fields as FIELD=VALUE."))
    return [(field, session.text(value)) for field, _, value in given]


def interview(desk: "Desk", code: str) -> dict[str, Any]:
    known = desk.describing.of(code)
    return {
        "title": desk.topics.title(code),
        "facts": dict(known.facts),
        "people": [person(one) for one in known.people],
        "parts": [part(one) for one in desk.casting.parts(code)],
        "sessions": [meeting(one) for one in desk.casting.sessions(code)],
        "events": [event(one) for one in desk.telling.events(code)],
        "topics": [told(one) for one in desk.topics.told(code)],
    }


def person(one: "Person") -> dict[str, Any]:
    return {
        "code": one.narrator.code,
        "pseudonym": one.narrator.pseudonym,
        "route": one.narrator.route.value,
        "facts": dict(one.facts),
    }


def statements(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [
        {"field": one.field, "value": one.value, "at": one.at.isoformat(), "by": one.by, "session": one.session}
        for one in facts
    ]


def event(one: Event) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": one.type.value,
        "date": one.date,
        "expression": one.expression,
        "calendar": one.calendar.value,
        "place": one.place,
        "level": one.level.value,
        "perspective": one.perspective.value,
        "confidence": one.confidence.value,
        "told_ms": one.told_ms,
        "follows": one.follows,
    }


def part(one: Participant) -> dict[str, Any]:
    return {"part": one.part.value, "who": one.who, "label": one.label, "shown": one.shown}


def meeting(one: Meeting) -> dict[str, Any]:
    return {
        "number": one.number,
        "started_at": one.started_at,
        "ended_at": one.ended_at,
        "place": one.place,
        "level": one.level.value,
        "present": one.present,
        "safety_note": one.safety_note,
    }


def told(one: TopicMention) -> dict[str, Any]:
    return {"topic": one.topic, "start_ms": one.start_ms, "end_ms": one.end_ms}
