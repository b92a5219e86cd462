"""``redact propose|list|decide|undo|check|findings|explain|report``."""

import json
from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Session, as_document
from oralhistory.domain.decisions_document import document as decisions_document
from oralhistory.domain.leaks import LeakFinding
from oralhistory.domain.redaction import Content, IdentifierClass
from oralhistory.domain.timecode import clock
from oralhistory.errors import LeakFound, NotFound
from oralhistory.i18n import ntr, tr
from oralhistory.services.release.combining import combinations
from oralhistory.services.release.decision_log import document as log_document
from oralhistory.services.release.leak_checking import leak_reasons, unexplained

_SHOWN = 10
"""Passages that are named by their time; the window shows them all."""


@click.group(help=tr("Names, places and dates that could betray somebody."))
def redact() -> None:
    pass


_summary = click.option("--summary", is_flag=True, help=tr("Of the summary, not of the transcript."))
_words = click.option("--words", is_flag=True, help=tr("Show the words at each place. They are names: mind who sees the screen."))


@redact.command(
    "propose",
    help=tr("What the detectors found. Nothing is decided by it.")
    + "\n\nJSON: {proposals: [{id, segment, start, end, text, type, class, detector, score}], underlined: [...the same, of "
    "relatives and roles, which nobody has to decide]}; offsets are code points",
)
@click.argument("code")
@_summary
@click.pass_obj
def propose(session: Session, code: str, summary: bool) -> None:
    state = session.desk().redacting.state(code, _content(summary))
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
@_summary
@click.pass_obj
def list_(session: Session, code: str, summary: bool) -> None:
    state = session.desk().redacting.state(code, _content(summary))
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
    + "\n\nJSON: {entities, mentions, dismissed, open, open_in_summary? (where there is one)} (counts)",
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
    summary = redacting.state(code, Content.SUMMARY)
    if summary.segments:
        counts["open_in_summary"] = len(summary.open)
    session.show(counts, ntr("{n} decision is open.", "{n} decisions are open.", still_open))


@redact.command(
    "undo",
    help=tr("Take back the last decision that holds. It stays in the log; with --again it is decided once more.")
    + "\n\nJSON: {changed, open}",
)
@click.argument("code")
@click.option("--again", is_flag=True, help=tr("Decide again what was taken back last."))
@click.pass_obj
def undo(session: Session, code: str, again: bool) -> None:
    redacting = session.desk().redacting
    changed = redacting.bring_back(code) if again else redacting.take_back(code)
    still_open = len(redacting.state(code).open)
    if not changed:
        session.say(tr("There is nothing to take back."))
    session.show(
        {"changed": changed, "open": still_open}, ntr("{n} decision is open.", "{n} decisions are open.", still_open)
    )


@redact.command(
    "check",
    help=tr("Search finished files for what may not leave.")
    + "\n\nJSON: {findings: [{file, part, entity, rule, explained, mark}], reasons? (when it is refused)};"
    + " with --words each finding has `words: [{before, text, after}]`",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--code", required=True)
@_summary
@_words
@click.pass_obj
def check(session: Session, files: tuple[Path, ...], code: str, summary: bool, words: bool) -> int:
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise NotFound(tr("A file to be checked does not exist."), todo=tr("Check the path."))
    found = session.desk().leak_checking.check(code, files, _content(summary))
    document = {"findings": [documents.finding(one, words) for one in found]}
    left = unexplained(found)
    if not left:
        lines = [_line(one, words) for one in found]
        session.show(document, "\n".join([*lines, tr("No known name or number was found.")]))
        return 0
    told = ntr("{n} finding is not explained.", "{n} findings are not explained.", len(left))
    leaks = LeakFound(told, leak_reasons(left), left)
    session.show({**as_document(leaks), **document}, "\n".join(_line(one, words) for one in found))
    return session.complain(leaks)


@redact.command(
    "findings",
    help=tr("Everything that the leak check found so far, in exports that were refused and in files checked by hand.")
    + "\n\nJSON: {findings: [{part, entity, rule, explained, mark, words?}]}",
)
@click.argument("code")
@_words
@click.pass_obj
def findings(session: Session, code: str, words: bool) -> None:
    found = session.desk().leak_checking.findings(code)
    document = {"findings": [documents.finding(one, words) for one in found]}
    session.show(document, "\n".join(_line(one, words) for one in found))


@redact.command(
    "explain",
    help=tr("Say of findings why they are no names. It is logged, and holds for these places only.")
    + "\n\nEXPLANATIONS.json: {explanations: [{mark, reason}]}\n\nJSON: {explained, open} (counts)",
)
@click.argument("code")
@click.option(
    "--file", "file", required=True, metavar="EXPLANATIONS.json", help=tr("The document; “-” reads standard input.")
)
@click.pass_obj
def explain(session: Session, code: str, file: str) -> None:
    everything = session.desk().leak_checking.explain(code, documents.explanations(session.read_json(file)))
    left = len(unexplained(everything))
    document = {"explained": len(everything) - left, "open": left}
    session.show(document, ntr("{n} finding is not explained.", "{n} findings are not explained.", left))


@redact.command(
    "report",
    help=tr("The log of all decisions: the key back to every name. Shown here; in a file only if you name one with --to.")
    + "\n\nJSON: {format, interview, entities: [{id, type, class, relation, variants, replacement, mentions}],"
    + " decided: [{number, takes_back?, by, at, entities, mentions: [{segment, start, end, text, entity, action,"
    + " reason}], dismissed}], open, open_in_summary? (where there is one), findings:"
    + " [{mark, entity, text, part, rule, around, explained: [{reason, by, at}]}], second_readings, exports: [{at, code,"
    + " format, profile, purpose, recipient, abroad, summary, sha256, text, rules, counts}]};"
    + " with --to: {file, sha256}",
)
@click.argument("code")
@click.option(
    "--to", type=click.Path(path_type=Path), help=tr("A new file, never in a folder where an export lies. It is put on record.")
)
@click.pass_obj
def report(session: Session, code: str, to: Path | None) -> None:
    logs = session.desk().decision_logs
    if to is not None:
        sha256 = logs.write(code, to)
        session.say(tr("This file leads back to every name. Keep it where only you can read it."))
        session.show({"file": str(to), "sha256": sha256}, f"{to}  {sha256}")
        return
    document = log_document(logs.log(code))
    session.show(document, json.dumps(document, ensure_ascii=False, indent=2))


def _content(summary: bool) -> Content:
    return Content.SUMMARY if summary else Content.TRANSCRIPT


def _line(one: LeakFinding, words: bool) -> str:
    told = f"{one.mark:<18}{one.file}  {one.part}  {one.rule}  {tr('(explained)') if one.explained else ''}".rstrip()
    if words and one.place is not None:
        told += "".join(f"\n    …{before} [{one.place.text}] {after}…" for before, after in one.place.around)
    return told
