"""People of the archive: an opaque code, a pseudonym, and apart from them the identity.

The identity lives in its own part of the archive and is asked for by name only where a person decided to see it, and by the
leak check, which must know what may not appear.
"""

from dataclasses import dataclass
from enum import StrEnum

from oralhistory.domain.interview import Route


@dataclass(frozen=True, slots=True)
class Narrator:
    """Whoever speaks in an interview, as the rest of the program knows them."""

    id: str
    interview_id: str
    code: str
    pseudonym: str
    route: Route


@dataclass(frozen=True, slots=True)
class Identity:
    """Real names and aliases of a narrator, every spelling that may not leave the building."""

    person_id: str
    names: tuple[str, ...]


def given_names(name: str) -> tuple[str, ...]:
    """The given name, by which somebody is called, of a whole Korean one of three syllables; none where that is not certain."""
    syllables = "".join(name.split())
    return (syllables[1:],) if len(syllables) == 3 and all("가" <= one <= "힣" for one in syllables) else ()


class Recontact(StrEnum):
    """Whether somebody may get in touch with a narrator again."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"
    ONLY_VIA = "only_via"  # through the channel that is named, and no other


@dataclass(frozen=True, slots=True)
class Contact:
    """How a narrator may be reached without harm: by which channel, when, and under which name one asks for them."""

    person_id: str
    wish: Recontact = Recontact.NOT_ASKED
    channel: str = ""
    hours: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who a narrator really is, shown to somebody who gave a reason."""

    code: str
    names: tuple[str, ...]
    contact: Contact
