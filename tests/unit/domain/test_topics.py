"""Codes of topics: made of an English name where one can be."""

import pytest

from oralhistory.domain.topics import code_of, is_code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Loss of a child", "loss_of_a_child"), ("Songs", "songs"), ("  The 1990s: famine ", "the_1990s_famine"),
     ("1990s", ""), ("노래", ""), ("A", ""), ("", ""), ("word " * 20, ("word_" * 8).strip("_"))],
)  # fmt: skip
def test_a_code_says_what_the_name_says(name: str, code: str) -> None:
    assert code_of(name) == code
    assert not code or is_code(code)
