"""The archive's address: one for its whole life, whatever becomes of the archive key."""

from pathlib import Path

from oralhistory.services.archive.renewing import renew_keys
from oralhistory.vault import identity
from tests.helpers.archives import new_desk, open_desk


def test_the_address_stays_when_the_archive_key_changes(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        first = desk.addressing.address()
        assert identity.from_file(first.file).archive_id == desk.archive.vault.archive_id
        assert identity.from_file(first.file).fingerprint == first.fingerprint
        renew_keys(desk.archive)
        assert desk.addressing.address() == first
    with open_desk(tmp_path) as desk:
        assert desk.addressing.address() == first


def test_every_archive_has_its_own(tmp_path: Path) -> None:
    found = set()
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        with new_desk(tmp_path / name) as desk:
            found.add(desk.addressing.address().fingerprint)
    assert len(found) == 2
