"""A name that was found once is found again, and how sure the second finding is."""

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.anonymise.detectors.finding import NOUN_SWEEP
from oralhistory.domain.redaction import IdentifierClass
from oralhistory.domain.transcript import Segment


def found(anonymise: Anonymise, *texts: str) -> set[tuple[str, str, bool]]:
    """(segment, text, swept) of whatever is proposed."""
    segments = [Segment(f"s{i}", "r", 0, 1, text) for i, text in enumerate(texts)]
    proposals = anonymise.propose(segments)
    return {
        (one.segment, one.text, one.detector == NOUN_SWEEP)
        for one in proposals
        if one.identifier is not IdentifierClass.CONTEXT
    }


def test_a_given_name_that_is_a_plain_word_is_asked_about_where_it_is_said_like_a_name(anonymise: Anonymise) -> None:
    assert ("s1", "주일", False) in found(anonymise, "큰아들 이름이 엄주일이에요.", "주일이는 공부를 잘했어요.")


def test_elsewhere_it_is_only_shown(anonymise: Anonymise) -> None:
    assert ("s1", "주일", True) in found(anonymise, "큰아들 이름이 엄주일이에요.", "주일 아침에 나갔어요.")


def test_a_given_name_that_may_end_in_a_particle_is_shown(anonymise: Anonymise) -> None:
    texts = ("제 이름은 박선이라고 합니다. 친구 박선이는 착했다.", "선이 어디 갔는지 모른다.")
    assert ("s1", "선이", True) in found(anonymise, *texts)


def test_the_given_name_of_a_chinese_name_is_found(anonymise: Anonymise) -> None:
    assert ("s1", "成进", False) in found(anonymise, "我儿子叫车成进。", "后来成进饿死了。")


def test_a_surname_of_two_syllables_and_one_apart_leave_the_given_name(anonymise: Anonymise) -> None:
    for name in ("남궁달막", "남궁 달막", "김 달막"):
        assert ("s1", "달막", True) in found(anonymise, f"제 이름은 {name}입니다.", "달막 어디 갔는지 모른다.")


def test_what_is_no_surname_and_a_given_name_leaves_none(anonymise: Anonymise) -> None:
    texts = ("고 보위원이 때렸어요. 이름은 왕쯔바오라고 했다.", "위원한테 오라 했어요. 바오라 들었어요.")
    said = found(anonymise, *texts)
    assert ("s1", "위원", True) not in said
    assert not [one for one in said if one[0] == "s1" and not one[2]]


def test_an_office_behind_a_chinese_surname_is_no_name(anonymise: Anonymise) -> None:
    assert not [one for one in found(anonymise, "闵老板把我卖了。", "老板骂我。") if one[0] == "s1"]
