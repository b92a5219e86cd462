"""A name in another guise is asked about, and only where nobody asks already."""

import pytest

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.anonymise.jamo import sounds_apart
from oralhistory.anonymise.romanisation import sound, sounds_of_latin
from oralhistory.domain.redaction import Decisions, Entity, EntityType, IdentifierClass, VariantKind
from oralhistory.domain.transcript import Segment


def person(*variants: str, **kinds: VariantKind) -> Entity:
    return Entity("p", EntityType.PERSON, IdentifierClass.DIRECT, variants, {"public": "[누구 1]"}, "", kinds)


def asked(anonymise: Anonymise, text: str, entity: Entity) -> list[tuple[str, str]]:
    """What is asked about `text` when nothing was proposed in it."""
    resolution = anonymise.resolution([Segment("s", "r", 0, 1, text)], [])
    _, questions = resolution.under(Decisions((entity,)))
    return [(one.code, one.text) for one in questions]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("최명호", "최멍호가 왔다", "최멍호"), ("최명호", "Then Choe Myong-ho came", "Choe Myong-ho"),
        ("최명호", "I know Myeongho Choi", "Myeongho Choi"), ("최명호", "崔明浩也来了", "崔明浩"),
        ("리금주", "Her name was Lee Keum-joo", "Lee Keum-joo"), ("박순옥", "박숙옥이가", "박숙옥"),
    ],
)  # fmt: skip
def test_a_name_misspelt_or_in_other_letters_is_a_question(
    anonymise: Anonymise, name: str, text: str, said: str
) -> None:
    assert asked(anonymise, text, person(name)) == [("similar", said)]


@pytest.mark.parametrize(
    ("name", "text"),
    [("영희", "영호가 왔다"), ("최명호", "최면술을 했다"), ("최명호", "최명자가 왔다"), ("회령", "they were there"),
     ("김영희", "kim yonghui"), ("이은주", "an uncle")],
)  # fmt: skip
def test_what_is_only_a_little_alike_is_not(anonymise: Anonymise, name: str, text: str) -> None:
    assert asked(anonymise, text, person(name)) == []


def test_what_the_detectors_ask_about_is_not_asked_twice_and_not_again_when_it_is_dismissed(anonymise: Anonymise) -> None:
    segments = [Segment("s", "r", 0, 1, "이름은 최명화라고 했다")]
    proposals = anonymise.propose(segments)
    resolution = anonymise.resolution(segments, proposals)
    for dismissed in (frozenset[str](), frozenset(one.id for one in proposals)):
        _, questions = resolution.under(Decisions((person("최명호"),), (), dismissed))
        assert "similar" not in {one.code for one in questions}


def test_a_form_that_people_call_ambiguous_is_asked_about_wherever_it_stands(anonymise: Anonymise) -> None:
    entity = Entity(
        "p", EntityType.PERSON, IdentifierClass.DIRECT, ("최명호", "명호"), {"public": "[누구 1]"}, "",
        {"명호": VariantKind.AMBIGUOUS},
    )  # fmt: skip
    assert asked(anonymise, "최명호가 명호라고", entity) == [("ambiguous", "명호")]


def test_one_decision_after_the_other_is_the_same_as_all_at_once(anonymise: Anonymise) -> None:
    texts = ["최명호와 김영희가 회령에서 만났다", "영희는 혜산으로, 최멍호는 서울로", "Hoeryong and 崔明浩", "아무도 없었다"]
    segments = [Segment(str(i), "r", 0, 1, text) for i, text in enumerate(texts)]
    proposals = anonymise.propose(segments)
    entities = [
        Entity(name, EntityType.PERSON, IdentifierClass.DIRECT, (name,), {"public": f"[{name[0]}]"})
        for name in ("최명호", "김영희", "영희", "회령", "혜산")
    ]
    growing = anonymise.resolution(segments, proposals)
    for number in range(len(entities) + 1):
        decisions = Decisions(tuple(entities[:number]), (), frozenset(one.id for one in proposals[:number]))
        assert growing.under(decisions) == anonymise.resolve(segments, decisions, proposals)
    fewer = Decisions(tuple(entities[2:]))
    assert growing.under(fewer) == anonymise.resolve(segments, fewer, proposals)


def test_sounds() -> None:
    assert (sounds_apart("명호", "멍호"), sounds_apart("명호", "명화"), sounds_apart("명호", "명")) == (1, 1, 99)
    assert set(sounds_of_latin("Ch’oe Myŏng-ho")) <= sound("최명호")
    assert not set(sounds_of_latin("Kim Chol")) & sound("최명호")
