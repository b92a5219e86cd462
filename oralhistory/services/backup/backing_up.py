"""Backing up to a folder on another medium: only what is new is copied, everything written is read back and compared.

The state that was there before stays whole until the new one is (see `backup_folder`). What was destroyed in the archive is
destroyed in the backup; what is missing or damaged in the archive is kept in the backup, and told. A backup is written and
read under the archive's keys alone; what leaves shows nobody more than sizes, ids and the number of files.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from oralhistory.domain.backup import Fault, Finding, KnownBackup, Manifest, Tombstone, is_due, last_finished
from oralhistory.domain.ports import HoldMedium, Medium, OpenSnapshot, Recorders
from oralhistory.errors import NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.places import synchronised_by
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.backup.backup_checks import compare, kept_still, strangers
from oralhistory.services.backup.backup_folder import BackupFolder, found_in, where_to
from oralhistory.services.backup.backup_state import StateWriter, read_manifest, sha256
from oralhistory.services.backup.copying import Copying, tidy
from oralhistory.services.backup.inventory import codes, take_stock
from oralhistory.services.progress import Asked, Meter, Progress, never, silent

_SPARE_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class BackupOutcome:
    """What a finished backup did. Counts are of sealed files; `written` and `size` are bytes, of this run and of the state.

    `left_out`: codes of interviews with a take that is being recorded. `missing` and `changed`: paths of files that the
    archive lost, or that are no longer what they were when they were first copied; the backup keeps what it has. `destroyed`:
    codes of interviews that were destroyed in the archive, or minutes of them, and now are here. `distrusted`: why everything
    that stood here already was read again and compared. `cloud`: the service to which another program copies the folder.
    """

    place: Path
    number: int
    at: datetime
    copied: int
    kept: int
    written: int
    size: int
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    destroyed: tuple[str, ...] = ()
    same_disk: bool = False
    distrusted: Fault | None = None
    cloud: str = ""


@dataclass(frozen=True, slots=True)
class BackupCheck:
    """What reading the whole of state `number` found; without `made_at` its list could not be read, and nothing was."""

    number: int
    made_at: datetime | None
    checked: int
    size: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """A known backup as it stands now. `still_opens`: codes of interviews of which it can still open what was destroyed."""

    known: KnownBackup
    attached: bool
    still_opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackupsStanding:
    """`days_since` the last finished backup, None when there is none; `unsaved`: recordings in no backup yet; `due`: whether
    another one is to be made."""

    backups: tuple[BackupStanding, ...] = field(default=())
    days_since: int | None = None
    unsaved: int = 0
    due: bool = True


class BackingUp:
    """`hold` keeps other programs from a folder (see `domain.ports.HoldMedium`)."""

    def __init__(
        self, archive: OpenArchive, medium: Medium, open_snapshot: OpenSnapshot, recorders: Recorders, hold: HoldMedium
    ) -> None:
        self._archive = archive
        self._medium = medium
        self._open_snapshot = open_snapshot
        self._recorders = recorders
        self._hold = hold

    def back_up(self, destination: Path, *, progress: Progress = silent, cancelled: Asked = never) -> BackupOutcome:
        """Bring the backup in `destination` up to date, or begin one there.

        MalformedInput for a folder that is not fit; StorageFailed when the medium is full, read-only, unplugged or gives back
        something else than was written; InUse when somebody restores from it; Cancelled. The state before stays whole then.
        """
        folder = where_to(destination, self._archive.folder, self._archive.vault.archive_id, self._medium)
        self._medium.make_folder(folder.root)
        release = self._hold(folder.root)
        try:
            outcome = self._written(folder, Meter(progress, cancelled))
        finally:
            release()
        self._archive.announce(Changed.BACKUP)
        return outcome

    def verify(self, destination: Path, *, progress: Progress = silent, cancelled: Asked = never) -> BackupCheck:
        """Read every file of the backup in `destination` and compare it with what the archive wrote. NotFound, InUse."""
        vault, meter = self._archive.vault, Meter(progress, cancelled)
        folder = found_in(destination, self._medium, vault.archive_id)
        with kept_still(self._hold, folder.root):
            known, _ = self._known(folder)
            standing = folder.whole()
            if not standing:
                raise NotFound(tr("The backup in this folder was never finished."), todo=tr("Back up again."))
            manifest = read_manifest(vault, self._medium, folder, standing[0])
            findings = []
            if known is not None and standing[0] < known.number:
                findings.append(Finding("", Fault.ROLLED_BACK))
            elif self._is_another(folder, known, standing[0]):
                findings.append(Finding("", Fault.UNKNOWN_STATE))
            elif manifest is None:
                remembered = known is not None and standing[0] == known.number
                findings.append(Finding("", Fault.EARLIER_KEY if remembered else Fault.UNKNOWN_STATE))
            if manifest is None:
                return BackupCheck(standing[0], None, 0, 0, tuple(findings))
            findings += compare(self._medium, folder, manifest, meter) + strangers(folder, manifest)
        return BackupCheck(standing[0], manifest.made_at, len(manifest.files), manifest.size, tuple(findings))

    def _is_another(self, folder: BackupFolder, known: KnownBackup | None, number: int) -> bool:
        finished = known is not None and number == known.number
        return known is not None and finished and sha256(self._medium, folder, number) != known.digest

    def standing(self) -> BackupsStanding:
        """Every known backup, whether it is attached, and how long ago the last one was made."""
        with self._archive.store.transaction() as records:
            known = records.backups.known()
            buried = records.destructions.tombstones()
            last = last_finished(known)
            unsaved = records.backups.unsaved(last)
        backups = tuple(BackupStanding(one, self._is_attached(one), _still_opens(one, buried)) for one in known)
        now = self._archive.clock()
        days = None if last is None else max(0, (now - last).days)
        return BackupsStanding(backups, days, unsaved, is_due(last, now))

    def forget(self, backup_id: str) -> None:
        """Take a backup off the list: its medium was destroyed or is lost. NotFound."""
        with self._archive.store.transaction() as records:
            if not records.backups.forget(backup_id):
                raise NotFound(tr("There is no such backup on the list."))
        self._archive.announce(Changed.BACKUP)

    def _is_attached(self, known: KnownBackup) -> bool:
        try:
            return found_in(Path(known.place), self._medium, self._archive.vault.archive_id).identity() == known.id
        except (NotFound, StorageFailed):
            return False

    def _written(self, folder: BackupFolder, meter: Meter) -> BackupOutcome:
        known, buried = self._known(folder)
        prior, distrusted = self._prior(folder, known)
        known = self._begun(folder, known)
        folder.begin(known.id)
        subjects = frozenset(one.subject for one in buried)
        copying = Copying(
            self._archive, self._medium, folder, prior, subjects, meter, check_kept=distrusted is not None
        )
        stock = take_stock(self._archive, self._recorders)
        copying.plan(stock)
        self._check_room(folder, copying.to_copy)
        state = StateWriter(self._archive, self._medium, self._open_snapshot, folder, known)
        try:
            copying.run()
            with self._archive.changing_keys:  # key slots, keys, database and manifest are of one archive key
                state.snapshot(meter)
                late = take_stock(self._archive, self._recorders)  # what was filed meanwhile may stand in the snapshot
                copying.plan(late)
                copying.run()
                manifest = state.finish(copying.files(), self._archive.clock())
        except BaseException:
            with suppress(StorageFailed):
                state.abandon()
            raise
        newly = [one for one in buried if one.row > known.obeyed]
        self._tidy(folder, manifest, subjects, thorough=bool(newly) or prior is None)
        self._finished(known, folder, manifest, buried)
        return BackupOutcome(
            folder.root.parent, manifest.number, manifest.made_at, copying.copied, copying.kept, copying.written,
            manifest.size, codes(self._archive, stock.being_written | late.being_written), copying.missing(),
            copying.changed(), tuple(late.strange), tuple(dict.fromkeys(one.code for one in newly)) if known.number else (),
            self._on_one_disk(folder), distrusted, synchronised_by(folder.root),
        )  # fmt: skip

    def _known(self, folder: BackupFolder) -> tuple[KnownBackup | None, list[Tombstone]]:
        identity = folder.identity()
        with self._archive.store.transaction() as records:
            known = next((one for one in records.backups.known() if one.id == identity), None)
            return known, records.destructions.tombstones()

    def _prior(self, folder: BackupFolder, known: KnownBackup | None) -> tuple[Manifest | None, Fault | None]:
        """The state that stands there, and why what stands there cannot be taken for what was written."""
        standing = folder.whole()
        if not standing:
            return None, Fault.ROLLED_BACK if known and known.number else None
        newest = standing[0]
        manifest = read_manifest(self._archive.vault, self._medium, folder, newest)
        if known is None or newest > known.begun:  # it may hold what this archive, restored from an older one, lacks
            raise StorageFailed(
                tr("The backup there is newer than this archive, or was made by a copy of it."),
                safe=tr("Neither was changed."),
                todo=tr("Choose an empty folder for the backup."),
            )
        if newest < known.number:
            return manifest, Fault.ROLLED_BACK
        digest = sha256(self._medium, folder, newest)
        if manifest is None:  # the archive key was renewed since: what the archive remembers of it vouches for it
            return None, None if newest == known.number and digest == known.digest else Fault.UNKNOWN_STATE
        return manifest, None if newest > known.number or digest == known.digest else Fault.UNKNOWN_STATE

    def _begun(self, folder: BackupFolder, known: KnownBackup | None) -> KnownBackup:
        """Say in the archive which state comes next, before anything of it is on the medium."""
        place = str(folder.root.parent)
        if known is None:
            known = KnownBackup(self._archive.new_id(), place, 0)
        number = max([known.begun, *folder.numbers()], default=0) + 1
        begun = replace(known, place=place, begun=number)
        with self._archive.store.transaction() as records:
            records.backups.remember(begun)
        return begun

    def _check_room(self, folder: BackupFolder, to_copy: int) -> None:
        database = (self._archive.folder / "archive.db").stat().st_size
        needed = to_copy + database + database // 8 + _SPARE_BYTES
        free = self._medium.free(folder.root)
        if free < needed:
            raise StorageFailed(
                tr(
                    "The medium is too full for this backup: {needed} MB are needed, {free} MB are free.",
                    needed=-(-needed // 1_000_000),
                    free=free // 1_000_000,
                ),
                safe=tr("Nothing was written; what was backed up before is untouched."),
                todo=tr("Free some space on it or use a larger one."),
            )

    def _tidy(self, folder: BackupFolder, manifest: Manifest, subjects: frozenset[str], *, thorough: bool) -> None:
        """Remove what the new state replaces, and what was destroyed in the archive.

        `thorough`: the older states hold what was destroyed, or open with a key that was renewed; their database is overwritten.
        """
        for number in folder.numbers():
            if number < manifest.number:
                folder.drop_state(number, overwrite_database=thorough)
        tidy(folder, manifest, subjects)

    def _finished(
        self, known: KnownBackup, folder: BackupFolder, manifest: Manifest, buried: Sequence[Tombstone]
    ) -> None:
        done = replace(
            known,
            number=manifest.number,
            digest=sha256(self._medium, folder, manifest.number),
            finished_at=manifest.made_at,
            size=manifest.size,
            obeyed=max((one.row for one in buried), default=0),
        )
        with self._archive.store.transaction() as records:
            records.backups.remember(done)

    def _on_one_disk(self, folder: BackupFolder) -> bool:
        return folder.root.stat().st_dev == self._archive.folder.stat().st_dev


def _still_opens(known: KnownBackup, buried: Sequence[Tombstone]) -> tuple[str, ...]:
    """Interviews of which something was destroyed since the backup was last finished; one that never was opens nothing."""
    return tuple(dict.fromkeys(one.code for one in buried if one.row > known.obeyed)) if known.number else ()
