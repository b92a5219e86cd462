"""The list of topics, which the organisation may edit, and which topics an interview or a passage tells of.

The list begins with the one that the program brings along; what the organisation changed or added stands in the archive, and so
does the order in which topics are offered. A topic is never taken out of the list, only no longer offered: where it was
assigned it stays.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from oralhistory.domain.topics import LANGUAGES, Topic, TopicMention, is_code
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import language, listed, tr
from oralhistory.services.archive.opened import Changed, OpenArchive

_IN_A_TITLE = 3
_ORDER = "topics_in_order"
"""The note that holds the codes of topics in the organisation's order, as JSON; those that it does not name follow."""


def starting_list(file: Path) -> tuple[Topic, ...]:
    """The topics that the program brings along."""
    document = json.loads(file.read_text("utf-8"))
    return tuple(Topic(one["code"], one["names"]) for one in document["topics"])


class Topics:
    """`starting`: the list to begin with."""

    def __init__(self, archive: OpenArchive, starting: Sequence[Topic]) -> None:
        self._archive = archive
        self.starting = tuple(starting)

    def all(self) -> list[Topic]:
        """Every topic in its order, those that are no longer offered too."""
        with self._archive.store.reading() as records:
            changed = {one.code: one for one in records.topics.all()}
            order: list[str] = json.loads(records.notes.get(_ORDER) or "[]")
        begun = [changed.pop(one.code, one) for one in self.starting]
        place = {code: at for at, code in enumerate(order)}
        return sorted((*begun, *changed.values()), key=lambda one: place.get(one.code, len(place)))

    def arrange(self, codes: Sequence[str]) -> list[Topic]:
        """Offer the topics in this order; those that are not named follow in the order in which they stood. NotFound names one
        that is not in the list. Gives the list as it is then."""
        known = [one.code for one in self.all()]
        unknown = next((one for one in codes if one not in known), None)
        if unknown is not None:
            raise _not_there(unknown)
        named = list(dict.fromkeys(codes))
        with self._archive.store.transaction() as records:
            records.notes.set(_ORDER, json.dumps([*named, *(one for one in known if one not in named)]))
            self._archive.record_custody_of_archive(records, "topics put in order")
        self._archive.announce(Changed.TOPICS)
        return self.all()

    def put(self, code: str, names: Mapping[str, str], *, active: bool = True) -> Topic:
        """Add a topic, or give one other names; languages that are not named keep theirs."""
        known = {one.code: one for one in self.all()}.get(code)
        if not is_code(code) or any(language not in LANGUAGES for language in names):
            raise MalformedInput(
                tr("A topic has a code of small letters, and names in Korean, English and Chinese."),
                safe=tr("Nothing was changed."),
                todo=tr("A code looks like this: border_crossing."),
            )
        given = {language: normalised(name) for language, name in names.items() if normalised(name)}
        topic = Topic(code, {**(known.names if known else {}), **given}, active)
        if not topic.names:
            raise MalformedInput(tr("A topic needs a name."), safe=tr("Nothing was changed."))
        with self._archive.store.transaction() as records:
            records.topics.put(topic)
            self._archive.record_custody_of_archive(records, f"topic {code} changed")
        self._archive.announce(Changed.TOPICS)
        return topic

    def told(self, code: str) -> list[TopicMention]:
        with self._archive.store.reading() as records:
            return records.topics.told(self._archive.interview(records, code).id)

    def title(self, code: str) -> str:
        """A title that names nobody: the code, and the first topics of the whole interview, then of its passages."""
        names = {one.code: one.name(language()) for one in self.all()}
        told = list(dict.fromkeys(names[one.topic] for one in self.told(code) if one.topic in names))[:_IN_A_TITLE]
        if not told:
            return tr("Interview {code}", code=code.strip().upper())
        return tr("Interview {code}: {topics}", code=code.strip().upper(), topics=listed(told))

    def assign(self, code: str, topic: str, passage: tuple[int, int] | None = None) -> TopicMention:
        """Say that the interview, or the passage from .. to .. ms of its timeline, tells of `topic`."""
        if topic not in {one.code for one in self.all() if one.active}:
            raise _not_there(topic)
        if passage and not 0 <= passage[0] < passage[1]:
            raise MalformedInput(tr("The passage must end after it begins."))
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            told = TopicMention(interview.id, topic, *(passage or (None, None)))
            records.topics.assign(told)
            archive.record_custody(records, interview, "topic assigned")
        archive.announce(Changed.INTERVIEW, interview.code)
        return told

    def withdraw(self, code: str, topic: str, passage: tuple[int, int] | None = None) -> None:
        """Take an assignment back. NotFound when there is none like it."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            told = TopicMention(interview.id, topic, *(passage or (None, None)))
            if not records.topics.withdraw(told):
                raise NotFound(tr("This topic is not assigned there."), todo=tr("Look at the topics of the interview."))
            archive.record_custody(records, interview, "topic taken back")
        archive.announce(Changed.INTERVIEW, interview.code)


def _not_there(code: str) -> NotFound:
    return NotFound(tr("There is no topic {code} in the list.", code=code), todo=tr("Look at the list of topics, or add it."))
