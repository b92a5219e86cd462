"""What may never be in an export: where it comes from, when, by whom, for whom and with what it was made."""

import getpass
import html
import platform
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from oralhistory.export.formats import formats
from oralhistory.services.desk import Desk
from tests.helpers.archives import new_desk
from tests.helpers.releases import ORDER, releasable

TEXT = "N1: 저는 회령에서 태어났습니다.\nN1: 밤에 강을 건넜습니다.\n"
RECIPIENT = "Haneul Foundation"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with new_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture(scope="module")
def code(desk: Desk) -> str:
    return releasable(desk, TEXT, granted=("publish_text", "media"))


def everything(path: Path) -> str:
    """All that is legible in the file, and its bytes as far as they are letters."""
    raw = path.read_bytes()
    told = raw.decode("latin-1")
    if path.suffix in (".docx", ".xlsx", ".qdpx"):
        with zipfile.ZipFile(path) as package:
            told = "\n".join(html.unescape(package.read(one).decode()) for one in package.namelist())
            told += "\n".join(f"{one.filename} {one.date_time} {one.comment!r}" for one in package.infolist())
    elif path.suffix == ".pdf":
        with path.open("rb") as file:
            told = f"{extract_text(path)} {PDFDocument(PDFParser(file)).info}"
    else:
        told = raw.decode()
    return told


@pytest.mark.parametrize("form", formats())
def test_no_trace_of_its_making(desk: Desk, code: str, tmp_path: Path, form: str) -> None:
    to = tmp_path / f"talk.{form}"
    record = desk.releasing.export(code, replace(ORDER, format=form, recipient=RECIPIENT), to)
    told = everything(to)
    assert record.code in told or form == "srt"
    words = {code, *RECIPIENT.split(), platform.node(), str(tmp_path), "talk.", "python", "openpyxl", "fpdf", "oralhistory"}
    words |= {getpass.getuser()} - {"root"}
    narrators = desk.interviews.card(code).narrators
    words |= {one.code for one in narrators}
    assert [one for one in words if one.casefold() in told.casefold()] == []
    now = record.made_at
    dates = {f"{now:%Y-%m-%d}", f"{now:%Y%m%d}", f"{now:%d.%m.%Y}"}
    assert [one for one in dates if one in told] == []
    assert not re.search(rf"\b{now.year}\b", told)


def test_each_recipient_knows_the_interview_by_another_code(desk: Desk, code: str, tmp_path: Path) -> None:
    def given(recipient: str, number: int) -> str:
        return desk.releasing.export(code, replace(ORDER, recipient=recipient), tmp_path / f"{number}.txt").code

    first = given("One paper", 1)
    assert given("  one PAPER ", 2) == first
    others = {given("Another paper", 3), given("A third paper", 4)}
    assert len({first, *others, code}) == 4
    text = (tmp_path / "1.txt").read_text("utf-8")
    assert first in text and not any(other in text for other in others)
