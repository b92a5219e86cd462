"""What the detectors found in each text, so that it is looked at once. Places and kinds alone: no words are kept here."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select

from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass, Looked
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import looked


class LookedAt(Repository):
    def of(self, interview_id: str, version: str) -> dict[str, Looked]:
        """By the SHA-256 of the text, everything that this version of the detectors found."""
        statement = select(looked.c.text_sha256, looked.c.findings)
        mine = statement.where(looked.c.interview_id == interview_id, looked.c.version == version)
        return {one["text_sha256"]: _read(one["findings"]) for one in self._rows(mine)}

    def keep(self, interview_id: str, version: str, new: Mapping[str, Looked], texts: Collection[str]) -> None:
        """Add `new`; forget what was found in other texts than `texts` (SHA-256) or by another version."""
        stale = select(looked.c.row, looked.c.text_sha256, looked.c.version).where(looked.c.interview_id == interview_id)
        gone = [
            one["row"]
            for one in self._rows(stale)
            if one["version"] != version or one["text_sha256"] not in texts or one["text_sha256"] in new
        ]
        for row in gone:
            self._run(delete(looked).where(looked.c.row == row))
        self._add_all(
            looked,
            [
                {"interview_id": interview_id, "text_sha256": sha256, "version": version, "findings": _written(one)}
                for sha256, one in new.items()
            ],
        )


def _written(one: Looked) -> list[Any]:
    return [[name, f.start, f.end, f.type.value, f.identifier.value, f.score] for name, f in one.findings]


def _read(findings: list[Any]) -> Looked:
    return Looked(
        tuple(
            (name, Finding(start, end, EntityType(kind), IdentifierClass(identifier), score))
            for name, start, end, kind, identifier, score in findings
        )
    )
