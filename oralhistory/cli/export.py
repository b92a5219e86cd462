"""``export``."""

from pathlib import Path
from typing import Any

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Given, Session, as_document
from oralhistory.cli.verifying import lost_sound
from oralhistory.domain.consent import Purpose
from oralhistory.domain.ports import ExportRecord, Layout
from oralhistory.domain.recipients import perhaps_meant
from oralhistory.domain.redaction import Content, Profile
from oralhistory.domain.roles import SPEAKING, Part
from oralhistory.errors import LeakFound
from oralhistory.i18n import tr
from oralhistory.services import refusal
from oralhistory.services.consent.consent_words import ASKED_BEFORE_SOUND, told_perhaps_meant
from oralhistory.services.desk import Desk
from oralhistory.services.release.bagging import BAG, GivenBag
from oralhistory.services.release.releasing import Order
from oralhistory.services.release.subtitle_times import SUBTITLES, told_of_times


@click.command(
    help=tr("Write the pseudonymised text that consent covers, after the leak check of the written bytes.")
    + "\n\nJSON: {code, export_code, format, profile, purpose, recipient, abroad, summary, masked, file, sha256};"
    + " when the leak check refuses: {reasons, findings: [{file, part, entity, rule, explained, mark}]};"
    + " of a bag: {code, export_code, format, profile, purpose, recipient, abroad, file, sha256, for: archive|another,"
    + " fingerprint, parts, no_sound: [{code, field, text}], lost: [[start_ms, end_ms]]}"
)
@click.argument("code")
@click.option("--format", "format_", required=True, metavar="txt|docx|...|bag")
@click.option("--profile", type=click.Choice([one.value for one in Profile]), required=True)
@click.option("--purpose", type=click.Choice([one.value for one in Purpose]), required=True)
@click.option("--recipient", type=Given(), required=True)
@click.option("--abroad", is_flag=True, help=tr("The recipient is in another country."))
@click.option("--summary", is_flag=True, help=tr("The summary, and nothing of the transcript (txt, md, docx, pdf, json)."))
@click.option(
    "--mask", "masked", multiple=True, type=click.Choice([one.value for one in SPEAKING]),
    help=tr("Withhold the words of whoever had this part; may be repeated. Those of people who are not to be shown stay anyway."),
)  # fmt: skip
@click.option("--leave-out", is_flag=True, help=tr("No notice in the place of withheld words: the head of the file counts them."))
@click.option("--times", is_flag=True, help=tr("Say when each turn begins (txt, md, docx, pdf, qdpx)."))
@click.option("--large", is_flag=True, help=tr("Large type (pdf)."))
@click.option(
    "--address", type=click.Path(path_type=Path), metavar="FILE",
    help=tr("The address of the archive that a bag is sealed to; without it, this archive alone opens it (bag)."),
)  # fmt: skip
@click.option("--to", "to", type=click.Path(path_type=Path), required=True)
@click.pass_obj
def export(
    session: Session, code: str, format_: str, profile: str, purpose: str, recipient: str, abroad: bool, summary: bool,
    masked: tuple[str, ...], leave_out: bool, times: bool, large: bool,
    address: Path | None, to: Path,
) -> int:  # fmt: skip
    content = Content.SUMMARY if summary else Content.TRANSCRIPT
    order = Order(format_, Profile(profile), Purpose(purpose), recipient, Layout(times, large), abroad, content,
                  frozenset(map(Part, masked)), leave_out)  # fmt: skip
    if format_ == BAG and (summary or masked or leave_out or times or large):
        raise click.UsageError(tr("A bag is the whole interview: none of its words is chosen or laid out here."))
    if format_ != BAG and address:
        raise click.UsageError(tr("Only a bag is sealed to an address."))
    desk = session.desk()
    if meant := perhaps_meant(desk.consenting.on_file(code), order.uses, recipient):
        session.say(told_perhaps_meant(meant))
    try:
        if format_ == BAG:
            _show_bag(session, code, to, desk.bagging.export(code, order, to, session.read_bytes(address) if address else b""))
            say_of_later_sound(session, desk, code)
            return 0
        record = desk.releasing.export(code, order, to)
    except LeakFound as leaks:
        session.show({**as_document(leaks), "findings": [documents.finding(one) for one in leaks.findings]}, "")
        return session.complain(leaks)
    document = {**_given(code, record, to), "summary": record.summary, "masked": record.counts.get("masked", 0)}
    session.show(document, f"{to}  {record.sha256}")
    session.say(tr("Call it pseudonymised, never anonymous."))
    say_of_later_sound(session, desk, code)
    if format_ in SUBTITLES and (told := told_of_times(format_, desk.transcripts.segments(code))):
        session.say(told)
    return 0


def say_of_later_sound(session: Session, desk: Desk, code: str) -> None:
    """Where testimony came in after the narrator's last word: whoever gives it out should know."""
    if desk.releasing.asked_before_sound(code):
        session.say(tr(ASKED_BEFORE_SOUND))


def _show_bag(session: Session, code: str, to: Path, given: GivenBag) -> None:
    missing = [refusal.as_json(one) for one in given.silent_for]
    document = {
        **_given(code, given.record, to),
        "for": "archive" if given.own else "another",
        "fingerprint": given.fingerprint,
        "parts": given.parts,
        "no_sound": missing,
        "lost": [list(one) for one in given.lost],
    }
    session.show(document, f"{to}  {given.record.sha256}")
    if given.own:
        session.say(tr("This archive alone opens it. It is no backup: when the archive is lost, nothing opens it."))
    else:
        session.say(tr("Sealed to the archive with the fingerprint {digits}.", digits=given.fingerprint))
        session.say(tr("Compare it by voice before you hand the file over."))
    for one in missing:
        session.say(tr("There is no sound in it: {reason}", reason=one["text"]))
    if given.lost:
        session.say(lost_sound(len(given.lost)))


def _given(code: str, record: ExportRecord, to: Path) -> dict[str, Any]:
    return {
        "code": code,
        "export_code": record.code,
        "format": record.format,
        "profile": record.profile,
        "purpose": record.purpose,
        "recipient": record.recipient,
        "abroad": record.abroad,
        "file": str(to),
        "sha256": record.sha256,
    }
