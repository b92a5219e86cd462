"""An unlocked archive in hand: what every service works on, and how others hear of changes."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from oralhistory.domain.interview import Interview
from oralhistory.domain.person import Narrator
from oralhistory.domain.ports import ARCHIVE, Clock, CustodyEvent, Entropy, Records, Store, UnlockedKeys
from oralhistory.domain.today import Today
from oralhistory.errors import Cancelled, NotFound, OralHistoryError, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive.brought_back import BroughtBack
from oralhistory.services.archive.calendar import Calendar

DATABASE = "archive.db"


class Changed(StrEnum):
    """What a notice says is another one now: of an interview, or of the archive as a whole."""

    INTERVIEW = "interview"
    STATE = "state"  # of an interview: it followed its text, nobody set it
    CONSENT = "consent"
    RECORDING = "recording"
    NOTES = "notes"
    DRAFT = "draft"
    TEXT = "text"
    REVIEW = "review"
    DECISIONS = "decisions"
    EXPORT = "export"
    LEAKS = "leaks"
    DAMAGE = "damage"
    REMOVED = "removed"
    DESTROYED = "destroyed"
    BACKUP = "backup"
    STAFF = "staff"
    SLOTS = "slots"
    TOPICS = "topics"
    GLOSSARY = "glossary"
    PHANTOMS = "phantoms"
    FORM_TEXTS = "form_texts"
    FILTERS = "filters"
    INTEGRITY = "integrity"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed, in the interview `code` ("": in the archive; of staff, slots and form texts, which one)."""

    what: Changed
    code: str
    by: str


class Notices:
    """Tells whoever asked that something changed. Called on the thread that made the change."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Notice], None]] = []

    def subscribe(self, listener: Callable[[Notice], None]) -> Callable[[], None]:
        """Hear every notice until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def announce(self, notice: Notice) -> None:
        for listener in tuple(self._listeners):
            listener(notice)


DEMONSTRATION = "demo"
"""Whoever opens the demonstration, in which nobody is real."""


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """Folder, keys and database of one unlocked archive; `actor` is who stands in history and custody."""

    folder: Path
    vault: UnlockedKeys
    store: Store
    clock: Clock
    calendar: Calendar
    brought_back: BroughtBack
    entropy: Entropy
    actor: str
    release_lock: Callable[[], None]
    notices: Notices = field(default_factory=Notices)
    session: str = field(default_factory=lambda: uuid4().hex)
    """This unlocking and no other: what carries another one was begun before and is over."""
    changing_keys: AbstractContextManager[object] = field(default_factory=threading.RLock)
    """Held by whoever changes the list of key slots, from reading it to having it written, and by a backup that takes it."""
    closing: threading.Event = field(default_factory=threading.Event)
    """Set when the archive is about to be locked: long work ends at its next `go_on`."""

    def new_id(self) -> str:
        return self.entropy(16).hex()

    def interview(self, records: Records, code: str) -> Interview:
        """The interview with this public code; NotFound when there is none."""
        found = records.interviews.by_code(code.strip().upper())
        if found is None:
            raise NotFound(
                tr("There is no interview {code} in this archive.", code=code.strip()),
                todo=tr("Look at the list of interviews for its code."),
            )
        return found

    def narrator(self, records: Records, person: str) -> tuple[Interview, Narrator]:
        """The narrator with the code `person`, and the interview in which they speak; NotFound when there is nobody."""
        found = records.people.by_code(person.strip().upper())
        if found is None:
            raise NotFound(
                tr("There is nobody with the code {code} in this archive.", code=person.strip()),
                todo=tr("Look at the interview for the codes of who speaks in it."),
            )
        return next(one for one in records.interviews.all() if one.id == found.interview_id), found

    def today(self) -> Today:
        """The day for decisions; its two bounds differ while the clock is in doubt (see `Calendar`), and it knows of what day the
        archive is while nobody confirmed a state that was brought back (see `BroughtBack`)."""
        question = self.brought_back.question
        as_of = self.calendar.day_of(question.as_of) if question else None
        return replace(self.calendar.today(), as_of=as_of)

    def record_custody(
        self,
        records: Records,
        interview: Interview,
        action: str,
        outcome: str = "done",
        object_hash: str = "",
        by: str = "",
    ) -> None:
        """`by` is the staff code of whoever did it, where that is not who opened the archive."""
        self.record_custody_by_id(records, interview.id, action, outcome, object_hash, by)

    def record_custody_of_archive(self, records: Records, action: str) -> None:
        """What was done to the archive as a whole and not to one interview."""
        self.record_custody_by_id(records, ARCHIVE, action)

    def record_custody_by_id(
        self, records: Records, interview_id: str, action: str, outcome: str = "done", object_hash: str = "", by: str = ""
    ) -> None:
        """As `record_custody`, of an interview that may be gone; whatever is recorded, the clock was seen then."""
        self.calendar.witness(records)
        records.custody.add(CustodyEvent(interview_id, self.clock(), by or self.actor, action, outcome, object_hash))
        self.brought_back.expect()

    def require_there(self) -> None:
        """StorageFailed when the archive's folder is gone (a pulled disk): nothing may be made anew in its place."""
        if not (self.folder / DATABASE).exists():
            raise StorageFailed(
                tr("The archive's folder is not there any more."),
                safe=tr("Nothing was made in its place."),
                todo=tr("Plug its disk in again, or put the folder back where it was; then go on."),
            )

    def go_on(self) -> None:
        """For long work, between its steps: Cancelled when the archive is being locked."""
        if self.closing.is_set():
            raise Cancelled(
                tr("It was stopped because the archive was locked."),
                safe=tr("What was finished is kept."),
                todo=tr("Do it again after unlocking."),
            )

    def announce(self, what: Changed, code: str = "") -> None:
        """Tell whoever listens that something changed; called behind the transaction."""
        self.brought_back.keep_up()
        self.notices.announce(Notice(what, code, self.actor))

    def close(self) -> None:
        """Close the database, drop the keys, let the next one in; the keys go whatever the disk says."""
        self.closing.set()
        try:
            with suppress(OralHistoryError):  # nothing that cannot be written down keeps an archive open
                self.calendar.close()
            self.brought_back.write()
            self.store.close()
        finally:
            self.vault.close()
            self.release_lock()
