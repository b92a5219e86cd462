"""``phantom list|add|remove|restore``: the sentences that speech models invent, which are marked in every draft."""

import click

from oralhistory.cli.session import Given, Session
from oralhistory.errors import NotFound
from oralhistory.i18n import tr
from oralhistory.services.library.interviews import LANGUAGES

_LANGUAGE = click.argument("language", type=click.Choice(LANGUAGES))


@click.group(help=tr("Sentences that speech models invent over silence: marked in every draft, never removed."))
def phantom() -> None:
    pass


@phantom.command("list", help=tr("Every sentence by language.") + "\n\nJSON: {language: [text]}")
@click.pass_obj
def list_(session: Session) -> None:
    lists = session.desk().phantoms.all()
    session.show(lists, "\n".join(f"{language}  {text}" for language, texts in lists.items() for text in texts))


@phantom.command("add", help=tr("Mark TEXT too.") + "\n\nJSON: {language, sentences: [text]}")
@_LANGUAGE
@click.argument("text", type=Given())
@click.pass_obj
def add(session: Session, language: str, text: str) -> None:
    phantoms = session.desk().phantoms
    _show(session, language, phantoms.put(language, [*phantoms.all()[language], text]))


@phantom.command("remove", help=tr("Mark TEXT no more.") + "\n\nJSON: {language, sentences: [text]}")
@_LANGUAGE
@click.argument("text", type=Given())
@click.pass_obj
def remove(session: Session, language: str, text: str) -> None:
    phantoms = session.desk().phantoms
    known = phantoms.all()[language]
    if text.strip() not in known:
        raise NotFound(tr("This sentence is not in the list."), todo=tr("See “phantom list”."))
    _show(session, language, phantoms.put(language, [one for one in known if one != text.strip()]))


@phantom.command("restore", help=tr("The list that the program brings along.") + "\n\nJSON: {language, sentences: [text]}")
@_LANGUAGE
@click.pass_obj
def restore(session: Session, language: str) -> None:
    _show(session, language, session.desk().phantoms.restore(language))


def _show(session: Session, language: str, sentences: list[str]) -> None:
    session.show({"language": language, "sentences": sentences}, "\n".join(sentences))
