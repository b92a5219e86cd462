"""Ways in files that are not packages: encodings, subtitles, tables, JSON, markup, names of files, packed files."""

import gzip
import html
import io
import json
import tarfile
import unicodedata
import zlib
from collections.abc import Callable

from tests.helpers.planting import zipped
from tests.helpers.plants import Planted, Way, is_hangul

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{}\n\n00:00:02.000 --> 00:00:03.000\n{}\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\n{}\n\n2\n00:00:02,000 --> 00:00:03,000\n{}\n"


def _cut(known: str) -> tuple[str, str]:
    return known[:1], known[1:]


def _as(name: str, written: Callable[[str], str | bytes]) -> Callable[[str], Planted]:
    def plant(known: str) -> Planted:
        told = written(known)
        return name, told if isinstance(told, bytes) else told.encode()

    return plant


def _encodable(encoding: str) -> Callable[[str], bool]:
    def possible(known: str) -> bool:
        try:
            known.encode(encoding)
        except UnicodeEncodeError:
            return False
        return True

    return possible


def _vtt(first: str, second: str) -> Callable[[str], Planted]:
    """`{0}` stands for the first letter, `{1}` for the others, `{}` for all."""
    return _as("E-9KQ2.vtt", lambda s: VTT.format(_filled(first, s), _filled(second, s)))


def _srt(first: str, second: str) -> Callable[[str], Planted]:
    return _as("E-9KQ2.srt", lambda s: SRT.format(_filled(first, s), _filled(second, s)))


def _filled(pattern: str, known: str) -> str:
    head, rest = _cut(known)
    return pattern.replace("{0}", head).replace("{1}", rest).replace("{}", known)


SUBTITLES = [
    Way("VTT: in a cue", _vtt("네 {} 네", "네")),
    Way("VTT: across cues", _vtt("이름은 {0}", "{1} 네")),
    Way("VTT: across cues of a voice", _vtt("<v A>이름은 {0}", "<v A>{1} 네")),
    Way("VTT: across cues of two voices", _vtt("<v A>이름은 {0}", "<v B>{1} 네")),
    Way("VTT: as a voice", _vtt("<v {}>네", "네")),
    Way("VTT: as a class", _vtt("<c.{}>네</c>", "네"), lambda s: s.isalpha()),
    Way("VTT: tags inside", _vtt("우리 {0}<i>{1}</i> 네", "네")),
    Way("VTT: ruby", _vtt("<ruby>네<rt>{}</rt></ruby>", "네")),
    Way("VTT: a time inside", _vtt("네 {0}<00:00:01.500>{1} 네", "네")),
    Way("VTT: entities", _as("E-9KQ2.vtt", lambda s: VTT.format("&lrm;".join(s), "네"))),
    Way("VTT: a note", _as("E-9KQ2.vtt", lambda s: VTT.format("네", "네") + f"\nNOTE {s}\n")),
    Way("VTT: the name of a cue", _as("E-9KQ2.vtt", lambda s: f"WEBVTT\n\n{s}\n00:00:01.000 --> 00:00:02.000\n네\n")),
    Way("VTT: the head", _as("E-9KQ2.vtt", lambda s: f"WEBVTT {s}\n\n00:00:01.000 --> 00:00:02.000\n네\n")),
    Way("VTT: a style", _as("E-9KQ2.vtt", lambda s: f'WEBVTT\n\nSTYLE\n::cue(v[voice="{s}"]) {{}}\n')),
    Way("VTT: a setting of a cue", _as("E-9KQ2.vtt", lambda s: f"WEBVTT\n\n00:01.000 --> 00:02.000 region:{s}\n네\n")),
    Way("SRT: in a cue", _srt("네 {} 네", "네")),
    Way("SRT: across cues", _srt("이름은 {0}", "{1} 네")),
    Way("SRT: across cues behind labels", _srt("A: 이름은 {0}", "A: {1} 네")),
    Way("SRT: across cues behind dashes", _srt("- 이름은 {0}", "- {1} 네")),
    Way("SRT: across lines of a cue", _srt("이름은 {0}\n{1} 네", "네")),
    Way(
        "SRT: carriage returns",
        _as("E-9KQ2.srt", lambda s: _filled(SRT.format("은 {0}", "{1} 네"), s).replace("\n", "\r\n")),
    ),
    Way("SRT: markup", _srt("<font color=red>{0}</font><b>{1}</b>", "네")),
    Way("SRT: position codes", _srt("{\\an8}{} 네", "네")),
]

TABLES = [
    Way("CSV: a cell", _as("E-9KQ2.csv", lambda s: f'n,text\n1,"{s}, 네"\n2,b\n')),
    Way("CSV: the next row", _as("E-9KQ2.csv", lambda s: f"n,text,x\n1,은 {s[:1]},가\n2,{s[1:]} 네,나\n")),
    Way("CSV: the next column", _as("E-9KQ2.csv", lambda s: f"n,a,b\n1,은 {s[:1]},{s[1:]} 네\n2,가,나\n")),
    Way("CSV: a head", _as("E-9KQ2.csv", lambda s: f"n,{s}\n1,2\n2,3\n")),
    Way("CSV: quotes inside", _as("E-9KQ2.csv", lambda s: f'n,text\n1,"{s[:1]}""{s[1:]}"\n2,b\n')),
    Way("CSV: a line break in a cell", _as("E-9KQ2.csv", lambda s: f'n,text\n1,"{s[:1]}\n{s[1:]}"\n2,b\n')),
    Way("TSV: a cell", _as("E-9KQ2.tsv", lambda s: f"n\ttext\n1\t{s} 네\n2\tb\n")),
    Way("CSV: in CP949", _as("E-9KQ2.csv", lambda s: f"n,text\n1,{s}\n".encode("cp949")), _encodable("cp949")),
    Way("JSON: a value", _as("E-9KQ2.json", lambda s: json.dumps({"a": [{"text": s}]}, ensure_ascii=False))),
    Way("JSON: a key", _as("E-9KQ2.json", lambda s: json.dumps({s: 1}, ensure_ascii=False))),
    Way(
        "JSON: the next segment",
        _as(
            "E-9KQ2.json",
            lambda s: json.dumps(
                [{"text": f"은 {s[:1]}", "n": 1}, {"text": f"{s[1:]} 네", "n": 2}], ensure_ascii=False
            ),
        ),
    ),
    Way("JSON: in JSON", _as("E-9KQ2.json", lambda s: json.dumps({"x": json.dumps({"y": s})}))),
    Way("JSON: cut off", _as("E-9KQ2.json", lambda s: json.dumps({"x": s}, ensure_ascii=False)[:-1])),
]

ENCODINGS = [
    *(
        Way(
            f"text: in {encoding}",
            _as("E-9KQ2.txt", lambda s, e=encoding: f"그때 {s} 네".encode(e)),
            _encodable(encoding),
        )
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp949")
    ),
    Way("text: UTF-16 amid UTF-8", _as("E-9KQ2.txt", lambda s: "그때 ".encode() + s.encode("utf-16-le"))),
    Way(
        "text: CP949 amid UTF-8",
        _as("E-9KQ2.txt", lambda s: "그때 ".encode() + s.encode("cp949") + b" x"),
        lambda s: not s.isascii() and _encodable("cp949")(s),
    ),
    Way("text: an ending that promises something else", _as("E-9KQ2.bin", lambda s: f"그때 {s} 네")),
]

MARKUP = [
    Way("XML: text", _as("E-9KQ2.xml", lambda s: f"<TEI><p>{s}</p></TEI>")),
    Way("XML: an attribute", _as("E-9KQ2.xml", lambda s: f"<TEI who='{s}'/>")),
    Way("XML: elements inside", _as("E-9KQ2.xml", lambda s: f"<TEI><p>네 {s[:1]}<hi>{s[1:]}</hi></p></TEI>")),
    Way("XML: a comment", _as("E-9KQ2.xml", lambda s: f"<TEI><!-- {s.replace('--', '-')} --></TEI>")),
    Way("XML: CDATA", _as("E-9KQ2.xml", lambda s: f"<TEI><![CDATA[{s}]]></TEI>")),
    Way(
        "XML: in UTF-16",
        _as("E-9KQ2.xml", lambda s: f"<?xml version='1.0' encoding='utf-16'?><a>{s}</a>".encode("utf-16")),
    ),
    Way(
        "HTML: a description",
        _as("E-9KQ2.html", lambda s: f"<html><meta name='author' content='{html.escape(s)}'><p>네"),
    ),
    Way(
        "HTML: a hidden part", _as("E-9KQ2.html", lambda s: f"<html><p style='display:none'>{s[:1]}<b>{s[1:]}</b></p>")
    ),
    Way("Markdown: alternative text", _as("E-9KQ2.md", lambda s: f"![{s}](x.png)\n")),
    Way("Markdown: a reference", _as("E-9KQ2.md", lambda s: f'[1]: http://x/ "{s}"\n')),
]


def _tar(known: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as packed:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(known.encode())
        packed.addfile(entry, io.BytesIO(known.encode()))
    return out.getvalue()


NAMES_AND_PACKAGES = [
    Way("file name", lambda s: (f"{s}.txt", b"x")),
    Way("file name: decomposed", lambda s: (unicodedata.normalize("NFD", f"{s}.txt"), b"x"), is_hangul),
    Way("file name: underscores", lambda s: (f"{'_'.join(s)}.txt", b"x")),
    Way("file name: its ending", lambda s: (f"talk.{s}", b"x")),
    Way("gzip: its content", _as("E-9KQ2.txt.gz", lambda s: gzip.compress(f"그때 {s} 네".encode()))),
    Way("gzip: the name inside", lambda s: ("E-9KQ2.gz", _gzip_named(s))),
    Way("ZIP: a part", _as("E-9KQ2.zip", lambda s: zipped({"a.txt": f"그때 {s} 네".encode()}))),
    Way("ZIP: a part's name", _as("E-9KQ2.zip", lambda s: zipped({f"{s}.txt": b"x"}))),
    Way("ZIP: a folder's name", _as("E-9KQ2.zip", lambda s: zipped({f"{s}/": b"", f"{s}/a.txt": b"x"}))),
    Way("ZIP: its comment", _as("E-9KQ2.zip", lambda s: zipped({"a.txt": b"x"}, s.encode()))),
    Way(
        "ZIP: its comment in CP949",
        _as("E-9KQ2.zip", lambda s: zipped({"a.txt": b"x"}, s.encode("cp949"))),
        _encodable("cp949"),
    ),
    Way("ZIP: a package in a package", _as("E-9KQ2.zip", lambda s: zipped({"a.zip": zipped({"b.txt": s.encode()})}))),
    Way("ZIP: a gzip in a package", _as("E-9KQ2.zip", lambda s: zipped({"a.gz": gzip.compress(s.encode())}))),
    Way("tar", _as("E-9KQ2.tar", _tar)),
]


def _gzip_named(known: str) -> bytes:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b"x") + packed.flush()
    return (
        b"\x1f\x8b\x08\x08\0\0\0\0\0\x03"
        + known.encode()
        + b"\0"
        + body
        + zlib.crc32(b"x").to_bytes(4, "little")
        + b"\x01\0\0\0"
    )


FILES = [*SUBTITLES, *TABLES, *ENCODINGS, *MARKUP, *NAMES_AND_PACKAGES]
