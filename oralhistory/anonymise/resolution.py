"""From what people decided to the mentions that hold, and everything that a person must still decide.

Doubt always becomes a question and a question keeps the export shut: a decision taken on another text, a form that may be a
plain word, a name inside a longer word, a word that looks or sounds like a known name, decisions that cross each other, an
entity without a replacement, a proposal that nobody answered.

A `Resolution` stays with one text. After a decision it works out anew only the segments that the decision touches.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP
from oralhistory.anonymise.likeness import Likenesses
from oralhistory.anonymise.matching import Occurrence
from oralhistory.anonymise.occurrences import Occurrences
from oralhistory.anonymise.particles import tail
from oralhistory.anonymise.suffixes import GENERIC
from oralhistory.anonymise.wordlists import Readings, Words
from oralhistory.domain.redaction import (
    Action,
    Decisions,
    Entity,
    IdentifierClass,
    Mention,
    MentionDecision,
    OpenQuestion,
    Profile,
    Proposal,
    Question,
)
from oralhistory.domain.transcript import Segment


@dataclass(frozen=True, slots=True)
class _Told:
    """What was worked out for a segment, from `asked` (decisions, and which proposals are dismissed)."""

    asked: object
    mentions: tuple[Mention, ...]
    questions: tuple[OpenQuestion, ...]


class Resolution:
    """The mentions and open questions of one text under whatever is decided. `proposals` are of these `segments`."""

    def __init__(
        self, segments: Sequence[Segment], proposals: Iterable[Proposal], words: Words, readings: Readings
    ) -> None:
        self._segments = segments
        self._ids = {one.id for one in segments}
        self._proposed: dict[str, list[Proposal]] = {}
        for one in proposals:
            if one.identifier is not IdentifierClass.CONTEXT and one.detector != NOUN_SWEEP:
                self._proposed.setdefault(one.segment, []).append(one)
        texts = [one.text for one in segments]
        self._exact = Occurrences(texts, words)
        self._alike = Likenesses(texts, words, readings)
        self._entities: dict[str, Entity] = {}
        self._told: list[_Told | None] = [None] * len(segments)

    def under(self, decisions: Decisions) -> tuple[list[Mention], list[OpenQuestion]]:
        """Mentions that never overlap, in order of place, and the open questions, in order of place."""
        self._forget_what_changed(decisions)
        decided: dict[str, list[MentionDecision]] = {}
        for one in decisions.mentions:
            decided.setdefault(one.segment, []).append(one)
        mentions: list[Mention] = []
        questions = [_question(Question.TEXT_CHANGED, lost) for lost in self._of_lost_segments(decided)]
        for at in range(len(self._segments)):
            told = self._worked_out(at, decided, decisions.dismissed)
            mentions += told.mentions
            questions += told.questions
        return mentions, questions + _without_replacement(self._segments, mentions)

    def _forget_what_changed(self, decisions: Decisions) -> None:
        entities = {one.id: one for one in decisions.entities}
        changed = {
            id_ for id_ in entities.keys() | self._entities.keys() if entities.get(id_) != self._entities.get(id_)
        }
        if not changed and self._entities:
            return
        self._entities = entities
        touched = self._exact.follow(decisions.entities) | self._alike.follow(decisions.entities)
        for at, told in enumerate(self._told):
            meant = {one.entity.id for one in told.mentions if one.entity is not None} if told else set()
            if at in touched or meant & changed:
                self._told[at] = None

    def _worked_out(self, at: int, decided: dict[str, list[MentionDecision]], dismissed: frozenset[str]) -> _Told:
        segment = self._segments[at]
        mine = decided.get(segment.id, [])
        open_proposals = [one for one in self._proposed.get(segment.id, ()) if one.id not in dismissed]
        asked = (tuple(mine), tuple(one.id for one in open_proposals))
        known = self._told[at]
        if known is None or known.asked != asked:
            here = _Place(segment, self._entities)
            here.apply(mine)
            here.propagate(self._exact.of(at))
            here.ask_about(open_proposals)
            here.ask_about_words_taken_out(mine)
            here.ask_about_likenesses(self._alike.of(at), self._proposed.get(segment.id, ()))
            known = here.told(asked)
            self._told[at] = known
        return known

    def _of_lost_segments(self, decided: dict[str, list[MentionDecision]]) -> list[MentionDecision]:
        return [
            one
            for segment, there in decided.items()
            if segment not in self._ids
            for one in there
            if one.action is not Action.KEEP
        ]


class _Place:
    """One segment while its mentions are being found."""

    def __init__(self, segment: Segment, entities: dict[str, Entity]) -> None:
        self.segment = segment
        self.mentions: list[Mention] = []
        self.questions: list[OpenQuestion] = []
        self._entities = entities

    def told(self, asked: object) -> _Told:
        return _Told(
            asked,
            tuple(sorted(self.mentions, key=lambda one: one.start)),
            tuple(sorted(self.questions, key=lambda one: (one.start, one.end, one.code))),
        )

    def apply(self, decided: Sequence[MentionDecision]) -> None:
        """Decisions taken on this very text. Where two cross, exchanging goes before keeping, the longer before the shorter."""
        sha256, length = self.segment.sha256, len(self.segment.text)
        valid = [one for one in decided if one.sha256 == sha256 and 0 <= one.start < one.end <= length]
        for one in sorted(valid, key=lambda one: (one.action is Action.KEEP, one.start - one.end, one.start)):
            if self._is_free(one.start, one.end):
                entity = self._entities.get(one.entity)
                self.mentions.append(Mention(one.segment, one.start, one.end, one.action, entity, one.reason, one.plain))
            elif not self._is_covered(one.start, one.end):
                self._ask(Question.AMBIGUOUS, one.start, one.end)
        for stale in _not_taken_again([one for one in decided if one not in valid], valid):
            self._ask(Question.TEXT_CHANGED, stale.start, stale.end)

    def propagate(self, found: Sequence[Occurrence]) -> None:
        """Every other place where an entity is certainly meant is replaced like the entity, the longest form first."""
        for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            if not one.question and self._is_free(one.start, one.end):
                entity = self._entities[one.entity]
                self.mentions.append(Mention(self.segment.id, one.start, one.end, Action.REPLACE, entity))
        for one in found:
            if not self._is_covered(one.start, one.end):
                self._ask(one.question or Question.AMBIGUOUS, one.start, one.end)

    def ask_about(self, proposals: Iterable[Proposal]) -> None:
        """What was proposed and nobody decided; a place that is asked about already is not asked about twice."""
        asked = {(one.start, one.end) for one in self.questions if one.code in (Question.AMBIGUOUS, Question.INSIDE_WORD)}
        for one in proposals:
            if (one.start, one.end) not in asked and not self._is_covered(one.start, one.end, ignoring=GENERIC):
                self._ask(Question.UNDECIDED, one.start, one.end)

    def ask_about_words_taken_out(self, decided: Iterable[MentionDecision]) -> None:
        """Words that a person took out of an earlier text, and that stand in this one again: no other redaction covers them."""
        for one in decided:
            if one.action is Action.REDACT and one.surface and one.sha256 != self.segment.sha256:
                for found in re.finditer(re.escape(one.surface), self.segment.text):
                    if not self._is_covered(found.start(), found.end()):
                        self._ask(Question.TEXT_CHANGED, found.start(), found.end())

    def ask_about_likenesses(self, found: Iterable[Occurrence], proposed: Sequence[Proposal]) -> None:
        """Words that resemble a known name, where no detector asks or asked already, and nothing is decided."""
        for one in found:
            taken = [(other.start, other.end) for other in proposed] + [(other.start, other.end) for other in self.mentions]
            if all(end <= one.start or one.end <= start for start, end in taken):
                self._ask(Question.SIMILAR, one.start, one.end)

    def _ask(self, code: Question, start: int, end: int) -> None:
        question = OpenQuestion(code, self.segment.id, start, end, self.segment.text[start:end])
        if question not in self.questions:
            self.questions.append(question)

    def _is_free(self, start: int, end: int) -> bool:
        return all(end <= one.start or one.end <= start for one in self.mentions)

    def _is_covered(self, start: int, end: int, ignoring: frozenset[str] = frozenset()) -> bool:
        """Whether mentions cover all letters of [start, end), but for whole words in `ignoring` and the particles between."""
        text, at = self.segment.text, start
        touched = False
        for one in sorted(self.mentions, key=lambda one: one.start):
            if one.start < end and start < one.end:
                if _says_something(text[at : one.start], ignoring):
                    return False
                at, touched = max(at, one.end), True
                at += len(tail(text, at) or "")
        return touched and not _says_something(text[min(at, end) : end], ignoring)


def _says_something(rest: str, ignoring: frozenset[str]) -> bool:
    words = "".join(c if c.isalnum() else " " for c in rest).split()
    return any(word not in ignoring for word in words)


def _not_taken_again(stale: Iterable[MentionDecision], valid: Iterable[MentionDecision]) -> list[MentionDecision]:
    """Decisions on an older text that no decision of the same kind on today's text stands for.

    A keep falls silently: without it the place is proposed and matched like any other.
    """
    taken_again = Counter((one.entity, one.action) for one in valid)
    open_still = []
    for one in stale:
        if one.action is Action.KEEP:
            continue
        if taken_again[one.entity, one.action] > 0:
            taken_again[one.entity, one.action] -= 1
        else:
            open_still.append(one)
    return open_still


def _question(code: Question, decision: MentionDecision) -> OpenQuestion:
    return OpenQuestion(code, decision.segment, decision.start, decision.end, "")


def _without_replacement(segments: Sequence[Segment], mentions: Iterable[Mention]) -> list[OpenQuestion]:
    """Entities that are to be replaced and have no public text, each at its first mention; other profiles fall back on it."""
    texts = {one.id: one.text for one in segments}
    questions, asked = [], set()
    for one in mentions:
        if one.action not in (Action.REPLACE, Action.GENERALISE):
            continue
        if one.entity is not None and (one.entity.replacement.get(Profile.PUBLIC) or one.entity.id in asked):
            continue
        if one.entity is not None:
            asked.add(one.entity.id)
        said = texts[one.segment][one.start : one.end]
        questions.append(OpenQuestion(Question.NO_REPLACEMENT, one.segment, one.start, one.end, said))
    return questions
