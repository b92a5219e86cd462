"""Interview keys, what they seal, and what never shows."""

import json
import os
import pickle
import sys
from pathlib import Path

import pytest

from oralhistory import vault
from oralhistory.domain import ports
from oralhistory.errors import Damaged, Locked, NotFound
from oralhistory.vault import KeyRing, PartKeys
from tests.unit.vault.conftest import SMALL, Archive

OTHER = "f" * 32


def test_a_key_ring_is_the_vault_of_the_ports(archive: Archive) -> None:
    port: ports.UnlockedKeys = archive.ring
    assert port.archive_id == archive.ring.archive_id
    assert len(port.archive_id) == 32


def test_a_lost_or_damaged_key_file_comes_back_from_the_database(archive: Archive) -> None:
    wrapped = archive.ring.create_interview_key(OTHER)
    path = archive.folder / "keys" / f"{OTHER}.key"
    sealed = archive.ring.seal(OTHER, "peaks", b"abc")
    for ruin in (path.unlink, lambda: path.write_bytes(b"garbage"), lambda: path.write_bytes(b"")):
        ruin()
        with pytest.raises((NotFound, Damaged)):
            archive.ring.unseal(OTHER, "peaks", sealed)
        archive.ring.restore_interview_key(OTHER, wrapped)
        assert archive.ring.unseal(OTHER, "peaks", sealed) == b"abc"
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_restoring_refuses_what_does_not_verify_and_never_replaces_another_key(archive: Archive) -> None:
    wrapped = archive.ring.create_interview_key(OTHER)
    with pytest.raises(Damaged):
        archive.ring.restore_interview_key(archive.interview, wrapped)  # bound to its interview
    with pytest.raises(Damaged):
        archive.ring.restore_interview_key(OTHER, wrapped[:-1])
    archive.ring.destroy_interview_key(OTHER)
    second = archive.ring.create_interview_key(OTHER)
    with pytest.raises(Damaged):
        archive.ring.restore_interview_key(OTHER, wrapped)
    assert (archive.folder / "keys" / f"{OTHER}.key").read_bytes() == second


def test_a_second_key_for_an_interview_is_refused(archive: Archive) -> None:
    sealed = archive.ring.seal(archive.interview, "peaks", b"abc")
    with pytest.raises(FileExistsError):
        archive.ring.create_interview_key(archive.interview)
    assert archive.ring.unseal(archive.interview, "peaks", sealed) == b"abc"


def test_an_interview_that_is_being_destroyed_gets_no_copy_of_its_key_with_a_new_archive_key(archive: Archive) -> None:
    wrapped = archive.ring.create_interview_key(OTHER)
    renewal = archive.ring.renewal()
    assert renewal.rewrapped(archive.interview, b"") == b""  # its key file is still there
    assert renewal.rewrapped(OTHER, b"damaged") not in (b"", b"damaged", wrapped)


def test_destroying_overwrites_and_may_be_repeated(archive: Archive, tmp_path: Path) -> None:
    path = archive.folder / "keys" / f"{archive.interview}.key"
    wrapped, other_name, left_over = path.read_bytes(), tmp_path / "same-file", path.with_name(path.name + ".new")
    os.link(path, other_name)
    left_over.write_bytes(wrapped)  # as an interrupted write leaves it
    archive.ring.destroy_interview_key(archive.interview)
    assert not path.exists()
    assert not left_over.exists()
    assert len(other_name.read_bytes()) == len(wrapped)
    assert wrapped[13:] not in other_name.read_bytes()
    archive.ring.destroy_interview_key(archive.interview)
    with pytest.raises(NotFound):
        archive.ring.part_keys(archive.interview, 1)


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "/", "０" * 32, "0" * 32 + "\n"]
)
def test_only_ids_become_file_names(archive: Archive, name: str) -> None:
    for act in (
        archive.ring.create_interview_key,
        archive.ring.destroy_interview_key,
        lambda text: archive.ring.part_keys(text, 1),
    ):
        with pytest.raises(ValueError, match="id of an interview"):
            act(name)


def test_sealed_companions_are_bound_to_interview_and_purpose(archive: Archive) -> None:
    archive.ring.create_interview_key(OTHER)
    sealed = archive.ring.seal(archive.interview, "peaks", b"abc")
    assert archive.ring.unseal(archive.interview, "peaks", sealed) == b"abc"
    assert archive.ring.seal(archive.interview, "peaks", b"abc") != sealed
    for interview, purpose, content in (
        (OTHER, "peaks", sealed),
        (archive.interview, "attachment", sealed),
        (archive.interview, "peaks", sealed[:-1]),
        (archive.interview, "peaks", b""),
        (archive.interview, "peaks", sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:]),
    ):
        with pytest.raises(Damaged):
            archive.ring.unseal(interview, purpose, content)
    with pytest.raises(ValueError, match="purpose"):
        archive.ring.seal(archive.interview, "", b"abc")


def test_another_archives_key_file_does_not_open(archive: Archive, tmp_path: Path) -> None:
    other, _ = vault.create_archive_keys(tmp_path / "other", "x", archive.cost, "LEE")
    with pytest.raises(Damaged):
        archive.ring.restore_interview_key(OTHER, other.create_interview_key(OTHER))


def test_part_keys_are_new_each_time_and_travel(archive: Archive) -> None:
    keys = archive.ring.part_keys(archive.interview, 3)
    assert len({k.file_id for k in keys}) == len({k.data_key for k in keys}) == 3
    for one in keys:
        assert PartKeys.from_json(json.loads(json.dumps(one.to_json()))) == one
        assert pickle.loads(pickle.dumps(one)) == one
        assert len({one.data_key, one.header_mac_key, one.outline_key, one.key_check}) == 4


def test_malformed_part_keys_are_refused_without_showing_them(archive: Archive) -> None:
    good = archive.ring.part_keys(archive.interview, 1)[0].to_json()
    other = [("data_key", "00"), ("file_id", "../x"), ("archive_id", None)]
    for name, value in [*((name, "zz") for name in good), *other]:
        with pytest.raises(ValueError, match=r"^these are not the keys of a part$") as caught:
            PartKeys.from_json({**good, name: value})
        assert caught.value.__cause__ is None


def test_no_key_shows_in_a_representation(archive: Archive) -> None:
    keys = archive.ring.part_keys(archive.interview, 1)[0]
    writer = archive.ring.create_part(archive.folder / "x.oha", keys, SMALL)
    writer.append(b"\1" * 300)
    writer.finish()
    reader = archive.ring.open_part(archive.interview, archive.folder / "x.oha")
    secrets = [keys.data_key, keys.header_mac_key, keys.outline_key, archive.ring.root().archive_key]
    secrets += archive.ring.database_keys()
    shown = " ".join(
        f"{thing!r} {thing!s}" for thing in (keys, archive.ring, writer, reader, vault.list_slots(archive.folder))
    )
    reader.close()
    for secret in secrets:
        assert secret.hex() not in shown
        assert repr(secret) not in shown
    assert keys.file_id in shown


def test_closed_is_closed(archive: Archive) -> None:
    wrapped = (archive.folder / "keys" / f"{archive.interview}.key").read_bytes()
    ring: KeyRing = vault.open_with_passphrase(archive.folder, archive.passphrase)
    ring.close()
    ring.close()
    for act in (
        ring.database_keys,
        ring.slot_list,
        ring.root,
        lambda: ring.part_keys(archive.interview, 1),
        lambda: ring.create_interview_key(OTHER),
        lambda: ring.destroy_interview_key(archive.interview),
        lambda: ring.restore_interview_key(archive.interview, wrapped),
        lambda: ring.seal(archive.interview, "peaks", b""),
    ):
        with pytest.raises(Locked):
            act()
    assert (archive.folder / "keys" / f"{archive.interview}.key").exists()
    with pytest.raises(TypeError):
        pickle.dumps(archive.ring)
