"""Whether the database is the one that was here last: a state from before is asked about, and nothing leaves until somebody
answers.

A small sealed file beside the database keeps the last line of the custody log. A database put back in its place does not have
that line; a restored archive has a file that says so. What narrators withdrew and what was removed or destroyed since that
state is not in it, so a person enters it again and confirms. Copies of the whole folder are not told apart: nothing beside
them knows more than they do. Where nothing was noted in the log since a state, there is nothing to ask about.
"""

import json
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from oralhistory import durable
from oralhistory.domain.ports import ARCHIVE, Clock, CustodyEvent, Records, Store, UnlockedKeys
from oralhistory.domain.today import StateQuestion
from oralhistory.errors import Damaged, OralHistoryError, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive.calendar import Calendar

WITNESS = "archive.witness"
"""The file beside the database; no backup holds it."""
_PURPOSE = "witness"
_NOTE = "brought_back"
_LONGEST = 4096


def restored(keys: UnlockedKeys, made_at: datetime) -> bytes:
    """The content of `WITNESS` in an archive that comes from a backup of this time."""
    return keys.seal_own(_PURPOSE, json.dumps({"brought_back": made_at.isoformat()}).encode())


def as_notes(made_at: datetime) -> dict[str, str]:
    """What a database of this time must have in its notes when it is put back."""
    return {_NOTE: json.dumps({"as_of": made_at.isoformat(), "last_known": None})}


class BroughtBack:
    """One for an open archive."""

    def __init__(self, folder: Path, keys: UnlockedKeys, store: Store, clock: Clock, calendar: Calendar) -> None:
        self._file = folder / WITNESS
        self._keys = keys
        self._store = store
        self._clock = clock
        self._calendar = calendar
        self._turn = threading.Lock()
        self._behind: set[int] = set()
        """The threads that add a line to the custody log: what another one commits is no line of theirs."""
        self._written = ""
        """The hash of the line that stands in the file."""
        with store.reading() as records:
            noted = _noted(records)
            self._question = noted or self._found(records)
        if self._question is not None and noted is None:
            self._note(self._question)
        self.write()

    @property
    def question(self) -> StateQuestion | None:
        """What a person must be asked about the state of the archive; None when it is the newest as far as is known."""
        return self._question

    def confirm(self, actor: str) -> None:
        """A person entered again what was withdrawn, removed or destroyed since."""
        question = self._question
        if question is None:
            return
        with self._store.transaction() as records:
            self._calendar.witness(records)
            records.notes.delete(_NOTE)
            action = f"state of {question.as_of.date().isoformat()} confirmed after it was brought back"
            records.custody.add(CustodyEvent(ARCHIVE, self._clock(), actor, action, "done"))
        self._question = None
        self.write()

    def expect(self) -> None:
        """A line is being added to the custody log: `keep_up` has something to do when it is committed."""
        self._behind.add(threading.get_ident())

    def keep_up(self) -> None:
        """Called behind a transaction: note the newest line, if there is one."""
        if threading.get_ident() in self._behind:
            self._behind.discard(threading.get_ident())
            self.write()

    def write(self) -> None:
        """Note the last line of the custody log that is committed. A disk that refuses leaves an older one, which counts too."""
        if self._question is not None:
            return  # the file is what the same older database is known by when it is put back once more before somebody answers
        with self._turn, suppress(OralHistoryError):
            with self._store.reading() as records:
                last = records.custody.last()
            if last is not None and last.hash != self._written:
                told = {"number": last.number, "hash": last.hash, "at": last.event.at.isoformat()}
                durable.replace(self._file, self._keys.seal_own(_PURPOSE, json.dumps(told).encode()))
                self._written = last.hash

    def _found(self, records: Records) -> StateQuestion | None:
        """What the file says against this database."""
        told = self._read()
        if told is None:
            return None
        if "brought_back" in told:
            return StateQuestion(datetime.fromisoformat(told["brought_back"]))
        if records.custody.stands(int(told["number"]), str(told["hash"])):
            self._written = str(told["hash"])
            return None
        last = records.custody.last()
        known = datetime.fromisoformat(told["at"])
        return StateQuestion(last.event.at if last else known, known)

    def _note(self, question: StateQuestion) -> None:
        """So that it is asked until somebody answers, whatever becomes of the file. A full disk keeps nobody out."""
        last_known = question.last_known.isoformat() if question.last_known else None
        with suppress(StorageFailed), self._store.transaction() as records:
            records.notes.set(_NOTE, json.dumps({"as_of": question.as_of.isoformat(), "last_known": last_known}))

    def _read(self) -> dict[str, str] | None:
        """What stands in the file: nothing in an archive that has none, or one sealed under an archive key that is no more."""
        with suppress(OSError, Damaged):
            with self._file.open("rb") as file:
                told = json.loads(self._keys.unseal_own(_PURPOSE, file.read(_LONGEST)))
            return dict(told)
        return None


def _noted(records: Records) -> StateQuestion | None:
    note = records.notes.get(_NOTE)
    if note is None:
        return None
    told = json.loads(note)
    known = told["last_known"]
    return StateQuestion(datetime.fromisoformat(told["as_of"]), datetime.fromisoformat(known) if known else None)


def in_words(question: StateQuestion) -> str:
    """Which state it is, in the language in use."""
    facts = {"day": f"{question.as_of:%Y-%m-%d %H:%M}"}
    if question.last_known is None:
        return tr("This archive was brought back as it was at {day} UTC.", **facts)
    seen = f"{question.last_known:%Y-%m-%d %H:%M}"
    return tr("An older database stands here: of {day} UTC. This archive was in use at {seen} UTC.", seen=seen, **facts)


def until_then() -> str:
    """What holds as long as nobody confirmed the state, and what is to be done."""
    return tr(
        "What narrators withdrew since then, and what was removed or destroyed, is not in it: enter and do that again, then"
        " confirm it. Until then nothing is given out."
    )
