"""What goes into the bag of an interview: decided in one transaction, and compared with itself before the bag is given out.

Every bag holds the text as it was released for its profile, and the sound as far as consent covers sound. Closed passages, and
whoever is not to be shown, are in no bag. A bag for this archive alone (`own`) holds what it would be lost without as well: both
layers of the text as they are (where consent covers the full text, not a redacted one only), the names in the sound, the whole
consent with its papers. Another archive gets none of these: a name that went there cannot be called back. Of the consent it gets
the terms that bind it, and no word that somebody typed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from oralhistory.domain import consent_document
from oralhistory.domain.consent import ConsentFile, ConsentVersion, Context, Form, Purpose, Reason, Stage
from oralhistory.domain.evidence import Attachment
from oralhistory.domain.interview import Interview, Recording
from oralhistory.domain.muting import muted
from oralhistory.domain.ports import Records
from oralhistory.domain.review import can_be_heard
from oralhistory.domain.spans import Span, meets, within
from oralhistory.domain.transcript import Layer, Segment
from oralhistory.errors import NotAllowed, NotFound
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consenting import consent_file, require
from oralhistory.services.release.exporting_sound import Audible, ExportingSound
from oralhistory.services.release.redacting import Redacting, Redaction
from oralhistory.services.release.releasing import Made, Order

FORMAT = "oralhistory bag 1"


@dataclass(frozen=True, slots=True)
class Contents:
    """`documents` are whole files by their paths, `papers` stay sealed until they go by. Without `sound`, `silent_for` says why:
    nothing where nothing was recorded."""

    interview: Interview
    order: Order
    own: bool
    said: bool
    """Whether the text was spoken: only then it follows the speech, more or less closely."""
    text: Made
    documents: tuple[tuple[str, bytes], ...]
    papers: tuple[Attachment, ...]
    sound: Audible | None
    silent_for: tuple[Reason, ...]

    @property
    def size(self) -> int:
        """Bytes of everything, about."""
        sound = sum(one.frames * one.format.bytes_per_frame for one in self.sound.recordings) if self.sound else 0
        return sound + sum(len(data) for _, data in self.documents) + sum(one.size for one in self.papers)

    def description(self, lost: Iterable[Span]) -> bytes:
        """What the bag says of itself, once its sound has gone by."""
        recordings = self.sound.recordings if self.sound else ()
        spans = tuple(lost)
        return as_json({
            "format": FORMAT,
            "code": self.text.code,
            **({"interview": self.interview.code, "status": self.interview.status.value} if self.own else {}),
            "for": "this archive" if self.own else "another archive",
            "profile": self.order.profile.value,
            "purpose": self.order.purpose.value,
            "languages": list(self.interview.languages),
            "verbatim": self.interview.verbatim.value if self.said else None,
            "recordings": [self._recording(number, one, spans) for number, one in enumerate(recordings, start=1)],
            "papers": [
                {"file": paper_path(number), "kind": one.kind.value, "sha256": one.sha256}
                for number, one in enumerate(self.papers, start=1)
            ],
            "no_sound_because": sorted({one.code for one in self.silent_for}),
        })  # fmt: skip

    def _recording(self, number: int, one: Recording, lost: tuple[Span, ...]) -> dict[str, Any]:
        span = (one.start_ms, one.end_ms)
        own = {
            "id": one.id, "recorded_at": one.recorded_at.isoformat(), "sha256": one.sha256, "complete": one.complete,
            "gaps": [{"frame": gap.frame, "lost_frames": gap.lost_frames, "reason": gap.reason.value} for gap in one.gaps],
        }  # fmt: skip
        return {
            "file": sound_path(number), "start_ms": one.start_ms, "duration_ms": one.duration_ms, "rate": one.format.rate,
            "channels": one.format.channels, "bits": one.format.bits,
            "silent": [list(each) for each in within(self.sound.muted if self.sound else (), span)],
            "lost": [list(each) for each in within(lost, span)],
            **(own if self.own else {}),
        }  # fmt: skip


def sound_path(number: int) -> str:
    return f"original/part-{number}.wav"


def paper_path(number: int) -> str:
    """Whatever it is: nothing here opens it, and its name was not kept."""
    return f"consent/paper-{number}.bin"


class ReadingContents:
    """Reads the contents of a bag from the archive, inside somebody else's transaction."""

    def __init__(self, archive: OpenArchive, redacting: Redacting, sound: ExportingSound) -> None:
        self._archive = archive
        self._redacting = redacting
        self._sound = sound

    def of(self, records: Records, interview: Interview, order: Order, text: Made, *, own: bool) -> Contents:
        """What `order` may take along beside its `text`. NotAllowed and NotFound concern the sound alone, and are told in it."""
        consent = consent_file(records, interview)
        documents = [("transcript/released.json", text.data)]
        if own and self._covers_full(records, interview, order):
            state = self._redacting.state_of(records, interview)
            documents += [(f"transcript/{name}.json", data) for name, data in _layers(records, interview, state)]
        if own:
            documents += [(f"consent/version-{one.number}.json", as_json(_whole(one))) for one in consent.versions]
        else:
            documents += [
                (f"consent/terms-{number}.json", as_json(one)) for number, one in enumerate(_terms(consent, order), start=1)
            ]
        sound, silent_for = self._audible(records, interview, order, own=own)
        said = can_be_heard(records.transcripts.segments(interview.id, Layer.REVIEWED))
        papers = tuple(records.attachments.of(interview.id)) if own else ()
        return Contents(interview, order, own, said, text, tuple(documents), papers, sound, silent_for)

    def _covers_full(self, records: Records, interview: Interview, order: Order) -> bool:
        """Whether the text may go as it was said: that it may go at all, and that its review is answered, was decided with it."""
        context = Context(order.purpose, order.recipient, narrator_answered=True, abroad=order.abroad)
        return require(self._archive, records, interview, order.operation, context).permission.form is Form.FULL

    def _audible(
        self, records: Records, interview: Interview, order: Order, *, own: bool
    ) -> tuple[Audible | None, tuple[Reason, ...]]:
        context = Context(order.purpose, order.recipient, abroad=order.abroad)
        try:
            return self._sound.audible(records, interview, context, names=own), ()
        except NotFound:
            return None, ()
        except NotAllowed as refused:
            return None, refused.reasons


def as_json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _layers(records: Records, interview: Interview, state: Redaction) -> Iterable[tuple[str, bytes]]:
    """Both layers as they are, without what is withheld; of the machine's, everything that it heard at such a time."""
    reviewed = [one for one in state.segments if not state.withholds(one)]
    quiet = muted(state.sealed, state.segments, (), state.masked.whose)
    heard = [
        one
        for one in records.transcripts.segments(interview.id, Layer.MACHINE)
        if not any(meets((one.start_ms, max(one.end_ms, one.start_ms + 1)), span) for span in quiet)
    ]
    yield "reviewed", as_json({"layer": Layer.REVIEWED.value, "segments": [_segment(one) for one in reviewed]})
    yield "machine", as_json({"layer": Layer.MACHINE.value, "segments": [_segment(one) for one in heard]})


def _segment(one: Segment) -> dict[str, Any]:
    return {
        "id": one.id, "recording": one.recording, "start_ms": one.start_ms, "end_ms": one.end_ms, "speaker": one.speaker,
        "language": one.language, "text": one.text,
        "words": [
            {"text": word.text, "start_ms": word.start_ms, "end_ms": word.end_ms, "probability": word.probability}
            for word in one.words
        ],
        "flags": sorted(one.flags),
    }  # fmt: skip


def _whole(version: ConsentVersion) -> dict[str, Any]:
    return {
        "number": version.number, "recorded_at": version.recorded_at.isoformat(), "recorded_by": version.recorded_by,
        "form_sha256": version.form_sha256, **consent_document.document(version),
    }  # fmt: skip


def _terms(consent: ConsentFile, order: Order) -> Iterable[dict[str, Any]]:
    """What each narrator's last word on a release binds the receiver to: choices and dates, nothing that was typed."""
    wanted = (order.purpose, Purpose.OVERSEAS_TRANSFER) if order.abroad else (order.purpose,)
    for each in consent.each:
        version = each.latest(Stage.AFTER, Stage.RENEWAL)
        if version is not None:
            bound = replace(
                version, permissions=tuple(version.permission(purpose, order.recipient) for purpose in dict.fromkeys(wanted))
            )
            told = consent_document.document(bound)
            given = [{name: one[name] for name in ("purpose", "decision", "identity", "form", "from", "until")}
                     for one in told["permissions"]]  # fmt: skip
            kept = {name: told[name] for name in ("stage", "mode", "sensitive_data", "embargo_until", "narrator_review")}
            yield {**kept, "permissions": given}
