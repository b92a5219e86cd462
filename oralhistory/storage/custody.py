"""Who did what to which object, when: one chain of rows through the whole archive.

Each row's hash covers the hash before it, its own number and every field, so that a changed, exchanged or missing row is
found. Rows cut off the end of the chain are not: nothing behind them tells.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, select

from oralhistory.domain.ports import ChainedEvent, CustodyEvent
from oralhistory.errors import Damaged
from oralhistory.i18n import tr
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import custody

_FIELDS = ("interview_id", "at", "actor", "action", "outcome", "object_hash")
_BEGINNING = ""


class Custody(Repository):
    def add(self, event: CustodyEvent) -> None:
        last = self._rows(select(custody.c.row, custody.c.hash).order_by(custody.c.row.desc()).limit(1))
        row, before = (last[0]["row"] + 1, last[0]["hash"]) if last else (1, _BEGINNING)
        fields = {name: getattr(event, name) for name in _FIELDS}
        self._add(custody, row=row, **fields, hash=_chained(before, row, fields))

    def of(self, interview_id: str) -> list[CustodyEvent]:
        """The interview's events, oldest first."""
        statement = select(custody).where(custody.c.interview_id == interview_id).order_by(custody.c.row)
        return [CustodyEvent(**{name: one[name] for name in _FIELDS}) for one in self._rows(statement)]

    def everything(self) -> list[ChainedEvent]:
        """Every entry of the archive's chain, oldest first."""
        return list(map(_entry, self._rows(select(custody).order_by(custody.c.row))))

    def last(self) -> ChainedEvent | None:
        """The newest entry; None in an archive in which nothing happened yet."""
        return next(map(_entry, self._rows(select(custody).order_by(custody.c.row.desc()).limit(1))), None)

    def stands(self, number: int, hash_: str) -> bool:
        """Whether the entry of this number has this hash, and with it everything before."""
        return bool(self._value(select(custody.c.hash).where(custody.c.row == number)) == hash_)

    def verify_chain(self) -> None:
        """Damaged, naming the first entry that does not fit, when the chain of the archive is not whole."""
        before = _BEGINNING
        for number, one in enumerate(self._rows(select(custody).order_by(custody.c.row)), start=1):
            if one["row"] != number or one["hash"] != _chained(before, number, one):
                raise Damaged(
                    tr("The custody log was changed at entry {number}.", number=number),
                    safe=tr("The entries before it are as they were written."),
                    todo=tr("Compare with a backup."),
                )
            before = one["hash"]


def _entry(row: RowMapping) -> ChainedEvent:
    return ChainedEvent(row["row"], CustodyEvent(**{name: row[name] for name in _FIELDS}), row["hash"])


def _chained(before: str, row: int, fields: RowMapping | Mapping[str, Any]) -> str:
    at = fields["at"].timestamp()
    values = [before, row, *(at if name == "at" else fields[name] for name in _FIELDS)]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
