"""``person reveal|contact``: who a narrator really is, shown for a reason; how they may be reached."""

import json

import click

from oralhistory.cli.session import Given, Session
from oralhistory.domain.person import Recontact
from oralhistory.i18n import tr


@click.command(
    help=tr("Show the real names of CODE (a person, or everybody of an interview) and how to reach them. The looking is logged.")
    + "\n\nJSON: [{code, names: [], contact: {wish, channel, hours, alias}}]"
)
@click.argument("code")
@click.option("--reason", type=Given(), required=True, help=tr("Why; it is kept with who did it."))
@click.pass_obj
def reveal(session: Session, code: str, reason: str) -> None:
    told = [
        {
            "code": one.code,
            "names": list(one.names),
            "contact": {
                "wish": one.contact.wish.value, "channel": one.contact.channel, "hours": one.contact.hours,
                "alias": one.contact.alias,
            },
        }
        for one in session.desk().identities.reveal(code, reason)
    ]  # fmt: skip
    session.show(told, json.dumps(told, ensure_ascii=False, indent=2))


@click.command(
    help=tr("How the person CODE may be reached; kept with the real name, and nowhere else.") + "\n\nJSON: {code, wish}"
)
@click.argument("code")
@click.option("--wish", type=click.Choice([one.value for one in Recontact]), required=True)
@click.option("--channel", type=Given(), default="", help=tr("The safe way: through whom, by what."))
@click.option("--hours", type=Given(), default="")
@click.option("--alias", type=Given(), default="", help=tr("The name under which one asks for them."))
@click.pass_obj
def contact(session: Session, code: str, wish: str, channel: str, hours: str, alias: str) -> None:
    session.desk().identities.set_contact(code, Recontact(wish), channel, hours, alias)
    session.show({"code": code, "wish": wish}, tr("It is on file."))
