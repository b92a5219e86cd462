"""Ways in a Word document: on the page, off it, and in every corner of the package."""

import html
import io
import zipfile
from collections.abc import Callable
from urllib.parse import quote

from tests.helpers.planting import run, word_parts, word_with, word_with_part, zipped
from tests.helpers.plants import Planted, Way, is_latin

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def _in_run(xml: Callable[[str], str]) -> Callable[[str], Planted]:
    """`xml` makes of the string what stands among the runs of a paragraph."""
    return lambda known: ("E-9KQ2.docx", word_with(xml(known)))


def _part(name: Callable[[str], str] | str, data: Callable[[str], bytes | str]) -> Callable[[str], Planted]:
    def plant(known: str) -> Planted:
        told = data(known)
        content = told if isinstance(told, bytes) else told.encode()
        return "E-9KQ2.docx", word_with_part(name if isinstance(name, str) else name(known), content)

    return plant


def _x(known: str) -> str:
    return html.escape(known)


def _runs(known: str, *between: str) -> str:
    return "".join(run(_x(one)) + "".join(between) for one in known)


def _paragraph(inside: str) -> str:
    return f"</w:p><w:p>{inside}</w:p><w:p>"


def _drawing(attribute: str, known: str) -> str:
    return (
        f'<w:r><w:drawing><wp:docPr xmlns:wp="{DRAWING}" id="1" name="x" {attribute}="{_x(known)}"/></w:drawing></w:r>'
    )


def _cells(known: str) -> str:
    cells = "".join(f"<w:tc><w:p>{run(_x(one))}</w:p></w:tc>" for one in (known[:1], known[1:]))
    return f"</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p>"


def _text_box(known: str) -> str:
    return f"<w:r><w:pict><w:txbxContent><w:p>{run(_x(known))}</w:p></w:txbxContent></w:pict></w:r>"


ON_THE_PAGE = [
    Way("Word: a run", _in_run(lambda s: run(_x(f"그때 {s} 네")))),
    Way("Word: a run for every letter", _in_run(_runs)),
    Way("Word: runs of several formats", _in_run(lambda s: run(_x(s[:1]), "<w:b/>") + run(_x(s[1:]), "<w:i/>"))),
    Way(
        "Word: bookmarks between runs",
        _in_run(lambda s: _runs(s, '<w:bookmarkStart w:id="1" w:name="x"/>', '<w:bookmarkEnd w:id="1"/>')),
    ),
    Way("Word: spelling marks between runs", _in_run(lambda s: _runs(s, '<w:proofErr w:type="spellStart"/>'))),
    Way("Word: comment marks between runs", _in_run(lambda s: _runs(s, '<w:commentRangeStart w:id="1"/>'))),
    Way(
        "Word: a link around a run", _in_run(lambda s: run(_x(s[:1])) + f"<w:hyperlink>{run(_x(s[1:]))}</w:hyperlink>")
    ),
    Way(
        "Word: a content control",
        _in_run(lambda s: run(_x(s[:1])) + f"<w:sdt><w:sdtContent>{run(_x(s[1:]))}</w:sdtContent></w:sdt>"),
    ),
    Way("Word: a smart tag", _in_run(lambda s: run(_x(s[:1])) + f"<w:smartTag>{run(_x(s[1:]))}</w:smartTag>")),
    Way("Word: paragraphs", _in_run(lambda s: run(_x(s[:1])) + _paragraph(run(_x(s[1:]))))),
    Way("Word: table cells", _in_run(_cells)),
    Way("Word: a line break", _in_run(lambda s: f"<w:r><w:t>{_x(s[:1])}</w:t><w:br/><w:t>{_x(s[1:])}</w:t></w:r>")),
    Way("Word: a tab", _in_run(lambda s: f"<w:r><w:t>{_x(s[:1])}</w:t><w:tab/><w:t>{_x(s[1:])}</w:t></w:r>")),
    Way(
        "Word: a soft hyphen element",
        _in_run(lambda s: f"<w:r><w:t>{_x(s[:1])}</w:t><w:softHyphen/><w:t>{_x(s[1:])}</w:t></w:r>"),
    ),
    Way("Word: a text box", _in_run(_text_box)),
    Way("Word: hidden text", _in_run(lambda s: run(_x(s), "<w:vanish/>"))),
    Way("Word: hidden text inside", _in_run(lambda s: run(_x(s[:1])) + run("가나다", "<w:vanish/>") + run(_x(s[1:])))),
    Way("Word: white text", _in_run(lambda s: run(_x(s), '<w:color w:val="FFFFFF"/>'))),
    Way("Word: letters of one point", _in_run(lambda s: run(_x(s), '<w:sz w:val="2"/>'))),
    Way("Word: small capitals", _in_run(lambda s: run(_x(s.lower()), "<w:smallCaps/>")), is_latin),
    Way("Word: deleted text", _in_run(lambda s: f"<w:del><w:r><w:delText>{_x(s)}</w:delText></w:r></w:del>")),
    Way(
        "Word: deleted text inside",
        _in_run(lambda s: run(_x(s[:1])) + "<w:del><w:r><w:delText>가나</w:delText></w:r></w:del>" + run(_x(s[1:]))),
    ),
    Way(
        "Word: the deleted end of a name",
        _in_run(
            lambda s: (
                run(_x(s[:1]))
                + f"<w:ins>{run('가나')}</w:ins><w:del><w:r><w:delText>{_x(s[1:])}</w:delText></w:r></w:del>"
            )
        ),
    ),
    Way("Word: inserted text", _in_run(lambda s: f"<w:ins>{run(_x(s))}</w:ins>")),
    Way("Word: moved text", _in_run(lambda s: f"<w:moveFrom>{run(_x(s))}</w:moveFrom>")),
    Way("Word: author of a change", _in_run(lambda s: f'<w:ins w:author="{_x(s)}">{run("네")}</w:ins>')),
    Way("Word: field code", _in_run(lambda s: f'<w:r><w:instrText> HYPERLINK "http://x/{_x(s)}" </w:instrText></w:r>')),
    Way("Word: simple field", _in_run(lambda s: f'<w:fldSimple w:instr=" AUTHOR {_x(s)} "/>')),
    Way("Word: bookmark name", _in_run(lambda s: f'<w:bookmarkStart w:id="1" w:name="{_x(s)}"/>')),
    Way("Word: alternative text", _in_run(lambda s: _drawing("descr", s))),
    Way("Word: title of a picture", _in_run(lambda s: _drawing("title", s))),
    Way("Word: tag of a control", _in_run(lambda s: f'<w:sdt><w:sdtPr><w:tag w:val="{_x(s)}"/></w:sdtPr></w:sdt>')),
    Way(
        "Word: a placeholder",
        _in_run(
            lambda s: f'<w:sdt><w:sdtPr><w:placeholder><w:docPart w:val="{_x(s)}"/></w:placeholder></w:sdtPr></w:sdt>'
        ),
    ),
    Way(
        "Word: ruby",
        _in_run(lambda s: f"<w:r><w:ruby><w:rt>{run(_x(s))}</w:rt><w:rubyBase>{run('네')}</w:rubyBase></w:ruby></w:r>"),
    ),
    Way("Word: XML comment", _in_run(lambda s: f"<!-- {s.replace('--', '-')} -->")),
    Way("Word: processing instruction", _in_run(lambda s: f"<?note {s}?>")),
    Way("Word: CDATA", _in_run(lambda s: f"<w:r><w:t><![CDATA[{s}]]></w:t></w:r>")),
    Way("Word: character references", _in_run(lambda s: run("".join(f"&#x{ord(one):X};" for one in s)))),
    Way("Word: unknown element", _in_run(lambda s: f'<x:{s} xmlns:x="urn:x"/>'), str.isalpha),
    Way("Word: namespace", _in_run(lambda s: f'<x:a xmlns:x="urn:{_x(s)}"/>')),
]

IN_PARTS = [
    Way(
        "Word: comments",
        _part("word/comments.xml", lambda s: f"<comments><comment author='x'>{_x(s)}</comment></comments>"),
    ),
    Way(
        "Word: author of a comment",
        _part("word/comments.xml", lambda s: f"<comments><comment author='{_x(s)}'>x</comment></comments>"),
    ),
    Way("Word: people", _part("word/people.xml", lambda s: f"<people><person author='{_x(s)}'/></people>")),
    Way("Word: footnotes", _part("word/footnotes.xml", lambda s: f"<f><p>{_x(s[:1])}</p><p>{_x(s[1:])}</p></f>")),
    Way("Word: a header", _part("word/header9.xml", lambda s: f"<hdr><p>{_x(s)}</p></hdr>")),
    Way("Word: a building block", _part("word/glossary/document.xml", lambda s: f"<g><p>{_x(s)}</p></g>")),
    Way(
        "Word: settings",
        _part("word/settings9.xml", lambda s: f"<settings><docVar name='x' val='{_x(s)}'/></settings>"),
    ),
    Way(
        "Word: inline markup of other XML",
        _part("custom/tei.xml", lambda s: f"<p>우리 {_x(s[:1])}<hi>{_x(s[1:])}</hi></p>"),
    ),
    Way("Word: author property", _part("docProps/core.xml", lambda s: f"<cp><creator>{_x(s)}</creator></cp>")),
    Way("Word: company property", _part("docProps/app.xml", lambda s: f"<p><Company>{_x(s)}</Company></p>")),
    Way("Word: custom property", _part("docProps/custom.xml", lambda s: f"<p><property name='{_x(s)}'/></p>")),
    Way("Word: custom XML", _part("customXml/item1.xml", lambda s: f"<a b='{_x(s)}'/>")),
    Way(
        "Word: XML in UTF-16",
        _part(
            "customXml/item1.xml", lambda s: f"<?xml version='1.0' encoding='UTF-16'?><a>{_x(s)}</a>".encode("utf-16")
        ),
    ),
    Way(
        "Word: relationship target",
        _part("word/_rels/x.xml.rels", lambda s: f'<R><r Target="file:///{quote(s)}.wav"/></R>'),
    ),
    Way(
        "Word: a template's path",
        _part("word/_rels/settings.xml.rels", lambda s: f'<R><r Target="C:\\Users\\{_x(s)}\\x.dotx"/></R>'),
    ),
    Way("Word: part name", _part(lambda s: f"word/media/{s}.png", lambda _: b"\x89PNG")),
    *(
        Way(
            f"Word: media in {encoding}",
            _part("word/media/1.png", lambda s, e=encoding: b"\x89PNG\xff\x00" + s.encode(e, "ignore") + b"\xff\x01"),
        )
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ),
    Way(
        "Word: media in CP949",
        _part("word/media/1.png", lambda s: b"\x89PNG\xff\x00" + s.encode("cp949", "ignore") + b"\xff\x01"),
        lambda s: s.encode("cp949", "ignore").decode("cp949") == s,
    ),
    Way(
        "Word: media in UTF-16 at an odd place",
        _part("word/media/1.png", lambda s: b"\x89PNG\xff" + s.encode("utf-16-le") + b"\xff\x01"),
    ),
    Way("Word: large media", _part("word/media/1.bin", lambda s: b"\xff\x00" * 600_000 + s.encode() + b"\xff\x00")),
    Way(
        "Word: a text part in CP949",
        _part("word/notes.txt", lambda s: f"이름은 {s} 네".encode("cp949", "ignore")),
        lambda s: s.encode("cp949", "ignore").decode("cp949") == s,
    ),
    Way(
        "Word: a package in a package",
        _part("word/embeddings/x.zip", lambda s: zipped({"a/b.xml": f"<t>{_x(s)}</t>".encode()})),
    ),
    Way("Word: the package's comment", lambda s: ("E-9KQ2.docx", zipped(word_parts(), s.encode()))),
    Way("Word: comment of an entry", lambda s: ("E-9KQ2.docx", _with_entry(comment=s))),
    Way("Word: extra field of an entry", lambda s: ("E-9KQ2.docx", _with_entry(extra=s))),
    Way("Word: an entry that stands twice", lambda s: ("E-9KQ2.docx", _twice(s))),
]


def _with_entry(comment: str = "", extra: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in word_parts().items():
            package.writestr(name, data)
        entry = zipfile.ZipInfo("word/x.xml")
        entry.comment = comment.encode()
        if extra:
            entry.extra = b"\xfe\xca" + len(extra.encode()).to_bytes(2, "little") + extra.encode()
        package.writestr(entry, b"<a/>")
    return out.getvalue()


def _twice(known: str) -> bytes:
    """The same name twice in the directory: readers show one of the two."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in word_parts().items():
            package.writestr(name, data)
        package.filelist.append(_written_again(package, known))
    return out.getvalue()


def _written_again(package: zipfile.ZipFile, known: str) -> zipfile.ZipInfo:
    package.writestr("word/y.xml", f"<a>{_x(known)}</a>")
    entry = package.filelist.pop()
    entry.filename = "word/y.xml"
    return entry


WORD = [*ON_THE_PAGE, *IN_PARTS]
