"""Particles by a table of what Korean speakers say; nothing expected here is computed by the code under test."""

import pytest

from oralhistory.anonymise.particles import ends_here, fitted, tail

# new text -> how it ends when read aloud: consonant, rieul (ㄹ), vowel
ENDINGS = {
    "부령": "consonant", "온성": "consonant", "길림": "consonant", "[시설 6]": "consonant", "[도시 3]": "consonant",
    "[사람 10]": "consonant", "[도시 0]": "consonant", "[구역 M]": "consonant", "[구역 N]": "consonant",
    "[북쪽 지방]": "consonant", "“민준”": "consonant",
    "서울": "rieul", "[도시 1]": "rieul", "[도시 7]": "rieul", "[시설 8]": "rieul", "[구역 L]": "rieul", "[구역 R]": "rieul",
    "[친구 21]": "rieul", "[어느 마을]": "rieul",
    "제주": "vowel", "[A시]": "vowel", "[도시 2]": "vowel", "[언니 4]": "vowel", "[도시 5]": "vowel", "[도시 9]": "vowel",
    "[브로커 B]": "vowel", "[구역 S]": "vowel", "[여동생 12]": "vowel", "『수미』": "vowel", "[…]": "vowel",
}  # fmt: skip

# what followed the old form -> after a consonant, after ㄹ, after a vowel
FORMS = {
    "은": ("은", "은", "는"), "는": ("은", "은", "는"), "이": ("이", "이", "가"), "가": ("이", "이", "가"),
    "을": ("을", "을", "를"), "를": ("을", "을", "를"), "과": ("과", "과", "와"), "와": ("과", "과", "와"),
    "르": ("으", "으", "르"),
    "아": ("아", "아", "야"), "야": ("아", "아", "야"), "이랑": ("이랑", "이랑", "랑"), "나": ("이나", "이나", "나"),
    "이며": ("이며", "이며", "며"), "고": ("이고", "이고", "고"), "라고": ("이라고", "이라고", "라고"),
    "이라는": ("이라는", "이라는", "라는"), "란": ("이란", "이란", "란"), "였": ("이었", "이었", "였"),
    "이었": ("이었", "이었", "였"), "예요": ("이에요", "이에요", "예요"), "이니까": ("이니까", "이니까", "니까"),
    "든": ("이든", "이든", "든"), "이여": ("이여", "이여", "여"), "으로": ("으로", "로", "로"), "로": ("으로", "로", "로"),
    "으로서": ("으로서", "로서", "로서"), "로써": ("으로써", "로써", "로써"), "으로부터": ("으로부터", "로부터", "로부터"),
    "의": ("의", "의", "의"), "에서": ("에서", "에서", "에서"), "에게": ("에게", "에게", "에게"), "네": ("네", "네", "네"),
    "이였슴다": ("이였슴다", "이였슴다", "였슴다"), "이요": ("이요", "이요", "요"), "임다": ("임다", "임다", "임다"),
}  # fmt: skip

CASES = [
    (particle, text, by_sound[("consonant", "rieul", "vowel").index(sound)])
    for particle, by_sound in FORMS.items()
    for text, sound in ENDINGS.items()
]


def test_the_table_is_large() -> None:
    assert len(CASES) >= 300


@pytest.mark.parametrize("particle", FORMS)
def test_a_particle_takes_the_form_that_the_new_text_asks_for(particle: str) -> None:
    wrong = [
        (text, fitted(particle, text), expected)
        for asked, text, expected in CASES
        if asked == particle and fitted(particle, text) != expected
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("before", "after", "new", "expected"),
    [
        ("서울", "로 갔다", "[도시 1]", "[도시 1]로 갔다"),
        ("부령", "으로 갔다", "[도시 1]", "[도시 1]로 갔다"),
        ("서울", "로", "[시설 6]", "[시설 6]으로"),
        ("회령", "을", "[A시]", "[A시]를"),
        ("지현", "이가 왔다", "[여동생 1]", "[여동생 1]이 왔다"),
        ("지현", "이가 왔다", "[언니 2]", "[언니 2]가 왔다"),
        ("지현", "이가", "민준", "민준이가"),
        ("지현", "이가", "수미", "수미가"),
        ("지현", "이는", "[여동생 1]", "[여동생 1]은"),
        ("지현", "이를", "수미", "수미를"),
        ("지현", "이한테", "[여동생 1]", "[여동생 1]한테"),
        ("지현", "이한테", "민준", "민준이한테"),
        ("지현", "이도", "수미", "수미도"),
        ("지현", "이네", "[여동생 1]", "[여동생 1]네"),
        ("지현", "이랑", "수미", "수미랑"),
        ("지현", "이 왔다", "수미", "수미가 왔다"),
        ("이순옥", "이라는 여자", "[수감자 2]", "[수감자 2]라는 여자"),
        ("최명호", "라는 사람", "[조력자 1]", "[조력자 1]이라는 사람"),
        ("김영희", "였습니다", "[구술자 1]", "[구술자 1]이었습니다"),
        ("박철", "이었습니다", "[남자 2]", "[남자 2]였습니다"),
        ("회령", "이였슴다", "[A시]", "[A시]였슴다"),
        ("회령", "임다", "[A시]", "[A시]임다"),
        ("회령", "이메", "[도시 1]", "[도시 1]이메"),
        ("영철", "이더란 말임다", "[오빠 2]", "[오빠 2]더란 말임다"),
        ("순희", "더란 말임다", "[언니 1]", "[언니 1]이더란 말임다"),
        ("영희", "야, 일어나", "[언니 1]", "[언니 1]아, 일어나"),
        ("영철", "아, 일어나", "[오빠 2]", "[오빠 2]야, 일어나"),
        ("회령", "에서는", "[A시]", "[A시]에서는"),
        ("회령", "으로도", "[A시]", "[A시]로도"),
        ("청진", "과는", "[A시]", "[A시]와는"),
        ("영희", "는요", "[언니 1]", "[언니 1]은요"),
        ("영희", "니까", "[언니 1]", "[언니 1]이니까"),
        ("영희", "이라는", "[언니 1]", "[언니 1]이라는"),
        ("영희", "씨가", "[언니 1]", "[언니 1]씨가"),
        ("Minho", "가", "[오빠 1]", "[오빠 1]이"),
        ("순금", "이르", "[딸 1]", "[딸 1]으"),
    ],
)
def test_what_followed_the_old_form_is_said_after_the_new_one(before: str, after: str, new: str, expected: str) -> None:
    particle = tail(before + after, len(before))
    assert particle is not None
    assert new + fitted(particle, new) + after[len(particle) :] == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [("회령", "지방"), ("무산", "시장"), ("영희", "가게"), ("김영", "희가"), ("김영", "일이"), ("원주", "시에서"), ("회령", ""),
     ("회령", " 가"), ("회령", "는"), ("영희", "은"), ("부산", "하다"), ("순희", "이는요하")],
)  # fmt: skip
def test_an_unknown_tail_is_no_particle(before: str, after: str) -> None:
    assert tail(before + after, len(before)) is None


@pytest.mark.parametrize(
    ("text", "name", "ends"),
    [("회령에서", "회령", True), ("회령", "회령", True), ("회령, 청진", "회령", True), ("회령시장", "회령", False),
     ("김영희", "김영", False), ("영희가요", "영희", True), ("지현이네집", "지현", True)],
)  # fmt: skip
def test_where_a_name_may_end(text: str, name: str, ends: bool) -> None:
    assert ends_here(text, len(name)) is ends
