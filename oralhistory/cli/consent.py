"""``consent template|set|show|why|withdraw``, and what is done about a consent afterwards."""

import json

import click

from oralhistory import i18n
from oralhistory.cli import consent_acts, consent_papers, documents, withdrawal
from oralhistory.cli.agreeing import agree
from oralhistory.cli.backup import progress
from oralhistory.cli.session import Given, Session
from oralhistory.domain.consent import WORK_PURPOSES, Context, Operation, Purpose, Refused, Stage
from oralhistory.domain.consent_document import template as blank
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.i18n import tr
from oralhistory.services import refusal
from oralhistory.services.withdrawal import destruction_words

_OPERATIONS = {
    **{operation.value: operation for operation in Operation},
    "record_audio": Operation.RECORD,
    "machine_transcribe": Operation.TRANSCRIBE,
    "import": Operation.RECORD,
}
_PURPOSES = [purpose.value for purpose in Purpose]


@click.group(help=tr("What the narrator allowed."))
def consent() -> None:
    pass


for _command in (
    consent_acts.clear, consent_acts.approve, consent_acts.condition, consent_acts.risk, consent_acts.asked,
    consent_acts.hold, withdrawal.wish, withdrawal.recall, withdrawal.settled, consent_papers.copy, consent_papers.text,
    consent_papers.evidence,
):  # fmt: skip
    consent.add_command(_command)


@consent.command(
    "template", help=tr("Print a consent document in which nothing was asked yet.") + "\n\nJSON: CONSENT.json"
)
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), default=Stage.BEFORE.value)
@click.pass_obj
def template(session: Session, stage: str) -> None:
    document = blank(Stage(stage), i18n.language()[:2])
    session.show(document, json.dumps(document, ensure_ascii=False, indent=2))


@consent.command(
    "set", help=tr("Keep a consent document as a new version. Nothing is implied.") + "\n\nJSON: {code, version, stage}"
)
@click.argument("code")
@click.option(
    "--file", "file", required=True, metavar="CONSENT.json", help=tr("The document; “-” reads standard input.")
)
@click.pass_obj
def set_(session: Session, code: str, file: str) -> None:
    document = session.read_json(file)
    version = session.desk().consenting.record(code, document)
    session.show(
        {"code": code, "version": version.number, "stage": version.stage.value},
        tr("Consent version {number} is on file.", number=version.number),
    )


@consent.command(
    "show",
    help=tr("Everything on file.")
    + "\n\nJSON: {versions: [{number, recorded_at, recorded_by, supersedes, form_sha256, ...CONSENT.json}],"
    " withdrawals: [{requested_on, purposes, due, recipient, lasting}],"
    " events: [{act, at, by, ...}], hold: {act, at, by, second, note} or null}",
)
@click.argument("code")
@click.pass_obj
def show(session: Session, code: str) -> None:
    document = documents.consent_on_file(session.desk().consenting.on_file(code))
    session.show(document, json.dumps(document, ensure_ascii=False, indent=2))


@consent.command(
    "why",
    help=tr("Whether OPERATION is allowed today, and every reason against it.")
    + "\n\nOPERATION: record, notes, transcribe, translate, edit, export, export_summary, export_audio, or a purpose."
    + "\n\nJSON: {operation, allowed, reasons: [{code, field, text}], warnings: [{code, field, text}]}",
)
@click.argument("code")
@click.argument("operation")
@click.option("--purpose", type=click.Choice(_PURPOSES))
@click.option("--recipient", type=Given(), default="")
@click.option("--abroad", is_flag=True, help=tr("The recipient is in another country."))
@click.pass_obj
def why(session: Session, code: str, operation: str, purpose: str | None, recipient: str, abroad: bool) -> int:
    chosen = _OPERATIONS.get(operation)
    if chosen is None and operation in _PURPOSES:
        chosen, purpose = Operation.EXPORT_TEXT, operation
    if chosen is None:
        raise MalformedInput(
            tr("Not an operation: {operation}.", operation=operation),
            todo=tr("Known: {known}.", known=", ".join(dict.fromkeys([*_OPERATIONS, *_PURPOSES]))),
        )
    context = Context(Purpose(purpose) if purpose else None, recipient, abroad=abroad)
    answer = session.desk().consenting.why(code, chosen, context)
    if isinstance(answer, Refused):
        reasons = [refusal.as_json(one) for one in answer.reasons]
        session.show({"operation": operation, "allowed": False, "reasons": reasons, "warnings": []}, "")
        return session.complain(NotAllowed(tr("Not allowed."), answer.reasons))
    warnings = [refusal.as_json(one) for one in answer.warnings]
    session.show({"operation": operation, "allowed": True, "reasons": [], "warnings": warnings}, tr("Allowed."))
    for one in answer.warnings:
        session.say(refusal.sentence(one))
    return 0


@consent.command(
    "withdraw",
    help=tr("Freeze at once: refuse these purposes from now on (all of them when none is named).")
    + "\n\n"
    + tr("With --recipient only what goes to that one is refused: others keep what they have, and may be given more.")
    + "\n\n"
    + tr("With --destroy the interview is destroyed beyond recovery, in the archive and in every attached backup.")
    + "\n\nJSON: {code, withdrawn, recipient?}; with --destroy also destroyed: {files, size, rows, copies, elsewhere, unreached,"
    " rewritten, still_open: [{id, place, finished_at, failed}], recall: [{recipient, abroad, purpose, profile, format, code,"
    " sha256, made_at, own}], shared, named_in, report: [sentence]}",
)
@click.argument("code")
@click.option("--purpose", "purposes", multiple=True, type=click.Choice(_PURPOSES))
@click.option("--recipient", type=Given(), default=None, help=tr("Only from this recipient."))
@click.option("--due", metavar="DATE", help=tr("By when it is to be dealt with, as in 2030-12-31; ten days when left out."))
@click.option("--destroy", is_flag=True, help=tr("Destroy the whole interview. There is no way back."))
@click.pass_obj
def withdraw(
    session: Session, code: str, purposes: tuple[str, ...], recipient: str | None, due: str | None, destroy: bool
) -> None:
    to = _named(recipient)
    by = consent_acts.day(due) if due else None
    desk = session.desk()
    if destroy:
        _refuse_for_one(to)
        agree(session, desk, code, tr("Nothing was destroyed."))
    desk.consenting.withdraw(code, [Purpose(one) for one in purposes], by, to)
    everything = [one for one in _PURPOSES if not to or Purpose(one) not in WORK_PURPOSES]
    document: dict[str, object] = {"code": code, "withdrawn": list(purposes) or everything}
    if not destroy:
        about = {"recipient": to} if to else {}
        session.show({**document, **about}, _withdrawn_from(to))
        if about and not desk.withdrawing.gave(code, to):
            session.say(tr("Nothing was ever given to a recipient of this name: look how it is written."))
        return
    done = desk.destroying.destroy(code, progress=progress)
    report = destruction_words.report(done)
    session.show({**document, "destroyed": {**done.told.to_json(), "report": report}}, "\n".join(report))


def _named(recipient: str | None) -> str:
    """The one recipient that is meant; "" for everybody. MalformedInput when one was to be named and was not: taking everything
    back from everybody is another act."""
    if recipient is not None and not recipient.strip():
        raise MalformedInput(tr("Say who receives this export."), safe=tr("Nothing was withdrawn."))
    return (recipient or "").strip()


def _withdrawn_from(recipient: str) -> str:
    if recipient:
        return tr(
            "Withdrawn from {recipient} alone. Everything that rests on it is refused to them from now on.", recipient=recipient
        )
    return tr("Withdrawn. Everything that rests on it is refused from now on.")


def _refuse_for_one(recipient: str) -> None:
    if recipient:
        raise MalformedInput(
            tr("An interview is destroyed as a whole, not for one recipient."),
            safe=tr("Nothing was destroyed."),
            todo=tr("Leave out --recipient, or --destroy."),
        )
