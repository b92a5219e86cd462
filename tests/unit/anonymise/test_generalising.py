"""What is suggested for a name, a place, a date or an age, and how finely for whom."""

import pytest

from oralhistory.anonymise import spoken_numbers
from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.domain.redaction import EntityType


@pytest.mark.parametrize(
    ("said", "year", "month"),
    [
        ("천구백구십칠년 삼월", 1997, 3), ("98년도", 1998, None), ("일구팔오년생", 1985, None), ("이천십오년", 2015, None),
        ("팔팔년생", 1988, None), ("2011-03-15", 2011, 3), ("2010년 2월 3일", 2010, 2), ("시월 초사흘", None, 10),
        ("이천이년 칠월 초하루", 2002, 7), ("June 2009", 2009, 6), ("nineteen ninety-eight", 1998, None),
        ("two thousand and nine", 2009, None), ("twenty fifteen", 2015, None), ("the winter of 1997", 1997, 1),
        ("一九九七年三月", 1997, 3), ("九八年冬天", 1998, 1), ("2009년 가을", 2009, 10), ("그때", None, None),
    ],
)  # fmt: skip
def test_years_and_months_are_read_as_they_are_said(said: str, year: int | None, month: int | None) -> None:
    assert (spoken_numbers.year(said), spoken_numbers.month(said)) == (year, month)


@pytest.mark.parametrize(
    ("said", "age"),
    [("스물세 살", 23), ("열아홉", 19), ("23살", 23), ("이십오세", 25), ("예순여덟", 68), ("만 서른셋", 33), ("스무살", 20),
     ("twenty-three years old", 23), ("nine", 9), ("二十三岁", 23), ("아홉 살", 9)],
)  # fmt: skip
def test_ages_are_read_as_they_are_said(said: str, age: int) -> None:
    assert spoken_numbers.age(said) == age


@pytest.mark.parametrize(
    ("kind", "before", "said", "after", "language", "public"),
    [
        ("PERSON", "우리 여동생 ", "지현", "이가", "ko", "[여동생 {n}]"),
        ("PERSON", "", "고 보위원", "은", "ko", "[보위원 {n}]"),
        ("PERSON", "my elder brother ", "Min-ho", " came", "en", "[elder brother {n}]"),
        ("PERSON", "我妹妹叫", "金顺姬", "。", "zh", "[妹妹 {n}]"), ("PERSON", "그때 ", "최명호", "가", "ko", "[인물 {n}]"),
        ("PERSON", "제 이름은 ", "김영희", "입니다", "ko", "[구술자]"),
        ("PERSON", "My name is ", "Grace", ".", "en", "[Narrator]"),
        ("PERSON", "我叫", "金玉顺", "，", "zh", "[口述者]"), ("ORG", "아버지는 ", "무산광산 9갱", "에서", "ko", "[직장 {n}]"),
        ("ORG", "오빠는 ", "4.25", "에", "ko", "[부대 {n}]"), ("ORG", "", "하나원 239기", "", "ko", "[직장 {n}]"),
        ("PLACE", "", "회령", "에서", "ko", "[함경북도 도시 {n}]"), ("PLACE", "", "온성군", "에서", "ko", "[함경북도 군 {n}]"),
        ("PLACE", "", "원산", "에서", "ko", "[북한 지역 {n}]"), ("PLACE", "in ", "Yanji", "", "en", "[Jilin city {n}]"),
        ("PLACE", "在", "沈阳", "", "zh", "[辽宁省城市 {n}]"), ("PLACE", "", "어딘가", "에서", "ko", "[장소 {n}]"),
        ("FACILITY", "", "온성 보위부", "에서", "ko", "[함경북도 구금시설 {n}]"),
        ("DATE", "", "천구백구십칠년 삼월", "에", "ko", "[1990년대 봄]"), ("DATE", "", "98년", "에", "ko", "[1990년대]"),
        ("AGE", "", "스물세 살", "에", "ko", "[20대 초반]"), ("AGE", "", "27살", "에", "ko", "[20대 후반]"),
        ("AGE", "", "여섯 살", "", "ko", "[10세 미만]"), ("AGE", "aged ", "twenty-three", "", "en", "[20–24]"),
        ("CODE", "", "공일공 이삼사오 육칠팔구", "", "ko", "[전화번호 {n}]"), ("ORG", "", "제10군단", "", "ko", "[부대 {n}]"),
    ],
)  # fmt: skip
def test_in_public_it_is_told_coarsely(
    anonymise: Anonymise, kind: str, before: str, said: str, after: str, language: str, public: str
) -> None:
    assert anonymise.suggest(EntityType(kind), said, before, after, language).replacement["public"] == public


def test_a_partner_learns_the_half_decade_and_a_court_the_rare_province(anonymise: Anonymise) -> None:
    date = anonymise.suggest(EntityType.DATE, "98년", "", "에", "ko").replacement
    place = anonymise.suggest(EntityType.PLACE, "원산", "", "에서", "ko").replacement
    assert (date["partner"], place["court"]) == ("[1990년대 후반]", "[강원도 지역 {n}]")


def test_names_that_were_written_down_are_found_first_and_everywhere(anonymise: Anonymise) -> None:
    from oralhistory.domain.transcript import Segment

    segments = [Segment("s", "r", 0, 1, "봄봄이가 울었다. 쿠쿠가 갔다.")]
    found = anonymise.propose(segments, known=("봄봄", "쿠쿠"))
    assert [(one.text, one.detector) for one in found if one.detector == "known_facts"] == [
        ("봄봄", "known_facts"), ("쿠쿠", "known_facts"),
    ]  # fmt: skip
