"""What cannot be taken back is asked for twice: a person at a terminal types the code of the interview once more."""

from typing import TYPE_CHECKING

import click

from oralhistory.cli.session import Session
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from oralhistory.services.desk import Desk


def agree(session: Session, desk: "Desk", code: str, safe: str) -> None:
    """MalformedInput for another code, with what is `safe` then; NotFound when there is no such interview."""
    real = desk.interviews.card(code).interview.code
    if session.at_terminal():
        typed: str = click.prompt(tr("This cannot be undone. Type the code of the interview again"), err=True)
        if typed.strip().upper() != real:
            raise MalformedInput(tr("That is another code."), safe=safe)
