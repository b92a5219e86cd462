"""Deciding what is replaced: the machine proposes, people decide, and the result can be looked at before anything leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from oralhistory.domain.decisions_document import MalformedDecisions, parse
from oralhistory.domain.interview import Interview, SealedRange
from oralhistory.domain.ports import Anonymiser, Records
from oralhistory.domain.redaction import (
    SEALED_TEXT,
    Decisions,
    Mention,
    OpenQuestion,
    Profile,
    Proposal,
    RenderedSegment,
)
from oralhistory.domain.transcript import Layer, Segment
from oralhistory.errors import MalformedInput
from oralhistory.i18n import mark, tr
from oralhistory.services.opened import OpenArchive

mark("[sealed at the narrator's request]")  # SEALED_TEXT, for the catalogues: the domain speaks one language


@dataclass(frozen=True, slots=True)
class Redaction:
    """The state of an interview's redaction: what is decided, what is open, of which text."""

    segments: tuple[Segment, ...]
    sealed: tuple[SealedRange, ...]
    decisions: Decisions
    proposals: tuple[Proposal, ...]
    mentions: tuple[Mention, ...]
    open: tuple[OpenQuestion, ...]

    def is_sealed(self, segment: Segment) -> bool:
        return any(one.withholds(segment.start_ms, segment.end_ms) for one in self.sealed)


class Redacting:
    def __init__(self, archive: OpenArchive, anonymiser: Anonymiser) -> None:
        self._archive = archive
        self._anonymiser = anonymiser

    def propose(self, code: str) -> list[Proposal]:
        """What the detectors would have decided; nothing is stored."""
        return list(self.state(code).proposals)

    def decide(self, code: str, document: object) -> Decisions:
        """Lay a decisions document (see the command line's DECISIONS.json) over what was decided before."""
        try:
            decisions = parse(document)
        except MalformedDecisions as malformed:
            raise MalformedInput(
                tr("The decisions document is not right at “{field}”.", field=malformed.field),
                safe=tr("Nothing was stored."),
                todo=tr("Expected there: {expected}.", expected=malformed.expected),
            ) from None
        return self.add(code, decisions)

    def add(self, code: str, decisions: Decisions) -> Decisions:
        """Store decisions and give everything that is decided now."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            known = {one.id for one in (*records.redactions.decisions(interview.id).entities, *decisions.entities)}
            _check_entities(decisions, known)
            decisions = _with_surfaces(decisions, records.transcripts.segments(interview.id, Layer.REVIEWED))
            records.redactions.save(interview.id, decisions, archive.actor)
            everything = records.redactions.decisions(interview.id)
        archive.announce("decisions", interview.code)
        return everything

    def state(self, code: str) -> Redaction:
        with self._archive.store.transaction() as records:
            return self.state_of(records, self._archive.interview(records, code))

    def state_of(self, records: Records, interview: Interview) -> Redaction:
        segments = records.transcripts.segments(interview.id, Layer.REVIEWED)
        decisions = records.redactions.decisions(interview.id)
        sealed = tuple(records.recordings.sealed_ranges(interview.id))
        proposals = self._anonymiser.propose(segments)
        mentions, questions = self._anonymiser.resolve(segments, decisions, proposals)
        state = Redaction(tuple(segments), sealed, decisions, tuple(proposals), tuple(mentions), tuple(questions))
        withheld = {one.id for one in segments if state.is_sealed(one)}
        still_open = tuple(one for one in questions if one.segment not in withheld)
        return Redaction(state.segments, sealed, decisions, state.proposals, state.mentions, still_open)

    def render(self, state: Redaction, profile: Profile) -> list[RenderedSegment]:
        """The text as it would leave, sealed passages withheld."""
        visible = [one for one in state.segments if not state.is_sealed(one)]
        shown = {one.id for one in visible}
        rendered = self._anonymiser.render(visible, [one for one in state.mentions if one.segment in shown], profile)
        by_id = {one.segment: one for one in rendered}
        return [by_id.get(one.id) or _withheld(one) for one in state.segments]


def _withheld(segment: Segment) -> RenderedSegment:
    return RenderedSegment(
        segment.id, segment.start_ms, segment.end_ms, "", segment.language, tr(SEALED_TEXT), (), sealed=True
    )


def _with_surfaces(decisions: Decisions, segments: Sequence[Segment]) -> Decisions:
    """The decisions with the words they were taken on, where the text is still the one they were taken on."""
    texts = {(one.id, one.sha256): one.text for one in segments}
    mentions = (
        replace(one, surface=texts.get((one.segment, one.sha256), "")[one.start : one.end])
        for one in decisions.mentions
    )
    return replace(decisions, mentions=tuple(mentions))


def _check_entities(decisions: Decisions, known: set[str]) -> None:
    for one in decisions.mentions:
        if one.entity and one.entity not in known:
            raise MalformedInput(
                tr("A decision names an entity that does not exist: {entity}.", entity=one.entity),
                safe=tr("Nothing was stored."),
            )
