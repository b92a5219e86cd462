"""``export``."""

from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Given, Session, as_document
from oralhistory.domain.consent import Purpose
from oralhistory.domain.ports import Layout
from oralhistory.domain.redaction import Content, Profile
from oralhistory.errors import LeakFound
from oralhistory.i18n import tr
from oralhistory.services.release.releasing import Order


@click.command(
    help=tr("Write the pseudonymised text that consent covers, after the leak check of the written bytes.")
    + "\n\nJSON: {code, export_code, format, profile, purpose, recipient, abroad, summary, file, sha256};"
    + " when the leak check refuses: {reasons, findings: [{file, part, entity, rule, explained, mark}]}"
)
@click.argument("code")
@click.option("--format", "format_", required=True, metavar="txt|docx|...")
@click.option("--profile", type=click.Choice([one.value for one in Profile]), required=True)
@click.option("--purpose", type=click.Choice([one.value for one in Purpose]), required=True)
@click.option("--recipient", type=Given(), required=True)
@click.option("--abroad", is_flag=True, help=tr("The recipient is in another country."))
@click.option("--summary", is_flag=True, help=tr("The summary, and nothing of the transcript (txt, md, docx, pdf, json)."))
@click.option("--times", is_flag=True, help=tr("Say when each turn begins (txt, md, docx, pdf)."))
@click.option("--large", is_flag=True, help=tr("Large type (pdf)."))
@click.option("--to", "to", type=click.Path(path_type=Path), required=True)
@click.pass_obj
def export(
    session: Session, code: str, format_: str, profile: str, purpose: str, recipient: str, abroad: bool, summary: bool,
    times: bool, large: bool, to: Path,
) -> int:  # fmt: skip
    content = Content.SUMMARY if summary else Content.TRANSCRIPT
    order = Order(format_, Profile(profile), Purpose(purpose), recipient, Layout(times, large), abroad, content)
    try:
        record = session.desk().releasing.export(code, order, to)
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
        "file": str(to),
        "sha256": record.sha256,
    }
    session.show(document, f"{to}  {record.sha256}")
    session.say(tr("Call it pseudonymised, never anonymous."))
    return 0
