"""Codes of staff: which of them look like somebody's name."""

import pytest

from oralhistory.domain.staff import looks_like_a_name


@pytest.mark.parametrize("code", ["S1", "mk", "R-01", "LEE", "p.j", "demo", "KMJ-2", "김1", "박", "a-b-c"])
def test_initials_and_numbers_are_codes(code: str) -> None:
    assert not looks_like_a_name(code)


@pytest.mark.parametrize("code", ["Kim-Minji", "minji", "Kim.Min", "KimMinji", "김민지", "민지2", "王芳", "Müller"])
def test_what_reads_as_a_name_is_told(code: str) -> None:
    assert looks_like_a_name(code)


def test_what_stands_in_their_name_is_told() -> None:
    assert looks_like_a_name("lee", "Lee Su-jin") and looks_like_a_name("jin-2", "Lee Su-jin")
    assert not looks_like_a_name("ls", "Lee Su-jin") and not looks_like_a_name("lee", "Kim Minji")
