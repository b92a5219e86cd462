"""The internal report of everything that was decided about an interview: the key back to every name.

It is shown in the program. A file is written only for somebody who names one, never into a folder where an export of this
archive lies nor into the archive's own, and the writing stands in custody. An export refuses the folder of such a file, too.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.interview import Interview
from oralhistory.domain.leaks import LeakExplanation, LeakFinding
from oralhistory.domain.ports import ExportRecord, Records
from oralhistory.domain.redaction import Content, Decided, Decisions, Entity
from oralhistory.domain.review import Attestation, Attested
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.private_files import files_in, refuse_place, write_new
from oralhistory.services.release.redacting import Redacting

FORMAT = "oralhistory-decision-log"
"""Stands at the very beginning of the file, so that it is known again wherever it lies."""

_HEAD = 200


@dataclass(frozen=True, slots=True)
class DecisionLog:
    """Everything, oldest first. `mentions` counts how often each entity was replaced or kept in today's texts, by action;
    `open` what is undecided in the transcript, `open_in_summary` in the summary, None where there is none.
    """

    interview: Interview
    entities: tuple[Entity, ...]
    mentions: dict[tuple[str, str], int]
    decided: tuple[Decided, ...]
    open: int
    open_in_summary: int | None
    findings: tuple[LeakFinding, ...]
    explanations: tuple[LeakExplanation, ...]
    readings: tuple[Attested, ...]
    exports: tuple[ExportRecord, ...]


class DecisionLogs:
    def __init__(self, archive: OpenArchive, redacting: Redacting) -> None:
        self._archive = archive
        self._redacting = redacting

    def log(self, code: str) -> DecisionLog:
        self._prepare(code)
        with self._archive.store.transaction() as records:
            return self._log(records, self._archive.interview(records, code))

    def _prepare(self, code: str) -> None:
        for content in Content:
            self._redacting.prepare(code, content)

    def _log(self, records: Records, interview: Interview) -> DecisionLog:
        spoken, summary = (self._redacting.state_of(records, interview, one) for one in (Content.TRANSCRIPT, Content.SUMMARY))
        mentions = (*spoken.mentions, *summary.mentions)
        attested = records.attestations.of(interview.id)
        return DecisionLog(
            interview,
            spoken.decisions.entities,
            dict(Counter((one.entity.id if one.entity else "", one.action.value) for one in mentions)),
            tuple(records.redactions.log(interview.id)),
            len(spoken.open),
            len(summary.open) if summary.segments else None,
            tuple(records.leaks.findings(interview.id).values()),
            tuple(records.leaks.explanations(interview.id)),
            tuple(one for one in attested if one.kind is Attestation.SECOND_READER),
            tuple(records.exports.of(interview.id)),
        )

    def write(self, code: str, to: Path) -> str:
        """Write the log to a new file and give its SHA-256. MalformedInput when it may not lie there.

        It is on record before it is written: a log that custody does not know must not exist.
        """
        archive = self._archive
        self._prepare(code)
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            refuse_place(archive.folder, records, to)
            data = (json.dumps(document(self._log(records, interview)), ensure_ascii=False, indent=1) + "\n").encode()
            sha256 = hashlib.sha256(data).hexdigest()
            archive.record_custody(records, interview, "decision log written to a file", "done", sha256)
        write_new(to, data)
        archive.announce(Changed.EXPORT, interview.code)
        return sha256


def document(log: DecisionLog) -> dict[str, object]:
    """The log as JSON, documented in the command's help."""
    return {
        "format": FORMAT,
        "interview": log.interview.code,
        "entities": [_entity(one, log) for one in log.entities],
        "decided": [_decided(one, number, log.decided) for number, one in enumerate(log.decided, 1)],
        "open": log.open,
        **({} if log.open_in_summary is None else {"open_in_summary": log.open_in_summary}),
        "findings": [_finding(one, log.explanations) for one in log.findings],
        "second_readings": [{"by": one.by, "text": one.text_digest, "read": one.outcome} for one in log.readings],
        "exports": [
            {
                "at": one.made_at.isoformat(), "code": one.code, "format": one.format, "profile": one.profile,
                "purpose": one.purpose, "recipient": one.recipient, "abroad": one.abroad,
                "summary": one.summary, "sha256": one.sha256, "text": one.text_digest, "rules": one.rules,
                "counts": dict(one.counts),
            }
            for one in log.exports
        ],
    }  # fmt: skip


def _entity(one: Entity, log: DecisionLog) -> dict[str, object]:
    mentions = {action: count for (entity, action), count in sorted(log.mentions.items()) if entity == one.id}
    return {**_told(one), "mentions": mentions}


def _told(one: Entity) -> dict[str, object]:
    return {
        "id": one.id, "type": one.type.value, "class": one.identifier.value, "relation": one.relation,
        "variants": list(one.variants), "replacement": dict(one.replacement),
    }  # fmt: skip


def _decided(one: Decided, number: int, log: tuple[Decided, ...]) -> dict[str, object]:
    told: Decisions = one.document
    undone = next((n for n, other in enumerate(log, 1) if other.row == one.undoes), None)
    return {
        "number": number,
        **({"takes_back": undone} if undone else {}),
        "by": one.by,
        "at": one.at.isoformat() if one.at else None,
        "entities": [_told(entity) for entity in told.entities],
        "mentions": [
            {
                "segment": m.segment, "start": m.start, "end": m.end, "text": m.surface, "entity": m.entity,
                "action": m.action.value, "reason": m.reason, **({"plain": True} if m.plain else {}),
            }
            for m in told.mentions
        ],
        "dismissed": len(told.dismissed),
    }  # fmt: skip


def _finding(one: LeakFinding, explanations: Iterable[LeakExplanation]) -> dict[str, object]:
    place = one.place
    return {
        "mark": one.mark,
        "entity": one.entity,
        "text": place.text if place else "",
        "part": one.part,
        "rule": one.rule,
        "around": [list(pair) for pair in place.around] if place else [],
        "explained": [
            {"reason": said.reason, "by": said.by, "at": said.at.isoformat()} for said in explanations if said.mark == one.mark
        ],
    }


# --- where it may lie ----------------------------------------------------------------------------


def refuse_beside_log(to: Path) -> None:
    """MalformedInput when a decision log lies in the folder in which an export is to be written."""
    if any(_begins_like_log(one) for one in files_in(to.absolute().parent)):
        raise MalformedInput(
            tr("A decision log lies in this folder: it is the key back to the names."),
            safe=tr("Nothing was written."),
            todo=tr("Choose another folder for the export, and keep the log where only you can read it."),
        )


def _begins_like_log(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return FORMAT.encode() in opened.read(_HEAD)
    except OSError:
        return False
