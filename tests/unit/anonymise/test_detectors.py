"""What each detector proposes, and what it leaves alone."""

import json
from pathlib import Path

import pytest

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.anonymise.detectors.codes import Codes
from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.number_sweep import NumberSweep
from oralhistory.anonymise.detectors.pieced_words import PiecedWords
from oralhistory.anonymise.detectors.place_shapes import PlaceShapes
from oralhistory.anonymise.detectors.spelled_names import SpelledNames
from oralhistory.anonymise.wordlists import read_names, read_places, read_words
from oralhistory.domain.morpheme import Morpheme, Part
from oralhistory.domain.redaction import IdentifierClass, Proposal
from oralhistory.domain.transcript import Segment

HERE = Path(__file__).resolve().parent
TESTIMONY = json.loads((HERE / "testimony.json").read_text("utf-8"))
FIXTURE = json.loads((HERE.parents[1] / "tools" / "fixture_model" / "sentences.json").read_text("utf-8"))
NAMED_IN_FIXTURE = {
    "김영희", "박철수", "회령", "청진", "두만강", "연길", "도문", "온성 보위부", "전거리 교화소", "이순옥", "최명호",
    "서울",
    "천구백구십칠년", "이천십오년", "이천십구년", "Grace Kim", "Hoeryong", "Tumen River", "Yanji", "Minho", "Musan",
    "Seoul",
    "2009", "李明", "会宁", "延吉", "图们江", "首尔",
}  # fmt: skip


def proposed(anonymise: Anonymise, text: str) -> list[Proposal]:
    return [one for one in anonymise.propose([Segment("s", "r", 0, 1, text)]) if blocks(one)]


def blocks(proposal: Proposal) -> bool:
    return proposal.identifier is not IdentifierClass.CONTEXT


def test_every_name_and_place_of_the_fixture_sentences_and_nothing_else(anonymise: Anonymise) -> None:
    segments = [
        Segment(f"{language}{i}", "r", 0, 1, text, "N1", language)
        for language, texts in FIXTURE.items()
        for i, text in enumerate(texts)
    ]
    assert {one.text for one in anonymise.propose(segments) if blocks(one)} == NAMED_IN_FIXTURE


def test_testimony_is_covered_with_few_false_alarms(anonymise: Anonymise) -> None:
    """Sentences in the manner of testimony, each with what must be proposed; names wholly, or a part of one leaves."""
    missed, false = [], []
    for sentence in TESTIMONY:
        spans = [(sentence["text"].index(name), len(name)) for name in sentence["names"]]
        found = proposed(anonymise, sentence["text"])
        missed += [
            sentence["text"][start : start + length]
            for start, length in spans
            if not any(one.start <= start and start + length <= one.end for one in found)
        ]
        false += [one.text for one in found if not any(one.start < s + n and s < one.end for s, n in spans)]
    words = sum(len(one["text"].split()) for one in TESTIMONY)
    assert missed == []
    assert len(false) * 1000 / words <= 15


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("제 번호는 010-2345-6789예요.", "010-2345-6789"), ("공일공에 이삼사오 육칠팔구", "공일공에 이삼사오 육칠팔구"),
        ("주민번호는 800101-2345678입니다.", "800101-2345678"),
        ("Write to a.b@example.org please", "a.b@example.org"),
        ("여권번호 M12345678", "M12345678"), ("계좌는 110-234-567890", "110-234-567890"),
        ("+86 138 1234 5678", "+86 138 1234 5678"),
        ("공일공 이삼사오 육칠팔구", "공일공 이삼사오 육칠팔구"),
        ("one three eight, five five one two", "one three eight, five five one two"),
        ("电话是一三八零零一二三四五六", "一三八零零一二三四五六"),
        ("번호는 1 3 9 4 4 5 5 1 2 3 4 였어요", "1 3 9 4 4 5 5 1 2 3 4"),
        ("010\u200d1234\u200d5678", "010\u200d1234\u200d5678"),
        ("계좌 110234567890엔 돈이 없었어요", "110234567890"), ("62170012345678 won't work", "62170012345678"),
        ("qq1583920447", "1583920447"), ("遼D 6T882", "遼D 6T882"), ("3號樓2單元401", "3號樓2單元401"),
        ("010에 5527에 9 다음은", "010에 5527에 9"), ("7반 12호에", "7반 12호"), ("7인민반 12호에", "7인민반 12호"),
        ("7반 12호실", None),
        ("쌀 10킬로를 3000원에", None),
        ("우리는 이삼일 굶었다", None),
    ],
)  # fmt: skip
def test_codes(anonymise: Anonymise, text: str, said: str | None) -> None:
    assert [one.text for one in proposed(anonymise, text) if one.detector == "codes"] == ([said] if said else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1997년에", "1997년"), ("97년도에", "97년도"),
        ("천구백구십칠 년 삼월 십오일에", "천구백구십칠 년 삼월 십오일"), ("이천 십오년", "이천 십오년"),
        ("이천년에 왔다", "이천년"), ("일구팔오년생", "일구팔오년"), ("구십오년 겨울", "구십오년 겨울"),
        ("시월 초사흘에", None), ("삼월 십오일", "삼월 십오일"),
        ("음력 오월 초닷새", "음력 오월 초닷새"), ("on 3 March 2011", "3 march 2011"),
        ("March 3rd, 2011", "march 3rd, 2011"),
        ("in June 2009", "june 2009"), ("since nineteen ninety-seven", "nineteen ninety-seven"),
        ("in two thousand and nine", "two thousand and nine"),
        ("in twenty fifteen", "twenty fifteen"), ("2011-03-15", "2011-03-15"), ("一九九七年三月", "一九九七年三月"),
        ("2015年5月", "2015年5月"), ("2004年7月27號", "2004年7月27號"), ("臘月二十三", "臘月二十三"),
        ("國慶節那天", "國慶節那天"),
        ("in the 1990s", "1990s"), ("이 년을 살았다", None), ("석 달 동안", None), ("십 년 동안", None),
        ("십년 전에", None), ("for two years", None),
        ("2000원을 줬다", None), ("한 시간", None), ("三天", None), ("三年", None),
    ],
)  # fmt: skip
def test_dates(anonymise: Anonymise, text: str, said: str | None) -> None:
    dates = [one.text.lower() for one in proposed(anonymise, text) if one.detector == "dates"]
    assert dates == ([said] if said else []) or (text.startswith("시월") and dates)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("스물세 살에", "스물세 살"), ("스무살 때", "스무살"), ("23살", "23살"), ("이십오세에", "이십오세"),
        ("스물셋에 시집을", "스물셋"),
        ("열아홉 살", "열아홉 살"), ("she was 23 years old", "23 years old"),
        ("a twenty-three-year-old", "twenty-three-year-old"),
        ("at the age of nine", "nine"), ("二十三岁", "二十三岁"), ("살았다", None), ("세 사람", None),
        ("three years", None),
    ],
)  # fmt: skip
def test_ages(anonymise: Anonymise, text: str, said: str | None) -> None:
    assert [one.text for one in proposed(anonymise, text) if one.detector == "ages"] == ([said] if said else [])


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("온성군 보위부에서", "온성군 보위부", "FACILITY"), ("혜산 보안서", "혜산 보안서", "FACILITY"),
        ("12호 교화소", "12호 교화소", "FACILITY"),
        ("십오호 관리소", "십오호 관리소", "FACILITY"), ("개천에서 살았다", "개천", "PLACE"),
        ("개천 교화소", "개천 교화소", "FACILITY"),
        ("in Ch’ŏngjin", "Ch’ŏngjin", "PLACE"), ("in chongjin", "chongjin", "PLACE"), ("서울에서요", "서울", "PLACE"),
        ("Seoul에서", "Seoul", "PLACE"),
        ("我在沈阳", "沈阳", "PLACE"), ("치앙라이까지", "치앙라이", "PLACE"), ("덕성리에서", "덕성리", "PLACE"),
        ("Camp No. 22 was", "Camp No. 22", "FACILITY"),
    ],
)  # fmt: skip
def test_places(anonymise: Anonymise, text: str, said: str, kind: str) -> None:
    assert [(one.text, one.type.value) for one in proposed(anonymise, text)] == [(said, kind)]


@pytest.mark.parametrize(("said", "is_village"), [("강안리", True), ("물길동", True), ("마을앞골", False)])
def test_a_village_of_three_syllables_is_no_compound_of_a_noun(lists: Path, said: str, is_village: bool) -> None:
    passage = Passage(f"{said}에서 살았다", (Morpheme(0, len(said) - 2, Part.NOUN, 900),))
    found = PlaceShapes(read_words(lists), read_places(lists)).find(passage)
    assert [passage.text[one.start : one.end] for one in found] == [said] * is_village


@pytest.mark.parametrize("text", ["금 이랑 은을 팔았다", "금 이가 빠졌다", "금", "은 이"])
def test_a_word_of_one_syllable_before_what_looks_like_a_familiar_ending(lists: Path, text: str) -> None:
    passage = Passage(text, (Morpheme(0, 1, Part.NOUN, 900),))
    assert list(PiecedWords(read_names(lists), read_words(lists)).find(passage)) == []


@pytest.mark.parametrize(
    "text",
    ["통화를 했다", "집안이 어려웠다", "개천이 흘렀다", "안주를 먹었다", "위해 살았다", "목소리에서 알았다",
     "잠자리에 들었다", "대도시에서",
     "인민군에 갔다", "보위부에서", "중국에서", "무산되었다", "they sang a song", "we need to tumble"],
)  # fmt: skip
def test_no_places(anonymise: Anonymise, text: str) -> None:
    assert proposed(anonymise, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("제 이름은 리설향이라고 합니다", "리설향"), ("동생 은철이가", "은철"), ("남궁영희가 왔다", "남궁영희"),
        ("김 영희가", "김 영희"), ("언니 이름은 김 달막입니다", "김 달막"), ("제 이름은 김 달막이라고 합니다", "김 달막"),
        ("박 선생이", "박 선생"), ("김집사님이", "김집사"),
        ("영희야, 가자", "영희"), ("복순이네 집", "복순"), ("제 이름은 하나예요", "하나"),
        ("이름은 보람입니다", "보람"), ("저는 한명숙이라고 합니다", "한명숙"), ("My name is minho", "minho"),
        ("I met Mr. Zhao there", "Zhao"),
        ("my aunt Sun-hee's house", "Sun-hee"), ("He is called Kim Chol", "Kim Chol"), ("Kim Chol came", "Kim Chol"),
        ("她叫张美兰。", "张美兰"),
        ("李先生来了", "李先生"), ("据太某某说", "太某某"), ("李某说", "李某"), ("女人叫老蔫儿媳妇，", "老蔫儿媳妇"),
        ("我姓朴", "朴"),
    ],
)  # fmt: skip
def test_people(anonymise: Anonymise, text: str, said: str) -> None:
    found = proposed(anonymise, text)
    assert [one.text for one in found] == [said]
    assert found[0].type.value == "PERSON"


@pytest.mark.parametrize(
    "text",
    ["노력해서 이겨냈다", "지금은 괜찮다", "이순간이 왔다", "조용히 해라", "전화기가 울렸다", "정말로 그랬다",
     "하나도 없다", "고향이라는 곳",
     "그 아바이가 왔다", "Witness stated that.", "The guards laughed.", "On Monday we left.", "I am Korean.",
     "My mother said no.", "Every Christian was afraid.",
     "我叫他走", "他们叫我们起来"],
)  # fmt: skip
def test_nobody(anonymise: Anonymise, text: str) -> None:
    assert proposed(anonymise, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("손달막님이 왔다", ["손달막"]), ("형 목수님이 왔다", ["형 목수"]), ("박사모님이 왔다", ["박사모"]), ("손님이 왔다", []),
        ("형부님이 왔다", []), ("형수님이 왔다", []), ("고모부님이 왔다", []), ("고모할머님이 왔다", []), ("선생님이 왔다", []),
    ],
)  # fmt: skip
def test_a_surname_and_what_is_honoured(lists: Path, text: str, said: list[str]) -> None:
    found = SpelledNames(read_names(lists)).find(Passage(text))
    assert sorted({text[one.start : one.end] for one in found}) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("이순이 어머니라고 했다", ["이순이 어머니"]), ("이순 자매님이 왔다", ["이순 자매님"]),
        ("묘향이 엄마로 통해요", ["묘향이 엄마"]), ("목 선생님이 왔다", ["목 선생"]),
        ("두 자매가 왔다", []), ("중국에 오빠라고 있었다", []), ("남편 누나라고 했다", []), ("제일 언니라고 했다", []),
        ("모르는 엄마라고 했다", []), ("그리고 자매님이 왔다", []), ("친구 형제님이 왔다", []),
        ("방 검사를 했다", []), ("방 검사가 왔다", ["방 검사"]), ("방 검사하고 박 형사가", ["박 형사", "방 검사"]),
        ("방 검사 한테 끌려갔다", ["방 검사"]), ("방 검사를 한 다음", []),
        ("신 장사를 했다", []), ("양 농장에서", []), ("방 천장이 낮다", []), ("리 직장장이 왔다", ["리 직장장"]),
        ("남자 의자 하나", []), ("혼자 가자 하고", []), ("남자 석자 쓰십니다", ["남자 석자"]),
        ("신자 태자 룡자", ["신자 태자 룡자"]),
    ],
)  # fmt: skip
def test_a_word_of_its_own_is_nobody_and_a_name_that_begins_like_one_is_somebody(lists: Path, text: str, said: list[str]) -> None:
    found = SpelledNames(read_names(lists)).find(Passage(text))
    assert sorted({text[one.start : one.end] for one in found}) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("58213도 적혀 있었다", ["58213"]), ("58213만 기억난다", ["58213"]), ("58213엔 아무도", ["58213"]),
        ("58213일 겁니다", ["58213"]),
        ("58213 명찰을", ["58213"]), ("58213가지고 찾았다", ["58213"]), ("58213 살던 집", ["58213"]),
        ("58213 met him", ["58213"]),
        ("300만 원을", []), ("300만원을", []), ("500명이", []), ("500 명이", []), ("3000원짜리", []), ("300 가지가", []),
        ("500 metres away", []), ("500 people", []), ("2000엔화를", []), ("300公斤", []),
    ],
)  # fmt: skip
def test_a_number_is_swept_unless_a_measure_follows(text: str, said: list[str]) -> None:
    assert [text[one.start : one.end] for one in NumberSweep().find(Passage(text))] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("582137엔 아무도", ["582137"]), ("582137 원래 번호", ["582137"]), ("582137 명찰", ["582137"]), ("300000원을", []),
     ("300000엔화를", []), ("300000 명이", []), ("300000 won a day", [])],
)  # fmt: skip
def test_a_long_number_is_a_code_unless_it_counts_money_or_people(text: str, said: list[str]) -> None:
    assert [text[one.start : one.end] for one in Codes().find(Passage(text))] == said


def test_relatives_and_roles_are_underlined(anonymise: Anonymise) -> None:
    found = anonymise.propose([Segment("s", "r", 0, 1, "여동생과 브로커, my brother, 妈妈")])
    assert [(one.text, one.detector, one.identifier.value) for one in found] == [
        ("여동생", "kin", "CONTEXT"), ("브로커", "kin", "CONTEXT"), ("brother", "kin", "CONTEXT"),
        ("妈妈", "kin", "CONTEXT"),
    ]  # fmt: skip
