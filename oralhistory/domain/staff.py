"""People of the organisation: who stands behind a code in history, consent and custody. Roles guide; they open nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

_CODE = re.compile(r"\w[\w.-]{0,31}")


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
