"""``archive verify``: the sound and the custody log, and with ``--deep`` the database, compared with what was stored."""

from collections.abc import Callable
from pathlib import Path

import click

from oralhistory.cli import backup, documents
from oralhistory.cli.session import Session
from oralhistory.domain.fixity import LONGEST_DAYS
from oralhistory.errors import Damaged
from oralhistory.i18n import ntr, tr

_EVERYTHING = 1 << 60  # bytes


@click.command(
    "verify",
    help=tr("Read and check every record of every recording, and the custody log.")
    + "\n\nJSON: {checked, damaged: [{code, part, outcome, faults}], unopened: [{code, file}], custody, database, due}"
    + "\n\n"
    + tr(
        "custody is whole or damaged, and so is database with --deep (null without); due are the recordings that are overdue"
        " after it."
    )
    + "\n\n"
    + "JSON with --backup: {checked, bytes, number, made_at, damaged: [{path, fault}]}",
)
@click.option("--deep", is_flag=True, help=tr("Every page of the database too."))
@click.option("--due", is_flag=True, help=tr("Only recordings that were not read for too long."))
@click.option(
    "--every", type=click.IntRange(1, LONGEST_DAYS), help=tr("From now on every recording is due after so many days.")
)
@click.option("--backup", "of", type=click.Path(path_type=Path), metavar="DEST", help=tr("Check the backup in DEST instead."))
@click.pass_obj
def verify(session: Session, deep: bool, due: bool, every: int | None, of: Path | None) -> int:
    if of is not None:
        return backup.verify_backup(session, of)
    desk = session.desk()
    if every is not None:
        desk.fixity.read_every(every)
    custody = _fault(desk.custody_log.verify)
    database = _fault(desk.archive.store.verify) if deep else None
    checked = desk.fixity.check_due(_EVERYTHING) if due else list(desk.fixity.everything())
    damaged = [(interview.code, one) for interview, one in checked if not one.unchanged]
    unopened = desk.recording.unopened()
    found = bool(custody or database or damaged or unopened)
    session.show(
        {
            "checked": len(checked),
            "damaged": [{"code": code, **documents.checked(one)} for code, one in damaged],
            "unopened": [{"code": one.code, "file": one.file_id} for one in unopened],
            "custody": "whole" if custody is None else "damaged",
            "database": ("whole" if database is None else "damaged") if deep else None,
            "due": len(desk.fixity.schedule().due),
        },
        "\n".join(
            (
                ntr("{n} recording checked.", "{n} recordings checked.", len(checked)),
                *([] if found else [tr("All are as they were written.")] if checked else []),
                *(tr("Damaged: {code}, part {part}", code=code, part=one.recording.part) for code, one in damaged),
            )
        ),
    )
    told = {str(fault): fault for fault in (database, custody) if fault is not None}
    for fault in told.values():
        session.complain(fault)
    if damaged:
        session.complain(damaged_sound(len(damaged)))
    return Damaged.exit_code if found else 0


def _fault(verify: Callable[[], None]) -> Damaged | None:
    """What is wrong with the database or the log: a reason to check the sound as well, not to leave it."""
    try:
        verify()
    except Damaged as fault:
        return fault
    return None


def damaged_sound(parts: int) -> Damaged:
    """What is said of so many recordings that do not verify."""
    return Damaged(
        ntr("{n} recording is damaged.", "{n} recordings are damaged.", parts),
        safe=tr("Every record that is whole can still be heard; damaged ones are silent."),
        todo=tr("Restore the named parts from a backup."),
    )


def lost_sound(stretches: int) -> str:
    """What is said of sound that was given out with so many stretches of it lost."""
    return ntr(
        "{n} stretch of the sound is lost and silent: check the archive, and restore it from a backup.",
        "{n} stretches of the sound are lost and silent: check the archive, and restore it from a backup.",
        stretches,
    )
