"""The demonstration: two fictional narrators, and the whole journey made on them with the real parts.

The sound, consents and decisions are shipped data (`resources/demo/narrators.json`). The model that transcribes knows only
the sentences of the demonstration and nothing else.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from oralhistory.domain.consent import Purpose
from oralhistory.domain.edits import SetSpeaker
from oralhistory.domain.interview import Route
from oralhistory.domain.redaction import Decisions, Profile
from oralhistory.errors import NotAllowed
from oralhistory.i18n import mark, tr
from oralhistory.services import refusal
from oralhistory.services.desk import Desk
from oralhistory.services.program import Program
from oralhistory.services.release.releasing import Order
from oralhistory.services.review.transcripts import PlannedEdit

PASSPHRASE = "only a demonstration"
"""Printed for everyone to see: nothing in this archive is a secret."""
EXPORTS = "exports"
MODEL = "tiny-interview.pt"
_FORMATS = ("txt", "docx")
_SAID = (
    mark("Demonstration interviewer"), mark("Readers of the demonstration"), mark("The narrator fears for her brother."),
)  # fmt: skip
"""What stands in the shipped data beside the narrators' own words, and is said in the language in use."""


@dataclass(frozen=True, slots=True)
class DemonstratedInterview:
    """`exports` are (path, SHA-256); `refused` the sentences with which an export beyond consent was refused."""

    code: str
    pseudonym: str
    segments: int
    exports: tuple[tuple[str, str], ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemonstrationReport:
    archive: Path
    passphrase: str
    recovery_code: str
    interviews: tuple[DemonstratedInterview, ...]

    def to_json(self) -> dict[str, Any]:
        told = asdict(self) | {"archive": str(self.archive)}
        for interview in told["interviews"]:
            interview["exports"] = [{"file": file, "sha256": sha256} for file, sha256 in interview["exports"]]
        return told


def demonstrate(program: Program, folder: Path, say: Callable[[str], None]) -> DemonstrationReport:
    """Make the archive in `folder`/archive and its exports in `folder`/exports; the archive is closed afterwards."""
    archive_folder = folder / "archive"
    exports = folder / EXPORTS
    opened, recovery_code = program.archives.create(archive_folder, PASSPHRASE, "demo")
    desk = program.desk(opened)
    try:
        exports.mkdir(exist_ok=True)
        narrators = json.loads((program.demo_folder / "narrators.json").read_text("utf-8"))["narrators"]
        done = tuple(
            _journey(desk, program.demo_folder, exports, narrator,
                     partial(_tell, say, pseudonym=narrator["pseudonym"], number=number, whole=len(narrators)))
            for number, narrator in enumerate(narrators, 1)
        )  # fmt: skip
    finally:
        desk.close()
    return DemonstrationReport(archive_folder, PASSPHRASE, recovery_code, done)


def _tell(say: Callable[[str], None], step: str, *, pseudonym: str, number: int, whole: int) -> None:
    """Whose interview is at which step: in a list by pseudonyms, nobody knows a code yet."""
    say(tr(step, pseudonym=pseudonym, number=number, whole=whole))


def _journey(
    desk: Desk, demo: Path, exports: Path, narrator: dict[str, Any], tell: Callable[[str], None]
) -> DemonstratedInterview:
    interview = desk.interviews.create(narrator["languages"], narrator["pseudonym"], Route(narrator["route"]))
    code = interview.code
    tell(mark("{pseudonym} ({number}/{whole}): the consent and the sound are filed …"))
    desk.interviews.set_field(code, "names", "\n".join(narrator["real_names"]))
    desk.consenting.record(code, _consent(narrator, "before"))
    desk.importing.import_file(code, demo / narrator["file"])
    tell(mark("{pseudonym} ({number}/{whole}): the machine writes the draft …"))
    desk.transcribing.run(code, model=str(demo / MODEL))
    desk.consenting.record(code, _consent(narrator, "after"))
    for seal in narrator["seals"]:
        said = next(one for one in narrator["sentences"] if one["text"] == seal["sentence"])
        desk.interviews.seal(code, said["start_ms"], said["end_ms"], _said(seal["reason"]))
    tell(mark("{pseudonym} ({number}/{whole}): the draft is reviewed and names are covered …"))
    _name_speakers(desk, code, narrator["sentences"])
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    _redact(desk, code, narrator)
    tell(mark("{pseudonym} ({number}/{whole}): what may leave is exported …"))
    purpose, recipient = Purpose(narrator["release"]["purpose"]), _said(narrator["release"]["recipient"])
    made = []
    for format_ in _FORMATS:
        file = exports / f"{narrator['export_name']}.{format_}"
        record = desk.releasing.export(code, Order(format_, Profile.PUBLIC, purpose, recipient), file)
        made.append((str(file), record.sha256))
    refused = _refusal(desk, code, Order("txt", Profile.PUBLIC, Purpose.MEDIA, recipient), exports / "refused.txt")
    segments = len(desk.transcripts.segments(code))
    return DemonstratedInterview(code, narrator["pseudonym"], segments, tuple(made), refused)


def _consent(narrator: dict[str, Any], stage: str) -> dict[str, Any]:
    given: dict[str, Any] = narrator["consent"][stage]
    return given | {"obtained_by": _said(given["obtained_by"])}


def _said(text: str) -> str:
    return tr(text) if text in _SAID else text


def _name_speakers(desk: Desk, code: str, sentences: list[dict[str, Any]]) -> None:
    """Give every segment the speaker of the sentence that it overlaps most: what a reviewer does by ear."""
    edits = []
    for segment in desk.transcripts.segments(code):
        overlaps = [
            (min(segment.end_ms, one["end_ms"]) - max(segment.start_ms, one["start_ms"]), one["speaker"])
            for one in sentences
        ]
        edits.append(PlannedEdit(SetSpeaker(segment.id, max(overlaps)[1])))
    desk.transcripts.edit(code, edits)


def _redact(desk: Desk, code: str, narrator: dict[str, Any]) -> None:
    """The shipped decisions; proposals that the shipped list knows to be no names are dismissed one by one."""
    desk.redacting.decide(code, narrator["decisions"])
    not_names = set(narrator.get("not_names", ()))
    proposals = [one.id for one in desk.redacting.propose(code) if one.text in not_names]
    desk.redacting.add(code, Decisions(dismissed=frozenset(proposals)))


def _refusal(desk: Desk, code: str, order: Order, file: Path) -> tuple[str, ...]:
    """Ask for something that was not granted, and keep what the program answers."""
    try:
        desk.releasing.export(code, order, file)
    except NotAllowed as refused:
        return tuple(refusal.sentence(reason) for reason in refused.reasons)
    return ()
