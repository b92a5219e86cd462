"""Sessions without sound, for narrators who do not want to be recorded: begun, written while they speak, ended, corrected later.

Every save is one transaction, so that a window may save each second and a crash loses no more than that. A session that was
interrupted is gone on with.
"""

from collections.abc import Callable
from dataclasses import replace

from oralhistory.domain.consent import Context, Operation
from oralhistory.domain.interview import Interview, Status, WrittenSession
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consenting import require, session_under_way

LONGEST_TEXT = 1 << 20
"""Characters: some five hundred pages."""
BEGUN, ENDED, CHANGED = mark("notes begun"), mark("notes ended"), mark("notes changed")


class NoteTaking:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def begin(self, code: str) -> WrittenSession:
        """Begin a written session, or go on with the one that was not ended. NotAllowed without an informed consent."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            number = session_under_way(records, interview)
            require(archive, records, interview, Operation.TAKE_NOTES, Context(session=number))
            before = records.written_sessions.of(interview.id)
            going_on = next((one for one in before if one.ended_at is None), None)
            if going_on:
                return going_on
            session = WrittenSession(archive.new_id(), interview.id, len(before) + 1, number, archive.clock())
            records.written_sessions.put(session)
            archive.record_custody(records, interview, BEGUN)
        archive.announce(Changed.NOTES, interview.code)
        return session

    def save(self, code: str, text: str, number: int | None = None, *, known: bool = False) -> WrittenSession:
        """Keep `text` as the notes of a session: of the one that goes on, or of that number, also after its end.

        `known`: the history tells of this correction already, of which every second is saved.
        NotFound; MalformedInput for a text that no session has. What stood there before is replaced.
        """
        if len(text) > LONGEST_TEXT:
            raise MalformedInput(
                tr("These notes are too long: at most {most} characters.", most=LONGEST_TEXT), safe=tr("Nothing was changed.")
            )
        return self._change(code, number, lambda session: replace(session, text=_kept(text)), known=known)

    def add(self, code: str, text: str, number: int | None = None) -> WrittenSession:
        """Keep `text` as a further paragraph. As `save`."""
        with self._archive.store.transaction() as records:
            before = _chosen(records, self._archive.interview(records, code), number).text
        return self.save(code, f"{before}\n{text}" if before else text, number)

    def end(self, code: str) -> WrittenSession:
        """The session that goes on is over. NotFound when there is none."""
        session = self._change(code, None, lambda going_on: replace(going_on, ended_at=self._archive.clock()))
        self._archive.announce(Changed.NOTES, code.strip().upper())
        return session

    def session(self, code: str, number: int) -> WrittenSession:
        """That written session, as it is on file now. NotFound."""
        with self._archive.store.transaction() as records:
            return _chosen(records, self._archive.interview(records, code), number)

    def sessions(self, code: str) -> list[WrittenSession]:
        """The written sessions of an interview, oldest first."""
        with self._archive.store.transaction() as records:
            return records.written_sessions.of(self._archive.interview(records, code).id)

    def words(self, code: str) -> str:
        """What was written in all sessions of an interview, oldest first; empty when nothing was."""
        return "\n".join(filter(None, (one.text for one in self.sessions(code))))

    def _change(
        self, code: str, number: int | None, change: Callable[[WrittenSession], WrittenSession], *, known: bool = False
    ) -> WrittenSession:
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            before = _chosen(records, interview, number)
            session = change(before)
            records.written_sessions.put(session)
            another = _follow_notes(records, interview)
            # What is typed while they speak is not worth a line each second.
            if session.ended_at and session != before and not known:
                archive.record_custody(records, interview, ENDED if before.ended_at is None else CHANGED)
        if another:
            archive.announce(Changed.STATE, interview.code)
        return session


def _follow_notes(records: Records, interview: Interview) -> bool:
    """While there is neither sound nor text: whether the interview was held follows from its notes. Whether it is another now."""
    held = any(one.text for one in records.written_sessions.of(interview.id) if one.ended_at)
    status = Status.NOTED if held else Status.PLANNED
    if interview.status not in (Status.PLANNED, Status.NOTED) or status is interview.status:
        return False
    records.interviews.set_status(interview.id, status)
    return True


def _kept(text: str) -> str:
    """As other text is kept, line by line."""
    return "\n".join(normalised(line) for line in text.splitlines())


def _chosen(records: Records, interview: Interview, number: int | None) -> WrittenSession:
    found = [
        one
        for one in records.written_sessions.of(interview.id)
        if (one.ended_at is None if number is None else one.number == number)
    ]
    if not found:
        raise NotFound(
            tr("No written session of this interview goes on.") if number is None
            else tr("There is no written session {number}.", number=number),
            todo=tr("Begin one, or look at the list of written sessions."),
        )  # fmt: skip
    return found[0]
