"""Fuzzing of the sealed container: `python -m tests.faults.fuzz_container --minutes 15`.

A stream of bytes decides how a real part is changed: bits, sectors, records, heads, headers, splices with parts of the same and
of another interview, or nothing but noise. Whatever comes of it, the reader must answer with one of its documented outcomes, in
bounded time, and never let a change pass: each frame it gives is the original one or is reported as lost.

A finding is printed with the bytes that led to it; `--again HEX` repeats them, `--guided` lets coverage choose (see
`fuzzing`).
"""

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.sound import Gap, GapReason, SoundFormat
from oralhistory.errors import Damaged
from oralhistory.vault import Argon2Cost, KeyRing, PartReader, create_archive_keys
from oralhistory.vault.container import DATA_START, HEADER_BYTES
from tests.faults import fuzzing
from tests.faults.fuzzing import Choices, require
from tests.helpers.sealed_part import Take, take

INTERVIEW, OTHER_INTERVIEW = "0123456789abcdef" * 2, "fedcba9876543210" * 2
_GAPS = {0: Gap(0, 40, GapReason.DEVICE), 3: Gap(290, 0, GapReason.OVERRUN), 7: Gap(700, 7, GapReason.PAUSED)}


@dataclass(frozen=True)
class Corpus:
    """Parts of one interview, named for their ids, and the file that is changed. `strangers` are of elsewhere."""

    ring: KeyRing
    parts: list[Take]
    strangers: list[bytes]
    file: Path

    def by_id(self, file_id: str) -> Take | None:
        return next((one for one in self.parts if one.keys.file_id == file_id), None)


def corpus(folder: Path) -> Corpus:
    ring, _ = create_archive_keys(folder / "archive", "하나 둘 셋", Argon2Cost(64, 1, 1), "KIM")
    for interview in (INTERVIEW, OTHER_INTERVIEW):
        ring.create_interview_key(interview)
    small = SoundFormat(1_000, 1, 24, 100)
    kinds = (small, small, small, SoundFormat(8_000, 2, 24, 800), small)
    shapes = ({"gaps": _GAPS}, {"seed": 8}, {"finish": False, "gaps": _GAPS}, {"seed": 3}, {"seed": 4, "finish": False})
    frames = (1_050, 1_000, 930, 5_000, 60)
    parts = [
        take(folder / f"{keys.file_id}.oha", keys, count, sound, **shape)  # type: ignore[arg-type]
        for keys, sound, count, shape in zip(ring.part_keys(INTERVIEW, len(kinds)), kinds, frames, shapes, strict=True)
    ]
    elsewhere = take(folder / "elsewhere.oha", ring.part_keys(OTHER_INTERVIEW, 1)[0], 1_000)
    return Corpus(ring, parts, [elsewhere.raw, bytes(9_000), random.Random(1).randbytes(9_000)], folder / "changed")


# --- changes ----------------------------------------------------------------------------------------------------------

Change = Callable[[bytearray, Take, Corpus, Choices], None]


def flip(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    if image:
        image[choose.below(len(image))] ^= 1 << choose.below(8)


def overwrite(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    start, count = choose.below(len(image) + 1), choose.below(3 * part.record_bytes)
    image[start : start + count] = choose.filler(len(image[start : start + count]))


def insert(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    start = choose.below(len(image) + 1)
    image[start:start] = choose.filler(choose.below(2 * part.record_bytes))


def cut(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    del image[choose.below(len(image) + 1) :]


def remove(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    start = choose.below(len(image) + 1)
    del image[start : start + choose.below(2 * part.record_bytes)]


def extend(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    image += choose.filler(choose.below(2 * part.record_bytes))


def splice(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    """Bytes of another file, at the same place or at any."""
    others = [*(one.raw for one in corpus.parts), *corpus.strangers]
    other = others[choose.below(len(others))]
    start, count = choose.below(len(other)), choose.below(len(other) + 1)
    to = start if choose.below(2) else choose.below(len(image) + 1)
    image[to : to + count] = other[start : start + count]


def move_record(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    """A record of this or another part dropped, doubled, swapped or moved, whole."""
    size = part.record_bytes
    records = [bytes(image[at : at + size]) for at in range(DATA_START, len(image), size)]
    if not records:
        return
    one, two = choose.below(len(records)), choose.below(len(records))
    act = choose.below(5)
    if act == 0:
        del records[one]
    elif act == 1:
        records.insert(two, records[one])
    elif act == 2:
        records[one], records[two] = records[two], records[one]
    elif act == 3:
        records.insert(two, records.pop(one))
    else:
        donor = corpus.parts[choose.below(len(corpus.parts))].records()
        records[one] = donor[choose.below(len(donor))]
    image[DATA_START:] = b"".join(records)


def forge_head(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    """A field of a record's head: sequence, kind, first frame, length, nonce."""
    places = max(1, (len(image) - DATA_START) // part.record_bytes)
    start = DATA_START + choose.below(places) * part.record_bytes
    at, width = ((8, 4), (12, 4), (16, 8), (24, 4), (28, 12))[choose.below(5)]
    value = (choose.below(1 << 16), (1 << 8 * width) - 1, 0, choose.below(1 << 62))[choose.below(4)]
    image[start + at : start + at + width] = (value % (1 << 8 * width)).to_bytes(width, "little")


def forge_header(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    """A byte of what a header says, in one copy or the same in both."""
    at, value = choose.below(96), choose.below(256)
    for copy in ((0,), (HEADER_BYTES,), (0, HEADER_BYTES))[choose.below(3)]:
        if copy + at < len(image):
            image[copy + at] = value


def lose_headers(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    count = min(DATA_START, len(image))
    image[:count] = choose.filler(count)


def exchange_headers(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    others = [*(one.raw for one in corpus.parts), corpus.strangers[0]]
    donor = others[choose.below(len(others))]
    for copy in ((0,), (HEADER_BYTES,), (0, HEADER_BYTES))[choose.below(3)]:
        image[copy : copy + HEADER_BYTES] = donor[:HEADER_BYTES]


def replace(image: bytearray, part: Take, corpus: Corpus, choose: Choices) -> None:
    image[:] = choose.filler(choose.below(30_000))


CHANGES: tuple[Change, ...] = (
    flip, flip, overwrite, insert, cut, remove, extend, splice, move_record, move_record, forge_head, forge_header, lose_headers,
    exchange_headers, replace,
)  # fmt: skip


def changed(corpus: Corpus, data: bytes) -> tuple[Take, bytes]:
    """A part of the corpus and what the decisions in `data` make of its file."""
    choose = Choices(data)
    part = corpus.parts[choose.below(len(corpus.parts))]
    image = bytearray(part.raw)
    for _ in range(1 + choose.below(4)):
        CHANGES[choose.below(len(CHANGES))](image, part, corpus, choose)
        if choose.over:
            break
    return part, bytes(image)


# --- promises ---------------------------------------------------------------------------------------------------------


def look(corpus: Corpus, data: bytes) -> str:
    """Read what `data` makes of a part; the name of the outcome, or Finding."""
    part, image = changed(corpus, data)
    path = corpus.file.with_name(f"{part.keys.file_id}.oha")
    path.write_bytes(image)
    try:
        reader = corpus.ring.open_part(INTERVIEW, path)
    except Damaged:
        require(image != part.raw, "a whole part was refused")
        return "refused"
    with reader:
        original = corpus.by_id(reader.file_id)
        require(original is not None, "a part of elsewhere was opened")
        assert original is not None
        require(reader.format == original.sound, "another format")
        sound_is_kept(reader, original)
        return told(reader, original, part, image)


def sound_is_kept(reader: PartReader, original: Take) -> None:
    """Every frame is the original one or silence that is listed, however it is read."""
    width, count = original.sound.bytes_per_frame, reader.frames
    require(count * width <= len(original.pcm), "more sound than there was")
    found = reader.read(0, count + 1_000)
    require(len(found) == count * width, "not the length that was announced")
    summary = reader.summary()
    require(summary.frames >= 0 and reader.frames <= max(count, summary.frames), "the length grew")
    again = reader.read(0, reader.frames)
    require(again[: len(found)] == found, "the same frames read differently")
    expected = bytearray(original.pcm[: len(again)])
    for gap in reader.damaged:
        lost = slice(gap.frame * width, (gap.frame + gap.lost_frames) * width)
        expected[lost] = bytes(len(expected[lost]))
    require(again == expected, "wrong sound")
    kept = {gap for gap in summary.gaps if gap.reason is not GapReason.DAMAGED}
    require(kept <= set(_GAPS.values()), "a gap that was never noted")


def told(reader: PartReader, original: Take, part: Take, image: bytes) -> str:
    summary = reader.summary()
    whole = original.written is not None and summary.sha256 == original.written.sha256
    require(not summary.complete or whole, "complete with other sound")
    require(not summary.complete or reader.finished, "complete and not finished")
    if image == original.raw and original is part:
        require(not summary.faults and summary.complete == (original.written is not None), "a whole part is faulty")
        return "unchanged"
    if not summary.faults:
        # Records cut off the end leave no trace in the file itself: the archive remembers how far the part went.
        size = len(image) - DATA_START
        require(original.raw.startswith(image) and size % original.record_bytes == 0, "a change that nobody noticed")
        require(not summary.complete, "a part without its end is complete")
        return "shorter"
    return "complete with faults" if summary.complete else "faults named"


if __name__ == "__main__":
    sys.exit(fuzzing.main(__doc__, corpus, look, longest=80))
