"""``staff add|list|set``: the people of the organisation."""

import click

from oralhistory.cli.session import Given, Session
from oralhistory.domain.staff import Member, Role
from oralhistory.i18n import tr
from oralhistory.services.archive.staffing import name_for_code

_SHAPE = "{code, name, role, active}"
_ROLES = click.Choice([role.value for role in Role])


@click.group(help=tr("The people of the organisation: their codes stand in history, consent and custody."))
def staff() -> None:
    pass


@staff.command("list", help=tr("Everybody; those who left too.") + f"\n\nJSON: [{_SHAPE}]")
@click.pass_obj
def list_(session: Session) -> None:
    members = session.desk().staffing.members()
    session.show([_document(one) for one in members], "\n".join(_line(one) for one in members))


@staff.command("add", help=tr("A new member. CODE is no name: it can be read without the passphrase.") + f"\n\nJSON: {_SHAPE}")
@click.argument("code")
@click.option("--name", type=Given(), default="", help=tr("Their name, kept in the encrypted database; or @FILE."))
@click.option("--role", type=_ROLES, default=Role.INTERVIEWER.value, show_default=True)
@click.pass_obj
def add(session: Session, code: str, name: str, role: str) -> None:
    member = session.desk().staffing.add(code, name, Role(role))
    if doubt := name_for_code(code, name):
        session.say(doubt)
    session.show(_document(member), _line(member))


@staff.command("set", help=tr("Another name or role, or whether they are still here.") + f"\n\nJSON: {_SHAPE}")
@click.argument("code")
@click.option("--name", type=Given(), help=tr("Their name, kept in the encrypted database; or @FILE."))
@click.option("--role", type=_ROLES)
@click.option("--active/--left", default=None, help=tr("Whether they are still with the organisation."))
@click.pass_obj
def set_(session: Session, code: str, name: str | None, role: str | None, active: bool | None) -> None:
    member = session.desk().staffing.change(code, name=name, role=Role(role) if role else None, active=active)
    session.show(_document(member), _line(member))


def _document(member: Member) -> dict[str, str | bool]:
    return {"code": member.code, "name": member.name, "role": member.role.value, "active": member.active}


def _line(member: Member) -> str:
    left = "" if member.active else tr("(left)")
    return f"{member.code:<12}{member.role.value:<14}{member.name}  {left}".rstrip()
