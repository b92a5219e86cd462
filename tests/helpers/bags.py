"""Bags read by another hand than the program's: a tar library, and the rules of RFC 8493."""

import hashlib
import io
import re
import tarfile
from pathlib import PurePosixPath


def by_another_reader(raw: bytes) -> dict[str, bytes]:
    """A tar library's reading, held against the rules of RFC 8493 by hand; the files of the bag without its name."""
    with tarfile.open(fileobj=io.BytesIO(raw)) as opened:
        entries = opened.getmembers()
        assert all(one.isreg() and (one.mode, one.uid, one.gid, one.mtime) == (0o600, 0, 0, 0) for one in entries)
        found = {one.name: opened.extractfile(one).read() for one in entries}  # type: ignore[union-attr]
    (top,) = {PurePosixPath(one).parts[0] for one in found}
    files = {one.removeprefix(f"{top}/"): data for one, data in found.items()}
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    for manifest, covered in (
        ("manifest-sha512.txt", payload),
        ("tagmanifest-sha512.txt", {one: files[one] for one in ("bagit.txt", "bag-info.txt", "manifest-sha512.txt")}),
    ):
        lines = dict(reversed(line.split("  ", 1)) for line in files[manifest].decode().splitlines())
        assert lines == {path: hashlib.sha512(data).hexdigest() for path, data in covered.items()}
    assert set(files) - set(payload) == {"bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt"}
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"
    date, code, last = files["bag-info.txt"].decode().splitlines()
    assert re.fullmatch(r"Bagging-Date: \d{4}-\d\d-\d\d", date) and (code, last) == (f"External-Identifier: {top}", oxum)
    return files
