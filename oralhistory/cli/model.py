"""``model list|add|use|remove|bench``."""

from pathlib import Path
from typing import Any

import click

from oralhistory.cli.interrupting import interruptible
from oralhistory.cli.session import Given, Session
from oralhistory.domain.ports import ModelInfo
from oralhistory.i18n import ntr, tr
from oralhistory.services.review.benching import an_hour_takes
from oralhistory.services.review.models import ENGINES, ModelShelf, used_for

_ROW = "{name, sha256, official, size, default, quick, seconds_an_hour: {engine: n}}"
_BEST, _QUICK = "best", "quick"


@click.group(help=tr("Speech models: official Whisper files (.pt) that you bring."))
def model() -> None:
    pass


@model.command(
    "list",
    help=tr("The models on this machine.")
    + f"\n\nJSON: [{_ROW}]",
)
@click.pass_obj
def list_(session: Session) -> None:
    shelf = session.desk().models
    rows = [_row(one, shelf) for one in shelf.all()]
    marks = ("*" if row["default"] else "~" if row["quick"] else " " for row in rows)
    lines = (
        f"{mark} {row['name']}  {row['official'] or tr('not an official file')}"
        for mark, row in zip(marks, rows, strict=True)
    )
    session.show(rows, "\n".join(lines) or tr("There is no speech model yet."))


@model.command(
    "add",
    help=tr("Take a model file in: inspected, copied, checksummed.")
    + f"\n\nJSON: {_ROW}",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", type=Given(), default="")
@click.pass_obj
def add(session: Session, file: Path, name: str) -> None:
    desk = session.desk()
    shelf = desk.models
    made = shelf.add(file, name)
    if made.official is None:
        session.say(tr("This is not one of the official files. Its words may be of any quality."))
    waiting = desk.transcribing.waiting.codes()
    if waiting:
        session.say(
            ntr("{n} draft waits for a model; “transcribe --waiting” makes it.",
                "{n} drafts wait for a model; “transcribe --waiting” makes them.", len(waiting))
        )  # fmt: skip
    session.show(_row(made, shelf), f"{made.name}  {made.sha256}")


@model.command(
    help=tr("Choose the model of drafts that are asked for (best), or of those that are made while recording (quick).")
    + f"\n\nJSON: {_ROW}"
)
@click.argument("name")
@click.option("--for", "use_", type=click.Choice([_BEST, _QUICK]), default=_BEST, show_default=True)
@click.pass_obj
def use(session: Session, name: str, use_: str) -> None:
    shelf = session.desk().models
    chosen = (shelf.use_by_default if use_ == _BEST else shelf.use_for_quick_drafts)(name)
    session.show(_row(chosen, shelf), used_for(shelf.default(), shelf.quick()))


@model.command("remove", help=tr("Delete a model from this machine.") + "\n\nJSON: {name}")
@click.argument("name")
@click.pass_obj
def remove(session: Session, name: str) -> None:
    session.desk().models.remove(name)
    session.show({"name": name}, tr("Removed."))


@model.command(
    "bench",
    help=tr("Measure how long a model takes for an hour of speech on this machine; large ones need some minutes for it.")
    + "\n\nJSON: {name, engine, heard_ms, seconds, seconds_an_hour, minutes_per_hour}",
)
@click.argument("name")
@click.option("--engine", type=click.Choice(ENGINES), help=tr("The archive's own choice when left out."))
@click.pass_obj
def bench(session: Session, name: str, engine: str | None) -> None:
    desk = session.desk()
    with interruptible() as wished:
        speed = desk.benching.run(name, engine, wished)
    told = {
        "name": speed.model,
        "engine": speed.engine,
        "heard_ms": speed.heard_ms,
        "seconds": round(speed.took_s, 1),
        "seconds_an_hour": speed.seconds_an_hour,
        "minutes_per_hour": round(speed.seconds_an_hour / 60, 1),
    }
    session.show(told, an_hour_takes(speed.model, speed.seconds_an_hour))


def _row(one: ModelInfo, shelf: ModelShelf) -> dict[str, Any]:
    return {
        "name": one.name,
        "sha256": one.sha256,
        "official": one.official,
        "size": one.size,
        "default": one.name == shelf.default(),
        "quick": one.name == shelf.quick(),
        "seconds_an_hour": dict(one.speeds),
    }
