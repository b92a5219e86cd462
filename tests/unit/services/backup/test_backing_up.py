"""Backups: what is copied and kept, what they hold, what is refused, what is named."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.backup import Fault
from oralhistory.errors import Cancelled, Damaged, InUse, MalformedInput, NotFound, StorageFailed, WrongPassphrase
from oralhistory.services.backup.restoring import Restoring
from oralhistory.services.desk import Desk
from oralhistory.storage.medium_lock import hold
from tests.helpers.archives import PASSPHRASE, cheap_program, new_desk, open_desk, quick_desk
from tests.helpers.interviews import add_interview, filed, heard
from tests.helpers.residue import found, spellings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as made:
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def restoring(tmp_path: Path) -> Restoring:
    return cheap_program(tmp_path).restoring


def test_a_backup_brings_everything_back(desk: Desk, tmp_path: Path, stick: Path, restoring: Restoring) -> None:
    codes = {add_interview(desk, 1).code, add_interview(desk, 11).code}
    made = desk.backing_up.back_up(stick)
    assert (made.copied, made.kept, made.number, made.distrusted) == (2, 0, 1, None)
    before = heard(desk)
    report = restoring.restore(stick, tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert (report.number, report.files, report.findings) == (1, 2, ())
    with open_desk(tmp_path / "back") as restored:
        assert {card.interview.code for card in restored.interviews.cards()} == codes
        assert heard(restored) == before
        assert [one.unchanged for code in codes for one in restored.fixity.verify(code)] == [True, True]


def test_sealed_sound_is_copied_once(desk: Desk, tmp_path: Path, stick: Path) -> None:
    add_interview(desk, 1, "카나리아", "김복순")
    first = desk.backing_up.back_up(stick)
    add_interview(desk, 12)
    second = desk.backing_up.back_up(stick)
    third = desk.backing_up.back_up(stick)
    assert [(one.copied, one.kept) for one in (first, second, third)] == [(1, 0), (1, 1), (0, 2)]
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert third.written == 0
    assert [one.name for one in next(stick.glob("*/states")).iterdir()] == ["00000003"]


def test_a_backup_shows_no_word_of_what_is_in_it(desk: Desk, tmp_path: Path, stick: Path) -> None:
    code = add_interview(desk, 1, "카나리아", "김복순").code
    desk.backing_up.back_up(stick)
    assert found(spellings(["카나리아", "김복순", code, "SQLite format"]), stick) == []


def test_progress_reaches_its_end_and_a_stopped_backup_leaves_the_one_before(
    desk: Desk, tmp_path: Path, stick: Path, restoring: Restoring
) -> None:
    told: list[tuple[int, int]] = []
    add_interview(desk, 1, "카나리아", "김복순")
    desk.backing_up.back_up(stick, progress=lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    add_interview(desk, 12)
    with pytest.raises(Cancelled):
        desk.backing_up.back_up(stick, cancelled=lambda: True)
    report = restoring.restore(stick, tmp_path / "back", restoring.by_passphrase(PASSPHRASE))
    assert (report.number, report.files) == (1, 1)


@pytest.mark.parametrize("where", ["archive", "archive/backup", ""])
def test_a_backup_lies_neither_in_the_archive_nor_around_it(desk: Desk, tmp_path: Path, where: str) -> None:
    with pytest.raises(MalformedInput):
        desk.backing_up.back_up(tmp_path / where)
    assert not list(tmp_path.rglob("oralhistory-*"))


def test_a_folder_with_other_files_is_refused_and_left_alone(desk: Desk, stick: Path) -> None:
    stick.mkdir()
    (stick / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(MalformedInput):
        desk.backing_up.back_up(stick)
    assert [one.name for one in stick.iterdir()] == ["holiday.jpg"]


def test_what_systems_put_on_a_stick_is_in_nobodys_way(desk: Desk, stick: Path) -> None:
    for name in ("System Volume Information", ".Trashes", "$RECYCLE.BIN"):
        (stick / name).mkdir(parents=True)
    assert desk.backing_up.back_up(stick).number == 1


def test_two_archives_share_a_stick_and_do_not_mix(tmp_path: Path, stick: Path, restoring: Restoring) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with new_desk(tmp_path / name) as desk:
            add_interview(desk, 1, "카나리아", "김복순")
            assert desk.backing_up.back_up(stick).copied == 1
    with pytest.raises(MalformedInput):
        restoring.restore(stick, tmp_path / "back", restoring.by_passphrase(PASSPHRASE))
    for number, folder in enumerate(sorted(stick.iterdir())):
        restoring.restore(folder, tmp_path / f"back{number}", restoring.by_passphrase(PASSPHRASE))
    with open_desk(tmp_path / "one") as desk:
        check = desk.backing_up.verify(stick)
    assert check.findings == ()


def test_a_link_in_the_place_of_the_backup_is_not_followed(desk: Desk, tmp_path: Path, stick: Path) -> None:
    desk.backing_up.back_up(stick)
    [folder] = stick.glob("oralhistory-*")
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises((MalformedInput, StorageFailed)):
        desk.backing_up.back_up(stick)


def test_a_full_medium_is_said_before_anything_is_written(
    desk: Desk, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_interview(desk, 1, "카나리아", "김복순")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(StorageFailed) as full:
        desk.backing_up.back_up(stick)
    assert "MB" in full.value.happened
    assert not list(stick.rglob("*.oha"))
    assert not list(stick.rglob("archive.db"))


def test_a_backup_that_is_being_restored_is_not_replaced(desk: Desk, stick: Path) -> None:
    desk.backing_up.back_up(stick)
    release = hold(next(stick.glob("oralhistory-*")))
    with pytest.raises(InUse):
        desk.backing_up.back_up(stick)
    release()
    assert desk.backing_up.back_up(stick).number == 2


def test_known_backups_are_attached_or_detached(desk: Desk, tmp_path: Path, stick: Path) -> None:
    assert desk.backing_up.standing().days_since is None
    add_interview(desk, 1, "카나리아", "김복순")
    assert desk.backing_up.standing().unsaved == 1
    desk.backing_up.back_up(stick)
    standing = desk.backing_up.standing()
    assert (standing.days_since, standing.unsaved) == (0, 0)
    assert [(one.attached, one.known.number) for one in standing.backups] == [(True, 1)]
    stick.rename(tmp_path / "elsewhere")
    [detached] = desk.backing_up.standing().backups
    assert not detached.attached
    assert desk.backing_up.back_up(tmp_path / "elsewhere").kept == 1
    [moved] = desk.backing_up.standing().backups
    assert (moved.attached, moved.known.place) == (True, str(tmp_path / "elsewhere"))
    desk.backing_up.forget(moved.known.id)
    assert desk.backing_up.standing().backups == ()
    with pytest.raises(NotFound):
        desk.backing_up.forget(moved.known.id)


def test_a_recording_lost_or_damaged_in_the_archive_is_kept_in_the_backup(
    desk: Desk, tmp_path: Path, stick: Path, restoring: Restoring
) -> None:
    add_interview(desk, 1, "카나리아", "김복순")
    add_interview(desk, 12)
    desk.backing_up.back_up(stick)
    before = heard(desk)
    lost, damaged = sorted((tmp_path / "archive" / "audio").rglob("*.oha"))
    lost.unlink()
    os.truncate(damaged, 9_000)
    outcome = desk.backing_up.back_up(stick)
    relative = [str(one.relative_to(tmp_path / "archive")) for one in (lost, damaged)]
    assert ([*outcome.missing], [*outcome.changed], outcome.copied) == ([relative[0]], [relative[1]], 0)
    assert restoring.restore(stick, tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE)).findings == ()
    with open_desk(tmp_path / "back") as restored:
        assert heard(restored) == before


def test_a_companion_that_was_written_anew_is_copied_anew(desk: Desk, tmp_path: Path, stick: Path) -> None:
    add_interview(desk, 1, "카나리아", "김복순")
    [sound] = (tmp_path / "archive" / "audio").rglob("*.oha")
    companion = sound.with_suffix(".peaks")
    companion.write_bytes(b"sealed peaks")
    assert desk.backing_up.back_up(stick).copied == 2
    companion.write_bytes(b"other sealed peaks")
    outcome = desk.backing_up.back_up(stick)
    assert (outcome.copied, outcome.kept) == (1, 1)
    assert [one.read_bytes() for one in stick.rglob("*.peaks.*")] == [b"other sealed peaks"]
    assert desk.backing_up.verify(stick).findings == ()


# --- what is named


@pytest.fixture
def backed_up(desk: Desk, tmp_path: Path, stick: Path) -> Path:
    """The folder of a backup with one recording, made twice."""
    add_interview(desk, 1, "카나리아", "김복순")
    desk.backing_up.back_up(stick)
    return next(stick.glob("oralhistory-*"))


def test_a_damaged_cut_or_lost_file_is_named(desk: Desk, stick: Path, backed_up: Path) -> None:
    for what in ("*.oha", "archive.db", "keys.sealed", "keyslots.json"):
        [victim] = backed_up.rglob(what)
        content = victim.read_bytes()
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        for damaged in (flipped, content[:middle], None):
            victim.unlink()
            if damaged is not None:
                victim.write_bytes(damaged)
            [finding] = desk.backing_up.verify(stick).findings
            assert finding.path.endswith(victim.name)
            assert finding.fault is (Fault.MISSING if damaged is None else Fault.CHANGED)
            victim.write_bytes(content)
    assert desk.backing_up.verify(stick).findings == ()


def test_a_swapped_manifest_is_named(desk: Desk, tmp_path: Path, stick: Path, backed_up: Path) -> None:
    [manifest] = backed_up.rglob("manifest.sealed")
    content = bytearray(manifest.read_bytes())
    content[-1] ^= 1
    manifest.write_bytes(content)
    assert Fault.UNKNOWN_STATE in {one.fault for one in desk.backing_up.verify(stick).findings}
    with pytest.raises(Damaged):
        cheap_program(tmp_path).restoring.restore(
            stick, tmp_path / "back", cheap_program(tmp_path).restoring.by_passphrase(PASSPHRASE)
        )
    assert not (tmp_path / "back").exists()
    outcome = desk.backing_up.back_up(stick)
    assert outcome.distrusted is Fault.UNKNOWN_STATE
    assert desk.backing_up.verify(stick).findings == ()


def test_a_backup_put_back_to_an_older_state_is_named(desk: Desk, tmp_path: Path, stick: Path, backed_up: Path) -> None:
    shutil.copytree(stick, tmp_path / "older")
    add_interview(desk, 12)
    desk.backing_up.back_up(stick)
    shutil.rmtree(stick)
    (tmp_path / "older").rename(stick)
    assert {one.fault for one in desk.backing_up.verify(stick).findings} == {Fault.ROLLED_BACK}
    outcome = desk.backing_up.back_up(stick)
    assert (outcome.distrusted, outcome.number, outcome.copied, outcome.kept) == (Fault.ROLLED_BACK, 3, 1, 1)


def test_key_slots_that_cannot_be_read_send_back_to_the_state_before(
    desk: Desk, tmp_path: Path, stick: Path, backed_up: Path, restoring: Restoring
) -> None:
    [first] = backed_up.glob("states/*")
    shutil.copytree(first, tmp_path / "first")
    desk.backing_up.back_up(stick)
    shutil.copytree(tmp_path / "first", first)
    slots = backed_up / "states" / "00000002" / "keyslots.json"
    slots.unlink()
    slots.mkdir()
    report = restoring.restore(stick, tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert (report.number, [one.fault for one in report.findings]) == (1, [Fault.ROLLED_BACK])


def test_a_foreign_file_is_named(desk: Desk, stick: Path, backed_up: Path) -> None:
    [sound] = backed_up.rglob("*.oha")
    shutil.copy(sound, sound.with_name("0" * 32 + ".oha"))
    assert [one.fault for one in desk.backing_up.verify(stick).findings] == [Fault.FOREIGN]


def test_damage_of_what_stood_there_is_mended_when_nothing_is_trusted(desk: Desk, stick: Path, backed_up: Path) -> None:
    [sound] = backed_up.rglob("*.oha")
    content = bytearray(sound.read_bytes())
    content[9_000] ^= 1
    sound.write_bytes(content)
    [manifest] = backed_up.rglob("manifest.sealed")
    manifest.write_bytes(b"")
    assert desk.backing_up.back_up(stick).copied == 1
    assert desk.backing_up.verify(stick).findings == ()


def test_an_archive_restored_from_an_older_state_does_not_write_over_a_newer_one(
    desk: Desk, tmp_path: Path, stick: Path, backed_up: Path, restoring: Restoring
) -> None:
    restoring.restore(stick, tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    add_interview(desk, 12)
    desk.backing_up.back_up(stick)
    with open_desk(tmp_path / "back") as older:
        with pytest.raises(StorageFailed):
            older.backing_up.back_up(stick)
        assert older.backing_up.back_up(tmp_path / "another stick").number == 1
    assert desk.backing_up.verify(stick).findings == ()


# --- restoring


def test_restoring_writes_over_nothing(backed_up: Path, stick: Path, tmp_path: Path, restoring: Restoring) -> None:
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "letter.txt").write_text("mine")
    with pytest.raises(MalformedInput):
        restoring.restore(stick, occupied, restoring.by_passphrase(PASSPHRASE))
    assert [one.name for one in occupied.iterdir()] == ["letter.txt"]
    with pytest.raises(MalformedInput):
        restoring.restore(stick, stick / "here", restoring.by_passphrase(PASSPHRASE))
    with pytest.raises(WrongPassphrase):
        restoring.restore(stick, tmp_path / "back", restoring.by_passphrase("another one altogether"))
    with pytest.raises(NotFound):
        restoring.restore(tmp_path / "nowhere", tmp_path / "back", restoring.by_passphrase(PASSPHRASE))
    assert not (tmp_path / "back").exists()


def test_one_damaged_recording_does_not_cost_the_archive(
    backed_up: Path, stick: Path, tmp_path: Path, restoring: Restoring
) -> None:
    [sound] = backed_up.rglob("*.oha")
    content = bytearray(sound.read_bytes())
    content[9_000] ^= 1
    sound.write_bytes(content)
    report = restoring.restore(stick, tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert [one.fault for one in report.findings] == [Fault.CHANGED]
    with open_desk(tmp_path / "back") as restored:
        [card] = restored.interviews.cards()
        assert [one.unchanged for one in restored.fixity.verify(card.interview.code)] == [False]


def test_a_damaged_page_of_the_database_does_not_cost_the_archive_either(
    backed_up: Path, stick: Path, tmp_path: Path, restoring: Restoring
) -> None:
    [database] = backed_up.rglob("archive.db")
    content = bytearray(database.read_bytes())
    content[-100] ^= 1
    database.write_bytes(content)
    drilled = restoring.drill(stick, restoring.by_passphrase(PASSPHRASE))
    assert (drilled.proven, [one.path for one in drilled.findings]) == (False, ["archive.db"])
    report = restoring.restore(stick, tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert [(one.path, one.fault) for one in report.findings] == [("archive.db", Fault.CHANGED)]
    with open_desk(tmp_path / "back") as restored:
        assert heard(restored) == filed(restored) != {}


def test_keys_come_from_the_database_when_their_bundle_is_damaged(
    backed_up: Path, stick: Path, tmp_path: Path, restoring: Restoring
) -> None:
    [bundle] = backed_up.rglob("keys.sealed")
    bundle.write_bytes(b"damaged")
    assert restoring.drill(stick, restoring.by_passphrase(PASSPHRASE)).unproven == ()
    report = restoring.restore(stick, tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert [one.path for one in report.findings] == ["keys.sealed"]
    with open_desk(tmp_path / "back") as restored:
        [card] = restored.interviews.cards()
        assert restored.fixity.verify(card.interview.code)[0].unchanged


def test_a_stopped_restore_leaves_nothing(backed_up: Path, stick: Path, tmp_path: Path, restoring: Restoring) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "empty", tmp_path / "missing"):
        with pytest.raises(Cancelled):
            restoring.restore(stick, target, restoring.by_passphrase(PASSPHRASE), cancelled=lambda: True)
    assert list((tmp_path / "empty").iterdir()) == []
    assert not (tmp_path / "missing").exists()


def test_a_drill_proves_the_backup_and_leaves_nothing(
    desk: Desk, backed_up: Path, stick: Path, tmp_path: Path, restoring: Restoring
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "archive" not in path.parts}
    report = restoring.drill(stick, restoring.by_passphrase(PASSPHRASE))
    assert report.proven
    assert (report.interviews, report.recordings, report.duration_ms, report.kind) == (1, 1, 1000, "passphrase")
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "archive" not in path.parts}
    assert after == before


def test_a_drill_names_what_would_not_come_back(desk: Desk, backed_up: Path, stick: Path, restoring: Restoring) -> None:
    [sound] = backed_up.rglob("*.oha")
    sound.write_bytes(sound.read_bytes()[:9_000])
    report = restoring.drill(stick, restoring.by_passphrase(PASSPHRASE))
    assert not report.proven
    [card] = desk.interviews.cards()
    assert report.unproven == ((card.interview.code, 1),)
    assert [one.fault for one in report.findings] == [Fault.CHANGED]
