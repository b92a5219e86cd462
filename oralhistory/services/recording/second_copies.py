"""Whether the second copies that were made while recording hold what the archive holds: the same sealed bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from oralhistory.domain.interview import Recording
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.recording.recording_places import PlacesOfArchive
from oralhistory.services.recording.takes import memo_of

_PIECE = 1 << 20


class CopyFound(StrEnum):
    """`SHORTER`: the same as far as it goes. `AWAY`: the folder of the copy is not there, its stick is not plugged in."""

    SAME = "same"
    SHORTER = "shorter"
    DIFFERENT = "different"
    MISSING = "missing"
    AWAY = "away"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CopyCheck:
    recording: Recording
    found: CopyFound


def check(archive: OpenArchive, places: PlacesOfArchive, code: str) -> list[CopyCheck]:
    """For each recording of the interview what its second copy is like. It changes nothing."""
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
        recordings = records.recordings.of(interview.id)
        memos = {one.take_id: memo_of(records, one.take_id) for one in recordings}
    checked = []
    for recording in recordings:
        memo = memos[recording.take_id]
        if memo is None or not memo.copy:
            found = CopyFound.NONE
        elif not Path(memo.copy).is_dir():
            found = CopyFound.AWAY
        else:
            folder = places.inside(Path(memo.copy), interview) / recording.take_id
            found = _compared(archive.folder / recording.path, folder)
        checked.append(CopyCheck(recording, found))
    return checked


def _compared(part: Path, folder: Path) -> CopyFound:
    copies = [*folder.glob(part.name), *folder.glob(f"{part.stem}~*{part.suffix}")]
    found = {_alike(part, copy) for copy in copies}
    order = (CopyFound.SAME, CopyFound.SHORTER, CopyFound.DIFFERENT)
    return next((one for one in order if one in found), CopyFound.MISSING)


def _alike(part: Path, copy: Path) -> CopyFound:
    try:
        with part.open("rb") as first, copy.open("rb") as second:
            return _compare(lambda: first.read(_PIECE), lambda: second.read(_PIECE))
    except OSError:
        return CopyFound.DIFFERENT


def _compare(first: Callable[[], bytes], second: Callable[[], bytes]) -> CopyFound:
    while True:
        piece, copied = first(), second()
        if piece != copied:
            return CopyFound.SHORTER if piece.startswith(copied) and not second() else CopyFound.DIFFERENT
        if not piece:
            return CopyFound.SAME
