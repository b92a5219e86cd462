"""What cannot be read is never passed: spoiled, locked, bombs, hidden bytes, foreign formats."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString, LeakFinding
from tests.helpers.planting import word_parts, word_with_part, zipped

NAME = "김영희"


def check(folder: Path, data: bytes, name: str = "a.docx") -> list[LeakFinding]:
    path = folder / name
    path.write_bytes(data)
    return FileLeakCheck()(path, [KnownString(NAME, "name")])


def rules(folder: Path, data: bytes, name: str = "a.docx") -> set[str]:
    return {one.rule for one in check(folder, data, name)}


def spoiled() -> bytes:
    data = bytearray(zipped(word_parts()))
    at = data.index(b"word/document.xml") + 200
    data[at : at + 8] = b"\xff" * 8
    return bytes(data)


def marked_as_encrypted() -> bytes:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def in_unknown_compression() -> bytes:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[8:10] = struct.pack("<H", 97)
    at = data.index(b"PK\x01\x02")
    data[at + 10 : at + 12] = struct.pack("<H", 97)
    return bytes(data)


def with_bytes_behind_a_stream() -> bytes:
    """An entry whose packed bytes go on behind the end of its deflate stream."""
    content = b"<a/>"
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packing.compress(content) + packing.flush() + b"HIDDEN"
    name = b"a.xml"
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", len(name), 0) + name + packed
    central = (
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    )  # fmt: skip
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def with_a_removed_entry() -> bytes:
    """The directory forgot an entry; its bytes are still there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.xml", "<a/>")
        package.writestr("b.xml", f"<b>{NAME}</b>")
        package.filelist.pop()
    return out.getvalue()


UNREADABLE = {
    "a spoiled part": spoiled(),
    "a cut package": zipped(word_parts())[:-40],
    "nothing but a signature": b"PK\x03\x04",
    "an encrypted part": marked_as_encrypted(),
    "an unknown compression": in_unknown_compression(),
    "bytes before the package": b"PK" + b"hidden" + zipped(word_parts()),
    "bytes behind the package": zipped(word_parts()) + b"hidden",
    "bytes behind a stream": with_bytes_behind_a_stream(),
    "an entry without place in the directory": with_a_removed_entry(),
    "broken XML": word_with_part("word/x.xml", b"<a><b></a>"),
    "a document type": word_with_part("word/x.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
    "XML in an unknown encoding": word_with_part("word/x.xml", b'<?xml version="1.0" encoding="x-none"?><a/>'),
    "packages in packages without end": zipped({"a": zipped({"a": zipped({"a": zipped({"a": zipped({"a": zipped({})})})})})}),
    "a broken gzip": b"\x1f\x8b\x08nothing",
    "a PDF": b"%PDF-1.7\n%%EOF\n",
    "rich text": b"{\\rtf1 hello}",
    "sound": b"RIFF\x24\x00\x00\x00WAVEfmt \xff\xfe\x00\x01",
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_it_is_a_finding(tmp_path: Path, data: bytes) -> None:
    assert "unreadable" in rules(tmp_path, data)


def test_entities_that_multiply_are_refused_before_they_do(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "ha">{levels}]><a>&x11;</a>'.encode()
    assert rules(tmp_path, bomb, "a.xml") == {"unreadable"}


def test_what_can_be_read_of_a_spoiled_package_is_still_searched(tmp_path: Path) -> None:
    found = check(tmp_path, word_with_part("word/x.xml", b"<a>" + NAME.encode()))
    assert {(one.entity, one.rule) for one in found} == {("", "unreadable"), ("name", "text")}


def test_a_whole_package_has_no_finding(tmp_path: Path) -> None:
    assert check(tmp_path, zipped(word_parts())) == []


def test_a_missing_file_is_not_passed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLeakCheck()(tmp_path / "none.txt", [])
