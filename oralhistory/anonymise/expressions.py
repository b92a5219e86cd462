"""Regular expressions that a person wrote, for finding in a transcript: none of them can hold the program up."""

from collections.abc import Iterator

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

_MOST_S = 0.5
"""For one text of a few sentences; what takes longer tries every way through it, and would for hours."""


def found(pattern: str, put: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Begin, end and what would stand there instead (`\\\\1` for the first group), in order; nothing that is empty.

    MalformedInput when the expression, or what is to be put, is not right, or when it takes too long.
    """
    import regex  # 28 ms, which only who finds in this way pays

    try:
        for one in regex.compile(pattern).finditer(text, timeout=_MOST_S, concurrent=True):
            if one.end() > one.start():
                yield one.start(), one.end(), one.expand(put)
    except TimeoutError:
        raise MalformedInput(
            tr("This expression takes too long."),
            safe=tr("Nothing was changed."),
            todo=tr("Write it without repeats inside of repeats."),
        ) from None
    except (regex.error, IndexError) as error:
        raise MalformedInput(
            tr("This is not a regular expression: {why}", why=str(error)), safe=tr("Nothing was changed."),
        ) from None  # fmt: skip
