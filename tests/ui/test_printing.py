"""A printed copy: what stands out on it, and that nothing is torn by the end of a page."""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QPushButton

from oralhistory.domain.paper import Paper, Section
from oralhistory.ui.look import printing
from oralhistory.ui.look.printing import NotPrinted, Printed, PrintRow, put_on, typeset
from oralhistory.ui.look.wording import Wording


def paper(questions: int) -> Paper:
    asked = tuple(f"질문 {n}: 이 면담의 글을 이름 없이 책에 실어도 되겠습니까?\n   → 예" for n in range(questions))
    signed = tuple(f"서명하는 줄 {n}" for n in range(4))
    return Paper("동의서", (Section("", ("면담: I-4MX9",)), Section("대답", asked), Section("서명", signed, together=True)))


@pytest.fixture
def printer(app: QApplication, tmp_path: Path) -> QPrinter:
    made = QPrinter()
    made.setOutputFileName(str(tmp_path / "copy.pdf"))
    return made


def pages(document: QTextDocument) -> list[tuple[str, int, int]]:
    """Each paragraph, the page on which it begins and the one on which it ends."""
    found, high, block = [], document.pageSize().height(), document.begin()
    while block.isValid():
        place = document.documentLayout().blockBoundingRect(block)
        found.append((block.text(), int(place.top() // high), int((place.bottom() - 1) // high)))
        block = block.next()
    return found


def test_wherever_the_page_ends_no_paragraph_is_torn_and_the_signature_stands_whole(printer: QPrinter) -> None:
    ends = set()
    for questions in range(14, 34):
        document = typeset(paper(questions), printer)
        placed = pages(document)
        assert all(begin == end for _, begin, end in placed)
        signature = {begin for text, begin, _ in placed if text.startswith(("서명", f"질문 {questions - 1}:"))}
        assert len(signature) == 1
        ends |= signature
    assert len(ends) > 1, "none of these was so long that it went on to another page"


def test_the_title_is_the_largest_and_heads_stand_out(printer: QPrinter) -> None:
    document = typeset(paper(1), printer)
    sizes = {}
    block = document.begin()
    while block.isValid():
        font = block.begin().fragment().charFormat().font()
        sizes[block.text()] = (font.pointSizeF(), font.bold())
        block = block.next()
    (title, _), (head, bold), (body, plain) = sizes["동의서"], sizes["대답"], sizes["면담: I-4MX9"]
    assert title > head > body
    assert bold
    assert not plain


def test_where_it_went_is_told_and_what_took_nothing_too(printer: QPrinter, tmp_path: Path) -> None:
    assert put_on(printer, paper(40)) == Printed(str(tmp_path / "copy.pdf"), "")
    if os.name == "posix":
        assert (tmp_path / "copy.pdf").stat().st_mode & 0o077 == 0, "for nobody else on this machine to read"
    printer.setOutputFileName(str(tmp_path / "no folder" / "copy.pdf"))
    assert put_on(printer, paper(1)) == NotPrinted()


@pytest.mark.parametrize("to_file", [True, False])
def test_what_is_secret_goes_to_a_printer_or_nowhere(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to_file: bool
) -> None:
    file, offered = tmp_path / "code.pdf", []

    class Chosen(QPrintDialog):
        """Somebody chose a file all the same."""

        def exec(self) -> int:
            offered.append(self.testOption(self.PrintDialogOption.PrintToFile))
            self.printer().setOutputFileName(str(file))
            return 1

    monkeypatch.setattr(printing, "QPrintDialog", Chosen)
    made = PrintRow("out", Wording(), "Print it …", "It is secret.", lambda: Paper("ABCD", ()), to_file=to_file)
    out = made.findChild(QPushButton, "out")
    assert out is not None
    out.click()
    assert (offered, file.exists()) == ([to_file], to_file)
