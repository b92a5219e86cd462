"""Everything a user can ask of one unlocked archive, in one hand: what window and command line are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oralhistory.made_when_asked import MadeWhenAsked

if TYPE_CHECKING:
    from oralhistory.services.archive.addressing import Addressing
    from oralhistory.services.archive.admitting import Admitting
    from oralhistory.services.archive.integrity import Integrity
    from oralhistory.services.archive.opened import OpenArchive
    from oralhistory.services.archive.staffing import Staffing
    from oralhistory.services.backup.backing_up import BackingUp
    from oralhistory.services.consent.consent_acts import ConsentActs
    from oralhistory.services.consent.consent_copies import ConsentCopies
    from oralhistory.services.consent.consenting import Consenting
    from oralhistory.services.consent.evidence import Evidence
    from oralhistory.services.consent.form_texts import FormTexts
    from oralhistory.services.drafts import Drafts
    from oralhistory.services.due_list import DueList
    from oralhistory.services.library.casting import Casting
    from oralhistory.services.library.custody_log import CustodyLog
    from oralhistory.services.library.describing import Describing
    from oralhistory.services.library.glossary import Glossary
    from oralhistory.services.library.identities import Identities
    from oralhistory.services.library.interviews import Interviews
    from oralhistory.services.library.library import Library
    from oralhistory.services.library.searching import Searching
    from oralhistory.services.library.telling import Telling
    from oralhistory.services.library.topics import Topics
    from oralhistory.services.library.voices import Voices
    from oralhistory.services.recording.checking_microphone import CheckingMicrophone
    from oralhistory.services.recording.fixity import FixityService
    from oralhistory.services.recording.importing import Importing
    from oralhistory.services.recording.listening import Listening
    from oralhistory.services.recording.note_taking import NoteTaking
    from oralhistory.services.recording.recording import RecordingService
    from oralhistory.services.release.bagging import Bagging
    from oralhistory.services.release.decision_log import DecisionLogs
    from oralhistory.services.release.exporting_sound import ExportingSound
    from oralhistory.services.release.leak_checking import LeakChecking
    from oralhistory.services.release.opening_packages import OpeningPackages
    from oralhistory.services.release.recipients import Recipients
    from oralhistory.services.release.redacting import Redacting
    from oralhistory.services.release.releasing import Releasing
    from oralhistory.services.release.second_reading import SecondReading
    from oralhistory.services.review.attesting import Attesting
    from oralhistory.services.review.benching import Benching
    from oralhistory.services.review.channel_labels import ChannelLabels
    from oralhistory.services.review.live_drafting import LiveDrafting
    from oralhistory.services.review.models import ModelShelf
    from oralhistory.services.review.phantoms import Phantoms
    from oralhistory.services.review.transcribing import Transcribing
    from oralhistory.services.review.transcripts import Transcripts
    from oralhistory.services.withdrawal.destroying import Destroying
    from oralhistory.services.withdrawal.removing import Removing
    from oralhistory.services.withdrawal.withdrawing import Withdrawing


class Desk(MadeWhenAsked):
    """Each service is made when it is first asked for."""

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
    glossary: Glossary
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
    phantoms: Phantoms
    transcribing: Transcribing
    live_drafting: LiveDrafting
    benching: Benching
    transcripts: Transcripts
    attesting: Attesting
    channel_labels: ChannelLabels
    redacting: Redacting
    second_reading: SecondReading
    leak_checking: LeakChecking
    releasing: Releasing
    recipients: Recipients
    decision_logs: DecisionLogs
    bagging: Bagging
    opening_packages: OpeningPackages
    searching: Searching
    integrity: Integrity
    backing_up: BackingUp
    destroying: Destroying
    removing: Removing

    def close(self) -> None:
        try:
            if self.is_made("redacting"):
                self.redacting.close()
        finally:
            self.archive.close()
