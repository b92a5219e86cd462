"""``export``."""

from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Given, Session, as_document
from oralhistory.domain.consent import Purpose
from oralhistory.domain.ports import Layout
from oralhistory.domain.redaction import Content, Profile
from oralhistory.domain.roles import SPEAKING, Part
from oralhistory.errors import LeakFound
from oralhistory.i18n import tr
from oralhistory.services.release.releasing import Order
from oralhistory.services.release.subtitle_times import SUBTITLES, told_of_times


@click.command(
    help=tr("Write the pseudonymised text that consent covers, after the leak check of the written bytes.")
    + "\n\nJSON: {code, export_code, format, profile, purpose, recipient, abroad, summary, masked, file, sha256};"
    + " when the leak check refuses: {reasons, findings: [{file, part, entity, rule, explained, mark}]}"
)
@click.argument("code")
@click.option("--format", "format_", required=True, metavar="txt|docx|...")
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
@click.option("--to", "to", type=click.Path(path_type=Path), required=True)
@click.pass_obj
def export(
    session: Session, code: str, format_: str, profile: str, purpose: str, recipient: str, abroad: bool, summary: bool,
    masked: tuple[str, ...], leave_out: bool, times: bool, large: bool, to: Path,
) -> int:  # fmt: skip
    content = Content.SUMMARY if summary else Content.TRANSCRIPT
    order = Order(format_, Profile(profile), Purpose(purpose), recipient, Layout(times, large), abroad, content,
                  frozenset(map(Part, masked)), leave_out)  # fmt: skip
    desk = session.desk()
    try:
        record = desk.releasing.export(code, order, to)
    except LeakFound as leaks:
        session.show({**as_document(leaks), "findings": [documents.finding(one) for one in leaks.findings]}, "")
        return session.complain(leaks)
    document = {
        "code": code,
        "export_code": record.code,
        "format": record.format,
        "profile": record.profile,
        "purpose": record.purpose,
        "recipient": record.recipient,
        "abroad": record.abroad,
        "summary": record.summary,
        "masked": record.counts.get("masked", 0),
        "file": str(to),
        "sha256": record.sha256,
    }
    session.show(document, f"{to}  {record.sha256}")
    session.say(tr("Call it pseudonymised, never anonymous."))
    if format_ in SUBTITLES and (told := told_of_times(format_, desk.transcripts.segments(code))):
        session.say(told)
    return 0
