"""The whole: proposals that stay the same, detectors that agree on one list, and the demonstration's decisions applied."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.domain.decisions_document import parse
from oralhistory.domain.ports import Anonymiser
from oralhistory.domain.redaction import Decisions, EntityType, Finding, IdentifierClass, Profile
from oralhistory.domain.transcript import Segment
from oralhistory.services.mishearing import misheard, read

NARRATORS = json.loads(
    (Path(__file__).resolve().parents[3] / "resources" / "demo" / "narrators.json").read_text("utf-8")
)["narrators"]


def segment(text: str, id_: str = "s") -> Segment:
    return Segment(id_, "r", 0, 1, text)


@dataclass(frozen=True)
class Always:
    """A detector that finds the same thing in every text."""

    name: str
    finding: Finding

    def find(self, text: str) -> Iterator[Finding]:
        yield self.finding


def always(name: str, start: int, end: int, score: float, weak: bool = False) -> Always:
    identifier = IdentifierClass.CONTEXT if weak else IdentifierClass.DIRECT
    return Always(name, Finding(start, end, EntityType.OTHER, identifier, score))


def test_it_is_the_port(anonymise: Anonymise) -> None:
    port: Anonymiser = anonymise
    assert port.propose([]) == []


def test_a_proposal_keeps_its_id_as_long_as_its_text_and_place(anonymise: Anonymise) -> None:
    first, second = (anonymise.propose([segment("저는 회령에서 났다")]) for _ in range(2))
    assert first == second
    edited = anonymise.propose([segment("저는 회령에서 컸다")])
    elsewhere = anonymise.propose([segment("저는 회령에서 났다", "t")])
    assert len({one[0].id for one in (first, edited, elsewhere)}) == 3


def test_overlapping_findings_are_one_proposal_of_the_surest(lists: Path) -> None:
    further = [always("low", 0, 4, 0.3), always("high", 2, 6, 0.9), always("apart", 6, 8, 0.2)]
    found = Anonymise(lists, further).propose([segment("qqqqqqqqqq")])
    assert [(one.start, one.end, one.detector, one.score) for one in found] == [(0, 6, "high", 0.9),
    (6, 8, "apart", 0.2)]


def test_what_is_only_underlined_never_hides_a_name(lists: Path) -> None:
    further = [always("name", 2, 4, 0.1), always("underline", 0, 6, 0.9, weak=True), always("line", 7, 9, 0.9, weak=True)]
    found = Anonymise(lists, further).propose([segment("qqqqqqqqqq")])
    assert [(one.start, one.end, one.detector) for one in found] == [(2, 4, "name"), (7, 9, "line")]


def test_a_name_announced_once_is_proposed_wherever_it_is_said(anonymise: Anonymise) -> None:
    texts = [segment("한설옥이라는 여자가 있었다", "a"), segment("설옥이 울었다", "b"),
             segment("왕리쥔이라고 했다", "c"), segment("설옥아", "d")]  # fmt: skip
    found = [(one.segment, one.text) for one in anonymise.propose(texts) if one.identifier is IdentifierClass.DIRECT]
    assert {("a", "한설옥"), ("b", "설옥"), ("d", "설옥")} <= set(found)


@pytest.mark.parametrize("corrected", [False, True], ids=["as heard", "corrected"])
@pytest.mark.parametrize("narrator", NARRATORS, ids=lambda one: one["export_name"])
def test_the_demonstrations_decisions_leave_nothing_open_and_nothing_behind(
    anonymise: Anonymise, narrator: Any, corrected: bool
) -> None:
    said = [
        Segment(str(i), "r", one["start_ms"], one["end_ms"], one["text"], one["speaker"])
        for i, one in enumerate(narrator["sentences"])
    ]
    segments = said if corrected else [misheard(one, read(narrator)) for one in said]
    decisions = parse(narrator["decisions"])
    proposals = anonymise.propose(segments)
    not_names = frozenset(one.id for one in proposals if one.text in narrator["not_names"])
    decisions = replace(decisions, dismissed=not_names)
    mentions, questions = anonymise.resolve(segments, decisions, proposals)
    assert questions == []
    for profile in Profile:
        text = "\n".join(one.text for one in anonymise.render(segments, mentions, profile))
        assert [form for one in decisions.entities for form in one.variants if form in text] == []


def test_two_hours_of_speech_are_resolved_in_order_and_without_overlap(anonymise: Anonymise) -> None:
    texts = [one["text"] for one in NARRATORS[0]["sentences"]] * 40
    segments = [segment(text, str(i)) for i, text in enumerate(texts)]
    proposals = anonymise.propose(segments)
    mentions, _ = anonymise.resolve(segments, replace(parse(NARRATORS[0]["decisions"]), mentions=()), proposals)
    places = [(int(one.segment), one.start, one.end) for one in mentions]
    assert places == sorted(places)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(places))


def test_without_decisions_nothing_is_a_mention(anonymise: Anonymise) -> None:
    one = segment("최명호라는 사람")
    mentions, questions = anonymise.resolve([one], Decisions(), anonymise.propose([one]))
    assert (mentions, [question.text for question in questions]) == ([], ["최명호"])
