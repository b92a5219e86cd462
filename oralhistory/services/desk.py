"""Everything a user can ask of one unlocked archive, in one hand: what window and command line are given."""

from dataclasses import dataclass

from oralhistory.services.addressing import Addressing
from oralhistory.services.admitting import Admitting
from oralhistory.services.attesting import Attesting
from oralhistory.services.backing_up import BackingUp
from oralhistory.services.casting import Casting
from oralhistory.services.checking_microphone import CheckingMicrophone
from oralhistory.services.consent_acts import ConsentActs
from oralhistory.services.consent_copies import ConsentCopies
from oralhistory.services.consenting import Consenting
from oralhistory.services.custody_log import CustodyLog
from oralhistory.services.decision_log import DecisionLogs
from oralhistory.services.describing import Describing
from oralhistory.services.destroying import Destroying
from oralhistory.services.drafts import Drafts
from oralhistory.services.due_list import DueList
from oralhistory.services.evidence import Evidence
from oralhistory.services.exporting_sound import ExportingSound
from oralhistory.services.fixity import FixityService
from oralhistory.services.form_texts import FormTexts
from oralhistory.services.identities import Identities
from oralhistory.services.importing import Importing
from oralhistory.services.integrity import Integrity
from oralhistory.services.interviews import Interviews
from oralhistory.services.leak_checking import LeakChecking
from oralhistory.services.library import Library
from oralhistory.services.listening import Listening
from oralhistory.services.models import ModelShelf
from oralhistory.services.note_taking import NoteTaking
from oralhistory.services.opened import OpenArchive
from oralhistory.services.recording import RecordingService
from oralhistory.services.redacting import Redacting
from oralhistory.services.releasing import Releasing
from oralhistory.services.searching import Searching
from oralhistory.services.second_reading import SecondReading
from oralhistory.services.staffing import Staffing
from oralhistory.services.telling import Telling
from oralhistory.services.topics import Topics
from oralhistory.services.transcribing import Transcribing
from oralhistory.services.transcripts import Transcripts
from oralhistory.services.voices import Voices
from oralhistory.services.withdrawing import Withdrawing


@dataclass(frozen=True, slots=True)
class Desk:
    archive: OpenArchive
    staffing: Staffing
    admitting: Admitting
    addressing: Addressing
    interviews: Interviews
    library: Library
    describing: Describing
    telling: Telling
    casting: Casting
    topics: Topics
    voices: Voices
    due_list: DueList
    custody_log: CustodyLog
    consenting: Consenting
    consent_acts: ConsentActs
    form_texts: FormTexts
    withdrawing: Withdrawing
    identities: Identities
    consent_copies: ConsentCopies
    evidence: Evidence
    drafts: Drafts
    recording: RecordingService
    checking_microphone: CheckingMicrophone
    note_taking: NoteTaking
    importing: Importing
    listening: Listening
    exporting_sound: ExportingSound
    fixity: FixityService
    models: ModelShelf
    transcribing: Transcribing
    transcripts: Transcripts
    attesting: Attesting
    redacting: Redacting
    second_reading: SecondReading
    leak_checking: LeakChecking
    releasing: Releasing
    decision_logs: DecisionLogs
    searching: Searching
    integrity: Integrity
    backing_up: BackingUp
    destroying: Destroying

    def close(self) -> None:
        try:
            self.redacting.close()
        finally:
            self.archive.close()
