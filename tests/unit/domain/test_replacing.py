"""Find and replace: whole words with their particles, Chinese without borders, several places of one text at once."""

import pytest

from oralhistory.anonymise import expressions, particles
from oralhistory.domain.edits import apply, compile_edit
from oralhistory.domain.replacing import Wanted, correction, differences, matches, places, replaced
from oralhistory.domain.transcript import Segment
from oralhistory.errors import MalformedInput


def said(*texts: str) -> list[Segment]:
    return [Segment(f"s{row}", "r", row * 1000, row * 1000 + 900, text) for row, text in enumerate(texts)]


def changed(segments: list[Segment], wanted: Wanted) -> list[str]:
    for edit, sha256 in replaced(segments, places(segments, wanted, particles)):
        assert next(one for one in segments if one.id == edit.segment).sha256 == sha256
        segments = apply(segments, compile_edit(segments, edit, (), str))
    return [one.text for one in segments]


@pytest.mark.parametrize(
    ("text", "wanted", "becomes"),
    [
        ("회령에서 왔고 회령은 춥다", Wanted("회령", "무산"), "무산에서 왔고 무산은 춥다"),
        ("회령은 춥고 회령을 떠났다", Wanted("회령", "온성시"), "온성시는 춥고 온성시를 떠났다"),
        ("회령으로 갔다", Wanted("회령", "서울"), "서울로 갔다"),
        ("회령군수님", Wanted("회령", "무산"), "회령군수님"),
        ("회령군수님", Wanted("회령", "무산", anywhere=True), "무산군수님"),
        ("새회령에서", Wanted("회령", "무산"), "새회령에서"),
        ("I met Anna, not Annabel.", Wanted("Anna", "Maria"), "I met Maria, not Annabel."),
        ("我在图们江边等了三天", Wanted("图们", "珲春"), "我在珲春江边等了三天"),
        ("네 네 네", Wanted("네", "예"), "예 예 예"),
        ("아아아", Wanted("아아", "오", anywhere=True), "오아"),
        ("그 그 사람은", Wanted("그", ""), "사람은"),
    ],
)
def test_a_word_is_found_and_replaced(text: str, wanted: Wanted, becomes: str) -> None:
    assert changed(said(text), wanted) == [becomes]


@pytest.mark.parametrize(
    ("text", "pattern", "put", "becomes"),
    [
        ("이천십오 년, 이천 년", r"이천(\S*) 년", r"2천\1년", "2천십오년, 2천년"),
        ("음 그 음 집", r"\b음\b ?", "", "그 집"),
        ("회령에서", "무산|온성", "x", "회령에서"),
        ("가나다", "", "x", "가나다"),
        ("가나다", "x*", "y", "가나다"),
        ("가가 나나 다다", r"가{1,200} 나{1,200} 다{1,200}", "x", "x"),
        ("가(나)가", r"(?:[가(]{1}\(?){1,500}나{1,500}[)]", "x", "x가"),
    ],
)
def test_a_regular_expression_finds_what_it_means(text: str, pattern: str, put: str, becomes: str) -> None:
    segments = said(text)
    found = matches(segments, Wanted(pattern, put, pattern=True), expressions)
    for edit, _ in replaced(segments, found):
        segments = apply(segments, compile_edit(segments, edit, (), str))
    assert [one.text for one in segments] == [becomes]


@pytest.mark.parametrize(
    ("pattern", "put"),
    [
        ("(", ""),
        ("가", r"\2"),
        (r"(?:가|가가)+$", ""),
        ("(.*가){12}다", ""),
        ("(가{1000}){1000}", ""),
        (r"(?:\(나{5}가{1000,}다{0}){1000}", ""),
        ("(?:" + "[가나]." * 100 + "){1000}", ""),
        ("(" * 400 + ")" * 400, ""),
        ("가" * 2_000, ""),
    ],
)
def test_an_expression_that_is_none_or_never_ends_is_refused(pattern: str, put: str) -> None:
    with pytest.raises(MalformedInput, match=r"expression") as refused:
        matches(said("가" * 400 + "나"), Wanted(pattern, put, pattern=True), expressions)
    assert refused.value.safe == "Nothing was changed."


def test_an_expression_may_not_take_a_little_too_long_in_every_text() -> None:
    with pytest.raises(MalformedInput, match="takes too long"):
        matches(said(*["가" * 22 + "나"] * 2_500), Wanted(r"(?:가|가가)+$", "", pattern=True), expressions)


def test_only_texts_with_the_word_change_and_nothing_is_found_for_nothing() -> None:
    segments = said("연길에서", "회령에서", "연길로")
    assert changed(segments, Wanted("연길", "도문")) == ["도문에서", "회령에서", "도문으로"]
    assert places(segments, Wanted("  "), particles) == []


def test_a_composed_and_a_decomposed_word_are_the_same() -> None:
    assert changed(said("café에서"), Wanted("cafe\u0301", "bar")) == ["bar에서"]


@pytest.mark.parametrize(
    ("before", "after", "same_elsewhere"),
    [
        ("저는 회룡에서 왔다.", "저는 회령에서 왔다.", Wanted("회룡", "회령")),
        ("They arested me.", "They arrested me.", Wanted("arested", "arrested")),
        ("그것은 회룡.", "그것은 회령.", Wanted("회룡", "회령")),
        ("저는 왔다", "저는 회령에서 왔다", None),
        ("하나 둘 셋", "둘 하나 셋", None),
        ("같다", "같다", None),
    ],
)
def test_what_was_corrected_is_known_for_the_same_error_elsewhere(before: str, after: str, same_elsewhere: Wanted | None) -> None:
    assert correction(before, after, particles) == same_elsewhere


def test_differences_read_in_order() -> None:
    found = differences("저는 회룡에서 태어났다", "저는 회령에서 정말 태어났다")
    assert [(one.text, one.gone, one.fresh) for one in found] == [
        ("저는", False, False),
        ("회룡에서", True, False),
        ("회령에서 정말", False, True),
        ("태어났다", False, False),
    ]
