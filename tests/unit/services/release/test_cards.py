"""What is open, gathered for a person; what the answers mean; taking the last one back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.redaction import Action, Decisions, Entity, EntityType, IdentifierClass, Question, VariantKind
from oralhistory.errors import MalformedInput
from oralhistory.services.desk import Desk
from oralhistory.services.release import answers
from oralhistory.services.release.cards import Card, folded, gathered, marked
from oralhistory.services.release.decision_log import document
from tests.helpers.archives import new_desk

TEXT = "N1: 최명호라는 사람이 저를 도와주었습니다.\nN1: 그 최명오는 회령에서 왔습니다.\nN1: 회령에는 최명오가 없었습니다.\n"
HIM = Entity("e1", EntityType.PERSON, IdentifierClass.DIRECT, ("최명호",), {"public": "[조력자 1]"})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with new_desk(tmp_path_factory.mktemp("cards")) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    code = desk.interviews.create(("ko",)).code
    desk.transcripts.import_file(code, "talk.txt", TEXT)
    return code


def cards(desk: Desk, code: str) -> list[Card]:
    return gathered(desk.redacting, desk.redacting.state(code))


def texts(desk: Desk, code: str) -> list[str]:
    return [one.text for one in desk.redacting.render(desk.redacting.state(code), answers.Profile.PUBLIC)]


def test_a_misspelling_stands_beside_the_name_it_may_be_and_one_answer_does_for_all_its_places(desk: Desk, code: str) -> None:
    desk.redacting.add(code, Decisions(entities=(HIM,)))
    misspelt = next(one for one in cards(desk, code) if one.text == "최명오")
    (other,) = misspelt.alike
    assert (other.form, other.entity, other.instead) == ("최명호", "e1", "[조력자 1]")
    assert other.heard is None, "this text has no sound"
    everything = desk.redacting.add(code, answers.same(misspelt, HIM, VariantKind.MISHEARD))
    assert everything.entities[0].kinds == {"최명오": VariantKind.MISHEARD}
    assert not [one for one in cards(desk, code) if one.text == "최명오" or one.code is Question.SIMILAR]
    assert texts(desk, code) and "최명" not in " ".join(texts(desk, code))


def test_a_form_that_is_also_a_word_counts_where_it_was_decided_and_is_asked_about_elsewhere(desk: Desk, code: str) -> None:
    state = desk.redacting.state(code)
    card = marked(state, (state.segments[1].id, 2, 5))
    assert card is not None and card.text == "최명오"
    desk.redacting.add(code, answers.same(card, HIM, VariantKind.AMBIGUOUS))
    assert texts(desk, code)[1:] == ["그 [조력자 1]은 회령에서 왔습니다.", "회령에는 최명오가 없었습니다."]
    assert [one.code for one in cards(desk, code) if one.text == "최명오"] == ["ambiguous"]


def test_how_a_name_is_typed_makes_no_second_card() -> None:
    assert {folded(one) for one in ("Kim Min-ji", "KIM MINJI", "Ｋｉｍ　Ｍｉｎｊｉ")} == {"kimminji"}


def test_a_reader_marks_what_no_detector_asks_about(desk: Desk, code: str) -> None:
    state = desk.redacting.state(code)
    first = state.segments[0]
    at = first.text.index("사람")
    card = marked(state, (first.id, at - 1, at + 3), desk.redacting.suggest)
    assert card is not None
    assert (card.code, card.text, card.places[0].start) == (Question.MARKED, "사람이", at)
    assert marked(state, (first.id, at - 1, at)) is None
    desk.redacting.add(code, answers.taken_out(card))
    assert "[…] 저를" in texts(desk, code)[0]


def test_told_coarsely_it_is_the_same_for_everybody(desk: Desk, code: str) -> None:
    card = next(one for one in cards(desk, code) if one.text == "회령")
    town = Entity("e2", EntityType.PLACE, IdentifierClass.QUASI, ("회령",), {"public": "[도시 1]", "court": "회령"})
    desk.redacting.add(code, answers.generalised(card, town))
    state = desk.redacting.state(code)
    assert {one.action for one in state.mentions} == {Action.GENERALISE}
    assert "회령" not in desk.redacting.render(state, answers.Profile.COURT)[1].text


def test_a_name_that_only_a_reader_knew_is_asked_about_when_its_decision_is_taken_back(desk: Desk, code: str) -> None:
    before = desk.redacting.state(code)
    line = next(one for one in before.segments if "도와주" in one.text)
    at = line.text.index("도와주었")
    card = marked(before, (line.id, at, at + 4))
    assert card is not None and card.text not in [one.text for one in before.open]
    known = answers.named(card.text, EntityType.PERSON, "ko", ())
    desk.redacting.add(code, answers.meant(card, replace(known, id="e7")))
    assert desk.redacting.take_back(code)
    state = desk.redacting.state(code)
    assert [(one.code, one.text) for one in state.open if one not in before.open] == [(Question.MARKED, card.text)]
    assert state.taken_back == (card.text,)
    (again,) = [one for one in gathered(desk.redacting, state) if one.code is Question.MARKED]
    desk.redacting.add(code, answers.no_name(again, "a verb"))
    assert desk.redacting.state(code).open == before.open


def test_a_place_taken_out_is_asked_about_when_that_is_taken_back_until_part_by_part_it_is_decided(
    desk: Desk, code: str
) -> None:
    before = desk.redacting.state(code)
    line = before.segments[0]
    at = line.text.index("저를 도와주었")
    card = marked(before, (line.id, at, at + 7))
    assert card is not None
    desk.redacting.add(code, answers.taken_out(card))
    assert desk.redacting.take_back(code)
    assert [one.text for one in desk.redacting.state(code).open if one.code is Question.MARKED] == ["저를 도와주었"]
    assert desk.redacting.state(code).taken_back == ("저를 도와주었",)
    part = marked(before, (line.id, at, at + 2))
    assert part is not None
    desk.redacting.add(code, answers.taken_out(part))
    assert [one.text for one in desk.redacting.state(code).open if one.code is Question.MARKED] == ["도와주었"]
    assert desk.redacting.take_back(code) and desk.redacting.bring_back(code)
    desk.redacting.add(code, answers.taken_out(card))
    after = desk.redacting.state(code)
    assert not [one for one in after.open if one.code is Question.MARKED] and not after.taken_back


def test_a_decision_is_not_brought_back_when_its_pseudonym_became_a_name(desk: Desk, code: str) -> None:
    card = next(one for one in cards(desk, code) if one.text == "최명호")
    desk.redacting.add(code, Decisions(entities=(replace(HIM, variants=(card.text,), replacement={"public": "한새벽"}),)))
    assert desk.redacting.take_back(code)
    other = desk.interviews.create().code
    desk.interviews.set_field(other, "names", "한새벽")
    with pytest.raises(MalformedInput):
        desk.redacting.bring_back(code)


def test_what_holds_again_has_no_pseudonym_that_became_a_name_even_one_that_was_taken_back(desk: Desk, code: str) -> None:
    for name in ("한가을", "한겨울"):
        desk.redacting.add(code, Decisions(entities=(replace(HIM, variants=("최명호",), replacement={"public": name}),)))
    other = desk.interviews.create().code
    somebody = replace(HIM, id="o1", variants=("한가을",), replacement={"public": "[인물 1]"})
    desk.redacting.add(other, Decisions(entities=(somebody,)))
    assert desk.redacting.take_back(other)
    with pytest.raises(MalformedInput):
        desk.redacting.take_back(code)
    (him,) = desk.redacting.state(code).decisions.entities
    assert him.replacement["public"] == "한겨울"


def test_the_last_answer_can_be_taken_back_and_given_again(desk: Desk, code: str, tmp_path: Path) -> None:
    assert not desk.redacting.take_back(code)
    before = texts(desk, code)
    card = next(one for one in cards(desk, code) if one.text == "회령")
    desk.redacting.add(code, answers.meant(card, answers.fresh(card, ())))
    desk.redacting.add(code, answers.kept(next(one for one in cards(desk, code)), "known to all"))
    after = texts(desk, code)
    assert desk.redacting.take_back(code) and desk.redacting.take_back(code)
    assert not desk.redacting.take_back(code)
    assert texts(desk, code) == before
    assert desk.redacting.bring_back(code) and desk.redacting.bring_back(code)
    assert not desk.redacting.bring_back(code)
    assert texts(desk, code) == after
    decided = document(desk.decision_logs.log(code))["decided"]
    assert [one.get("takes_back") for one in decided] == [None, None, 2, 1, 4, 3]  # type: ignore[attr-defined]
