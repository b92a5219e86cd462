"""The text as it will leave: every decided mention exchanged, its particle fitted, nothing else touched.

Works from the offsets of the mentions in the original text, so that one exchange never moves another. It decides nothing:
a mention without a text for the profile is redacted, never left.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from oralhistory.anonymise.particles import fitted, tail
from oralhistory.domain.redaction import REDACTED_TEXT, Action, Change, Mention, Profile, RenderedSegment
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import tr

_CLOSING = "\"'”’」』》〉)]"

_ROLE_LABEL = re.compile(
    r"[A-Z]\d{0,3}|[A-Z]{2}\d{1,3}|(?i:speaker|interviewer|interpreter|narrator|witness|면담자|구술자|통역|통역사|화자|질문자"
    r"|采访者|讲述者|翻译)[ _-]?\d{0,3}"
)


def render(segments: Sequence[Segment], mentions: Iterable[Mention], profile: Profile) -> list[RenderedSegment]:
    """Each segment with its mentions exchanged as `profile` wants; ValueError if two mentions overlap or lie outside."""
    by_segment: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_segment.setdefault(mention.segment, []).append(mention)
    labels = _labels(segments)
    return [_rendered(one, by_segment.get(one.id, []), profile, labels) for one in segments]


def replacement(mention: Mention, profile: Profile) -> str:
    """What stands for the mention: the profile's own text, else the public one, else the notice of a redaction.

    A generalised mention is told as coarsely as in public to everybody.
    """
    if mention.action is Action.REDACT or mention.entity is None:
        return REDACTED_TEXT
    return mention.entity.written(Profile.PUBLIC if mention.action is Action.GENERALISE else profile) or REDACTED_TEXT


def _rendered(
    segment: Segment, mentions: Iterable[Mention], profile: Profile, labels: Mapping[str, str]
) -> RenderedSegment:
    exchanged = sorted((one for one in mentions if one.action is not Action.KEEP), key=lambda one: one.start)
    text, changes = _exchange(segment.text, exchanged, profile)
    return RenderedSegment(
        segment.id, segment.start_ms, segment.end_ms, labels[segment.speaker], segment.language, text, changes
    )


def _exchange(text: str, mentions: Sequence[Mention], profile: Profile) -> tuple[str, tuple[Change, ...]]:
    new, done, changes = "", 0, []
    for mention, following in zip(mentions, [*mentions[1:], None], strict=False):
        if not done <= mention.start < mention.end <= len(text):
            raise ValueError("mentions overlap or lie outside of the text")
        new += text[done : mention.start]
        said = replacement(mention, profile)
        changes.append(Change(len(new), len(new) + len(said), text[mention.start : mention.end]))
        new += said
        done = mention.end
        particle_at = _after_closing(text, mention.end)
        particle = tail(text, particle_at)
        if particle is not None and (following is None or particle_at + len(particle) <= following.start):
            new += text[done:particle_at] + fitted(particle, said)
            done = particle_at + len(particle)
    return new + text[done:], tuple(changes)


def _after_closing(text: str, end: int) -> int:
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return end


def _labels(segments: Iterable[Segment]) -> dict[str, str]:
    """The label each speaker leaves with: its own if it says no more than a role, else a number.

    Nobody decides on labels as they do on mentions, so a label that could be a name does not leave.
    """
    labels = {one.speaker: one.speaker for one in segments}
    numbers = (tr("Speaker {n}", n=n) for n in count(1))
    free = (label for label in numbers if label not in labels)
    for label in labels:
        if label and not _ROLE_LABEL.fullmatch(label):
            labels[label] = next(free)
    return labels
