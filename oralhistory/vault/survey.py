"""Accounting for every record of a part: which are doubled, out of order, missing, foreign or damaged.

Pure: it is told what stands in each place and names the faults, in plain English for a report. It refuses nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a place holds no record of this file."""

    DAMAGED = "damaged"
    FOREIGN = "foreign (of another file)"
    UNREADABLE = "unreadable (the disk does not give it back)"


@dataclass(frozen=True, slots=True)
class Place:
    """One place for a record: the sequence number that verifies there, or why none does."""

    slot: int
    sequence: int | None
    why: Why = Why.DAMAGED
    mended: bool = False  # its sync was damaged, its content verifies


def name_faults(places: Sequence[Place], final: int | None) -> list[str]:
    """A sentence for each fault; `final` is the sequence number of the final record, None when there is none."""
    ours, doubled = _without_doubles(places)
    found = [place.sequence for place in ours if place.sequence is not None]
    ordered = _longest_rising(found)
    missing = set(range(max(found, default=-1) + 1)).difference(found)
    faults = [
        f"record {place.sequence} stands a second time, in place {place.slot} (duplicated)"
        for place in places
        if place in doubled
    ]
    faults += [
        f"record {place.sequence}{' (the final one)' if place.sequence == final else ''}"
        f" stands out of order, in place {place.slot} (swapped or moved)"
        for place in ours
        if place.sequence not in ordered
    ]
    faults += [f"the sync of record {place.sequence} is damaged, its content whole" for place in ours if place.mended]
    faults += _losses([place for place in places if place not in doubled], ordered, missing, open_end=final is None)
    if final is not None:
        after = places[-1].slot - next(place.slot for place in ours if place.sequence == final)
        faults += [f"{after} more records stand after the final record"] if after else []
    return faults


def _without_doubles(places: Sequence[Place]) -> tuple[list[Place], set[Place]]:
    """Each record once, in the place it was written to if it stands there; and the other copies."""
    best: dict[int, Place] = {}
    for place in places:
        number = place.sequence
        if number is not None and (number not in best or place.slot == number):
            best[number] = place
    ours = [place for place in places if place.sequence is not None and best[place.sequence] is place]
    doubled = {place for place in places if place.sequence is not None and best[place.sequence] is not place}
    return ours, doubled


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The longest rising subsequence: the most records that can be said to stand in order (patience sorting)."""
    tops: list[int] = []
    below: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        below[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    rising: set[int] = set()
    number_or_none = tops[-1] if tops else None
    while number_or_none is not None:
        rising.add(number_or_none)
        number_or_none = below[number_or_none]
    return rising


def _losses(places: Sequence[Place], ordered: set[int], missing: set[int], *, open_end: bool) -> Iterable[str]:
    """Name each bad place by the record that must have been there; what no bad place explains is missing."""
    unexplained = set(missing)
    lost: list[tuple[int, str]] = []
    intruders: list[tuple[int, str]] = []
    expected = 0
    for place in places:
        if place.sequence is not None:
            expected = place.sequence + 1 if place.sequence in ordered else expected
        elif expected in unexplained or (open_end and expected > max(ordered, default=-1)):
            unexplained.discard(expected)
            lost.append((expected, place.why))
            expected += 1
        else:
            intruders.append((place.slot, place.why))
    lost += [(number, "missing") for number in unexplained]
    for first, last, why in _runs(sorted(lost)):
        yield f"record {first} is {why}" if first == last else f"records {first} to {last} are {why}"
    for first, last, why in _runs(intruders):
        yield f"place {first} is {why}" if first == last else f"places {first} to {last} are {why}"


def _runs(numbered: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Neighbours of one kind as (first, last, kind), so that a lost gigabyte is one sentence."""
    runs: list[tuple[int, int, str]] = []
    for number, why in numbered:
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == why:
            runs[-1] = (runs[-1][0], number, why)
        else:
            runs.append((number, number, why))
    return runs
