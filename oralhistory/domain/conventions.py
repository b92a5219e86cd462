"""What a transcript notes besides words: pauses, tears, what nobody could make out. One form each, in square brackets.

They are part of the text, so that every program that reads an export reads them too; a window draws them apart from what was
said, and in the language of whoever reads (see `known`). Stored and exported in English, whatever the interview's language:
what stands in brackets is nobody's speech, and one form is found everywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Segment
from oralhistory.domain.word_times import located

LONGEST = 40
_NOTED = re.compile(rf"\[[^\[\]]{{1,{LONGEST}}}\]")
_LEAST_PAUSE_MS = 1_000


@dataclass(frozen=True, slots=True)
class Convention:
    """`text` with `{time}` for a time of the timeline (HH:MM:SS) and `{pause}` for a pause's length, where it has one."""

    code: str
    text: str

    @property
    def example(self) -> str:
        """The form with nothing in it, as it is explained."""
        return self.text.format(time=clock(0), pause=" 0 s")


CONVENTIONS = (
    Convention("inaudible", "[inaudible {time}]"),
    Convention("unsure", "[?]"),
    Convention("pause", "[pause{pause}]"),
    Convention("overlap", "[overlap]"),
    Convention("laughter", "[laughter]"),
    Convention("crying", "[crying]"),
    Convention("sigh", "[sigh]"),
    Convention("interpreter", "[interpreter:]"),
)

_FORMS = {
    one.code: re.compile(
        re.escape(one.text).replace(r"\ \{time\}", r"(?: (\d\d:\d\d:\d\d))?").replace(r"\{pause\}", r"(?: (\d+) s)?")
    )
    for one in CONVENTIONS
}


def noted(text: str) -> Iterator[tuple[int, int]]:
    """Code points [start, end) of everything that stands in brackets."""
    for found in _NOTED.finditer(text):
        yield found.span()


def known(text: str) -> Iterator[tuple[int, int, Convention, str]]:
    """Code points [start, end) of what stands in one of the forms; which it is; and the time (HH:MM:SS) or the number of seconds
    that it tells, if any."""
    for start, end in noted(text):
        for convention in CONVENTIONS:
            found = _FORMS[convention.code].fullmatch(text, start, end)
            if found is not None:
                yield start, end, convention, next(filter(None, found.groups()), "")


def written(convention: Convention, segment: Segment, offset: int, at_ms: int) -> str:
    """The convention as it is to stand before code point `offset` of the segment's text; `at_ms` is the time it tells."""
    pause = _pause_ms(segment, offset)
    seconds = f" {round(pause / 1000)} s" if pause >= _LEAST_PAUSE_MS else ""
    return convention.text.format(time=clock(at_ms), pause=seconds)


def inserted(text: str, offset: int, words: str) -> tuple[str, int]:
    """What is to be put at `offset` of `text`, with the spaces that part it from its neighbours; and how many of its code points
    stand before the caret then."""
    before = " " if offset and not text[offset - 1].isspace() else ""
    behind = "" if offset < len(text) and text[offset].isspace() else " "
    return f"{before}{words}{behind}", len(before) + len(words) + 1


def _pause_ms(segment: Segment, offset: int) -> int:
    """How long nobody speaks at a place of the text, as far as the words' times tell."""
    ends = [word.end_ms for word, at in located(segment) if at + len(word.text) <= offset]
    starts = [word.start_ms for word, at in located(segment) if at >= offset]
    if not segment.words:
        return 0
    return max((starts[0] if starts else segment.end_ms) - (ends[-1] if ends else segment.start_ms), 0)
