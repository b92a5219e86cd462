"""Finding words in the transcripts.

Out are hits in passages that the narrator closed, and everything of a narrator who withdrew consent to the organisation's own
research (or all of it): nobody looks there for anything any more.
"""

from collections import defaultdict
from dataclasses import dataclass

from oralhistory.domain.consent import Purpose
from oralhistory.domain.interview import SealedRange
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import Found, normalised
from oralhistory.services.opened import OpenArchive


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage of the interview `code`."""

    code: str
    found: Found


class Searching:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def search(self, text: str) -> list[Hit]:
        """Every segment whose text holds `text` as a substring, by interview and time."""
        wanted = normalised(text)
        if not wanted:
            return []
        found = self._archive.store.search(wanted)
        with self._archive.store.reading() as records:
            codes = _open_to_search(records)
            closed: defaultdict[str, list[SealedRange]] = defaultdict(list)
            for one in records.recordings.all_sealed_ranges():
                closed[one.interview_id].append(one)
        return [
            Hit(codes[hit.interview_id], hit)
            for hit in found
            if hit.interview_id in codes
            and not any(one.withholds(hit.start_ms, hit.end_ms) for one in closed.get(hit.interview_id, ()))
        ]


def _open_to_search(records: Records) -> dict[str, str]:
    """The codes of the interviews that may be searched, by their ids."""
    taken_back = records.consents.who_withdrew(Purpose.INTERNAL_RESEARCH)
    return {one.id: one.code for one in records.interviews.all() if one.id not in taken_back}
