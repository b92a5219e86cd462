"""``archive custody``: who did what, when; proven to be whole before it is shown or written."""

from pathlib import Path

import click

from oralhistory.cli.session import Session
from oralhistory.i18n import ntr, tr
from oralhistory.services.library import custody_words


@click.command(
    "custody",
    help=tr("The custody log, of the whole archive or of one interview. Refused, naming the entry, when it was changed.")
    + "\n\nJSON: {entries: [{number, at, actor, code, action, outcome, sha256, chain}], whole}",
)
@click.argument("code", default="")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", help=tr("Write it to a file."))
@click.pass_obj
def custody(session: Session, code: str, to: Path | None) -> None:
    log = session.desk().custody_log
    if to is not None:
        count = log.write(to, code)
        session.say(ntr("{n} entry was written.", "{n} entries were written.", count))
    entries = log.entries(code)
    rows = [
        {
            "number": one.number,
            "at": one.event.at.isoformat(),
            "actor": one.event.actor,
            "code": about,
            "action": one.event.action,
            "outcome": one.event.outcome,
            "sha256": one.event.object_hash,
            "chain": one.hash,
        }
        for about, one in entries
    ]
    lines = (
        f"{one.number:>6}  {one.event.at:%Y-%m-%d %H:%M}  {about:<7}{custody_words.action(one.event.action)}"
        for about, one in entries
    )
    session.show({"entries": rows, "whole": True}, "\n".join(lines))
