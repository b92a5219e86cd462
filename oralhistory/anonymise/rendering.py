"""The text as it will leave: every decided mention exchanged, its particle fitted, nothing else touched.

Works from the offsets of the mentions in the original text, so that one exchange never moves another. It decides nothing:
a mention without a text for the profile is redacted, never left.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from oralhistory.anonymise.particles import fitted, tail
from oralhistory.domain.redaction import REDACTED_TEXT, SPEAKER_TEXT, Action, Change, Mention, Profile, RenderedSegment
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import LANGUAGES, said_in

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
    numbers = _numbers(segments)
    return [_rendered(one, by_segment.get(one.id, []), profile, numbers) for one in segments]


def replacement(mention: Mention, profile: Profile) -> str:
    """What stands for the mention: the profile's own text, else the public one, else the notice of a redaction.

    A generalised mention is told as coarsely as in public to everybody.
    """
    if mention.action is Action.REDACT or mention.entity is None:
        return REDACTED_TEXT
    return mention.entity.written(Profile.PUBLIC if mention.action is Action.GENERALISE else profile) or REDACTED_TEXT


def _rendered(
    segment: Segment, mentions: Iterable[Mention], profile: Profile, numbers: Mapping[str, int]
) -> RenderedSegment:
    exchanged = sorted((one for one in mentions if one.action is not Action.KEEP), key=lambda one: one.start)
    text, changes = _exchange(segment.text, exchanged, profile)
    number = numbers.get(segment.speaker, 0)
    label = SPEAKER_TEXT.format(n=number) if number else segment.speaker
    return RenderedSegment(
        segment.id, segment.start_ms, segment.end_ms, label, segment.language, text, changes, number=number
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


def _numbers(segments: Iterable[Segment]) -> dict[str, int]:
    """The number each speaker leaves with whose label says more than a role.

    Nobody decides on labels as they do on mentions, so a label that could be a name does not leave. Nobody else's own label
    says the same, in whatever language the number is told.
    """
    labels = dict.fromkeys(one.speaker for one in segments)
    named = [label for label in labels if label and not _ROLE_LABEL.fullmatch(label)]
    told = [said_in(language, SPEAKER_TEXT) for language in LANGUAGES] if named else []
    free = (n for n in count(1) if not any(one.format(n=n) in labels for one in told))
    return dict(zip(named, free, strict=False))
