"""The way back of a bag: a package sealed to this archive, opened into a folder that anybody can read who gets at it.

Everything is written into a waiting folder beside the place, for its owner alone, and gets its name when the last signature and
every manifest agree and the opening stands in the custody log. Whatever ends it before leaves nothing: what was written is
overwritten, as far as the medium lets us, and deleted.
"""

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.ports import ARCHIVE, Bags, PackageAddress, Packages
from oralhistory.durable import create_exclusively, sync_data, sync_folder
from oralhistory.errors import NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.places import require_room
from oralhistory.services.archive.addressing import Addressing
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.private_files import refuse_place, refuse_taken_or_inside
from oralhistory.services.release.bagging import KIND
from oralhistory.services.release.hashed import Hashed
from oralhistory.services.release.own_bags import outlived
from oralhistory.services.release.waiting import sweep, waiting_folder


@dataclass(frozen=True, slots=True)
class OpenedBag:
    """The bag's name, how many files are in it, and the fingerprint of the archive that sealed it."""

    name: str
    files: int
    fingerprint: str


class OpeningPackages:
    def __init__(self, archive: OpenArchive, addressing: Addressing, packages: Packages, bags: Bags) -> None:
        self._archive = archive
        self._addressing = addressing
        self._packages = packages
        self._bags = bags

    def open(self, file: Path, to: Path, sender: bytes = b"") -> OpenedBag:
        """Write the bag in `file` to the new folder `to`; `sender` is the address file of who sealed it, this archive otherwise.

        NotFound, StorageFailed; MalformedInput (no package, for another archive, a place where it may not lie), NotAllowed
        (from somebody else, or one of this archive that outlived what was taken away since: see `own_bags`), Damaged. Nothing
        stands in `to` then.
        """
        archive, own = self._archive, self._addressing.own()
        home = self._packages.own_address(archive.vault, own)
        known = self._packages.address(sender) if sender else home
        with archive.store.reading() as records:
            refuse_place(archive.folder, records, to)
        sweep(archive)
        try:
            with file.open("rb") as source:
                require_room(to.absolute().parent, os.fstat(source.fileno()).st_size)
                if known == home:
                    self._refuse_outlived(source, own, known)
                return self._kept(source, to, own, known, ours=known == home)
        except FileNotFoundError:
            raise NotFound(tr("The file is not there."), todo=tr("Look at its name and folder.")) from None
        except OSError as error:
            raise StorageFailed(
                tr("The package could not be opened: a disk refused."), safe=tr("Nothing of it was kept."),
                todo=tr("Check that the disk has room and that you may write there."),
            ) from error  # fmt: skip

    def _refuse_outlived(self, source: io.BufferedReader, own: bytes, known: PackageAddress) -> None:
        """Before anything of it is unsealed; what is damaged, or no package of ours at all, is said as that."""
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        with self._archive.store.reading() as records:
            refused = outlived(self._archive, records, sha256)
        if refused is not None:
            for _ in self._going_on(self._packages.opened(self._archive.vault, own, known, KIND, source)):
                pass
            raise refused

    def _kept(self, source: io.BufferedReader, to: Path, own: bytes, sender: PackageAddress, *, ours: bool) -> OpenedBag:
        archive, read = self._archive, Hashed(source)
        content = self._packages.opened(archive.vault, own, sender, KIND, io.BufferedReader(read))
        with waiting_folder(archive, to, raw=True) as waiting:
            files = 0
            for path, blocks in self._bags.unpacked(content):
                _write(waiting / path, waiting, self._going_on(blocks))
                files += 1
            [bag] = waiting.iterdir()
            refuse_taken_or_inside(archive.folder, to)
            with archive.store.transaction() as records:
                if ours and (refused := outlived(archive, records, read.sha256)):
                    raise refused  # meanwhile, or the file is another one now
                archive.record_custody_by_id(records, ARCHIVE, "package opened", "done", read.sha256)
            name = bag.name
            bag.rename(to)
            sync_folder(to.absolute().parent)
        archive.announce(Changed.EXPORT)
        return OpenedBag(name, files, sender.fingerprint)

    def _going_on(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self._archive.go_on()
            yield block


def _write(file: Path, waiting: Path, blocks: Iterator[bytes]) -> None:
    """A new file for its owner alone, and the folders between, each made with its own mode."""
    for folder in reversed([one for one in file.parents if one.is_relative_to(waiting) and one != waiting]):
        folder.mkdir(mode=0o700, exist_ok=True)
    with closing(os.fdopen(create_exclusively(file), "wb")) as out:
        for block in blocks:
            out.write(block)
        out.flush()
        sync_data(out.fileno())
