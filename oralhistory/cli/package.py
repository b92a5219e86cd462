"""``archive open-package``."""

from pathlib import Path

import click

from oralhistory.cli.session import Session
from oralhistory.i18n import tr


@click.command(
    "open-package",
    help=tr("Open a package that was sealed to this archive, and write what is in it, unsealed, to a folder.")
    + " "
    + tr("Every hash of it is verified, and of a package that is damaged nothing stays.")
    + "\n\nJSON: {file, folder, bag, files, fingerprint}",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "to", type=click.Path(path_type=Path), required=True, metavar="FOLDER")
@click.option(
    "--from", "sender", type=click.Path(path_type=Path), metavar="ADDRESS",
    help=tr("The address of the archive that sealed it, its fingerprint compared; without it, this archive did."),
)  # fmt: skip
@click.pass_obj
def open_package(session: Session, file: Path, to: Path, sender: Path | None) -> None:
    opened = session.desk().opening_packages.open(file, to, session.read_bytes(sender) if sender else b"")
    document = {
        "file": str(file), "folder": str(to), "bag": opened.name, "files": opened.files, "fingerprint": opened.fingerprint,
    }  # fmt: skip
    session.show(document, str(to))
    session.say(tr("Every hash is right. It was sealed by the archive with the fingerprint {digits}.", digits=opened.fingerprint))
    session.say(
        tr(
            "What lies there now is not sealed: whoever gets at this folder can read and hear it. Keep it on an encrypted disk,"
            " and delete it when it is not needed any more."
        )
    )
