"""The organisation's changes to the list of topics, and which topics are told where."""

from collections import defaultdict
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, delete, select

from oralhistory.domain.topics import Topic, TopicMention
from oralhistory.storage.at_once import at_once
from oralhistory.storage.description_tables import topics, topics_told
from oralhistory.storage.repository import Repository


class Topics(Repository):
    def put(self, topic: Topic) -> None:
        self._put(topics, "code", code=topic.code, names=dict(topic.names), active=topic.active)

    def all(self) -> list[Topic]:
        """Those that the organisation added or changed, in the order in which it did."""
        everything = self._rows(select(topics).order_by(topics.c.row))
        return [Topic(one["code"], MappingProxyType(one["names"]), one["active"]) for one in everything]

    def assign(self, told: TopicMention) -> None:
        self.withdraw(told)
        self._add(topics_told, **{name: getattr(told, name) for name in _FIELDS})

    def withdraw(self, told: TopicMention) -> bool:
        """Whether it had been assigned just so."""
        same = [topics_told.c[name].is_not_distinct_from(getattr(told, name)) for name in _FIELDS]
        return self._run(delete(topics_told).where(*same)) > 0

    def told(self, interview_id: str) -> list[TopicMention]:
        """What is assigned to the interview: to the whole of it first, then along its timeline."""
        of_interview = select(topics_told).where(topics_told.c.interview_id == interview_id)
        return self._told(of_interview.order_by(topics_told.c.start_ms.nulls_first(), topics_told.c.row))

    def told_everywhere(self) -> dict[str, set[str]]:
        """The codes of all topics of every interview, by its id."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for interview, topic in at_once(self._connection, select(topics_told.c.interview_id, topics_told.c.topic)):
            found[interview].add(topic)
        return dict(found)

    def _told(self, statement: Select[Any]) -> list[TopicMention]:
        return [TopicMention(**{name: one[name] for name in _FIELDS}) for one in self._rows(statement)]


_FIELDS = ("interview_id", "topic", "start_ms", "end_ms")
