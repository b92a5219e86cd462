"""``consent text list|show|add``, ``consent evidence list|attach|open``: what is read aloud, and what proves the answer."""

import json
from pathlib import Path

import click

from oralhistory.cli.session import Session
from oralhistory.domain.consent import Stage
from oralhistory.domain.evidence import Attachment
from oralhistory.i18n import tr

_TEXT = "{id, stage, language, version, sample, sha256}"
_ATTACHED = "{id, kind, sha256, size, added_at}"


@click.command(
    "print",
    help=tr("A copy of a consent for the narrator, as plain text in its own language; with codes, unless --names.")
    + "\n\n"
    + tr("The looking at a name is logged. A printer's spool keeps what is printed.")
    + "\n\nJSON: {code, text}",
)
@click.argument("code")
@click.option("--version", "number", type=int, help=tr("Its number; the last one when left out."))
@click.option("--names", is_flag=True, help=tr("With the real name in the place of the code."))
@click.pass_obj
def copy(session: Session, code: str, number: int | None, names: bool) -> None:
    text = session.desk().consent_copies.text(code, number, with_names=names)
    session.show({"code": code, "text": text}, text)


@click.group(help=tr("The texts that are read aloud when consent is taken."))
def text() -> None:
    pass


@text.command("list", help=tr("Every text: the samples, and your own.") + f"\n\nJSON: [{_TEXT}]")
@click.pass_obj
def list_(session: Session) -> None:
    found = session.desk().form_texts.all()
    told = [
        {"id": one.id, "stage": one.stage, "language": one.language, "version": one.version, "sample": one.sample,
         "sha256": one.sha256}
        for one in found
    ]  # fmt: skip
    session.show(told, "\n".join(f"{one.id}  {one.sha256[:16]}" for one in found))


@text.command("show", help=tr("One text as a document, to copy and adapt.") + "\n\nJSON: FORM_TEXT.json")
@click.argument("id_", metavar="ID")
@click.pass_obj
def show(session: Session, id_: str) -> None:
    document = session.desk().form_texts.known(id_).document()
    session.show(document, json.dumps(document, ensure_ascii=False, indent=2))


@text.command(
    "add",
    help=tr("Keep an adapted text as a new version; earlier ones stay, for the consents that name them.")
    + "\n\nJSON: {id}"
)
@click.option("--file", "file", required=True, metavar="FORM_TEXT.json", help=tr("The document; “-” reads standard input."))
@click.pass_obj
def add(session: Session, file: str) -> None:
    document = session.read_json(file)
    made = session.desk().form_texts.add(document)
    stage = tr("before the interview") if made.stage == Stage.BEFORE else tr("after the interview")
    session.show({"id": made.id}, tr("{id} is read from now on ({stage}).", id=made.id, stage=stage))


@click.group(help=tr("Scans, photos and spoken words that prove a consent, sealed in the archive."))
def evidence() -> None:
    pass


@evidence.command("list", help=tr("What is attached to an interview.") + f"\n\nJSON: [{_ATTACHED}]")
@click.argument("code")
@click.pass_obj
def attached(session: Session, code: str) -> None:
    found = session.desk().evidence.of(code)
    session.show([_attached(one) for one in found], "\n".join(f"{one.id}  {one.kind}  {one.size}" for one in found))


@evidence.command(
    "attach", help=tr("Seal a copy of FILE; name the id it gets as the evidence of a consent.") + f"\n\nJSON: {_ATTACHED}"
)
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def attach(session: Session, code: str, file: Path) -> None:
    made = session.desk().evidence.attach(code, file)
    session.show(_attached(made), made.id)
    session.say(tr("The file itself still lies where it lay, unencrypted: delete it when you are sure."))


@evidence.command(
    "open",
    help=tr("Write what was attached to a file, as it was handed in. It may show a real name: the looking is logged.")
    + "\n\nJSON: {id, file}",
)
@click.argument("code")
@click.argument("id_", metavar="ID")
@click.option("--reason", required=True, help=tr("Why; it is kept with who did it."))
@click.option("--to", type=click.Path(path_type=Path), required=True)
@click.pass_obj
def open_(session: Session, code: str, id_: str, reason: str, to: Path) -> None:
    session.desk().evidence.write(code, id_, reason, to)
    session.show({"id": id_, "file": str(to)}, str(to))


def _attached(one: Attachment) -> dict[str, object]:
    return {"id": one.id, "kind": one.kind.value, "sha256": one.sha256, "size": one.size, "added_at": one.added_at.isoformat()}
