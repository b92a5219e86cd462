"""What of an interview's sound may not be heard outside: the same spans that its text withholds.

Times are milliseconds on the interview's timeline. Where it is not known when something was said, more is silenced, never less.
"""

from collections.abc import Collection, Iterable, Sequence

from oralhistory.domain.interview import OPEN_END_MS, SealedRange
from oralhistory.domain.redaction import Action, Mention
from oralhistory.domain.said_when import placed
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.spans import Span, joined, within
from oralhistory.domain.transcript import Segment

MARGIN_MS = 250
"""Before and behind a word that may not be heard: a speech model's word times are about so exact."""


def muted(
    sealed: Sequence[SealedRange], segments: Iterable[Segment], mentions: Iterable[Mention], masked: Collection[str] = ()
) -> list[Span]:
    """The spans to silence, in order and apart from one another.

    They are the closed passages; every segment that touches one or is closed itself, as its whole text is withheld; each
    word that somebody decided not to give out as it was said; and the segments `masked`, by their ids, whose speakers are not
    to be heard. Where it is not known when such a segment was said, it may have been anywhere: nothing of the sound is left.
    """
    spans = [(one.start_ms, one.end_ms) for one in sealed]
    by_id = {one.id: one for one in segments}
    spans += [
        (one.start_ms, one.end_ms)
        for one in by_id.values()
        if any(passage.withholds(one) for passage in sealed)
    ]
    spans += [_when(one) for one in by_id.values() if one.closed]
    spans += [
        spoken(segment, mention.start, mention.end) if placed(segment) else _when(segment)
        for mention in mentions
        if mention.action is not Action.KEEP and (segment := by_id.get(mention.segment))
    ]
    spans += [
        (max(start - MARGIN_MS, 0), end + MARGIN_MS)
        for start, end in (_when(one) for one in by_id.values() if one.id in masked)
    ]
    return joined(spans)


def _when(segment: Segment) -> Span:
    """When it may have been said: without a place, at any time."""
    return (segment.start_ms, segment.end_ms) if placed(segment) else (0, OPEN_END_MS)


def spoken(segment: Segment, start: int, end: int) -> Span:
    """When the code points [start, end) of a segment's text are said, with a margin; the whole segment where no word tells.

    A word that a person typed has no time of its own: it was said somewhere between the words that a machine heard.
    """
    at, inside = 0, []
    for number, word in enumerate(segment.words):
        text = word.text.strip()
        found = segment.text.find(text, at)
        if found < 0:
            return segment.start_ms, segment.end_ms
        at = found + len(text)
        if found < end and at > start:
            inside.append(number)
    if not inside:
        return segment.start_ms, segment.end_ms
    said = segment.words[inside[0] : inside[-1] + 1]
    first, last = min(one.start_ms for one in said), max(one.end_ms for one in said)
    if any(one.probability is None for one in said):
        before = [one.end_ms for one in segment.words[: inside[0]] if one.probability is not None]
        behind = [one.start_ms for one in segment.words[inside[-1] + 1 :] if one.probability is not None]
        first, last = min(first, max(before, default=segment.start_ms)), max(last, min(behind, default=segment.end_ms))
    return max(first - MARGIN_MS, 0), last + MARGIN_MS


def silenced(pcm: bytes, first: int, quiet: Iterable[Span], sound: SoundFormat) -> bytes:
    """PCM that begins with frame `first`, with silence where the `quiet` frames of it were."""
    width = sound.bytes_per_frame
    heard = bytearray(pcm)
    for start, end in within(quiet, (first, first + len(pcm) // width)):
        heard[(start - first) * width : (end - first) * width] = bytes((end - start) * width)
    return bytes(heard)
