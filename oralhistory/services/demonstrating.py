"""The demonstration: two fictional narrators, and the whole journey made on them with the real parts.

The sound, consents and decisions are shipped data (`resources/demo/narrators.json`). The model that transcribes knows only
the sentences of the demonstration and nothing else.

It is made aside and gets its place when it is whole: one that was broken off never counts as one. What is left of it goes when
the next is begun, but nothing that is not surely of a demonstration.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from oralhistory.domain.consent import Purpose
from oralhistory.domain.edits import SetSpeaker
from oralhistory.domain.interview import Route
from oralhistory.domain.redaction import Decisions, Profile
from oralhistory.errors import Cancelled, Damaged, MalformedInput, NotAllowed, NotFound, StorageFailed, WrongPassphrase
from oralhistory.i18n import mark, tr
from oralhistory.places import free_name
from oralhistory.services import refusal
from oralhistory.services.archive.archives import make_empty
from oralhistory.services.archive.opened import DEMONSTRATION
from oralhistory.services.desk import Desk
from oralhistory.services.mishearing import Mishearing, read
from oralhistory.services.program import Program
from oralhistory.services.progress import Asked, Progress, never, silent
from oralhistory.services.release.releasing import Order
from oralhistory.services.review.transcripts import PlannedEdit

PASSPHRASE = "only a demonstration"
"""Printed for everyone to see: nothing in this archive is a secret."""
ARCHIVE = "archive"
EXPORTS = "exports"
ASIDE = ".demonstration in the making"
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


def demonstrate(
    program: Program, folder: Path, say: Callable[[str], None], cancelled: Asked = never, progress: Progress = silent
) -> DemonstrationReport:
    """Make the archive in `folder`/archive and its exports in `folder`/exports; the archive is closed afterwards.

    `progress` counts shares of the usual time. Cancelled soon after `cancelled` says so. Whatever broke it off, nothing of it
    is left; MalformedInput where an archive has its place already.
    """
    narrators = json.loads((program.demo_folder / "narrators.json").read_text("utf-8"))["narrators"]
    with _made_aside(program, folder) as aside:
        opened, recovery_code = program.archives.create(aside / ARCHIVE, PASSPHRASE, DEMONSTRATION)
        desk = program.desk(opened)
        try:
            (aside / EXPORTS).mkdir()
            done = tuple(
                _journey(desk, program.demo_folder, aside / EXPORTS, narrator,
                         _Steps(say, cancelled, progress, narrator["pseudonym"], number, len(narrators)))
                for number, narrator in enumerate(narrators)
            )  # fmt: skip
        finally:
            desk.close()
        _go_on(cancelled)
        placed = _put_in_place(aside, folder)
    interviews = (replace(one, exports=tuple((placed[file], sha256) for file, sha256 in one.exports)) for one in done)
    return DemonstrationReport(folder / ARCHIVE, PASSPHRASE, recovery_code, tuple(interviews))


@contextmanager
def _made_aside(program: Program, folder: Path) -> Iterator[Path]:
    """Where it is made, and from where it is put in its place; what is still there when the block ends goes."""
    _sweep(program, folder)
    make_empty(folder / ARCHIVE)
    try:
        with TemporaryDirectory(prefix=f"{ASIDE} ", dir=folder, ignore_cleanup_errors=True) as aside:
            yield Path(aside)
    except OSError as error:
        raise StorageFailed(
            tr("The demonstration could not be made."),
            safe=tr("Nothing was left behind."),
            todo=tr("Check that the disk is not full and may be written to."),
        ) from error
    finally:
        for empty in (folder / ARCHIVE, folder / EXPORTS):
            with suppress(OSError):
                empty.rmdir()  # which takes away nothing but an empty folder


def _sweep(program: Program, folder: Path) -> None:
    """Take away what was broken off: fictional voices under a passphrase that everybody knows. InUse while another window makes
    it; MalformedInput when an archive lies there that is none of a demonstration, and then it stays."""
    for aside in folder.glob(f"{ASIDE}*"):
        kept = aside / ARCHIVE
        try:
            if any(slot.owner != DEMONSTRATION for slot in program.archives.slots(kept)):
                raise _not_ours(aside)
            with suppress(Damaged):  # broken off before it had a database
                program.archives.unlock(kept, PASSPHRASE).close()
        except NotFound:  # without a key there is no archive, unless its key is being made
            with suppress(StorageFailed):
                program.archives.hold(kept).release()
        except (Damaged, WrongPassphrase):
            raise _not_ours(aside) from None
        shutil.rmtree(aside, ignore_errors=True)


def _not_ours(aside: Path) -> MalformedInput:
    return MalformedInput(
        tr("An archive that is not the demonstration lies in the folder {folder}.", folder=str(aside)),
        safe=tr("Nothing in it was changed."),
        todo=tr("Choose another folder."),
    )


def _put_in_place(aside: Path, folder: Path) -> dict[str, str]:
    """The archive last: where it stands, all is there. Gives where each export lies, by where it was made; those that are there
    from before stay."""
    exports = folder / EXPORTS
    exports.mkdir(exist_ok=True)
    placed: dict[str, str] = {}
    with ExitStack() as taken_back:
        for one in sorted((aside / EXPORTS).iterdir()):
            place = one.rename(exports / free_name(exports, one.name))
            taken_back.callback(place.unlink)
            placed[str(one)] = str(place)
        with suppress(FileNotFoundError):
            (folder / ARCHIVE).rmdir()  # not every system lets a folder take an empty one's place
        (aside / ARCHIVE).rename(folder / ARCHIVE)
        taken_back.pop_all()
    return placed


def _go_on(cancelled: Asked) -> None:
    if cancelled():
        raise Cancelled(tr("Stopped."), safe=tr("Nothing was left behind."))


class _Steps:
    """The steps of one narrator's journey. `number` counts the narrators from 0."""

    def __init__(
        self, say: Callable[[str], None], cancelled: Asked, progress: Progress, pseudonym: str, number: int, whole: int
    ) -> None:
        self._say = say
        self.cancelled = cancelled
        self._progress = progress
        self._pseudonym, self._number, self._whole = pseudonym, number, whole
        self._done = 0
        self._share = 0

    def tell(self, step: str, share: int) -> None:
        """The next step begins, which takes about so many hundredths of the journey. Cancelled when somebody asked to stop."""
        _go_on(self.cancelled)
        self._done, self._share = self._done + self._share, share
        self.part_done(0, 1)
        # Whose interview is at which step: in a list by pseudonyms, nobody knows a code yet.
        self._say(tr(step, pseudonym=self._pseudonym, number=self._number + 1, whole=self._whole))

    def part_done(self, done: int, whole: int) -> None:
        """How much of the step is done."""
        self._progress(100 * self._number + self._done + self._share * done // max(whole, 1), 100 * self._whole)


def _journey(desk: Desk, demo: Path, exports: Path, narrator: dict[str, Any], steps: _Steps) -> DemonstratedInterview:
    interview = desk.interviews.create(narrator["languages"], narrator["pseudonym"], Route(narrator["route"]))
    code = interview.code
    steps.tell(mark("{pseudonym} ({number}/{whole}): the consent and the sound are filed …"), 10)
    desk.interviews.set_field(code, "names", "\n".join(narrator["real_names"]))
    desk.consenting.record(code, _consent(narrator, "before"))
    desk.importing.import_file(code, demo / narrator["file"])
    steps.tell(mark("{pseudonym} ({number}/{whole}): the machine writes the draft …"), 60)
    heard_by = partial(Mishearing, errors=read(narrator))
    desk.transcribing.run(
        code, model=str(demo / MODEL), progress=steps.part_done, cancelled=steps.cancelled, heard_by=heard_by
    )
    desk.consenting.record(code, _consent(narrator, "after"))
    for seal in narrator["seals"]:
        said = next(one for one in narrator["sentences"] if one["text"] == seal["sentence"])
        desk.interviews.seal(code, said["start_ms"], said["end_ms"], _said(seal["reason"]))
    steps.tell(mark("{pseudonym} ({number}/{whole}): the draft is reviewed and names are covered …"), 15)
    _name_speakers(desk, code, narrator["sentences"])
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    _redact(desk, code, narrator)
    steps.tell(mark("{pseudonym} ({number}/{whole}): what may leave is exported …"), 15)
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
