"""``session begin|notes|end|list``: sessions without sound, for narrators who do not want to be recorded."""

from typing import Any

import click

from oralhistory.cli.session import Given, Session
from oralhistory.domain.interview import WrittenSession
from oralhistory.i18n import tr

_JSON = "{code, number, session, started_at, ended_at, text}"


@click.group("session", help=tr("Sessions without sound: what is said is written down."))
def session() -> None:
    pass


@session.command(
    "begin", help=tr("Begin a written session, or go on with the one that was not ended.") + f"\n\nJSON: {_JSON}"
)
@click.argument("code")
@click.pass_obj
def begin(session: Session, code: str) -> None:
    begun = session.desk().note_taking.begin(code)
    session.show(_row(code, begun), tr("Written session {number} goes on.", number=begun.number))


@session.command("notes", help=tr("Keep the notes of a session; what stood there is replaced.") + f"\n\nJSON: {_JSON}")
@click.argument("code")
@click.option("--text", type=Given(), required=True, help=tr("The notes, or @FILE, or @- for standard input."))
@click.option("--add", is_flag=True, help=tr("Add a paragraph, and replace nothing."))
@click.option("--number", type=click.IntRange(min=1), help=tr("The session; the one that goes on when left out."))
@click.pass_obj
def notes(session: Session, code: str, text: str, add: bool, number: int | None) -> None:
    taking = session.desk().note_taking
    kept = taking.add(code, text, number) if add else taking.save(code, text, number)
    session.show(_row(code, kept), tr("The notes are kept."))


@session.command("end", help=tr("End the written session that goes on.") + f"\n\nJSON: {_JSON}")
@click.argument("code")
@click.pass_obj
def end(session: Session, code: str) -> None:
    ended = session.desk().note_taking.end(code)
    session.show(_row(code, ended), tr("Written session {number} has ended.", number=ended.number))


@session.command("list", help=tr("The written sessions of an interview.") + f"\n\nJSON: [{_JSON}]")
@click.argument("code")
@click.pass_obj
def list_(session: Session, code: str) -> None:
    found = session.desk().note_taking.sessions(code)
    lines = (f"{one.number}  {one.started_at:%Y-%m-%d %H:%M}  {_until(one)}\n{one.text}" for one in found)
    session.show([_row(code, one) for one in found], "\n\n".join(lines) or tr("There is no written session yet."))


def _until(one: WrittenSession) -> str:
    return f"{one.ended_at:%Y-%m-%d %H:%M}" if one.ended_at else tr("goes on")


def _row(code: str, one: WrittenSession) -> dict[str, Any]:
    return {
        "code": code.strip().upper(),
        "number": one.number,
        "session": one.session,
        "started_at": one.started_at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "text": one.text,
    }
