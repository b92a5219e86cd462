"""Whether a draft's text covers what was said: the machine's own account of what it heard and did not write.

Speech and text come from two different machines; where they disagree a person is told, and nothing is changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oralhistory.domain.spans import Span, joined, length, meets, without

_NEAR_MS = 500
"""Text counts for so much around it: a word's time is not more exact."""
_SHORTEST_MISSING_MS = 1_500
"""A cough or a syllable between two sentences is nobody's lost testimony."""
_JOINED_MS = 1_000
_SHORTEST_UNHEARD_MS = 1_000
_LONG_SILENCE_MS = 10_000
_UNHEARD_MS = 500
"""A place of which no more than this is missing was heard: nobody stops to the millisecond."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """`missing`: somebody speaks and there is no text. `silent`: ten seconds and more in which nobody seems to speak.

    `unheard`: whole windows in which no voice was found and nothing written. The model was mostly not asked there, and a
    low voice may have been missed: only an ear knows. `unknown`: windows of which nobody noted where there is speech.
    `unwritten`: sound that came without a text, and that no draft heard.
    """

    missing: tuple[Span, ...] = ()
    silent: tuple[Span, ...] = ()
    unheard: tuple[Span, ...] = ()
    unknown: tuple[Span, ...] = ()
    unwritten: tuple[Span, ...] = ()

    @property
    def to_hear(self) -> tuple[Span, ...]:
        """The places where only an ear can tell."""
        return (*self.missing, *self.unheard, *self.unwritten)

    def heard(self, stretches: Sequence[Span]) -> frozenset[Span]:
        """Those of the places that lie in what was listened to (`stretches`), as good as whole."""
        return frozenset(
            one for one in self.to_hear if length(without([one], stretches)) <= min(_UNHEARD_MS, (one[1] - one[0]) // 2)
        )


def coverage(
    windows: Sequence[Span], speech: Sequence[Span], text: Sequence[Span], unknown: Sequence[Span] = ()
) -> Coverage:
    """What the heard `windows` hold, and those `unknown`: all as stretches of the timeline."""
    spoken = joined(speech, _JOINED_MS)
    written = joined((start - _NEAR_MS, end + _NEAR_MS) for start, end in text)
    missing = (one for one in without(spoken, written) if one[1] - one[0] >= _SHORTEST_MISSING_MS)
    quiet = without(joined(windows), joined([*spoken, *written]))
    unheard = joined(one for one in windows if not _meet(one, speech) and not _meet(one, text))
    return Coverage(
        tuple(missing),
        tuple(one for one in quiet if one[1] - one[0] >= _LONG_SILENCE_MS),
        tuple(one for one in unheard if one[1] - one[0] >= _SHORTEST_UNHEARD_MS),
        tuple(joined(unknown)),
    )


def unwritten(sounds: Iterable[Span], known: Sequence[Span]) -> tuple[Span, ...]:
    """Of each recording in `sounds` what comes behind the last that is `known` of it: its text, and what a draft heard."""
    left = []
    for sound in sounds:
        begins = max((min(one[1], sound[1]) for one in known if meets(one, sound)), default=sound[0])
        if sound[1] - begins >= (_SHORTEST_MISSING_MS if begins == sound[0] else _LONG_SILENCE_MS):
            left.append((begins, sound[1]))
    return tuple(joined(left))


def _meet(span: Span, others: Iterable[Span]) -> bool:
    return any(meets(span, one) for one in others)
