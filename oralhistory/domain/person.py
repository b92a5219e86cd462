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
    """The given name, by which somebody is called, of a whole Korean or Chinese one; none where that is not certain.

    Of three letters the last two; of four as well, which stand in the given name whether the surname has one letter or two.
    """
    letters = "".join(name.split())
    whole = all("가" <= one <= "힣" for one in letters) or all("一" <= one <= "鿿" for one in letters)
    return (letters[-2:],) if len(letters) in (3, 4) and whole else ()


def other_orders(name: str) -> tuple[str, ...]:
    """A name of several Latin words with its first or its last word at the other end: Kim Younghee, Younghee Kim."""
    words = name.split()
    if len(words) < 2 or max(name) >= "⺀":  # from there on scripts that keep one order
        return ()
    turned = (words[1:] + words[:1], words[-1:] + words[:-1])
    return tuple(dict.fromkeys(" ".join(one) for one in turned if one != words))


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
