"""Which speaker has which key. Whoever has a place keeps it: the keys of speakers 1 to 9 mean the same person all day, and the
usual ones the same on every other day, too, whoever speaks first and whatever is recorded later."""

from collections import Counter
from collections.abc import Iterable, Sequence

from oralhistory.domain.edits import Splice
from oralhistory.domain.transcript import Segment

USUAL_SPEAKERS = ("N1", "I1", "T1")
"""Narrator, interviewer, interpreter: offered until an interview has others."""


class SpeakerPlaces:
    """The usual ones first, the narrator before all; where most of the text has labels of its own, these. Others as they first
    spoke when the text was opened, the new ones behind."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def names(self) -> list[str]:
        return list(self._names or USUAL_SPEAKERS)

    def clear(self) -> None:
        """Nobody has a place until somebody is seated."""
        self._names = []

    def seat(self, segments: Sequence[Segment]) -> None:
        """Give a place to who speaks there and has none."""
        spoken = Counter(one.speaker for one in segments if one.speaker)
        if not self._names and segments:
            own = [one for one in spoken if one not in USUAL_SPEAKERS]
            usual_first = 2 * sum(spoken[one] for one in own) <= spoken.total()
            self._names = [*USUAL_SPEAKERS, *own] if usual_first else [*own, *USUAL_SPEAKERS]
        self._names = list(dict.fromkeys([*self._names, *spoken]))

    def unseat(self, segments: Iterable[Segment]) -> None:
        """Something was undone: who came last, speaks nowhere any more and is none of the usual ones, gives the place back. That
        of nobody else changes."""
        spoken = {one.speaker for one in segments}
        while self._names and self._names[-1] not in spoken and self._names[-1] not in USUAL_SPEAKERS:
            self._names.pop()

    def rename(self, old: str, new: str) -> None:
        """Another name everywhere: it has the old one's place, or its own if it had one."""
        self._names = list(dict.fromkeys(new if one == old else one for one in self._names))

    def follow(self, splices: Sequence[Splice], segments: Sequence[Segment]) -> None:
        """Before these are laid over the text: a name that is taken back everywhere, or given again, leaves its place to the
        one that comes for it."""
        turned = [
            (was.speaker, now.speaker)
            for splice in splices
            for was, now in zip(splice.removed, splice.inserted, strict=False)
            if was.speaker != now.speaker
        ]
        if len(set(turned)) != 1:
            return
        gone, back = turned[0]
        if back and back not in self._names and sum(one.speaker == gone for one in segments) == len(turned):
            self._names = [back if one == gone else one for one in self._names]
