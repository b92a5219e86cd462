"""BagIt 1.0 (RFC 8493) in a tar stream: the bag of one interview, packed and unpacked without ever being on a disk.

The payload comes first, as its hashes are known only when it has gone by; then the tag files, then two blocks of zeros. Every
header is the one that `_header` makes for a path and a size: owner, times and modes say nothing, and two bags of one content
are the same bytes. When reading, a header that differs from it in one bit is refused, and so is every path that is not in the
closed list `_PATH`: there are no links, no folders, no devices, no "..", no name twice. A file is given out before its hash is
known; nothing is whole until the iterator has ended, which it does only when every manifest agrees.
"""

import hashlib
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping

from oralhistory.domain.ports import BagFile
from oralhistory.errors import Damaged
from oralhistory.i18n import tr

DECLARATION, ABOUT, MANIFEST, TAG_MANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt"
VERSION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_BLOCK = tarfile.BLOCKSIZE
_PIECE = 1 << 20
_MOST_TAG_BYTES = 1 << 22
_NAME = re.compile(r"E-[0-9A-Z]{4}")
_PATH = re.compile(
    r"bagit\.txt|bag-info\.txt|manifest-sha512\.txt|tagmanifest-sha512\.txt"
    r"|data/original/part-\d{1,4}\.wav"
    r"|data/transcript/(released|reviewed|machine)\.json"
    r"|data/consent/(terms|version|paper)-\d{1,4}\.(json|bin)"
    r"|data/metadata/interview\.json"
)
_LINE = re.compile(r"([0-9a-f]{128})  ([a-z0-9./-]+)")


def packed(name: str, about: Mapping[str, str], payload: Iterable[BagFile]) -> Iterator[bytes]:
    """The bag `name` as a stream; `about` goes into bag-info.txt before Payload-Oxum. ValueError for a file of another size
    than it said, or with a path that no bag has."""
    hashes: dict[str, str] = {}
    octets = 0
    for file in payload:
        path = f"data/{file.path}"
        if path in hashes:
            raise ValueError("a path twice")
        digest = hashlib.sha512()
        yield from _entry(f"{name}/{path}", file.size, _hashed(file.blocks, digest))
        hashes[path] = digest.hexdigest()
        octets += file.size
    told = {**about, "Payload-Oxum": f"{octets}.{len(hashes)}"}
    tags = {
        DECLARATION: VERSION,
        ABOUT: "".join(f"{label}: {value}\n" for label, value in told.items()).encode("ascii"),
        MANIFEST: _manifest(hashes),
    }
    tags[TAG_MANIFEST] = _manifest({path: hashlib.sha512(content).hexdigest() for path, content in tags.items()})
    for path, content in tags.items():
        yield from _entry(f"{name}/{path}", len(content), iter([content]))
    yield bytes(2 * _BLOCK)


def unpacked(stream: Iterator[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file's path, with the bag's name in front, and its blocks, to be read before the next one is asked for.

    Damaged for anything that `packed` would not have written, when it is met; all is whole only when the iterator has ended.
    """
    source = _Source(stream)
    hashes: dict[str, str] = {}
    tags: dict[str, bytes] = {}
    octets, name = 0, ""
    while any(header := source.exactly(_BLOCK)):
        whole, size = _read_header(header)
        here, _, path = whole.partition("/")
        if path in hashes or here != (name or here) or not _may_stand(here, path) or (
            not path.startswith("data/") and size > _MOST_TAG_BYTES
        ):
            raise _no_bag()
        name, digest = here, hashlib.sha512()
        blocks = _hashed(source.pieces(size), digest)
        if path.startswith("data/"):
            octets += size
        else:
            tags[path] = b"".join(blocks)
            blocks = iter([tags[path]])
        yield whole, blocks
        for _ in blocks:  # whatever its reader left
            pass
        if any(source.exactly(-size % _BLOCK)):
            raise _no_bag()
        hashes[path] = digest.hexdigest()
    if any(source.exactly(_BLOCK)) or not source.ended():
        raise _no_bag()
    _verify(hashes, tags, octets)


def _verify(hashes: Mapping[str, str], tags: Mapping[str, bytes], octets: int) -> None:
    """Damaged unless both manifests list exactly what was there, and the rest says what it must."""
    payload = {path: digest for path, digest in hashes.items() if path.startswith("data/")}
    covered = {path: digest for path, digest in hashes.items() if path in tags and path != TAG_MANIFEST}
    if (
        set(tags) != {DECLARATION, ABOUT, MANIFEST, TAG_MANIFEST}
        or tags[DECLARATION] != VERSION
        or _listed(tags[MANIFEST]) != payload
        or _listed(tags[TAG_MANIFEST]) != covered
        or f"Payload-Oxum: {octets}.{len(payload)}".encode() not in tags[ABOUT].splitlines()
    ):
        raise _no_bag()


def _listed(content: bytes) -> dict[str, str]:
    """Path and hash of every line. Damaged where a line is none, or a path stands there twice."""
    try:
        lines = content.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise _no_bag() from None
    found = [_LINE.fullmatch(line) for line in lines[:-1]]
    listed = {one[2]: one[1] for one in found if one}
    if lines[-1] or len(listed) != len(found):
        raise _no_bag()
    return listed


def _manifest(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items())).encode("ascii")


def _may_stand(name: str, path: str) -> bool:
    return bool(_NAME.fullmatch(name) and _PATH.fullmatch(path))


def _entry(whole: str, size: int, blocks: Iterator[bytes]) -> Iterator[bytes]:
    name, _, path = whole.partition("/")
    if not _may_stand(name, path):
        raise ValueError("no path of a bag")
    yield _header(whole, size)
    given = 0
    for block in blocks:
        given += len(block)
        yield block
    if given != size:
        raise ValueError("another size than it said")
    yield bytes(-size % _BLOCK)


def _header(whole: str, size: int) -> bytes:
    """A private file of nobody and of no time. GNU's form holds sizes from 8 GiB, which ustar's eleven octal digits don't."""
    entry = tarfile.TarInfo(whole)
    entry.size, entry.mode = size, 0o600
    return entry.tobuf(tarfile.USTAR_FORMAT if size < 8**11 else tarfile.GNU_FORMAT, "ascii", "strict")


def _read_header(header: bytes) -> tuple[str, int]:
    """Path and size, when it is exactly the header of a file with them. Damaged."""
    try:
        entry = tarfile.TarInfo.frombuf(header, "ascii", "strict")
        if entry.size < 0 or _header(entry.name, entry.size) != header:
            raise _no_bag()
    except (tarfile.TarError, ValueError):
        raise _no_bag() from None
    return entry.name, entry.size


def _hashed(blocks: Iterator[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for block in blocks:
        digest.update(block)
        yield block


class _Source:
    """Takes exact counts of bytes from a stream of blocks of any size."""

    def __init__(self, stream: Iterator[bytes]) -> None:
        self._stream = stream
        self._held = memoryview(b"")

    def exactly(self, count: int) -> bytes:
        return b"".join(self.pieces(count))

    def pieces(self, count: int) -> Iterator[bytes]:
        while count:
            if not self._held:
                self._held = memoryview(self._next())
            taken = self._held[: min(count, _PIECE)]
            self._held = self._held[len(taken) :]
            count -= len(taken)
            yield bytes(taken)

    def _next(self) -> bytes:
        block = next(self._stream, None)
        if block is None:
            raise _no_bag()
        return block

    def ended(self) -> bool:
        """Whether nothing follows; the stream has had its say when it is so."""
        return not self._held and not any(self._stream)


def _no_bag() -> Damaged:
    return Damaged(
        tr("What is in the package is not a whole bag of an interview: a file is missing, too many, or not what its hash says."),
        safe=tr("Nothing of it was kept."),
        todo=tr("Ask the sender for it again."),
    )
