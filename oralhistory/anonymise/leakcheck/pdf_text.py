"""The words on the pages of a PDF as they were drawn, visible or not: by pdfminer.six, with the plainest of layouts.

Letters are taken in the order they are drawn; a new line or a space is seen by where the next ones stand. Colour, size,
clipping and rendering mode do not matter. A letter without a meaning in Unicode makes its page unreadable.
Imported only when there is a PDF to read: the library takes half a second to load.
"""

import logging
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFStackT, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt, mult_matrix

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it logs what it reads

FAULTS = (
    PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError, EOFError,
    RecursionError, UnicodeError, struct.error, zlib.error,
)  # fmt: skip
"""What the library raises over a document that is not as it should be."""

_SPACE, _LINE = 0.15, 0.4
"""Parts of the letters' height from which on a gap is a space, and a step up or down a new line."""


class Drawn(PDFTextDevice):
    """Collects what a page, or a form on it, draws."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.text: list[str] = []
        self.strings: set[bytes] = set()
        self.forms: set[int] = set()
        self.nameless = 0
        self.pictures = 0
        self._at: tuple[float, float] | None = None
        self._letters: dict[int, dict[int, tuple[str, float]]] = {}

    def taken(self) -> str:
        """What was drawn since the last time."""
        text, self.text, self._at = "".join(self.text), [], None
        return text

    def render_image(self, name: str, stream: PDFStream) -> None:
        self.pictures += 1

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: Any, graphicstate: PDFGraphicState
    ) -> None:
        font = textstate.font
        if font is None or self.ctm is None:
            raise PSException("text without a font")
        matrix = mult_matrix(textstate.matrix, self.ctm)
        x, y = textstate.linematrix
        step = 0.001 * textstate.fontsize * textstate.scaling * 0.01
        self._border(apply_matrix_pt(matrix, (x, y)), abs(textstate.fontsize * (matrix[3] or matrix[1])) or 1.0)
        for piece in seq:
            if isinstance(piece, int | float):
                x -= piece * step
                if -piece > 1000 * _SPACE:
                    self.text.append(" ")
                continue
            self.strings.add(piece)
            for letter, width in self._read(font, piece):
                self.text.append(letter)
                x += width * textstate.fontsize * textstate.scaling * 0.01 + textstate.charspace
                x += textstate.wordspace if letter == " " else 0
        textstate.linematrix = (x, y)
        self._at = apply_matrix_pt(matrix, (x, y))

    def _border(self, place: tuple[float, float], height: float) -> None:
        if self._at is not None:
            across, down = place[0] - self._at[0], place[1] - self._at[1]
            if abs(down) > _LINE * height:
                self.text.append("\n")
            elif not -height < across <= _SPACE * height:
                self.text.append(" ")

    def _read(self, font: PDFFont, piece: bytes) -> Iterator[tuple[str, float]]:
        known = self._letters.setdefault(id(font), {})
        for code in font.decode(piece):
            if code not in known:
                known[code] = (self._meaning(font, code), font.char_width(code))
            if known[code][0] == "\ufffd":
                self.nameless += 1
            yield known[code]

    @staticmethod
    def _meaning(font: PDFFont, code: int) -> str:
        try:
            return font.to_unichr(code) or "\ufffd"
        except PDFUnicodeNotDefined:
            return "\ufffd"


class _Interpreter(PDFPageInterpreter):
    """Remembers which forms the pages draw."""

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802  the library names it
        form = self.xobjmap.get(getattr(xobjid_arg, "name", None))
        if isinstance(self.device, Drawn) and (number := getattr(form, "objid", None)):
            self.device.forms.add(number)
        super().do_Do(xobjid_arg)


@dataclass(slots=True)
class Document:
    """All of a PDF. `pages` and the `forms` that no page draws (an annotation's look) as text; `objects` by number."""

    pages: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    objects: list[object] = field(default_factory=list)
    shown: set[bytes] = field(default_factory=set)
    readable: bool = True


def read(data: bytes) -> Document:
    """Everything in `data`; what cannot be read makes the document unreadable, and the rest is there all the same."""
    told = Document()
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        told.readable = document.encryption is None
        resources = PDFResourceManager()
        drawn = Drawn(resources)
        interpreter = _Interpreter(resources, drawn)
        for page in PDFPage.create_pages(document):
            _page(interpreter, drawn, page, told)
        told.objects = list(_objects(document))
        _forms(interpreter, drawn, told)
        told.shown = drawn.strings
        told.readable = told.readable and bool(told.pages) and not drawn.nameless
    except FAULTS:
        told.readable = False
    return told


def _page(interpreter: _Interpreter, drawn: Drawn, page: PDFPage, told: Document) -> None:
    """A page that is nothing but a picture may be of a text."""
    pictures = drawn.pictures
    interpreter.process_page(page)
    text = drawn.taken()
    told.pages.append(text)
    if not text.strip() and drawn.pictures > pictures:
        told.readable = False


def _forms(interpreter: _Interpreter, drawn: Drawn, told: Document) -> None:
    for one in told.objects:
        if not isinstance(one, PDFStream) or one.objid in drawn.forms:
            continue
        if name_of(one.get("Subtype")) == "Form":
            interpreter.render_contents(dict_value(one.get("Resources", {})), [one])
            told.forms.append(drawn.taken())


def _objects(document: PDFDocument) -> Iterator[object]:
    numbers = {number for xref in document.xrefs for number in xref.get_objids()}
    for number in sorted(numbers):
        yield document.getobj(number)
    for xref in document.xrefs:
        trailer = dict(xref.get_trailer())
        trailer.pop("ID", None)
        yield trailer


def name_of(value: object) -> str:
    """The text of a PDF name, "" for anything else."""
    value = resolve1(value)
    if not isinstance(value, PSLiteral):
        return ""
    return value.name if isinstance(value.name, str) else value.name.decode("utf-8", errors="replace")
