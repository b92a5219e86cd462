"""``person new|show|set``: who speaks in an interview, and what is known of them."""

import json

import click

from oralhistory.cli import described, identity
from oralhistory.cli.session import Given, Session
from oralhistory.domain.facts import About, stated_of
from oralhistory.domain.interview import Route
from oralhistory.i18n import tr
from oralhistory.services.library.interviews import OF_NARRATOR


@click.group(help=tr("Who speaks in the interviews: codes and what is known of them, no names."))
def person() -> None:
    pass


@person.command("new", help=tr("A further narrator of the interview CODE.") + "\n\nJSON: {code}")
@click.argument("code")
@click.option("--pseudonym", type=Given(), default="", help=tr("What the narrator is called in the archive."))
@click.option("--route", type=click.Choice([route.value for route in Route]), default=Route.UNKNOWN.value)
@click.pass_obj
def new(session: Session, code: str, pseudonym: str, route: str) -> None:
    made = session.desk().describing.add_narrator(code, pseudonym, Route(route))
    session.show({"code": made.code}, made.code)


@person.command(
    "show",
    help=tr("What is known of the person CODE, and everything that was stated before.")
    + "\n\nJSON: {code, pseudonym, route, facts, interview, statements: [{field, value, at, by, session}]}",
)
@click.argument("code")
@click.pass_obj
def show(session: Session, code: str) -> None:
    describing = session.desk().describing
    interview = describing.interview_of(code)
    known = describing.of(interview)
    found = next(one for one in known.people if one.narrator.code == code.strip().upper())
    document = {
        **described.person(found),
        "interview": interview,
        "statements": described.statements([one for one in known.statements if one.subject == found.narrator.id]),
    }
    session.show(document, json.dumps(document, ensure_ascii=False, indent=2))


@person.command(
    "set",
    help=tr("State what is known of the person CODE: {fields}.",
            fields=", ".join((*OF_NARRATOR, *stated_of(About.PERSON))))
    + "\n\nJSON: {code}",
)  # fmt: skip
@described.in_session
@click.argument("code")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.pass_obj
def set_(session: Session, code: str, assignments: tuple[str, ...], number: int) -> None:
    given = described.assigned(session, assignments)
    session.desk().describing.set_all_of_person(code, given, session=number)
    session.show({"code": code}, code)


person.add_command(identity.reveal)
person.add_command(identity.contact)
