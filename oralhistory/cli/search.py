"""``search``."""

import click

from oralhistory.cli.session import Given, Session
from oralhistory.domain.timecode import clock
from oralhistory.i18n import tr


@click.command(help=tr("Find words in the transcripts.") + "\n\nJSON: {hits: [{code, segment, start_ms, text}]}")
@click.argument("text", type=Given())
@click.pass_obj
def search(session: Session, text: str) -> None:
    hits = session.desk().searching.search(text)
    rows = [
        {"code": one.code, "segment": one.segment.id, "start_ms": one.segment.start_ms, "text": one.segment.text}
        for one in hits
    ]
    lines = (f"{one.code}  {clock(one.segment.start_ms)}  {one.segment.text}" for one in hits)
    session.show({"hits": rows}, "\n".join(lines) or tr("Nothing found."))
