"""The one place that builds real objects and hands them to the services.

Rooms are imported here, and the heavy libraries behind them only when they are used: building the program loads neither
torch nor a sound library.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from oralhistory import paths, places
from oralhistory.anonymise import particles
from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.anonymise.offices import names_nobody
from oralhistory.audio.playback import Player
from oralhistory.audio.sound import MachineSound
from oralhistory.audio.system import SoundSystem
from oralhistory.domain.holder import COMMAND, WINDOW
from oralhistory.domain.ports import Clock, Slot
from oralhistory.export.formats import formats
from oralhistory.services.archive.addressing import Addressing
from oralhistory.services.archive.admitting import Admitting
from oralhistory.services.archive.archives import Archives
from oralhistory.services.archive.earlier import EarlierVersions
from oralhistory.services.archive.integrity import Integrity
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.archive.staffing import Staffing
from oralhistory.services.backup.backing_up import BackingUp
from oralhistory.services.backup.restoring import Restoring
from oralhistory.services.consent.consent_acts import ConsentActs
from oralhistory.services.consent.consent_copies import ConsentCopies
from oralhistory.services.consent.consenting import Consenting
from oralhistory.services.consent.evidence import Evidence
from oralhistory.services.consent.form_texts import FormTexts
from oralhistory.services.desk import Desk
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
from oralhistory.services.library.topics import Topics, starting_list
from oralhistory.services.library.voices import Voices
from oralhistory.services.program import Program
from oralhistory.services.recording import at_the_door
from oralhistory.services.recording.checking_microphone import CheckingMicrophone
from oralhistory.services.recording.fixity import FixityService
from oralhistory.services.recording.importing import Importing
from oralhistory.services.recording.listening import Listening
from oralhistory.services.recording.note_taking import NoteTaking
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.takes import TakeInHand
from oralhistory.services.release.decision_log import DecisionLogs
from oralhistory.services.release.exporting_sound import ExportingSound
from oralhistory.services.release.handing_over import sweep
from oralhistory.services.release.leak_checking import LeakChecking
from oralhistory.services.release.proposing import Proposing
from oralhistory.services.release.redacting import Redacting
from oralhistory.services.release.releasing import Releasing
from oralhistory.services.release.second_reading import SecondReading
from oralhistory.services.review.attesting import Attesting
from oralhistory.services.review.models import ModelShelf
from oralhistory.services.review.transcribing import Transcribing
from oralhistory.services.review.transcripts import Transcripts
from oralhistory.services.withdrawal.destroying import Destroying
from oralhistory.services.withdrawal.withdrawing import Withdrawing
from oralhistory.storage import before
from oralhistory.storage.archive_lock import ArchiveLocks
from oralhistory.storage.medium_lock import hold as hold_medium
from oralhistory.storage.snapshot import opened as open_snapshot
from oralhistory.storage.store import open_store
from oralhistory.transcription.doubts import DoubtFinder
from oralhistory.transcription.models import ModelStore
from oralhistory.transcription.windows import SpeechWindows
from oralhistory.vault import keyslots
from oralhistory.vault.door import Door
from oralhistory.vault.medium import Medium
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.workers.analysing import KiwiProcess
from oralhistory.workers.decoding import decode
from oralhistory.workers.inspecting import inspect_model
from oralhistory.workers.recording import RecorderProcesses
from oralhistory.workers.transcribing import WhisperEngines


def program(
    *,
    kind: str = COMMAND,
    cost: Argon2Cost | None = None,
    models: Path | None = None,
    clock: Clock | None = None,
    with_morphology: bool = True,
) -> Program:
    """The whole program, as a window or a command.

    `cost` of new passphrases (None: measured here), `models`: the folder of speech models, `clock`: another than the machine's.
    `with_morphology`: whether names are looked for with the help of Korean morphology, which takes a child process and seconds.
    """
    system = SoundSystem()
    sound = MachineSound(system, decode)
    shelf = ModelStore(models or paths.models_folder(), inspect_model)
    clock = clock or _now
    lock = ArchiveLocks(kind, clock)
    door = Door(cost)
    archives = Archives(
        door, open_store, lock, places.refuse_network_share, clock, secrets.token_bytes
    )
    return Program(
        archives=archives,
        microphones=sound.microphones,
        desk=lambda archive: _desk(archive, door, sound, shelf, with_morphology, ahead=kind == WINDOW),
        restoring=Restoring(door, Medium(), open_snapshot, hold_medium, places.refuse_network_share),
        earlier=EarlierVersions(door, lock, before, clock),
        player=lambda: Player(system),
        running_take=_running_take,
        is_recording=lambda folder: at_the_door.is_recording(RecorderProcesses(), folder),
        stop_recording=lambda folder: at_the_door.stop_recording(RecorderProcesses(), folder),
        ending=lambda folder, takes: at_the_door.ending(RecorderProcesses(), folder / keyslots.FILE_NAME, takes),
        demo_folder=paths.resources() / "demo",
        default_archive=paths.default_archive(),
    )


def _desk(
    archive: OpenArchive, door: Door, sound: MachineSound, shelf: ModelStore, with_morphology: bool, ahead: bool
) -> Desk:
    models = ModelShelf(archive, shelf)
    doubts = DoubtFinder.from_file(paths.resources() / "phantoms.json")
    redacting = _redacting(archive, with_morphology, ahead)
    recorders, admitting = RecorderProcesses(), Admitting(archive, door)
    interviews, library, fixity = Interviews(archive), Library(archive), FixityService(archive)
    topics, glossary = Topics(archive, starting_list(paths.resources() / "topics.json")), Glossary(archive, particles)
    recording = RecordingService(archive, recorders, sound, paths.reserve_folder())
    backing_up = BackingUp(archive, Medium(), open_snapshot, recorders, hold_medium)
    checking = LeakChecking(archive, redacting, FileLeakCheck(), names_nobody)
    reading = SecondReading(archive, redacting, lambda: _people(admitting.slots()))
    acts, texts = ConsentActs(archive, admitting.second_person), FormTexts(archive, paths.resources() / "consent")
    identities, consenting = Identities(archive), Consenting(archive, texts)
    sweep(archive)  # whatever a killed export left behind goes before anything is asked
    return Desk(
        archive=archive,
        staffing=Staffing(archive, admitting.slots),
        admitting=admitting,
        addressing=Addressing(archive, door),
        interviews=interviews,
        library=library,
        consenting=consenting,
        consent_acts=acts,
        withdrawing=Withdrawing(archive, acts, paths.resources() / "letters"),
        identities=identities,
        consent_copies=ConsentCopies(consenting, texts, interviews, identities),
        form_texts=texts,
        evidence=Evidence(archive),
        describing=Describing(archive, interviews),
        telling=Telling(archive),
        casting=Casting(archive),
        topics=topics,
        glossary=glossary,
        voices=Voices(archive, library, topics),
        due_list=DueList(archive, fixity),
        custody_log=CustodyLog(archive),
        drafts=Drafts(archive),
        recording=recording,
        checking_microphone=CheckingMicrophone(archive, recorders),
        note_taking=NoteTaking(archive),
        importing=Importing(archive, sound),
        listening=Listening(archive),
        exporting_sound=ExportingSound(archive, sound, redacting),
        fixity=fixity,
        models=models,
        transcribing=Transcribing(archive, models, WhisperEngines(shelf.converted), sound, SpeechWindows(), doubts),
        transcripts=Transcripts(archive, particles),
        attesting=Attesting(archive),
        redacting=redacting,
        second_reading=reading,
        leak_checking=checking,
        releasing=Releasing(archive, redacting, formats(), checking, reading),
        decision_logs=DecisionLogs(archive, redacting),
        searching=Searching(archive),
        integrity=Integrity(archive),
        backing_up=backing_up,
        destroying=Destroying(archive, Medium(), recording, backing_up),
    )


def _redacting(archive: OpenArchive, with_morphology: bool, ahead: bool) -> Redacting:
    analysis = KiwiProcess() if with_morphology else None
    anonymise = Anonymise(morphology=analysis)
    proposing = Proposing(archive, anonymise, analysis)
    if ahead:
        proposing.look_ahead()
    return Redacting(archive, anonymise, proposing)


def _people(slots: Sequence[Slot]) -> frozenset[str]:
    """Who has a passphrase of their own; a printed code or the organisation's key is nobody who reads."""
    return frozenset(slot.owner for slot in slots if slot.kind == "passphrase")


def _running_take(address: str) -> TakeInHand | None:
    take = RecorderProcesses().reattach(address)
    return TakeInHand(take) if take else None


def _now() -> datetime:
    return datetime.now(UTC)
