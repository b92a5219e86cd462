"""CSV and JSON: one row a segment, readable by any program, calculated by none."""

import csv
import io
import json

import pytest

from oralhistory.domain.redaction import SEALED_TEXT
from oralhistory.export.structured import Structured
from oralhistory.export.table import COLUMNS, Table, inert
from tests.helpers.released import released, segment


def rows(document: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(document.decode("utf-8"), newline=""), strict=True))


def test_csv_has_a_row_for_every_segment() -> None:
    said = [segment('그가 "가자", 했다', 1000, 2500), segment("비밀", 2500, 3000, sealed=True)]
    read = rows(Table().document(released(said)))
    assert tuple(read[0]) == COLUMNS
    assert read[0] == {
        "interview": "E-4MX9", "number": "1", "start_ms": "1000", "end_ms": "2500", "start": "00:00:01.000",
        "end": "00:00:02.500", "speaker": "NARRATOR", "language": "ko", "sealed": "0", "text": '그가 "가자", 했다', "masked": "",
    }  # fmt: skip
    assert (read[1]["sealed"], read[1]["speaker"], read[1]["text"]) == ("1", "", SEALED_TEXT)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "\t=", "\r=", " =", "\u200b="])
def test_csv_cells_are_never_formulas(first: str) -> None:
    read = rows(Table().document(released([segment(f"{first}1+1", speaker=f"{first}S")])))
    assert read[0]["text"].startswith("'") and read[0]["speaker"].startswith("'")


def test_csv_leaves_other_cells_alone() -> None:
    assert [inert(one) for one in ("", "가", "1-1", "[…]", "…")] == ["", "가", "1-1", "[…]", "…"]


def test_json_holds_the_same_rows() -> None:
    content = json.loads(Structured().document(released([segment("네 \"아니요\"", 5, 10, "통역", "en")])))
    assert content["interview"] == "E-4MX9" and content["languages"] == ["ko", "en"] and content["profile"] == "public"
    assert content["segments"] == [
        {"number": 1, "start_ms": 5, "end_ms": 10, "speaker": "통역", "language": "en", "sealed": False, "masked": None,
         "text": '네 "아니요"'}
    ]  # fmt: skip


def test_json_is_readable_as_text() -> None:
    assert "강을 건넜습니다" in Structured().document(released([segment("강을 건넜습니다")])).decode()
