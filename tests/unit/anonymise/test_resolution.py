"""Decisions become mentions, and every doubt a question."""

from collections.abc import Sequence

import pytest

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.domain.redaction import (
    Action,
    Decisions,
    Entity,
    EntityType,
    IdentifierClass,
    MentionDecision,
    OpenQuestion,
    Profile,
    Proposal,
    Question,
)
from oralhistory.domain.transcript import Segment


def segment(text: str, id_: str = "s1") -> Segment:
    return Segment(id_, "r", 0, 1000, text, "N1", "ko")


def entity(id_: str, *variants: str, public: str = "[누구 1]", **others: str) -> Entity:
    texts = {"public": public, **others}
    return Entity(id_, EntityType.PERSON, IdentifierClass.DIRECT, variants, {k: v for k, v in texts.items() if v})


def decision(of: Segment, said: str, action: Action, entity_id: str = "", reason: str = "") -> MentionDecision:
    start = of.text.index(said)
    return MentionDecision(of.id, of.sha256, start, start + len(said), action, entity_id, reason)


def told(
    anonymise: Anonymise, segments: Segment | Sequence[Segment], decisions: Decisions
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(said, action) of each mention and (code, text) of each question, with the detectors' own proposals."""
    segments = [segments] if isinstance(segments, Segment) else segments
    texts = {one.id: one.text for one in segments}
    mentions, questions = anonymise.resolve(segments, decisions, anonymise.propose(segments))
    return (
        [(texts[one.segment][one.start : one.end], one.action.value) for one in mentions],
        [(one.code, one.text) for one in questions],
    )


def test_an_unanswered_name_keeps_the_export_shut(anonymise: Anonymise) -> None:
    assert told(anonymise, segment("저는 회령에서 태어났습니다."), Decisions()) == ([], [("undecided", "회령")])


def test_a_dismissed_proposal_is_answered(anonymise: Anonymise) -> None:
    one = segment("저는 회령에서 태어났습니다.")
    dismissed = frozenset(proposal.id for proposal in anonymise.propose([one]))
    assert told(anonymise, one, Decisions(dismissed=dismissed)) == ([], [])


def test_a_dismissal_does_not_outlive_an_edit(anonymise: Anonymise) -> None:
    dismissed = frozenset(proposal.id for proposal in anonymise.propose([segment("저는 회령에서 났습니다.")]))
    assert told(anonymise, segment("저는 회령에서 컸습니다."), Decisions(dismissed=dismissed))[1] == [("undecided", "회령")]


def test_a_variant_answers_everywhere(anonymise: Anonymise) -> None:
    texts = [segment("회령에서 났습니다.", "a"), segment("회령시로 갔습니다.", "b")]
    mentions, questions = told(anonymise, texts, Decisions((entity("home", "회령"),)))
    assert (mentions, questions) == ([("회령", "replace"), ("회령", "replace")], [])


def test_kin_and_swept_nouns_are_only_shown(anonymise: Anonymise) -> None:
    one = segment("어머니는 중국에서 두부를 팔았습니다.")
    swept = Proposal("p", "s1", 10, 12, "두부", EntityType.OTHER, IdentifierClass.QUASI, "noun_sweep", 0.1)
    assert anonymise.resolve([one], Decisions(), [*anonymise.propose([one]), swept]) == ([], [])


def test_the_longest_form_wins(anonymise: Anonymise) -> None:
    decisions = Decisions((entity("county", "온성"), entity("jail", "온성 보위부")))
    assert told(anonymise, segment("온성 보위부에 있었습니다."), decisions) == ([("온성 보위부", "replace")], [])


def test_half_a_name_is_not_an_answer(anonymise: Anonymise) -> None:
    one = segment("온성 보위부에 있었습니다.")
    assert ("undecided", "온성 보위부") in told(anonymise, one, Decisions((entity("office", "보위부"),)))[1]
    assert told(anonymise, one, Decisions((entity("county", "온성"),)))[1] == []


def test_crossing_forms_of_two_entities_are_asked(anonymise: Anonymise) -> None:
    decisions = Decisions((entity("a", "나라 회령"), entity("b", "회령 청진시")))
    assert ("ambiguous", "나라 회령") in told(anonymise, segment("나라 회령 청진시"), decisions)[1]


def test_a_given_name_inside_a_full_one_is_asked(anonymise: Anonymise) -> None:
    _, questions = told(anonymise, segment("그때 김영희가 왔습니다."), Decisions((entity("n", "영희"),)))
    assert ("inside_word", "영희") in questions


def test_a_plain_word_is_decided_mention_by_mention(anonymise: Anonymise) -> None:
    one = segment("하나가 빵 하나를 주었습니다.")
    child = entity("child", "하나")
    assert told(anonymise, one, Decisions((child,)))[1].count(("ambiguous", "하나")) == 2
    name = decision(one, "하나", Action.REPLACE, "child")
    number = MentionDecision("s1", one.sha256, 6, 8, Action.KEEP, "child", "a number")
    decided = Decisions((child,), (name, number))
    assert told(anonymise, one, decided) == ([("하나", "replace"), ("하나", "keep")], [])


@pytest.mark.parametrize("action", list(Action))
def test_a_decision_on_one_place_holds_there(anonymise: Anonymise, action: Action) -> None:
    one = segment("저는 회령에서 태어났습니다.")
    decisions = Decisions((entity("home", "회령"),), (decision(one, "회령", action, "home", "because"),))
    assert told(anonymise, one, decisions) == ([("회령", action.value)], [])


def test_a_decision_on_another_text_is_taken_again(anonymise: Anonymise) -> None:
    before, after = segment("그 여자 의사는 하나뿐이었어요."), segment("그 여의사는 하나뿐이었어요.")
    old = decision(before, "여자 의사", Action.REDACT)
    _, questions = anonymise.resolve([after], Decisions(mentions=(old,)), [])
    assert questions == [OpenQuestion(Question.TEXT_CHANGED, "s1", old.start, old.end, after.text[old.start : old.end])]
    again = Decisions(mentions=(old, decision(after, "여의사", Action.REDACT)))
    assert anonymise.resolve([after], again, [])[1] == []


def test_one_decision_does_not_stand_for_two_lost_ones(anonymise: Anonymise) -> None:
    before, after = segment("의사 한 명과 간호원 한 명"), segment("의사와 간호원 한 명")
    old = (decision(before, "의사", Action.REDACT), decision(before, "간호원", Action.REDACT))
    decided = Decisions(mentions=(*old, decision(after, "의사", Action.REDACT)))
    assert [one.code for one in anonymise.resolve([after], decided, [])[1]] == ["text_changed"]


def test_a_lost_keep_is_no_question_and_keeps_nothing(anonymise: Anonymise) -> None:
    before, after = segment("서울에 왔다."), segment("서울로 왔다.")
    decided = Decisions((entity("city", "서울"),), (decision(before, "서울", Action.KEEP, "city", "fine"),))
    assert told(anonymise, after, decided) == ([("서울", "replace")], [])


def test_a_decision_on_a_segment_that_is_gone_is_asked_until_let_go(anonymise: Anonymise) -> None:
    gone, here = segment("비밀이 있었다.", "gone"), segment("아무것도 아니다.")
    lost = decision(gone, "비밀", Action.REDACT)
    assert [one.code for one in anonymise.resolve([here], Decisions(mentions=(lost,)), [])[1]] == ["text_changed"]
    let_go = decision(gone, "비밀", Action.KEEP, reason="the passage was deleted")
    assert anonymise.resolve([here], Decisions(mentions=(let_go,)), []) == ([], [])


def test_offsets_outside_of_the_text_are_not_believed(anonymise: Anonymise) -> None:
    one = segment("짧다")
    wild = MentionDecision("s1", one.sha256, 1, 99, Action.REDACT)
    mentions, questions = anonymise.resolve([one], Decisions(mentions=(wild,)), [])
    assert (mentions, [one.code for one in questions]) == ([], ["text_changed"])


@pytest.mark.parametrize("first", [True, False])
def test_where_decisions_cross_exchanging_goes_before_keeping(anonymise: Anonymise, first: bool) -> None:
    one = segment("김영희의 책을 읽었습니다.")
    keep = decision(one, "김영희의 책", Action.KEEP, reason="a title")
    replace = decision(one, "김영희", Action.REPLACE, "n")
    both = (keep, replace) if first else (replace, keep)
    mentions, questions = told(anonymise, one, Decisions((entity("n", "김영희"),), both))
    assert mentions == [("김영희", "replace")]
    assert questions == [("ambiguous", "김영희의 책")]


def test_an_entity_without_a_text_is_asked_once(anonymise: Anonymise) -> None:
    texts = [segment("회령에서", "a"), segment("회령으로", "b")]
    decisions = Decisions((entity("home", "회령", public="", court="[도시]"),))
    assert told(anonymise, texts, decisions)[1] == [("no_replacement", "회령")]


def test_other_profiles_fall_back_on_the_public_text(anonymise: Anonymise) -> None:
    one = segment("회령에서 왔다.")
    mentions, questions = anonymise.resolve([one], Decisions((entity("home", "회령", public="[A시]"),)), [])
    assert questions == []
    for profile in Profile:
        assert anonymise.render([one], mentions, profile)[0].text == "[A시]에서 왔다."


def test_keeping_needs_no_text(anonymise: Anonymise) -> None:
    one = segment("서울에 왔다.")
    decided = Decisions((entity("city", "서울", public=""),), (decision(one, "서울", Action.KEEP, "city", "fine"),))
    assert told(anonymise, one, decided) == ([("서울", "keep")], [])


def test_a_replacement_by_nobody_is_asked(anonymise: Anonymise) -> None:
    one = segment("그 여의사가 있었다.")
    decided = Decisions(mentions=(decision(one, "여의사", Action.REPLACE),))
    assert told(anonymise, one, decided)[1] == [("no_replacement", "여의사")]
