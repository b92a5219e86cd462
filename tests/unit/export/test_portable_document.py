"""PDF: selectable text in an embedded font, a cover, running lines, large type; no trace of its making."""

import io
import re
import unicodedata

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTPage, LTTextContainer
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from oralhistory.domain.ports import Layout
from oralhistory.errors import MalformedInput
from oralhistory.export.portable_document import PortableDocument
from tests.helpers.released import in_a_row, released, segment

LONG = in_a_row(["밤에 강을 건너서 중국으로 갔습니다. " * 12, "I crossed at night and walked until morning. " * 12] * 8)


@pytest.fixture(scope="module")
def usual() -> bytes:
    return PortableDocument().document(released(LONG))


@pytest.fixture(scope="module")
def large() -> bytes:
    return PortableDocument().document(released(LONG), Layout(large=True))


def pages(document: bytes) -> list[LTPage]:
    return list(extract_pages(io.BytesIO(document)))


def letters(page: LTPage) -> list[LTChar]:
    return [one for box in page if isinstance(box, LTTextContainer) for line in box for one in line if isinstance(one, LTChar)]


def test_the_cover_holds_the_facts_and_every_other_page_the_code_and_its_number(usual: bytes) -> None:
    cover, *others = [extract_text(io.BytesIO(usual), page_numbers=[n]) for n in range(len(pages(usual)))]
    assert "Interview E-4MX9" in cover and "Rights" in cover and ("Conventions" in cover) is ("[" in "".join(others))
    assert len(others) >= 3
    for number, page in enumerate(others, start=2):
        assert page.count("E-4MX9") == 1
        assert re.search(rf"^{number}$", page, re.MULTILINE)


def test_everything_stands_inside_the_margins_whatever_its_size(usual: bytes, large: bytes) -> None:
    sizes = []
    for document in (usual, large):
        placed = [one for page in pages(document) for one in letters(page) if one.get_text().strip()]
        assert min(one.x0 for one in placed) >= 70
        assert max(one.x1 for one in placed) <= 595.28 - 70
        assert min(one.y0 for one in placed) >= 20
        sizes.append(max(one.size for one in letters(pages(document)[2])))
    assert sizes[1] > 1.5 * sizes[0]


@pytest.mark.parametrize("text", ["가" * 300, "我在那里住了两年没有身份证所以很害怕" * 20, "w" * 400, "a\u0301" * 200, ""])
def test_no_letter_is_lost_where_lines_break(text: str) -> None:
    told = extract_text(io.BytesIO(PortableDocument().document(released([segment(text, speaker="")]))))
    body = "".join(told.split("Transcript")[1].split()).replace("2\x0c", "").removesuffix("2").removesuffix("E-4MX9")
    assert body.replace("E-4MX9", "") == "".join(unicodedata.normalize("NFC", text).split())


def test_its_letters_are_embedded_and_it_tells_nothing_of_its_making(usual: bytes) -> None:
    document = PDFDocument(PDFParser(io.BytesIO(usual)))
    assert [set(one) for one in document.info] == [{"CreationDate"}]
    assert document.info[0]["CreationDate"] == b"D:19800101000000Z"
    assert b"/FontFile2" in usual and b"Metadata" not in usual
    assert not any(trace in usual.lower() for trace in (b"fpdf", b"python", b"producer", b"mpdf"))
    assert usual == PortableDocument().document(released(LONG))


def test_a_letter_that_the_font_lacks_is_refused_not_dropped() -> None:
    with pytest.raises(MalformedInput) as refused:
        PortableDocument().document(released([segment("ภาษาไทย")]))
    assert "U+0E20" in refused.value.happened
