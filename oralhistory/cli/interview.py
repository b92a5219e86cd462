"""``interview new|list|show|set|history`` and ``seal``."""

import json
from typing import Any

import click

from oralhistory.cli import described, documents
from oralhistory.cli.session import Given, Session
from oralhistory.domain.facts import About, stated_of
from oralhistory.domain.interview import Route, Verbatim
from oralhistory.domain.timecode import clock
from oralhistory.i18n import tr
from oralhistory.services import due_words
from oralhistory.services.library.interviews import InterviewCard


@click.group(help=tr("Interviews and their narrators."))
def interview() -> None:
    pass


@interview.command("new", help=tr("Begin an interview.") + "\n\nJSON: {code}")
@click.option("--language", "languages", multiple=True, default=("ko",), show_default=True, help=tr("May be repeated."))
@click.option("--pseudonym", type=Given(), default="", help=tr("What the narrator is called in the archive."))
@click.option("--route", type=click.Choice([route.value for route in Route]), default=Route.UNKNOWN.value)
@click.pass_obj
def new(session: Session, languages: tuple[str, ...], pseudonym: str, route: str) -> None:
    made = session.desk().interviews.create(languages, pseudonym, Route(route))
    session.show({"code": made.code}, made.code)


@interview.command(
    "list", help=tr("All interviews.") + "\n\nJSON: [{code, status, languages, narrators, recordings, duration_ms}]"
)
@click.pass_obj
def list_(session: Session) -> None:
    cards = session.desk().interviews.cards()
    rows = [_row(card) for card in cards]
    lines = (
        f"{card.interview.code}  {card.interview.status.value:<18}{clock(_length_ms(card))}  {_narrators(card)}"
        for card in cards
    )
    session.show(rows, "\n".join(lines) or tr("There is no interview yet."))


def _row(card: InterviewCard) -> dict[str, Any]:
    return {
        "code": card.interview.code,
        "status": card.interview.status.value,
        "languages": list(card.interview.languages),
        "narrators": [one.pseudonym for one in card.narrators],
        "recordings": len(card.recordings),
        "duration_ms": _length_ms(card),
    }


def _length_ms(card: InterviewCard) -> int:
    return sum(one.duration_ms for one in card.recordings)


def _narrators(card: InterviewCard) -> str:
    return ", ".join(one.pseudonym for one in card.narrators)


@interview.command(
    "show",
    help=tr("One interview.")
    + "\n\nJSON: {code, status, languages, verbatim, narrators: [{code, pseudonym, route}], recordings: [{id, part, "
    "purpose, start_ms, duration_ms, sha256, complete, rate, channels, bits, gaps: [{at_ms, lost_ms, reason}]}], "
    "consent: {versions, withdrawals, events, hold}, title, facts, people: [{code, facts}], parts: [{part, who, "
    "label, shown}], sessions: [{number, started_at, ended_at, place, level, present, safety_note}], events: [{id, "
    "type, ...}], topics: [{topic, start_ms, end_ms}], exports: [{at, code, format, profile, purpose, recipient, "
    "abroad, summary, sha256}]}",
)
@click.argument("code")
@click.pass_obj
def show(session: Session, code: str) -> None:
    desk = session.desk()
    document = {
        **documents.interview(desk.interviews.card(code), desk.consenting.on_file(code)),
        **described.interview(desk, code),
        "exports": [documents.export(one) for one in desk.interviews.history(code).exports],
    }
    session.show(document, json.dumps(document, ensure_ascii=False, indent=2))


@interview.command(
    "set",
    help=tr("Change fields: pseudonym, route, languages, names, verbatim ({levels}); or state what is known: {fields}.",
            levels=", ".join(Verbatim), fields=", ".join(stated_of(About.INTERVIEW)))
    + "\n\nJSON: {code}",
)
@described.in_session
@click.argument("code")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.pass_obj
def set_(session: Session, code: str, assignments: tuple[str, ...], number: int) -> None:
    given = described.assigned(session, assignments)
    session.desk().describing.set_all(code, given, session=number)
    session.show({"code": code}, code)


@interview.command(
    "due", help=tr("What is due in the archive.") + "\n\nJSON: [{kind, code, on, overdue, purpose, count, text}]"
)
@click.pass_obj
def due(session: Session) -> None:
    items = session.desk().due_list.items()
    rows = [
        {
            "kind": str(one.kind),
            "code": one.code,
            "on": one.on.isoformat() if one.on else None,
            "overdue": one.overdue,
            "purpose": one.purpose.value if one.purpose else None,
            "count": one.count,
            "text": due_words.sentence(one),
        }
        for one in items
    ]
    lines = (f"{one.code:<8}{due_words.sentence(one)}" for one in items)
    session.show(rows, "\n".join([due_words.counted(len(items)), *lines]))


@interview.command(
    "history",
    help=tr("What happened to an interview, and what was given to whom.")
    + "\n\nJSON: {custody: [{at, actor, action, outcome, sha256}], exports: [{at, code, format, profile,"
    " purpose, recipient, abroad, summary, sha256}]}",
)
@click.argument("code")
@click.pass_obj
def history(session: Session, code: str) -> None:
    found = session.desk().interviews.history(code)
    custody = [
        {
            "at": one.at.isoformat(),
            "actor": one.actor,
            "action": one.action,
            "outcome": one.outcome,
            "sha256": one.object_hash,
        }
        for one in found.custody
    ]
    exports = [documents.export(one) for one in found.exports]
    lines = [f"{one['at']}  {one['action']}  {one['outcome']}" for one in custody]
    session.show({"custody": custody, "exports": exports}, "\n".join(lines))


@click.command(
    help=tr("Close a passage at the narrator's wish: it is withheld from every export.")
    + "\n\nJSON: {code, start_ms, end_ms}"
)
@click.argument("code")
@click.argument("start_ms", type=click.IntRange(0, documents.LATEST_MS))
@click.argument("end_ms", type=click.IntRange(0, documents.LATEST_MS))
@click.option("--reason", type=Given(), required=True)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help=tr("The day on which the passage may be opened."))
@click.pass_obj
def seal(session: Session, code: str, start_ms: int, end_ms: int, reason: str, until: object) -> None:
    day = str(until)[:10] if until else ""
    session.desk().interviews.seal(code, start_ms, end_ms, reason, day)
    session.show({"code": code, "start_ms": start_ms, "end_ms": end_ms}, tr("The passage is sealed."))
