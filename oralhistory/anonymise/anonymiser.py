"""The whole of pseudonymising behind one port: look, propose, resolve, render.

Builds the detectors from the shipped lists. Morphological analysis is a hint that may be missing: without it fewer words are
proposed, and `Looked.whole` says so. Nothing said in an interview is kept here between two calls.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, partial
from pathlib import Path

from oralhistory import paths
from oralhistory.anonymise.chinese_words import ChineseWords
from oralhistory.anonymise.detectors.ages import Ages
from oralhistory.anonymise.detectors.chinese_in_hangul import ChineseInHangul
from oralhistory.anonymise.detectors.chinese_names import ChineseNames
from oralhistory.anonymise.detectors.chinese_places import ChinesePlaces
from oralhistory.anonymise.detectors.chinese_shapes import ChineseShapes
from oralhistory.anonymise.detectors.chinese_sweep import ChineseSweep
from oralhistory.anonymise.detectors.codes import Codes
from oralhistory.anonymise.detectors.dates import Dates
from oralhistory.anonymise.detectors.english_names import EnglishNames
from oralhistory.anonymise.detectors.english_sweep import EnglishSweep
from oralhistory.anonymise.detectors.finding import Detector, Passage
from oralhistory.anonymise.detectors.gazetteer import Gazetteer
from oralhistory.anonymise.detectors.kin import Kin
from oralhistory.anonymise.detectors.korean_names import KoreanNames
from oralhistory.anonymise.detectors.noun_sweep import NounSweep
from oralhistory.anonymise.detectors.number_sweep import NumberSweep
from oralhistory.anonymise.detectors.pieced_words import PiecedWords
from oralhistory.anonymise.detectors.place_shapes import PlaceShapes
from oralhistory.anonymise.detectors.proper_nouns import ProperNouns
from oralhistory.anonymise.detectors.spelled_names import SpelledNames
from oralhistory.anonymise.detectors.units import Units
from oralhistory.anonymise.echoes import echoes
from oralhistory.anonymise.generalising import Generalising
from oralhistory.anonymise.hangul import is_hangul
from oralhistory.anonymise.known_facts import known_facts
from oralhistory.anonymise.likeness import alike
from oralhistory.anonymise.merging import merged, with_underlined
from oralhistory.anonymise.pseudonyms import pseudonyms
from oralhistory.anonymise.rendering import render
from oralhistory.anonymise.resolution import Resolution
from oralhistory.anonymise.wordlists import (
    GivenNames,
    Readings,
    Words,
    read_chinese,
    read_names,
    read_places,
    read_provinces,
    read_readings,
    read_words,
)
from oralhistory.domain.morpheme import Morpheme
from oralhistory.domain.ports import Morphology
from oralhistory.domain.redaction import (
    Decisions,
    EntityType,
    Finding,
    Looked,
    Mention,
    OpenQuestion,
    Profile,
    Proposal,
    RenderedSegment,
    Suggestion,
)
from oralhistory.domain.transcript import Segment
from oralhistory.errors import WorkerFailed

_VERSION = "14"
"""Counts up with every change of what the detectors find: findings that are kept are then looked for again."""


@cache
def shipped_detectors(lists: Path) -> tuple[tuple[Detector, ...], tuple[Detector, ...]]:
    """Every detector there is: those that look at letters alone, and those that ask the analysis of words as well.

    `ProperNouns` and most of the sweep find nothing where it did not run. Made once a process: a detector knows its lists and
    keeps nothing else.
    """
    words, names, places = read_words(lists), read_names(lists), read_places(lists)
    pieced = PiecedWords(names, words)
    by_letters = (
        Codes(), Dates(), Ages(), Gazetteer(places), Units(words), SpelledNames(names), ChineseNames(names),
        ChineseShapes(names), ChinesePlaces(places), ChineseSweep(names, places),
        EnglishNames(words), EnglishSweep(), Kin(), NumberSweep(),
    )  # fmt: skip
    by_words = (
        PlaceShapes(words, places), KoreanNames(names, words), ChineseInHangul(names, words),
        ProperNouns(names, words, places, pieced), NounSweep(names, words, places), pieced,
    )  # fmt: skip
    return by_letters, by_words


@cache
def shipped_words(lists: Path) -> ChineseWords:
    """What parts Chinese into words, made once a process like the detectors that look at them."""
    return ChineseWords(partial(read_chinese, lists))


class Anonymise:
    """Implements the port `Anonymiser`. `lists` is the folder of word lists; `further` are detectors beyond the shipped ones.

    The lists are read when they are first needed: most commands, and most windows, redact nothing.
    """

    def __init__(
        self, lists: Path | None = None, further: Sequence[Detector] = (), morphology: Morphology | None = None
    ) -> None:
        self._folder = lists or paths.resources() / "gazetteer"
        self._further = tuple(further)
        self._morphology = morphology

    @cached_property
    def _words(self) -> Words:
        return read_words(self._folder)

    @cached_property
    def _names(self) -> GivenNames:
        return read_names(self._folder)

    @cached_property
    def _readings(self) -> Readings:
        return read_readings(self._folder)

    @cached_property
    def _generalising(self) -> Generalising:
        return Generalising(read_provinces(self._folder))

    @cached_property
    def _detectors(self) -> tuple[tuple[Detector, ...], tuple[Detector, ...]]:
        """Those that look while the analysis runs, and those that wait for it: whatever is further waits."""
        by_letters, by_words = shipped_detectors(self._folder)
        return by_letters, (*by_words, *self._further)

    @property
    def version(self) -> str:
        return _VERSION if self._morphology is None else f"{_VERSION}+kiwi"

    def look(self, texts: Sequence[str]) -> list[Looked]:
        """What every detector finds in each of these texts by itself. Slow beside everything else, and worth keeping."""
        with ThreadPoolExecutor(1, "words") as beside:  # the analysis runs in a process of its own: no time is lost waiting
            waiting = beside.submit(self._analysed, texts)
            by_letters, by_words = self._detectors
            chinese = shipped_words(self._folder)
            first = [self._found(Passage(text, chinese=chinese.runs(text)), by_letters) for text in texts]
            analysed, whole = waiting.result()
        return [
            Looked((*found, *self._found(Passage(text, morphemes), by_words)), whole or not _korean(text))
            for text, morphemes, found in zip(texts, analysed, first, strict=True)
        ]

    def propose(
        self, segments: Sequence[Segment], looked: Mapping[str, Looked] | None = None, known: Sequence[str] = ()
    ) -> list[Proposal]:
        """What may name something, in order of place; overlapping findings are one proposal.

        `looked` has what was found in each text, by its SHA-256; None looks now. `known` are names that somebody wrote down
        before: the narrator's and the family's.
        """
        if looked is None:
            looked = dict(zip([one.sha256 for one in segments], self.look([one.text for one in segments]), strict=True))
        written_down = known_facts(segments, known, self._words)
        found = {one.id: (*looked[one.sha256].findings, *written_down.get(one.id, ())) for one in segments}
        first = {one.id: merged(one, found[one.id]) for one in segments}
        again = echoes(segments, first, self._words, self._names)
        proposals: list[Proposal] = []
        for one in segments:
            strong, new = first[one.id], again[one.id]
            if new:
                strong = merged(one, [*found[one.id], *new])
            proposals += with_underlined(strong, one, [*found[one.id], *new])
        return proposals

    def resolve(
        self, segments: Sequence[Segment], decisions: Decisions, proposals: Sequence[Proposal]
    ) -> tuple[list[Mention], list[OpenQuestion]]:
        """The mentions that hold, never overlapping, and every question still open (see `resolution`)."""
        return self.resolution(segments, proposals).under(decisions)

    def resolution(self, segments: Sequence[Segment], proposals: Sequence[Proposal]) -> Resolution:
        """The same for one text under changing decisions, fast from the second time on."""
        return Resolution(segments, proposals, self._words, self._readings)

    def render(
        self, segments: Sequence[Segment], mentions: Sequence[Mention], profile: Profile
    ) -> list[RenderedSegment]:
        """The segments with every mention exchanged (see `rendering`)."""
        return render(segments, mentions, profile)

    def suggest(self, type_: EntityType, said: str, before: str, after: str, language: str) -> Suggestion:
        """What could stand for `said` between these words (see `generalising`)."""
        return self._generalising.suggest(type_, said, before, after, language)

    def pseudonyms(self, language: str) -> Iterator[str]:
        """Made-up names in that language, always in the same order (see `pseudonyms`)."""
        return pseudonyms(self._names, language)

    def alike(self, forms: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each of these forms those others that may be the same name misspelt, or in other letters."""
        return alike(forms)

    def _analysed(self, texts: Sequence[str]) -> tuple[list[tuple[Morpheme, ...]], bool]:
        """The words of each text as far as they are Korean; False where the analysis should have run and did not."""
        korean = [text for text in texts if _korean(text)]
        words: dict[str, tuple[Morpheme, ...]] = {}
        if korean and self._morphology is not None:
            try:
                words = dict(zip(korean, self._morphology.analyse(korean), strict=True))
            except WorkerFailed:
                return [() for _ in texts], False
        return [words.get(text, ()) for text in texts], True

    def _found(self, passage: Passage, detectors: Iterable[Detector]) -> tuple[tuple[str, Finding], ...]:
        return tuple((detector.name, one) for detector in detectors for one in detector.find(passage))


def _korean(text: str) -> bool:
    return any(map(is_hangul, text))
