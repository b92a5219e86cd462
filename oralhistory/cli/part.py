"""``part give|take|list`` and ``part session``: who took part in an interview, and where its sessions were held."""

import click

from oralhistory.cli import described
from oralhistory.cli.session import Given, Session
from oralhistory.domain.events import PlaceLevel
from oralhistory.domain.roles import Part
from oralhistory.i18n import tr

_PARTS = click.Choice([one.value for one in Part])
_SHAPE = "{part, who, label, shown}"


@click.group(help=tr("Who took part in an interview, and where its sessions were held."))
def part() -> None:
    pass


@part.command("give", help=tr("WHO (a code, never a name) had PART in the interview CODE.") + f"\n\nJSON: {_SHAPE}")
@click.argument("code")
@click.argument("part", type=_PARTS)
@click.argument("who", type=Given())
@click.option("--label", type=Given(), default="", help=tr("The speaker's label in the transcript."))
@click.option("--shown/--hidden", default=True, help=tr("Whether their words are meant to be shown in exports."))
@click.pass_obj
def give(session: Session, code: str, part: str, who: str, label: str, shown: bool) -> None:
    made = session.desk().casting.cast(code, Part(part), who, label=label, shown=shown)
    session.show(described.part(made), f"{made.part.value}  {made.who}")


@part.command("take", help=tr("WHO did not have PART after all.") + "\n\nJSON: {code}")
@click.argument("code")
@click.argument("part", type=_PARTS)
@click.argument("who", type=Given())
@click.pass_obj
def take(session: Session, code: str, part: str, who: str) -> None:
    session.desk().casting.uncast(code, Part(part), who)
    session.show({"code": code}, code)


@part.command("list", help=tr("Everybody who took part in the interview CODE.") + f"\n\nJSON: [{_SHAPE}]")
@click.argument("code")
@click.pass_obj
def list_(session: Session, code: str) -> None:
    parts = session.desk().casting.parts(code)
    lines = (f"{one.part.value:<18}{one.who:<12}{one.label}".rstrip() for one in parts)
    session.show([described.part(one) for one in parts], "\n".join(lines))


@part.command("session", help=tr("When and where session NUMBER was held.") + "\n\nJSON: {number, started_at, ...}")
@click.argument("code")
@click.argument("number", type=int)
@click.option("--from", "started_at", metavar="TIME", default="", help=tr("With its offset: 2026-01-31T14:00+09:00."))
@click.option("--to", "ended_at", metavar="TIME", default="")
@click.option("--place", type=Given(), default="")
@click.option("--level", type=click.Choice([one.value for one in PlaceLevel]), default=PlaceLevel.PROVINCE.value)
@click.option("--present", type=Given(), default="", help=tr("Who was there, by codes."))
@click.option("--safety-note", "safety_note", type=Given(), default="")
@click.pass_obj
def session_(session: Session, /, code: str, number: int, **given: str) -> None:
    held = session.desk().casting.hold(code, number, given)
    session.show(described.meeting(held), f"{held.number}  {held.place}".rstrip())
