"""Where a known form is certainly meant, where a person must look, and where it is not at all."""

import pytest

from oralhistory.anonymise.occurrences import Occurrences
from oralhistory.anonymise.wordlists import Words
from oralhistory.domain.redaction import Entity, EntityType, IdentifierClass


def entity(*variants: str, id_: str = "e") -> Entity:
    return Entity(id_, EntityType.PERSON, IdentifierClass.DIRECT, variants)


def found(text: str, words: Words, *entities: Entity) -> list[tuple[str, str]]:
    places = Occurrences([text], words)
    places.follow(entities)
    return [(text[one.start : one.end], one.question) for one in places.of(0)]


CERTAIN = [
    ("회령", "저는 회령에서 태어났습니다."), ("회령", "회령"), ("회령", "“회령”이라는 곳"), ("회령", "(회령)"),
    ("회령", "회령시에서"),
    ("회령", "청진,회령"), ("회령", "회령사람"), ("회령", "회령쪽으로"), ("김영희", "김영희입니다"),
    ("김영희", "김영희씨가"),
    ("김영희", "김영희 씨가"), ("김영희", "김 영희가 왔다"), ("김영희", "김영희어머니는"), ("지현", "지현이가"),
    ("지현", "지현이네 집"),
    ("지현", "지현아!"), ("이순옥", "이순옥이라는 여자"), ("명호", "명호라는 사람"),
    ("전거리 교화소", "전거리교화소에"),
    ("전거리교화소", "전거리 교화소에서"), ("Minho", "MINHO said"), ("Minho", "Minho's mother"),
    ("Minho", "Min-ho came"),
    ("Minho", "I met Min Ho there"), ("Minho", "Minho가 왔다"), ("Hoeryong", "in Hoeryŏng"),
    ("Hoeryŏng", "in Hoeryong"),
    ("Kim Yong Hui", "Kim Yong-hui"), ("Grace", "my friend Grace came"), ("会宁", "我出生在会宁。"),
    ("李明", "叫李明的人"),
    ("010-1234-5678", "전화 010 1234 5678번"), ("01012345678", "call 010-1234-5678"), ("1997년", "1997년에"),
    ("2009", "in 2009."),
    ("12호 교화소", "12호교화소에서"), ("김영희", "김\u200c영희가"),
]  # fmt: skip


@pytest.mark.parametrize(("variant", "text"), CERTAIN)
def test_certain(variant: str, text: str, words: Words) -> None:
    hits = found(text, words, entity(variant))
    assert len(hits) == 1
    assert hits[0][1] is None


@pytest.mark.parametrize(
    ("variant", "text", "why"),
    [
        ("하나", "하나가 왔다", "ambiguous"), ("보람", "보람이 있었다", "ambiguous"),
        ("유선", "유선에서", "ambiguous"),
        ("이", "이가 말했다", "ambiguous"), ("金", "姓金的", "ambiguous"), ("Grace", "by the grace of", "ambiguous"),
        ("Hope", "Hope was all we had", "ambiguous"), ("영희", "김영희가", "inside_word"),
        ("회령", "새회령에서", "inside_word"),
        ("영희", "영희자가", "inside_word"), ("Yanji", "the Yanjian dialect", "inside_word"),
        ("하나", "하나님께", "ambiguous"),
        ("하나", "하나둘", "inside_word"),
        ("회령시", "회령 시에서", "ambiguous"), ("이순옥", "이순 옥이라는", "ambiguous"),
        ("Minho", "spelled min ho", "ambiguous"), ("123456", "91234567", "inside_word"),
    ],
)  # fmt: skip
def test_a_person_must_look(variant: str, text: str, why: str, words: Words) -> None:
    assert [question for _, question in found(text, words, entity(variant))] == [why]


@pytest.mark.parametrize(
    ("variant", "text"),
    [("Han", "we changed"), ("이", "아이가 웃었다"), ("영희", "영 희한한 일"), ("2009", "12009"), ("순옥",
     "순수한 옥수수")],
)
def test_not_meant(variant: str, text: str, words: Words) -> None:
    assert found(text, words, entity(variant)) == []


def test_a_form_of_two_entities_is_a_question(words: Words) -> None:
    hits = found("영희가 왔다", words, entity("영희", id_="sister"), entity("영희", id_="friend"))
    assert hits == [("영희", "ambiguous"), ("영희", "ambiguous")]


def test_two_spellings_of_one_entity_are_no_question(words: Words) -> None:
    assert {question for _, question in found("Min-ho came", words, entity("Minho", "Min-ho"))} == {None}


def test_one_place_of_one_entity_may_be_certain_by_one_spelling_and_a_question_by_another(words: Words) -> None:
    person = entity("남궁민수", "남궁 민수")
    assert set(found("어제 남궁 민수가 왔다", words, person)) == {("남궁 민수", None), ("남궁 민수", "ambiguous")}


def test_every_occurrence_is_found(words: Words) -> None:
    assert len(found("회령, 회령에서 회령까지 옛회령으로", words, entity("회령"))) == 4
