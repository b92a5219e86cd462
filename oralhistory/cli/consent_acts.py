"""``consent clear|approve|condition|risk|asked|hold``: what is done about a consent after it was given."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Given, Session
from oralhistory.domain.consent import ConsentEvent, Purpose
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

_SHAPE = "\n\nJSON: {act, at, by, second, version, purpose, recipient, day, note, wish, narrator}"
_PURPOSES = [purpose.value for purpose in Purpose]

_reason = click.option("--reason", type=Given(), required=True, help=tr("Why; it is kept with who did it."))
_second = click.option(
    "--second-passphrase-file",
    "second",
    type=click.Path(path_type=Path),
    help=tr("The second person's passphrase: first line of this file; else asked."),
)
_narrator = click.option(
    "--narrator", default="", metavar="P-...", help=tr("Whose consent it is about, where several people tell.")
)


def _told(session: Session, event: ConsentEvent) -> None:
    session.show(documents.consent_event(event), tr("It is on file."))


@click.command(help=tr("A second person clears the doubt about the narrator's capacity that the last consent names.") + _SHAPE)
@click.argument("code")
@_reason
@_second
@_narrator
@click.pass_obj
def clear(session: Session, code: str, reason: str, second: Path | None, narrator: str) -> None:
    desk = session.desk()
    _told(session, desk.consent_acts.clear_concern(code, reason, session.second_passphrase(second), narrator))


@click.command(help=tr("A second person approves release in spite of a high risk.") + _SHAPE)
@click.argument("code")
@_reason
@_second
@_narrator
@click.pass_obj
def approve(session: Session, code: str, reason: str, second: Path | None, narrator: str) -> None:
    desk = session.desk()
    _told(session, desk.consent_acts.approve_risk(code, reason, session.second_passphrase(second), narrator))


@click.command(help=tr("Sign that the condition which the narrator set for release is met.") + _SHAPE)
@click.argument("code")
@_reason
@_narrator
@click.pass_obj
def condition(session: Session, code: str, reason: str, narrator: str) -> None:
    _told(session, session.desk().consent_acts.condition_met(code, reason, narrator))


@click.command(help=tr("The risk was looked at again and is as it was; the next look is due by --next.") + _SHAPE)
@click.argument("code")
@_reason
@click.option("--next", "next_review", required=True, metavar="DATE", help=tr("As in 2030-12-31."))
@_narrator
@click.pass_obj
def risk(session: Session, code: str, reason: str, next_review: str, narrator: str) -> None:
    _told(session, session.desk().consent_acts.risk_reviewed(code, reason, day(next_review), narrator))


@click.command(help=tr("The narrator, who allows this case by case, was asked about this one today.") + _SHAPE)
@click.argument("code")
@click.option("--purpose", type=click.Choice(_PURPOSES), required=True)
@click.option("--recipient", type=Given(), default="")
@click.option("--agreed/--declined", required=True, default=None)
@click.option("--note", type=Given(), required=True, help=tr("How they were asked."))
@_narrator
@click.pass_obj
def asked(session: Session, /, code: str, **answer: Any) -> None:
    event = session.desk().consent_acts.asked(
        code, Purpose(answer["purpose"]), answer["recipient"], answer["note"], agreed=answer["agreed"],
        narrator=answer["narrator"],
    )
    _told(session, event)


@click.command(help=tr("Set a legal hold, or lift it: while it stands nobody destroys the interview. Two people do it.") + _SHAPE)
@click.argument("code")
@click.option("--lift", is_flag=True, help=tr("The reason is over."))
@_reason
@_second
@click.pass_obj
def hold(session: Session, code: str, lift: bool, reason: str, second: Path | None) -> None:
    acts = session.desk().consent_acts
    act = acts.lift_hold if lift else acts.hold
    _told(session, act(code, reason, session.second_passphrase(second)))


def day(given: str) -> date:
    """A day as 2030-12-31; MalformedInput otherwise."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise MalformedInput(tr("Not a date: {text}.", text=given), todo=tr("Write it as 2030-12-31.")) from None
