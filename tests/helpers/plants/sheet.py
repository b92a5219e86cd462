"""Ways in a spreadsheet: cells however they are stored, formulas, names, comments, heads and feet, what is hidden."""

import html
from collections.abc import Callable

from tests.helpers.planting import zipped
from tests.helpers.plants import Planted, Way

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _x(known: str) -> str:
    return html.escape(known)


def book(rows: str = "", strings: str = "", beside: str = "", workbook: str = "", **parts: str) -> bytes:
    """A workbook of one sheet: its `rows`, the shared `strings`, what stands `beside` the rows, and further parts by name."""
    told = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets><sheet name="a" sheetId="1"/></sheets>{workbook}</workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{beside}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    } | {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()}
    return zipped({name: data.encode() for name, data in told.items()})


def _row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(place: str, said: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{_x(said)}</t></is></c>'


def _shared(place: str, number: int) -> str:
    return f'<c r="{place}" t="s"><v>{number}</v></c>'


def _sheet(made: Callable[[str], bytes]) -> Callable[[str], Planted]:
    return lambda known: ("E-9KQ2.xlsx", made(known))


SHEETS = [
    Way("XLSX: an inline cell", _sheet(lambda s: book(_row(1, _text("A1", f"그때 {s} 네"))))),
    Way("XLSX: a shared cell", _sheet(lambda s: book(_row(1, _shared("A1", 0)), f"<si><t>그때 {_x(s)} 네</t></si>"))),
    Way("XLSX: a shared string that no cell shows", _sheet(lambda s: book("", f"<si><t>{_x(s)}</t></si>"))),
    Way(
        "XLSX: runs of a shared string",
        _sheet(
            lambda s: book(
                _row(1, _shared("A1", 0)), f"<si><r><t>{_x(s[:1])}</t></r><r><rPr><b/></rPr><t>{_x(s[1:])}</t></r></si>"
            )
        ),
    ),
    Way(
        "XLSX: a reading aid",
        _sheet(lambda s: book(_row(1, _shared("A1", 0)), f"<si><t>네</t><rPh sb='0' eb='1'><t>{_x(s)}</t></rPh></si>")),
    ),
    Way("XLSX: the next cell", _sheet(lambda s: book(_row(1, _text("A1", f"은 {s[:1]}"), _text("B1", f"{s[1:]} 네"))))),
    Way(
        "XLSX: the next row",
        _sheet(
            lambda s: book(
                _row(1, _text("A1", "n"), _text("B1", "x"))
                + _row(2, _text("A2", f"은 {s[:1]}"), _text("B2", "가"))
                + _row(3, _text("A3", f"{s[1:]} 네"), _text("B3", "나"))
            )
        ),
    ),
    Way(
        "XLSX: the next row, shared in another order",
        _sheet(
            lambda s: book(
                _row(1, _shared("A1", 2), _shared("B1", 1)) + _row(2, _shared("A2", 0), _shared("B2", 1)),
                f"<si><t>{_x(s[1:])} 네</t></si><si><t>가나</t></si><si><t>은 {_x(s[:1])}</t></si>",
            )
        ),
    ),
    Way("XLSX: a formula", _sheet(lambda s: book(_row(1, f'<c r="A1"><f>CONCAT("{_x(s)}")</f><v>1</v></c>')))),
    Way(
        "XLSX: the result of a formula",
        _sheet(lambda s: book(_row(1, f'<c r="A1" t="str"><f>A2</f><v>{_x(s)}</v></c>'))),
    ),
    Way("XLSX: a hidden row", _sheet(lambda s: book(f'<row r="1" hidden="1">{_text("A1", s)}</row>'))),
    Way("XLSX: a cell far away", _sheet(lambda s: book(_row(99999, _text("ZZ99999", s))))),
    Way(
        "XLSX: a defined name",
        _sheet(lambda s: book(workbook=f'<definedNames><definedName name="x">"{_x(s)}"</definedName></definedNames>')),
    ),
    Way(
        "XLSX: the name of a name",
        _sheet(lambda s: book(workbook=f'<definedNames><definedName name="{_x(s)}">1</definedName></definedNames>')),
    ),
    Way("XLSX: the name of a sheet", _sheet(lambda s: book(workbook=f'<x><sheet name="{_x(s)}"/></x>'))),
    Way(
        "XLSX: a head",
        _sheet(lambda s: book(beside=f"<headerFooter><oddHeader>&amp;C{_x(s)}</oddHeader></headerFooter>")),
    ),
    Way(
        "XLSX: a comment",
        _sheet(
            lambda s: book(
                xl__comments1_xml=f'<comments xmlns="{MAIN}"><commentList><comment ref="A1">'
                f"<text><r><t>{_x(s[:1])}</t></r><r><t>{_x(s[1:])}</t></r></text>"
                "</comment></commentList></comments>"
            )
        ),
    ),
    Way(
        "XLSX: the author of a comment",
        _sheet(
            lambda s: book(
                xl__comments1_xml=f'<comments xmlns="{MAIN}"><authors><author>{_x(s)}</author></authors></comments>'
            )
        ),
    ),
    Way(
        "XLSX: a threaded comment",
        _sheet(
            lambda s: book(
                xl__threadedComments__t1_xml=f"<T><threadedComment ref='A1'><text>{_x(s)}</text></threadedComment></T>"
            )
        ),
    ),
    Way(
        "XLSX: a person",
        _sheet(lambda s: book(xl__persons__person_xml=f"<personList><person displayName='{_x(s)}'/></personList>")),
    ),
    Way(
        "XLSX: a list to choose from",
        _sheet(
            lambda s: book(
                beside=f"<x><dataValidation sqref='A1'><formula1>\"{_x(s)}\"</formula1></dataValidation></x>"
            )
        ),
    ),
    Way(
        "XLSX: the help of a cell",
        _sheet(
            lambda s: book(beside=f"<dataValidations><dataValidation sqref='A1' prompt='{_x(s)}'/></dataValidations>")
        ),
    ),
    Way(
        "XLSX: a link",
        _sheet(lambda s: book(beside=f"<hyperlinks><hyperlink ref='A1' tooltip='{_x(s)}'/></hyperlinks>")),
    ),
    Way(
        "XLSX: a style",
        _sheet(
            lambda s: book(xl__styles_xml=f"<styleSheet xmlns='{MAIN}'><numFmt formatCode='\"{_x(s)}\"'/></styleSheet>")
        ),
    ),
    Way(
        "XLSX: a chart",
        _sheet(lambda s: book(xl__charts__chart1_xml=f"<c:chart xmlns:c='urn:c'><c:v>{_x(s)}</c:v></c:chart>")),
    ),
    Way(
        "XLSX: a pivot cache",
        _sheet(lambda s: book(xl__pivotCache__records_xml=f"<r xmlns='{MAIN}'><s v='{_x(s)}'/></r>")),
    ),
    Way(
        "XLSX: an outside book",
        _sheet(lambda s: book(xl__externalLinks__l_xml=f"<l xmlns='{MAIN}'><sheetName val='{_x(s)}'/></l>")),
    ),
    Way(
        "XLSX: who saved it",
        _sheet(lambda s: book(docProps__core_xml=f"<cp><lastModifiedBy>{_x(s)}</lastModifiedBy></cp>")),
    ),
]
