"""The parts of the leak check one by one: folding, skeletons, spoken numbers, and where a match may stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oralhistory.anonymise.leakcheck.everyday import excused
from oralhistory.anonymise.leakcheck.folding import Letters, folded, resolved, squeezed
from oralhistory.anonymise.leakcheck.needles import Needle
from oralhistory.anonymise.leakcheck.numerals import digit_runs, said, written
from oralhistory.anonymise.leakcheck.romanised import skeleton, skeletons
from oralhistory.anonymise.leakcheck.search import Kind, Reading, Search
from oralhistory.domain.leaks import KnownString

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)


@given(HANGUL)
def test_folding_brings_every_form_of_hangul_together(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == text
    assert squeezed("\u200b - ".join(text)) == text


@given(st.text())
def test_folding_is_done_after_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a&amp;amp;b", "a&b"), ("%EA%B9%80", "김"), ("\\uae40", "김"), ("100% 50%", "100% 50%"), ("&lrm;가", "\u200e가")],
)
def test_codes_inside_text_are_read(text: str, plain: str) -> None:
    assert resolved(text) == plain


def test_letters_remember_words_and_gaps() -> None:
    letters = Letters.of("YanjiCity에서 2015년, Kim")
    assert letters.words == ("Yanji", "City", "에서", "2015", "년", "Kim")
    assert letters.text == "yanjicity에서2015년kim"
    assert letters.starts == (0, 5, 9, 11, 15, 16)
    assert letters.gaps == (11, 16)
    assert letters.crosses_gap((9, 13)) and not letters.crosses_gap((11, 16))


SPELLINGS = {
    "김영희": ["kimyeonghui", "kimyonghui", "kimyounghee", "gimyeonghui", "yongheekim", "kimyunghi"],
    "박철수": ["parkchulsoo", "pakcholsu", "bakcheolsu", "cheolsoopark"],
    "이순옥": ["leesoonok", "risunok", "yisunok", "isunok", "rheesoonock"],
    "최명호": ["choimyungho", "choemyongho", "choimyeongho"],
    "정은주": ["jungeunju", "chongunju", "jeongeunjoo", "cheongeunju"],
    "임복순": ["limboksoon", "rimpoksun", "imboksun"],
    "류경수": ["ryukyongsu", "yookyungsoo", "yukyeongsu"],
    "허영란": ["huryoungran", "heoyeongran", "hoyongnan", "heoyoungran"],
    "한복남": ["hanboknam", "hanbongnam"],
    "청진": ["chongjin", "cheongjin", "chungjin"],
    "회령": ["hoeryong", "hoeryeong"],
    "전거리": ["jeongeori", "chongori", "jongori"],
    "신의주": ["sinuiju", "shinuiju"],
    "남궁옥분": ["namgungokbun", "namkungokpun", "okbunnamgung"],
    "설희": ["seolhui", "sorhui", "sulhee"],
}


@pytest.mark.parametrize(("name", "spelling"), [(name, one) for name, many in SPELLINGS.items() for one in many])
def test_all_spellings_of_a_name_share_a_skeleton(name: str, spelling: str) -> None:
    assert skeleton(spelling) in skeletons(name)


@pytest.mark.parametrize(("name", "other"), [("김영희", "kimyongsu"), ("청진", "seoul"), ("이순옥", "parksunok")])
def test_other_names_do_not(name: str, other: str) -> None:
    assert skeleton(other) not in skeletons(name)


@pytest.mark.parametrize("name", ["솔", "Kim", "김a", "함경북도온성군보위부"])
def test_what_is_too_short_too_long_or_not_hangul_has_no_skeleton(name: str) -> None:
    assert skeletons(name) == set()


@pytest.mark.parametrize(
    ("words", "english"),
    [(("China",), True), (("Some",), True), (("You", "sang"), True), (("You", "Sang"), False), (("Yonghee",), False),
     (("Sun", "young"), True), (("Sun", "Young"), False), (("name", "E"), True), (("Kim", "young", "hee"), False)],
)  # fmt: skip
def test_english_is_excused_unless_written_like_a_name(words: tuple[str, ...], english: bool) -> None:
    assert excused(words) is english


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1997년", {"천구백구십칠년", "일구구칠년", "一九九七년", "千九百九十七년", "nineteen ninety seven"}),
        ("2015년", {"이천십오년", "이공일오년", "이영일오년", "二〇一五년", "twenty fifteen", "two thousand and fifteen"}),
        ("1905", {"천구백오", "nineteen oh five"}),
        ("6월 10일", {"유월 십일"}),
        ("23살", {"스물세살", "이십삼살"}),
        ("20살", {"스무살"}),
    ],
)
def test_numbers_are_said_in_the_usual_ways(number: str, words: set[str]) -> None:
    assert words <= said(number)


@pytest.mark.parametrize(
    ("words", "number"),
    [("천구백구십칠년", "1997년"), ("이천십오년", "2015년"), ("육백이십오", "625"), ("개천", "개천"), ("이순옥", "이순옥")],
)
def test_korean_numerals_are_written_in_digits(words: str, number: str) -> None:
    assert written(words) == number


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("공일공에 일이삼사", "0101234"),
        ("double five, oh six", "5506"),
        ("someone", ""),
        ("零幺零", "010"),
        ("010 다시 12", "01012"),
    ],
)
def test_digits_in_a_row_are_read_however_they_are_said(text: str, digits: str) -> None:
    assert "".join(one.digits for one in digit_runs(text)) == digits


def found(known: str, text: str, kind: Kind = Kind.PROSE) -> int:
    hits = Search([Needle(KnownString(known, "e"))]).hits(Reading(text, kind))
    return len(hits[0].places) if 0 in hits else 0


@pytest.mark.parametrize(
    ("known", "text", "count"),
    [
        ("은주", "사람은 주로 밤에", 0),
        ("은주", "은 주야", 1),
        ("은주", "정은주가 은주를", 2),
        ("이지나", "시간이 지나고", 0),
        ("이지나", "이 지나가", 1),
        ("솔", "솔잎과 소나무", 0),
        ("솔", "솔이는 솔을 솔", 3),
        ("강", "두만강을 건넜다", 0),
        ("강", "강이라고 했다", 1),
        ("강", "강인데요", 1),
        ("李", "李 先生, 行李", 1),
        ("Kim", "Kimchi and Kim's", 1),
        ("Pak", "The Paks; unpack", 1),
        ("Sun", "the sun and Sun", 1),
        ("Susan", "versus an", 0),
        ("Yanji", "inYanjiCity, YANJI", 2),
        ("Shenyang", "xshenyangx", 1),
        ("5년", "15년, 5년", 1),
        ("2015년", "12015, 2015, 20150", 1),
        ("010-1234-5678", "001012345678", 1),
        ("123456", "9123456", 0),
        ("김영희", "kim young hee", 0),
        ("김영희", "Kim young hee", 1),
        ("김영희", "김영희 Kim Young-hee", 2),
    ],
)
def test_where_a_match_may_stand(known: str, text: str, count: int) -> None:
    assert found(known, text) == count


def test_names_of_files_need_no_capital() -> None:
    assert found("김영희", "kim_young_hee", Kind.NAMES) == 1
