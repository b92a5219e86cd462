"""Whose words are not given out: an interpreter's and an interviewer's are theirs, and each part says whether they are shown.

What somebody who is not to be shown said is known by the speaker's label. Where that cannot be known (there is no such label,
or nobody named the speaker of a passage), nothing leaves: a passage too many is put right, a passage too few is out for good.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from oralhistory.domain.consent import Reason
from oralhistory.domain.roles import SPEAKING, Part, Participant
from oralhistory.domain.transcript import Segment

NOBODY: frozenset[Part] = frozenset()


@dataclass(frozen=True, slots=True)
class Masked:
    """`whose`: each segment that is not given out, by its id, with its speaker's part; `reasons`: why that is not sure."""

    whose: Mapping[str, Part] = field(default_factory=lambda: MappingProxyType({}))
    reasons: tuple[Reason, ...] = ()


NOTHING_MASKED = Masked()


def masked(segments: Sequence[Segment], cast: Sequence[Participant], parts: frozenset[Part] = NOBODY) -> Masked:
    """The words of everybody who is not to be shown, and of whoever had one of `parts`."""
    hidden = [one for one in cast if not one.shown or one.part in parts]
    labels = {_folded(one.label): one.part for one in hidden if one.label}
    spoken = {_folded(one.speaker) for one in segments}
    reasons = [Reason("mask_nobody", "parts", {"role": part.value}) for part in sorted(parts - {one.part for one in cast})]
    reasons += [
        Reason("mask_not_found", "parts", {"role": one.part.value, "who": one.who})
        for one in hidden
        if one.part in SPEAKING and (not one.label or _folded(one.label) not in spoken)
    ]
    nameless = sum(not one.speaker.strip() for one in segments)
    if nameless and any(one.part in SPEAKING for one in hidden):
        reasons.append(Reason("mask_speaker_unknown", "parts", {"count": str(nameless)}))
    whose = {one.id: labels[_folded(one.speaker)] for one in segments if one.speaker and _folded(one.speaker) in labels}
    return Masked(MappingProxyType(whose), tuple(reasons))


def counted(parts: Iterable[str]) -> dict[str, int]:
    """How many passages of each part, in the order of the parts."""
    found = list(parts)
    return {part.value: found.count(part.value) for part in Part if part.value in found}


def _folded(label: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())
