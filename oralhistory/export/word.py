"""Word: a cover with the facts, a running header with the code, then a paragraph a turn, all laid out alike.

Starts from the blank of `word_template` and is packed anew, so that the same transcript gives the same bytes and the file
says nothing about when, where, by whom or with what it was made.
"""

import io
import re
import zipfile
from typing import TYPE_CHECKING

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript
from oralhistory.domain.timecode import clock
from oralhistory.export.turns import Turn, paragraphs
from oralhistory.export.word_template import FONTS, blank, packed
from oralhistory.export.wording import clean, conventions, facts, heading, title
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from docx.document import Document as Open
    from docx.text.paragraph import Paragraph

_TAGS = {"ko": "ko-KR", "zh": "zh-CN", "ja": "ja-JP"}
"""Language tags of the scripts that Word sets with its East Asian font."""

_LABEL_WIDTH = 2268
_VALUE_WIDTH = 6804
"""Columns of the cover, in twentieths of a point: 40 and 120 mm."""


class Word:
    name = "docx"
    suffix = ".docx"
    for_summaries = True
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        from docx import Document

        document = Document(io.BytesIO(blank()))
        document.sections[0].header.paragraphs[0].add_run(clean(transcript.code))
        self._cover(document, transcript)
        for turn in paragraphs(transcript):
            self._turn(document.add_paragraph(style="Turn"), turn, layout)
        out = io.BytesIO()
        document.save(out)
        return _repacked(out.getvalue())

    def _cover(self, document: "Open", transcript: ReleasedTranscript) -> None:
        document.add_paragraph(title(transcript), style="Title")
        _rows(document, facts(transcript))
        if marks := conventions(transcript):
            document.add_paragraph(tr("Conventions"), style="Heading 1")
            _rows(document, marks)
        begins = document.add_paragraph(heading(transcript), style="Heading 1")
        begins.paragraph_format.page_break_before = True

    def _turn(self, paragraph: "Paragraph", turn: Turn, layout: Layout) -> None:
        if layout.times and turn.timed:
            paragraph.add_run(f"[{clock(turn.start_ms)}] ")
        if turn.speaker:
            paragraph.add_run(f"{turn.speaker}:", style="Speaker")
            paragraph.add_run(" ")
        for place, (language, text) in enumerate(turn.pieces):
            _spoken(paragraph, language, f" {text}" if place else text)


def _rows(document: "Open", rows: list[tuple[str, str]]) -> None:
    from docx.shared import Twips

    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label, style="Speaker")
        cells[1].paragraphs[0].add_run(value)
    for column, width in zip(table.columns, (_LABEL_WIDTH, _VALUE_WIDTH), strict=True):
        column.width = Twips(width)
        for cell in column.cells:
            cell.width = Twips(width)


def _spoken(paragraph: "Paragraph", language: str, text: str) -> None:
    """A run in the language it is spoken in, so that Chinese is set in Chinese letters and spelling is checked rightly."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    run = paragraph.add_run(text)
    code = re.split("[-_]", language)[0].casefold()
    if code not in _TAGS:
        return
    properties = run._element.get_or_add_rPr()
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:eastAsia"), FONTS[code])
    spelling = OxmlElement("w:lang")
    spelling.set(qn("w:eastAsia"), _TAGS[code])
    properties.extend([fonts, spelling])


def _repacked(data: bytes) -> bytes:
    """The same parts with neither times nor system."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed({one.filename: package.read(one) for one in package.infolist()})
