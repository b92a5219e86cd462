"""Backups as the archive remembers them, and the catalogue of what sealed files hashed to when they were copied first."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, false, func, select
from sqlalchemy.dialects import sqlite

from oralhistory.domain.backup import CatalogueEntry, KnownBackup, SealedFile
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import backups, recordings, sealed_files

_KNOWN = ("id", "place", "begun", "number", "digest", "finished_at", "size", "obeyed")


class Backups(Repository):
    def known(self) -> list[KnownBackup]:
        """Every backup, the first one made first."""
        rows = self._rows(select(backups).order_by(backups.c.row))
        return [KnownBackup(**{name: one[name] for name in _KNOWN}) for one in rows]

    def remember(self, backup: KnownBackup) -> None:
        """Add it, or put it in the place of what was known of it."""
        self._put(backups, "id", **{name: getattr(backup, name) for name in _KNOWN})

    def forget(self, backup_id: str) -> bool:
        """Whether there was one."""
        return self._run(delete(backups).where(backups.c.id == backup_id)) == 1

    def unsaved(self, since: datetime | None) -> int:
        """How many recordings were never copied, or began after `since`."""
        made = recordings.c.recorded_at
        new = recordings.c.path.not_in(select(sealed_files.c.path)) | (made > since if since else false())
        return int(self._value(select(func.count()).select_from(recordings).where(new)))

    def catalogue(self) -> dict[str, CatalogueEntry]:
        """What was noted of each file, by its path in the archive."""
        table = sealed_files
        rows = self._rows(select(table.c.path, table.c.size, table.c.sha256, table.c.mtime_ns))
        return {
            one["path"]: CatalogueEntry(SealedFile(one["path"], one["size"], one["sha256"]), one["mtime_ns"])
            for one in rows
        }

    def note(self, entries: Iterable[CatalogueEntry]) -> None:
        """Add entries, or put them in the place of the ones of the same path."""
        values = [
            {"path": one.file.path, "size": one.file.size, "sha256": one.file.sha256, "mtime_ns": one.mtime_ns}
            for one in entries
        ]
        if values:
            order = sqlite.insert(sealed_files)
            changed = {name: order.excluded[name] for name in ("size", "sha256", "mtime_ns")}
            self._connection.execute(order.on_conflict_do_update(["path"], set_=changed), values)
