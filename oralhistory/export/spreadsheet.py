"""XLSX: a sheet with the facts, a sheet with one row a segment, columns as in `table`.

Every text is stored as text: nothing that was said is ever calculated. Written by openpyxl and packed anew without its
properties and theme, so that the same transcript gives the same bytes and the file says nothing of when, by whom or with what
it was made.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript
from oralhistory.errors import MalformedInput
from oralhistory.export.table import COLUMNS, calculates, cells
from oralhistory.export.word_template import packed
from oralhistory.export.wording import conventions, facts
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767
"""Letters that a cell can hold."""

_WIDTHS = {"interview": 12, "start": 14, "end": 14, "speaker": 16, "text": 90}
_TRACES = ("docProps/core.xml", "docProps/app.xml", "xl/theme/theme1.xml")
_NAMED = re.compile(rb"<(?:Override|Relationship) [^<>]*(?:docProps/(?:core|app)|theme/theme1)\.xml[^<>]*/>")


class Spreadsheet:
    name = "xlsx"
    suffix = ".xlsx"
    for_summaries = False
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        from openpyxl import Workbook

        book = Workbook()
        about, rows = book.active, book.create_sheet("transcript")
        assert about is not None
        about.title = "about"
        _fill(about, [*facts(transcript), *conventions(transcript)], (24, 90))
        _fill(rows, [COLUMNS, *cells(transcript)], [_WIDTHS.get(one, 10) for one in COLUMNS], head=True)
        out = io.BytesIO()
        book.save(out)
        return _without_traces(out.getvalue())


def _fill(sheet: "Worksheet", rows: Iterable[Sequence[object]], widths: Sequence[int], *, head: bool = False) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    bold, top = Font(name="Calibri", size=11, bold=True), Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                _check_length(value)
                cell.data_type = "s"  # whatever it looks like
                cell.quotePrefix = calculates(value)
            cell.alignment = top
            if number == 1 if head else column == 1:
                cell.font = bold
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as all columns
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if head:
        sheet.freeze_panes = "A2"


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise MalformedInput(
            tr("A passage of this text is too long for a cell of a spreadsheet."),
            safe=tr("Nothing was written."),
            todo=tr("Choose another format, such as csv or json."),
        )


def _without_traces(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one.filename: package.read(one) for one in package.infolist() if one.filename not in _TRACES}
    for name in ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"):
        parts[name] = _NAMED.sub(b"", parts[name])
    return packed(parts)
