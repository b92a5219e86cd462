"""The JSON shapes of the command line: stable, documented in each command's help. Times are milliseconds."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from oralhistory.domain import edits
from oralhistory.domain.consent import ConsentEvent, ConsentFile
from oralhistory.domain.consent_document import document as consent_document
from oralhistory.domain.interview import Recording
from oralhistory.domain.leaks import LeakFinding
from oralhistory.domain.ports import ExportRecord
from oralhistory.domain.redaction import Proposal
from oralhistory.domain.transcript import Comment, Layer, Segment
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.library.interviews import InterviewCard
from oralhistory.services.recording.checking import Checked
from oralhistory.services.review.transcripts import PlannedEdit

LATEST_MS = 1000 * 3600 * 1000


def recording(one: Recording) -> dict[str, Any]:
    return {
        "id": one.id,
        "part": one.part,
        "purpose": one.purpose.value,
        "start_ms": one.start_ms,
        "duration_ms": one.duration_ms,
        "sha256": one.sha256,
        "complete": one.complete,
        "rate": one.format.rate,
        "channels": one.format.channels,
        "bits": one.format.bits,
        "gaps": [
            {
                "at_ms": one.start_ms + one.format.frames_to_ms(gap.frame),
                "lost_ms": one.format.frames_to_ms(gap.lost_frames),
                "reason": gap.reason.value,
            }
            for gap in one.gaps
        ],
    }


def checked(one: Checked) -> dict[str, Any]:
    return {
        "id": one.recording.id,
        "part": one.recording.part,
        "unchanged": one.unchanged,
        "complete": one.complete,
        "outcome": one.outcome.value,
        "faults": list(one.faults),
    }


def interview(card: InterviewCard, consent: ConsentFile) -> dict[str, Any]:
    return {
        "code": card.interview.code,
        "status": card.interview.status.value,
        "languages": list(card.interview.languages),
        "narrators": [
            {"code": one.code, "pseudonym": one.pseudonym, "route": one.route.value} for one in card.narrators
        ],
        "recordings": [recording(one) for one in card.recordings],
        "consent": consent_on_file(consent),
    }


def consent_on_file(consent: ConsentFile) -> dict[str, Any]:
    return {
        "versions": [
            {
                "number": version.number,
                "recorded_at": version.recorded_at.isoformat(),
                "recorded_by": version.recorded_by,
                "supersedes": consent.superseded(version),
                "form_sha256": version.form_sha256,
                **consent_document(version),
            }
            for version in consent.versions
        ],
        "withdrawals": [
            {
                "requested_on": one.requested_on.isoformat(),
                "purposes": sorted(one.purposes),
                "due": one.due.isoformat() if one.due else None,
                "recipient": one.recipient or None,
                "lasting": one.lasting,
            }
            for one in consent.withdrawals
        ],
        "events": [consent_event(one) for one in consent.events],
        "hold": consent_event(consent.hold) if consent.hold else None,
    }


def given_out(one: ExportRecord) -> dict[str, Any]:
    return {
        "recipient": one.recipient,
        "abroad": one.abroad,
        "purpose": one.purpose,
        "format": one.format,
        "code": one.code,
        "sha256": one.sha256,
        "made_at": one.made_at.isoformat(),
    }


def export(one: ExportRecord) -> dict[str, Any]:
    """A line of the register, as the history of an interview tells it."""
    return {
        "at": one.made_at.isoformat(),
        "code": one.code,
        "format": one.format,
        "profile": one.profile,
        "purpose": one.purpose,
        "recipient": one.recipient,
        "abroad": one.abroad,
        "sha256": one.sha256,
    }


def consent_event(one: ConsentEvent) -> dict[str, Any]:
    return {
        "act": one.act.value,
        "at": one.at.isoformat(),
        "by": one.by,
        "second": one.second or None,
        "version": one.version or None,
        "purpose": one.purpose.value if one.purpose else None,
        "recipient": one.recipient or None,
        "day": one.day.isoformat() if one.day else None,
        "note": one.note,
        "wish": one.wish.value if one.wish else None,
        "narrator": one.narrator or None,
    }


def segment(one: Segment) -> dict[str, Any]:
    return {
        "id": one.id,
        "recording": one.recording,
        "start_ms": one.start_ms,
        "end_ms": one.end_ms,
        "speaker": one.speaker,
        "language": one.language,
        "text": one.text,
        "sha256": one.sha256,
        "words": [
            {"text": word.text, "start_ms": word.start_ms, "end_ms": word.end_ms, "probability": word.probability}
            for word in one.words
        ],
        "flags": sorted(one.flags),
    }


def comment(one: Comment) -> dict[str, Any]:
    return {
        "id": one.id,
        "by": one.by,
        "at": one.at.isoformat(),
        "text": one.text,
        "resolved_by": one.resolved_by or None,
        "resolved_at": one.resolved_at.isoformat() if one.resolved_at else None,
    }


def waiting(one: Segment) -> dict[str, Any]:
    """A segment that somebody is to look at, and why: the words that the machine doubts, flags, comments."""
    return {
        "segment": one.id,
        "start_ms": one.start_ms,
        "end_ms": one.end_ms,
        "speaker": one.speaker,
        "text": one.text,
        "doubtful": one.doubtful,
        "words": [word.text for word in one.words if word.doubtful],
        "flags": sorted(one.flags),
        "comments": [comment(each) for each in one.comments],
    }


def transcript(layer: Layer, segments: Sequence[Segment]) -> dict[str, Any]:
    return {"layer": layer.value, "segments": [segment(one) for one in segments]}


def proposal(one: Proposal) -> dict[str, Any]:
    return {
        "id": one.id,
        "segment": one.segment,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "type": one.type.value,
        "class": one.identifier.value,
        "detector": one.detector,
        "score": round(one.score, 3),
    }


def finding(one: LeakFinding, words: bool = False) -> dict[str, Any]:
    """Where, never what; with `words` also what stands there, for somebody who asked to see it."""
    told: dict[str, Any] = {
        "file": one.file,
        "part": one.part,
        "entity": one.entity,
        "rule": one.rule,
        "explained": one.explained,
        "mark": one.mark,
    }
    if words and one.place is not None:
        told["words"] = [{"before": before, "text": one.place.text, "after": after} for before, after in one.place.around]
    return told


def explanations(raw: Any) -> list[tuple[str, str]]:
    """``{"explanations": [{"mark": ..., "reason": ...}]}`` as (mark, reason)."""
    listed = raw.get("explanations") if isinstance(raw, Mapping) else None
    if not isinstance(listed, list) or not listed:
        raise malformed("explanations", "list")
    return [_explanation(one, f"explanations[{i}]") for i, one in enumerate(listed)]


def _explanation(raw: Any, where: str) -> tuple[str, str]:
    if not isinstance(raw, Mapping):
        raise malformed(where, "object")
    for name in raw:
        if name not in ("mark", "reason"):
            raise malformed(f"{where}.{name}", "no field of this name")
    return _text(raw.get("mark"), f"{where}.mark"), _text(raw.get("reason"), f"{where}.reason")


# --- EDITS.json ------------------------------------------------------------------------------------------------------


def planned_edits(raw: Any) -> list[PlannedEdit]:
    """``{"edits": [{"op": ..., "segment": ..., ...}]}``; MalformedInput names the first edit that is not right."""
    listed = raw.get("edits") if isinstance(raw, Mapping) else None
    if not isinstance(listed, list) or not listed:
        raise malformed("edits", "list")
    return [_planned(one, f"edits[{i}]") for i, one in enumerate(listed)]


def _planned(raw: Any, where: str) -> PlannedEdit:
    if not isinstance(raw, Mapping) or raw.get("op") not in _EDITS:
        raise malformed(f"{where}.op", "|".join(_EDITS))
    names, build = _EDITS[raw["op"]]
    for name in raw:
        if name not in ("op", "segment", "sha256", *names):
            raise malformed(f"{where}.{name}", "no field of this name")
    values = [names[name](raw.get(name), f"{where}.{name}") for name in names]
    edit = build(_text(raw.get("segment"), f"{where}.segment"), *values)
    sha256 = _text(raw["sha256"], f"{where}.sha256") if "sha256" in raw else ""
    return PlannedEdit(edit, sha256)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > 100_000:
        raise malformed(where, "text")
    return value


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LATEST_MS:
        raise malformed(where, "number from 0")
    return value


def _count_or_none(value: Any, where: str) -> int | None:
    return None if value is None else _count(value, where)


def _on(value: Any, where: str) -> bool:
    if value is None:
        return True
    if not isinstance(value, bool):
        raise malformed(where, "true|false")
    return value


_EDITS: Mapping[str, tuple[Mapping[str, Callable[[Any, str], Any]], Callable[..., edits.Edit]]] = {
    "set_text": ({"text": _text}, edits.SetText),
    "split": ({"offset": _count, "at_ms": _count_or_none}, edits.Split),
    "join": ({}, edits.Join),
    "set_times": ({"start_ms": _count, "end_ms": _count}, edits.SetTimes),
    "set_speaker": ({"speaker": _text}, edits.SetSpeaker),
    "flag": ({"flag": _text, "on": _on}, edits.Flag),
    "restore": ({}, edits.Restore),
    "confirm": ({}, edits.Confirm),
}


def malformed(field: str, expected: str) -> MalformedInput:
    return MalformedInput(
        tr("The document is not right at “{field}”.", field=field),
        safe=tr("Nothing was stored."),
        todo=tr("Expected there: {expected}.", expected=expected),
    )


def is_number(value: Any) -> bool:
    """A finite JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
