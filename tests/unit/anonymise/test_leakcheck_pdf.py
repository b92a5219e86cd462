"""PDF that cannot be read is said to be so, hostile PDF does no harm, and what the program writes is read wholly."""

import io
import random
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from oralhistory.anonymise.leakcheck import pdf
from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString
from oralhistory.export.portable_document import PortableDocument
from oralhistory.export.spreadsheet import Spreadsheet
from tests.helpers.planting import word_parts, zipped
from tests.helpers.plants.portable import codes, document, overwritten, stream
from tests.helpers.released import in_a_row, released

NAME = "김영희"
KNOWN = [KnownString(NAME, "name")]


def rules(folder: Path, data: bytes, name: str = "a.pdf") -> set[str]:
    path = folder / name
    path.write_bytes(data)
    return {one.rule for one in FileLeakCheck()(path, KNOWN)}


def encrypted() -> bytes:
    made = FPDF()
    made.set_encryption(owner_password="x", user_password="y")
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text="hello")
    return bytes(made.output())


def picture_only() -> bytes:
    made = FPDF()
    made.add_page()
    made.image(Image.new("RGB", (40, 40), "grey"), w=100)
    return bytes(made.output())


UNREADABLE = {
    "encrypted": encrypted(),
    "a page that is a picture": picture_only(),
    "letters without a meaning": document(NAME).replace(b"/ToUnicode 7 0 R", b""),
    "no pages": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
    "no catalogue": b"%PDF-1.7\ntrailer\n<< >>\n%%EOF\n",
    "nothing": b"%PDF-1.7\n",
    "an unknown filter": document(NAME, more=[stream(b"x", "/X 1").replace(b"FlateDecode", b"SecretDecode")]),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_a_finding(tmp_path: Path, data: bytes) -> None:
    assert "unreadable" in rules(tmp_path, data)


def test_a_clean_document_and_its_earlier_version_are_readable(tmp_path: Path) -> None:
    assert rules(tmp_path, document("서울")) == set()
    assert rules(tmp_path, overwritten("서울")) == set()


def test_a_stream_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = document(NAME, more=[stream(bytes(3_000_000))])
    assert "unreadable" not in rules(tmp_path, bomb)
    monkeypatch.setattr(pdf, "LARGEST", 1_000_000)
    assert "unreadable" in rules(tmp_path, bomb)


def test_the_program_s_own_documents_are_read_to_the_last_word(tmp_path: Path) -> None:
    texts = [f"그리고 말했습니다 {n}번" for n in range(300)]
    made = PortableDocument().document(released(in_a_row([*texts, "끝에 김영희가 왔습니다"])))
    path = tmp_path / "a.pdf"
    path.write_bytes(made)
    (found,) = FileLeakCheck()(path, KNOWN)
    assert (found.part, found.rule) == ("(pages)", "text")


SPOILED = {
    "pdf": document(NAME, f"BT /F1 12 Tf 50 600 Td {codes(NAME, NAME)} Tj ET", info="/Title (x)"),
    "xlsx": Spreadsheet().document(released(in_a_row(["네", "아니요"]))),
    "docx": zipped(word_parts()),
}


@pytest.mark.parametrize("suffix", SPOILED)
def test_a_spoiled_file_is_answered_and_never_breaks_the_check(tmp_path: Path, suffix: str) -> None:
    """Bytes changed, cut out and doubled by lot; what is searched may be unreadable, but there is always an answer."""
    chance = random.Random(7)
    whole = SPOILED[suffix]
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            deed = chance.randrange(3)
            if deed == 0:
                data[at] = chance.randrange(256)
            elif deed == 1:
                del data[at : at + chance.randint(1, 40)]
            else:
                data[at:at] = data[at : at + chance.randint(1, 40)]
        assert isinstance(rules(tmp_path, bytes(data), f"a.{suffix}"), set)


def test_a_picture_in_a_text_is_no_unreadable_page(tmp_path: Path) -> None:
    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text="A text beside a picture")
    out = io.BytesIO()
    Image.new("RGB", (10, 10), "grey").save(out, "PNG")
    made.image(out, w=20)
    assert rules(tmp_path, bytes(made.output())) == set()
