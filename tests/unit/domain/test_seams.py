"""A join leaves no space that nobody wrote."""

import pytest

from oralhistory.domain.edits import Join, Split, apply, compile_edit
from oralhistory.domain.seams import seam
from oralhistory.domain.transcript import Segment


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("할머니가", "돌아가셨습니다.", " "), ("돌아가셨습니다", ".", ""), ("And then", "... nothing.", " "), ("Why", "?", ""),
        ("", "네.", ""), ("네.", "", ""), ("我是", "中国人。", ""), ("我是中国人。", "我在延吉。", ""), ("我在", "Yanji", " "),
        ("말", "[crying]", " "), ("He said", "“no”", " "),
    ],
)  # fmt: skip
def test_what_stands_between(before: str, after: str, between: str) -> None:
    assert seam(before, after) == between


@pytest.mark.parametrize(
    ("text", "offset"),
    [("그해 할머니가 돌아가셨습니다.", 15), ("我是中国人。我在延吉。", 6), ("It was cold. So cold.", 13)],
)
def test_what_was_split_is_joined_to_what_it_was(text: str, offset: int) -> None:
    segments = [Segment("s", "r", 0, 2_000, text)]
    for edit in (Split("s", offset), Join("t")):
        segments = apply(segments, compile_edit(segments, edit, (), lambda: "t"))
    assert [one.text for one in segments] == [text]
