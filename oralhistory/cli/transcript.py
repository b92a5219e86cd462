"""``transcript show|edit|queue|comment|resolve|translate|speakers|history|replace|import``."""

from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.edit_documents import planned_edits
from oralhistory.cli.interrupting import interruptible
from oralhistory.cli.session import Given, Session
from oralhistory.domain.edits import EditStep
from oralhistory.domain.replacing import Wanted
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import FLAGS, Layer, Segment
from oralhistory.i18n import ntr, tr
from oralhistory.services.review.transcripts import PlannedEdit


@click.group(help=tr("The transcript: the machine's draft and the reviewed text."))
def transcript() -> None:
    pass


@transcript.command(
    "show",
    help=tr("Print a layer of the transcript.")
    + "\n\nJSON: {layer, segments: [{id, recording, start_ms, end_ms, speaker, language, text, sha256,"
    " words: [{text, start_ms, end_ms, probability}], flags, times_guessed}]}",
)
@click.argument("code")
@click.option("--layer", type=click.Choice([one.value for one in Layer]), default=Layer.REVIEWED.value)
@click.pass_obj
def show(session: Session, code: str, layer: str) -> None:
    segments = session.desk().transcripts.segments(code, Layer(layer))
    lines = (f"{_when(one)}  {one.speaker + ': ' if one.speaker else ''}{one.text}" for one in segments)
    session.show(documents.transcript(Layer(layer), segments), "\n".join(lines) or tr("There is no transcript yet."))


def _when(segment: Segment) -> str:
    """The time where it begins; `~` before one that is guessed."""
    return f"{'~' if segment.guessed else ''}{clock(segment.start_ms)}"


@transcript.command(
    "edit",
    help=tr("Change the reviewed text; all edits together are one step that can be undone.")
    + "\n\nEDITS.json: {edits: [{op: set_text|split|join|set_times|set_speaker|flag|restore|confirm|confirm_times,"
    " segment, sha256?, ...}]}; set_text: text; split: offset, at_ms?; set_times: start_ms, end_ms; set_speaker: speaker;"
    f" flag: flag ({'|'.join(sorted(FLAGS))}), on?; confirm_times: before?"
    "\n\nJSON: {code, step, edits}",
)
@click.argument("code")
@click.option("--file", "file", metavar="EDITS.json", help=tr("The document; “-” reads standard input."))
@click.option("--undo", is_flag=True, help=tr("Take the last step back."))
@click.option("--redo", is_flag=True, help=tr("Do it again."))
@click.option(
    "--open", "open_", is_flag=True,
    help=tr("With --file: the edits may open a passage again that the narrator sealed. The text must be signed off again then."),
)
@click.pass_obj
def edit(session: Session, code: str, file: str | None, undo: bool, redo: bool, open_: bool) -> None:
    if [bool(file), undo, redo].count(True) != 1 or (open_ and not file):
        raise click.UsageError(tr("Give either --file, --undo or --redo."))
    planned = planned_edits(session.read_json(file)) if file else []
    transcripts = session.desk().transcripts
    step = (
        transcripts.undo(code) if undo else transcripts.redo(code) if redo
        else transcripts.edit(code, planned, opening=open_)
    )  # fmt: skip
    count = len(step.splices) if step else 0
    session.show(
        {"code": code, "step": step.id if step else None, "edits": count},
        ntr("{n} edit.", "{n} edits.", count),
    )


@transcript.command(
    "times-right",
    help=tr(
        "I listened, and the guessed times of this segment are right (~ in “show”); --before: those of all before it, too;"
        " without SEGMENT: of the whole text."
    )
    + "\n\nJSON: {code, step, confirmed}",
)
@click.argument("code")
@click.argument("segment", required=False)
@click.option("--before", is_flag=True, help=tr("And those of all segments before it."))
@click.pass_obj
def times_right(session: Session, code: str, segment: str | None, before: bool) -> None:
    step = session.desk().transcripts.confirm_times(code, segment or "", before=before or segment is None)
    count = sum(one.guessed for splice in step.splices for one in splice.removed)
    session.show(
        {"code": code, "step": step.id, "confirmed": count},
        ntr("The times of {n} segment are right.", "The times of {n} segments are right.", count),
    )


@transcript.command(
    "queue",
    help=tr("What somebody is to look at: doubtful passages, marks that ask for it, open comments.")
    + "\n\nJSON: [{segment, start_ms, end_ms, speaker, text, doubtful, words, flags,"
    " comments: [{id, by, at, text, resolved_by, resolved_at}]}]",
)
@click.argument("code")
@click.option("--all", "all_", is_flag=True, help=tr("What is settled too."))
@click.pass_obj
def queue(session: Session, code: str, all_: bool) -> None:
    segments = session.desk().transcripts.segments(code)
    found = [one for one in segments if one.waits or (all_ and (one.flags or one.comments))]
    lines = (f"{clock(one.start_ms)}  {one.id}  {', '.join(sorted(one.flags))}  {one.text}" for one in found)
    session.show([documents.waiting(one) for one in found], "\n".join(lines) or tr("Nothing waits here."))


@transcript.command(
    "comment",
    help=tr("Pin a comment to a segment; it stays inside and leaves with no export.") + "\n\nJSON: {code, step, comments}",
)
@click.argument("code")
@click.argument("segment")
@click.argument("text", type=Given())
@click.pass_obj
def comment(session: Session, code: str, segment: str, text: str) -> None:
    _show_comments(session, code, session.desk().transcripts.comment(code, segment, text))


@transcript.command(
    "resolve", help=tr("What the comment with this id asked for is done.") + "\n\nJSON: {code, step, comments}"
)
@click.argument("code")
@click.argument("segment")
@click.argument("comment")
@click.pass_obj
def resolve(session: Session, code: str, segment: str, comment: str) -> None:
    _show_comments(session, code, session.desk().transcripts.resolve(code, segment, [comment]))


def _show_comments(session: Session, code: str, step: EditStep) -> None:
    comments = step.splices[-1].inserted[0].comments
    lines = (f"{one.at.isoformat()}  {one.by}: {one.text}" for one in comments)
    session.show({"code": code, "step": step.id, "comments": [documents.comment(one) for one in comments]}, "\n".join(lines))


@transcript.command(
    "translate",
    help=tr("Say beside a segment what it says in another language; without TEXT, print what there is. It is in no export.")
    + "\n\nJSON: {code, step} or [{segment, language, text, by, current}]",
)
@click.argument("code")
@click.argument("language")
@click.argument("segment", required=False)
@click.argument("text", type=Given(), required=False)
@click.pass_obj
def translate(session: Session, code: str, language: str, segment: str | None, text: str | None) -> None:
    transcripts = session.desk().transcripts
    if segment is not None and text is not None:
        step = transcripts.translate(code, segment, language, text)
        return session.show({"code": code, "step": step.id}, tr("Kept."))
    found = [
        {"segment": one.id, "language": each.language, "text": each.text, "by": each.by, "current": each.of == one.sha256}
        for one in transcripts.segments(code)
        for each in one.translations
        if each.language == language and segment in (None, one.id)
    ]
    return session.show(found, "\n".join(str(one["text"]) for one in found))


@transcript.command(
    "speakers",
    help=tr("Label each segment by the microphone that heard it loudest: LABEL for each channel, in order (“-”: nobody's).")
    + "\n\nJSON: {code, step, labelled}",
)
@click.argument("code")
@click.argument("labels", nargs=-1, required=True, type=Given())
@click.pass_obj
def speakers(session: Session, code: str, labels: tuple[str, ...]) -> None:
    desk = session.desk()
    with interruptible() as cancelled:
        edits = desk.channel_labels.proposed(code, ["" if one == "-" else one for one in labels], cancelled)
    step = desk.transcripts.edit(code, [PlannedEdit(one) for one in edits]) if edits else None
    session.show(
        {"code": code, "step": step.id if step else None, "labelled": len(edits)},
        ntr("{n} segment labelled.", "{n} segments labelled.", len(edits)),
    )


@transcript.command(
    "history", help=tr("Every step: when, by whom, what.") + "\n\nJSON: [{at, by, kind, segments, undone}]"
)
@click.argument("code")
@click.pass_obj
def history(session: Session, code: str) -> None:
    steps = session.desk().transcripts.history(code)
    rows = [
        {
            "at": one.at.isoformat(),
            "by": one.by,
            "kind": one.kind,
            "segments": list(one.segments),
            "undone": one.undone,
        }
        for one in steps
    ]
    session.show(rows, "\n".join(f"{row['at']}  {row['kind']}  {row['by']}" for row in rows))


@transcript.command(
    "replace",
    help=tr("Find a word everywhere in the reviewed text, and with --apply put another in its place, its particles fitted.")
    + "\n\nJSON: {code, places: [{segment, start, end, text, becomes}], step}",
)
@click.argument("code")
@click.argument("text", type=Given())
@click.argument("put", type=Given())
@click.option("--anywhere", is_flag=True, help=tr("Inside words too."))
@click.option("--regex", is_flag=True, help=tr("What is to be found is a regular expression; no particle is fitted."))
@click.option("--apply", "apply_", is_flag=True, help=tr("Do it, as one step that can be undone."))
@click.pass_obj
def replace(session: Session, code: str, text: str, put: str, anywhere: bool, regex: bool, apply_: bool) -> None:
    transcripts = session.desk().transcripts
    texts = {one.id: one.text for one in transcripts.segments(code)}
    found = transcripts.places(code, Wanted(text, put, anywhere, regex))
    step = transcripts.put(code, found) if apply_ and found else None
    rows = [
        {
            "segment": one.segment,
            "start": one.start,
            "end": one.end,
            "text": texts[one.segment][one.start : one.end],
            "becomes": one.put,
        }
        for one in found
    ]
    session.show(
        {"code": code, "places": rows, "step": step.id if step else None}, ntr("{n} place.", "{n} places.", len(found))
    )


@transcript.command(
    "import",
    help=tr(
        "Take over an existing transcript (.txt, .vtt, .srt, or .json as printed by show) as text nobody has heard yet."
    )
    + "\n\nJSON: {code, segments}",
)
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_(session: Session, code: str, file: Path) -> None:
    text = session.read_text(str(file))
    count = session.desk().transcripts.import_file(code, file.name, text)
    session.show({"code": code, "segments": count}, ntr("{n} segment.", "{n} segments.", count))
    place = str(file.absolute())
    session.say(tr("The file itself still lies there, unencrypted: {place}. Delete it when you are sure.", place=place))
