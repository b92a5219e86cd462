"""The key of an interview lies in a file of its own, and wrapped in the database."""

from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records
from oralhistory.services.archive.opened import OpenArchive


def ensure_key(archive: OpenArchive, records: Records, interview: Interview) -> None:
    """Put the database's copy of the interview's key back if the key file was lost or damaged.

    StorageFailed when the whole archive is gone from where it was: a transaction asks that before it begins, and then may
    wait for another one; a disk pulled meanwhile must not get a new folder in its place.
    """
    archive.require_there()
    archive.vault.restore_interview_key(interview.id, records.interviews.wrapped_key(interview.id))
