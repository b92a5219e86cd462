"""A little of the key slots' fuzzing in every run; `python -m tests.faults.fuzz_keyslots` goes on for as long as one likes."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from oralhistory.vault.keyslots import FILE_NAME, KeySlots
from oralhistory.vault.passphrase import MOST_WORK_OF_ALL_KIB
from tests.faults import fuzz_keyslots
from tests.faults.fuzz_keyslots import Corpus
from tests.faults.fuzzing import Finding, tried


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return fuzz_keyslots.corpus(tmp_path_factory.mktemp("corpus"))


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(data=some.binary(min_size=4, max_size=60))
def test_whatever_becomes_of_a_list_no_change_passes(corpus: Corpus, data: bytes) -> None:
    assert tried(fuzz_keyslots.judged, corpus, data)


def test_the_real_lists_open_in_every_way(corpus: Corpus) -> None:
    for document, true in zip(corpus.lists, corpus.true, strict=True):
        (corpus.folder / FILE_NAME).write_text(json.dumps(document))
        told = [fuzz_keyslots.opened(corpus, way) for way in corpus.ways()]
        known = any(slot.kind.value == "organisation" for slot in true.slots)
        assert told == ["opened", "opened", "opened" if known else "WrongPassphrase"]


def test_the_fuzzer_would_notice(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader that takes every list for ours is found out, and the bytes that led to it are told."""
    monkeypatch.setattr(KeySlots, "verifies", lambda *_: True)
    chance = random.Random(5)
    with pytest.raises(Finding, match="nobody noticed"):
        for _ in range(300):
            tried(fuzz_keyslots.judged, corpus, chance.randbytes(40))
    assert "--again" in capsys.readouterr().err


def test_the_fuzzer_would_notice_a_list_that_asks_for_hours(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_keyslots, "opened", lambda *_: corpus.work_kib.append(2 * MOST_WORK_OF_ALL_KIB) or "opened")
    with pytest.raises(Finding, match="more work"):
        tried(fuzz_keyslots.judged, corpus, bytes(8))
