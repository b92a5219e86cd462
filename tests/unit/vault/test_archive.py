"""Key slots: who gets in, who does not, and which tampering is found."""

import hashlib
import json
import random
import signal
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from oralhistory import vault
from oralhistory.errors import Damaged, MalformedInput, NotAllowed, NotFound, StorageFailed, WrongPassphrase
from oralhistory.vault import Argon2Cost, SlotKind, keyslots, organisation, passphrase, slotlist, slots
from oralhistory.vault.keyslots import KeySlots
from oralhistory.vault.passphrase import derive_key
from oralhistory.vault.root import Root
from tests.unit.vault.conftest import Archive


def document(archive: Archive) -> dict[str, Any]:
    content = json.loads((archive.folder / "keyslots.json").read_bytes())
    assert isinstance(content, dict)
    return content


def forge(archive: Archive, content: dict[str, Any]) -> None:
    """Write a changed file as an attacker would: with a checksum that fits."""
    content.pop("checksum", None)
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    content["checksum"] = hashlib.sha256(canonical).hexdigest()
    (archive.folder / "keyslots.json").write_text(json.dumps(content), encoding="utf-8")


def test_passphrase_and_recovery_open_the_same_keys(archive: Archive) -> None:
    by_passphrase = vault.open_with_passphrase(archive.folder, archive.passphrase)
    by_code = vault.open_with_recovery(archive.folder, archive.recovery)
    assert by_passphrase.archive_id == by_code.archive_id == archive.ring.archive_id
    assert by_passphrase.database_keys() == by_code.database_keys() == archive.ring.database_keys()
    assert [len(key) for key in archive.ring.database_keys()] == [32]
    assert by_code.slot_list().digest == archive.ring.slot_list().digest
    mine, paper = (slot.id for slot in vault.list_slots(archive.folder))
    assert (archive.ring.opened_by, by_passphrase.opened_by, by_code.opened_by) == (mine, mine, paper)


def test_file_is_private_and_holds_no_key(archive: Archive) -> None:
    path = archive.folder / "keyslots.json"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    raw = path.read_text(encoding="utf-8")
    assert archive.ring.database_keys()[0].hex() not in raw
    assert archive.ring.root().archive_key.hex() not in raw
    assert [slot.kind for slot in vault.list_slots(archive.folder)] == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]
    assert {slot.owner for slot in vault.list_slots(archive.folder)} == {"KIM"}


def test_wrong_passphrase_and_missing_archive(archive: Archive, tmp_path: Path, cost: Argon2Cost) -> None:
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(archive.folder, archive.passphrase + " ")
    with pytest.raises(NotFound):
        vault.open_with_passphrase(tmp_path / "elsewhere", archive.passphrase)
    with pytest.raises(StorageFailed):
        vault.create_archive_keys(archive.folder, "another", cost, "LEE")
    with pytest.raises(MalformedInput):
        vault.create_archive_keys(tmp_path / "new", "", cost, "LEE")
    assert vault.open_with_passphrase(archive.folder, archive.passphrase).archive_id == archive.ring.archive_id


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_same_hangul_in_another_normal_form_opens(archive: Archive, form: Any) -> None:
    typed = unicodedata.normalize(form, archive.passphrase)
    assert vault.open_with_passphrase(archive.folder, typed).archive_id == archive.ring.archive_id


def test_another_archives_recovery_code_does_not_open(archive: Archive, tmp_path: Path, cost: Argon2Cost) -> None:
    _, foreign = vault.create_archive_keys(tmp_path / "other", "x", cost, "LEE")
    with pytest.raises(WrongPassphrase):
        vault.open_with_recovery(archive.folder, foreign)


def _swap_public_key(listed: list[dict[str, Any]]) -> None:
    listed[0]["public"] = X25519PrivateKey.generate().public_key().public_bytes_raw().hex()


def _add_slot(listed: list[dict[str, Any]]) -> None:
    listed.append({**listed[0], "id": "f" * 32})


def _remove_slot(listed: list[dict[str, Any]]) -> None:
    del listed[1]


def _rename_owner(listed: list[dict[str, Any]]) -> None:
    listed[0]["owner"] = "LEE"


def _change_date(listed: list[dict[str, Any]]) -> None:
    listed[0]["created"] = "2001-01-01T00:00:00+00:00"


@pytest.mark.parametrize("change", [_swap_public_key, _add_slot, _remove_slot, _rename_owner, _change_date])
def test_changed_slots_are_found_at_unlock(archive: Archive, change: Callable[[list[dict[str, Any]]], None]) -> None:
    content = document(archive)
    change(content["slots"])
    forge(archive, content)
    with pytest.raises(Damaged):
        vault.open_with_passphrase(archive.folder, archive.passphrase).slot_list()
    with pytest.raises(Damaged):
        archive.ring.slot_list()
    with pytest.raises(Damaged):
        archive.ring.renewal()


def test_an_archive_key_of_a_strangers_is_refused(archive: Archive) -> None:
    """Whoever can write to the disk can seal a key of theirs to everybody's public key, and a whole list under it."""
    stranger = Root.fresh()
    stored = archive.ring.authentic_slots()
    sealed = tuple(slots.sealed_to(slot, stored.archive_id, stranger) for slot in stored.slots)
    keyslots.write(archive.folder, KeySlots.first(stored.archive_id, stranger, sealed))
    with pytest.raises(Damaged):
        vault.open_with_passphrase(archive.folder, archive.passphrase)
    with pytest.raises(Damaged):
        vault.open_with_recovery(archive.folder, archive.recovery)


@pytest.mark.parametrize(
    ("name", "value"), [("cost", [64, 2, 1]), ("salt", "00" * 16), ("id", "e" * 32)], ids=["cost", "salt", "id"]
)
def test_a_slot_with_changed_parameters_does_not_open(archive: Archive, name: str, value: object) -> None:
    content = document(archive)
    content["slots"][0][name] = value
    forge(archive, content)
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(archive.folder, archive.passphrase)
    with pytest.raises(Damaged):
        vault.open_with_recovery(archive.folder, archive.recovery).slot_list()


def test_slots_of_one_archive_do_not_open_in_another(archive: Archive, tmp_path: Path, cost: Argon2Cost) -> None:
    vault.create_archive_keys(tmp_path / "other", archive.passphrase, cost, "LEE")
    content = document(archive)
    content["archive"] = json.loads((tmp_path / "other" / "keyslots.json").read_bytes())["archive"]
    forge(archive, content)
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(archive.folder, archive.passphrase)


def test_a_database_key_of_another_generation_is_refused(archive: Archive) -> None:
    content = document(archive)
    content["database"]["generation"] += 1
    forge(archive, content)
    with pytest.raises(Damaged):
        vault.open_with_passphrase(archive.folder, archive.passphrase)


@pytest.mark.parametrize("absurd", [[1 << 30, 3, 4], [64, 1 << 20, 1], [64, 1, 4096], [7, 1, 1], [64.0, 1, 1], [64, 1]])
def test_absurd_costs_in_the_file_are_refused_before_deriving(archive: Archive, absurd: list[object]) -> None:
    content = document(archive)
    content["slots"][0]["cost"] = absurd
    forge(archive, content)
    with pytest.raises(Damaged):
        vault.open_with_passphrase(archive.folder, archive.passphrase)


def test_a_newer_format_is_refused(archive: Archive) -> None:
    content = document(archive)
    content["format"] += 1
    forge(archive, content)
    with pytest.raises(MalformedInput):
        vault.open_with_passphrase(archive.folder, archive.passphrase)


def test_damage_anywhere_in_the_file_is_damage_and_not_a_wrong_passphrase(archive: Archive) -> None:
    path = archive.folder / "keyslots.json"
    raw = path.read_bytes()
    chance = random.Random(3)
    for _ in range(60):
        damaged = bytearray(raw)
        damaged[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises((Damaged, MalformedInput)):
            vault.open_with_passphrase(archive.folder, archive.passphrase).slot_list()
            assert json.loads(damaged) == json.loads(raw)  # white space between two fields
            raise Damaged("the same document")
    for junk in (b"", b"[]", b"null", b"{", b"[" * 100_000, b"\xff" * 100, raw[:-40], raw + raw, b" " * (2 << 20)):
        path.write_bytes(junk)
        with pytest.raises(Damaged):
            vault.open_with_passphrase(archive.folder, archive.passphrase)


def test_an_edit_never_blesses_a_planted_slot(archive: Archive) -> None:
    content = document(archive)
    _add_slot(content["slots"])
    forge(archive, content)
    planted = (archive.folder / "keyslots.json").read_bytes()
    first = vault.list_slots(archive.folder)[0].id
    with pytest.raises(Damaged):
        slotlist.changed_passphrase(archive.ring, first, "new", archive.cost)
    with pytest.raises(Damaged):
        slotlist.added_passphrase(archive.ring, "new", archive.cost, "LEE")
    with pytest.raises(Damaged):
        slotlist.removed(archive.ring, "f" * 32)
    assert (archive.folder / "keyslots.json").read_bytes() == planted


def test_changing_a_passphrase(archive: Archive) -> None:
    digest, database_key = archive.ring.slot_list().digest, archive.ring.database_keys()
    mine, paper = vault.list_slots(archive.folder)
    change = slotlist.changed_passphrase(archive.ring, mine.id, "새 암호", archive.cost)
    assert archive.ring.slot_list().digest == digest
    change.write()
    assert archive.ring.slot_list().digest == change.digest
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(archive.folder, archive.passphrase)
    assert vault.open_with_passphrase(archive.folder, "새 암호").database_keys() == database_key
    assert vault.open_with_recovery(archive.folder, archive.recovery).database_keys() == database_key
    assert replace(vault.list_slots(archive.folder)[0], mark=mine.mark) == mine
    assert archive.ring.slot_list().digest != digest
    with pytest.raises(NotFound):
        slotlist.changed_passphrase(archive.ring, paper.id, "x", archive.cost)
    with pytest.raises(NotFound):
        slotlist.changed_passphrase(archive.ring, "0" * 32, "x", archive.cost)


def test_adding_and_removing_slots(archive: Archive) -> None:
    second = slotlist.added_passphrase(archive.ring, "둘째", archive.cost, "LEE")
    second.write()
    change, other_paper = slotlist.added_recovery(archive.ring, "LEE")
    change.write()
    private = X25519PrivateKey.generate()
    slotlist.added_organisation(archive.ring, private.public_key().public_bytes_raw(), "ORG").write()
    owners = {slot.id: slot.owner for slot in vault.list_slots(archive.folder)}
    assert owners[second.slot_id] == "LEE"
    for ring in (
        vault.open_with_passphrase(archive.folder, "둘째"),
        vault.open_with_recovery(archive.folder, other_paper),
        vault.open_with_organisation_key(archive.folder, private.private_bytes_raw()),
    ):
        assert ring.database_keys() == archive.ring.database_keys()
    with pytest.raises(WrongPassphrase):
        vault.open_with_organisation_key(archive.folder, X25519PrivateKey.generate().private_bytes_raw())
    slotlist.removed(archive.ring, second.slot_id).write()
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(archive.folder, "둘째")
    for slot in vault.list_slots(archive.folder)[1:]:
        slotlist.removed(archive.ring, slot.id).write()
    with pytest.raises(NotAllowed):
        slotlist.removed(archive.ring, vault.list_slots(archive.folder)[0].id)
    assert vault.open_with_passphrase(archive.folder, archive.passphrase).slot_list()


def test_people_share_a_derivation_and_no_passphrase(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in ("LEE", "PARK", "CHO"):
        slotlist.added_passphrase(archive.ring, f"{owner} 혼자 아는 말", archive.cost, owner).write()
    with pytest.raises(MalformedInput):
        slotlist.added_passphrase(archive.ring, archive.passphrase, archive.cost, "YUN")
    derived = []
    monkeypatch.setattr(passphrase, "derive_key", lambda *given: derived.append(given) or derive_key(*given))
    ring = vault.open_with_passphrase(archive.folder, "CHO 혼자 아는 말")
    assert [slot.owner for slot in vault.list_slots(archive.folder) if slot.id == ring.opened_by] == ["CHO"]
    assert len(derived) == 1
    dearer = Argon2Cost(memory_kib=64, iterations=5, lanes=1)
    slotlist.added_passphrase(archive.ring, "한 사람 더", dearer, "YUN").write()
    assert {slot.cost for slot in vault.list_slots(archive.folder)} == {None, archive.cost, dearer}


def test_a_list_that_would_take_minutes_to_try_is_refused(archive: Archive) -> None:
    content = document(archive)
    for number in range(5):
        slot = {**content["slots"][0], "id": f"{number:032x}", "salt": f"{number:032x}", "cost": [1 << 20, 8, 4]}
        content["slots"].append(slot)
    forge(archive, content)
    with pytest.raises(Damaged):
        vault.open_with_passphrase(archive.folder, archive.passphrase)


@pytest.mark.parametrize("secret", ["기관의 금고", None], ids=["sealed", "plain"])
def test_the_organisations_key_file(archive: Archive, secret: str | None) -> None:
    pair = organisation.make(secret, archive.cost)
    assert organisation.is_sealed(pair.private) == (secret is not None)
    assert len(pair.fingerprint.replace(" ", "")) == 40
    slotlist.added_organisation(archive.ring, organisation.read_public(pair.public), "ORG").write()
    private = organisation.read_private(pair.private, secret or "")
    assert vault.open_with_organisation_key(archive.folder, private).database_keys() == archive.ring.database_keys()
    assert private.hex() not in pair.private.decode()
    if secret is not None:
        with pytest.raises(WrongPassphrase):
            organisation.read_private(pair.private, "another")
        moved = pair.private.replace(b'"cost": [', b'"cost": [\n  1073741824,', 1)
        with pytest.raises(MalformedInput):
            organisation.read_private(moved, secret)


def test_files_that_are_no_keys(archive: Archive) -> None:
    pair = organisation.make("기관의 금고", archive.cost)
    signing = Ed25519PrivateKey.generate()
    foreign = signing.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for content in (b"", b"{}", b"[]", b"null", b"[" * 9_000, b"-----BEGIN X", pair.public, foreign, b" " * 99_999):
        with pytest.raises(MalformedInput):
            organisation.read_private(content, "기관의 금고")
    for content in (b"", pair.private, public, foreign):
        with pytest.raises(MalformedInput):
            organisation.read_public(content)
    with pytest.raises(MalformedInput):
        slotlist.added_organisation(archive.ring, bytes(32), "ORG")  # a point of low order: nothing can be sealed to it


def test_more_slots_than_the_file_holds_are_refused_and_the_old_file_stays(archive: Archive) -> None:
    public = X25519PrivateKey.generate().public_key().public_bytes_raw()
    for _ in range(62):
        slotlist.added_organisation(archive.ring, public, "ORG").write()
    with pytest.raises(NotAllowed):
        slotlist.added_organisation(archive.ring, public, "ORG")
    assert len(vault.list_slots(archive.folder)) == 64
    assert vault.open_with_passphrase(archive.folder, archive.passphrase).slot_list()


CHANGER = """
import sys
from pathlib import Path
from oralhistory import vault
from oralhistory.vault import slotlist
folder, cost = Path(sys.argv[1]), vault.Argon2Cost(64, 1, 1)
ring = vault.open_with_passphrase(folder, "A")
slot = vault.list_slots(folder)[0].id
print("ready", flush=True)
while True:
    for new in "BA":
        slotlist.changed_passphrase(ring, slot, new, cost).write()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")
def test_killed_while_changing_the_passphrase_opens_with_old_or_new(tmp_path: Path, cost: Argon2Cost) -> None:
    chance = random.Random(11)
    for attempt in range(4):
        folder = tmp_path / str(attempt)
        ring, code = vault.create_archive_keys(folder, "A", cost, "KIM")
        child = subprocess.Popen([sys.executable, "-c", CHANGER, str(folder)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        before = (folder / "keyslots.json").stat().st_ino
        changes = chance.randrange(1, 20)
        while changes:
            now = (folder / "keyslots.json").stat().st_ino
            changes, before = (changes - 1, now) if now != before else (changes, before)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        opened = []
        for typed in "AB":
            try:
                opened.append(vault.open_with_passphrase(folder, typed).database_keys())
            except WrongPassphrase:
                continue
        assert opened == [ring.database_keys()]
        assert vault.open_with_recovery(folder, code).database_keys() == ring.database_keys()
