"""``voices``: who is in the archive and who is missing."""

from pathlib import Path
from typing import Any

import click

from oralhistory.cli.session import Session
from oralhistory.domain.voices import THRESHOLD, By
from oralhistory.i18n import tr


@click.command(
    help=tr("Whose voices are in the archive, and whose are missing. With --to, a table that may leave the building:"
            " small counts are masked, and who took everything back is left out.")
    + "\n\nJSON: {by, voices, publishable, groups: [{key, name, voices, publishable}], missing: [key]}",
)  # fmt: skip
@click.option("--by", type=click.Choice([one.value for one in By]), default=By.ROUTE.value, show_default=True)
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", help=tr("Write a masked table."))
@click.option("--threshold", type=click.IntRange(THRESHOLD, 1000), default=THRESHOLD, show_default=True,
              help=tr("Counts under it are masked in the table."))  # fmt: skip
@click.pass_obj
def voices(session: Session, by: str, to: Path | None, threshold: int) -> None:
    desk = session.desk()
    service = desk.voices
    voiced, grouping = service.voiced(), By(by)
    found, names = voiced.by[grouping], voiced.names[grouping]
    if to is not None:
        service.write(grouping, to, service.table(service.to_give_out(desk.library.glances()), grouping, threshold))
    document: dict[str, Any] = {
        "by": by,
        "voices": voiced.everyone.voices,
        "publishable": voiced.everyone.publishable,
        "groups": [
            {"key": one.key, "name": names[one.key], "voices": one.voices, "publishable": one.publishable} for one in found
        ],
        "missing": list(voiced.missing[grouping]),
    }
    lines = [f"{one.voices:>5} {one.publishable:>5}  {names[one.key]}" for one in found]
    session.show(document, "\n".join(lines))

