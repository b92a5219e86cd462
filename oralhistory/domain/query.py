"""Which interviews of the library are wanted: words, state, groups and what consent covers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from oralhistory.domain.library import ASKED, Glance
from oralhistory.domain.voices import By, keys

NOT = "not_"
"""Before a key of `ASKED`: what consent does not cover."""
CONSENTS = (*ASKED, *(f"{NOT}{name}" for name in ASKED))


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that is given must hold: `words` in the description, one of each of the `groups` among the narrators,
    `consent` (one of `CONSENTS`) today. What is empty is not asked."""

    words: str = ""
    groups: Mapping[By, str] = field(default_factory=lambda: MappingProxyType({}))
    consent: str = ""

    def matches(self, one: Glance) -> bool:
        return (
            self.words.strip().casefold() in one.words
            and self._allowed(one)
            and all(any(key in keys(one, narrator, by) for narrator in one.line.narrators) for by, key in self.groups.items())
        )

    def _allowed(self, one: Glance) -> bool:
        if not self.consent:
            return True
        name = self.consent.removeprefix(NOT)
        return (name in one.allowed) is (name == self.consent)

    def document(self) -> dict[str, str]:
        """As it is kept: plain text by stable names."""
        given = {"words": self.words, "consent": self.consent, **{by.value: key for by, key in self.groups.items()}}
        return {name: value for name, value in given.items() if value}


def query(document: Mapping[str, str]) -> Query:
    """What `document` says; what it says in words that are not known (of another version) is not asked."""
    known = {by: str(document[by.value]) for by in By if document.get(by.value)}
    consent = str(document.get("consent", ""))
    return Query(str(document.get("words", "")), MappingProxyType(known), consent if consent in CONSENTS else "")
