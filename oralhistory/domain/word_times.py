"""How words keep their times while people change the text: unchanged ones keep theirs, new ones share the gap.

Texts are NFC, offsets count code points, times are milliseconds on the interview's timeline.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from oralhistory.domain.transcript import Segment, Word, normalised

_TOKEN = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]|[^\s\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)


def tokens(text: str) -> list[str]:
    """The words of a text: runs between spaces, and each Han character by itself."""
    return _TOKEN.findall(text)


def located(segment: Segment) -> Iterable[tuple[Word, int]]:
    """Each word with the code point of the text where it begins (words that are not found are left out)."""
    at = 0
    for word in segment.words:
        found = segment.text.find(word.text, at)
        if found >= 0:
            yield word, found
            at = found + len(word.text)


def as_written(segment: Segment) -> tuple[Word, ...]:
    """The words of a segment as `tokens` cuts its text. An engine cuts otherwise: 我们 is one word to it, 1,000명 are two.

    What it gave as one shares its time by letters; what it gave apart lasts from the first part to the last, and is believed as
    little as the least of them. Where it gave nothing, words share the time between their neighbours.
    """
    spans = [one.span() for one in _TOKEN.finditer(segment.text)]
    if [word.text for word in segment.words] == [segment.text[start:end] for start, end in spans]:
        return segment.words
    parts: list[list[Word]] = [[] for _ in spans]
    first = 0
    for word, at in located(segment):
        while spans[first][1] <= at:
            first += 1
        for (start, end), into in zip(spans[first:], parts[first:], strict=True):
            if start >= at + len(word.text):
                break
            into.append(_part(word, max(start - at, 0), min(end - at, len(word.text))))
    return _filled(segment, [segment.text[start:end] for start, end in spans], parts) if any(parts) else ()


def _part(word: Word, start: int, end: int) -> Word:
    """The letters [start, end) of a word, with their share of its time."""
    first, last = (word.start_ms + (word.end_ms - word.start_ms) * one // len(word.text) for one in (start, end))
    return replace(word, text=word.text[start:end], start_ms=first, end_ms=last)


def _filled(segment: Segment, texts: Sequence[str], parts: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    """One word for each text, of its parts; those without any share what time is left for them."""
    words: list[Word] = []
    untold: list[str] = []
    for text, these in zip([*texts, ""], [*parts, ()], strict=True):
        if text and not these:
            untold.append(text)
            continue
        begin, end = words[-1].end_ms if words else segment.start_ms, these[0].start_ms if these else segment.end_ms
        words += _shared(untold, begin, max(begin, end))
        untold.clear()
        if these:
            beliefs = [one.probability for one in these if one.probability is not None]
            believed = min(beliefs) if len(beliefs) == len(these) else None
            words.append(Word(text, these[0].start_ms, these[-1].end_ms, believed))
    return tuple(words)


def retexted(segment: Segment, text: str) -> Segment:
    """`segment` saying `text` (normalised), with the word times carried over."""
    text = normalised(text)
    return replace(segment, text=text, words=_carried(segment, text))


def _carried(segment: Segment, text: str) -> tuple[Word, ...]:
    """The words of `text`: those that begin and end as before keep their times whatever repeats between them."""
    fresh, kept = tokens(text), as_written(segment)
    same = _same_from_the_start(kept, fresh)
    tail = _same_from_the_start(kept[same:][::-1], fresh[same:][::-1])
    first, last = kept[:same], kept[len(kept) - tail :]
    begin = first[-1].end_ms if first else segment.start_ms
    end = last[0].start_ms if last else segment.end_ms
    between = _matched(kept[same : len(kept) - tail], fresh[same : len(fresh) - tail], begin, max(begin, end))
    return (*first, *between, *last)


def _same_from_the_start(words: Sequence[Word], texts: Sequence[str]) -> int:
    pairs = zip(words, texts, strict=False)
    return next((n for n, (word, text) in enumerate(pairs) if word.text != text), min(len(words), len(texts)))


def _matched(kept: Sequence[Word], fresh: Sequence[str], begin_ms: int, end_ms: int) -> list[Word]:
    """`fresh` with the times of the `kept` that are among them; the others share the time between their neighbours."""
    matcher = SequenceMatcher(None, [word.text for word in kept], fresh, autojunk=False)
    result: list[Word] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            result += kept[i1:i2]
        elif j1 < j2:
            start = result[-1].end_ms if result else begin_ms
            end = kept[i2].start_ms if i2 < len(kept) else end_ms
            result += _shared(fresh[j1:j2], start, max(start, end))
    return result


def _shared(texts: Sequence[str], start_ms: int, end_ms: int) -> list[Word]:
    """Words sharing a stretch of time by their lengths."""
    lengths = [len(text) for text in texts]
    total, at, words = sum(lengths), 0, []
    for text, length in zip(texts, lengths, strict=True):
        begin = start_ms + (end_ms - start_ms) * at // total
        at += length
        words.append(Word(text, begin, start_ms + (end_ms - start_ms) * at // total))
    return words


def clamped(segment: Segment, start_ms: int, end_ms: int) -> Segment:
    """`segment` from `start_ms` to `end_ms`; words keep their times as far as these lie within."""

    def inside(ms: int) -> int:
        return min(max(ms, start_ms), end_ms)

    words = tuple(replace(word, start_ms=inside(word.start_ms), end_ms=inside(word.end_ms)) for word in segment.words)
    return replace(segment, start_ms=start_ms, end_ms=end_ms, words=words)


def one_after_the_other(before: Segment, after: Segment, between: str) -> tuple[Word, ...]:
    """The words of two texts that were joined with this `between` them; where nothing is, two words may be one there."""
    first, second = before.words, after.words
    meet = not between and len(tokens(before.text[-1:] + after.text[:1])) == 1
    if meet and first and second and before.text.endswith(first[-1].text) and after.text.startswith(second[0].text):
        last, met = first[-1], second[0]
        one = replace(last, text=last.text + met.text, end_ms=max(last.end_ms, met.end_ms))
        return (*first[:-1], one, *second[1:])
    return (*first, *second)


def halves(segment: Segment, offset: int) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words before and behind a place of the text; one that is cut there gives each half its part of the time."""
    before, after = [], []
    for word, start in located(segment):
        inside = offset - start
        if inside <= 0:
            after.append(word)
        elif inside >= len(word.text):
            before.append(word)
        else:
            parts = _shared((word.text[:inside], word.text[inside:]), word.start_ms, word.end_ms)
            before.append(parts[0])
            after.append(parts[1])
    return tuple(before), tuple(after)


def words_within(segment: Segment, start_ms: int, end_ms: int) -> tuple[str, tuple[Word, ...]] | None:
    """The part of a segment's text whose words have their middle in [start, end)."""
    inside = [
        (word, at) for word, at in located(segment) if start_ms <= (word.start_ms + word.end_ms) // 2 < max(end_ms, 1)
    ]
    if not inside:
        return None
    (_, first), (last_word, last) = inside[0], inside[-1]
    whole = len(inside) == len(segment.words)
    text = segment.text if whole else segment.text[first : last + len(last_word.text)]
    return text, tuple(word for word, _ in inside)


def in_order(words: Iterable[Word]) -> tuple[Word, ...]:
    """`words` none of which begins before the one before it ended: where two people spoke at once, the later one waits."""
    at, result = 0, []
    for word in words:
        start = max(word.start_ms, at)
        at = max(word.end_ms, start)
        result.append(word if (start, at) == (word.start_ms, word.end_ms) else replace(word, start_ms=start, end_ms=at))
    return tuple(result)
