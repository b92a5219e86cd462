"""A file taken apart: a package into its parts, a part into readings; what cannot be read is said, never passed over."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from oralhistory.anonymise.leakcheck import markup, pdf, plain, sheets
from oralhistory.anonymise.leakcheck.folding import resolved
from oralhistory.anonymise.leakcheck.search import Kind, Reading

UNREADABLE = "unreadable"
SHORTEST, SHORTEST_IN_DENSE = 4, 6

_CONTENT = "(content)"
_DEEPEST = 4
_LARGEST = 512 * 1024 * 1024
"""Bytes that a part may unpack to."""

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_END_RECORD = 22
_UTF8_NAME = 0x800
_DESCRIBED_BEHIND = 0x08


@dataclass(frozen=True, slots=True)
class Part:
    """Some place in a file. `readings` are alternatives; `data` its bytes, for searching in other encodings, for strings of
    at least `shortest` bytes: among the packed bytes of letters and pictures anything short stands by chance."""

    name: str
    readings: tuple[Reading, ...]
    data: bytes = b""
    readable: bool = True
    shortest: int = SHORTEST


def parts(name: str, data: bytes) -> Iterator[Part]:
    """The file's own name, then everything in it."""
    yield _named("(file name)", name)
    yield from _content(_CONTENT, PurePath(name).suffix, data, 0)


def _content(name: str, suffix: str, data: bytes, depth: int) -> Iterator[Part]:
    if depth > _DEEPEST:
        yield Part(name, (), data, readable=False)
    elif data.startswith(b"PK"):
        yield from _package(name, data, depth)
    elif data.startswith(pdf.SIGNATURE):
        yield from _pdf(name, data, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from _gzip(name, suffix, data, depth)
    elif data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<") and (found := _markup(name, suffix, data)):
        yield from found
    elif (text := plain.decoded(data)) is not None:
        yield from _text(name, suffix, text, data)
    else:
        yield Part(name, tuple(plain.byte_readings(data)), data, readable=depth > 0)


def _markup(name: str, suffix: str, data: bytes) -> list[Part]:
    """XML parts; empty for what only begins like XML, as subtitles and Markdown may."""
    try:
        text, beside = markup.readings(data)
    except markup.MarkupRefused:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or suffix in (".xml", ".rels"):
            return [Part(name, tuple(plain.byte_readings(data)), data, readable=False)]
        return []
    asides = tuple(map(_resolved, beside))
    views = {_resolved(one) for one in text}
    untagged = {plain.without_tags(one.text) for one in views}
    views |= {Reading(way(one)) for one in untagged for way in (str, plain.without_labels)}
    packed = "\n".join(one.text for one in (*text, *beside))
    return [Part(name, tuple(views), data), Part(f"{name} (attributes)", asides), *_packed_inside(name, packed)]


def _text(name: str, suffix: str, text: str, data: bytes) -> Iterator[Part]:
    seen = resolved(text)
    yield Part(name, tuple({*plain.text_readings(text, suffix), *plain.text_readings(seen, suffix)}), data)
    yield from _packed_inside(name, text)


def _packed_inside(name: str, text: str) -> Iterator[Part]:
    if data := plain.packed_inside(text):
        yield Part(f"{name} (base64)", tuple(plain.byte_readings(data)), data)


def _resolved(reading: Reading) -> Reading:
    return Reading(resolved(reading.text), reading.kind)


def _named(name: str, text: str) -> Part:
    return Part(name, (Reading(resolved(text), Kind.NAMES),))


def _pdf(name: str, data: bytes, depth: int) -> Iterator[Part]:
    inside = "" if name == _CONTENT else f"{name}/"
    for piece in pdf.pieces(data):
        if piece.packed is not None:
            yield from _content(inside + piece.name, "", piece.packed, depth + 1)
        else:
            shortest = SHORTEST_IN_DENSE if piece.dense else SHORTEST
            yield Part(inside + piece.name, tuple(map(_resolved, piece.readings)), piece.data, piece.readable, shortest)


def _gzip(name: str, suffix: str, data: bytes, depth: int) -> Iterator[Part]:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            inside = packed.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        inside = None
    if inside is None or len(inside) > _LARGEST:
        yield Part(name, (), data, readable=False)
    else:
        yield Part(f"{name} (header)", tuple(plain.byte_readings(data[:1024])))
        yield from _content(name, suffix, inside, depth + 1)


def _package(name: str, data: bytes, depth: int) -> Iterator[Part]:
    inside = "" if name == _CONTENT else f"{name}/"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if not _accounted_for(data, package):
                yield Part(name, tuple(plain.byte_readings(data)), data, readable=False)
            yield Part(f"{inside}(zip comment)", tuple(plain.byte_readings(package.comment)), package.comment)
            for entry in entries:
                yield from _entry(inside, data, package, entry, depth)
            yield from _cells(inside, package, entries)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, struct.error):
        yield Part(name, tuple(plain.byte_readings(data)), data, readable=False)


def _cells(inside: str, package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Part]:
    """The cells of a spreadsheet, which stand in more than one part; parts that cannot be read were named before."""
    wanted = [one for one in entries if sheets.is_of_cells(one.filename) and one.file_size <= _LARGEST]
    try:
        read = {one.filename: package.read(one) for one in wanted}
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return
    if read:
        yield Part(f"{inside}(cells)", tuple(map(_resolved, sheets.readings(read))))


def _entry(inside: str, data: bytes, package: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> Iterator[Part]:
    place = inside + entry.filename
    yield _named(f"{inside}(part names)", entry.filename)
    raw = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437", errors="replace")
    begin = _begin(data, entry)
    beside = b"\n".join((raw, entry.comment, entry.extra, data[entry.header_offset + _LOCAL_HEADER.size : begin]))
    if not beside.isascii() or entry.comment or entry.extra or len(beside) != 2 * len(raw) + 3:
        yield Part(f"{inside}(entry comments)", tuple(plain.byte_readings(beside)), beside)
    content = _unpacked(package, entry, data[begin : begin + entry.compress_size])
    if content is None:
        yield Part(place, (), readable=False)
    else:
        yield from _content(place, PurePath(entry.filename).suffix, content, depth + 1)


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: bytes) -> bytes | None:
    """The part's bytes; None when they are encrypted, damaged, too many, packed in an unknown way or followed by others."""
    if entry.file_size > _LARGEST:
        return None
    try:
        with package.open(entry) as opened:
            data = opened.read(_LARGEST + 1)
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        if entry.compress_type == zipfile.ZIP_DEFLATED and (inflating.decompress(packed) != data or inflating.unused_data):
            return None
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return None
    return data if len(data) <= _LARGEST else None


def _begin(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where an entry's packed bytes begin, behind its local header, name and extra field."""
    header = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    return entry.header_offset + _LOCAL_HEADER.size + int(header[9]) + int(header[10])


def _accounted_for(data: bytes, package: zipfile.ZipFile) -> bool:
    """Whether the entries follow each other without a gap from the first byte to the directory: nothing lies between."""
    at = 0
    for entry in sorted(package.infolist(), key=lambda one: one.header_offset):
        if entry.header_offset != at:
            return False
        at = _begin(data, entry) + entry.compress_size
        if entry.flag_bits & _DESCRIBED_BEHIND:
            at += 4 * (data[at : at + 4] == b"PK\x07\x08")
            at += 12 if data[at + 12 : at + 14] == b"PK" else 20
    return at == package.start_dir and data.rfind(b"PK\x05\x06") + _END_RECORD + len(package.comment) == len(data)
