"""Bags: whole for another reader, the same bytes for the same content, and nothing but themselves when they come back."""

import hashlib
import io
import tarfile
import tracemalloc
from collections.abc import Iterator

import pytest

from oralhistory.domain.ports import BagFile
from oralhistory.errors import Damaged
from oralhistory.export import bag
from tests.helpers.bags import by_another_reader

ABOUT = {"Bagging-Date": "2026-11-29", "External-Identifier": "E-4MX9"}
SMALL = {
    "original/part-1.wav": b"RIFF" + bytes(range(256)) * 3,
    "transcript/released.json": b"{}\n",
    "consent/terms-1.json": b"",
    "metadata/interview.json": b'{"code": "E-4MX9"}\n',
}


def made(files: dict[str, bytes] = SMALL, name: str = "E-4MX9") -> bytes:
    payload = [BagFile(path, len(data), iter([data[:100], data[100:]])) for path, data in files.items()]
    return b"".join(bag.packed(name, ABOUT, payload))


def read(raw: bytes, step: int = 700) -> dict[str, bytes]:
    stream = (raw[at : at + step] for at in range(0, len(raw), step))
    return {path: b"".join(blocks) for path, blocks in bag.unpacked(stream)}


def test_another_reader_finds_the_bag_whole() -> None:
    files = by_another_reader(made())
    assert {path.removeprefix("data/"): data for path, data in files.items() if path.startswith("data/")} == SMALL


def test_what_goes_in_comes_out_and_two_of_one_content_are_the_same_bytes() -> None:
    for step in (1, 511, 512, 513, 1 << 20):
        found = read(made(), step)
        assert {path: data for path, data in found.items() if "/data/" in path} == {
            f"E-4MX9/data/{path}": data for path, data in SMALL.items()
        }
    assert made() == made()


def test_what_its_reader_leaves_is_hashed_all_the_same() -> None:
    assert len([path for path, _ in bag.unpacked(iter([made()]))]) == len(SMALL) + 4
    with pytest.raises(Damaged):
        list(bag.unpacked(iter([made().replace(b"RIFF", b"RIFX")])))


def test_bits_flipped_and_cuts_all_over_are_found() -> None:
    raw = made()
    for place in range(0, len(raw), 5):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 8
        with pytest.raises(Damaged):
            read(bytes(changed), 1 << 16)
    for length in range(0, len(raw), 97):
        with pytest.raises(Damaged):
            read(raw[:length], 1 << 16)
    for more in (b"\0", bytes(512), raw):
        with pytest.raises(Damaged):
            read(raw + more, 1 << 16)


def rebuilt(files: dict[str, bytes], *, top: str = "E-4MX9", entries: list[tarfile.TarInfo] | None = None) -> bytes:
    """A bag whose manifests are right, made by a hostile hand: any paths, and any more entries."""
    payload = {path: data for path, data in files.items() if path not in ("bagit.txt", "bag-info.txt")}
    def listed(some: dict[str, bytes]) -> bytes:
        return "".join(f"{hashlib.sha512(data).hexdigest()}  {path}\n" for path, data in sorted(some.items())).encode()

    tags = {
        "bagit.txt": files.get("bagit.txt", bag.VERSION),
        "bag-info.txt": f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n".encode(),
        "manifest-sha512.txt": listed(payload),
    }
    tags["tagmanifest-sha512.txt"] = listed(tags)
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as opened:
        for path, data in {**payload, **tags}.items():
            entry = tarfile.TarInfo(f"{top}/{path}" if top else path)
            entry.size, entry.mode = len(data), 0o600
            opened.addfile(entry, io.BytesIO(data))
        for one in entries or ():
            opened.addfile(one, io.BytesIO(bytes(one.size)))
    whole = raw.getvalue()
    end = len(whole.rstrip(b"\0"))
    return whole[: end + -end % 512] + bytes(1024)


GOOD = {"data/metadata/interview.json": b"{}\n"}


def test_a_hostile_hand_that_keeps_to_the_rules_made_a_bag() -> None:
    assert read(rebuilt(GOOD))


@pytest.mark.parametrize("path", [
    "data/../../../evil.json", "../evil.json", "data/metadata/../interview.json", "/etc/interview.json",
    "data/metadata//interview.json",
    "data/metadata/INTERVIEW.json", "data/metadata/other.json", "data/original/part-1.exe", "data/original/con.wav", "fetch.txt",
    "data/original/part-1.wav/part-1.wav", "data\\metadata\\interview.json", "data/original/part-1.wav ",
    "data/original/part-٣.wav", "data/original/part-1.wav\n",
])  # fmt: skip
def test_a_path_that_no_bag_has_is_refused(path: str) -> None:
    with pytest.raises(Damaged):
        read(rebuilt({**GOOD, path: b"x"}))


@pytest.mark.parametrize("top", ["", "..", ".", "E-4MX9/..", "/tmp", "e-4mx9", "C:"])
def test_a_bag_of_another_name_is_refused(top: str) -> None:
    with pytest.raises(Damaged):
        read(rebuilt(GOOD, top=top))


def entry(path: str, kind: bytes = tarfile.REGTYPE, **fields: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(path)
    made.type, made.mode = kind, 0o600
    for name, value in fields.items():
        setattr(made, name, value)
    return made


HOSTILE = {
    "symlink": entry("E-4MX9/data/original/part-1.wav", tarfile.SYMTYPE, linkname="/etc/passwd"),
    "link": entry("E-4MX9/data/original/part-1.wav", tarfile.LNKTYPE, linkname="E-4MX9/bagit.txt"),
    "folder": entry("E-4MX9/data/original", tarfile.DIRTYPE),
    "pipe": entry("E-4MX9/data/original/part-1.wav", tarfile.FIFOTYPE),
    "device": entry("E-4MX9/data/original/part-1.wav", tarfile.CHRTYPE, devmajor=1, devminor=3),
    "setuid": entry("E-4MX9/data/original/part-1.wav", mode=0o4755),
    "owner": entry("E-4MX9/data/original/part-1.wav", uname="root"),
    "time": entry("E-4MX9/data/original/part-1.wav", mtime=1),
    "unlisted": entry("E-4MX9/data/original/part-1.wav"),
    "twice": entry("E-4MX9/data/metadata/interview.json"),
    "tag-twice": entry("E-4MX9/bagit.txt"),
    "other-bag": entry("E-2222/data/original/part-1.wav"),
    "pax": entry("E-4MX9/data/original/part-1.wav", tarfile.XHDTYPE, size=512),
    "long-name": entry("E-4MX9/data/original/part-1.wav", tarfile.GNUTYPE_LONGNAME, size=512),
    "sparse": entry("E-4MX9/data/original/part-1.wav", tarfile.GNUTYPE_SPARSE),
}


@pytest.mark.parametrize("one", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_no_private_file_that_a_manifest_lists_is_refused(one: tarfile.TarInfo) -> None:
    with pytest.raises(Damaged):
        read(rebuilt(GOOD, entries=[one]))


def test_another_version_and_a_manifest_of_another_kind_are_refused() -> None:
    with pytest.raises(Damaged):
        read(rebuilt({**GOOD, "bagit.txt": bag.VERSION.replace(b"1.0", b"0.97")}))
    with pytest.raises(Damaged):
        read(bytes(1024))
    with pytest.raises(Damaged):
        read(b"")


def test_a_size_beyond_eight_gibibytes_is_said_and_read() -> None:
    for size in (0, 8**11 - 1, 8**11, 40 << 30):
        header = bag._header("E-4MX9/data/original/part-1.wav", size)
        assert bag._read_header(header) == ("E-4MX9/data/original/part-1.wav", size)
        assert tarfile.TarInfo.frombuf(header, "ascii", "strict").size == size


def test_what_no_bag_has_is_never_packed() -> None:
    for payload in (
        [BagFile("original/../x.wav", 0, iter(()))],
        [BagFile("original/part-1.wav", 2, iter([b"x"]))],
        [BagFile("metadata/interview.json", 0, iter(())), BagFile("metadata/interview.json", 0, iter(()))],
    ):
        with pytest.raises(ValueError, match=r"size|path"):
            list(bag.packed("E-4MX9", ABOUT, payload))


def test_memory_stays_small_however_long_the_sound() -> None:
    count, block = 64, bytes(1 << 20)

    def sound() -> Iterator[bytes]:
        for _ in range(count):
            yield bytes(block)

    tracemalloc.start()
    try:
        stream = bag.packed("E-4MX9", ABOUT, [BagFile("original/part-1.wav", count << 20, sound())])
        read_back = sum(len(one) for _, blocks in bag.unpacked(stream) for one in blocks)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read_back > count << 20
    assert most < 8 << 20
