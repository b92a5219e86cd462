"""Does this installation work? The parts that people will rely on, tried one after the other on real ones."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.consent import CHECKLIST, Decision, Purpose, Stage
from oralhistory.domain.consent_document import template
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import tr
from oralhistory.services.demonstrating import PASSPHRASE, demonstrate
from oralhistory.services.program import Program

RECORDED_MS = 1000


@dataclass(frozen=True, slots=True)
class Check:
    """`works` is None for a part that this machine does not have."""

    part: str
    works: bool | None
    detail: str


def self_check(program: Program, say: Callable[[str], None]) -> list[Check]:
    """Journey on the demonstration, then a second from the microphone if there is one. Leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="oralhistory-self-test-") as place:
        folder = Path(place)
        return [
            _checked(tr("archive, model, transcript, redaction, export"), lambda: _journey(program, folder, say)),
            _checked(tr("analysis of Korean words"), lambda: _words(program, folder / "archive")),
            _checked(tr("microphone"), lambda: _microphone(program, folder / "archive")),
        ]


def _checked(part: str, work: Callable[[], tuple[bool | None, str]]) -> Check:
    try:
        return Check(part, *work())
    except OralHistoryError as error:
        return Check(part, False, str(error))


def _journey(program: Program, folder: Path, say: Callable[[str], None]) -> tuple[bool, str]:
    report = demonstrate(program, folder, say)
    files = [file for interview in report.interviews for file, _ in interview.exports]
    works = bool(files) and all(Path(file).stat().st_size > 0 for file in files)
    return works, tr("{n} files exported", n=len(files))


def _words(program: Program, folder: Path) -> tuple[bool, str]:
    desk = program.desk(program.archives.unlock(folder, PASSPHRASE))
    try:
        states = [desk.redacting.state(one.interview.code) for one in desk.interviews.cards()]
    finally:
        desk.close()
    return all(one.whole for one in states), tr("{n} names and places proposed", n=sum(len(one.proposals) for one in states))


def _microphone(program: Program, folder: Path) -> tuple[bool | None, str]:
    if not program.microphones():
        return None, tr("no microphone here")
    archive = program.archives.unlock(folder, PASSPHRASE)
    desk = program.desk(archive)
    try:
        code = desk.interviews.create().code
        desk.consenting.record(code, _consent_to_record())
        take = desk.recording.start(code)
        for beat in take.events():
            if beat.elapsed_ms >= RECORDED_MS:
                take.stop()
        recorded = sum(one.duration_ms for one in take.file())
    finally:
        desk.close()
    return recorded >= RECORDED_MS, tr("{ms} ms recorded, sealed and read back", ms=recorded)


def _consent_to_record() -> dict[str, object]:
    document = template(Stage.BEFORE)
    permissions = [
        one | {"decision": Decision.GRANTED.value} if one["purpose"] == Purpose.RECORD_AUDIO.value else one
        for one in document["permissions"]
    ]
    return document | {
        "permissions": permissions,
        "sensitive_data": True,
        "checklist": dict.fromkeys(CHECKLIST, True),
    }
