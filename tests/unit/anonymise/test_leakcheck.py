"""The count of what was found against what was kept, and what a finding says. Every way to leak is in `test_leak_ways`."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString, LeakFinding
from oralhistory.export.formats import formats
from tests.helpers.planting import run, word_with
from tests.helpers.released import released, segment

NAME = "김영희"
KNOWN = [KnownString(NAME, "name")]


def check(folder: Path, name: str, data: bytes, known: Sequence[KnownString] = KNOWN) -> list[LeakFinding]:
    path = folder / name
    path.write_bytes(data)
    return FileLeakCheck()(path, known)


def bare(findings: Sequence[LeakFinding]) -> list[LeakFinding]:
    """Without the places and without repetitions."""
    return list(dict.fromkeys(replace(one, place=None, number=1) for one in findings))


def drawing(attribute: str) -> str:
    return (
        '<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1" '
        f'name="x" {attribute}="{NAME}"/></w:drawing></w:r>'
    )


class TestWhatWasKept:
    def test_as_often_as_decided_is_no_finding(self, tmp_path: Path) -> None:
        text = "청진에서 왔습니다. 청진은 바다입니다. Cheongjin이 아닙니다.".replace(" Cheongjin이", "").encode()
        assert check(tmp_path, "a.txt", text, [KnownString("청진", "t", kept=2)]) == []
        assert check(tmp_path, "a.docx", word_with(run(text.decode())), [KnownString("청진", "t", kept=2)]) == []

    def test_once_more_is_a_finding(self, tmp_path: Path) -> None:
        found = check(tmp_path, "a.txt", "청진, 청진, 청진".encode(), [KnownString("청진", "t", kept=2)])
        assert len(found) == 3
        assert bare(found) == [LeakFinding("a.txt", "(content)", "t", "text")]

    def test_less_is_a_finding_too(self, tmp_path: Path) -> None:
        found = check(tmp_path, "a.txt", "청진".encode(), [KnownString("청진", "t", kept=2)])
        assert found == [LeakFinding("a.txt", "", "t", "kept_missing")]

    def test_what_was_kept_counts_once_however_many_forms_it_answers_to(self, tmp_path: Path) -> None:
        known = [KnownString("010-1234-5678", "p", kept=1), KnownString("Kim Chol Su", "b", kept=1),
                 KnownString("김철수", "b"), KnownString("2015년", "y", kept=1)]  # fmt: skip
        text = "010-1234-5678, Kim Chol Su, 2015년".encode()
        assert check(tmp_path, "a.txt", text, known) == []

    def test_the_other_forms_of_what_was_kept_are_kept_with_it(self, tmp_path: Path) -> None:
        known = [KnownString("청진", "t"), KnownString("Chongjin", "t", kept=1), KnownString("이천십오년", "y"),
                 KnownString("2015년", "y", kept=1), KnownString("01012345678", "p"),
                 KnownString("010-1234-5678", "p", kept=1)]  # fmt: skip
        text = "Chongjin, 2015년, 010-1234-5678"
        assert check(tmp_path, "a.txt", text.encode(), known) == []
        assert {one.entity for one in check(tmp_path, "a.txt", f"{text} Cheongjin".encode(), known)} == {"t"}

    def test_a_kept_town_does_not_cover_a_leaked_name(self, tmp_path: Path) -> None:
        known = [KnownString("청진", "t", kept=1), KnownString(NAME, "name")]
        assert {one.entity for one in check(tmp_path, "a.txt", f"청진 {NAME}".encode(), known)} == {"name"}


def test_a_finding_says_where_and_how_but_never_what(tmp_path: Path) -> None:
    data = word_with(drawing("descr"))
    assert bare(check(tmp_path, "a.docx", data, [KnownString(NAME, "e7")])) == [
        LeakFinding("a.docx", "word/document.xml (attributes)", "e7", "text")
    ]
    (romanised,) = bare(check(tmp_path, "a.txt", b"Kim Young-hee", [KnownString(NAME, "e7")]))
    assert romanised == LeakFinding("a.txt", "(content)", "e7", "romanised")
    assert NAME not in repr(check(tmp_path, "a.docx", data, [KnownString(NAME, "e7")]))


def test_years_in_the_names_of_formats_are_not_the_narrators(tmp_path: Path) -> None:
    known = [KnownString(f"{year}년", "y") for year in (1998, 2000, 2006, 2009, 2010, 2012)]
    assert check(tmp_path, "a.docx", word_with(run("네")), known) == []
    assert check(tmp_path, "a.docx", word_with(run("2006")), known) != []


@pytest.mark.parametrize("name", ["eaf", "tei", "ohms"])
def test_moments_and_counts_of_markup_are_not_years_and_what_is_none_is_found(tmp_path: Path, name: str) -> None:
    known = [KnownString("2015년", "y"), KnownString("01012345678", "phone")]
    said = [segment("네", 2015 * n, 2015 * n + 900, f"N{n % 2}") for n in range(2100)]
    clean = re.sub(rb"\|\d+\(", b"|2015(", formats()[name].document(released(said)), count=1)
    assert b"2015" in clean and check(tmp_path, "a.xml", clean, known) == []
    for number, entity in ((b"01012345678", "phone"), (b"2015-03", "y")):
        hidden = clean.replace(b"2015", number, 1)
        assert {one.entity for one in check(tmp_path, "a.xml", hidden, known)} == {entity}


def test_columns_that_count_are_not_years_and_columns_of_dates_are_dates(tmp_path: Path) -> None:
    known = [KnownString("2015년", "y"), KnownString("780315", "born")]
    counted = "n,start_ms,text\n" + "".join(f"{n},{n * 5},네\n" for n in range(1, 2500, 2))
    assert "\n2015,10075," in counted and check(tmp_path, "a.csv", counted.encode(), known) == []
    dates = "n,born\n1,780315\n2,650101\n3,820606\n"
    assert {one.entity for one in check(tmp_path, "a.csv", dates.encode(), known)} == {"born"}
    listed = json.dumps([{"n": 2014 + n, "born": born} for n, born in enumerate((780315, 650101, 820606))])
    assert {one.entity for one in check(tmp_path, "a.json", listed.encode(), known)} == {"born"}


def test_strings_without_letters_are_nowhere(tmp_path: Path) -> None:
    assert check(tmp_path, "a.txt", "… – ?".encode(), [KnownString("…", "e"), KnownString("", "f")]) == []
