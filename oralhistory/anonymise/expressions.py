"""Regular expressions that a person wrote, for finding in a transcript: none of them can hold the program up."""

import re
import time
from collections.abc import Iterable, Iterator

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

_MOST_S = 0.5
"""For one text of a few sentences; what takes longer tries every way through it, and would for hours."""
_MOST_IN_ALL_S = 2.0
"""For a whole interview: corrections wait to be stored meanwhile."""
_LONGEST = 1_000
_MOST_WRITTEN_OUT = 100_000
"""Reading (a{1000}){1000}, which is done as if it were written out, takes seconds in which nothing else goes on."""
_PIECE = re.compile(r"\{\s*(?P<often>\d+)\s*(?:,\s*\d*\s*)?\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""A count, or what stands for one letter, or a bracket."""


def found(pattern: str, put: str, texts: Iterable[str]) -> Iterator[tuple[int, int, int, str]]:
    """Which text, begin, end and what would stand there instead (`\\\\1` for the first group), in order; nothing that is empty.

    MalformedInput when the expression, or what is to be put, is not right, or when it takes too long.
    """
    import regex  # 28 ms, which only who finds in this way pays

    try:
        if len(pattern) > _LONGEST or _written_out(pattern) > _MOST_WRITTEN_OUT:
            raise TimeoutError
        compiled, until = regex.compile(pattern), time.monotonic() + _MOST_IN_ALL_S
        for number, text in enumerate(texts):
            left = min(_MOST_S, max(until - time.monotonic(), 0.001))
            for one in compiled.finditer(text, timeout=left, concurrent=True):
                if one.end() > one.start():
                    yield number, one.start(), one.end(), one.expand(put)
    except (TimeoutError, RecursionError):
        raise MalformedInput(
            tr("This expression takes too long."),
            safe=tr("Nothing was changed."),
            todo=tr("Write it without repeats inside of repeats."),
        ) from None
    except (regex.error, IndexError) as error:
        raise MalformedInput(
            tr("This is not a regular expression: {why}", why=str(error)), safe=tr("Nothing was changed."),
        ) from None  # fmt: skip


def _written_out(pattern: str) -> int:
    """About how long it is with everything written as often as it is to be there at least."""
    groups = [[1]]
    for piece in _PIECE.finditer(pattern):
        if piece["often"]:
            groups[-1][-1] *= max(int(piece["often"]), 1)
        elif piece[0] == "(":
            groups.append([1])
        else:
            length = sum(groups.pop()) if piece[0] == ")" and len(groups) > 1 else 1
            groups[-1].append(length)
    return sum(map(sum, groups))
