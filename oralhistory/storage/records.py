"""What the database keeps in one transaction: a repository for each noun, made when it is first asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from oralhistory.made_when_asked import MadeWhenAsked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from oralhistory.storage.attachments import Attachments
    from oralhistory.storage.attestations import Attestations
    from oralhistory.storage.backups import Backups
    from oralhistory.storage.consents import Consents
    from oralhistory.storage.custody import Custody
    from oralhistory.storage.destructions import Destructions
    from oralhistory.storage.erasure import Erasure
    from oralhistory.storage.events import Events
    from oralhistory.storage.exports import Exports
    from oralhistory.storage.facts import Facts
    from oralhistory.storage.fixity import Fixity
    from oralhistory.storage.form_texts import FormTexts
    from oralhistory.storage.glossary import Glossary
    from oralhistory.storage.interviews import Interviews
    from oralhistory.storage.leaks import Leaks
    from oralhistory.storage.library import Library
    from oralhistory.storage.looked import LookedAt
    from oralhistory.storage.notes import Notes
    from oralhistory.storage.participants import Participants
    from oralhistory.storage.people import People
    from oralhistory.storage.recordings import Recordings
    from oralhistory.storage.redactions import Redactions
    from oralhistory.storage.removals import Removals
    from oralhistory.storage.sessions import Sessions
    from oralhistory.storage.staff import Staff
    from oralhistory.storage.taking_out import TakingOut
    from oralhistory.storage.topics import Topics
    from oralhistory.storage.transcripts import Transcripts
    from oralhistory.storage.written_sessions import WrittenSessions

_BY_THE_CLOCK = frozenset({"leaks", "redactions", "taking_out", "transcripts"})
"""Repositories that write down when something was done."""


class Records(MadeWhenAsked):
    interviews: Interviews
    library: Library
    people: People
    facts: Facts
    events: Events
    participants: Participants
    sessions: Sessions
    topics: Topics
    glossary: Glossary
    consents: Consents
    form_texts: FormTexts
    attachments: Attachments
    recordings: Recordings
    written_sessions: WrittenSessions
    transcripts: Transcripts
    attestations: Attestations
    redactions: Redactions
    looked: LookedAt
    leaks: Leaks
    exports: Exports
    custody: Custody
    fixity: Fixity
    staff: Staff
    notes: Notes
    backups: Backups
    destructions: Destructions
    erasure: Erasure
    removals: Removals
    taking_out: TakingOut

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        def make(records: Records, name: str) -> object:
            module = importlib.import_module(f"oralhistory.storage.{name}")
            repository = getattr(module, type(records).__annotations__[name])
            return repository(connection, clock) if name in _BY_THE_CLOCK else repository(connection)

        super().__init__(make)
