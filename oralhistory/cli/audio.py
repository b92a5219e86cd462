"""``audio info|verify|redact|copies|export``."""

from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.agreeing import agree
from oralhistory.cli.backup import progress
from oralhistory.cli.export import say_of_later_sound
from oralhistory.cli.session import Given, Session
from oralhistory.cli.verifying import damaged_sound, lost_sound
from oralhistory.domain.consent import Purpose
from oralhistory.domain.timecode import clock
from oralhistory.i18n import ntr, tr
from oralhistory.services.recording.checking import OUTCOMES, Checked
from oralhistory.services.recording.take_words import copy_found_sentence
from oralhistory.services.release.exporting_sound import Clip
from oralhistory.services.withdrawal import removal_words


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
    "verify",
    help=tr("Read and check every record; minutes that were removed for good are named.")
    + "\n\nJSON: [{id, part, unchanged, complete, outcome, faults, removed: [{start_ms, end_ms, by, at, reason}]}]",
)
@click.argument("code")
@click.pass_obj
def verify(session: Session, code: str) -> int:
    desk = session.desk()
    checked, removed = desk.fixity.verify(code), desk.removing.of(code)
    lines = [*map(_told, checked), *map(removal_words.line, removed)]
    session.show([documents.checked(one, removed) for one in checked], "\n".join(lines))
    damaged = [one for one in checked if not one.unchanged]
    return session.complain(damaged_sound(len(damaged))) if damaged else 0


@audio.command(
    "redact",
    help=tr(
        "Take minutes out of the sound for good, because the narrator wants it: from one time to another, in milliseconds of the"
        " interview. The interview is sealed anew under a new key, silent there; the words go from every layer; attached backups"
        " follow. There is no way back."
    )
    + "\n\nJSON: {code, start_ms, end_ms, by, at, reason, removed: {files, size, rows, copies, elsewhere, unreached, rewritten,"
    " still_open: [{id, place, finished_at, failed}], recall: [...], report: [sentence]}}",
)
@click.argument("code")
@click.argument("start_ms", type=click.IntRange(0, documents.LATEST_MS))
@click.argument("end_ms", type=click.IntRange(0, documents.LATEST_MS))
@click.option("--reason", type=Given(), required=True, help=tr("Why, and not what was said there: it is kept."))
@click.pass_obj
def redact(session: Session, code: str, start_ms: int, end_ms: int, reason: str) -> None:
    desk = session.desk()
    agree(session, desk, code, tr("Nothing was removed."))
    removal = desk.removing.remove(code, start_ms, end_ms, reason, progress=progress)
    report = removal_words.report(removal)
    told = removal.told.to_json()
    kept = ("files", "size", "rows", "copies", "elsewhere", "unreached", "rewritten", "still_open", "recall")
    removed = {**{name: told[name] for name in kept}, "report": report}
    session.show({"code": removal.code, **documents.removal(removal), "removed": removed}, "\n".join(report))


@audio.command(
    "copies",
    help=tr("Compare the second copies that were made while recording with what the archive holds.")
    + "\n\nJSON: [{id, part, copy: same|shorter|different|missing|away|none}]",
)
@click.argument("code")
@click.pass_obj
def copies(session: Session, code: str) -> None:
    found = session.desk().recording.copies(code)
    rows = [{"id": one.recording.id, "part": one.recording.part, "copy": one.found.value} for one in found]
    lines = (f"{one.recording.part}  {copy_found_sentence(one.found)}" for one in found)
    session.show(rows, "\n".join(lines) or tr("There is no recording yet."))


def _told(one: Checked) -> str:
    return "\n    ".join((f"{one.recording.part}  {tr(OUTCOMES[one.outcome])}", *one.faults))


@audio.command(
    "export",
    help=tr(
        "Write the sound of an interview as 24-bit WAV (RF64 beyond 4 GiB), where consent covers it: all of it, one part, or from"
        " one time to another. Closed passages are silent, and names, unless a person decided that they stay."
    )
    + "\n\nJSON: {code, part, parts, file, sha256, start_ms, end_ms, rate, channels, muted: [[start_ms, end_ms]], lost: [...],"
    " undecided}",
)
@click.argument("code")
@click.option("--part", type=click.IntRange(min=1))
@click.option("--start-ms", type=click.IntRange(min=0), help=tr("Begin here, in milliseconds of the interview."))
@click.option("--end-ms", type=click.IntRange(min=0), help=tr("End here."))
@click.option("--to", "to", type=click.Path(path_type=Path), required=True)
@click.option("--purpose", type=click.Choice([one.value for one in Purpose]), required=True)
@click.option("--recipient", type=Given(), required=True)
@click.option("--abroad", is_flag=True, help=tr("The recipient is in another country."))
@click.pass_obj
def export(
    session: Session, code: str, part: int | None, start_ms: int | None, end_ms: int | None, to: Path, purpose: str,
    recipient: str, abroad: bool,
) -> None:  # fmt: skip
    desk, clip = session.desk(), Clip(part, start_ms, end_ms)
    given = desk.exporting_sound.export(code, to, Purpose(purpose), recipient, clip, abroad=abroad)
    session.show(
        {
            "code": code,
            "part": given.parts[0].part if len(given.parts) == 1 else None,
            "parts": [one.part for one in given.parts],
            "file": str(to),
            "sha256": given.sha256,
            "start_ms": given.start_ms,
            "end_ms": given.end_ms,
            "rate": given.sound.rate,
            "channels": given.sound.channels,
            "muted": [list(one) for one in given.muted],
            "lost": [list(one) for one in given.lost],
            "undecided": given.undecided,
        },
        str(to),
    )
    say_of_later_sound(session, desk, code)
    if given.lost:
        session.say(lost_sound(len(given.lost)))
    if given.undecided:
        session.say(
            ntr(
                "{n} possible name is not decided on: where it is said, the sound is silent.",
                "{n} possible names are not decided on: where they are said, the sound is silent.",
                given.undecided,
            )
        )
