"""Destroying an interview beyond recovery: the steps in their order, and what is told of it afterwards.

Each step may be repeated; killed in the middle, it is begun again at the next unlock. What is told holds codes, counts and the
recipients of past exports (so that they can be asked to delete what they hold), never a name or a word of the interview.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What is done next; in the order of their doing."""

    KEY = "key"
    """Overwrite and remove the interview's key file: from here on its sound opens for nobody."""
    SOUND = "sound"
    """Remove the sealed files."""
    ROWS = "rows"
    """Delete what the database holds of it, the copy of the key too, and put up the tombstone."""
    PAGES = "pages"
    """Rebuild the database, so that no page of it holds what was deleted."""
    KEYS = "keys"
    """New database key and new archive key: what led to the old ones leads nowhere."""
    COPIES = "copies"
    """Destroy the old copies of the database that the program keeps in the archive's folder."""
    BACKUPS = "backups"
    """Rewrite every backup that is attached."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Recall:
    """Something that was given out earlier, so that whoever has it can be asked to delete it. `abroad`: to another country;
    `own`: sealed to this archive, and given to nobody."""

    recipient: str
    purpose: str
    profile: str
    format: str
    code: str
    sha256: str
    made_at: datetime
    abroad: bool = False
    own: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"made_at": self.made_at.isoformat()}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Recall":
        return cls(**{**document, "made_at": datetime.fromisoformat(document["made_at"])})


@dataclass(frozen=True, slots=True)
class FormerBackup:
    """A backup that still opens the interview: `failed` when it was attached and could not be rewritten."""

    id: str
    place: str
    finished_at: datetime | None
    failed: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"finished_at": self.finished_at.isoformat() if self.finished_at else ""}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "FormerBackup":
        finished = document["finished_at"]
        return cls(**{**document, "finished_at": datetime.fromisoformat(finished) if finished else None})


@dataclass(frozen=True, slots=True)
class Account:
    """What was destroyed and what was not.

    `files`, `size`: sealed files and their bytes. `rows`: how many of which table. `copies`: old copies of the database and of
    key lists, by file name. `elsewhere`: folders with a second copy or a fallback of takes that were emptied; `unreached`:
    those that were not there (what lies in them opens with no key any more). `rewritten`: attached backups, by place;
    `still_open`: those that can still open it. `recall`: what people were given. `shared`: lists of words that belong to many
    interviews and stay, with their sizes; `named_in`: codes of interviews whose text has the same names.
    """

    files: int = 0
    size: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    copies: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    still_open: tuple[FormerBackup, ...] = ()
    recall: tuple[Recall, ...] = ()
    shared: Mapping[str, int] = field(default_factory=dict)
    named_in: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        still_open, recall = [one.to_json() for one in self.still_open], [one.to_json() for one in self.recall]
        return asdict(self) | {"still_open": still_open, "recall": recall}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Account":
        def listed(name: str) -> tuple[str, ...]:
            return tuple(document[name])

        return cls(
            files=document["files"],
            size=document["size"],
            rows=document["rows"],
            copies=listed("copies"),
            elsewhere=listed("elsewhere"),
            unreached=listed("unreached"),
            rewritten=listed("rewritten"),
            still_open=tuple(FormerBackup.from_json(one) for one in document["still_open"]),
            recall=tuple(Recall.from_json(one) for one in document["recall"]),
            shared=document["shared"],
            named_in=listed("named_in"),
        )


@dataclass(frozen=True, slots=True)
class Destruction:
    """How far the destruction of one interview has come; `step` is the one to be done next.

    `place` tells the archive's folder from another one: a copy of the archive, restored from a backup that was rewritten in
    the course of this, has no backups to rewrite.
    """

    interview_id: str
    code: str
    by: str
    place: str
    begun_at: datetime
    step: Step
    told: Account
    finished_at: datetime | None = None

    def after(self, told: Account) -> "Destruction":
        """The step is done: on to the next."""
        steps = list(Step)
        return replace(self, step=steps[steps.index(self.step) + 1], told=told)
