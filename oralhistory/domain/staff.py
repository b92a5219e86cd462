"""People of the organisation: who stands behind a code in history, consent and custody. Roles guide; they open nothing.

A code is never another one: the custody log is chained with it, and by it two people are told apart where a second one is asked
for. Who had a name for a code gets a new code, and the old one is marked as one that has left.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_CODE = re.compile(r"\w[\w.-]{0,31}")
_LETTERS = re.compile(r"[^\W\d_]+")
_SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}")
"""Scripts in which two letters are a name already."""
_LONG, _PART = 5, 3


class Role(StrEnum):
    """What somebody mainly does here."""

    INTERVIEWER = "interviewer"
    REVIEWER = "reviewer"
    RELEASER = "releaser"
    DIRECTOR = "director"


@dataclass(frozen=True, slots=True)
class Member:
    """`code` stands readable beside the person's key; `name` only in the encrypted database. Members are never deleted."""

    code: str
    name: str
    role: Role
    active: bool = True


def valid_code(code: str) -> bool:
    """Letters, digits, dots and hyphens, at most 32 of them, and no spaces: a name would not do."""
    return _CODE.fullmatch(code) is not None


def looks_like_a_name(code: str, name: str = "") -> bool:
    """Whether somebody may be known by this code: it reads as a name does, or stands in their `name`."""
    words = _LETTERS.findall(unicodedata.normalize("NFC", code).casefold())
    named = set(_LETTERS.findall(unicodedata.normalize("NFC", name).casefold()))
    return (
        any(len(one) >= _LONG or _SYLLABLES.search(one) for one in words)
        or sum(len(one) >= _PART for one in words) > 1
        or any(len(one) >= _PART and one in named for one in words)
    )
