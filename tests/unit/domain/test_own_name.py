"""How much of a narrator's own name a kept place may hold, by the name under which the narrator allowed it."""

import pytest

from oralhistory.domain.consent import Decision, Identity, Permission, Purpose
from oralhistory.domain.own_name import hinders_own_name
from oralhistory.domain.redaction import Action, Mention
from oralhistory.domain.transcript import Segment

KOREAN, LATIN = ("김영희",), ("Kim Younghee", "Min")


def hindered(identity: Identity, names: tuple[str, ...], text: str, *kept: str, plain: bool = False) -> int:
    """How many kept places are too many; `kept` are words of `text`, in order."""
    mentions, at = [], 0
    for words in kept:
        start = text.index(words, at)
        at = start + len(words)
        mentions.append(Mention("s", start, at, Action.KEEP, None, "why", plain))
    permission = Permission(Purpose.MEDIA, Decision.GRANTED, identity)
    reasons = hinders_own_name(permission, names, [Segment("s", "r", 0, 1, text)], mentions)
    assert all((one.code, one.field) == ("kept_name", "permissions.identity") for one in reasons)
    return sum(int(one.details["count"]) for one in reasons)


@pytest.mark.parametrize(
    ("identity", "whole", "given"),
    [
        (Identity.NAMED, 0, 0),
        (Identity.FIRST_NAME, 1, 0),
        (Identity.CHOSEN_PSEUDONYM, 1, 1),
        (Identity.ANONYMOUS, 1, 1),
    ],
)
def test_the_whole_name_and_the_given_name(identity: Identity, whole: int, given: int) -> None:
    for kept in ("김영희", "김 영희", "김영희 동무"):
        assert hindered(identity, KOREAN, f"나는 {kept}라고 합니다.", kept) == whole
    assert hindered(identity, KOREAN, "나는 김영희입니다.", "김", "영희") == whole, "kept in two halves"
    assert hindered(identity, KOREAN, "모두 영희라고 불렀습니다.", "영희") == given
    assert hindered(identity, LATIN, "I am KIM Young-hee.", "KIM Young-hee") == whole
    assert hindered(identity, LATIN, "They called me Younghee.", "Younghee") == given
    assert hindered(identity, LATIN, "They called me Min.", "Min") == whole, "an alias of one word is a whole name"
    assert hindered(identity, LATIN, "I am Young-hee Kim.", "Young-hee Kim") == whole, "as English has it"
    assert hindered(identity, ("Li Na",), "I am Li Na.", "Li Na") == whole
    assert hindered(identity, ("王小明",), "小明来了。", "小明") == given
    assert hindered(identity, ("남궁민수",), "민수가 왔습니다.", "민수") == given


def test_names_of_others_stay() -> None:
    for text in ("김정은이 왔습니다.", "박명수가 왔습니다."):
        assert hindered(Identity.ANONYMOUS, KOREAN, text, text[:3]) == 0
    for text in ("Kim Jongil came.", "Minji came."):
        assert hindered(Identity.ANONYMOUS, LATIN, text, text.removesuffix(" came.")) == 0
    assert hindered(Identity.ANONYMOUS, (), "나는 김영희입니다.", "김영희") == 0, "nobody wrote the name down"


def test_a_given_name_that_is_a_plain_word_stays_where_a_person_said_that_it_is_one() -> None:
    text = "사과 하나를 먹었습니다."
    assert hindered(Identity.ANONYMOUS, ("김하나",), text, "하나", plain=True) == 0
    assert hindered(Identity.ANONYMOUS, ("김하나",), text, "하나") == 1
    assert hindered(Identity.ANONYMOUS, ("김하나",), "김하나입니다.", "김하나", plain=True) == 1
