"""The way out: consent, sign-off, decisions, rendering, and the leak check of the very bytes that are written then.

The transcript leaves, or the summary in its place: that one needs no sign-off of what was said, and holds nothing of it.

The only maker of `ReleasedTranscript`. Bytes that did not pass the leak check never reach the medium, which may be the
recipient's own stick and gives back what was deleted; a file gets its final name only when the export stands in the archive's
register, and when anything refuses, nothing is left behind.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.catalogued import catalogued, public_names, route_told
from oralhistory.domain.consent import Context, Operation, Purpose, Reason, Refused, asked_before, may
from oralhistory.domain.interview import Interview, Status
from oralhistory.domain.leaks import LeakFinding
from oralhistory.domain.masking import NOBODY, counted
from oralhistory.domain.ports import AS_USUAL, Exporter, Exporters, ExportRecord, Layout, Records
from oralhistory.domain.redaction import Action, Catalogued, Content, Profile, ReleasedTranscript, RenderedSegment
from oralhistory.domain.release import RULES, hinders_profile, text_digest
from oralhistory.domain.review import NO_TRANSCRIPT, Attestation, Attested, attested_of, can_be_heard, hinders_release
from oralhistory.domain.roles import Part
from oralhistory.domain.topics import Topic
from oralhistory.domain.transcript import digest
from oralhistory.durable import sync_data
from oralhistory.errors import LeakFound, MalformedInput, NotAllowed
from oralhistory.i18n import language, listed, speaking, tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consenting import consent_file
from oralhistory.services.recording.filing import testimony
from oralhistory.services.refusal import PURPOSES, times_guessed
from oralhistory.services.release.handing_over import code_for, given_to, refuse_other, register, waiting_file
from oralhistory.services.release.leak_checking import LeakChecking, leak_reasons, unexplained
from oralhistory.services.release.own_names import hinders_kept
from oralhistory.services.release.redacting import Redacting, Redaction
from oralhistory.services.release.second_reading import ReadingState, SecondReading


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to give to whom."""

    format: str
    profile: Profile
    purpose: Purpose
    recipient: str
    layout: Layout = AS_USUAL
    abroad: bool = False
    """The recipient is in another country."""
    content: Content = Content.TRANSCRIPT
    masked: frozenset[Part] = NOBODY
    """Whose words stay here, beside those of everybody who is not to be shown."""
    leave_out: bool = False
    """Masked passages are not there at all, instead of a notice in their place; the head of the file counts them."""
    language: str = ""
    """In which language the head of the file, what it explains and its notices are: "" and one that is none of ours mean the
    language in use."""

    @property
    def uses(self) -> tuple[Purpose, ...]:
        """What the narrator has to allow for it."""
        return (self.purpose, *([Purpose.OVERSEAS_TRANSFER] if self.abroad else []))

    @property
    def operation(self) -> Operation:
        """What consent is asked about."""
        return Operation.EXPORT_SUMMARY if self.content is Content.SUMMARY else Operation.EXPORT_TEXT


@dataclass(frozen=True, slots=True)
class Outlook:
    """What release would say now: every reason against it, and the text as it would leave."""

    reasons: tuple[Reason, ...]
    state: Redaction
    rendered: tuple[RenderedSegment, ...]
    reading: ReadingState


@dataclass(frozen=True, slots=True)
class Made:
    """A text that may leave: under which code, its bytes, and what the register says of it. Without a word of the text in it,
    `text_digest` is empty."""

    code: str
    data: bytes
    text_digest: str
    counts: Mapping[str, int]


class Releasing:
    def __init__(
        self, archive: OpenArchive, redacting: Redacting, exporters: Exporters, checking: LeakChecking, reading: SecondReading,
        topics: Sequence[Topic] = (),
    ) -> None:  # fmt: skip
        """`topics`: those that the program brings along, and no others."""
        self._archive = archive
        self._redacting = redacting
        self._exporters = exporters
        self._checking = checking
        self._reading = reading
        self._topics = topics

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(self._exporters)

    @property
    def summary_formats(self) -> tuple[str, ...]:
        """The formats that can hold a summary."""
        return tuple(name for name, one in self._exporters.items() if one.for_summaries)

    def file_name(self, public: str, form: str) -> str:
        """What a file of this format is called, under the code by which its recipient knows the interview."""
        return public + self._exporters[form].suffix

    def outlook(self, code: str, order: Order) -> Outlook:
        """Everything that stands against this release today; nothing is written."""
        self._redacting.prepare(code, order.content)
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            return self._outlook(records, interview, order)

    def _outlook(self, records: Records, interview: Interview, order: Order) -> Outlook:
        state = self._redacting.state_of(records, interview, order.content, order.masked)
        attested, transcript = records.attestations.of(interview.id), order.content is Content.TRANSCRIPT
        said = attested_of(attested, digest(state.segments))
        # What a narrator says of the transcript is no word on the summary: that one is approved in a document.
        answered = transcript and any(one.kind is Attestation.NARRATOR for one in said)
        context = Context(order.purpose, order.recipient, narrator_answered=answered, abroad=order.abroad)
        answer = may(order.operation, consent_file(records, interview), context, self._archive.today())
        reasons = list(answer.reasons) if isinstance(answer, Refused) else []
        reasons += hinders_profile(order.purpose, order.profile)
        reasons += _unfinished(attested, state) if transcript else _unwritten(records, interview, state)
        reasons += hinders_kept(records, interview, state, answer)
        reasons += [*state.masked.reasons, *times_guessed(state.adrift)]
        counted = Counter(one.code for one in state.open)
        reasons += [Reason(code, "decisions", {"count": str(n)}) for code, n in sorted(counted.items())]
        rendered = tuple(self._redacting.render(state, order.profile))
        reading = self._reading.of(records, interview, state, rendered, order.profile)
        reasons += reading.open if reading.needed else ()
        return Outlook(tuple(reasons), state, rendered, reading)

    def asked_before_sound(self, code: str) -> bool:
        """Whether testimony came in after the narrator's word on what may leave."""
        with self._archive.store.reading() as records:
            interview = self._archive.interview(records, code)
            last = max((one.recorded_at for one in testimony(records, interview)), default=None)
            return last is not None and asked_before(consent_file(records, interview), last)

    def public_code(self, code: str, recipient: str) -> str:
        """Under which code the interview would leave for this recipient: the one they know, or one drawn now (see `export`)."""
        with self._archive.store.reading() as records:
            return code_for(self._archive, records, self._archive.interview(records, code), recipient)

    def given(self, code: str, recipient: str) -> tuple[ExportRecord, ...]:
        """What this recipient has of the interview already, under the same code, oldest first: texts that can be compared."""
        with self._archive.store.reading() as records:
            return given_to(records, self._archive.interview(records, code), recipient)

    def export(self, code: str, order: Order, to: Path, drawn: str = "") -> ExportRecord:
        """Write the released text to `to` and register who got it. NotAllowed with every reason, or LeakFound with every
        finding, and no file, otherwise. `drawn`: what `public_code` gave for the same recipient."""
        self._redacting.prepare(code, order.content)
        with self.remembering(code) as findings, waiting_file(self._archive, to, order.recipient) as file:
            return self._written(code, order, file, findings, drawn)

    @contextmanager
    def remembering(self, code: str) -> Iterator[list[LeakFinding]]:
        """Where to put what the leak check found: it is kept when it refuses, and no transaction is under way any more."""
        findings: list[LeakFinding] = []
        try:
            yield findings
        except LeakFound:
            self._checking.remember(code, findings)
            raise

    def _written(self, code: str, order: Order, file: Path, findings: list[LeakFinding], drawn: str) -> ExportRecord:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            made = self.made(records, interview, order, file, findings, drawn)
            _write_durably(file, made.data)
            record = register(
                archive, records, interview, file, code=made.code, form=order.format, profile=order.profile.value,
                purpose=order.purpose, recipient=order.recipient, text_digest=made.text_digest,
                rules=RULES, counts=made.counts, abroad=order.abroad,
                summary=order.content is Content.SUMMARY,
            )  # fmt: skip
            refuse_other(record, hashlib.sha256(made.data).hexdigest())
            if order.content is Content.TRANSCRIPT and self._exporter(order).holds_words:
                records.interviews.set_status(interview.id, Status.RELEASED)
            name, profile = order.format, order.profile.value
            action = f"summary exported as {name} ({profile})" if record.summary else f"exported {name} ({profile})"
            archive.record_custody(records, interview, action, "done", record.sha256)
        archive.announce(Changed.EXPORT, interview.code)
        return record

    def made(
        self, records: Records, interview: Interview, order: Order, file: Path, findings: list[LeakFinding], drawn: str = ""
    ) -> Made:
        """The text as it may leave as `file`, of which nothing is written. NotAllowed with every reason; LeakFound, with every
        finding in `findings`. Inside somebody else's transaction, behind `Redacting.prepare`."""
        archive, exporter = self._archive, self._exporter(order)
        outlook = self._outlook(records, interview, order)
        if outlook.reasons:
            raise NotAllowed(tr("This export is not allowed."), outlook.reasons, safe=tr("Nothing was written."))
        public = code_for(archive, records, interview, order.recipient, drawn)
        left_out = [one.masked for one in outlook.rendered if order.leave_out and one.masked]
        with speaking(order.language):
            released = ReleasedTranscript(
                public, interview.languages, order.profile,
                tuple(one for one in outlook.rendered if not (order.leave_out and one.masked)), _rights(order), order.content,
                counted(left_out), interview.verbatim if can_be_heard(outlook.state.segments) else None,
                self._catalogued(records, interview, outlook, order),
            )  # fmt: skip
            data = exporter.document(released, order.layout)
        words = exporter.holds_words or order.content is Content.SUMMARY
        findings += self._checking.look(records, interview, outlook.state, file, data, holds_words=words)
        _refuse_leaks(findings)
        kept = [one for one in outlook.state.mentions if one.action is Action.KEEP]
        which = text_digest(outlook.rendered, kept) if words else ""
        return Made(public, data, which, _counts(outlook, findings))

    def _catalogued(self, records: Records, interview: Interview, outlook: Outlook, order: Order) -> Catalogued:
        """Of a summary nothing: it holds what the organisation chose to say."""
        if order.content is Content.SUMMARY:
            return Catalogued()
        state, told = outlook.state, records.topics.told(interview.id)
        names = public_names(self._topics, records.topics.all(), language())
        route = route_told(records.people.narrators(interview.id), order.profile)
        return catalogued(state.segments, outlook.rendered, state.sealed, told, names, route, order.profile)

    def _exporter(self, order: Order) -> Exporter:
        name, content = order.format, order.content
        exporter = self._exporters.get(name)
        if exporter is None:
            raise MalformedInput(
                tr("There is no export format “{name}”.", name=name),
                todo=tr("Known: {known}.", known=listed(self._exporters)),
            )
        if content is Content.SUMMARY and not exporter.for_summaries:
            raise MalformedInput(
                tr("A summary has no times and no speakers: there is none of it as “{name}”.", name=name),
                safe=tr("Nothing was written."),
                todo=tr("Known: {known}.", known=listed(self.summary_formats)),
            )
        if order.leave_out and not exporter.has_head:
            raise MalformedInput(
                tr("Nothing in this format could say that words were left out: {name}.", name=name),
                safe=tr("Nothing was written."),
                todo=tr("Let a notice stand in their place, or choose another format."),
            )
        return exporter


def _unfinished(attested: Sequence[Attested], state: Redaction) -> tuple[Reason, ...]:
    """What the transcript lacks before it may leave."""
    return hinders_release(attested, digest(state.segments)) if state.segments else (NO_TRANSCRIPT,)


def _unwritten(records: Records, interview: Interview, state: Redaction) -> tuple[Reason, ...]:
    """What stands against the summary beside consent: there is none, or the narrator closed everything."""
    if any(one.closes_everything for one in records.recordings.sealed_ranges(interview.id)):
        return (Reason("closed_whole", "sealed_ranges"),)
    return () if state.segments else (Reason("no_summary", "summary"),)


def _rights(order: Order) -> str:
    return tr(
        "Pseudonymised text, released for one purpose: {purpose}. Not to be passed on or used otherwise.",
        purpose=tr(PURPOSES[order.purpose.value]),
    )


def _refuse_leaks(findings: Sequence[LeakFinding]) -> None:
    if left := unexplained(findings):
        raise LeakFound(
            tr("The finished file would have betrayed somebody."), leak_reasons(left), left, safe=tr("Nothing of it was written.")
        )


def _counts(outlook: Outlook, findings: Sequence[LeakFinding]) -> dict[str, int]:
    """How much was done to the text, by the action, and how many findings were let pass because somebody explained them."""
    told = Counter(one.action.value for one in outlook.state.mentions)
    sealed, hidden = sum(one.sealed for one in outlook.rendered), sum(bool(one.masked) for one in outlook.rendered)
    whole = {"segments": len(outlook.rendered), "sealed": sealed, "explained": len(findings)}
    return {**told, **whole, **({"masked": hidden} if hidden else {})}


def _write_durably(file: Path, data: bytes) -> None:
    """Put the bytes that passed the check on the medium."""
    with file.open("xb") as out:
        out.write(data)
        out.flush()
        sync_data(out.fileno())
