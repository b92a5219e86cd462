"""An interview as a line of the library: what is known of it without opening it, and what its consent covers today."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from oralhistory.domain.consent import Allowed, ConsentFile, Context, Operation, Purpose, Stage, may
from oralhistory.domain.interview import Interview
from oralhistory.domain.person import Narrator
from oralhistory.domain.today import Today

ASKED = {
    "record": (Operation.RECORD, Context(Purpose.RECORD_AUDIO)),
    "transcribe": (Operation.TRANSCRIBE, Context(Purpose.MACHINE_TRANSCRIBE)),
    "publish": (Operation.EXPORT_TEXT, Context(Purpose.PUBLISH_TEXT, narrator_answered=True)),
}
"""What the library shows of consent; the answers come from the one place that decides them."""

PURPOSES_ASKED = frozenset(context.purpose for _, context in ASKED.values() if context.purpose)
"""The purposes whose permissions those answers read, and no others."""


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """What the archive holds of one interview. `testimony_ms`: how much of it was recorded; `interrupted`: a part of it ends
    where a machine stopped. `consent` holds the permissions for the purposes it was asked for. `facts` are those that count
    now, by subject (a narrator's id, or nothing for the interview) and field; `topics` are of the whole and of passages."""

    interview: Interview
    narrators: tuple[Narrator, ...]
    testimony_ms: int
    interrupted: bool
    consent: ConsentFile
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Glance:
    """A line of the library with today's answers: `allowed` are keys of `ASKED`; `embargo` is a date as text, or nothing.

    Of several narrators' embargoes it is the last one to open. `words` is what a filter looks in, in small letters."""

    line: LibraryLine
    allowed: frozenset[str]
    embargo: str
    words: str

    @property
    def code(self) -> str:
        return self.line.interview.code

    @property
    def interview(self) -> Interview:
        return self.line.interview

    @property
    def pseudonyms(self) -> str:
        return ", ".join(one.pseudonym for one in self.line.narrators if one.pseudonym)


def glance(line: LibraryLine, today: Today) -> Glance:
    before = line.consent.latest(Stage.BEFORE)
    releases = (own.latest(Stage.AFTER, Stage.RENEWAL) for own in line.consent.each)
    embargo = max((one.embargo_until for one in releases if one and one.embargo_until), default=None)
    answers = {
        name: may(what, line.consent, _of_session(context, before.session if before else 1), today)
        for name, (what, context) in ASKED.items()
    }
    return Glance(
        line,
        frozenset(name for name, answer in answers.items() if isinstance(answer, Allowed)),
        embargo.isoformat() if embargo and embargo > today.opening else "",
        _words(line).casefold(),
    )


def _of_session(context: Context, session: int) -> Context:
    return context if context.session == session else replace(context, session=session)


def _words(line: LibraryLine) -> str:
    """What a filter looks in: codes, pseudonyms, and the description of the interview."""
    about = line.facts.get("", {})
    described = (str(about[name]) for name in ("abstract", "collection", "series") if name in about)
    return "\n".join([line.interview.code, *(f"{one.code} {one.pseudonym}" for one in line.narrators), *described])
