"""``review heard|sign-off|second|narrator|reading``: what a person attests."""

from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Session
from oralhistory.domain.redaction import Profile
from oralhistory.domain.spans import length
from oralhistory.domain.timecode import clock
from oralhistory.i18n import tr
from oralhistory.services.review.attesting import NARRATOR_OUTCOMES, ReviewState


@click.group(help=tr("What people attest about a transcript."))
def review() -> None:
    pass


_SHAPE = "\n\nJSON: {code, heard (0.0 to 1.0), signed_off, second_checked}"


@review.command("heard", help=tr("I listened to this stretch (to all of it when no times are given).") + _SHAPE)
@click.argument("code")
@click.argument("start_ms", type=click.IntRange(0, documents.LATEST_MS), required=False)
@click.argument("end_ms", type=click.IntRange(0, documents.LATEST_MS), required=False)
@click.pass_obj
def heard(session: Session, code: str, start_ms: int | None, end_ms: int | None) -> None:
    _show(session, code, session.desk().attesting.heard(code, start_ms, end_ms))


@review.command("sign-off", help=tr("I stand for the text as corrected.") + _SHAPE)
@click.argument("code")
@click.pass_obj
def sign_off(session: Session, code: str) -> None:
    _show(session, code, session.desk().attesting.sign_off(code))


@review.command("second", help=tr("I am the second person, and checked the text.") + _SHAPE)
@click.argument("code")
@click.option(
    "--second-passphrase-file",
    type=click.Path(path_type=Path),
    help=tr(
        "The second person's own passphrase: first line of this file. Left out, it is whoever unlocks, unless they signed it off."
    ),
)
@click.pass_obj
def second(session: Session, code: str, second_passphrase_file: Path | None) -> None:
    desk, by = session.desk(), ""
    if second_passphrase_file is not None:
        by = desk.admitting.second_person(session.second_passphrase(second_passphrase_file))
    _show(session, code, desk.attesting.second(code, by))


@review.command("narrator", help=tr("The narrator approved the text, or waived looking at it.") + _SHAPE)
@click.argument("code")
@click.argument("outcome", type=click.Choice(NARRATOR_OUTCOMES))
@click.pass_obj
def narrator(session: Session, code: str, outcome: str) -> None:
    _show(session, code, session.desk().attesting.narrator(code, outcome))


@review.command(
    "reading",
    help=tr("What a second reader reads of the text as it leaves: a tenth of it, and every place that was kept.")
    + "\n\nJSON: {code, profile, digest, needed, done, segments: [{segment, speaker, text}], kept: [{segment, text, reason}]}",
)
@click.argument("code")
@click.option("--profile", type=click.Choice([one.value for one in Profile]), default=Profile.PUBLIC.value, show_default=True)
@click.option(
    "--read", "digest", metavar="DIGEST", help=tr("I took no part in the decisions, and read all of it. DIGEST is the one shown.")
)
@click.pass_obj
def reading(session: Session, code: str, profile: str, digest: str | None) -> None:
    reader = session.desk().second_reading
    state = reader.attest(code, Profile(profile), digest) if digest else reader.state(code, Profile(profile))
    reasons = {one.segment: one.reason for one in state.wanted.kept}
    document = {
        "code": code,
        "profile": profile,
        "digest": state.wanted.digest,
        "needed": state.needed,
        "done": state.done,
        "segments": [{"segment": one.segment, "speaker": one.label(tr), "text": one.text} for one in state.wanted.segments],
        "kept": [{"segment": one.segment, "text": one.text, "reason": reasons[one.segment]} for one in state.kept],
    }
    lines = [f"{one.label(tr)}: {one.text}" for one in state.wanted.segments]
    lines += [tr("Kept ({reason}): {text}", reason=reasons[one.segment], text=one.text) for one in state.kept]
    session.show(document, "\n".join([*lines, "", state.wanted.digest]))


def _show(session: Session, code: str, state: ReviewState) -> None:
    document = {
        "code": code,
        "heard": round(state.heard, 4),
        "signed_off": state.signed_off,
        "second_checked": state.second_checked,
    }
    if state.came_ms:
        session.say(tr("Signed off before {duration} of sound came, which has no text.", duration=clock(state.came_ms)))
    elif state.unwritten:
        session.say(tr("{duration} of the sound has no text.", duration=clock(length(state.unwritten))))
    session.show(document, tr("Heard: {percent}%.", percent=round(state.heard * 100)))
