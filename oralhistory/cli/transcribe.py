"""``transcribe``."""

import sys

import click

from oralhistory.cli.interrupting import interruptible
from oralhistory.cli.session import Session
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Layer
from oralhistory.i18n import ntr, tr
from oralhistory.services.interviews import LANGUAGES
from oralhistory.services.models import ENGINES


@click.command(
    help=tr(
        "Make the machine's draft, offline. Ctrl+C stops; what is finished is kept, and the next run goes on there."
    )
    + "\n\nJSON: {code, draft, engine, model, model_sha256, segments, missing: [[start_ms, end_ms]], "
    + "silent: [[start_ms, end_ms]]}"
)
@click.argument("code")
@click.option("--model", "model", metavar="NAME", help=tr("A model's name, or the path of a .pt file."))
@click.option("--engine", type=click.Choice(ENGINES), help=tr("The archive's own choice when left out."))
@click.option("--language", type=click.Choice(["auto", *LANGUAGES]), help=tr("The interview's own when left out."))
@click.pass_obj
def transcribe(session: Session, code: str, model: str | None, engine: str | None, language: str | None) -> None:
    desk = session.desk()
    with interruptible() as wished:
        draft = desk.transcribing.run(
            code, model=model, engine=engine, language=language, progress=_progress, cancelled=wished
        )
    segments = desk.transcripts.segments(code, Layer.MACHINE)
    covered = desk.transcribing.coverage(code)
    document = {
        "code": code,
        "draft": draft.id,
        "engine": draft.engine,
        "model": draft.model,
        "model_sha256": draft.model_sha256,
        "segments": len(segments),
        "missing": covered.missing,
        "silent": covered.silent,
    }
    session.show(document, ntr("A draft of {n} segment.", "A draft of {n} segments.", len(segments)))
    for start, end in covered.missing:
        session.say(tr("Somebody speaks from {start} to {end}, and there is no text.", start=clock(start), end=clock(end)))
    if covered.silent:
        quiet = sum(end - start for start, end in covered.silent)
        session.say(tr("Nobody seems to speak in {duration} of it; nothing was written there.", duration=clock(quiet)))
    session.say(tr("It is made by a machine and unverified. Listen before you rely on it."))


def _progress(done_ms: int, whole_ms: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{clock(done_ms)} / {clock(whole_ms)}", nl=done_ms >= whole_ms, err=True)
