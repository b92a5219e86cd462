"""Particles where they are needed: in the rendered sentence. Every expectation is what a Korean speaker says, written by hand."""

import pytest

from oralhistory.anonymise.rendering import render
from oralhistory.domain.redaction import Action, Entity, EntityType, IdentifierClass, Mention, Profile
from oralhistory.domain.transcript import Segment

CONSONANT, RIEUL, VOWEL = range(3)

OLD = {"회령": CONSONANT, "길림": CONSONANT, "서울": RIEUL, "부령골": RIEUL, "나주": VOWEL, "청도": VOWEL}
NEW = {
    "[시설 6]": CONSONANT, "[도시 3]": CONSONANT, "[사람 10]": CONSONANT, "[도시 0]": CONSONANT, "[시설 100]": CONSONANT,
    "[구역 M]": CONSONANT, "[구역 N]": CONSONANT, "(북쪽 지방)": CONSONANT, "“온성”": CONSONANT, "평양": CONSONANT,
    "[도시 1]": RIEUL, "[도시 7]": RIEUL, "[시설 8]": RIEUL, "[구역 L]": RIEUL, "[구역 R]": RIEUL, "어느 고을": RIEUL,
    "[A시]": VOWEL, "[도시 2]": VOWEL, "[언니 4]": VOWEL, "[도시 5]": VOWEL, "[도시 9]": VOWEL, "[브로커 B]": VOWEL,
    "[구역 S]": VOWEL, "『제주』": VOWEL, "[…]": VOWEL,
}  # fmt: skip
"""A place as it was said and what stands for it, with the sound it ends in when it is read aloud."""

TAILS = {
    "은/는": ("은 춥다", "은 춥다", "는 춥다"),
    "이/가": ("이 멀다", "이 멀다", "가 멀다"),
    "을/를": ("을 떠났다", "을 떠났다", "를 떠났다"),
    "과/와": ("과 가깝다", "과 가깝다", "와 가깝다"),
    "아/야": ("아, 잘 있거라", "아, 잘 있거라", "야, 잘 있거라"),
    "이랑/랑": ("이랑 붙어 있다", "이랑 붙어 있다", "랑 붙어 있다"),
    "이나/나": ("이나 마찬가지다", "이나 마찬가지다", "나 마찬가지다"),
    "이며/며": ("이며 다 돌았다", "이며 다 돌았다", "며 다 돌았다"),
    "이고/고": ("이고 뭐고", "이고 뭐고", "고 뭐고"),
    "이라고/라고": ("이라고 했다", "이라고 했다", "라고 했다"),
    "이라는/라는": ("이라는 데서", "이라는 데서", "라는 데서"),
    "이란/란": ("이란 곳에", "이란 곳에", "란 곳에"),
    "이었/였": ("이었습니다", "이었습니다", "였습니다"),
    "이었다/였다": ("이었다", "이었다", "였다"),
    "이에요/예요": ("이에요", "이에요", "예요"),
    "이니까/니까": ("이니까 안다", "이니까 안다", "니까 안다"),
    "이든/든": ("이든 어디든", "이든 어디든", "든 어디든"),
    "이여/여": ("이여, 안녕", "이여, 안녕", "여, 안녕"),
    "이야말로/야말로": ("이야말로 고향이다", "이야말로 고향이다", "야말로 고향이다"),
    "이라도/라도": ("이라도 가자", "이라도 가자", "라도 가자"),
    "이라면/라면": ("이라면 안다", "이라면 안다", "라면 안다"),
    "이지요/지요": ("이지요", "이지요", "지요"),
    "이지만/지만": ("이지만 멀다", "이지만 멀다", "지만 멀다"),
    "이더라/더라": ("이더라", "이더라", "더라"),
    "이래서/래서": ("이래서 갔다", "이래서 갔다", "래서 갔다"),
    "이거나/거나": ("이거나 그 옆이다", "이거나 그 옆이다", "거나 그 옆이다"),
    "으로/로": ("으로 갔다", "로 갔다", "로 갔다"),
    "으로서/로서": ("으로서 말한다", "로서 말한다", "로서 말한다"),
    "으로써/로써": ("으로써 끝났다", "로써 끝났다", "로써 끝났다"),
    "으로부터/로부터": ("으로부터 왔다", "로부터 왔다", "로부터 왔다"),
    "으로도/로도": ("으로도 간다", "로도 간다", "로도 간다"),
    "으로는/로는": ("으로는 못 간다", "로는 못 간다", "로는 못 간다"),
    "과는/와는": ("과는 다르다", "과는 다르다", "와는 다르다"),
    "이라고요/라고요": ("이라고요", "이라고요", "라고요"),
    "northern 이요/요": ("이요", "이요", "요"),
    "northern 이메/메": ("이메 다 안다", "이메 다 안다", "메 다 안다"),
    "northern 이더란/더란": ("이더란 말임다", "이더란 말임다", "더란 말임다"),
    "northern 이였슴다/였슴다": ("이였슴다", "이였슴다", "였슴다"),
    "northern 이라구/라구": ("이라구 했슴다", "이라구 했슴다", "라구 했슴다"),
}
"""After a consonant, after ㄹ, after a vowel."""

UNCHANGED = [
    "의 겨울", "에 살았다", "에서 왔다", "에게 물었다", "한테 들었다", "께 드렸다", "도 같다", "만 안다", "까지 걸었다",
    "부터 걸었다", "처럼 춥다", "보다 멀다", "하고 가깝다", "네 집", "씨가", "임다", "임까", "입니다", "인데요", "에서는",
    "에서부터", "에도", "까지는", "만은", "밖에 없다", "마다", "조차", "마저", "같이", "쪽으로",
]  # fmt: skip


def rendered(old: str, tail: str, new: str, kind: EntityType = EntityType.PLACE) -> str:
    entity = Entity("e", kind, IdentifierClass.QUASI, (old,), {"public": new})
    text = f"그때 {old}{tail}"
    mention = Mention("s", 3, 3 + len(old), Action.REPLACE, entity)
    return render([Segment("s", "r", 0, 1, text, "N1", "ko")], [mention], Profile.PUBLIC)[0].text


CASES = [
    (old, tails[said], new, tails[sound])
    for tails in TAILS.values()
    for old, said in OLD.items()
    for new, sound in NEW.items()
]
FIXED = [
    (old, tail, new, tail)
    for tail in UNCHANGED
    for old in ("회령", "서울", "나주")
    for new in ("[시설 6]", "[도시 1]", "[A시]")
]

FAMILIAR = {
    "가 왔다": ("이가 왔다", "이 왔다", "가 왔다"),
    "는 울었다": ("이는 울었다", "은 울었다", "는 울었다"),
    "를 보았다": ("이를 보았다", "을 보았다", "를 보았다"),
    "와 함께": ("이와 함께", "과 함께", "와 함께"),
    "의 손": ("이의 손", "의 손", "의 손"),
    "도 갔다": ("이도 갔다", "도 갔다", "도 갔다"),
    "만 남았다": ("이만 남았다", "만 남았다", "만 남았다"),
    "에게 주었다": ("이에게 주었다", "에게 주었다", "에게 주었다"),
    "한테 들었다": ("이한테 들었다", "한테 들었다", "한테 들었다"),
    "네 집": ("이네 집", "네 집", "네 집"),
    "까지 셋": ("이까지 셋", "까지 셋", "까지 셋"),
    "처럼": ("이처럼", "처럼", "처럼"),
    "하고 둘이": ("이하고 둘이", "하고 둘이", "하고 둘이"),
}
"""Behind the familiar 이 of a name: after another name that ends in a consonant, after a tag that does, after a vowel."""
NAMES = {"민준": 0, "영옥": 0, "[여동생 3]": 1, "[친구 6]": 1, "[오빠 1]": 1, "수미": 2, "[언니 2]": 2, "[A씨]": 2}
PEOPLE = [
    (old, f"이{tail}", new, forms[sound])
    for tail, forms in FAMILIAR.items()
    for old in ("지현", "철민", "설")
    for new, sound in NAMES.items()
]  # fmt: skip


def wrong(cases: list[tuple[str, str, str, str]], kind: EntityType = EntityType.PLACE) -> list[str]:
    told = [(rendered(old, tail, new, kind), f"그때 {new}{expected}") for old, tail, new, expected in cases]
    return [f"{found} (not {expected})" for found, expected in told if found != expected]


def test_the_table_is_large() -> None:
    assert len({*CASES, *FIXED, *PEOPLE}) >= 300


@pytest.mark.parametrize("pair", TAILS)
def test_a_particle_fits_what_stands_for_a_place(pair: str) -> None:
    at = list(TAILS).index(pair) * len(OLD) * len(NEW)
    assert wrong(CASES[at : at + len(OLD) * len(NEW)]) == []


def test_what_never_changes_stays() -> None:
    assert wrong(FIXED) == []


def test_the_familiar_ending_goes_with_the_name() -> None:
    assert wrong(PEOPLE, EntityType.PERSON) == []


@pytest.mark.parametrize(
    ("old", "tail", "new", "expected"),
    [
        ("회령", "이면 모릅니다", "[A시]", "면 모릅니다"),
        ("회령", "이건 온성이건", "[A시]", "건 온성이건"),
        ("나주", "면 사무소", "[도시 1]", "면 사무소"),
        ("나주", "군에서", "[도시 1]", "군에서"),
        ("서울", "특별시로", "[도시 6]", "특별시로"),
        ("회령", "지방은", "[A시]", "지방은"),
        ("나주", "", "[도시 1]", ""),
        ("회령", " 이야기", "[A시]", " 이야기"),
        ("회령", "이라 하는 데", "[A시]", "라 하는 데"),
        ("나주", "라 하는 데", "[도시 1]", "이라 하는 데"),
        ("회령", "이 아니라", "[A시]", "가 아니라"),
        ("서울", "로부터는", "[도시 6]", "으로부터는"),
        ("나주", "요?", "[도시 1]", "이요?"),
    ],
)
def test_single_cases(old: str, tail: str, new: str, expected: str) -> None:
    assert rendered(old, tail, new) == f"그때 {new}{expected}"
