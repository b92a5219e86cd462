"""People of the archive: an opaque code, a pseudonym, and apart from them the identity.

The identity lives in its own part of the archive and is asked for by name only where a person decided to see it, and by the
leak check, which must know what may not appear.
"""

from dataclasses import dataclass

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
