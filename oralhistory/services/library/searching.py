"""Finding words in the transcripts and in the descriptions of the interviews.

Out are hits in passages that the narrator closed, and everything of a narrator who withdrew consent to the organisation's own
research (or all of it): nobody looks there for anything any more.
"""

from collections import defaultdict
from typing import NamedTuple

from oralhistory.domain.consent import Purpose
from oralhistory.domain.interview import SealedRange
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import Found, normalised
from oralhistory.i18n import ntr
from oralhistory.services.archive.opened import OpenArchive

_IN_WORDS = ("abstract", "summary", "collection", "series", "stays", "speaks_why")
"""The facts that are told in words of their own."""


class Hit(NamedTuple):
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
            and not (
                hit.interview_id in closed
                and any(one.withholds(hit) for one in closed[hit.interview_id])
            )
        ]

    def unsearched(self) -> int:
        """How many interviews are closed to a search because consent to it was taken back."""
        with self._archive.store.reading() as records:
            return len(records.interviews.codes()) - len(_open_to_search(records))

    def described(self, text: str) -> list[str]:
        """The codes of the interviews whose description holds `text`: code, pseudonyms, facts in words, events as they were told.

        Letters of either case are alike."""
        wanted = normalised(text).casefold()
        if not wanted:
            return []
        with self._archive.store.reading() as records:
            codes = _open_to_search(records)
            words: defaultdict[str, list[str]] = defaultdict(list)
            for narrator in records.people.all_narrators():
                words[narrator.interview_id] += [narrator.code, narrator.pseudonym]
            for interview, subjects in records.facts.known().items():
                words[interview] += [str(facts[name]) for facts in subjects.values() for name in _IN_WORDS if name in facts]
            for event in records.events.all():
                words[event.interview_id] += [event.expression, event.place]
        return [code for one, code in codes.items() if wanted in "\n".join([code, *words[one]]).casefold()]


def told_unsearched(interviews: int) -> str:
    """That so many were left out; what they hold is not said to be nowhere."""
    return ntr(
        "{n} interview was not searched: consent was withdrawn.", "{n} interviews were not searched: consent was withdrawn.",
        interviews,
    ) if interviews else ""  # fmt: skip


def _open_to_search(records: Records) -> dict[str, str]:
    """The codes of the interviews that may be searched, by their ids."""
    taken_back = records.consents.who_withdrew(Purpose.INTERNAL_RESEARCH)
    return {one: code for one, code in records.interviews.codes().items() if one not in taken_back}
