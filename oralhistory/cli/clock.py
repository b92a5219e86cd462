"""``archive clock``: which day it is for this archive, and a person's word that the machine's clock is right."""

import click

from oralhistory.cli.session import Session
from oralhistory.domain.today import ClockQuestion
from oralhistory.i18n import tr


@click.command(
    "clock",
    help=tr("The archive's time zone, and whether the clock can be trusted.")
    + "\n\nJSON: {now, time_zone, last_seen, opening, closing, question: {went_back, now, last_seen}}",
)
@click.option("--confirm", is_flag=True, help=tr("Say that the machine's clock is right now."))
@click.option("--time-zone", metavar="NAME", help=tr("Count days in this time zone, for example Asia/Seoul."))
@click.pass_obj
def clock(session: Session, confirm: bool, time_zone: str | None) -> None:
    archive = session.desk().archive
    calendar = archive.calendar
    if time_zone:
        calendar.set_zone(time_zone, archive.actor)
    if confirm:
        calendar.confirm(archive.actor)
    question, today = calendar.question(), calendar.today()
    now = archive.clock().astimezone(calendar.zone_info)
    document = {
        "now": now.isoformat(timespec="seconds"),
        "time_zone": calendar.zone,
        "last_seen": calendar.last_seen.isoformat(timespec="seconds") if calendar.last_seen else None,
        "opening": today.opening.isoformat(),
        "closing": today.closing.isoformat(),
        "question": _as_document(question) if question else None,
    }
    session.show(document, f"{now:%Y-%m-%d %H:%M} {calendar.zone}")


def _as_document(question: ClockQuestion) -> dict[str, object]:
    return {
        "went_back": question.went_back,
        "now": question.now.isoformat(timespec="seconds"),
        "last_seen": question.last_seen.isoformat(timespec="seconds"),
    }
