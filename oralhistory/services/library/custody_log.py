"""The custody log of the archive: proven to be whole, then shown or written to a file for whoever must see it."""

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from oralhistory.domain.ports import ARCHIVE, ChainedEvent
from oralhistory.i18n import tr
from oralhistory.services.archive import vouched
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.library import custody_words
from oralhistory.services.private_files import refuse_place, write_new


class CustodyLog:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def verify(self) -> None:
        """Damaged when the chain of the archive is not whole, naming the first entry that does not fit, or when what it tells
        of is stored otherwise, naming the interview."""
        with self._archive.store.reading() as records:
            records.custody.verify_chain()
            vouched.verify(records, records.interviews.all())

    def entries(self, code: str = "") -> list[tuple[str, ChainedEvent]]:
        """Every entry with its interview's code (nothing for the archive itself, or an interview that is gone), oldest first.

        With `code`, those of one interview. Damaged, naming the first entry that does not fit, when the chain is not whole.
        """
        with self._archive.store.reading() as records:
            records.custody.verify_chain()
            wanted = self._archive.interview(records, code).id if code else None
            codes = {one.id: one.code for one in records.interviews.all()}
            return [
                (codes.get(one.event.interview_id, "–") if one.event.interview_id != ARCHIVE else "", one)
                for one in records.custody.everything()
                if wanted in (None, one.event.interview_id)
            ]

    def write(self, path: Path, code: str = "") -> int:
        """Write the entries to the new file `path` as CSV, on record before it is done; how many there are.

        Damaged, StorageFailed; MalformedInput and NotFound where it may not lie (see `private_files`).
        """
        entries = self.entries(code)
        content = _table(entries)
        archive = self._archive
        with archive.store.transaction() as records:
            refuse_place(archive.folder, records, path)
            if code:
                interview, digest = archive.interview(records, code), hashlib.sha256(content).hexdigest()
                archive.record_custody(records, interview, "custody log written to a file", "done", digest)
            else:
                archive.record_custody_of_archive(records, "custody log written to a file")
        write_new(path, content)
        return len(entries)


def _table(entries: Sequence[tuple[str, ChainedEvent]]) -> bytes:
    """With the words as they are kept and as they are read: the hash of the chain is over the former."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([
        tr("Number"), tr("When"), tr("Who"), tr("Interview"), tr("What"), tr("Outcome"), tr("As kept"), tr("SHA-256"),
        tr("Chain"),
    ])  # fmt: skip
    for code, one in entries:
        event = one.event
        said = (custody_words.action(event.action), custody_words.outcome(event.outcome))
        writer.writerow([
            one.number, event.at.isoformat(), event.actor, code, *said, event.action, event.object_hash, one.hash,
        ])  # fmt: skip
    return written.getvalue().encode("utf-8-sig")
