"""XLSX: texts are texts, whatever they look like, and the file says nothing about where it comes from."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import load_workbook

from oralhistory.domain.redaction import RenderedSegment
from oralhistory.errors import MalformedInput
from oralhistory.export.spreadsheet import LONGEST, Spreadsheet
from oralhistory.export.table import COLUMNS
from tests.helpers.released import released, segment


def rows(segments: Sequence[RenderedSegment]) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(Spreadsheet().document(released(segments))))
    return list(book["transcript"].iter_rows(values_only=True))


def test_a_row_for_every_segment_with_numbers_as_numbers() -> None:
    head, row = rows([segment("강을 건넜습니다", 1000, 2500)])
    assert head == COLUMNS
    assert row == ("E-4MX9", 1, 1000, 2500, "00:00:01.000", "00:00:02.500", "NARRATOR", "ko", 0, "강을 건넜습니다", None)


def test_the_facts_stand_on_a_sheet_of_their_own() -> None:
    book = load_workbook(io.BytesIO(Spreadsheet().document(released([], rights="Only for the inquiry."))))
    told = dict(book["about"].iter_rows(values_only=True))
    assert (told["Code"], told["Rights"]) == ("E-4MX9", "Only for the inquiry.")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "#N/A", "007", "2015-03-01", "1e5", "TRUE"])
def test_nothing_that_was_said_is_calculated_or_changed(text: str) -> None:
    document = Spreadsheet().document(released([segment(text)]))
    cell = load_workbook(io.BytesIO(document))["transcript"].cell(2, 10)
    assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        assert not any(b"<f>" in package.read(name) or b"<f " in package.read(name) for name in package.namelist())


def test_the_package_has_no_properties_times_or_system() -> None:
    with zipfile.ZipFile(io.BytesIO(Spreadsheet().document(released([segment("네")])))) as package:
        entries, whole = package.infolist(), b"".join(package.read(name) for name in package.namelist())
    assert not any("docProps" in one.filename or "theme" in one.filename for one in entries)
    assert {(one.date_time, one.create_system, one.extra) for one in entries} == {((1980, 1, 1, 0, 0, 0), 0, b"")}
    assert b"openpyxl" not in whole and b"docProps" not in whole and b"theme1" not in whole


def test_a_passage_that_no_cell_can_hold_is_refused_not_cut() -> None:
    with pytest.raises(MalformedInput):
        Spreadsheet().document(released([segment("가" * (LONGEST + 1))]))
