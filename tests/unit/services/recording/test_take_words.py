"""Every code that a take, a microphone test or a second copy can tell has its sentence."""

import pytest

from oralhistory.domain.ports import CopyState, Trouble
from oralhistory.services.recording.checking_microphone import MicrophoneRemark
from oralhistory.services.recording.second_copies import CopyFound
from oralhistory.services.recording.take_words import (
    LOSING,
    copy_found_sentence,
    copy_sentence,
    finding_sentence,
    trouble_sentence,
)


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_a_sentence(trouble: Trouble) -> None:
    assert trouble_sentence(trouble).endswith(".")


@pytest.mark.parametrize("finding", MicrophoneRemark)
def test_every_finding_has_a_sentence(finding: MicrophoneRemark) -> None:
    assert finding_sentence(finding).endswith(".")


def test_copies_have_sentences_and_none_needs_none() -> None:
    assert [bool(copy_sentence(one)) for one in CopyState] == [False, True, True, True]
    assert all(copy_found_sentence(one) for one in CopyFound)
    assert set(Trouble) > LOSING


def test_the_most_serious_trouble_stands_first() -> None:
    ranks = list(Trouble)
    assert max(ranks.index(one) for one in LOSING) < ranks.index(Trouble.DISK_LOW)
