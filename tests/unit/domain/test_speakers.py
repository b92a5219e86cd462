"""Who speaks, by the loudness of microphones; and where a voice is well heard."""

import pytest

from oralhistory.domain.speakers import labelled, loudest, sample
from oralhistory.domain.transcript import Segment


@pytest.mark.parametrize(
    ("powers", "channel"),
    [
        ((0.1, 0.02), 0), ((0.001, 0.2), 1), ((0.1, 0.03), None), ((0.1, 0.1), None), ((0.0, 0.0), None),
        ((1e-9, 0.0), None), ((0.5,), None), ((), None), ((0.01, 0.02, 0.2), 2),
    ],
)  # fmt: skip
def test_a_microphone_is_somebodys_when_it_is_clearly_the_loudest(powers: tuple[float, ...], channel: int | None) -> None:
    assert loudest(powers) == channel


def test_a_segment_is_labelled_once_and_never_by_a_microphone_of_nobodys() -> None:
    one, two, three = (Segment(name, "r", 0, 1000, "말", "N1") for name in ("a", "b", "c"))
    left, right = (0.2, 0.01), (0.01, 0.2)
    edits = labelled([(one, left), (two, right), (three, (0.1, 0.1))], ["N1", "I1"])
    assert [(edit.segment, edit.speaker) for edit in edits] == [("b", "I1")]
    assert labelled([(one, right)], ["N1", ""]) == labelled([(one, right)], ["N1"]) == []


def test_a_voice_is_heard_in_its_longest_calm_segment() -> None:
    def said(name: str, start: int, end: int, *flags: str, speaker: str = "N1") -> Segment:
        return Segment(name, "r", start, end, "말", speaker, flags=frozenset(flags))

    hard = said("h", 50_000, 90_000, "distressing")
    assert sample([said("a", 0, 3_000), said("b", 4_000, 40_000), hard], "N1") == (4_000, 14_000)
    assert sample([said("a", 0, 3_000), hard, said("x", 100_000, 140_000, speaker="I1")], "N1") == (0, 3_000)
    assert sample([hard], "N1") == (50_000, 60_000)
    assert sample([said("e", 5, 5)], "N1") is None
    assert sample([], "N1") is None
