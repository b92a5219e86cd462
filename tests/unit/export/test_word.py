"""DOCX, read back by python-docx and as a plain zip: laid out for reading, and without a trace of its making."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from docx.document import Document as Open
from docx.oxml.ns import qn

from oralhistory.export.word import Word
from oralhistory.export.word_template import packed
from tests.helpers.released import RIGHTS, in_a_row, released, segment


def opened(document: bytes) -> Open:
    return Document(io.BytesIO(document))


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {one: package.read(one) for one in package.namelist()}


@pytest.fixture(scope="module")
def document() -> bytes:
    said = in_a_row(["어디에서 태어나셨습니까?", "[함경북도 도시 1]에서", "태어났습니다."])
    said += [segment("我在那里住了两年。", 20_000, 21_000, "INTERPRETER", "zh"), segment("", sealed=True)]
    return Word().document(released(said))


def test_the_cover_states_the_facts(document: bytes) -> None:
    word = opened(document)
    assert word.paragraphs[0].text == "Interview E-4MX9"
    cover = {row.cells[0].text: row.cells[1].text for row in word.tables[0].rows}
    assert cover["Code"] == "E-4MX9" and cover["Languages"] == "Korean, English" and cover["Rights"] == RIGHTS
    assert {"Status", "Verbatim level", "Made for"} < set(cover)


def test_the_transcript_begins_on_its_own_page_with_a_paragraph_a_turn(document: bytes) -> None:
    word = opened(document)
    turns = [one for one in word.paragraphs if one.style is not None and one.style.name == "Turn"]
    assert [one.text for one in turns] == [
        "INTERVIEWER: 어디에서 태어나셨습니까?",
        "NARRATOR: [함경북도 도시 1]에서 태어났습니다.",
        "INTERPRETER: 我在那里住了两年。",
        "[sealed at the narrator's request]",
    ]
    assert turns[0].runs[0].style.name == "Speaker" and turns[0].runs[0].text == "INTERVIEWER:"
    heading = next(one for one in word.paragraphs if one.text == "Transcript")
    assert heading.paragraph_format.page_break_before


def test_every_page_but_the_cover_is_headed_by_the_code(document: bytes) -> None:
    section = opened(document).sections[0]
    assert section.header.paragraphs[0].text == "E-4MX9"
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""


def test_letters_have_a_font_of_their_script(document: bytes) -> None:
    word = opened(document)
    assert 'w:eastAsia="Malgun Gothic"' in parts(document)["word/styles.xml"].decode()
    fonts = {
        run.text: run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for one in word.paragraphs
        for run in one.runs
        if run._element.rPr is not None and run._element.rPr.rFonts is not None
    }
    assert fonts["我在那里住了两年。"] == "Microsoft YaHei" and fonts["어디에서 태어나셨습니까?"] == "Malgun Gothic"


def test_it_holds_nothing_but_what_it_needs(document: bytes) -> None:
    assert set(parts(document)) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
        "word/settings.xml", "word/fontTable.xml", "word/header.xml", "word/footer.xml",
    }  # fmt: skip
    everything = b"".join(parts(document).values()).decode()
    assert not re.search(r"python|docx|rsid|docProps|thumbnail|customXml|20[12]\d-\d\d", everything)
    assert not re.search(r"<w:(ins|del|vanish|comment\w*)\b", everything)


def test_the_package_tells_neither_time_nor_system(document: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.create_system for one in package.infolist()} == {0}
        assert {one.external_attr for one in package.infolist()} <= {0, 0o600 << 16}
        assert package.comment == b"" and package.testzip() is None


def test_every_part_is_well_formed_and_every_relationship_leads_somewhere(document: bytes) -> None:
    inside = parts(document)
    for data in inside.values():
        ET.fromstring(data)
    targets = re.findall(r'Target="([^"]+)"', inside["word/_rels/document.xml.rels"].decode())
    assert {f"word/{one}" for one in targets} <= set(inside) and len(targets) == 5


def test_packing_is_the_same_every_time() -> None:
    assert packed({"a": b"1", "b": b"2"}) == packed({"a": b"1", "b": b"2"})
