"""What is known of interviews and of who speaks in them: statements, of which none is ever changed or taken out."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, select

from oralhistory.domain.facts import Fact, latest
from oralhistory.storage.at_once import Unread
from oralhistory.storage.description_tables import facts
from oralhistory.storage.repository import Repository


class Facts(Repository):
    def add(self, fact: Fact) -> None:
        self._add(facts, **{name: getattr(fact, name) for name in _FIELDS})

    def of(self, interview_id: str) -> list[Fact]:
        """Everything ever stated about the interview and its people, the oldest first."""
        return self._facts(select(facts).where(facts.c.interview_id == interview_id).order_by(facts.c.row))

    def known(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What counts now of every interview: by its id, by subject, by field."""
        stated: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for _, *told in self._sorted(select(facts.c.row, *_STATED.columns)):
            one = Fact(**dict(zip(_FIELDS, _STATED.values(told), strict=True)))
            stated[one.interview_id, one.subject].append(one)
        known: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for (interview, subject), statements in stated.items():
            known[interview][subject] = latest(statements)
        return dict(known)

    def _facts(self, statement: Select[Any]) -> list[Fact]:
        return [Fact(**{name: one[name] for name in _FIELDS}) for one in self._rows(statement)]


_FIELDS = ("interview_id", "subject", "field", "value", "at", "by", "session")
_STATED = Unread(facts.c[name] for name in _FIELDS)
