"""What is known of an interview and of who speaks in it: look at it, state it, look at what was stated before.

Stating something again writes nothing over: the earlier statement stands below the later one, with who made it and when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oralhistory.domain.facts import About, Fact, MalformedFact, latest, read, stated_of
from oralhistory.domain.interview import Interview, Route
from oralhistory.domain.person import Narrator
from oralhistory.domain.ports import Records
from oralhistory.domain.timeline import Moment, timeline
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.library.interviews import OF_NARRATOR, Interviews


@dataclass(frozen=True, slots=True)
class Person:
    """A narrator with what is known of them; `facts` holds the fields that have a value."""

    narrator: Narrator
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Description:
    """`statements` is everything ever stated, the oldest first; `facts` and `people` are what counts of it."""

    interview: Interview
    facts: Mapping[str, Any]
    people: tuple[Person, ...]
    statements: tuple[Fact, ...]


class Describing:
    def __init__(self, archive: OpenArchive, interviews: Interviews) -> None:
        self._archive = archive
        self._interviews = interviews

    def of(self, code: str) -> Description:
        with self._archive.store.reading() as records:
            interview = self._archive.interview(records, code)
            statements = tuple(records.facts.of(interview.id))
            people = tuple(
                Person(one, latest(fact for fact in statements if fact.subject == one.id))
                for one in records.people.narrators(interview.id)
            )
        return Description(interview, latest(fact for fact in statements if not fact.subject), people, statements)

    def state(self, code: str, field: str, text: str, *, session: int = 0) -> None:
        """State a field of the interview, as it is typed. `session`: in which one it was said, 0 when that is not known."""
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            self._state(records, interview, "", _read(field, About.INTERVIEW, text), field, session)
        self._archive.announce(Changed.INTERVIEW, interview.code)

    def state_of_person(self, person: str, field: str, text: str, *, session: int = 0) -> None:
        """The same of the narrator with the code `person`."""
        with self._archive.store.transaction() as records:
            interview, narrator = self._archive.narrator(records, person)
            self._state(records, interview, narrator.id, _read(field, About.PERSON, text), field, session)
        self._archive.announce(Changed.INTERVIEW, interview.code)

    def set_all(self, code: str, given: Sequence[tuple[str, str]], *, session: int = 0) -> None:
        """Fields of the interview, stated or changed as they are typed: all of them, or none."""
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            for field, text in given:
                if field in stated_of(About.INTERVIEW):
                    self._state(records, interview, "", _read(field, About.INTERVIEW, text), field, session)
                else:
                    self._interviews.put(records, interview, field, text)
        self._archive.announce(Changed.INTERVIEW, interview.code)

    def set_all_of_person(self, person: str, given: Sequence[tuple[str, str]], *, session: int = 0) -> None:
        """The same of the narrator with the code `person`."""
        with self._archive.store.transaction() as records:
            interview, narrator = self._archive.narrator(records, person)
            for field, text in given:
                if field in OF_NARRATOR:
                    self._interviews.put_of_narrator(records, person, field, text)
                else:
                    self._state(records, interview, narrator.id, _read(field, About.PERSON, text), field, session)
        self._archive.announce(Changed.INTERVIEW, interview.code)

    def add_narrator(self, code: str, pseudonym: str = "", route: Route = Route.UNKNOWN) -> Narrator:
        """A further narrator of the interview."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            person = self._interviews.free_person_code(records)
            narrator = Narrator(archive.new_id(), interview.id, person, normalised(pseudonym), route)
            records.people.add_narrator(narrator)
            archive.record_custody(records, interview, "further narrator added")
        archive.announce(Changed.INTERVIEW, interview.code)
        return narrator

    def timeline(self, code: str) -> list[Moment]:
        """What was recorded, marked, closed and told of, across all sessions, takes and parts."""
        with self._archive.store.reading() as records:
            one = self._archive.interview(records, code).id
            return timeline(
                records.recordings.of(one),
                records.recordings.marks(one),
                records.recordings.sealed_ranges(one),
                records.events.of(one),
                records.topics.told(one),
            )

    def interview_of(self, person: str) -> str:
        """The code of the interview in which the person speaks. NotFound when there is nobody with this code."""
        with self._archive.store.reading() as records:
            return self._archive.narrator(records, person)[0].code

    def _state(self, records: Records, interview: Interview, subject: str, value: Any, field: str, session: int) -> None:
        archive = self._archive
        records.facts.add(Fact(interview.id, subject, field, value, archive.clock(), archive.actor, session))
        archive.record_custody(records, interview, f"changed {field}")


def _read(field: str, about: About, text: str) -> Any:
    try:
        return read(field, about, text)
    except MalformedFact as malformed:
        raise MalformedInput(
            tr("“{field}” cannot be kept like that.", field=malformed.field),
            safe=tr("Nothing was changed."),
            todo=tr("What may stand there: {expected}.", expected=malformed.expected),
        ) from None
