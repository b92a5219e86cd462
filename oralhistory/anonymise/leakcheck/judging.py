"""Whether what was found may be there: the count against the decisions to keep, without the places a person explained.

A part is read in several ways at once, and a place may look different in each: places that share the letters on one side are
one finding. What is explained is matched by the string, the part, the rule and the letters around it, and as often as it was
explained; a place that a decision keeps is never taken for an explained one, or a leak could take its room.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from oralhistory.anonymise.leakcheck.folding import squeezed
from oralhistory.anonymise.leakcheck.search import Place
from oralhistory.domain.leaks import Around, KnownString, LeakFinding, LeakPlace

KEPT_MISSING = "kept_missing"
"""Less is there than people decided to keep: the file is not the one that was decided about."""

_SAME = 3
"""So many letters on one side are enough to know a place again in another reading."""

_Key = tuple[str, str, str, Around]


@dataclass(slots=True)
class Alternatives:
    """The places of one string in one part, a list for each way of reading it."""

    lists: list[tuple[Place, ...]] = field(default_factory=list)
    seen: int = 0

    def add(self, places: tuple[Place, ...], seen: int) -> None:
        if places:
            self.lists.append(places)
        self.seen = max(self.seen, seen)


@dataclass(slots=True)
class _Group:
    """One finding: the same place in one or more readings."""

    rule: str
    around: list[Around]
    readings: set[int]


class Judgement:
    """Takes one string after the other and collects the findings of one file."""

    def __init__(self, file: str, explained: Iterable[LeakPlace]) -> None:
        self._file = file
        self._explained = Counter(
            (one.text, one.part, one.rule, around) for one in explained for around in dict.fromkeys(one.around)
        )
        self._numbers: Counter[LeakPlace] = Counter()
        self.findings: list[LeakFinding] = []

    def unreadable(self, part: str, place: Place) -> None:
        is_explained = self._explained[("", part, place.rule, place.around)] > 0
        self._add(part, "", "", _Group(place.rule, [place.around], {0}), is_explained)

    def string(self, known: KnownString, same: Sequence[KnownString], found: Sequence[tuple[str, Alternatives]]) -> None:
        """Judge all places of `known`. `same` are all strings that differ in nothing but spaces, signs or case: to a reader
        they are one, and what was kept of one was kept of all."""
        kept = max(one.kept for one in same)
        kept_at = [(squeezed(before), squeezed(after)) for one in same for before, after in one.kept_at]
        left: list[tuple[str, list[list[Place]]]] = []
        for part, alternatives in found:
            split = [self._split(known.text, part, places, kept_at) for places in alternatives.lists]
            left.append((part, [unexplained for unexplained, _ in split]))
            for group in _grouped([explained for _, explained in split]):
                self._add(part, known.text, known.entity, group, explained=True)
        count = sum(max(map(len, lists), default=0) for _, lists in left)
        if count > kept:
            for part, lists in left:
                for group in _grouped(lists):
                    self._add(part, known.text, known.entity, group, explained=False)
        elif sum(alternatives.seen for _, alternatives in found) < kept:
            self.findings.append(LeakFinding(self._file, "", known.entity, KEPT_MISSING))

    def _split(
        self, text: str, part: str, places: Iterable[Place], kept_at: Sequence[Around]
    ) -> tuple[list[Place], list[Place]]:
        """The places that nobody explained, and those that somebody did."""
        room = Counter[_Key]()
        unexplained, explained = [], []
        for place in places:
            key = (text, part, place.rule, place.around)
            if room[key] < self._explained[key] and not _is_kept(place, kept_at):
                room[key] += 1
                explained.append(place)
            else:
                unexplained.append(place)
        return unexplained, explained

    def _add(self, part: str, text: str, entity: str, group: _Group, explained: bool) -> None:
        place = LeakPlace(text, part, group.rule, tuple(dict.fromkeys(group.around)))
        self._numbers[place] += 1
        number = self._numbers[place]
        self.findings.append(LeakFinding(self._file, part, entity, group.rule, explained, place, number))


def _grouped(lists: Sequence[Sequence[Place]]) -> list[_Group]:
    """The same places of several readings drawn together: by their order where all readings have as many, else by what is
    around them, led by the reading that has most of them."""
    full = [places for places in lists if places]
    if len({tuple(one.rule for one in places) for places in full}) == 1:
        return [_Group(same[0].rule, [one.around for one in same], set()) for same in zip(*full, strict=True)]
    groups: list[_Group] = []
    by_side: dict[tuple[str, str | None, str | None], list[_Group]] = {}
    for reading, places in sorted(enumerate(lists), key=lambda one: -len(one[1])):
        for place in places:
            sides = _sides(place)
            known = (one for side in sides for one in by_side.get(side, ()) if reading not in one.readings)
            group = next(known, None)
            if group is None:
                group = _Group(place.rule, [], set())
                groups.append(group)
            group.around.append(place.around)
            group.readings.add(reading)
            for side in sides:
                by_side.setdefault(side, []).append(group)
    return groups


def _sides(place: Place) -> list[tuple[str, str | None, str | None]]:
    """By what a place is known again: all that is around it, or one side that says enough."""
    before, after = place.around
    sides: list[tuple[str, str | None, str | None]] = [(place.rule, before, after)]
    sides += [(place.rule, before[-_SAME:], None)] if len(before) >= _SAME else []
    return [*sides, (place.rule, None, after[:_SAME])] if len(after) >= _SAME else sides


def _is_kept(place: Place, kept_at: Iterable[Around]) -> bool:
    """Whether this may be a place that a decision keeps; its surroundings are known as far as its segment reaches."""
    before, after = place.around
    return any(_agree(before[::-1], b[::-1]) and _agree(after, a) for b, a in kept_at)


def _agree(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
