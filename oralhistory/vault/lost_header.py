"""A header of which both copies are lost, made again: it says nothing but ids, a key check and the format of the sound.

Whoever opens a part knows its ids and keys (the file is named for its id), so only the format is to be found, and it shows
in the distance between the records. Nothing is believed that the records do not confirm: they were sealed with the hash of
the header, byte for byte. It refuses, by returning None, a file of which no record can be told for sure.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import gcd

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import container
from oralhistory.vault.container import DATA_START, RECORD_HEAD_BYTES, SYNC_BYTES, SYNC_START, Layout
from oralhistory.vault.partkeys import PartKeys

ReadAt = Callable[[int, int], bytes]
"""(offset, count) -> up to so many bytes of the file."""

_RATES = (48_000, 44_100, 96_000, 88_200, 192_000, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 384_000, 176_400)
_BITS = (24, 16, 32)
_MOST_CHANNELS = 32
_LOOKED_AT = 4 << 20
"""Bytes behind the headers: more than a dozen of the largest records the program writes."""
_TRIED_RECORDS = 16
_MOST_TIMES_APART = 8
"""How many records in a row may have lost their sync."""


def remade(keys: PartKeys, read_at: ReadAt) -> tuple[bytes, SoundFormat] | None:
    """One copy of the header as it was written, and its format."""
    raw = read_at(DATA_START, _LOOKED_AT)
    sync, positions = _own_syncs(raw)
    cipher = AESGCM(keys.data_key)
    for sound in _formats(_record_sizes(positions, len(raw))):
        header = keys.header(sound)
        layout = Layout(header, sound)
        if layout.sync == sync or (not sync and _opens_one(layout, cipher, raw)):
            return header, sound
    return None


def _own_syncs(raw: bytes) -> tuple[bytes, list[int]]:
    """The sync that stands there more than once, and where: chance does not write eight bytes twice."""
    found: list[tuple[bytes, int]] = []
    at = raw.find(SYNC_START)
    while at >= 0:
        found.append((raw[at : at + SYNC_BYTES], at))
        at = raw.find(SYNC_START, at + 1)
    sync, times = Counter(one for one, _ in found).most_common(1)[0] if found else (b"", 0)
    return (sync, [at for one, at in found if one == sync]) if times > 1 else (b"", [])


def _record_sizes(positions: list[int], looked_at: int) -> Iterator[int]:
    """How long a record may be: what divides the distances of the syncs, or all there is when it is the only one."""
    if not positions:
        yield looked_at
        return
    apart = gcd(*positions)
    yield from (apart // times for times in range(1, _MOST_TIMES_APART + 1) if apart % times == 0)


def _formats(record_sizes: Iterable[int]) -> Iterator[SoundFormat]:
    """Every format that gives records of these sizes, then the usual ones; a record is a tenth of a second or so."""
    for size in record_sizes:
        capacity = size - RECORD_HEAD_BYTES - container.TAG_BYTES
        for bits in _BITS:
            for channels in range(1, _MOST_CHANNELS + 1):
                frames, rest = divmod(capacity, channels * bits // 8)
                if not rest and 0 < capacity <= container.MOST_CAPACITY:
                    rates = dict.fromkeys((*_RATES, *range(10 * frames, 10 * frames + 10)))
                    yield from (SoundFormat(rate, channels, bits, frames) for rate in rates)
    for rate in _RATES:
        yield from (SoundFormat(rate, channels, 24, rate // 10) for channels in (1, 2))


def _opens_one(layout: Layout, cipher: AESGCM, raw: bytes) -> bool:
    for slot in range(min(_TRIED_RECORDS, len(raw) // layout.record_bytes)):
        record = raw[slot * layout.record_bytes : (slot + 1) * layout.record_bytes]
        parsed = layout.parse_head(record)
        if parsed is None:
            continue
        try:
            cipher.decrypt(parsed[0].nonce, record[RECORD_HEAD_BYTES:], layout.bound(parsed[0]))
        except InvalidTag:
            continue
        return True
    return False
