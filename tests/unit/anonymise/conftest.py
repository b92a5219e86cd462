"""The anonymiser and its shipped word lists, read once."""

from pathlib import Path

import pytest

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.anonymise.wordlists import Words, read_words

LISTS = Path(__file__).resolve().parents[3] / "resources" / "gazetteer"


@pytest.fixture(scope="session")
def anonymise() -> Anonymise:
    return Anonymise(LISTS)


@pytest.fixture(scope="session")
def words() -> Words:
    return read_words(LISTS)


@pytest.fixture(scope="session")
def lists() -> Path:
    return LISTS
