"""The whole of pseudonymising behind one port: propose, resolve, render.

Builds the detectors from the shipped lists. Another detector (proper nouns by morphology, a sweep of all nouns) is one more
in the sequence. Nothing said in an interview is kept here between two calls.
"""

from collections.abc import Sequence
from pathlib import Path

from oralhistory import paths
from oralhistory.anonymise.detectors.ages import Ages
from oralhistory.anonymise.detectors.chinese_names import ChineseNames
from oralhistory.anonymise.detectors.codes import Codes
from oralhistory.anonymise.detectors.dates import Dates
from oralhistory.anonymise.detectors.english_names import EnglishNames
from oralhistory.anonymise.detectors.finding import Detector, Finding
from oralhistory.anonymise.detectors.gazetteer import Gazetteer
from oralhistory.anonymise.detectors.kin import Kin
from oralhistory.anonymise.detectors.korean_names import KoreanNames
from oralhistory.anonymise.detectors.place_shapes import PlaceShapes
from oralhistory.anonymise.echoes import echoes
from oralhistory.anonymise.merging import merged, with_underlined
from oralhistory.anonymise.rendering import render
from oralhistory.anonymise.resolution import resolve
from oralhistory.anonymise.wordlists import read_names, read_places, read_words
from oralhistory.domain.redaction import Decisions, Mention, OpenQuestion, Profile, Proposal, RenderedSegment
from oralhistory.domain.transcript import Segment


def shipped_detectors(lists: Path) -> tuple[Detector, ...]:
    """Every detector that needs nothing but the word lists in the folder `lists`."""
    words, names = read_words(lists), read_names(lists)
    return (
        Codes(), Dates(), Ages(), Gazetteer(read_places(lists)), PlaceShapes(words), KoreanNames(names, words),
        ChineseNames(names), EnglishNames(words), Kin(),
    )  # fmt: skip


class Anonymise:
    """Implements the port `Anonymiser`. `lists` is the folder of word lists; `further` are detectors beyond the shipped ones."""

    def __init__(self, lists: Path | None = None, further: Sequence[Detector] = ()) -> None:
        folder = lists or paths.resources() / "gazetteer"
        self._words = read_words(folder)
        self._detectors = (*shipped_detectors(folder), *further)

    def propose(self, segments: Sequence[Segment]) -> list[Proposal]:
        """What may name something, in order of place; overlapping findings are one proposal."""
        found = {one.id: self._found(one) for one in segments}
        first = {one.id: merged(one, found[one.id]) for one in segments}
        again = echoes(segments, first, self._words)
        return [
            proposal
            for segment in segments
            for proposal in with_underlined(
                merged(segment, [*found[segment.id], *again[segment.id]]), segment, found[segment.id]
            )
        ]

    def resolve(
        self, segments: Sequence[Segment], decisions: Decisions, proposals: Sequence[Proposal]
    ) -> tuple[list[Mention], list[OpenQuestion]]:
        """The mentions that hold, never overlapping, and every question still open (see `resolution`)."""
        return resolve(segments, decisions, proposals, self._words)

    def render(
        self, segments: Sequence[Segment], mentions: Sequence[Mention], profile: Profile
    ) -> list[RenderedSegment]:
        """The segments with every mention exchanged (see `rendering`)."""
        return render(segments, mentions, profile)

    def _found(self, segment: Segment) -> list[tuple[str, Finding]]:
        return [(detector.name, one) for detector in self._detectors for one in detector.find(segment.text)]
