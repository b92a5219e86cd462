"""``search``."""

from typing import TYPE_CHECKING

import click

from oralhistory.cli.session import Given, Session
from oralhistory.domain.timecode import clock
from oralhistory.errors import Damaged
from oralhistory.i18n import tr
from oralhistory.services.library.searching import told_unsearched

if TYPE_CHECKING:
    from oralhistory.services.desk import Desk


@click.command(
    help=tr("Find words in the transcripts and descriptions.")
    + "\n\nJSON: {hits: [{code, segment, start_ms, text}], described: [code], checked}"
)
@click.argument("text", type=Given())
@click.pass_obj
def search(session: Session, text: str) -> int:
    desk = session.desk()
    damage = _damage(desk)  # a damaged page of the index makes fewer hits and no error
    hits = desk.searching.search(text)
    rows = [
        {"code": one.code, "segment": one.found.segment, "start_ms": one.found.start_ms, "text": one.found.text}
        for one in hits
    ]
    lines = [f"{one.code}  {clock(one.found.start_ms)}  {one.found.text}" for one in hits]
    described = desk.searching.described(text)
    document = {"hits": rows, "described": described, "checked": desk.integrity.checked}
    left_out = told_unsearched(desk.searching.unsearched())
    found = "\n".join([*described, *lines]) or tr("Nothing found.")
    session.show(document, "\n".join(filter(None, [found, left_out])))
    return session.complain(damage) if damage else 0


def _damage(desk: "Desk") -> Damaged | None:
    try:
        desk.integrity.check()
    except Damaged as damage:
        return damage
    return None
