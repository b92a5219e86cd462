"""The blank Word document every DOCX export starts from, built from scratch so that it carries nobody's traces.

It has styles, an East Asian font, a running header and a page number; it has no properties, thumbnail, custom XML or dates.
Fonts are named, not embedded: Malgun Gothic comes with Windows, and the font table names open ones to use instead.
"""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FONTS = {"ko": "Malgun Gothic", "zh": "Microsoft YaHei", "ja": "Yu Gothic"}
"""East Asian font by language."""

_INSTEAD = {
    "Malgun Gothic": "Noto Sans CJK KR",
    "Microsoft YaHei": "Noto Sans CJK SC",
    "Yu Gothic": "Noto Sans CJK JP",
}
_PARTS = ("styles", "settings", "fontTable", "header", "footer")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can tell."""


def blank() -> bytes:
    """A document with one empty section: A4, 25 mm margins, a first page without header."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relationships(
            {f"rId{n}": (part, f"{part}.xml") for n, part in enumerate(_PARTS, start=1)}
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header.xml": _root("hdr", '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'),
        "word/footer.xml": _root("ftr", _PAGE_NUMBER),
    }
    return packed({name: (_XML + xml).encode() for name, xml in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive of `parts` in their order, telling neither when nor on what system it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, data)
    return out.getvalue()


def _content_types() -> str:
    overrides = {"document": "document.main", **{part: part for part in _PARTS}}
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
            for part, kind in overrides.items()
        )
        + "</Types>"
    )


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    rows = (
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _root(name: str, inside: str) -> str:
    return f'<w:{name} xmlns:w="{MAIN}" xmlns:r="{RELATIONS}">{inside}</w:{name}>'


_PAGE_NUMBER = (
    '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def _document() -> str:
    header, footer = (f"rId{_PARTS.index(part) + 1}" for part in ("header", "footer"))
    return _root(
        "document",
        "<w:body><w:sectPr>"
        f'<w:headerReference w:type="default" r:id="{header}"/><w:footerReference w:type="default" r:id="{footer}"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr></w:body>",
    )


def _settings() -> str:
    return _root(
        "settings",
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="ko-KR"/>',
    )


def _fonts() -> str:
    return _root(
        "fonts",
        "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _INSTEAD.items()),
    )


def _styles() -> str:
    font = FONTS["ko"]
    faces = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    return _root(
        "styles",
        f'<w:docDefaults><w:rPrDefault><w:rPr>{faces}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="ko-KR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        + _TABLE
        + _paragraph("Title", '<w:spacing w:before="2400" w:after="480"/>', '<w:b/><w:sz w:val="40"/>')
        + _paragraph("Heading1", '<w:keepNext/><w:spacing w:before="360" w:after="120"/>', '<w:b/><w:sz w:val="24"/>')
        + _paragraph("Turn", '<w:widowControl/><w:ind w:left="0"/><w:jc w:val="left"/>', "")
        + _paragraph("Header", '<w:spacing w:after="0"/><w:jc w:val="right"/>', '<w:color w:val="595959"/>')
        + _paragraph("Footer", '<w:spacing w:after="0"/><w:jc w:val="center"/>', '<w:color w:val="595959"/>')
        + '<w:style w:type="character" w:customStyle="1" w:styleId="Speaker"><w:name w:val="Speaker"/>'
        "<w:rPr><w:b/></w:rPr></w:style>",
    )


_NAMES = {"Title": "Title", "Heading1": "heading 1", "Turn": "Turn", "Header": "header", "Footer": "footer"}

_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _paragraph(style: str, layout: str, letters: str) -> str:
    own = ' w:customStyle="1"' if style == "Turn" else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style}"><w:name w:val="{_NAMES[style]}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
    )
