"""An interview as a line of the library: what is known of it without opening it, and what its consent covers today."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
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


_NOTHING_ON_FILE = ConsentFile()


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """What the archive holds of one interview. `testimony_ms`: how much of it was recorded; `interrupted`: a part of it ends
    where a machine stopped. `on_file` has what is on file of every interview, by its id, with the permissions for the purposes
    it was asked for. `facts` are those that count now, by subject (a narrator's id, or nothing for the interview) and field;
    `topics` are of the whole and of passages."""

    interview: Interview
    narrators: tuple[Narrator, ...]
    testimony_ms: int
    interrupted: bool
    on_file: Mapping[str, ConsentFile]
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    topics: frozenset[str] = frozenset()

    @property
    def consent(self) -> ConsentFile:
        return self.on_file.get(self.interview.id, _NOTHING_ON_FILE)


@dataclass(frozen=True)
class Glance:
    """A line of the library with the answers of one day, each worked out when it is asked for.

    `words` is what a filter looks in, in small letters."""

    line: LibraryLine
    today: Today
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

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Keys of `ASKED`."""
        consent = self.line.consent
        before = consent.latest(Stage.BEFORE)
        session = before.session if before else 1
        answers = {
            name: may(what, consent, _of_session(context, session), self.today) for name, (what, context) in ASKED.items()
        }
        return frozenset(name for name, answer in answers.items() if isinstance(answer, Allowed))

    @cached_property
    def embargo(self) -> str:
        """A date as text, or nothing; of several narrators' embargoes the last one to open."""
        releases = (own.latest(Stage.AFTER, Stage.RENEWAL) for own in self.line.consent.each)
        last = max((one.embargo_until for one in releases if one and one.embargo_until), default=None)
        return last.isoformat() if last and last > self.today.opening else ""


def glance(line: LibraryLine, today: Today) -> Glance:
    return Glance(line, today, _words(line).casefold())


def _of_session(context: Context, session: int) -> Context:
    return context if context.session == session else replace(context, session=session)


def _words(line: LibraryLine) -> str:
    """What a filter looks in: codes, pseudonyms, and the description of the interview."""
    about = line.facts.get("", {})
    described = (str(about[name]) for name in ("abstract", "collection", "series") if name in about)
    return "\n".join([line.interview.code, *(f"{one.code} {one.pseudonym}" for one in line.narrators), *described])
