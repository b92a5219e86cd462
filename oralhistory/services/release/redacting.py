"""Deciding what is replaced: the machine proposes, people decide, and the result can be looked at before anything leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from oralhistory.domain.decisions_document import MalformedDecisions, parse
from oralhistory.domain.interview import Interview, SealedRange
from oralhistory.domain.masking import NOBODY, NOTHING_MASKED, Masked, masked
from oralhistory.domain.ports import Anonymiser, Records
from oralhistory.domain.redaction import (
    SEALED_TEXT,
    Content,
    Decided,
    Decisions,
    EntityType,
    Mention,
    OpenQuestion,
    Profile,
    Proposal,
    RenderedSegment,
    Suggestion,
)
from oralhistory.domain.roles import Part, withheld
from oralhistory.domain.summary import decided_on, log_of
from oralhistory.domain.taking_back import to_bring_back, to_take_back
from oralhistory.domain.transcript import Segment
from oralhistory.errors import MalformedInput
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.progress import Asked, Progress, never, silent
from oralhistory.services.release.entity_book import EntityBook, Offered
from oralhistory.services.release.naming import Naming
from oralhistory.services.release.proposing import Proposing
from oralhistory.services.release.reopening import Reopened
from oralhistory.services.release.withheld import Withheld

# For the catalogues, as the domain speaks one language: SPEAKER_TEXT, SEALED_TEXT, and the notices of `roles`.
mark("Speaker {n}")
mark("[sealed at the narrator's request]")
mark("[the interviewer's words, not given out]")
mark("[the interpreter's words, not given out]")
mark("[a narrator's words, not given out]")
mark("[another person's words, not given out]")


@dataclass(frozen=True, slots=True)
class Redaction:
    """The state of an interview's redaction: what is decided, what is open, of which text."""

    segments: tuple[Segment, ...]
    sealed: tuple[SealedRange, ...]
    decisions: Decisions
    proposals: tuple[Proposal, ...]
    mentions: tuple[Mention, ...]
    open: tuple[OpenQuestion, ...]
    whole: bool = True
    """False where the analysis of Korean words did not run: fewer names are proposed than could be."""
    taken_back: tuple[str, ...] = ()
    """Words whose decision was taken back and that nothing decides now (see `reopening`)."""
    masked: Masked = NOTHING_MASKED
    """Whose words are not given out."""

    def is_sealed(self, segment: Segment) -> bool:
        return _is_sealed(segment, self.sealed)

    def withholds(self, segment: Segment) -> bool:
        """Whether nothing of what it says leaves: the narrator closed it, or the speaker is not to be shown."""
        return segment.id in self.masked.whose or self.is_sealed(segment)

    @property
    def adrift(self) -> list[Segment]:
        """What would leave but for this: its times are guessed, and it may lie in a passage that the narrator closed.

        It is withheld like text without times, and it is said besides: a person who listens can put that right.
        """
        if not self.sealed or any(one.closes_everything for one in self.sealed):
            return []
        return [one for one in self.segments if one.guessed and not one.closed and one.id not in self.masked.whose]


class Redacting:
    def __init__(self, archive: OpenArchive, anonymiser: Anonymiser, proposing: Proposing) -> None:
        self._archive = archive
        self.began = archive.clock()
        """When somebody began to decide here: what is older was decided before the archive was unlocked."""
        self._anonymiser = anonymiser
        self._proposing = proposing
        self._book = EntityBook(archive, anonymiser, proposing)
        self._naming = Naming(archive, anonymiser, proposing)

    def begin(self) -> None:
        """Somebody is about to look at names: get what is slow to start ready, in the background."""
        self._proposing.begin()

    def look_ahead(self) -> None:
        """From now on find the names of an interview as soon as it is signed off, in the background."""
        self._proposing.look_ahead()

    def prepare(
        self, code: str, content: Content = Content.TRANSCRIPT, progress: Progress = silent, cancelled: Asked = never
    ) -> None:
        """Do what is slow before a transaction; `state_of` is fast afterwards. Told and stopped as `Proposing.prepare` is."""
        self._proposing.prepare(code, content, progress, cancelled)

    def close(self) -> None:
        self._proposing.close()

    def book(self, code: str) -> list[Offered]:
        """Whom other interviews of the archive know, and this one names (see `entity_book`)."""
        return self._book.offered(code)

    def suggest(self, type_: EntityType, segment: Segment, start: int, end: int) -> Suggestion:
        """What could stand for [start, end) of the segment's text, with `{n}` where a number goes."""
        text = segment.text
        language = segment.language if segment.language in ("ko", "en", "zh") else ""
        return self._anonymiser.suggest(type_, text[start:end], text[max(0, start - 24) : start], text[end : end + 24], language)

    def pseudonym(self, code: str, language: str) -> str:
        """A made-up name (language "ko", "en" or "zh") that is nobody's in the archive (see `naming`)."""
        return self._naming.pseudonym(code, language)

    def alike(self, forms: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each form the others that may be the same name: misspelt by one sound, or in Latin letters."""
        return self._anonymiser.alike(forms)

    def propose(self, code: str, content: Content = Content.TRANSCRIPT) -> list[Proposal]:
        """What the detectors would have decided; it decides nothing."""
        return list(self.state(code, content).proposals)

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
            self._naming.refuse_taken(records, decisions)
            texts = [one for content in Content for one in self._proposing.segments(records, interview, content)]
            decisions = _with_surfaces(decisions, texts)
            records.redactions.save(interview.id, decisions, archive.actor)
            everything = records.redactions.decisions(interview.id)
        archive.announce(Changed.DECISIONS, interview.code)
        return everything

    def log(self, code: str) -> list[Decided]:
        """Everything that was ever decided, oldest first, with what was taken back."""
        with self._archive.store.transaction() as records:
            return records.redactions.log(self._archive.interview(records, code).id)

    def take_back(self, code: str, row: int | None = None) -> bool:
        """Undo the last decision that holds; False when there is none, or it is not the one that is meant (`row`, see
        `Decided`). It stays in the log, and what it decided is open again.

        MalformedInput when what holds again instead has a pseudonym that is somebody's name by now.
        """

        def meant(log: Sequence[Decided]) -> Decided | None:
            last = to_take_back(log)
            return last if last is None or row in (None, last.row) else None

        return self._turn_back(code, meant)

    def bring_back(self, code: str) -> bool:
        """Decide again what was taken back last, if nothing was decided since; False when there is nothing.

        MalformedInput when a pseudonym in it is somebody's name by now.
        """
        return self._turn_back(code, to_bring_back)

    def _turn_back(self, code: str, which: Callable[[Sequence[Decided]], Decided | None]) -> bool:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            log = records.redactions.log(interview.id)
            line = which(log)
            if line is not None:
                records.redactions.take_back(interview.id, line.row, archive.actor)
                turned = [one.document for one in log if one.row in (line.row, line.undoes)]
                ids = {entity.id for one in turned for entity in one.entities}
                now = records.redactions.decisions(interview.id).entities
                self._naming.refuse_taken(records, Decisions(tuple(one for one in now if one.id in ids)))
        if line is not None:
            archive.announce(Changed.DECISIONS, interview.code)
        return line is not None

    def state(self, code: str, content: Content = Content.TRANSCRIPT) -> Redaction:
        """The state of the reviewed text, or of the summary. An entity counts in both, a place in the one where it stands."""
        self.prepare(code, content)
        with self._archive.store.transaction() as records:
            return self.state_of(records, self._archive.interview(records, code), content)

    def state_of(
        self, records: Records, interview: Interview, content: Content = Content.TRANSCRIPT, parts: frozenset[Part] = NOBODY
    ) -> Redaction:
        """What `state` gives, inside somebody else's transaction; with the words of these `parts` masked, beside those of
        everybody who is not to be shown."""
        prepared = self._proposing.of(records, interview, content)
        decisions = decided_on(records.redactions.decisions(interview.id), content)
        spoken = content is Content.TRANSCRIPT  # a summary has no times: a closed passage is no place in it
        sealed = tuple(records.recordings.sealed_ranges(interview.id)) if spoken else ()
        mentions, questions = prepared.resolution.under(decisions)
        segments = prepared.segments
        cast, told_by = records.participants.of(interview.id), len(records.people.narrators(interview.id))
        hidden = masked(segments, cast, parts, told_by) if spoken else NOTHING_MASKED
        stays_here = {one.id for one in segments if one.id in hidden.whose or _is_sealed(one, sealed)}
        log = log_of(records.redactions.log(interview.id), content)
        again = Reopened(log, segments, mentions, questions, prepared.proposals)
        asked = [*questions, *again.questions()]
        still_open = Withheld(segments, stays_here).asked(asked, decisions.mentions, mentions)
        return Redaction(
            segments, sealed, decisions, prepared.proposals, tuple(mentions), still_open, prepared.whole, again.words(),
            hidden,
        )  # fmt: skip

    def render(self, state: Redaction, profile: Profile) -> list[RenderedSegment]:
        """The text as it would leave, without sealed passages and the words of whoever is not to be shown."""
        visible = [one for one in state.segments if not state.withholds(one)]
        shown = {one.id for one in visible}
        rendered = self._anonymiser.render(visible, [one for one in state.mentions if one.segment in shown], profile)
        by_id = {one.segment: one for one in rendered}
        return [by_id.get(one.id) or _withheld(one, state) for one in state.segments]


def _is_sealed(segment: Segment, sealed: Sequence[SealedRange]) -> bool:
    return segment.closed or any(one.withholds(segment) for one in sealed)


def _withheld(segment: Segment, state: Redaction) -> RenderedSegment:
    """A notice in its place; what the narrator closed is told as that, whoever speaks there."""
    part = None if state.is_sealed(segment) else state.masked.whose.get(segment.id)
    return RenderedSegment(
        segment.id, segment.start_ms, segment.end_ms, "", segment.language, withheld(part) if part else SEALED_TEXT, (),
        sealed=part is None, masked=part.value if part else "",
    )  # fmt: skip


def _with_surfaces(decisions: Decisions, segments: Sequence[Segment]) -> Decisions:
    """The decisions with the words they were taken on, where the text is still the one they were taken on."""
    meant = {one.segment for one in decisions.mentions}
    texts = {(one.id, one.sha256): one.text for one in segments if one.id in meant}
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
