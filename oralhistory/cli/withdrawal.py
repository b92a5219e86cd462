"""``consent wish|recall|settled``: what follows when a narrator took consent back."""

from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Given, Session
from oralhistory.domain.consent import Wish
from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.private_files import write_new


@click.command(
    help=tr("What the narrator who withdrew wants done. Closing is done at once; destroying is “consent withdraw --destroy”.")
    + "\n\nJSON: {code, wish}"
)
@click.argument("code")
@click.argument("wanted", metavar="|".join(Wish), type=click.Choice([one.value for one in Wish]))
@click.option("--note", type=Given(), default="")
@click.pass_obj
def wish(session: Session, code: str, wanted: str, note: str) -> None:
    session.desk().withdrawing.choose(code, Wish(wanted), note)
    session.show({"code": code, "wish": wanted}, tr("It is on file."))


@click.command(
    help=tr("What was given out of what is withdrawn now, and a letter to each recipient that asks for it back.")
    + "\n\n"
    + tr("The letters hold codes and never a name. A printer's spool keeps what is printed.")
    + "\n\nJSON: {exports: [{recipient, abroad, purpose, format, code, sha256, made_at}],"
    + " letters: [{recipient, subject, text, file}]}"
)
@click.argument("code")
@click.option("--letters-in", "language", default="en", metavar="ko|en|zh", help=tr("The language of the letters."))
@click.option("--to", type=click.Path(path_type=Path), help=tr("An empty or new folder for the letters, a file each."))
@click.pass_obj
def recall(session: Session, code: str, language: str, to: Path | None) -> None:
    withdrawing = session.desk().withdrawing
    letters, given = withdrawing.letters(code, language), withdrawing.given_out(code)
    files = _written(to, [one.text for one in letters]) if to else [None] * len(letters)
    for one in letters if to else []:
        withdrawing.written(code, one.code)
    told = [
        {"recipient": one.recipient, "subject": one.subject, "text": one.text, "file": str(file) if file else None}
        for one, file in zip(letters, files, strict=True)
    ]
    session.show(
        {"exports": [documents.given_out(one) for one in given], "letters": told},
        "\n\n".join(one.text for one in letters) or tr("Nothing of it was ever given out."),
    )


@click.command(help=tr("What the narrator wanted is done, and recipients were written to.") + "\n\nJSON: {act, at, by, note}")
@click.argument("code")
@click.option("--reason", type=Given(), required=True, help=tr("What was done; it is kept with who did it."))
@click.pass_obj
def settled(session: Session, code: str, reason: str) -> None:
    event = session.desk().consent_acts.carried_out(code, reason)
    session.show(documents.consent_event(event), tr("It is on file."))


def _written(folder: Path, texts: list[str]) -> list[Path]:
    """Named by number: a recipient's name in a file's name would be one more trace."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFailed(tr("The letters could not be written."), todo=tr("Choose another folder.")) from error
    files = [folder / f"letter-{number}.txt" for number in range(1, len(texts) + 1)]
    for file, text in zip(files, texts, strict=True):
        write_new(file, text.encode())
    return files
