"""A PDF taken apart: the words of its pages and forms, every string and name, every stream, earlier versions, and what is left.

`pdf_text` says what is drawn. Beside it stands a reader of bytes that knows nothing but how PDF marks strings and streams: it
finds what no page and no table of contents leads to any more.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from oralhistory.anonymise.leakcheck import plain
from oralhistory.anonymise.leakcheck.search import Kind, Reading

if TYPE_CHECKING:
    from pdfminer.pdftypes import PDFStream

SIGNATURE = b"%PDF-"
LARGEST = 512 * 1024 * 1024
"""Bytes that all streams together may unpack to."""

_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_STRING = re.compile(rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.){0,999}\)){0,9999})\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_TABLE = re.compile(rb"/Type\s*/(?:XRef|ObjStm)")
_COMMENT = re.compile(rb"%[^\r\n]*")
_FOREIGN = re.compile(rb"[\x80-\xff]{2,}")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
_MOST_VERSIONS = 50
_FONT_KINDS = ("Type1C", "CIDFontType0C", "OpenType")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some place in the document; `packed` are bytes with a form of their own, to be taken apart like a file."""

    name: str
    readings: tuple[Reading, ...] = ()
    data: bytes = b""
    packed: bytes | None = None
    readable: bool = True
    dense: bool = False


@dataclass(slots=True)
class _Known:
    """The contents of streams and the strings that some object holds."""

    streams: set[bytes] = field(default_factory=set)
    strings: set[bytes] = field(default_factory=set)


def pieces(data: bytes) -> Iterator[Piece]:
    """Everything in the PDF `data`."""
    unpacked = _unpacked(data)
    if unpacked is None:  # more than a document can hold: the library would unpack it all
        yield Piece("(pages)", readable=False)
        return
    ends = [one.end() for one in _END.finditer(data)]
    known = _Known()
    yield from _version(data, known)
    for number, end in enumerate(ends[:-1][:_MOST_VERSIONS], start=1):
        yield from _earlier(data[:end], f"(version {number}) ")
    yield from _left_over(data, unpacked, known, len(ends) <= _MOST_VERSIONS)


def _version(data: bytes, known: _Known) -> Iterator[Piece]:
    """The document as it stands; what its objects hold is added to `known`."""
    from pdfminer.pdftypes import PDFStream

    from oralhistory.anonymise.leakcheck import pdf_text

    document = pdf_text.read(data)
    yield Piece("(pages)", _pages(document.pages), readable=document.readable)
    if document.forms:
        yield Piece("(forms)", (Reading("\n".join(document.forms)),))
    strings: list[bytes] = []
    names: set[str] = set()
    for number, one in enumerate(document.objects, start=1):
        _gather(one, strings, names)
        if isinstance(one, PDFStream):
            yield from _stream(one, f"(stream {one.objid or number})", document.shown, known)
    known.strings.update(strings)
    yield _said("(strings)", strings, names)


def _earlier(data: bytes, before: str) -> Iterator[Piece]:
    """A version that was overwritten; the first part of a file made for the net is none and says nothing."""
    from oralhistory.anonymise.leakcheck import pdf_text

    document = pdf_text.read(data)
    if document.pages:
        yield Piece(f"{before}(pages)", _pages(document.pages), readable=document.readable)


def _pages(pages: list[str]) -> tuple[Reading, ...]:
    """The pages one after the other, with their running lines and without: a name may begin on one and end on the next."""
    lines = [page.split("\n") for page in pages]
    running = {a[at] for a, b in pairwise(lines) for at in (0, 1, -1, -2) if len(a) > 1 < len(b) and a[at] == b[at]}
    bare = "\n".join(line for page in lines for line in page if line not in running and not line.strip().isdigit())
    return tuple(map(Reading, dict.fromkeys(("\n".join(pages), bare, plain.without_labels(bare)))))


def _gather(value: object, strings: list[bytes], names: set[str]) -> None:
    """All strings and names in an object, without following its references."""
    from pdfminer.pdftypes import PDFStream
    from pdfminer.psparser import PSLiteral

    from oralhistory.anonymise.leakcheck.pdf_text import name_of

    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, bytes):
            strings.append(one)
        elif isinstance(one, PSLiteral):
            names.add(name_of(one))
        elif isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, dict | PDFStream):
            inside = one if isinstance(one, dict) else one.attrs
            names.update(map(str, inside))
            waiting.extend(inside.values())


def _said(name: str, strings: Iterable[bytes], names: Iterable[str]) -> Piece:
    told = dict.fromkeys(text for one in strings for text in _decoded(one))
    return Piece(name, (Reading("\n".join([*told, *sorted(names)]), Kind.NAMES),), b"\n".join(dict.fromkeys(strings)))


def _decoded(string: bytes) -> Iterator[str]:
    """A text string of the format itself, or one that a program wrote in the encoding it happened to use."""
    if string.startswith((b"\xfe\xff", b"\xff\xfe")):
        yield string.decode("utf-16", errors="replace")
    elif string.isascii():
        yield string.decode()
    else:
        yield from (string.decode(one, errors="replace") for one in ("utf-8-sig", "cp949", "latin-1"))


def _stream(stream: "PDFStream", name: str, shown: set[bytes], known: _Known) -> Iterator[Piece]:
    from oralhistory.anonymise.leakcheck import pdf_text

    try:
        data = stream.get_data()
    except pdf_text.FAULTS:
        yield Piece(name, readable=False)
        return
    known.streams.add(data)
    kind, subtype = pdf_text.name_of(stream.get("Type")), pdf_text.name_of(stream.get("Subtype"))
    if kind in ("ObjStm", "XRef"):
        return  # its objects are read as such
    if subtype in _FONT_KINDS or "Length1" in stream.attrs:
        yield Piece(f"{name} (font)", data=data, dense=True)
    elif subtype == "Image" or b"begincmap" in data:
        yield Piece(name, data=data, dense=True)
    elif kind in ("Metadata", "EmbeddedFile"):
        yield Piece(name, packed=data)
    elif kind == "XObject" or _OPERATORS.search(data):
        yield _drawn(name, data, shown)
    else:
        yield Piece(name, packed=data)


_OPERATORS = re.compile(rb"(?:^|\s)(?:Tj|TJ|re|cm|Do|BT|ET|rg|BDC|BMC)(?=\s|$)")


def _drawn(name: str, data: bytes, shown: set[bytes]) -> Piece:
    """A page's own commands: the strings in them that are not drawn, such as what a screen reader says instead."""
    beside = [one for one in _strings(data) if one not in shown]
    comments = b"\n".join(_COMMENT.findall(_STRING.sub(b"", data)))
    texts = dict.fromkeys(text for one in [*beside, comments] for text in _decoded(one))
    return Piece(name, (Reading("\n".join(texts), Kind.BYTES),), b"\n".join([*beside, comments]))


def _strings(data: bytes) -> Iterator[bytes]:
    for literal, hexadecimal in _STRING.findall(data):
        if hexadecimal:
            digits = b"".join(hexadecimal.split())
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            yield _ESCAPE.sub(_unescaped, literal)


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 255]) if said[:1].isdigit() and said < b"8" else _ESCAPED.get(said, said)


def _unpacked(data: bytes) -> list[bytes] | None:
    """What the compressed streams of the raw bytes unpack to, tables of contents left out; None when it is too much."""
    found: list[bytes] = []
    room = LARGEST
    for one in _STREAM.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            unpacked = unpacking.decompress(one[1], room)
        except zlib.error:
            continue
        room -= len(unpacked)
        if unpacking.unconsumed_tail or room <= 0:
            return None
        if _TABLE.search(data, max(0, one.start() - 400), one.start()) is None:
            found.append(unpacked)
    return found


def _left_over(data: bytes, unpacked: Iterable[bytes], known: _Known, readable: bool) -> Iterator[Piece]:
    """Streams that no table leads to, and the strings, comments and foreign bytes between all objects."""
    for number, orphan in enumerate((one for one in unpacked if one not in known.streams), start=1):
        beside = _drawn("", orphan, set())
        yield Piece(f"(lost stream {number})", (*beside.readings, *plain.byte_readings(orphan)), orphan)
    rest = _STREAM.sub(b"", data)
    strings = [*(one for one in _strings(rest) if one not in known.strings), *_COMMENT.findall(rest)]
    foreign = b"\n".join(_FOREIGN.findall(rest))
    said = _said("", strings, ())
    yield Piece("(bytes)", (*said.readings, *plain.byte_readings(foreign)), rest, readable=readable)
