"""Whose words are not given out: an interpreter's and an interviewer's are theirs, and each part says whether they are shown.

What somebody who is not to be shown said is known by the speaker's label. Where that cannot be known (there is no such label,
nobody named the speaker of a passage, or a label is nobody's and may be another spelling of theirs), nothing leaves: a passage
too many is put right, a passage too few is out for good.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from oralhistory.domain.consent import Reason
from oralhistory.domain.consent_terms import folded
from oralhistory.domain.roles import SPEAKING, Part, Participant
from oralhistory.domain.transcript import Segment

NOBODY: frozenset[Part] = frozenset()
_NARRATING = (Part.NARRATOR, Part.FURTHER_NARRATOR)


@dataclass(frozen=True, slots=True)
class Masked:
    """`whose`: each segment that is not given out, by its id, with its speaker's part; `reasons`: why that is not sure."""

    whose: Mapping[str, Part] = field(default_factory=lambda: MappingProxyType({}))
    reasons: tuple[Reason, ...] = ()


NOTHING_MASKED = Masked()


def masked(
    segments: Sequence[Segment],
    cast: Sequence[Participant],
    parts: frozenset[Part] = NOBODY,
    narrators: int = 1,
) -> Masked:
    """The words of everybody who is not to be shown, and of whoever had one of `parts`; so many `narrators` are told of."""
    hidden = [one for one in cast if not one.shown or one.part in parts]
    labels = {folded(one.label): one.part for one in hidden if one.label}
    spoken = {folded(one.speaker) for one in segments}
    reasons = [Reason("mask_nobody", "parts", {"role": part.value}) for part in sorted(parts - {one.part for one in cast})]
    reasons += [
        Reason("mask_not_found", "parts", {"role": one.part.value, "who": one.who})
        for one in hidden
        if one.part in SPEAKING and (not one.label or folded(one.label) not in spoken)
    ]
    if any(one.part in SPEAKING for one in hidden):
        unknown = {""} if reasons else {"", *_strange(spoken, cast, labels, narrators)}
        if count := sum(folded(one.speaker) in unknown for one in segments):
            reasons.append(Reason("mask_speaker_unknown", "parts", {"count": str(count)}))
    whose = {one.id: labels[folded(one.speaker)] for one in segments if one.speaker and folded(one.speaker) in labels}
    return Masked(MappingProxyType(whose), tuple(reasons))


def _strange(spoken: Collection[str], cast: Sequence[Participant], hidden: Collection[str], narrators: int) -> set[str]:
    """Labels that nobody in the cast bears, where one of them may be another spelling of a `hidden` label.

    Some are expected: of each narrator, of the interviewer, of whoever is shown and was given no label. They are beyond doubt
    while they are no more than those, and none begins as a hidden label does or the other way round.
    """
    strange = {one for one in spoken if one} - {folded(one.label) for one in cast}
    alike = any(one.startswith(label) or label.startswith(one) for one in strange for label in hidden)
    labelled = sum(bool(one.label) for one in cast if one.part in _NARRATING)
    others = [one for one in cast if one.part in SPEAKING and one.part not in _NARRATING]
    expected = max(narrators - labelled, 0) + sum(one.shown and not one.label for one in others)
    expected += all(one.part is not Part.INTERVIEWER for one in others)
    return strange if alike or len(strange) > expected else set()


def counted(parts: Iterable[str]) -> dict[str, int]:
    """How many passages of each part, in the order of the parts."""
    found = list(parts)
    return {part.value: found.count(part.value) for part in Part if part.value in found}
