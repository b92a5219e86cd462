"""Where sound of a take can be beside the archive's own folder: the reserve for a disk that fails, and the second copy.

Inside these folders it lies as in the archive: archive / interview / take / part, by their ids, which say nothing.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.interview import Interview
from oralhistory.services.archive.opened import OpenArchive

_FALLBACK_NOTE, _COPY_NOTE = "recording:fallback", "recording:copy"


@dataclass(frozen=True, slots=True)
class RecordingPlaces:
    """`fallback`: where a take goes on when the archive's disk fails (None: the program's own choice).

    `copy`: a folder, perhaps on a stick, that gets the same sealed bytes while recording (None: no second copy).
    """

    fallback: Path | None = None
    copy: Path | None = None


class PlacesOfArchive:
    """`usual` is the fallback folder of archives that do not say otherwise."""

    def __init__(self, archive: OpenArchive, usual: Path | None) -> None:
        self._archive = archive
        self._usual = usual

    def get(self) -> RecordingPlaces:
        with self._archive.store.transaction() as records:
            fallback, copy = records.notes.get(_FALLBACK_NOTE), records.notes.get(_COPY_NOTE)
        return RecordingPlaces(Path(fallback) if fallback else self._usual, Path(copy) if copy else None)

    def set(self, places: RecordingPlaces) -> None:
        with self._archive.store.transaction() as records:
            for note, folder in ((_FALLBACK_NOTE, places.fallback), (_COPY_NOTE, places.copy)):
                if folder is None:
                    records.notes.delete(note)
                else:
                    records.notes.set(note, str(folder.absolute()))

    def reserves(self, *further: str) -> list[Path]:
        """Every folder that a take may have fallen back to: the usual one, the archive's, and those a take remembers."""
        known = [self._usual, self.get().fallback, *(Path(one) for one in further if one)]
        return list(dict.fromkeys(one for one in known if one))

    def of_archive(self, root: Path) -> Path:
        """Where `root` has the takes of this archive."""
        return root / self._archive.vault.archive_id

    def inside(self, root: Path, interview: Interview) -> Path:
        """Where `root` has the takes of an interview of this archive."""
        return self.of_archive(root) / interview.id


def folders(inside: Path) -> list[str]:
    """The names of the folders in a folder, which need not be there, in their order."""
    try:
        with os.scandir(inside) as children:
            return sorted(child.name for child in children if child.is_dir())
    except OSError:
        if inside.is_dir():  # it is there and can't be read: that is no empty folder
            raise
        return []
