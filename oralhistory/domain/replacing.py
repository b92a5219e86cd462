"""Finding a word everywhere in a transcript and putting another in its place, its Korean particle fitted to the new sound.

Whole words are meant unless said otherwise: 회령 is found in 회령에서 and not in 회령군수님. Chinese has no borders of words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from oralhistory.domain.edits import SetText
from oralhistory.domain.ports.release import Expressions, Particles
from oralhistory.domain.transcript import Segment, normalised
from oralhistory.domain.word_times import tokens

_MARKS = ".,!?…。，！？、·:;\"'()[]“”‘’"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`text` is to be found, `put` to stand there instead; `anywhere` means inside of words too. With `pattern` the text is a
    regular expression, and no particle is fitted."""

    text: str
    put: str = ""
    anywhere: bool = False
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Code points [start, end) of a segment's text where the word stands with its particle, and what would stand there."""

    segment: str
    sha256: str
    start: int
    end: int
    put: str


def places(segments: Iterable[Segment], wanted: Wanted, particles: Particles) -> list[Place]:
    """Every place of the word, in order; none overlaps the next."""
    text, put = normalised(wanted.text), normalised(wanted.put)
    if not text:
        return []
    return [
        Place(one.id, one.sha256, start, end, becomes)
        for one in segments
        if text in one.text
        for start, end, becomes in _in(one.text, text, put, wanted.anywhere, particles)
    ]


def matches(segments: Sequence[Segment], wanted: Wanted, expressions: Expressions) -> list[Place]:
    """As `places`, of what a regular expression means. MalformedInput when it is none, or takes too long."""
    pattern, put = (unicodedata.normalize("NFC", one) for one in (wanted.text, wanted.put))
    if not pattern:
        return []
    found = expressions.found(pattern, put, (one.text for one in segments))
    return [Place(segments[at].id, segments[at].sha256, start, end, becomes) for at, start, end, becomes in found]


def _in(said: str, text: str, put: str, anywhere: bool, particles: Particles) -> Iterator[tuple[int, int, str]]:
    at = said.find(text)
    while at >= 0:
        end = at + len(text)
        if anywhere:
            yield at, end, put
        elif _begins(said, at) and _ends(said, end, particles):
            particle = particles.tail(said, end) or ""
            end += len(particle)
            yield at, end, put + (particles.fitted(particle, put) if particle and put else particle if put else "")
        at = said.find(text, max(end, at + 1))


def _begins(said: str, at: int) -> bool:
    return at == 0 or not said[at - 1].isalnum() or bool(_HAN.match(said[at])) or bool(_HAN.match(said[at - 1]))


def _ends(said: str, end: int, particles: Particles) -> bool:
    if end >= len(said) or not said[end].isalnum() or _HAN.match(said[end - 1]) or _HAN.match(said[end]):
        return True
    return particles.tail(said, end) is not None


def replaced(segments: Sequence[Segment], chosen: Iterable[Place]) -> list[tuple[SetText, str]]:
    """The edits that put every chosen place's words there, each with the SHA-256 of the text it was made for."""
    texts = {one.id: one.text for one in segments}
    edits = []
    for segment, these in groupby(chosen, key=lambda place: place.segment):
        ordered = sorted(these, key=lambda place: place.start)
        text = texts.get(segment, "")
        for place in reversed(ordered):
            text = text[: place.start] + place.put + text[place.end :]
        edits.append((SetText(segment, text), ordered[0].sha256))
    return edits


def correction(before: str, after: str, particles: Particles) -> Wanted | None:
    """What was corrected where one word became another, for the same error elsewhere; None when more or less was changed.

    A particle that both end with is none of it: 회룡에서 → 회령에서 is 회룡 → 회령.
    """
    old, new = tokens(before), tokens(after)
    first = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if first is None or len(old) != len(new) or old[first + 1 :] != new[first + 1 :]:
        return None
    was, now = (one.strip(_MARKS) for one in (old[first], new[first]))
    same = next((n for n in range(min(len(was), len(now))) if was[-n - 1] != now[-n - 1]), 0)
    for length in range(same, 0, -1):
        if particles.tail(was, len(was) - length) == was[len(was) - length :]:
            was, now = was[:-length], now[:-length]
            break
    return Wanted(was, now) if was and now and was != now else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of a text beside another one: `fresh` is only in the new one, `gone` only in the old one."""

    text: str
    gone: bool = False
    fresh: bool = False


def differences(before: str, after: str) -> list[Difference]:
    """Both texts as one, word by word, in the order of reading."""
    old, new = before.split(), after.split()
    result = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            result.append(Difference(" ".join(old[i1:i2])))
            continue
        if i1 < i2:
            result.append(Difference(" ".join(old[i1:i2]), gone=True))
        if j1 < j2:
            result.append(Difference(" ".join(new[j1:j2]), fresh=True))
    return result
