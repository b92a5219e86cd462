"""Packages as the services use them: a stream sealed as it is made, opened as it is read."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.errors import MalformedInput
from oralhistory.vault import identity
from oralhistory.vault.door import Door
from oralhistory.vault.identity import Identity
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.packages import SealedPackages
from tests.helpers.archives import CHEAP

PACKAGES = SealedPackages()


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[KeyRing]:
    made, _ = Door(CHEAP).create(tmp_path / "archive", "조용한 강가의 두루미", "S1")
    yield made
    made.close()


def test_what_is_sealed_to_an_archive_comes_back_there_block_by_block(keys: KeyRing) -> None:
    own = Door(CHEAP).new_identity(keys)
    home = PACKAGES.own_address(keys, own)
    assert PACKAGES.address(Door(CHEAP).address(keys, own)[0]) == home
    sealed, count = io.BytesIO(), 48

    def blocks() -> Iterator[bytes]:
        for _ in range(count):
            yield bytes(1_000_003)
        yield b""

    tracemalloc.start()
    try:
        PACKAGES.seal(keys, own, home, "bag 1", blocks(), sealed)
        most = tracemalloc.get_traced_memory()[1] - len(sealed.getvalue())
        sealed.seek(0)
        assert sum(map(len, PACKAGES.opened(keys, own, home, "bag 1", sealed))) == count * 1_000_003
    finally:
        tracemalloc.stop()
    assert most < 24 << 20


def test_what_goes_to_a_stranger_does_not_come_back(keys: KeyRing) -> None:
    own = Door(CHEAP).new_identity(keys)
    stranger = PACKAGES.address(identity.to_file(Identity.fresh("c" * 32, "3" * 32)))
    sealed = io.BytesIO()
    PACKAGES.seal(keys, own, stranger, "bag 1", iter([b"words"]), sealed)
    sealed.seek(0)
    with pytest.raises(MalformedInput):
        PACKAGES.opened(keys, own, PACKAGES.own_address(keys, own), "bag 1", sealed)
