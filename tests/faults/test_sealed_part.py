"""F4, F5, F6: what a power cut, a bad disk or a hostile hand makes of a sealed part is found, named, and never heard as sound.

Small numbers in every run, the whole ones with `--full`.
"""

import os
import random
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest

from oralhistory.domain.sound import Gap, GapReason, PartSummary, SoundFormat
from oralhistory.errors import Damaged
from oralhistory.vault import KeyRing
from oralhistory.vault.container import DATA_START
from tests.faults.conftest import INTERVIEW
from tests.helpers import figures
from tests.helpers.sealed_part import SMALL, Take, take

GAPS = {0: Gap(0, 40, GapReason.DEVICE), 4: Gap(390, 0, GapReason.OVERRUN), 9: Gap(900, 7, GapReason.PAUSED)}
RECORDED = SoundFormat()
SECTOR = 512
RECORDS_BETWEEN_SYNCS = 5  # half a second
WHOLE = pytest.mark.full
MakeTake = Callable[..., Take]


@pytest.fixture
def make(ring: KeyRing, tmp_path: Path) -> MakeTake:
    """A part named for its id, as parts are."""

    def made(frames: int, sound: SoundFormat = SMALL, **more: object) -> Take:
        [keys] = ring.part_keys(INTERVIEW, 1)
        return take(tmp_path / f"{keys.file_id}.oha", keys, frames, sound, **more)  # type: ignore[arg-type]

    return made


def wrong_records(take: Take, found: bytes) -> int:
    """How many records came out as anything but what went in, or silence."""
    pieces = ((found[at : at + take.step], take.pcm[at : at + take.step]) for at in range(0, len(found), take.step))
    return sum(1 for got, put in pieces if got != put and any(got))


# --- F4: crash images -------------------------------------------------------------------------------------------------


def crash_image(take: Take, stranger: Take, chance: random.Random) -> tuple[bytes, int]:
    """A file as a power cut may leave it, and how many of its records were synced before.

    Up to the last sync everything is on the disk. Of what was written after it each sector is there, is zero, is noise, or
    holds what stood on the disk before (here: sectors of another sealed part); the length is any.
    """
    records = (len(take.raw) - DATA_START) // take.record_bytes
    synced = chance.randrange(0, records // RECORDS_BETWEEN_SYNCS) * RECORDS_BETWEEN_SYNCS
    written = min(records, synced + chance.randrange(RECORDS_BETWEEN_SYNCS + 1))
    safe = DATA_START + synced * take.record_bytes
    image = bytearray(take.raw[: DATA_START + written * take.record_bytes])
    spared = chance.random()
    for start in range(safe // SECTOR * SECTOR, len(image), SECTOR):
        lost = slice(max(start, safe), min(start + SECTOR, len(image)))
        if chance.random() < spared:
            continue
        count = lost.stop - lost.start
        image[lost] = chance.choice((bytes(count), chance.randbytes(count), stranger.raw[lost].ljust(count, b"\0")))
    if chance.random() < 0.5:
        del image[chance.randrange(safe, len(image) + 1) :]
    elif chance.random() < 0.5:
        longer = chance.randrange(3 * take.record_bytes)
        image += chance.choice((bytes(longer), chance.randbytes(longer), stranger.raw[:longer]))
    return bytes(image), synced


@pytest.mark.parametrize("images", [90, pytest.param(10_000, marks=[WHOLE, pytest.mark.timeout(3600)])])
def test_f4_crash_images(make: MakeTake, images: int) -> None:
    frames = 30 * RECORDED.frames_per_record
    takes = [make(frames, RECORDED), make(frames, RECORDED, finish=False), make(6_000, gaps=GAPS)]
    strangers = [make(frames, RECORDED, seed=8), make(frames, RECORDED, seed=9), make(6_000, seed=10)]
    chance = random.Random(4)
    wrong = false_complete = lost_synced = 0
    for number in range(images):
        take = takes[number % len(takes)]
        image, synced = crash_image(take, strangers[number % len(takes)], chance)
        take.path.write_bytes(image)
        with take.open() as reader:
            found = reader.read(0, reader.frames)
            wrong += wrong_records(take, found)
            false_complete += reader.complete and image != take.raw
            gap_records = sum(1 for gap in GAPS if gap < synced) if take.sound is SMALL else 0
            sure = max(0, synced - gap_records) * take.step
            lost_synced += found[:sure] != take.pcm[:sure]
    figures.keep(
        "F4", whole=images >= 10_000, images=images, wrong=wrong, false_complete=false_complete, lost_synced=lost_synced
    )
    assert (wrong, false_complete, lost_synced) == (0, 0, 0)


# --- F5: truncations and flipped bits ---------------------------------------------------------------------------------


def cut_shorter(take: Take, sizes: range) -> Iterator[tuple[int, PartSummary | None, bytes]]:
    """(size, what the reader says, the sound) of the file cut ever shorter; None where not even it can know the part."""
    for size in sizes:
        os.truncate(take.path, size)
        try:
            with take.open() as reader:
                yield size, reader.summary(), reader.read(0, reader.frames)
        except Damaged:
            yield size, None, b""


@pytest.mark.parametrize(
    ("frames", "every"), [(600, 29), pytest.param(6_000, 1, marks=[WHOLE, pytest.mark.timeout(3600)])]
)
def test_f5_every_truncation_keeps_exactly_the_whole_records(make: MakeTake, frames: int, every: int) -> None:
    """Three seconds of small records: every byte is the last one once, and everything is read each time."""
    take = make(frames)
    sizes = range(len(take.raw) - 1, -1, -every)
    unnoticed = wrong = 0
    for size, summary, found in cut_shorter(take, sizes):
        whole = max(0, size - DATA_START) // take.record_bytes
        wrong += found != take.pcm[: whole * take.step]
        torn = size < DATA_START or (size - DATA_START) % take.record_bytes
        if summary is None:
            assert size <= DATA_START // 2
        else:
            unnoticed += summary.complete or bool(summary.faults) != bool(torn)
    figures.keep("F5-truncations", whole=every == 1, lengths=len(sizes), unnoticed=unnoticed, wrong=wrong)
    assert (unnoticed, wrong) == (0, 0)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_f5_every_truncation_of_three_recorded_seconds(make: MakeTake) -> None:
    """48 kHz, 24 bits: at every length the part is known to be unfinished, with just the frames of its whole records."""
    take = make(3 * RECORDED.rate, RECORDED)
    sizes = range(len(take.raw) - 1, DATA_START - 1, -1)
    wrong = 0
    for size in sizes:
        os.truncate(take.path, size)
        whole = (size - DATA_START) // take.record_bytes
        with take.open() as reader:
            expected = min(whole * RECORDED.frames_per_record, 3 * RECORDED.rate)
            wrong += reader.finished or reader.frames != expected
    figures.keep("F5-recorded", whole=True, lengths=len(sizes), wrong=wrong)
    assert wrong == 0


@pytest.mark.parametrize("flips", [100, pytest.param(10_000, marks=[WHOLE, pytest.mark.timeout(3600)])])
@pytest.mark.parametrize("finish", [True, False])
def test_f5_a_flipped_bit_is_found_and_costs_one_record_at_most(make: MakeTake, flips: int, finish: bool) -> None:
    take = make(1_000 if flips < 10_000 else 6_000, gaps=GAPS, finish=finish)
    chance = random.Random(finish)
    unnoticed = wrong = most_lost = 0
    for _ in range(flips):
        place, bit = chance.randrange(len(take.raw)), 1 << chance.randrange(8)
        damaged = bytearray(take.raw)
        damaged[place] ^= bit
        take.path.write_bytes(damaged)
        with take.open() as reader:
            found = reader.read(0, reader.frames).ljust(len(take.pcm), b"\0")
            summary = reader.summary()
            lost = tuple(gap for gap in summary.gaps if gap.reason is GapReason.DAMAGED)
            assert reader.damaged == lost
        unnoticed += not summary.faults
        wrong += wrong_records(take, found)
        steps = range(0, len(take.pcm), take.step)
        most_lost = max(most_lost, sum(found[at : at + take.step] != take.pcm[at : at + take.step] for at in steps))
    name = f"F5-flips-{'finished' if finish else 'interrupted'}"
    figures.keep(name, whole=flips >= 10_000, flips=flips, unnoticed=unnoticed, wrong=wrong, most_records_lost=most_lost)
    assert (unnoticed, wrong) == (0, 0)
    assert most_lost <= 1


# --- F6: records in the wrong place -----------------------------------------------------------------------------------

Case = tuple[str, list[bytes], str]
"""What was done, the file's records, and the word that must stand in a fault."""


def rearrangements(take: Take, other: Take) -> Iterator[Case]:
    ours, theirs = take.records(), other.records()
    last = len(ours) - 1
    for one, two in combinations(range(last + 1), 2):
        swapped = list(ours)
        swapped[one], swapped[two] = ours[two], ours[one]
        yield "swap", swapped, "swapped or moved"
    for number in range(last):
        yield "drop", ours[:number] + ours[number + 1 :], "missing"
        yield "splice", ours[:number] + theirs[number:], "foreign"
        yield "foreign record", [*ours[:number], theirs[number], *ours[number + 1 :]], "foreign"
        yield "inserted", [*ours[:number], theirs[number], *ours[number:]], "foreign"
        yield "moved final", [*ours[:number], ours[last], *ours[number:last]], "the final one) stands out of order"
    for number in range(last + 1):
        for place in range(last + 2):
            yield "duplicate", [*ours[:place], ours[number], *ours[place:]], "duplicated"
        yield "written over", [*ours[:number], ours[(number + 1) % len(ours)], *ours[number + 1 :]], "duplicated"


def headers(take: Take, other: Take) -> Iterator[tuple[str, bytes, str]]:
    ours, theirs = take.raw[: DATA_START // 2], other.raw[: DATA_START // 2]
    yield "foreign header", theirs + ours, "header copy 1 is foreign"
    yield "foreign header", ours + theirs, "header copy 2 is foreign"
    yield "foreign header", theirs * 2, "both headers are lost"
    yield "lost header", bytes(len(ours)) + ours, "header copy 1 is damaged"
    yield "lost header", ours + bytes(len(ours)), "header copy 2 is damaged"
    yield "lost header", bytes(DATA_START), "both headers are lost"


def test_f6_every_rearrangement_is_named_and_no_sound_is_moved(make: MakeTake) -> None:
    sound = SoundFormat(2_000, 1, 24, 200)
    take, other = make(1_600, sound, gaps={3: GAPS[4]}), make(1_600, sound, gaps={3: GAPS[4]}, seed=8)
    cases: dict[str, int] = {}
    for kind, records, word in rearrangements(take, other):
        take.rewrite(records)
        with take.open() as reader:
            summary = reader.summary()
            assert any(word in fault for fault in summary.faults), (kind, word, summary.faults)
            assert not summary.complete
            assert wrong_records(take, reader.read(0, reader.frames)) == 0
        cases[kind] = cases.get(kind, 0) + 1
    for kind, header, word in headers(take, other):
        take.rewrite(take.records(), header)
        with take.open() as reader:
            assert any(word in fault for fault in reader.summary().faults), (kind, word, reader.summary().faults)
            assert reader.read(0, reader.frames) == take.pcm
        cases[kind] = cases.get(kind, 0) + 1
    figures.keep("F6", whole=True, cases=cases, named=sum(cases.values()), unnamed=0)
