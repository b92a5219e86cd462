"""``topic list|set|order|assign|remove``: what the interviews are about."""

import click

from oralhistory.cli import described, documents
from oralhistory.cli.session import Given, Session
from oralhistory.domain.topics import Topic
from oralhistory.i18n import language, tr

_PASSAGE = click.option(
    "--passage",
    nargs=2,
    type=click.IntRange(0, documents.LATEST_MS),
    metavar="START_MS END_MS",
    help=tr("Only this passage, not the whole interview."),
)


@click.group(help=tr("The organisation's list of topics, and where they are told."))
def topic() -> None:
    pass


@topic.command("list", help=tr("Every topic.") + "\n\nJSON: [{code, names: {ko, en, zh}, active}]")
@click.pass_obj
def list_(session: Session) -> None:
    topics = session.desk().topics.all()
    lines = (f"{one.code:<28}{one.name(language())}" for one in topics if one.active)
    session.show([_document(one) for one in topics], "\n".join(lines))


@topic.command("set", help=tr("Add the topic CODE to the list, or change it.") + "\n\nJSON: {code, names, active}")
@click.argument("code")
@click.option("--ko", type=Given(), help=tr("Its name in Korean."))
@click.option("--en", type=Given(), help=tr("Its name in English."))
@click.option("--zh", type=Given(), help=tr("Its name in Chinese."))
@click.option("--active/--retired", default=True, help=tr("Whether it is still offered."))
@click.pass_obj
def set_(session: Session, code: str, ko: str | None, en: str | None, zh: str | None, active: bool) -> None:
    names = {"ko": ko, "en": en, "zh": zh}
    made = session.desk().topics.put(code, {name: text for name, text in names.items() if text}, active=active)
    session.show(_document(made), made.code)


@topic.command(
    "order", help=tr("Offer the topics in this order; those left out follow as they stood.") + "\n\nJSON: [{code, names, active}]"
)
@click.argument("codes", nargs=-1, required=True)
@click.pass_obj
def order(session: Session, codes: tuple[str, ...]) -> None:
    arranged = session.desk().topics.arrange(codes)
    session.show([_document(one) for one in arranged], "\n".join(one.code for one in arranged))


@topic.command("assign", help=tr("The interview CODE tells of TOPIC.") + "\n\nJSON: {topic, start_ms, end_ms}")
@click.argument("code")
@click.argument("topic")
@_PASSAGE
@click.pass_obj
def assign(session: Session, code: str, topic: str, passage: tuple[int, int] | None) -> None:
    told = session.desk().topics.assign(code, topic, passage)
    session.show(described.told(told), told.topic)


@topic.command("remove", help=tr("It does not after all.") + "\n\nJSON: {code}")
@click.argument("code")
@click.argument("topic")
@_PASSAGE
@click.pass_obj
def remove(session: Session, code: str, topic: str, passage: tuple[int, int] | None) -> None:
    session.desk().topics.withdraw(code, topic, passage)
    session.show({"code": code}, code)


def _document(one: Topic) -> dict[str, object]:
    return {"code": one.code, "names": dict(one.names), "active": one.active}
