"""Reading a state of a backup file by file and comparing it with its manifest; in proof, opening every recording too."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from oralhistory.domain.backup import Fault, Finding, Manifest, SealedFile
from oralhistory.domain.ports import HoldMedium, Medium, OpenSnapshot, Snapshot, UnlockedKeys
from oralhistory.errors import Damaged, NotFound, StorageFailed
from oralhistory.services.backup.backup_folder import MANIFEST, BackupFolder
from oralhistory.services.progress import Meter


@contextmanager
def kept_still(hold: HoldMedium, folder: Path) -> Iterator[None]:
    """Nobody replaces the backup while it is read. InUse."""
    try:
        release = hold(folder)
    except StorageFailed:  # a read-only medium: nobody replaces anything there
        yield
        return
    try:
        yield
    finally:
        release()


def compare(medium: Medium, folder: BackupFolder, manifest: Manifest, meter: Meter) -> list[Finding]:
    """What of the state is missing or is not what its manifest names. Reads every file once."""
    meter.expect(manifest.size)
    state = folder.state(manifest.number)
    findings = [_compared(medium, state / one.path, one, meter) for one in manifest.own]
    findings += [_compared(medium, folder.place(one), one, meter) for one in manifest.files]
    return [one for one in findings if one is not None]


def _compared(medium: Medium, path: Path, file: SealedFile, meter: Meter) -> Finding | None:
    try:
        found = medium.digest(path, meter)
    except NotFound:
        return Finding(file.path, Fault.MISSING)
    return None if found == (file.size, file.sha256) else Finding(file.path, Fault.CHANGED)


def strangers(folder: BackupFolder, manifest: Manifest) -> list[Finding]:
    """What stands among the files and states of the backup and belongs to none."""
    named = {one.stored for one in manifest.files}
    found = [Finding(stored, Fault.FOREIGN) for stored in folder.stored() if stored not in named]
    own = {one.path for one in manifest.own} | {MANIFEST}
    state = folder.state(manifest.number)
    return found + [Finding(one.name, Fault.FOREIGN) for one in sorted(state.iterdir()) if one.name not in own]


@contextmanager
def snapshot_of(open_snapshot: OpenSnapshot, database: Path, keys: UnlockedKeys) -> Iterator[Snapshot]:
    """The snapshot, under the key it has; only an unfinished renewal leaves more than one to try. Damaged."""
    with _first_that_opens(open_snapshot, database, keys.database_keys()) as snapshot:
        yield snapshot


@contextmanager
def _first_that_opens(open_snapshot: OpenSnapshot, database: Path, keys: Iterable[bytes]) -> Iterator[Snapshot]:
    first, *others = keys
    try:
        with open_snapshot(database, first) as snapshot:
            snapshot.note("")  # the key is right
    except Damaged:
        if not others:
            raise
        first = others[0]
    with open_snapshot(database, first) as snapshot:
        yield snapshot
