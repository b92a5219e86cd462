"""``transcribe``."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from oralhistory.cli.interrupting import interruptible
from oralhistory.cli.session import Session
from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Draft, Layer
from oralhistory.errors import Damaged, NotAllowed
from oralhistory.i18n import ntr, tr
from oralhistory.services.desk import Desk
from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.services.review.models import ENGINES
from oralhistory.services.review.orders import TranscribeOrder


@click.command(
    help=tr(
        "Make the machine's draft, offline. Ctrl+C stops; what is finished is kept, and the next run goes on there."
    )
    + "\n\nJSON: {code, draft, engine, model, model_sha256, chinese, segments, missing: [[start_ms, end_ms]], "
    + "silent: [[start_ms, end_ms]], unheard: [[start_ms, end_ms]], unknown: [[start_ms, end_ms]]}"
)
@click.argument("code", required=False)
@click.option("--waiting", is_flag=True, help=tr("Make every draft that waits (JSON: {drafts: [...], left: [code]})."))
@click.option("--model", "model", metavar="NAME", help=tr("A model's name, or the path of a .pt file."))
@click.option("--engine", type=click.Choice(ENGINES), help=tr("The archive's own choice when left out."))
@click.option("--language", type=click.Choice(["auto", *LANGUAGES]), help=tr("The interview's own when left out."))
@click.option(
    "--chinese",
    type=click.Choice([one.value for one in ChineseScript]),
    help=tr("The script in which Chinese is written; the archive's own choice when left out."),
)
@click.pass_obj
def transcribe(
    session: Session,
    code: str | None,
    waiting: bool,
    model: str | None,
    engine: str | None,
    language: str | None,
    chinese: str | None,
) -> None:
    if bool(code) == waiting:
        raise click.UsageError(tr("Name one interview, or take all that wait with --waiting."))
    desk, script = session.desk(), ChineseScript(chinese) if chinese else None
    with interruptible() as wished:

        def begun(order: TranscribeOrder) -> None:
            if model and order.model.path == Path(model) and order.model.official is None:  # else it was said when it was added
                session.say(tr("This is not one of the official files. Its words may be of any quality."))

        def held(resting: bool) -> None:
            rests, goes_on = tr("The draft waits until the recording is over."), tr("The draft goes on.")
            session.say(rests if resting else goes_on)

        def make(one: str) -> dict[str, Any]:
            draft = desk.transcribing.run(
                one, model=model, engine=engine, language=language, chinese=script,
                begun=begun, progress=Progress().tell, held=held, cancelled=wished,
            )  # fmt: skip
            return _told(session, desk, one, draft)

        if code:
            document = make(code)
            count = document["segments"]
            session.show(document, ntr("A draft of {n} segment.", "A draft of {n} segments.", count))
        else:
            drafts, left = _made_in_turn(session, desk.transcribing.waiting.ready(), make)
            told = ntr("{n} draft is made.", "{n} drafts are made.", len(drafts))
            session.show({"drafts": drafts, "left": left}, told)
    session.say(tr("It is made by a machine and unverified. Listen before you rely on it."))


def _made_in_turn(
    session: Session, codes: list[str], make: Callable[[str], dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The drafts that could be made, and the codes of those that could not: consent or a lost part stops only its own."""
    drafts, left = [], []
    for code in codes:
        try:
            drafts.append(make(code))
        except (NotAllowed, Damaged) as hindrance:
            left.append(code)
            session.say(f"{code}: {hindrance}")
    return drafts, left


def _told(session: Session, desk: Desk, code: str, draft: Draft) -> dict[str, Any]:
    """What was made, as a document; what was left out is said."""
    covered = desk.transcribing.coverage(code)
    for start, end in covered.missing:
        session.say(tr("Somebody speaks from {start} to {end}, and there is no text.", start=clock(start), end=clock(end)))
    if covered.unheard:
        unheard = sum(end - start for start, end in covered.unheard)
        session.say(tr("No voice was found in {duration} of it: listen there whether somebody speaks.", duration=clock(unheard)))
    if covered.silent:
        quiet = sum(end - start for start, end in covered.silent)
        session.say(tr("Nobody seems to speak in {duration} of it; nothing was written there.", duration=clock(quiet)))
    return {
        "code": code,
        "draft": draft.id,
        "engine": draft.engine,
        "model": draft.model,
        "model_sha256": draft.model_sha256,
        "chinese": draft.chinese,
        "segments": len(desk.transcripts.segments(code, Layer.MACHINE)),
        "missing": covered.missing,
        "silent": covered.silent,
        "unheard": covered.unheard,
        "unknown": covered.unknown,
    }


class Progress:
    """How far it is and how long it will take, on a terminal."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None

    def tell(self, done_ms: int, whole_ms: int) -> None:
        if not sys.stderr.isatty():
            return
        now = time.monotonic()
        began, began_ms = self._first = self._first or (now, done_ms)
        line = f"{clock(done_ms)} / {clock(whole_ms)}"
        if done_ms > began_ms:
            left_ms = round(1000 * (now - began) * (whole_ms - done_ms) / (done_ms - began_ms))
            line = tr("{done}, {left} left", done=line, left=clock(left_ms))
        click.echo(f"\r{line}", nl=done_ms >= whole_ms, err=True)
