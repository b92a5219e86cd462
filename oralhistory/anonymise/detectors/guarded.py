"""Slow patterns behind a quick one: most sentences hold nothing of what they look for, and are done with at a glance."""

import re
from collections.abc import Iterator
from functools import cached_property


class Guarded:
    """`needs` is a pattern of something that stands in every text in which one of `patterns` matches.

    It begins with plain letters or a class of letters: then the search leaps from one to the next. A pattern that begins with a
    look around, as most here do, is tried at every letter of an interview. Each is compiled when it is first needed: to compile
    one of them takes longer than to look through an interview with it, and in a Korean one the English ones are never needed.
    """

    def __init__(self, needs: str, *patterns: str) -> None:
        self._sources = (needs, patterns)

    @cached_property
    def needs(self) -> re.Pattern[str]:
        return re.compile(self._sources[0])

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self._sources[1]))

    def may_match(self, text: str) -> bool:
        """Whether it is worth while to look for the patterns in `text`."""
        return self.needs.search(text) is not None

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in `text`, pattern by pattern, each in order of place."""
        if self.may_match(text):
            for pattern in self.patterns:
                yield from pattern.finditer(text)

    def stands_in(self, text: str) -> bool:
        """Whether a pattern matches anywhere in `text`."""
        return self.may_match(text) and any(pattern.search(text) for pattern in self.patterns)
