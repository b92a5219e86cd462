"""A list of key slots that was changed, exchanged or put back: found, told in words, put right."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from oralhistory.domain.staff import Role
from oralhistory.errors import Damaged, WrongPassphrase
from oralhistory.services.archive.archives import Archives
from tests.helpers.archives import PASSPHRASE, cheap_program

SECOND = "둘째 사람의 긴 암호"
ANOTHER = "another one for today"


@dataclass
class Kept:
    """An archive of two people, from which the second one was removed; `before` is the list with both."""

    folder: Path
    archives: Archives
    recovery: str
    before: bytes

    @property
    def file(self) -> Path:
        return self.folder / "keyslots.json"

    def opens(self, passphrase: str) -> bool:
        try:
            self.archives.unlock(self.folder, passphrase).close()
        except WrongPassphrase:
            return False
        return True

    def told(self, passphrase: str = PASSPHRASE) -> str:
        with pytest.raises(Damaged) as caught:
            self.archives.unlock(self.folder, passphrase)
        assert caught.value.safe
        assert "put-right" in caught.value.todo
        return caught.value.happened


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    program = cheap_program(tmp_path)
    archive, recovery = program.archives.create(tmp_path / "a", PASSPHRASE)
    desk = program.desk(archive)
    desk.staffing.add("LEE", "", Role.REVIEWER)
    slot = desk.admitting.add_passphrase("LEE", SECOND)
    before = (tmp_path / "a" / "keyslots.json").read_bytes()
    desk.admitting.remove(slot.id)
    archive.close()
    return Kept(tmp_path / "a", program.archives, recovery, before)


def test_an_older_list_is_told_and_lets_nobody_in_who_was_removed(kept: Kept) -> None:
    newest = kept.file.read_bytes()
    kept.file.write_bytes(kept.before)
    for passphrase in (PASSPHRASE, SECOND):
        told = kept.told(passphrase)
        assert "older list" in told
        assert "one more way in: the passphrase of LEE" in told
    with pytest.raises(WrongPassphrase):  # the one who was removed puts the right list back, and stays outside
        kept.archives.put_keys_right(kept.folder, SECOND)
    assert kept.file.read_bytes() == newest
    assert kept.opens(PASSPHRASE)


@pytest.mark.parametrize("with_code", [True, False])
def test_an_older_list_is_put_right(kept: Kept, with_code: bool) -> None:
    kept.file.write_bytes(kept.before)
    if with_code:
        kept.archives.recover(kept.folder, kept.recovery, ANOTHER).close()
    else:
        kept.archives.put_keys_right(kept.folder, PASSPHRASE).close()
    assert kept.opens(ANOTHER) is with_code
    assert kept.opens(PASSPHRASE) is not with_code
    assert not kept.opens(SECOND)


def swap(listed: list[dict[str, Any]]) -> None:
    listed[1]["public"] = X25519PrivateKey.generate().public_key().public_bytes_raw().hex()


def add(listed: list[dict[str, Any]]) -> None:
    listed.append({**listed[0], "id": "f" * 32, "owner": "MOLE"})


def remove(listed: list[dict[str, Any]]) -> None:
    del listed[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (swap, "In it another key stands for a printed code of S1."),
        (add, "one more way in: the passphrase of MOLE"),
        (remove, "It lacks a printed code of S1"),
    ],
)
def test_a_strangers_change_is_named_and_put_right(
    kept: Kept, change: Callable[[list[dict[str, Any]]], None], words: str
) -> None:
    newest = kept.file.read_bytes()
    content = json.loads(newest)
    change(content["slots"])
    del content["checksum"]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    kept.file.write_text(json.dumps({**content, "checksum": hashlib.sha256(canonical).hexdigest()}))
    told = kept.told()
    assert "without the archive's key" in told
    assert words in told
    kept.archives.put_keys_right(kept.folder, PASSPHRASE).close()
    assert kept.file.read_bytes() == newest
    assert kept.opens(PASSPHRASE)


def test_an_older_database_is_told_and_kept_only_when_somebody_says_so(kept: Kept) -> None:
    database = kept.folder / "archive.db"
    shutil.copy(database, kept.folder.with_name("backup.db"))
    kept.archives.change_passphrase(kept.folder, PASSPHRASE, ANOTHER)
    shutil.copy(kept.folder.with_name("backup.db"), database)
    assert "database is older" in kept.told(ANOTHER)
    kept.archives.put_keys_right(kept.folder, ANOTHER).close()
    assert kept.opens(ANOTHER)
    assert not kept.opens(PASSPHRASE)


def test_a_list_in_order_is_left_alone(kept: Kept) -> None:
    newest = kept.file.read_bytes()
    kept.archives.put_keys_right(kept.folder, PASSPHRASE).close()
    assert kept.file.read_bytes() == newest
