"""Finding words in the transcripts; hits in passages that the narrator closed are withheld."""

from dataclasses import dataclass

from oralhistory.domain.transcript import Segment, normalised
from oralhistory.services.opened import OpenArchive


@dataclass(frozen=True, slots=True)
class Hit:
    code: str
    segment: Segment


class Searching:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def search(self, text: str) -> list[Hit]:
        """Every segment whose text holds `text` as a substring, by interview and time."""
        wanted = normalised(text)
        if not wanted:
            return []
        found = self._archive.store.search(wanted)
        with self._archive.store.transaction() as records:
            codes = {one.id: one.code for one in records.interviews.all()}
            closed = {interview: records.recordings.sealed_ranges(interview) for interview, _ in found}
        return [
            Hit(codes[interview], segment)
            for interview, segment in found
            if interview in codes and not any(one.withholds(segment.start_ms, segment.end_ms) for one in closed[interview])
        ]
