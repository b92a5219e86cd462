"""``redact propose|list|decide|check``."""

import json
from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Session, as_document
from oralhistory.domain.decisions_document import document as decisions_document
from oralhistory.domain.redaction import IdentifierClass
from oralhistory.domain.timecode import clock
from oralhistory.errors import NotAllowed, NotFound
from oralhistory.i18n import ntr, tr
from oralhistory.services.combining import combinations
from oralhistory.services.releasing import leak_reasons

_SHOWN = 10
"""Passages that are named by their time; the window shows them all."""


@click.group(help=tr("Names, places and dates that could betray somebody."))
def redact() -> None:
    pass


@redact.command(
    "propose",
    help=tr("What the detectors found. Nothing is decided by it.")
    + "\n\nJSON: {proposals: [{id, segment, start, end, text, type, class, detector, score}], underlined: [...the same, of "
    "relatives and roles, which nobody has to decide]}; offsets are code points",
)
@click.argument("code")
@click.pass_obj
def propose(session: Session, code: str) -> None:
    state = session.desk().redacting.state(code)
    if not state.whole:
        session.say(
            tr("The Korean words could not be analysed: nouns are not swept, and fewer names are proposed than could be.")
        )
    underlined = [documents.proposal(one) for one in state.proposals if one.identifier is IdentifierClass.CONTEXT]
    proposals = [documents.proposal(one) for one in state.proposals if one.identifier is not IdentifierClass.CONTEXT]
    lines = (
        f"{one['id'][:8]}  {one['type']:<9}{one['class']:<9}{one['text']}  ({one['detector']})" for one in proposals
    )
    session.show({"proposals": proposals, "underlined": underlined}, "\n".join(lines))


@redact.command(
    "list",
    help=tr("Everything that is decided, and what is open.")
    + "\n\nJSON: {...DECISIONS.json, open: [{code, segment, start, end, text}]}",
)
@click.argument("code")
@click.pass_obj
def list_(session: Session, code: str) -> None:
    state = session.desk().redacting.state(code)
    still_open = [
        {"code": one.code, "segment": one.segment, "start": one.start, "end": one.end, "text": one.text}
        for one in state.open
    ]
    document = {**decisions_document(state.decisions), "open": still_open}
    together = combinations(state)
    if together:
        session.say(
            ntr(
                "{n} passage tells where, when and what together; read it again: {times}",
                "{n} passages tell where, when and what together; read them again: {times}",
                len(together),
                times=", ".join(clock(one.at_ms) for one in together[:_SHOWN]),
            )
        )
    session.show(document, json.dumps(document, ensure_ascii=False, indent=2))


@redact.command(
    "decide",
    help=tr("Lay a decisions document over what was decided before.")
    + "\n\nJSON: {entities, mentions, dismissed, open} (counts)",
)
@click.argument("code")
@click.option(
    "--file", "file", required=True, metavar="DECISIONS.json", help=tr("The document; “-” reads standard input.")
)
@click.pass_obj
def decide(session: Session, code: str, file: str) -> None:
    document = session.read_json(file)
    redacting = session.desk().redacting
    everything = redacting.decide(code, document)
    still_open = len(redacting.state(code).open)
    counts = {
        "entities": len(everything.entities),
        "mentions": len(everything.mentions),
        "dismissed": len(everything.dismissed),
        "open": still_open,
    }
    session.show(counts, ntr("{n} decision is open.", "{n} decisions are open.", still_open))


@redact.command(
    "check",
    help=tr("Search finished files for what may not leave.")
    + "\n\nJSON: {findings: [{file, part, entity, rule, explained}], reasons? (when it is refused)}",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--code", required=True)
@click.pass_obj
def check(session: Session, files: tuple[Path, ...], code: str) -> int:
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise NotFound(tr("A file to be checked does not exist."), todo=tr("Check the path."))
    found = session.desk().releasing.check(code, files)
    unexplained = [one for one in found if not one.explained]
    document = {"findings": [documents.finding(one) for one in found]}
    if not unexplained:
        session.show(document, tr("No known name or number was found."))
        return 0
    leaks = NotAllowed(
        ntr("{n} known string was found.", "{n} known strings were found.", len(unexplained)), leak_reasons(unexplained)
    )
    session.show({**as_document(leaks), **document}, "\n".join(f"{one.file}  {one.part}  {one.rule}" for one in found))
    return session.complain(leaks)
