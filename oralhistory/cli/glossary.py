"""``glossary list|set|remove|prompt``: the organisation's words, and what is misheard for them."""

import click

from oralhistory.cli.session import Given, Session
from oralhistory.domain.glossary import Term
from oralhistory.i18n import tr
from oralhistory.services.library.glossary import LANGUAGES

_LANGUAGE = click.Choice([one or "any" for one in LANGUAGES])


@click.group(help=tr("Names, places and other words as they are to be written, and what is misheard for them."))
def glossary() -> None:
    pass


@glossary.command("list", help=tr("Every term.") + "\n\nJSON: [{text, misheard: [], language, note}]")
@click.pass_obj
def list_(session: Session) -> None:
    terms = session.desk().glossary.all()
    lines = (f"{one.text}  ← {', '.join(one.variants) or '–'}  {one.language}  {one.note}".rstrip() for one in terms)
    session.show([_document(one) for one in terms], "\n".join(lines) or tr("The glossary is empty."))


@glossary.command("set", help=tr("Add a term, or change it.") + "\n\nJSON: {text, misheard: [], language, note}")
@click.argument("text", type=Given())
@click.option(
    "--misheard", type=Given(), multiple=True, help=tr("A word that stands wrongly for it; all of them, as often as needed.")
)
@click.option("--language", type=_LANGUAGE, help=tr("The language in which it is said."))
@click.option("--note", type=Given(), help=tr("What it is."))
@click.pass_obj
def set_(session: Session, text: str, misheard: tuple[str, ...], language: str | None, note: str | None) -> None:
    spoken = {None: None, "any": ""}.get(language, language)
    term = session.desk().glossary.put(text, misheard or None, spoken, note)
    session.show(_document(term), term.text)


@glossary.command("remove", help=tr("Take a term out of the list.") + "\n\nJSON: {text}")
@click.argument("text", type=Given())
@click.pass_obj
def remove(session: Session, text: str) -> None:
    session.desk().glossary.remove(text)
    session.show({"text": text}, "")


@glossary.command("prompt", help=tr("What a speech model is told to expect.") + "\n\nJSON: {prompt}")
@click.option("--language", "languages", type=_LANGUAGE, multiple=True, help=tr("Only words of this language."))
@click.pass_obj
def prompt(session: Session, languages: tuple[str, ...]) -> None:
    text = session.desk().glossary.prompt([one for one in languages if one != "any"])
    session.show({"prompt": text}, text)


def _document(one: Term) -> dict[str, object]:
    return {"text": one.text, "misheard": list(one.variants), "language": one.language, "note": one.note}
