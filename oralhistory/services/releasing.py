"""The way out: consent, sign-off, decisions, rendering, writing, and the leak check of the very bytes that were written.

The only maker of `ReleasedTranscript`. A file gets its final name only after its bytes passed the leak check and the export
stands in the archive's register; when anything refuses, nothing is left behind.
"""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.consent import Context, Operation, Purpose, Reason, Refused, may
from oralhistory.domain.interview import Interview, Status
from oralhistory.domain.leaks import KnownString, LeakFinding
from oralhistory.domain.ports import Exporter, Exporters, ExportRecord, LeakCheck, Records
from oralhistory.domain.redaction import (
    Action,
    Profile,
    ReleasedTranscript,
    RenderedSegment,
)
from oralhistory.domain.review import Attestation, hinders_release
from oralhistory.domain.transcript import digest
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.i18n import tr
from oralhistory.services.consenting import consent_file
from oralhistory.services.handing_over import code_for, register, waiting_file
from oralhistory.services.opened import OpenArchive
from oralhistory.services.redacting import Redacting, Redaction
from oralhistory.services.refusal import PURPOSES


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to give to whom."""

    format: str
    profile: Profile
    purpose: Purpose
    recipient: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What release would say now: every reason against it, and the text as it would leave."""

    reasons: tuple[Reason, ...]
    state: Redaction
    rendered: tuple[RenderedSegment, ...]


class Releasing:
    def __init__(self, archive: OpenArchive, redacting: Redacting, exporters: Exporters, leak_check: LeakCheck) -> None:
        self._archive = archive
        self._redacting = redacting
        self._exporters = exporters
        self._leak_check = leak_check

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(self._exporters)

    def outlook(self, code: str, order: Order) -> Outlook:
        """Everything that stands against this release today; nothing is written."""
        self._redacting.prepare(code)
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            return self._outlook(records, interview, order)

    def _outlook(self, records: Records, interview: Interview, order: Order) -> Outlook:
        state = self._redacting.state_of(records, interview)
        text = digest(state.segments)
        attested = records.attestations.of(interview.id)
        answered = any(one.kind is Attestation.NARRATOR and one.text_digest == text for one in attested)
        context = Context(order.purpose, order.recipient, narrator_answered=answered)
        answer = may(Operation.EXPORT_TEXT, consent_file(records, interview), context, self._archive.today())
        reasons = list(answer.reasons) if isinstance(answer, Refused) else []
        if state.segments:
            reasons += hinders_release(attested, text)
        else:
            reasons.append(Reason("no_transcript", "transcript"))
        counted = Counter(one.code for one in state.open)
        reasons += [Reason(code, "decisions", {"count": str(n)}) for code, n in sorted(counted.items())]
        return Outlook(tuple(reasons), state, tuple(self._redacting.render(state, order.profile)))

    def export(self, code: str, order: Order, to: Path) -> ExportRecord:
        """Write the released text to `to` and register who got it; NotAllowed with every reason, and no file, otherwise."""
        archive = self._archive
        exporter = self._exporter(order.format)
        self._redacting.prepare(code)
        with waiting_file(to, order.recipient) as file, archive.store.transaction() as records:
            interview = archive.interview(records, code)
            outlook = self._outlook(records, interview, order)
            if outlook.reasons:
                raise NotAllowed(tr("This export is not allowed."), outlook.reasons, safe=tr("Nothing was written."))
            public = code_for(archive, records, interview, order.recipient)
            released = ReleasedTranscript(public, interview.languages, order.profile, outlook.rendered, _rights(order))
            _write_durably(file, exporter.document(released))
            self._refuse_leaks(file, self._known(records, interview, outlook))
            record = register(
                archive, records, interview, file, code=public, form=exporter.name, profile=order.profile.value,
                purpose=order.purpose, recipient=order.recipient,
            )  # fmt: skip
            records.interviews.set_status(interview.id, Status.RELEASED)
            action = f"exported {exporter.name} ({order.profile.value})"
            archive.record_custody(records, interview, action, "done", record.sha256)
        archive.announce("export", interview.code)
        return record

    def _refuse_leaks(self, file: Path, known: Sequence[KnownString]) -> None:
        findings = [one for one in self._leak_check(file, known) if not one.explained]
        if findings:
            raise NotAllowed(
                tr("The finished file would have betrayed somebody."),
                leak_reasons(findings),
                safe=tr("It was deleted."),
            )

    def check(self, code: str, files: Iterable[Path]) -> list[LeakFinding]:
        """Search any files for what may not leave of this interview."""
        self._redacting.prepare(code)
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            state = self._redacting.state_of(records, interview)
            known = self._known(records, interview, Outlook((), state, ()))
        return [finding for file in files for finding in self._leak_check(file, known)]

    def _exporter(self, name: str) -> Exporter:
        exporter = self._exporters.get(name)
        if exporter is None:
            raise MalformedInput(
                tr("There is no export format “{name}”.", name=name),
                todo=tr("Known: {known}.", known=", ".join(self._exporters)),
            )
        return exporter

    def _known(self, records: Records, interview: Interview, outlook: Outlook) -> list[KnownString]:
        """Every string that may not be in the file: all variants, real names, the archive's own codes."""
        state = outlook.state
        texts = {variant: one.id for one in state.decisions.entities for variant in one.variants}
        for identity in records.people.identities():
            texts.update((name, identity.person_id) for name in identity.names)
        texts.update((narrator.code, narrator.id) for narrator in records.people.narrators(interview.id))
        texts[interview.code] = interview.id
        kept = _kept_texts(state)
        return [
            KnownString(text, entity, sum(one.count(_folded(text)) for one in kept)) for text, entity in texts.items()
        ]


def _rights(order: Order) -> str:
    return tr(
        "Pseudonymised text, released for one purpose: {purpose}. Not to be passed on or used otherwise.",
        purpose=tr(PURPOSES[order.purpose.value]),
    )


def _folded(text: str) -> str:
    """A name as the leak check compares it: spaces and case do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _kept_texts(state: Redaction) -> list[str]:
    by_id = {one.id: one for one in state.segments}
    return [
        _folded(by_id[one.segment].text[one.start : one.end])
        for one in state.mentions
        if one.action is Action.KEEP and not state.is_sealed(by_id[one.segment])
    ]


def leak_reasons(findings: Iterable[LeakFinding]) -> list[Reason]:
    """What betrays, by rule and part; never the string itself."""
    return [Reason("leak", "leak_check", {"rule": one.rule, "part": one.part}) for one in findings]


def _write_durably(file: Path, data: bytes) -> None:
    with file.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
