"""Answers that were given but not saved: kept sealed over a lock or a close, so that locking never has to ask.

They count for nothing. Those of an interview are sealed with its own key, so they go when it is destroyed.
"""

import json
from typing import Any

from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records, Vault
from oralhistory.errors import Damaged, NotFound
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import OpenArchive

_PURPOSE = "unsaved answers"
_DRAFT = "draft:"
_NEW = f"{_DRAFT}new interview"


class Drafts:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def keep(self, code: str, form: str, answers: dict[str, Any] | None) -> None:
        """Keep the `answers` given to the `form` (a stable word) of an interview; None: there are none any more."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            key = _key(interview.id, form)
            if answers is None:
                records.notes.delete(key)
                return
            ensure_key(archive, records, interview)
            sealed = archive.vault.seal(interview.id, _PURPOSE, json.dumps(answers).encode())
            records.notes.set(key, sealed.hex())

    def of(self, code: str, form: str) -> dict[str, Any] | None:
        """What was kept; None when nothing was, or when it does not open any more."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            kept = records.notes.get(_key(interview.id, form))
            if kept is None:
                return None
            ensure_key(archive, records, interview)
        try:
            return _answers(archive.vault.unseal(interview.id, _PURPOSE, bytes.fromhex(kept)))
        except (Damaged, NotFound, ValueError):
            return None

    def keep_new(self, answers: dict[str, Any] | None) -> None:
        """As `keep`, for the form of an interview that does not exist yet."""
        self._keep(_NEW, answers)

    def new(self) -> dict[str, Any] | None:
        return self._kept(_NEW)

    def keep_text(self, stage: str, language: str, words: dict[str, Any] | None) -> None:
        """As `keep`, for a consent text of the organisation's own that is being written; it belongs to no interview."""
        self._keep(_text(stage, language), words)

    def text(self, stage: str, language: str) -> dict[str, Any] | None:
        return self._kept(_text(stage, language))

    def _keep(self, key: str, answers: dict[str, Any] | None) -> None:
        """What is no interview's is sealed by the database alone."""
        with self._archive.store.transaction() as records:
            if answers is None:
                records.notes.delete(key)
            else:
                records.notes.set(key, json.dumps(answers))

    def _kept(self, key: str) -> dict[str, Any] | None:
        with self._archive.store.transaction() as records:
            kept = records.notes.get(key)
        return None if kept is None else _answers(kept.encode())


def seal_anew(records: Records, interview: Interview, held: Vault, fresh: Vault) -> None:
    """Seal what was kept of the interview with its new key; what does not open any more is forgotten."""
    for key in records.notes.keys(_DRAFT):
        if not key.endswith(f":{interview.id}"):
            continue
        try:
            answers = held.unseal(interview.id, _PURPOSE, bytes.fromhex(records.notes.get(key) or ""))
        except (Damaged, ValueError):
            records.notes.delete(key)
        else:
            records.notes.set(key, fresh.seal(interview.id, _PURPOSE, answers).hex())


def _answers(kept: bytes) -> dict[str, Any] | None:
    found = json.loads(kept)
    return found if isinstance(found, dict) else None


def _text(stage: str, language: str) -> str:
    return f"{_DRAFT}own text {stage} {language}"


def _key(interview_id: str, form: str) -> str:
    return f"{_DRAFT}{form}:{interview_id}"
