"""Patterns that a detector trusts more or less, each with its score."""

import re
from collections.abc import Iterable, Iterator


class Scored:
    """`patterns` as (score, pattern), compiled when a detector is made."""

    def __init__(self, patterns: Iterable[tuple[float, str]]) -> None:
        self._patterns = [(score, re.compile(pattern)) for score, pattern in patterns]

    def matches(self, text: str) -> Iterator[tuple[float, re.Match[str]]]:
        """Every match of every pattern in `text` with its score, pattern by pattern."""
        for score, pattern in self._patterns:
            for match in pattern.finditer(text):
                yield score, match
