"""Whose voices are in the archive, and whose are missing: voices in groups, and how many of each may be published.

A voice is a narrator. Groups by route, province, gender, decade of leaving and state share out all voices, those of whom it is
not known as a group of their own; groups by topic overlap.

What leaves the archive is masked: every count under a threshold, and as many others as it takes that no masked one can be
computed from what is shown. A table holds for each group p (may be published), q (may not) and v (both), and the same of all
groups together; so p + q = v in every row and each column adds up to its total. A masked count is safe when it can be changed
together with other masked ones so that every sum still holds and none is negative: that is a cycle in the network of the
masked counts (rows and columns as nodes). See Gusfield, A graph theoretic approach to statistical data security, SIAM J.
Comput. 17 (1988). Totals are masked by themselves, the same for every grouping: else one table would tell another's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from oralhistory.domain import edtf
from oralhistory.domain.library import Glance
from oralhistory.domain.person import Narrator

THRESHOLD = 3
UNKNOWN = "unknown"


class By(StrEnum):
    ROUTE = "route"
    REGION = "region"
    DECADE = "decade"
    GENDER = "gender"
    TOPIC = "topic"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Group:
    """`key` is a stable value (of the route, the province, ... or `UNKNOWN`); `publishable` of its `voices` may be published."""

    key: str
    voices: int
    publishable: int


@dataclass(frozen=True, slots=True)
class MaskedGroup:
    """A group as it may leave the archive; None where the count is masked."""

    key: str
    voices: int | None
    publishable: int | None
    withheld: int | None


def keys(glance: Glance, narrator: Narrator, by: By) -> frozenset[str]:
    """The groups to which a narrator of this interview belongs."""
    facts = glance.line.facts.get(narrator.id, {})
    match by:
        case By.ROUTE:
            return frozenset({narrator.route.value})
        case By.STATUS:
            return frozenset({glance.interview.status.value})
        case By.TOPIC:
            return glance.line.topics or frozenset({UNKNOWN})
        case By.DECADE:
            return frozenset({decade(facts.get("left") or ())})
        case _:
            return frozenset({str(facts.get(by.value) or UNKNOWN)})


def decade(years: Sequence[str]) -> str:
    """The decade of the first leaving, such as ``1990``."""
    begun = [found for found in (edtf.parse(one).decade for one in years) if found is not None]
    return str(min(begun)) if begun else UNKNOWN


def groups(glances: Iterable[Glance], by: By) -> list[Group]:
    """Every group that has a voice, by its key; what is not known last."""
    counted: dict[str, list[int]] = {}
    for glance in glances:
        published = "publish" in glance.allowed
        for narrator in glance.line.narrators:
            for key in keys(glance, narrator, by):
                count = counted.setdefault(key, [0, 0])
                count[0] += 1
                count[1] += published
    found = [Group(key, *count) for key, count in counted.items()]
    return sorted(found, key=lambda one: (one.key == UNKNOWN, one.key))


def total(glances: Iterable[Glance]) -> Group:
    everyone = [(one, narrator) for one in glances for narrator in one.line.narrators]
    return Group("", len(everyone), sum("publish" in one.allowed for one, _ in everyone))


# --- masking

_Row = list[int]
_Cell = tuple[int, int]
_P, _Q, _V = range(3)


def masked(shared: Sequence[Group], everyone: Group, threshold: int = THRESHOLD) -> list[MaskedGroup]:
    """`shared` (groups that share out `everyone`) and the total, as they may leave the archive; the total last."""
    table = [_row(one) for one in (*shared, everyone)]
    hidden = _hidden(table, threshold)
    return [_shown(one.key, table[at], at, hidden) for at, one in enumerate((*shared, everyone))]


def masked_overlapping(overlapping: Iterable[Group], everyone: Group, threshold: int = THRESHOLD) -> list[MaskedGroup]:
    """The same for groups that overlap: each is told together with all who are not in it, of whom nothing is shown."""
    shown = []
    for one in overlapping:
        others = Group("", everyone.voices - one.voices, everyone.publishable - one.publishable)
        shown.append(masked([one, others], everyone, threshold)[0])
    table = [_row(everyone)]
    return [*shown, _shown("", table[0], 0, _totals(table, threshold))]


def _counts(one: MaskedGroup) -> tuple[int | None, int | None, int | None]:
    return one.voices, one.publishable, one.withheld


def _row(one: Group) -> _Row:
    return [one.publishable, one.voices - one.publishable, one.voices]


def _shown(key: str, row: _Row, at: int, hidden: set[_Cell]) -> MaskedGroup:
    p, q, v = (None if (at, column) in hidden else row[column] for column in (_P, _Q, _V))
    return MaskedGroup(key, v, p, q)


def _totals(table: Sequence[_Row], threshold: int) -> set[_Cell]:
    """The masked totals: when one of p and q is too small, the other would tell it."""
    last = len(table) - 1
    small = {(last, column) for column in (_P, _Q, _V) if table[last][column] < threshold}
    return small | {(last, _P), (last, _Q)} if small else small


def _hidden(table: Sequence[_Row], threshold: int) -> set[_Cell]:
    """The cells to mask: the small ones, and while one of those could be computed the smallest shown count beside it."""
    last = len(table) - 1
    cells = [(row, column) for row in range(last) for column in (_P, _Q, _V)]
    hidden = _totals(table, threshold) | {(row, column) for row, column in cells if table[row][column] < threshold}
    while fixed := {cell for cell in hidden if cell[0] != last and not _changeable(cell, table, hidden)}:
        rows, columns = ([cell[at] for cell in hidden] for at in (0, 1))
        shown = [cell for cell in cells if cell not in hidden]
        beside = [(row, column) for row, column in shown if any(row == r or column == c for r, c in fixed)]
        alone = [(row, column) for row, column in beside if rows.count(row) == 1 or columns.count(column) == 1]
        if not beside:
            break  # a single group is its own total
        hidden.add(min(alone or beside, key=lambda cell: (table[cell[0]][cell[1]], cell)))
    return hidden


def _changeable(cell: _Cell, table: Sequence[_Row], hidden: set[_Cell]) -> bool:
    """Whether another value of `cell` fits everything that is shown: a cycle of masked cells in either direction."""
    row, column = cell
    forth = _may(cell, table, up=True) and _reaches(("column", column), ("row", row), cell, table, hidden)
    return forth or (_may(cell, table, up=False) and _reaches(("row", row), ("column", column), cell, table, hidden))


def _may(cell: _Cell, table: Sequence[_Row], *, up: bool) -> bool:
    """Whether the flow from row to column may grow (`up`) or shrink by one without a negative count.

    Totals are taken from the sums and not added, so in the total's row and the column of v the count moves the other way; where
    both meet, the same way again.
    """
    row, column = cell
    same = (row == len(table) - 1) == (column == _V)
    return up == same or table[row][column] >= 1


def _reaches(
    start: tuple[str, int], goal: tuple[str, int], without: _Cell, table: Sequence[_Row], hidden: set[_Cell]
) -> bool:
    """Whether a change that arrives at `start` can be passed on over masked cells but `without` to `goal`."""
    seen, waiting = {start}, [start]
    while waiting:
        kind, at = waiting.pop()
        for cell in hidden - {without}:
            row, column = cell
            here, there, up = (row, ("column", column), True) if kind == "row" else (column, ("row", row), False)
            if here == at and there not in seen and _may(cell, table, up=up):
                if there == goal:
                    return True
                seen.add(there)
                waiting.append(there)
    return False


def as_rows(shown: Iterable[MaskedGroup], names: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Name and counts as text, a masked one as an asterisk; for tables that leave the archive."""
    rows = []
    for one in shown:
        voices, publishable, withheld = ("*" if count is None else str(count) for count in _counts(one))
        rows.append((names.get(one.key, one.key), voices, publishable, withheld))
    return rows
