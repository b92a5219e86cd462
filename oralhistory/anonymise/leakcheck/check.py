"""The leak check: reads a finished file, knowing nothing of how it was made, and tells where a known string is still in it.

Stands apart on purpose: none of the code that matched, rendered or wrote, and no library but the one that reads PDF. For
every string the rule is: occurrences found in the file, without those that a person explained, equal the KEEP decisions
recorded. Anything else is a finding, and so is whatever cannot be read. A finding shows the place and the rule, never the text.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from oralhistory.anonymise.leakcheck.judging import Alternatives, Judgement
from oralhistory.anonymise.leakcheck.needles import BYTES, Needle, needles
from oralhistory.anonymise.leakcheck.reading import UNREADABLE, Part, parts
from oralhistory.anonymise.leakcheck.search import Place, Search
from oralhistory.domain.leaks import KnownString, LeakFinding, LeakPlace


class FileLeakCheck:
    """The port `LeakCheck`. Rules: text, spelling, number, romanised, bytes; unreadable; kept_missing."""

    def __call__(
        self, path: Path, known: Sequence[KnownString], explained: Sequence[LeakPlace] = (), data: bytes | None = None
    ) -> list[LeakFinding]:
        """Every place in the file at `path` that may not be there, and every explained one; OSError without such a file.

        With `data`, what the file is going to hold: nothing is read, and of the path its name alone.
        """
        wanted = needles(known)
        search = Search(wanted)
        judgement = Judgement(path.name, explained)
        found: list[tuple[str, dict[int, Alternatives]]] = []
        for part in parts(path.name, path.read_bytes() if data is None else data):
            found.append((part.name, _alternatives(part, search, wanted)))
            if not part.readable:
                judgement.unreadable(part.name, Place(UNREADABLE, (_digest(part.data), "")))
        for index, needle in enumerate(wanted):
            same = [one.known for one in wanted if one.whole == needle.whole]
            judgement.string(needle.known, same, [(name, places[index]) for name, places in found if index in places])
        return sorted(judgement.findings, key=lambda one: (one.part, one.rule, one.entity, one.explained))


def _alternatives(part: Part, search: Search, wanted: Sequence[Needle]) -> dict[int, Alternatives]:
    """The readings are of the same words: of each string the places in each of them."""
    found: dict[int, Alternatives] = {}
    for reading in part.readings:
        for index, hits in search.hits(reading).items():
            found.setdefault(index, Alternatives()).add(hits.places, hits.seen)
    if part.data:
        for index, needle in enumerate(wanted):
            if count := needle.in_bytes(part.data, read=bool(part.readings), shortest=part.shortest):
                place = Place(BYTES, (_digest(part.data), ""))
                found.setdefault(index, Alternatives()).add((place,) * count, count)
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
