"""A segment in the other script: the words stay words of its text, at their times, whatever the converter does."""

from oralhistory.domain.chinese import may_be_spoken, written
from oralhistory.domain.transcript import Segment, Word

SAID = Segment(
    "s", "r", 0, 3_000, "我在图们江边， 等了", language="zh", flags=frozenset(("check",)),
    words=(Word("我在", 0, 400, 0.9), Word("图们江边，", 400, 1_200, 0.4), Word("等了", 2_000, 2_500, None)),
)  # fmt: skip


def test_letters_change_and_nothing_else() -> None:
    table = str.maketrans("图们边", "圖們邊")
    changed = written(SAID, lambda text: text.translate(table))
    assert changed.text == "我在圖們江邊， 等了"
    assert [(one.text, one.start_ms, one.end_ms, one.probability) for one in changed.words] == [
        ("我在", 0, 400, 0.9), ("圖們江邊，", 400, 1_200, 0.4), ("等了", 2_000, 2_500, None),
    ]  # fmt: skip
    assert (changed.id, changed.start_ms, changed.end_ms, changed.flags) == ("s", 0, 3_000, SAID.flags)


def test_a_text_that_becomes_longer_is_put_together_from_its_words() -> None:
    changed = written(SAID, lambda text: text.replace("图们江", "豆满江河"))
    assert changed.text == "我在豆满江河边， 等了"
    assert [one.text for one in changed.words] == ["我在", "豆满江河边，", "等了"]


def test_other_languages_are_left_alone() -> None:
    korean = Segment("s", "r", 0, 1, "圖們江에서", language="ko")
    assert written(korean, lambda _: "?") is korean
    assert [may_be_spoken(one) for one in ((), ("ko",), ("ko", "zh"))] == [True, False, True]
