"""What stands in an encrypted database for somebody who has its key: every page of file and journal, free ones too.

Read without SQLite, by the format of SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/): pages of 4096 bytes, AES-256-CBC
under the raw key, the last 80 bytes hold the initialisation vector and the HMAC; 16 bytes of salt stand before the first.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _RESERVE, _VECTOR, _SALT = 4096, 80, 16, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def decrypted(database: Path, key: bytes) -> bytes:
    """All pages of the database and its journal, one behind the other."""
    pages = list(_pages(database.read_bytes(), key, 0, 0))
    journal = database.with_name(database.name + "-wal")
    if journal.exists():
        pages += _pages(journal.read_bytes(), key, _WAL_HEADER, _FRAME_HEADER)
    return b"".join(pages)


def _pages(raw: bytes, key: bytes, start: int, before_each: int) -> Iterator[bytes]:
    for number, at in enumerate(range(start, len(raw), _PAGE + before_each)):
        page = raw[at + before_each : at + before_each + _PAGE]
        if len(page) < _PAGE:
            return
        vector = page[_PAGE - _RESERVE : _PAGE - _RESERVE + _VECTOR]
        skipped = _SALT if number == 0 and not before_each else 0
        opener = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        yield opener.update(page[skipped : _PAGE - _RESERVE]) + opener.finalize()
