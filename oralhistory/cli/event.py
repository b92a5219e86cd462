"""``event add|list``: what is told of in an interview."""

import click

from oralhistory.cli import described, documents
from oralhistory.cli.session import Given, Session
from oralhistory.domain.events import Calendar, Confidence, EventType, Perspective, PlaceLevel
from oralhistory.i18n import tr

_SHAPE = "{id, type, date, expression, calendar, place, level, perspective, confidence, told_ms, follows}"


@click.group(help=tr("Events that are told of; what is said later is linked to what was said before."))
def event() -> None:
    pass


@event.command("add", help=tr("Note an event of the interview CODE.") + f"\n\nJSON: {_SHAPE}")
@click.argument("code")
@click.option("--type", "type", type=click.Choice([one.value for one in EventType]))
@click.option("--date", type=Given(), help=tr("As EDTF: 1998, 1998-03, 199X, 1998~, 1998/2004."))
@click.option("--expression", type=Given(), help=tr("The words in which it was said."))
@click.option("--calendar", type=click.Choice([one.value for one in Calendar]))
@click.option("--place", type=Given())
@click.option("--level", type=click.Choice([one.value for one in PlaceLevel]), help=tr("How finely the place is named."))
@click.option("--perspective", type=click.Choice([one.value for one in Perspective]))
@click.option("--confidence", type=click.Choice([one.value for one in Confidence]))
@click.option("--told-ms", "told_ms", type=click.IntRange(0, documents.LATEST_MS), help=tr("When it is told, in ms."))
@click.option("--follows", metavar="ID", help=tr("The earlier event that this says more about."))
@click.pass_obj
def add(session: Session, /, code: str, **given: str | int | None) -> None:
    fields = {name: value for name, value in given.items() if value is not None}
    made = session.desk().telling.note(code, fields)
    session.show(described.event(made), made.id)


@event.command("list", help=tr("Everything told of in the interview CODE.") + f"\n\nJSON: [{_SHAPE}]")
@click.argument("code")
@click.pass_obj
def list_(session: Session, code: str) -> None:
    events = session.desk().telling.events(code)
    lines = (f"{one.id[:8]}  {one.type.value:<14}{one.date:<12}{one.expression}  {one.place}".rstrip() for one in events)
    session.show([described.event(one) for one in events], "\n".join(lines))
