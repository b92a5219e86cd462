"""A quick look before a slow one may cost nothing that the slow one would have found."""

import gc
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from oralhistory.anonymise.anonymiser import shipped_detectors
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.hangul import folded
from tests.helpers import testimony


@pytest.fixture(scope="module")
def guards(lists: Path) -> list[Guarded]:
    shipped_detectors(lists)
    return [one for one in gc.get_objects() if type(one) is Guarded]  # isinstance wakes what libraries warn of


def test_no_guard_keeps_a_pattern_from_what_stands_in_testimony(guards: list[Guarded]) -> None:
    said = {one.text for file in testimony.FOLDER.glob("*.txt") for one in testimony.sentences(file.stem)}
    texts = sorted(said | set(map(folded, said)))[::9]
    assert len(guards) > 90
    assert [one.needs.pattern for one in guards for text in texts if _loses(one, text)] == []


@pytest.mark.full
def test_no_guard_keeps_a_pattern_from_anything_it_matches(guards: list[Guarded]) -> None:
    assert sum(_tried(one, pattern) for one in guards for pattern in one.patterns) > 1_000


def _tried(guard: Guarded, pattern: re.Pattern[str]) -> int:
    """How many texts that the pattern matches were made and let through."""
    tried = 0

    @settings(max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategies.from_regex(pattern))
    def is_not_lost(text: str) -> None:
        nonlocal tried
        assert guard.may_match(text), guard.needs.pattern
        tried += 1

    is_not_lost()
    return tried


def test_where_nothing_it_needs_stands_nothing_is_looked_for() -> None:
    guarded = Guarded("살", r"(?<!\d)\d+살", r"\d+ 살")
    assert [match.group() for match in guarded.matches("23살에, 30 살에, 23살")] == ["23살", "23살", "30 살"]
    assert list(guarded.matches("23세에")) == [] and not guarded.stands_in("23세에")
    assert guarded.stands_in("23살에") and not guarded.stands_in("살았다")


def _loses(one: Guarded, text: str) -> bool:
    return not one.may_match(text) and any(pattern.search(text) for pattern in one.patterns)
