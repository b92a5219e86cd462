"""Many detectors, one list: overlapping findings become one proposal."""

import hashlib
from collections.abc import Iterable, Sequence

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP
from oralhistory.domain.redaction import Finding, IdentifierClass, Proposal
from oralhistory.domain.transcript import Segment


def merged(segment: Segment, found: Iterable[tuple[str, Finding]]) -> list[Proposal]:
    """One proposal for each stretch of overlapping findings, in order of place: `found` has each with its detector's name.

    What must be decided goes before what is only underlined, then the higher score, then the longer. The winner keeps its
    type and detector and covers every letter that a loser of its kind covered, so that nothing proposed goes lost.
    """
    groups: list[list[tuple[str, Finding]]] = []
    strong = [one for one in found if not _is_weak(one)]
    for one in sorted(strong, key=lambda one: (one[1].start, one[1].end)):
        if groups and one[1].start < max(other.end for _, other in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    sha256 = segment.sha256 if groups else ""
    proposals = [_of_group(segment, sha256, group) for group in groups]
    return sorted(proposals, key=lambda one: (one.start, one.end))


def with_underlined(
    proposals: Sequence[Proposal], segment: Segment, found: Iterable[tuple[str, Finding]]
) -> list[Proposal]:
    """`proposals` and the merely underlined or swept findings that none of them touches."""
    kept = list(proposals)
    weak = [one for one in found if _is_weak(one)]
    sha256 = segment.sha256 if weak else ""
    for one in sorted(weak, key=_rank):
        if all(one[1].end <= other.start or other.end <= one[1].start for other in kept):
            kept.append(_of_group(segment, sha256, [one]))
    return sorted(kept, key=lambda one: (one.start, one.end))


def _is_weak(one: tuple[str, Finding]) -> bool:
    """What never keeps an export shut: it may not swallow or stretch what does."""
    return one[1].identifier is IdentifierClass.CONTEXT or one[0] == NOUN_SWEEP


def _rank(one: tuple[str, Finding]) -> tuple[float, int, int, str]:
    name, finding = one
    return (-finding.score, finding.start - finding.end, finding.start, name)


def _of_group(segment: Segment, sha256: str, group: Sequence[tuple[str, Finding]]) -> Proposal:
    name, winner = min(group, key=_rank)
    start, end = min(one.start for _, one in group), max(one.end for _, one in group)
    return Proposal(
        _id(segment, sha256, start, end), segment.id, start, end, segment.text[start:end], winner.type, winner.identifier,
        name, winner.score,
    )  # fmt: skip


def _id(segment: Segment, sha256: str, start: int, end: int) -> str:
    """The same for the same place in the same text, whenever and by whatever detector it is proposed."""
    whole = "\0".join((segment.id, sha256, str(start), str(end)))
    return hashlib.sha256(whole.encode()).hexdigest()[:20]
