"""Everything one transaction can reach."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from oralhistory.storage.attachments import Attachments
from oralhistory.storage.attestations import Attestations
from oralhistory.storage.backups import Backups
from oralhistory.storage.consents import Consents
from oralhistory.storage.custody import Custody
from oralhistory.storage.destructions import Destructions
from oralhistory.storage.erasing import Erasure
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
from oralhistory.storage.sessions import Sessions
from oralhistory.storage.staff import Staff
from oralhistory.storage.topics import Topics
from oralhistory.storage.transcripts import Transcripts
from oralhistory.storage.written_sessions import WrittenSessions


class Records:
    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.interviews = Interviews(connection)
        self.library = Library(connection)
        self.people = People(connection)
        self.facts = Facts(connection)
        self.events = Events(connection)
        self.participants = Participants(connection)
        self.sessions = Sessions(connection)
        self.topics = Topics(connection)
        self.glossary = Glossary(connection)
        self.consents = Consents(connection)
        self.form_texts = FormTexts(connection)
        self.attachments = Attachments(connection)
        self.recordings = Recordings(connection)
        self.written_sessions = WrittenSessions(connection)
        self.transcripts = Transcripts(connection, clock)
        self.attestations = Attestations(connection)
        self.redactions = Redactions(connection, clock)
        self.looked = LookedAt(connection)
        self.leaks = Leaks(connection, clock)
        self.exports = Exports(connection)
        self.custody = Custody(connection)
        self.fixity = Fixity(connection)
        self.staff = Staff(connection)
        self.notes = Notes(connection)
        self.backups = Backups(connection)
        self.destructions = Destructions(connection)
        self.erasure = Erasure(connection)
