"""The sealed sound container: what goes in comes out, and every byte is accounted for."""

import errno
import hmac
import os
import random
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory import durable
from oralhistory.domain.sound import Gap, GapReason, SoundFormat
from oralhistory.errors import Cancelled, Damaged, MalformedInput, NotFound
from oralhistory.vault import PartReader, PartWriter
from oralhistory.vault.container import DATA_START
from tests.helpers.sealed_part import SMALL, Take
from tests.unit.vault.conftest import Archive

MakeTake = Callable[..., Take]
GAPS = {0: Gap(0, 40, GapReason.DEVICE), 4: Gap(390, 0, GapReason.OVERRUN), 9: Gap(900, 7, GapReason.PAUSED)}


@pytest.mark.parametrize("sound", [SMALL, SoundFormat(), SoundFormat(channels=2, bits=16, frames_per_record=33)])
@pytest.mark.parametrize("frames", [0, 1, 99, 100, 101, 1_050])
def test_what_is_written_is_read(make_take: MakeTake, sound: SoundFormat, frames: int) -> None:
    take = make_take(frames=frames, sound=sound)
    with take.open() as reader:
        assert reader.format == sound
        assert reader.frames == frames
        assert reader.finished
        assert reader.complete
        assert reader.summary() == take.written
        assert b"".join(reader.blocks()) == take.pcm
        assert reader.read(0, 1 << 40) == take.pcm
        assert reader.gaps == ()


def test_reading_anywhere_with_gap_records_between(make_take: MakeTake) -> None:
    take = make_take(frames=1_030, gaps=GAPS)
    chance = random.Random(1)
    width = take.sound.bytes_per_frame
    with take.open() as reader:
        assert reader.gaps == tuple(GAPS.values())
        for _ in range(300):
            first, count = chance.randrange(1_100), chance.randrange(300)
            assert reader.read(first, count) == take.pcm[first * width : (first + count) * width]
        assert reader.damaged == ()
        assert reader.summary() == take.written
        assert reader.summary().gaps == tuple(GAPS.values())
        with pytest.raises(ValueError, match="from 0"):
            reader.read(-1, 1)


def test_records_have_one_size_and_show_no_sound(make_take: MakeTake) -> None:
    take = make_take(frames=1_001, gaps=GAPS)
    assert (len(take.raw) - DATA_START) % take.record_bytes == 0
    assert len(take.records()) == 11 + len(GAPS) + 1
    for start in range(0, len(take.pcm) - 6, 3):
        assert take.pcm[start : start + 6] not in take.raw
    silent = make_take("silent.oha", frames=0)
    assert len(silent.records()) == 1
    if sys.platform != "win32":
        assert take.path.stat().st_mode & 0o777 == 0o600


def test_a_part_is_written_once(make_take: MakeTake, archive: Archive) -> None:
    take = make_take()
    with pytest.raises(FileExistsError):
        PartWriter(take.path, take.keys, SMALL)
    assert take.path.read_bytes() == take.raw
    writer = PartWriter(take.path.with_name("second.oha"), archive.ring.part_keys(archive.interview, 1)[0], SMALL)
    for wrong in (b"", b"\0" * 299, b"\0" * 303):
        with pytest.raises(ValueError, match="whole frames"):
            writer.append(wrong)
    writer.meta(b"mark")
    writer.append(b"\0" * 3)
    with pytest.raises(ValueError, match="short"):
        writer.append(b"\0" * 300)
    writer.finish()
    for act in (lambda: writer.append(b"\0" * 300), writer.finish, lambda: writer.meta(b"")):
        with pytest.raises(ValueError, match="ended"):
            act()
    writer.abandon()
    assert writer.sync() == writer.frames == 1


def test_a_format_the_container_does_not_hold_leaves_no_file(archive: Archive, tmp_path: Path) -> None:
    keys = archive.ring.part_keys(archive.interview, 1)[0]
    for sound in (replace(SMALL, bits=12), replace(SMALL, frames_per_record=0), replace(SMALL, channels=0)):
        with pytest.raises(ValueError, match="format"):
            PartWriter(tmp_path / "x.oha", keys, sound)
        assert not (tmp_path / "x.oha").exists()


def test_without_a_final_record_it_is_interrupted_and_whole(make_take: MakeTake) -> None:
    take = make_take(finish=False, gaps=GAPS)
    with take.open() as reader:
        assert not reader.finished
        assert not reader.complete
        assert b"".join(reader.blocks()) == take.pcm
        assert reader.summary().faults == ()
        assert reader.summary().gaps == tuple(GAPS.values())


def test_a_damaged_record_reads_as_silence_and_is_listed(make_take: MakeTake) -> None:
    take = make_take(gaps={2: GAPS[4]})
    records = take.records()
    records[5] = records[5][:60] + bytes([records[5][60] ^ 1]) + records[5][61:]  # place 5 is data record 4
    take.rewrite(records)
    with take.open() as reader:
        assert reader.read(350, 300) == take.pcm[1050:1200] + bytes(300) + take.pcm[1500:1950]
        assert reader.damaged == (Gap(400, 100, GapReason.DAMAGED),)
        assert reader.finished
        assert not reader.complete
        assert reader.frames == 1_000
        assert reader.summary().faults == (
            "record 5 is damaged",
            "the final record does not agree with the records in the file",
        )


def test_one_damaged_header_copy_is_tolerated(make_take: MakeTake) -> None:
    take = make_take()
    for copy, start in ((1, 0), (2, 4096)):
        take.path.write_bytes(take.raw[:start] + bytes(4096) + take.raw[start + 4096 :])
        with take.open() as reader:
            assert reader.summary().faults == (f"header copy {copy} is damaged",)
            assert reader.complete
            assert b"".join(reader.blocks()) == take.pcm


LOST = "both headers are lost: the records confirm the one that belongs to the name of the file"
KINDS = [
    SoundFormat(),
    SoundFormat(channels=2),
    SoundFormat(44_100, 1, 24, 4_410),
    SoundFormat(11_025, 2, 24, 1_102),
    SoundFormat(8_000, 1, 16, 800),
    SoundFormat(22_059, 1, 24, 2_205),
]


@pytest.mark.parametrize("sound", KINDS, ids=lambda sound: f"{sound.rate}-{sound.channels}-{sound.bits}")
@pytest.mark.parametrize("records", [0.5, 1, 3.5])
@pytest.mark.parametrize("finish", [True, False])
def test_a_part_whose_headers_are_both_lost_is_read_all_the_same(
    make_take: MakeTake, archive: Archive, sound: SoundFormat, records: float, finish: bool
) -> None:
    take = make_take(frames=int(records * sound.frames_per_record), sound=sound, finish=finish)
    named = take.path.with_name(f"{take.keys.file_id}.oha")
    for headers in (bytes(DATA_START), random.Random(3).randbytes(DATA_START)):
        named.write_bytes(headers + take.raw[DATA_START:])
        with archive.ring.open_part(archive.interview, named) as reader:
            assert (reader.format, reader.file_id) == (sound, take.keys.file_id)
            assert b"".join(reader.blocks()) == take.pcm
            assert reader.complete == finish
            faults = ("header copy 1 is damaged", "header copy 2 is damaged", LOST)
            assert reader.summary().faults == faults


def test_lost_headers_and_damaged_records_together(make_take: MakeTake, archive: Archive) -> None:
    sound = SoundFormat(44_100, 2, 24, 4_410)
    take = make_take(frames=50_000, sound=sound, gaps=GAPS)
    named = take.path.with_name(f"{take.keys.file_id}.oha")
    records = take.records()
    for lost in (0, 2, 3):  # a gap, a sound, its neighbour
        records[lost] = bytes(take.record_bytes)
    named.write_bytes(bytes(DATA_START) + b"".join(records))
    with archive.ring.open_part(archive.interview, named) as reader:
        assert reader.format == sound
        width = sound.frames_per_record * sound.bytes_per_frame
        assert b"".join(reader.blocks()) == take.pcm[:width] + bytes(2 * width) + take.pcm[3 * width :]
        assert not reader.complete
    named.write_bytes(bytes(DATA_START) + bytes(take.record_bytes) * 3)
    with pytest.raises(Damaged):
        archive.ring.open_part(archive.interview, named)
    assert archive.ring.holds_records(named)
    os.truncate(named, DATA_START)
    assert not archive.ring.holds_records(named)


def test_a_part_under_the_name_of_another_says_so(make_take: MakeTake, archive: Archive) -> None:
    take, other = make_take("one.oha"), make_take("two.oha", seed=8)
    for of, under in ((take, other), (other, take)):
        named = of.path.with_name(f"{under.keys.file_id}.oha")
        named.write_bytes(of.raw)
        with archive.ring.open_part(archive.interview, named) as reader:
            assert reader.file_id == of.keys.file_id
            assert reader.summary().faults == (
                f"the file is part {of.keys.file_id} under the name of another (swapped or renamed)",
            )
            assert b"".join(reader.blocks()) == of.pcm


def test_a_check_of_a_part_can_be_stopped(make_take: MakeTake) -> None:
    take = make_take(frames=20_000)
    asked: list[int] = []

    def enough() -> bool:
        asked.append(1)
        return len(asked) > 2

    with take.open() as reader:
        with pytest.raises(Cancelled):
            reader.summary(enough)
        assert reader.summary() == take.written


def named(take: Take, order: list[int], extra: bytes = b"") -> tuple[str, ...]:
    """The faults after putting the records in another order; the sound that is left reads right."""
    records = take.records()
    take.rewrite([*(records[number] for number in order), extra])
    width = take.sound.bytes_per_frame
    with take.open() as reader:
        summary = reader.summary()
        assert not summary.complete
        assert not reader.finished or summary.faults
        present = set(order)
        for number in range(len(take.pcm) // width // 100):
            expected = take.pcm[number * 300 : number * 300 + 300]
            got = reader.read(number * 100, 100)
            assert got == (expected if number in present else bytes(len(got)))
        return summary.faults


DISAGREES = "the final record does not agree with the records in the file"


def test_swapped_dropped_doubled_and_moved_records_are_named(make_take: MakeTake) -> None:
    take = make_take(frames=1_000)  # ten records and the final one, number 10
    assert "record 2 stands out of order, in place 7 (swapped or moved)" in (
        far := named(take, [0, 1, 7, 3, 4, 5, 6, 2, 8, 9, 10])
    )
    assert "record 7 stands out of order, in place 2 (swapped or moved)" in far
    assert len(far) == 3
    assert any("out of order" in fault for fault in named(take, [0, 1, 2, 4, 3, 5, 6, 7, 8, 9, 10]))
    assert named(take, [0, 1, 2, 4, 5, 6, 7, 8, 9, 10]) == ("record 3 is missing", DISAGREES)
    assert named(take, [3, 4, 5, 6, 7, 8, 9, 10]) == ("records 0 to 2 are missing", DISAGREES)
    doubled = named(take, [0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10])
    assert doubled[0] == "record 3 stands a second time, in place 4 (duplicated)"
    assert named(take, [0, 1, 2, 8, 4, 5, 6, 7, 8, 9, 10])[:2] == (
        "record 8 stands a second time, in place 3 (duplicated)",
        "record 3 is missing",
    )
    assert named(take, [0, 1, 2, 10, 3, 4, 5, 6, 7, 8, 9])[:2] == (
        "record 10 (the final one) stands out of order, in place 3 (swapped or moved)",
        "7 more records stand after the final record",
    )
    assert named(take, [10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])[-2].startswith("10 more records")
    assert named(take, list(range(11)), b"x" * 9) == (
        "9 bytes of unknown content after the final record stand at the end",
    )
    assert named(take, list(range(10)), b"x" * 9) == ("9 bytes of a torn record stand at the end",)
    assert named(take, list(range(11)), bytes(take.record_bytes)) == (
        "place 11 is damaged",
        "1 more records stand after the final record",
        DISAGREES,
    )


def test_records_of_another_part_are_named_foreign(make_take: MakeTake) -> None:
    take, other = make_take("one.oha"), make_take("two.oha", seed=8)
    ours, theirs = take.records(), other.records()
    take.rewrite([*ours[:4], theirs[4], *ours[5:]])
    with take.open() as reader:
        assert reader.summary().faults[0] == "record 4 is foreign (of another file)"
        assert reader.read(400, 100) == bytes(300)
    take.rewrite([*ours[:4], theirs[4], *ours[4:]])
    with take.open() as reader:
        assert "place 4 is foreign (of another file)" in reader.summary().faults
        assert b"".join(reader.blocks()) == take.pcm
    take.rewrite([*ours[:4], *theirs[4:]])  # the tail of another take, its final record too
    with take.open() as reader:
        assert reader.summary().faults == ("records 4 to 10 are foreign (of another file)",)
        assert not reader.complete
        assert b"".join(reader.blocks()) == take.pcm[:1200]


def test_a_foreign_header_is_named_or_refused(make_take: MakeTake, archive: Archive) -> None:
    take, other = make_take("one.oha"), make_take("two.oha", seed=8)
    planted = other.raw[:4096]
    for copy, header in ((1, planted + take.raw[4096:8192]), (2, take.raw[:4096] + planted)):
        take.rewrite(take.records(), header)
        for reader in (take.open(), archive.ring.open_part(archive.interview, take.path)):
            with reader:
                assert reader.summary().faults == (f"header copy {copy} is foreign (of another file)",)
                assert b"".join(reader.blocks()) == take.pcm
    take.rewrite(take.records(), planted * 2)
    with archive.ring.open_part(archive.interview, take.path) as reader:
        assert reader.frames == 0
        assert all("foreign" in fault for fault in reader.summary().faults)


def test_headers_of_another_part_in_both_places(make_take: MakeTake, archive: Archive) -> None:
    sound = SoundFormat(8_000, 1, 24, 800)
    take, other = make_take("one.oha", sound=sound), make_take("two.oha", seed=8, sound=sound)
    named = take.path.with_name(f"{take.keys.file_id}.oha")
    named.write_bytes(other.raw[:DATA_START] + take.raw[DATA_START:])
    with archive.ring.open_part(archive.interview, named) as reader:
        assert reader.file_id == take.keys.file_id
        assert b"".join(reader.blocks()) == take.pcm
        foreign = [f"header copy {copy} is foreign (of another file)" for copy in (1, 2)]
        assert reader.summary().faults == (*foreign, LOST)


def test_a_part_of_another_interview_does_not_open(make_take: MakeTake, archive: Archive) -> None:
    take = make_take()
    archive.ring.create_interview_key("f" * 32)
    with pytest.raises(Damaged):
        archive.ring.open_part("f" * 32, take.path)
    with pytest.raises(NotFound):
        archive.ring.open_part("e" * 32, take.path)
    with pytest.raises(NotFound):
        archive.ring.open_part(archive.interview, take.path.with_name("nowhere.oha"))
    with pytest.raises(NotFound):
        archive.ring.open_part(archive.interview, take.path.parent)


def test_hostile_bytes_raise_damaged_and_nothing_else(make_take: MakeTake, archive: Archive) -> None:
    take = make_take()
    chance = random.Random(4)
    contents = [b"", b"\x93OHAUD\r\n", bytes(20_000), chance.randbytes(20_000), take.raw[:4096][::-1] * 3]
    contents += [take.raw[:8] + chance.randbytes(chance.randrange(12_000)) for _ in range(50)]
    for content in contents:
        take.path.write_bytes(content)
        with pytest.raises(Damaged):
            take.open()
        with pytest.raises(Damaged):
            archive.ring.open_part(archive.interview, take.path)
    for _ in range(50):  # true headers, any records
        take.path.write_bytes(take.raw[:8192] + chance.randbytes(chance.randrange(5_000)))
        with take.open() as reader:
            assert (reader.frames, reader.read(0, 500), reader.complete) == (0, b"", False)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes is POSIX")
def test_a_full_disk_ends_the_part_and_keeps_every_whole_record(archive: Archive, tmp_path: Path) -> None:
    import resource

    keys = archive.ring.part_keys(archive.interview, 1)[0]
    writer = PartWriter(tmp_path / "x.oha", keys, SMALL)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    block = random.Random(2).randbytes(300)
    written = 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (DATA_START + 5 * 356 + 100, hard))
    try:
        for _ in range(5):
            writer.append(block)
            written += 1
        with pytest.raises(OSError, match=r"rror|large|space"):
            writer.append(block)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    for act in (lambda: writer.append(block), lambda: writer.gap(Gap(0, 1, GapReason.DEVICE)), writer.finish):
        with pytest.raises(OSError, match="earlier write"):
            act()
    with PartReader(tmp_path / "x.oha", keys) as reader:
        assert reader.read(0, 1_000) == block * written
        assert not reader.complete
        assert reader.summary().faults == ("100 bytes of a torn record stand at the end",)


def test_after_a_failed_sync_a_part_never_ends_as_complete(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = PartWriter(tmp_path / "x.oha", archive.ring.part_keys(archive.interview, 1)[0], SMALL)
    writer.append(bytes(300))
    assert writer.sync() == 100

    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:  # no file system here fails a sync on request
        patch.setattr(durable, "sync_data", fail)
        with pytest.raises(OSError, match=r"rror|large|space"):
            writer.sync()
    with pytest.raises(OSError, match="earlier"):
        writer.append(bytes(300))
    with pytest.raises(OSError, match="earlier"):
        writer.finish()
    assert writer.sync() == 100


def test_syncing_beside_appending(archive: Archive, tmp_path: Path) -> None:
    keys = archive.ring.part_keys(archive.interview, 1)[0]
    writer = PartWriter(tmp_path / "x.oha", keys, SMALL)
    reports: list[int] = []
    ended = threading.Event()

    def keep_syncing() -> None:
        while not ended.is_set():
            reports.append(writer.sync())

    thread = threading.Thread(target=keep_syncing)
    thread.start()
    block = random.Random(3).randbytes(300)
    for _ in range(40):
        writer.append(block)
    summary = writer.finish()
    ended.set()
    thread.join()
    assert reports == sorted(reports)
    assert writer.sync() == summary.frames == 4_000
    with PartReader(tmp_path / "x.oha", keys) as reader:
        assert reader.summary() == summary


@pytest.mark.parametrize("copies", [(1,), (1, 2)])
def test_a_part_of_a_newer_version_is_refused_as_that_and_not_as_damaged(make_take: MakeTake, copies: tuple[int, ...]) -> None:
    take = make_take()
    mac_key = take.keys.header_mac_key
    raw = bytearray(take.raw)
    for copy in copies:
        at = (copy - 1) * 4096
        body = bytearray(raw[at : at + 4096 - 32])
        body[8:10] = (2).to_bytes(2, "little")
        raw[at : at + 4096] = bytes(body) + hmac.digest(mac_key, bytes(body), "sha256")
    take.path.write_bytes(raw)
    with pytest.raises(MalformedInput) as refused:
        take.open()
    assert "newer" in refused.value.happened.casefold()
    assert take.path.read_bytes() == raw


def test_a_flipped_version_is_damage(make_take: MakeTake) -> None:
    take = make_take()
    raw = bytearray(take.raw)
    raw[8] ^= 2
    take.path.write_bytes(raw)
    with take.open() as reader:
        assert reader.read(0, reader.frames) == take.pcm
