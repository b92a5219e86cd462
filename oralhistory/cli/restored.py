"""``archive restored``: of what day the archive is that was brought back, and a person's word that nothing lacks any more."""

import click

from oralhistory.cli.session import Session
from oralhistory.i18n import tr
from oralhistory.services.archive.brought_back import in_words


@click.command(
    "restored",
    help=tr("Whether an older state of the archive was brought back. Until a person confirms it, nothing is given out.")
    + "\n\nJSON: {question: {as_of, last_known} | null}",
)
@click.option(
    "--confirm", is_flag=True,
    help=tr("Say that everything withdrawn, removed or destroyed since that state has been entered and done again."),
)
@click.pass_obj
def restored(session: Session, confirm: bool) -> None:
    archive = session.desk().archive
    if confirm:
        archive.brought_back.confirm(archive.actor)
    question = archive.brought_back.question
    document = None if question is None else {
        "as_of": question.as_of.isoformat(timespec="seconds"),
        "last_known": question.last_known.isoformat(timespec="seconds") if question.last_known else None,
    }  # fmt: skip
    session.show(
        {"question": document},
        in_words(question) if question else tr("As far as is known, this is the newest state of the archive."),
    )
