"""Opening a backup: the newest whole state that verifies, with whatever opens its key slots.

Refuses a state whose list was not written under the keys that open it; says when an older one had to do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.backup import Fault, Finding, Manifest
from oralhistory.domain.ports import HoldMedium, Keys, Medium, UnlockedKeys
from oralhistory.errors import Damaged, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.backup.backup_checks import kept_still
from oralhistory.services.backup.backup_folder import BackupFolder, found_in
from oralhistory.services.backup.backup_state import read_manifest

OpenKeys = Callable[[Path], UnlockedKeys]
"""Opens the key slots in a folder. WrongPassphrase, Damaged, NotFound, MalformedInput, StorageFailed (they cannot be read)."""


@dataclass(frozen=True, slots=True)
class OpenedState:
    """`kind` of key slot opened it; `skipped`: a newer state stands there and does not verify."""

    folder: BackupFolder
    keys: UnlockedKeys
    manifest: Manifest
    kind: str
    skipped: bool

    @property
    def path(self) -> Path:
        return self.folder.state(self.manifest.number)

    def findings(self) -> list[Finding]:
        """What is wrong with it before any of its files was read."""
        return [Finding("", Fault.ROLLED_BACK)] if self.skipped else []


@contextmanager
def newest_state(
    source: Path, open_keys: OpenKeys, keys: Keys, medium: Medium, hold: HoldMedium
) -> Iterator[OpenedState]:
    """The state to go by, held against a backup that would replace it. NotFound, Damaged, InUse; errors of `open_keys`."""
    folder = found_in(source, medium)
    with kept_still(hold, folder.root):
        state = _newest(folder, open_keys, keys, medium)
        try:
            yield state
        finally:
            state.keys.close()


def _newest(folder: BackupFolder, open_keys: OpenKeys, keys: Keys, medium: Medium) -> OpenedState:
    numbers = folder.whole()
    if not numbers:
        raise NotFound(tr("The backup in this folder was never finished."), todo=tr("Use another backup."))
    fault: Damaged | StorageFailed | None = None
    for number in numbers:
        try:
            opened = open_keys(folder.state(number))
        except (Damaged, StorageFailed) as unopened:
            fault = fault or unopened
            continue
        manifest = read_manifest(opened, medium, folder, number)
        if manifest is not None:
            kinds = {one.id: one.kind for one in keys.slots(folder.state(number))}
            return OpenedState(folder, opened, manifest, kinds.get(opened.opened_by, ""), skipped=number != numbers[0])
        opened.close()
    raise fault or Damaged(
        tr("The list of what the backup holds is not one that this archive wrote: it is damaged, or was exchanged."),
        safe=tr("Nothing was changed."),
        todo=tr("Use another backup."),
    )
