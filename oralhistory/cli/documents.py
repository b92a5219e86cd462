"""The JSON shapes of the command line: stable, documented in each command's help. Times are milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oralhistory.domain.consent_document import document as consent_document
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

if TYPE_CHECKING:  # every command has these shapes at hand, and loads what the document is of by itself
    from collections.abc import Sequence

    from oralhistory.domain.consent import ConsentEvent, ConsentFile
    from oralhistory.domain.interview import Recording
    from oralhistory.domain.leaks import LeakFinding
    from oralhistory.domain.ports import ExportRecord
    from oralhistory.domain.redaction import Proposal
    from oralhistory.domain.removal import Removal
    from oralhistory.domain.transcript import Comment, Layer, Segment
    from oralhistory.services.library.interviews import InterviewCard
    from oralhistory.services.recording.checking import Checked

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


def checked(one: Checked, removed: Sequence[Removal] = ()) -> dict[str, Any]:
    """`removed`: what was removed from the interview; what of it lay in this recording is told with it."""
    return {
        "id": one.recording.id,
        "part": one.recording.part,
        "unchanged": one.unchanged,
        "complete": one.complete,
        "outcome": one.outcome.value,
        "faults": list(one.faults),
        "removed": [removal(each) for each in removed if each.lies_in(one.recording)],
    }


def removal(one: Removal) -> dict[str, Any]:
    return {
        "start_ms": one.start_ms,
        "end_ms": one.end_ms,
        "by": one.by,
        "at": one.begun_at.isoformat(),
        "reason": one.reason,
    }


def interview(card: InterviewCard, consent: ConsentFile) -> dict[str, Any]:
    return {
        "code": card.interview.code,
        "status": card.interview.status.value,
        "languages": list(card.interview.languages),
        "verbatim": card.interview.verbatim.value,
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
        "summary": one.summary,
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
        "times_guessed": one.guessed,
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
    return text(raw.get("mark"), f"{where}.mark"), text(raw.get("reason"), f"{where}.reason")


def text(value: Any, where: str) -> str:
    """A text of a size that people write; MalformedInput names the place otherwise."""
    if not isinstance(value, str) or len(value) > 100_000:
        raise malformed(where, "text")
    return value


def malformed(field: str, expected: str) -> MalformedInput:
    return MalformedInput(
        tr("The document is not right at “{field}”.", field=field),
        safe=tr("Nothing was stored."),
        todo=tr("Expected there: {expected}.", expected=expected),
    )
