"""``archive earlier``: the database as it was before a newer version brought it up to date."""

import click

from oralhistory.cli.session import Session
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr


@click.command(
    "earlier",
    help=tr("Copies of the database from before a newer version of the program; put one back for the older version.")
    + "\n\nJSON: [{name, revision, made_at, size}], put-back: {archive, put_back}",
)
@click.argument("action", type=click.Choice(["list", "put-back"]), default="list")
@click.argument("name", required=False)
@click.pass_obj
def earlier(session: Session, action: str, name: str | None) -> None:
    versions, folder = session.program.earlier, session.folder()
    if action == "list":
        found = [
            {"name": one.name, "revision": one.revision, "made_at": one.made_at.isoformat(), "size": one.size}
            for one in versions.all(folder)
        ]
        session.show(found, "\n".join(str(one["name"]) for one in found))
        return
    if name is None:
        raise MalformedInput(tr("Say which copy is to be put back."), todo=tr("“archive earlier list” names them."))
    versions.put_back(folder, session.passphrase(), name)
    session.show({"archive": str(folder), "put_back": name}, tr("The earlier database is in its place again."))
    session.say(
        tr("Open the archive with the older version now; this one would bring the database up to date again.")
    )
