"""Chinese in one script: which one a draft is to be written in, and a segment written in it, its words at the times they had."""

from collections.abc import Callable, Collection
from dataclasses import replace
from enum import StrEnum

from oralhistory.domain.transcript import Segment

CHINESE = frozenset(("zh", "yue"))


class ChineseScript(StrEnum):
    """What speech models write is mixed; which script is wanted, people say."""

    AS_HEARD = "as_heard"
    """As the model writes it."""
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"


def may_be_spoken(languages: Collection[str]) -> bool:
    """Whether a draft in these languages (of none: in any) may hold Chinese."""
    return not languages or not CHINESE.isdisjoint(languages)


def written(segment: Segment, convert: Callable[[str], str]) -> Segment:
    """A Chinese segment with text and words converted, any other as it is. Nothing but the letters changes.

    The text is converted as a whole, because what a letter becomes depends on its neighbours; only should it become longer or
    shorter, which would leave no word in its place, each word is converted by itself.
    """
    if segment.language not in CHINESE:
        return segment
    whole, places = convert(segment.text), _places(segment)
    if len(whole) == len(segment.text):
        words = [whole[start:end] for start, end in places]
    else:
        words = [convert(one.text) for one in segment.words]
        whole = _with(segment.text, places, words)
    told = zip(segment.words, words, strict=True)
    return replace(segment, text=whole, words=tuple(replace(one, text=text) for one, text in told))


def _places(segment: Segment) -> list[tuple[int, int]]:
    """Where each word stands in the text; one that does not stand there (which no engine gives) has no length."""
    places, at = [], 0
    for word in segment.words:
        found = segment.text.find(word.text, at)
        start = at if found < 0 else found
        at = start if found < 0 else start + len(word.text)
        places.append((start, at))
    return places


def _with(text: str, places: list[tuple[int, int]], words: list[str]) -> str:
    parts, at = [], 0
    for (start, end), word in zip(places, words, strict=True):
        parts += [text[at:start], word]
        at = end
    return "".join([*parts, text[at:]])
