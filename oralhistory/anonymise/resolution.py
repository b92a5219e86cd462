"""From what people decided to the mentions that hold, and everything that a person must still decide.

Doubt always becomes a question and a question keeps the export shut: a decision taken on another text, a form that may be a
plain word, a name inside a longer word, decisions that cross each other, an entity without a replacement, a proposal that
nobody answered.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP
from oralhistory.anonymise.matching import AMBIGUOUS, Matcher
from oralhistory.anonymise.particles import tail
from oralhistory.anonymise.suffixes import GENERIC
from oralhistory.anonymise.wordlists import Words
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
)
from oralhistory.domain.transcript import Segment


def resolve(
    segments: Sequence[Segment], decisions: Decisions, proposals: Iterable[Proposal], words: Words
) -> tuple[list[Mention], list[OpenQuestion]]:
    """Mentions that never overlap, in order of place, and the open questions, in order of place."""
    matcher = Matcher(decisions.entities, words)
    entities = {one.id: one for one in decisions.entities}
    decided: dict[str, list[MentionDecision]] = {}
    for one in decisions.mentions:
        decided.setdefault(one.segment, []).append(one)
    proposed: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        if _must_be_answered(proposal, decisions):
            proposed.setdefault(proposal.segment, []).append(proposal)
    mentions: list[Mention] = []
    questions = [_question("text_changed", lost) for lost in _of_lost_segments(segments, decided)]
    for segment in segments:
        here = _Place(segment, entities, matcher)
        here.apply(decided.get(segment.id, []))
        here.propagate()
        here.ask_about(proposed.get(segment.id, []))
        here.ask_about_words_taken_out(decided.get(segment.id, []))
        mentions += sorted(here.mentions, key=lambda one: one.start)
        questions += sorted(here.questions, key=lambda one: (one.start, one.end, one.code))
    return mentions, questions + _without_replacement(segments, mentions)


class _Place:
    """One segment while its mentions are being found."""

    def __init__(self, segment: Segment, entities: dict[str, Entity], matcher: Matcher) -> None:
        self.segment = segment
        self.mentions: list[Mention] = []
        self.questions: list[OpenQuestion] = []
        self._entities = entities
        self._matcher = matcher

    def apply(self, decided: Sequence[MentionDecision]) -> None:
        """Decisions taken on this very text. Where two cross, exchanging goes before keeping, the longer before the shorter."""
        sha256, length = self.segment.sha256, len(self.segment.text)
        valid = [one for one in decided if one.sha256 == sha256 and 0 <= one.start < one.end <= length]
        for one in sorted(valid, key=lambda one: (one.action is Action.KEEP, one.start - one.end, one.start)):
            if self._is_free(one.start, one.end):
                entity = self._entities.get(one.entity)
                self.mentions.append(Mention(one.segment, one.start, one.end, one.action, entity, one.reason))
            elif not self._is_covered(one.start, one.end):
                self._ask(AMBIGUOUS, one.start, one.end)
        for stale in _not_taken_again([one for one in decided if one not in valid], valid):
            self._ask("text_changed", stale.start, stale.end)

    def propagate(self) -> None:
        """Every other place where an entity is certainly meant is replaced like the entity, the longest form first."""
        found = self._matcher.find(self.segment.text)
        for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            if not one.question and self._is_free(one.start, one.end):
                entity = self._entities[one.entity]
                self.mentions.append(Mention(self.segment.id, one.start, one.end, Action.REPLACE, entity))
        for one in found:
            if not self._is_covered(one.start, one.end):
                self._ask(one.question or AMBIGUOUS, one.start, one.end)

    def ask_about(self, proposals: Iterable[Proposal]) -> None:
        for one in proposals:
            if not self._is_covered(one.start, one.end, ignoring=GENERIC):
                self._ask("undecided", one.start, one.end)

    def ask_about_words_taken_out(self, decided: Iterable[MentionDecision]) -> None:
        """Words that a person took out of an earlier text, and that stand in this one again: no other redaction covers them."""
        for one in decided:
            if one.action is Action.REDACT and one.surface and one.sha256 != self.segment.sha256:
                for found in re.finditer(re.escape(one.surface), self.segment.text):
                    if not self._is_covered(found.start(), found.end()):
                        self._ask("text_changed", found.start(), found.end())

    def _ask(self, code: str, start: int, end: int) -> None:
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


def _must_be_answered(proposal: Proposal, decisions: Decisions) -> bool:
    return (
        proposal.identifier is not IdentifierClass.CONTEXT
        and proposal.detector != NOUN_SWEEP
        and proposal.id not in decisions.dismissed
    )


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


def _of_lost_segments(segments: Iterable[Segment], decided: dict[str, list[MentionDecision]]) -> list[MentionDecision]:
    known = {one.id for one in segments}
    return [
        one
        for segment, there in decided.items()
        if segment not in known
        for one in there
        if one.action is not Action.KEEP
    ]


def _question(code: str, decision: MentionDecision) -> OpenQuestion:
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
        questions.append(OpenQuestion("no_replacement", one.segment, one.start, one.end, said))
    return questions
