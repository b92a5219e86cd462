"""Patterns that a detector trusts more or less, each with its score."""

import re
from collections.abc import Iterator, Mapping, Sequence

from oralhistory.anonymise.detectors.guarded import Guarded


class Scored:
    """`patterns` as (score, pattern), under what stands in every text in which one of them matches (see `guarded`)."""

    def __init__(self, patterns: Mapping[str, Sequence[tuple[float, str]]]) -> None:
        self.groups = tuple(
            (Guarded(needs, *(pattern for _, pattern in group)), tuple(score for score, _ in group))
            for needs, group in patterns.items()
        )

    def matches(self, text: str) -> Iterator[tuple[float, re.Match[str]]]:
        """Every match of every pattern in `text` with its score, pattern by pattern."""
        for group, scores in self.groups:
            if group.may_match(text):
                for score, pattern in zip(scores, group.patterns, strict=True):
                    for match in pattern.finditer(text):
                        yield score, match
