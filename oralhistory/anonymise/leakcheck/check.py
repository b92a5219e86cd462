"""The leak check: reads a finished file, knowing nothing of how it was made, and tells where a known string is still in it.

Stands apart on purpose: only the standard library, none of the code that matched, rendered or wrote. For every string the
rule is: occurrences found in the file equal the KEEP decisions recorded. Anything else is a finding, and so is whatever
cannot be read. Findings name the place and the rule, never the text.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from oralhistory.anonymise.leakcheck.needles import BYTES, Needle, needles
from oralhistory.anonymise.leakcheck.reading import UNREADABLE, Part, parts
from oralhistory.anonymise.leakcheck.search import Hits, Search
from oralhistory.domain.leaks import KnownString, LeakFinding

KEPT_MISSING = "kept_missing"
"""Less is there than people decided to keep: the file is not the one that was decided about."""


class FileLeakCheck:
    """The port `LeakCheck`. Rules: text, spelling, number, romanised, bytes; unreadable; kept_missing."""

    def __call__(self, path: Path, known: Sequence[KnownString]) -> list[LeakFinding]:
        """Every finding in the file at `path`, none twice; OSError when there is no such file."""
        wanted = needles(known)
        search = Search(wanted)
        found: list[tuple[str, dict[int, Hits]]] = []
        findings = set()
        for part in parts(path.name, path.read_bytes()):
            found.append((part.name, _part_hits(part, search, wanted)))
            if not part.readable:
                findings.add(LeakFinding(path.name, part.name, "", UNREADABLE))
        kept = _kept(wanted)
        for index, needle in enumerate(wanted):
            places = [(name, hits[index]) for name, hits in found if index in hits]
            findings.update(_judged(path.name, needle.known.entity, kept[needle.whole], places))
        return sorted(findings, key=lambda one: (one.part, one.rule, one.entity))


def _part_hits(part: Part, search: Search, wanted: Sequence[Needle]) -> dict[int, Hits]:
    """The readings are of the same words: what counts is the one in which a string stands most often."""
    merged: dict[int, Hits] = {}
    for reading in part.readings:
        for index, hits in search.hits(reading).items():
            merged[index] = _more(merged.get(index, Hits()), hits)
    for index, needle in enumerate(wanted):
        raw = sum(part.data.count(data) for data in needle.encoded(utf8=not part.readings)) if part.data else 0
        if raw:
            merged[index] = _more(merged.get(index, Hits()), Hits(raw, frozenset({BYTES}), raw))
    return merged


def _more(one: Hits, other: Hits) -> Hits:
    rules = one.rules | other.rules if one.count == other.count else max(one, other, key=lambda hits: hits.count).rules
    return Hits(max(one.count, other.count), rules, max(one.seen, other.seen))


def _kept(wanted: Sequence[Needle]) -> dict[str, int]:
    """Strings that differ only in spaces, signs or case are one string to a reader: what was kept of one was kept of all."""
    kept: dict[str, int] = {}
    for needle in wanted:
        kept[needle.whole] = max(kept.get(needle.whole, 0), needle.known.kept)
    return kept


def _judged(file: str, entity: str, kept: int, places: list[tuple[str, Hits]]) -> Iterator[LeakFinding]:
    if sum(hits.count for _, hits in places) > kept:
        for part, hits in places:
            yield from (LeakFinding(file, part, entity, rule) for rule in hits.rules)
    elif sum(hits.seen for _, hits in places) < kept:
        yield LeakFinding(file, "", entity, KEPT_MISSING)
