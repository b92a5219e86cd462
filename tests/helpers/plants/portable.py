"""Ways in a PDF, put together by hand: drawn and not drawn, in properties, beside objects, in versions that were overwritten."""

import zlib
from collections.abc import Callable, Iterable
from urllib.parse import quote

from tests.helpers.plants import Planted, Way, is_latin

LETTERS = "  " + "저는살아있습니다"
"""Codes of the clean words; what is planted comes behind."""


def codes(text: str, known: str) -> str:
    """`text` as a hexadecimal string of the font that `document` makes for `known`."""
    order = LETTERS + known
    return "<" + "".join(f"{order.index(one):04X}" for one in text) + ">"


def _meanings(known: str) -> bytes:
    order = LETTERS + known
    lines = "\n".join(f"<{n:04X}> <{one.encode('utf-16-be').hex()}>" for n, one in enumerate(order))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> "
        f"endcodespacerange {len(order)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    ).encode()


def stream(data: bytes, entries: str = "", packed: bool = True) -> bytes:
    body = zlib.compress(data) if packed else data
    filtered = "/Filter /FlateDecode " if packed else ""
    return f"<< {filtered}{entries} /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"


def text_string(known: str) -> str:
    return "<" + ("\ufeff" + known).encode("utf-16-be").hex() + ">"


def document(
    known: str,
    drawn: str = "",
    *,
    page: str = "",
    catalog: str = "",
    info: str = "",
    more: Iterable[bytes] = (),
    pages: Iterable[str] = (),
) -> bytes:
    """One page that says something harmless and what `drawn` draws; `more` are objects from number 8 on; `pages` follow."""
    harmless = f"BT /F1 12 Tf 50 700 Td {codes('저는살아있습니다', known)} Tj ET\n"
    others = [stream(one.encode()) for one in pages]
    first_other = 8 + len(list(more))
    kids = " ".join(["3 0 R", *(f"{first_other + 2 * n} 0 R" for n in range(len(others)))])
    fonts = "/Resources << /Font << /F1 5 0 R /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {1 + len(others)} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents 4 0 R {page} >>".encode(),
        stream((harmless + drawn).encode()),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        stream(_meanings(known)),
        *more,
    ]
    for n, one in enumerate(others):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents {first_other + 2 * n + 1} 0 R >>".encode(),
            one,
        ]
    return assembled(objects, f"/Info << {info} >>" if info else "")


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + head.encode() + tail.encode()


def overwritten(known: str) -> bytes:
    """A second version put behind the first, in which the page no longer draws the string."""
    first = document(known, f"BT /F1 12 Tf 50 600 Td {codes(known, known)} Tj ET")
    at = len(first)
    page = stream(f"BT /F1 12 Tf 50 700 Td {codes('저는살아있습니다', known)} Tj ET".encode())
    body = b"4 0 obj\n" + page + b"\nendobj\n"
    before = first.rindex(b"startxref\n") + 10
    previous = int(first[before:].split()[0])
    tail = f"xref\n4 1\n{at:010} 00000 n \ntrailer\n<< /Size 8 /Root 1 0 R /Prev {previous} >>\n"
    tail += f"startxref\n{at + len(body)}\n%%EOF\n"
    return first + body + tail.encode()


def _pdf(made: Callable[[str], bytes]) -> Callable[[str], Planted]:
    return lambda known: ("E-9KQ2.pdf", made(known))


def _drawn(operators: Callable[[str], str]) -> Callable[[str], Planted]:
    return _pdf(lambda s: document(s, operators(s)))


def _cut(s: str) -> tuple[str, str]:
    return codes(s[:1], s), codes(s[1:], s)


def _annotated(entries: str, more: Iterable[bytes] = ()) -> Callable[[str], bytes]:
    def made(known: str) -> bytes:
        filled = entries.replace("{}", text_string(known))
        return document(known, page=f"/Annots [<< /Type /Annot /Rect [0 0 9 9] {filled} >>]", more=more)

    return made


def _form(known: str) -> bytes:
    return stream(
        f"BT /F1 12 Tf 0 0 Td {codes(known, known)} Tj ET".encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 5 0 R >> >>",
    )


def _xmp(known: str) -> bytes:
    return stream(
        f'<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{known}</a></x:xmpmeta><?xpacket end="w"?>'.encode(),
        "/Type /Metadata /Subtype /XML",
    )


def _attached(known: str, name: str, content: bytes) -> bytes:
    files = f"/Names << /EmbeddedFiles << /Names [(x) << /Type /Filespec /UF {text_string(name)} /EF << /F 8 0 R >> >>] >> >>"
    return document(known, catalog=files, more=[stream(content, "/Type /EmbeddedFile")])


def _literal(text: str) -> str:
    return "(" + "".join(f"\\{one:03o}" for one in text.encode("cp949")) + ")"


DRAWN = [
    Way("PDF: drawn", _drawn(lambda s: f"BT /F1 12 Tf 50 600 Td {codes(s, s)} Tj ET")),
    Way("PDF: drawn without a colour", _drawn(lambda s: f"BT 3 Tr /F1 12 Tf 50 600 Td {codes(s, s)} Tj ET")),
    Way("PDF: drawn in white", _drawn(lambda s: f"1 1 1 rg BT /F1 12 Tf 50 600 Td {codes(s, s)} Tj ET")),
    Way("PDF: drawn outside of the page", _drawn(lambda s: f"BT /F1 12 Tf -900 9000 Td {codes(s, s)} Tj ET")),
    Way("PDF: drawn very small", _drawn(lambda s: f"BT /F1 0.01 Tf 50 600 Td {codes(s, s)} Tj ET")),
    Way("PDF: clipped away", _drawn(lambda s: f"0 0 1 1 re W n BT /F1 12 Tf 50 600 Td {codes(s, s)} Tj ET")),
    Way(
        "PDF: under a black bar", _drawn(lambda s: f"BT /F1 12 Tf 50 600 Td {codes(s, s)} Tj ET 0 g 40 590 200 30 re f")
    ),
    Way(
        "PDF: letter by letter",
        _drawn(lambda s: "BT /F1 12 Tf 50 600 Td " + " ".join(f"{codes(one, s)} Tj" for one in s) + " ET"),
    ),
    Way(
        "PDF: each letter in its own place",
        _drawn(
            lambda s: " ".join(f"BT /F1 12 Tf {50 + 12 * n} 600 Td {codes(one, s)} Tj ET" for n, one in enumerate(s))
        ),
    ),
    Way(
        "PDF: letters moved apart",
        _drawn(lambda s: f"BT /F1 12 Tf 50 600 Td [{' -300 '.join(codes(one, s) for one in s)}] TJ ET"),
    ),
    Way(
        "PDF: broken at the end of a line",
        _drawn(lambda s: "BT /F1 12 Tf 50 600 Td {} Tj 0 -20 Td {} Tj ET".format(*_cut(s))),
    ),
    Way("PDF: on a turned page", _drawn(lambda s: f"BT /F1 12 Tf 0 1 -1 0 300 300 Tm {codes(s, s)} Tj ET")),
    Way(
        "PDF: in one line with other words",
        _drawn(lambda s: f"BT /F1 12 Tf 50 600 Td {codes('저는' + s + '습니다', s)} Tj ET"),
    ),
    Way("PDF: with the quote operators", _drawn(lambda s: f"BT /F1 12 Tf 14 TL 50 600 Td {codes(s, s)} ' ET")),
    Way("PDF: in a plain Latin font", _drawn(lambda s: f"BT /F2 12 Tf 50 600 Td ({s}) Tj ET"), is_latin),
    Way(
        "PDF: in a form",
        _pdf(
            lambda s: document(s, "/Fm Do", page="", more=[_form(s)]).replace(
                b"/Font << /F1 5 0 R /F2", b"/XObject << /Fm 8 0 R >> /Font << /F1 5 0 R /F2"
            )
        ),
    ),
    Way(
        "PDF: across pages",
        _pdf(
            lambda s: document(
                s, f"BT /F1 12 Tf 50 60 Td {_cut(s)[0]} Tj ET", pages=[f"BT /F1 12 Tf 50 700 Td {_cut(s)[1]} Tj ET"]
            )
        ),
    ),
    Way(
        "PDF: across pages with running lines",
        _pdf(
            lambda s: document(
                s,
                f"BT /F1 12 Tf 50 60 Td {_cut(s)[0]} Tj ET",
                pages=[f"BT /F1 12 Tf 50 800 Td {codes('저는살아있습니다', s)} Tj 0 -99 Td {_cut(s)[1]} Tj ET"],
            )
        ),
    ),
    Way("PDF: what a screen reader says", _drawn(lambda s: f"/Span << /ActualText {text_string(s)} >> BDC EMC")),
    Way("PDF: a comment among the operators", _drawn(lambda s: f"% {s}\n0 g")),
]

BESIDE = [
    Way("PDF: its title", _pdf(lambda s: document(s, info=f"/Title {text_string(s)}"))),
    Way(
        "PDF: its author in CP949",
        _pdf(lambda s: document(s, info=f"/Author {_literal(s)}")),
        lambda s: s.encode("cp949", "ignore").decode("cp949") == s and len(s.encode("cp949")) > 3,
    ),
    Way("PDF: an own property", _pdf(lambda s: document(s, info=f"/Erzaehlt {text_string(s)}"))),
    Way(
        "PDF: the name of a property",
        _pdf(lambda s: document(s, info=f"/{''.join(f'#{one:02X}' for one in s.encode())} 1")),
    ),
    Way("PDF: metadata in XML", _pdf(lambda s: document(s, catalog="/Metadata 8 0 R", more=[_xmp(s)]))),
    Way(
        "PDF: a bookmark",
        _pdf(
            lambda s: document(
                s, catalog="/Outlines 8 0 R", more=[f"<< /First << /Title {text_string(s)} >> >>".encode()]
            )
        ),
    ),
    Way(
        "PDF: the label of a page",
        _pdf(lambda s: document(s, catalog=f"/PageLabels << /Nums [0 << /P {text_string(s)} >>] >>")),
    ),
    Way(
        "PDF: the name of a layer",
        _pdf(lambda s: document(s, catalog=f"/OCProperties << /OCGs [<< /Name {text_string(s)} >>] >>")),
    ),
    Way("PDF: a note", _pdf(_annotated("/Subtype /Text /Contents {}"))),
    Way("PDF: who wrote a note", _pdf(_annotated("/Subtype /Text /T {} /Contents (x)"))),
    Way("PDF: the look of a note", _pdf(lambda s: _annotated("/Subtype /Stamp /AP << /N 8 0 R >>", [_form(s)])(s))),
    Way(
        "PDF: where a link leads",
        _pdf(lambda s: _annotated(f"/Subtype /Link /A << /S /URI /URI (http://x/{quote(s)}) >>")(s)),
    ),
    Way(
        "PDF: a field of a form",
        _pdf(lambda s: document(s, catalog=f"/AcroForm << /Fields [<< /T (x) /V {text_string(s)} >>] >>")),
    ),
    Way(
        "PDF: alternative text",
        _pdf(lambda s: document(s, catalog=f"/StructTreeRoot << /K << /S /Figure /Alt {text_string(s)} >> >>")),
    ),
    Way(
        "PDF: a script",
        _pdf(
            lambda s: document(
                s, catalog="/OpenAction << /S /JavaScript /JS 8 0 R >>", more=[stream(f"app.alert('{s}')".encode())]
            )
        ),
    ),
    Way("PDF: the name of an attachment", _pdf(lambda s: _attached(s, f"{s}.wav", b"x"))),
    Way("PDF: an attached text", _pdf(lambda s: _attached(s, "a.txt", f"그때 {s} 네".encode()))),
    Way("PDF: an attached text in UTF-16", _pdf(lambda s: _attached(s, "a.txt", f"그때 {s} 네".encode("utf-16")))),
    Way(
        "PDF: a picture's bytes",
        _pdf(
            lambda s: document(
                s, more=[stream(b"\xff\xd8" + s.encode() * 2 + b"\xff", "/Type /XObject /Subtype /Image", packed=False)]
            )
        ),
        lambda s: len(s.encode()) > 5,
    ),
    Way(
        "PDF: a font's bytes",
        _pdf(lambda s: document(s, more=[stream(b"\x00\x01" + s.encode("utf-16-be") * 2, "/Length1 99")])),
        lambda s: len(s) > 2,
    ),
    Way("PDF: a version that was overwritten", _pdf(overwritten)),
    Way(
        "PDF: a lost stream",
        _pdf(
            lambda s: (
                document(s).replace(b"%PDF-1.7\n", b"%PDF-1.7\n")
                + b"9 0 obj\n"
                + stream(f"그때 {s} 네".encode())
                + b"\nendobj\n%%EOF\n"
            )
        ),
    ),
    Way("PDF: a comment between objects", _pdf(lambda s: document(s) + f"% {s}\n".encode())),
    Way("PDF: bytes between objects", _pdf(lambda s: document(s) + f"\n{s}\n".encode()), lambda s: not s.isascii()),
    Way("PDF: inside a package", lambda s: ("E-9KQ2.zip", _zipped_pdf(s))),
]


def _zipped_pdf(known: str) -> bytes:
    from tests.helpers.planting import zipped

    return zipped({"a.pdf": document(known, f"BT /F1 12 Tf 50 600 Td {codes(known, known)} Tj ET")})


PORTABLE = [*DRAWN, *BESIDE]
