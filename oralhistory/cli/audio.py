"""``audio info|verify|export``."""

from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Given, Session
from oralhistory.cli.verifying import damaged_sound
from oralhistory.domain.consent import Purpose
from oralhistory.domain.timecode import clock
from oralhistory.i18n import tr
from oralhistory.services.checking import OUTCOMES, Checked


@click.group(help=tr("The sealed sound of an interview."))
def audio() -> None:
    pass


@audio.command("info", help=tr("The recordings of an interview.") + "\n\nJSON: [...recordings as in interview show]")
@click.argument("code")
@click.pass_obj
def info(session: Session, code: str) -> None:
    recordings = session.desk().listening.recordings(code)
    lines = (
        f"{one.part}  {one.purpose.value:<10}{clock(one.duration_ms, millis=True)}  "
        + (tr("complete") if one.complete else tr("interrupted"))
        for one in recordings
    )
    session.show([documents.recording(one) for one in recordings], "\n".join(lines) or tr("There is no recording yet."))


@audio.command(
    "verify", help=tr("Read and check every record.") + "\n\nJSON: [{id, part, unchanged, complete, outcome, faults}]"
)
@click.argument("code")
@click.pass_obj
def verify(session: Session, code: str) -> int:
    checked = session.desk().fixity.verify(code)
    session.show([documents.checked(one) for one in checked], "\n".join(map(_told, checked)))
    damaged = [one for one in checked if not one.unchanged]
    return session.complain(damaged_sound(len(damaged))) if damaged else 0


def _told(one: Checked) -> str:
    return "\n    ".join((f"{one.recording.part}  {tr(OUTCOMES[one.outcome])}", *one.faults))


@audio.command(
    "export", help=tr("Write one recording as 24-bit WAV, where consent covers it.") + "\n\nJSON: {code, part, file}"
)
@click.argument("code")
@click.option("--part", type=click.IntRange(min=1))
@click.option("--to", "to", type=click.Path(path_type=Path), required=True)
@click.option("--purpose", type=click.Choice([one.value for one in Purpose]), required=True)
@click.option("--recipient", type=Given(), required=True)
@click.pass_obj
def export(session: Session, code: str, part: int | None, to: Path, purpose: str, recipient: str) -> None:
    written = session.desk().listening.export(code, to, Purpose(purpose), recipient, part)
    session.show({"code": code, "part": written.part, "file": str(to)}, str(to))
