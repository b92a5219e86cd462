"""The cells of a spreadsheet as a reader sees them: shared strings in their places, row by row and column by column.

The columns that only count rows or tell times are left out of it, and the numbers with which a sheet points at its strings.
Everything else in the parts of such a package (formulas, names, comments, heads and feet) is read like other XML.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

from oralhistory.anonymise.leakcheck import plain
from oralhistory.anonymise.leakcheck.search import Reading

NAMESPACE = re.compile(r"schemas\.openxmlformats\.org/spreadsheetml|purl\.oclc\.org/ooxml/spreadsheetml")
_PARTS = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_PLACE = re.compile(r"([A-Z]{1,3})\d+")
_WIDEST = 16_384
"""Columns that a sheet can have."""


def is_of_cells(part: str) -> bool:
    """Whether a part of a package holds cells or their strings."""
    return _PARTS.fullmatch(part) is not None


def readings(parts: Mapping[str, bytes]) -> list[Reading]:
    """The cells of all sheets, in order of their names; parts that are no XML say nothing here and are refused elsewhere."""
    shared: list[str] = []
    sheets = []
    for name, data in sorted(parts.items(), key=lambda one: "/" in one[0][3:]):  # the strings before the sheets
        table = _Table(shared)
        if _parsed(table, data):
            shared.extend(table.strings)
            sheets.append((name, table.rows))
    views: list[list[str]] = [["\n".join(shared)]]
    for _, rows in sorted(sheets):
        views.append(plain.by_rows_and_columns(rows))
    alone, *others = views
    whole = {"\n".join(view[at] for view in others) for at in range(len(others[0]))} if others else set()
    return [Reading(one) for one in sorted({*alone, *whole})]


def _parsed(table: "_Table", data: bytes) -> bool:
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    parser.StartElementHandler = table.start
    parser.EndElementHandler = table.end
    parser.CharacterDataHandler = table.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        return False
    return True


def _refuse(*_: object) -> None:
    raise ValueError("a document type")


class _Table:
    """The rows of one sheet, or the strings of a package, while they are read."""

    def __init__(self, shared: list[str]) -> None:
        self.rows: list[list[str]] = []
        self.strings: list[str] = []
        self._shared = shared
        self._kind = ""
        self._column = 0
        self._said: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("\n")[2]
        if local == "row":
            self.rows.append([])
        elif local == "c":
            self._kind = attributes.get("t", "n")
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = _number(place[1]) if place else self._column + 1
        elif local in ("v", "is", "si"):
            self._said = []

    def end(self, name: str) -> None:
        local = name.rpartition("\n")[2]
        if local == "row":
            self._column = 0
        elif local in ("v", "is", "si"):
            said, self._said = "".join(self._said or ()), None
            if local == "si":
                self.strings.append(said)
            elif self.rows and self._column <= _WIDEST:
                row = self.rows[-1]
                row.extend([""] * (self._column - len(row)))
                row[self._column - 1] += self._meant(said) if local == "v" else said

    def text(self, data: str) -> None:
        if self._said is not None:
            self._said.append(data)

    def _meant(self, said: str) -> str:
        if self._kind != "s":
            return said
        at = int(said) if said.isdigit() else -1
        return self._shared[at] if 0 <= at < len(self._shared) else ""


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
