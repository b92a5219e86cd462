"""XML read for what it says, on the page and off it: text, deleted and hidden text, attributes, comments, names.

Entities can hide anything and blow up, so a document type makes the part unreadable instead of being resolved.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

from oralhistory.anonymise.leakcheck import sheets
from oralhistory.anonymise.leakcheck.search import Kind, Reading

_OFFICE = re.compile(r"schemas\.openxmlformats\.org/(?:wordprocessingml|drawingml|presentationml)|purl\.oclc\.org/ooxml")
_SCHEMA_YEAR = re.compile(
    r"(https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|www\.w3\.org)/(?:[A-Za-z-]+/)*)(?:19|20)\d\d(?=/)"
)
"""The years in the names of the formats themselves, which nobody's life put there."""

_OFFICE_BREAKS = frozenset({"p", "br", "cr", "tab", "ptab", "tc", "tr", "tbl", "txbxContent", "hdr", "ftr", "body", "comment"})
"""Where words end in office documents; runs and their properties end none."""

_CELL_TEXT = frozenset({"v", "is", "si"})
_PLACES = frozenset({
    "r", "s", "t", "spans", "ht", "ref", "sqref", "topLeftCell", "activeCell", "min", "max", "width", "count", "uniqueCount",
    "xSplit", "ySplit",
})  # fmt: skip
_OF_CELLS = re.compile(r"(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\d+(?::\d+)?)(?: [A-Z0-9:]+)*")
"""In spreadsheets: attributes that tell places of cells, and plain numbers of rows and styles."""

_MOMENT = re.compile(r"\d{1,8}")
_SLOT, _ANNOTATION = re.compile(r"ts\d{1,5}"), re.compile(r"a\d{1,5}")
_LETTER = re.compile(r"\d{1,6}")
_POINT, _PERSON = re.compile(r"#?t\d{1,5}"), re.compile(r"#?p\d{1,3}")
_COUNTED = {
    "ANNOTATION_DOCUMENT": {
        "TIME_VALUE": _MOMENT, "TIME_SLOT_ID": _SLOT, "TIME_SLOT_REF1": _SLOT, "TIME_SLOT_REF2": _SLOT,
        "ANNOTATION_ID": _ANNOTATION,
    },
    "urn:QDA-XML:project:1.0\nProject": {"startPosition": _LETTER, "endPosition": _LETTER},
    "http://www.tei-c.org/ns/1.0\nTEI": {
        "interval": _MOMENT, "since": _POINT, "origin": _POINT, "start": _POINT, "end": _POINT, "who": _PERSON,
        "http://www.w3.org/XML/1998/namespace\nid": re.compile(r"[tp]\d{1,5}"),
    },
}  # fmt: skip
"""By the root of a document: attributes that count its parts, letters and milliseconds, among which every year comes up."""

_MINUTES_OF = "https://www.weareavp.com/nunncenter/ohms\nsync"
_MINUTES = re.compile(r"\d:(?:\|\d{1,5}\(1\))*")
"""The element of OHMS that counts lines, and what it looks like."""

_LIKE_NAMES = frozenset({"hAnsi", "hAnsiTheme", "User", "creatingUser", "creatingUserGUID"})
"""Words of the formats that read like a Korean name in Latin letters: Mrs Han, O Sail."""

_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_HIDDEN = frozenset({"vanish", "webHidden"})
_OFF = frozenset({"0", "false", "off"})


class MarkupRefused(Exception):
    """Not well-formed, in an unknown encoding, or with a document type."""


def readings(data: bytes) -> tuple[list[Reading], list[Reading]]:
    """The text of an XML document, read in every way a reader may see it; and what is said beside the text."""
    page = _Page()
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    parser.StartElementHandler = page.start
    parser.EndElementHandler = page.end
    parser.CharacterDataHandler = page.text
    parser.CommentHandler = page.beside
    parser.ProcessingInstructionHandler = page.instruction
    parser.StartNamespaceDeclHandler = page.instruction
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise MarkupRefused from error
    return page.said(), [Reading(_SCHEMA_YEAR.sub(r"\1", "\n".join(page.asides)), Kind.NAMES)]


def _refuse(*_: object) -> None:
    raise MarkupRefused


class _Page:
    """What came so far: pieces of text with how they are shown, and everything else in `asides`."""

    def __init__(self) -> None:
        self.asides: list[str] = []
        self._pieces: list[tuple[str, bool, bool, bool]] = []
        self._names: set[str] = set()
        self._office: bool | None = None
        self._sheet = False
        self._counted: Mapping[str, re.Pattern[str]] = {}
        self._element = ""
        self._deleted = self._inserted = self._in_cell = 0
        self._hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("\n")
        if self._office is None:
            self._office = _OFFICE.search(space) is not None
            self._sheet = sheets.NAMESPACE.search(space) is not None
            self._counted = dict.fromkeys(_PLACES, _OF_CELLS) if self._sheet else _COUNTED.get(name, {})
        self._element = name
        self._once(name)
        for key, value in attributes.items():
            self._once(key)
            if not ((counts := self._counted.get(key)) and counts.fullmatch(value)):
                self.asides.append(value)
        self._in_cell += self._sheet and local in _CELL_TEXT
        self._deleted += local in _DELETED
        self._inserted += local in _INSERTED
        if local == "r":
            self._hidden = False
        elif local in _HIDDEN:
            self._hidden = not any(value in _OFF for value in attributes.values())
        self._border(local)

    def end(self, name: str) -> None:
        self._element = ""
        local = name.rpartition("\n")[2]
        self._in_cell -= self._sheet and local in _CELL_TEXT
        self._deleted -= local in _DELETED
        self._inserted -= local in _INSERTED
        if local == "r":
            self._hidden = False
        self._border(local)

    def text(self, data: str) -> None:
        counts = self._element == _MINUTES_OF and _MINUTES.fullmatch(data)
        if not counts and not self._in_cell:  # `sheets` reads those
            self._pieces.append((data, self._deleted > 0, self._inserted > 0, self._hidden))

    def beside(self, data: str) -> None:
        self.asides.append(data)

    def instruction(self, name: str | None, data: str | None) -> None:
        self.asides += [one for one in (name, data) if one]

    def said(self) -> list[Reading]:
        """As it is now, as it was before the changes, as it looks, and all there is; for other XML also without borders."""
        views = {
            "".join(piece for piece, deleted, _, _ in self._pieces if not deleted),
            "".join(piece for piece, _, inserted, _ in self._pieces if not inserted),
            "".join(piece for piece, deleted, _, hidden in self._pieces if not deleted and not hidden),
            "".join(piece for piece, *_ in self._pieces),
        }
        if not self._office:
            views.add("".join(piece for piece, *_ in self._pieces if piece != "\n"))
        return [Reading(one) for one in sorted(views)]

    def _border(self, local: str) -> None:
        if not self._office or local in _OFFICE_BREAKS:
            self._pieces.append(("\n", False, False, False))

    def _once(self, name: str) -> None:
        if name not in self._names and name.rpartition("\n")[2] not in _LIKE_NAMES:
            self._names.add(name)
            self.asides.append(name)
