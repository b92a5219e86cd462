"""A little of the container's fuzzing in every run; `python -m tests.faults.fuzz_container` goes on for as long as one likes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from oralhistory.vault.container import DATA_START
from tests.faults import fuzz_container
from tests.faults.fuzz_container import Corpus
from tests.faults.fuzzing import Finding


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    made = fuzz_container.corpus(tmp_path_factory.mktemp("corpus"))
    yield made
    made.ring.close()


@settings(max_examples=90, deadline=None, derandomize=True, database=None)
@given(data=some.binary(min_size=4, max_size=80))
def test_whatever_becomes_of_a_part_no_change_passes(corpus: Corpus, data: bytes) -> None:
    assert fuzz_container.look(corpus, data)


def test_the_fuzzer_would_notice(corpus: Corpus) -> None:
    """A reader that returns sound which never was is found out."""
    part = corpus.parts[0]
    part.path.write_bytes(part.raw)
    with part.open() as reader:
        fuzz_container.sound_is_kept(reader, part)
        part = replace(part, pcm=part.pcm[:-1] + bytes([part.pcm[-1] ^ 1]))
        with pytest.raises(Finding, match="wrong sound"):
            fuzz_container.sound_is_kept(reader, part)
        with pytest.raises(Finding, match="nobody noticed"):
            fuzz_container.told(reader, part, part, part.raw[: DATA_START + 1] + b"\0")
