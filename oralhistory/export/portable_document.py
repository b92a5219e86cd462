"""PDF: a reading copy with a cover, a running header with the code and page numbers; large type if asked for.

Set in the shipped font, embedded and cut down to the letters used, so that it looks the same everywhere and its text can be
selected, searched and read aloud. Lines are broken here, at spaces, or inside a word that is longer than a line. The file
says nothing about when, by whom or with what it was made. A letter that the font does not have is refused, never dropped.
"""

import logging
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from oralhistory import paths
from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript
from oralhistory.domain.timecode import clock
from oralhistory.errors import MalformedInput
from oralhistory.export.turns import Turn, paragraphs
from oralhistory.export.wording import clean, conventions, facts, heading, title
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

FONT = "fonts/reading.ttf"
_FAMILY = "reading"
_MADE = datetime(1980, 1, 1, tzinfo=UTC)
_TAG = (b"MPDFAA+", b"READER+")
"""The library's own mark in the name of every font it cuts down, and what stands there instead."""

_WIDTH, _HEIGHT, _MARGIN = 595.28, 841.89, 71.0
"""A4 with margins of 25 mm, in points."""

_SHOWN = str.maketrans("\N{REPLACEMENT CHARACTER}", "\N{WHITE SQUARE}")
"""The font has no sign of its own for what could not be written."""

_GREY = 0.35
_EMBOLDENED = 0.35
"""Bold letters are the regular ones with an outline of so many points at a size of 11."""


@dataclass(frozen=True, slots=True)
class _Type:
    """Sizes in points: of the text, of the distance from line to line, of the title, and of header and footer."""

    size: float
    line: float
    title: float
    small: float


_USUAL = _Type(11, 18, 20, 9)
_LARGE = _Type(18, 29, 28, 13)


class PortableDocument:
    name = "pdf"
    suffix = ".pdf"
    for_summaries = True
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        with _Pages(clean(transcript.code), _LARGE if layout.large else _USUAL) as pages:
            pages.heading(title(transcript))
            pages.rows(facts(transcript))
            if marks := conventions(transcript):
                pages.subheading(tr("Conventions"))
                pages.rows(marks)
            pages.turn_over()
            pages.subheading(heading(transcript))
            for turn in paragraphs(transcript):
                pages.paragraph(_label(turn, layout), turn.text)
            return pages.finished()


def _label(turn: Turn, layout: Layout) -> str:
    time = f"[{clock(turn.start_ms)}] " if layout.times and turn.timed else ""
    return time + (f"{turn.speaker}: " if turn.speaker else "")


class _Pages:
    """Sets line under line and page behind page; bold labels, then text. Lets go of the font's file at the end."""

    def __init__(self, code: str, faces: _Type) -> None:
        self._code = code
        self._type = faces
        self._pdf = _blank()
        self._font = cast("TTFFont", self._pdf.fonts[_FAMILY])
        self._widths: dict[str, float] = {}
        self._y = 0.0
        self._number = 0
        self._new_page()

    def __enter__(self) -> "_Pages":
        return self

    def __exit__(self, *_: object) -> None:
        self._font.close()

    def heading(self, text: str) -> None:
        self._y += 100
        self._lines(text, self._type.title, self._type.title * 1.4, bold=True)
        self._y += self._type.line

    def subheading(self, text: str) -> None:
        self._y += self._type.line / 2
        self._lines(text, self._type.size * 1.2, self._type.line, bold=True)
        self._y += self._type.line / 3

    def rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """A label on a line of its own above its value, which needs no narrow column in large type."""
        for label, value in rows:
            self.paragraph(f"{label}: ", value, after=0.25)

    def paragraph(self, label: str, text: str, after: float = 0.4) -> None:
        self._lines(text, self._type.size, self._type.line, label=label)
        self._y += self._type.line * after

    def turn_over(self) -> None:
        self._new_page()

    def finished(self) -> bytes:
        if missing := self._font.missing_glyphs:
            raise MalformedInput(
                tr("The font of the PDF lacks a letter of this text: {letters}.", letters=_named(missing)),
                safe=tr("Nothing was written."),
                todo=tr("Choose another format, such as docx or txt."),
            )
        return bytes(self._pdf.output()).replace(*_TAG)

    def _lines(self, text: str, size: float, height: float, *, label: str = "", bold: bool = False) -> None:
        text, label = text.translate(_SHOWN), label.translate(_SHOWN)
        beside = self._width(label, size)
        for number, line in enumerate(self._broken(text, size, beside)):
            if self._y + height > _HEIGHT - _MARGIN:
                self._new_page()
            self._y += height
            if number == 0 and label:
                self._set(label, _MARGIN, self._y, size, bold=True)
                self._set(line, _MARGIN + beside, self._y, size)
            else:
                self._set(line, _MARGIN, self._y, size, bold=bold)

    def _set(self, text: str, x: float, y: float, size: float, *, bold: bool = False, grey: float = 0) -> None:
        from fpdf.enums import TextMode

        if not text:
            return
        pdf = self._pdf
        pdf.set_font(_FAMILY, size=size)
        pdf.set_text_color(round(255 * grey))
        if bold:
            with pdf.local_context(text_mode=TextMode.FILL_STROKE, line_width=_EMBOLDENED * size / 11):
                pdf.text(x, y, text)
        else:
            pdf.text(x, y, text)

    def _new_page(self) -> None:
        self._pdf.add_page()
        self._number += 1
        self._y = _MARGIN
        if self._number > 1:
            small = self._type.small
            self._set(self._code, _WIDTH - _MARGIN - self._width(self._code, small), _MARGIN - 24, small, grey=_GREY)
            number = str(self._number)
            self._set(number, (_WIDTH - self._width(number, small)) / 2, _HEIGHT - _MARGIN + 36, small, grey=_GREY)

    def _broken(self, text: str, size: float, beside: float) -> Iterator[str]:
        """Lines that fit; the first one stands beside a label of width `beside`. At least one line, be it empty."""
        room, line, width = _WIDTH - 2 * _MARGIN - beside, "", 0.0
        for word in _pieces(text):
            wide = self._width(word, size)
            if width + self._width(word.rstrip(" "), size) <= room:
                line, width = line + word, width + wide
                continue
            if line:
                yield line.rstrip(" ")
                room = _WIDTH - 2 * _MARGIN
            line, width = word, wide
            while self._width(line.rstrip(" "), size) > room:
                fitting = self._fitting(line, size, room)
                yield line[:fitting]
                room, line = _WIDTH - 2 * _MARGIN, line[fitting:]
                width = self._width(line, size)
        yield line.rstrip(" ")

    def _fitting(self, text: str, size: float, room: float) -> int:
        """How many letters of `text` fit; one at least, and never a letter without its marks."""
        width, fitting = 0.0, 0
        for at, letter in enumerate(text):
            width += self._width(letter, size)
            if width > room and at and not unicodedata.combining(letter):
                break
            fitting = at + 1
        return fitting

    def _width(self, text: str, size: float) -> float:
        """In points; letters that the font lacks are as wide as its box for them."""
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = sum(self._font.cw[ord(letter)] for letter in text) / 1000
        return known * size


def _pieces(text: str) -> Iterator[str]:
    """Words with the space behind them; between Chinese letters a line may end as well."""
    start = 0
    for at, (one, after) in enumerate(pairwise(text), start=1):
        if one == " " or (_is_han(one) and (_is_han(after) or after.isalnum())):
            yield text[start:at]
            start = at
    if start < len(text):
        yield text[start:]


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"


def _named(missing: Sequence[int]) -> str:
    return ", ".join(f"U+{code:04X}" for code in missing[:5])


def _blank() -> "FPDF":
    """A document without a page that carries no time, no producer and no identity but its own contents."""
    from fpdf import FPDF

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_creation_date(_MADE)
    pdf.set_producer("")
    pdf.set_auto_page_break(False)
    pdf.add_font(_FAMILY, "", paths.resources() / FONT)
    return pdf
