"""Drafts that are still to be made: asked for without a model, or begun and not ended. They survive every restart.

Nothing of an interview stands here but its id; one that is gone, or was refused since, waits no more.
"""

import json

from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.filing import testimony

_KEY = "drafts_waiting"


class WaitingDrafts:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def codes(self) -> list[str]:
        """The codes of the interviews whose drafts wait, the longest-waiting first."""
        with self._archive.store.transaction() as records:
            known, waiting = {one.id: one.code for one in records.interviews.all()}, _ids(records)
            there = [one for one in waiting if one in known]
            if there != waiting:  # one that is gone leaves no trace here
                _keep(records, there)
            return [known[one] for one in there]

    def ready(self) -> list[str]:
        """Those of them that have something to be heard: of a take that ended empty there is nothing to draft yet."""
        with self._archive.store.transaction() as records:
            interviews = {one.id: one for one in records.interviews.all()}
            waiting = [interviews[one] for one in _ids(records) if one in interviews]
            return [one.code for one in waiting if testimony(records, one)]

    def ask(self, code: str) -> None:
        """Let the draft of this interview be made after those that wait already."""
        with self._archive.store.transaction() as records:
            self.put(records, self._archive.interview(records, code))

    def put(self, records: Records, interview: Interview) -> None:
        """Behind the others, unless it waits already."""
        ids = _ids(records)
        if interview.id not in ids:
            _keep(records, [*ids, interview.id])

    def drop(self, records: Records, interview: Interview) -> None:
        forget(records, interview.id)


def forget(records: Records, interview_id: str) -> None:
    """The interview waits for nothing, and its id stands here no more."""
    _keep(records, [one for one in _ids(records) if one != interview_id])


def _ids(records: Records) -> list[str]:
    try:
        found = json.loads(records.notes.get(_KEY) or "[]")
    except ValueError:
        return []
    return [str(one) for one in found] if isinstance(found, list) else []


def _keep(records: Records, ids: list[str]) -> None:
    if ids:
        records.notes.set(_KEY, json.dumps(ids))
    else:
        records.notes.delete(_KEY)
