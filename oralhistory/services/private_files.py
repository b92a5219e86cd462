"""Files that say who somebody is, written only because a person asked for them: for their owner alone, and never just anywhere.

Never over another file, never into the archive's own folder (where everything is sealed), never beside an export of this archive;
and an export never beside one of them.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

from oralhistory import durable
from oralhistory.domain.ports import Records
from oralhistory.errors import MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr

_HEAD = 64 * 1024
_BAG, _DEEP = "bagit.txt", 4
"""What stands at the top of every bag, and how many folders above its deepest one."""
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def refuse_place(archive: Path, records: Records, to: Path) -> None:
    """NotFound without a folder; MalformedInput where such a file may not lie."""
    folder = to.absolute().parent
    if not folder.is_dir():
        raise NotFound(tr("The folder for the file does not exist."), todo=tr("Check the path."))
    refuse_taken_or_inside(archive, to)
    known = {(one.size, one.sha256) for each in records.interviews.all() for one in records.exports.of(each.id)}
    sizes = {size for size, _ in known}
    for file in files_in(folder):
        if (size := _size(file)) in sizes and (size, _sha256(file)) in known:
            raise MalformedInput(
                tr("An export lies in this folder. What says who somebody is may never lie beside one."),
                safe=tr("Nothing was written."),
                todo=tr("Choose a folder that only you can read."),
            )


def refuse_beside_private(records: Records, to: Path) -> None:
    """MalformedInput when an export is to be written into a folder in which such a file lies: what was handed in as a consent's
    evidence or taken out again, or a table of the custody log, which is known by the hashes of its chain even when another
    program saved it anew as text (a packed workbook is not looked into). In, above and beside an opened bag nothing is written.
    """
    if _opened_bag_at(to.absolute().parent):
        raise _beside(tr("A bag that was opened lies here: it holds an interview as it was said."))
    papers = {(one.size, one.sha256) for each in records.interviews.all() for one in records.attachments.of(each.id)}
    sizes = {size for size, _ in papers}
    chain = {one.hash for one in records.custody.everything()}
    for file in files_in(to.absolute().parent):
        if (size := _size(file)) in sizes and (size, _sha256(file)) in papers:
            raise _beside(tr("The paper of a consent lies in this folder: it shows who somebody is."))
        if chain & set(_HASH.findall(_head(file))):
            raise _beside(tr("A table of the custody log lies in this folder: it leads from an export back to its interview."))


def _opened_bag_at(folder: Path) -> bool:
    """Whether it is one, lies in one, or holds one."""
    near = [folder, *folder.parents[:_DEEP], *folder.resolve().parents[:_DEEP], *_folders_in(folder)]
    return any(os.path.lexists(one / _BAG) for one in near)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return [one for one in folder.iterdir() if one.is_dir()]
    except OSError:
        return []


def _beside(happened: str) -> MalformedInput:
    return MalformedInput(
        happened,
        safe=tr("Nothing was written."),
        todo=tr("Choose another folder for the export, and keep that file where only you can read it."),
    )


def refuse_taken_or_inside(archive: Path, to: Path) -> None:
    """MalformedInput when something of that name is there, or when it would lie in the archive's own folder."""
    if os.path.lexists(to):
        raise MalformedInput(tr("There is already a file of that name."), safe=tr("It was not changed."))
    if to.absolute().parent.resolve().is_relative_to(archive.resolve()):
        raise MalformedInput(
            tr("In the archive's own folder everything is sealed; this file would be readable there."),
            todo=tr("Choose another folder."),
        )


def write_new(to: Path, data: bytes) -> None:
    """Write a new file that only its owner may read, and return when it is on the medium. MalformedInput, StorageFailed.

    Half a file never stays: what was written of it goes again.
    """
    try:
        descriptor = durable.create_exclusively(to)
    except FileExistsError:
        raise MalformedInput(tr("There is already a file of that name."), safe=tr("It was not changed.")) from None
    except OSError as error:
        raise _unwritten() from error
    try:
        try:
            durable.write_whole(descriptor, data)
            durable.sync_data(descriptor)
        finally:
            os.close(descriptor)
        durable.sync_folder(to.absolute().parent)
    except OSError as error:
        with suppress(OSError):
            to.unlink()
        raise _unwritten() from error


def _unwritten() -> StorageFailed:
    return StorageFailed(tr("The file cannot be written."), todo=tr("Choose another folder."))


def files_in(folder: Path) -> list[Path]:
    """Files with something in them; what a system shows as a file of no size may keep its reader waiting for ever (/proc)."""
    try:
        return [one for one in folder.iterdir() if one.is_file() and _size(one)]
    except OSError:
        return []


def _head(file: Path) -> str:
    """Its beginning, with the zero bytes of wide letters left out."""
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD).replace(b"\0", b"").decode("ascii", "replace")
    except OSError:
        return ""


def _size(file: Path) -> int:
    """-1 where it is gone meanwhile."""
    try:
        return file.stat().st_size
    except OSError:
        return -1


def _sha256(file: Path) -> str:
    try:
        return durable.sha256_of(file)
    except OSError:
        return ""
