"""What the services need from the rooms above the domain, as protocols: vault, storage, audio, workers, detectors, formats."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from oralhistory.domain.consent import ConsentVersion, Withdrawal
from oralhistory.domain.edits import EditStep, Splice
from oralhistory.domain.interview import Interview, Mark, Recording, SealedRange, Status
from oralhistory.domain.person import Identity, Narrator
from oralhistory.domain.redaction import (
    Decisions,
    KnownString,
    LeakFinding,
    Mention,
    OpenQuestion,
    Profile,
    Proposal,
    ReleasedTranscript,
    RenderedSegment,
)
from oralhistory.domain.review import Attested, Heard
from oralhistory.domain.sound import PartSummary, SoundFormat
from oralhistory.domain.transcript import Draft, Layer, Segment, WindowResult

# --- vault ---------------------------------------------------------------------------------------------------------


class SealedPart(Protocol):
    """An open `.oha` part. PCM comes out as interleaved little-endian integers of `format`."""

    @property
    def format(self) -> SoundFormat: ...
    @property
    def frames(self) -> int: ...
    def read(self, first_frame: int, count: int) -> bytes: ...
    def summary(self) -> PartSummary: ...
    def close(self) -> None: ...


class PartKeys(Protocol):
    """Keys of one part that does not exist yet; goes to the recorder child over a pipe."""

    @property
    def file_id(self) -> str: ...
    def to_json(self) -> dict[str, Any]: ...


class Keys(Protocol):
    """The key slots of an archive folder: how an archive is made and opened."""

    def create(self, folder: Path, passphrase: str, owner: str) -> "tuple[UnlockedKeys, str]": ...
    def unlock(self, folder: Path, passphrase: str) -> "UnlockedKeys": ...
    def recover(self, folder: Path, code: str, new_passphrase: str) -> "UnlockedKeys": ...
    def change_passphrase(self, folder: Path, old: str, new: str) -> None: ...
    def slots(self, folder: Path) -> "Sequence[Slot]": ...


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the archive: `kind` is passphrase, recovery or organisation."""

    id: str
    kind: str
    owner: str
    created: str


class PartWriter(Protocol):
    """Seals a new part, record by record."""

    def append(self, pcm: bytes) -> None: ...
    def finish(self) -> PartSummary: ...
    def abandon(self) -> None: ...


class Vault(Protocol):
    """The keys of one unlocked archive and what they open."""

    @property
    def archive_id(self) -> str: ...
    def create_interview_key(self, interview_id: str) -> bytes: ...
    def restore_interview_key(self, interview_id: str, wrapped: bytes) -> None: ...
    def has_interview_key(self, interview_id: str) -> bool: ...
    def destroy_interview_key(self, interview_id: str) -> None: ...
    def part_keys(self, interview_id: str, count: int) -> Sequence[PartKeys]: ...
    def create_part(self, path: Path, keys: PartKeys, sound: SoundFormat) -> PartWriter: ...
    def open_part(self, interview_id: str, path: Path) -> SealedPart: ...
    def seal(self, interview_id: str, purpose: str, data: bytes) -> bytes: ...
    def unseal(self, interview_id: str, purpose: str, sealed: bytes) -> bytes: ...
    def close(self) -> None: ...


class UnlockedKeys(Vault, Protocol):
    """A vault that also opens the database."""

    def database_key(self) -> bytes: ...
    def slots_digest(self) -> str: ...


# --- storage -------------------------------------------------------------------------------------------------------


class Interviews(Protocol):
    def add(self, interview: Interview, wrapped_key: bytes) -> None: ...
    def all(self) -> list[Interview]: ...
    def by_code(self, code: str) -> Interview | None: ...
    def set_status(self, interview_id: str, status: Status) -> None: ...
    def set_languages(self, interview_id: str, languages: Sequence[str]) -> None: ...
    def wrapped_key(self, interview_id: str) -> bytes: ...


class People(Protocol):
    def add_narrator(self, narrator: Narrator) -> None: ...
    def narrators(self, interview_id: str) -> list[Narrator]: ...
    def update_narrator(self, narrator: Narrator) -> None: ...
    def set_identity(self, identity: Identity) -> None: ...
    def identity(self, person_id: str) -> Identity | None: ...
    def identities(self) -> list[Identity]: ...


class Consents(Protocol):
    def add(self, interview_id: str, version: ConsentVersion) -> None: ...
    def versions(self, interview_id: str) -> list[ConsentVersion]: ...
    def withdraw(self, interview_id: str, withdrawal: Withdrawal) -> None: ...
    def withdrawals(self, interview_id: str) -> list[Withdrawal]: ...


class Recordings(Protocol):
    def add(self, recording: Recording) -> None: ...
    def of(self, interview_id: str) -> list[Recording]: ...
    def ids(self) -> set[str]: ...
    def add_mark(self, mark: Mark) -> None: ...
    def marks(self, interview_id: str) -> list[Mark]: ...
    def seal_range(self, sealed: SealedRange) -> None: ...
    def sealed_ranges(self, interview_id: str) -> list[SealedRange]: ...


class Transcripts(Protocol):
    """Drafts of the machine, window by window, and the reviewed layer with its edits."""

    def start_draft(self, draft: Draft) -> None: ...
    def finish_draft(self, draft_id: str) -> None: ...
    def latest_draft(self, interview_id: str) -> Draft | None: ...
    def add_window(
        self, draft_id: str, recording_id: str, start_ms: int, end_ms: int, result: WindowResult
    ) -> None: ...
    def windows(self, draft_id: str) -> list[tuple[str, int, int]]: ...
    def segments(self, interview_id: str, layer: Layer) -> list[Segment]: ...
    def replace_reviewed(self, interview_id: str, segments: Sequence[Segment]) -> None: ...
    def splice(self, interview_id: str, splice: Splice) -> None: ...
    def add_step(self, step: EditStep) -> None: ...
    def set_undone(self, step_id: str, undone: bool) -> None: ...
    def steps(self, interview_id: str) -> list[tuple[EditStep, datetime]]: ...
    def drop_undone(self, interview_id: str) -> None: ...


class Attestations(Protocol):
    def add(self, interview_id: str, attested: Attested) -> None: ...
    def of(self, interview_id: str) -> list[Attested]: ...
    def add_heard(self, interview_id: str, heard: Heard) -> None: ...
    def heard(self, interview_id: str) -> list[Heard]: ...


class Redactions(Protocol):
    def save(self, interview_id: str, document: Decisions) -> None: ...
    def decisions(self, interview_id: str) -> Decisions: ...


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """What was given to whom. `sha256` is of the file's bytes; the file's path is not kept."""

    id: str
    interview_id: str
    code: str
    format: str
    profile: str
    purpose: str
    recipient: str
    sha256: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """Who did what to which object, when; hash-chained by the store."""

    interview_id: str
    at: datetime
    actor: str
    action: str
    outcome: str
    object_hash: str = ""


class Exports(Protocol):
    def add(self, record: ExportRecord) -> None: ...
    def of(self, interview_id: str) -> list[ExportRecord]: ...


class Custody(Protocol):
    def add(self, event: CustodyEvent) -> None: ...
    def of(self, interview_id: str) -> list[CustodyEvent]: ...


class Notes(Protocol):
    """Small values of the archive itself: schema-free, by key (default model, running recorder, slots digest)."""

    def get(self, key: str) -> str | None: ...
    def set(self, key: str, value: str) -> None: ...
    def delete(self, key: str) -> None: ...


class Records(Protocol):
    """Everything one transaction can reach."""

    @property
    def interviews(self) -> Interviews: ...
    @property
    def people(self) -> People: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def recordings(self) -> Recordings: ...
    @property
    def transcripts(self) -> Transcripts: ...
    @property
    def attestations(self) -> Attestations: ...
    @property
    def redactions(self) -> Redactions: ...
    @property
    def exports(self) -> Exports: ...
    @property
    def custody(self) -> Custody: ...
    @property
    def notes(self) -> Notes: ...


class Store(Protocol):
    """The encrypted database. A transaction commits as a whole when its block ends, and not at all when it raises."""

    def transaction(self) -> AbstractContextManager[Records]: ...
    def search(self, text: str) -> list[tuple[str, Segment]]: ...
    def close(self) -> None: ...


# --- audio and workers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or loudspeaker as the system names it."""

    name: str
    channels: int
    default: bool


@dataclass(frozen=True, slots=True)
class RecorderOrder:
    """What the recorder child is told: where to write, with which keys, from which microphone (None: the default)."""

    folder: Path
    keys: Sequence[PartKeys]
    sound: SoundFormat
    device: str | None
    outlives_starter: bool


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """State of a running take, ten times a second or so.

    `peaks` are the largest sample of each channel since the last heartbeat, 0.0 to 1.0. `safe_ms` of sound are synced.
    `trouble` is a stable code: "" or "silent", "overrun", "device", "disk_low".
    """

    state: str
    elapsed_ms: int
    safe_ms: int
    peaks: tuple[float, ...]
    free_bytes: int
    lost_frames: int
    trouble: str = ""


class Take(Protocol):
    """A running recorder child, in hand. `events` yields heartbeats until the take ends; ending it loses nothing."""

    def events(self) -> Iterator[Heartbeat]: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def off_record(self) -> None: ...
    def mark(self, word: str) -> None: ...
    def stop(self) -> None: ...
    @property
    def address(self) -> str: ...


class Recorders(Protocol):
    def start(self, order: RecorderOrder) -> Take: ...
    def reattach(self, address: str) -> Take | None: ...
    def is_being_written(self, folder: Path) -> bool: ...


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """What a foreign sound file turned out to hold; PCM follows in blocks of 24-bit little-endian frames."""

    sound: SoundFormat
    blocks: Iterator[bytes]


class Sound(Protocol):
    """Devices, foreign files, and the resampling of what the vault opened."""

    def microphones(self) -> list[Device]: ...
    def decode(self, path: Path) -> AbstractContextManager[DecodedFile]: ...
    def for_speech(self, pcm: bytes, sound: SoundFormat) -> bytes: ...
    def write_wav(self, path: Path, sound: SoundFormat, blocks: Iterator[bytes]) -> None: ...


class Engine(Protocol):
    """An open transcriber child. `window` takes 16 kHz mono float32 PCM of at most 30 s."""

    @property
    def name(self) -> str: ...
    def window(self, pcm: bytes, language: str | None, prompt: str) -> WindowResult: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A speech model on this machine. `official` is its published name when the checksum is known, else None."""

    name: str
    path: Path
    sha256: str
    official: str | None
    size: int


class Models(Protocol):
    """The model files a person put on this machine. `find` takes a name or the path of a `.pt` file."""

    def list(self) -> Sequence[ModelInfo]: ...
    def add(self, file: Path, name: str) -> ModelInfo: ...
    def remove(self, name: str) -> None: ...
    def find(self, name_or_path: str) -> ModelInfo: ...


class SpeechWindows(Protocol):
    """Cuts 16 kHz mono float32 sound into windows of at most 30 s that cover all of it: (start_ms, end_ms, speech?)."""

    def cut(self, pcm: bytes) -> Sequence[tuple[int, int, bool]]: ...


class Doubts(Protocol):
    """Flags passages worth checking; takes the new segments and those before them, gives the new ones with flags."""

    def flagged(self, fresh: Sequence[Segment], before: Sequence[Segment], result: WindowResult) -> list[Segment]: ...


class Engines(Protocol):
    def open(self, model: Path, sha256: str, engine: str) -> AbstractContextManager[Engine]: ...


# --- redaction and export ------------------------------------------------------------------------------------------


class Anonymiser(Protocol):
    """Detectors, matching with particles, and rendering."""

    def propose(self, segments: Sequence[Segment]) -> list[Proposal]: ...
    def resolve(
        self, segments: Sequence[Segment], decisions: Decisions, proposals: Sequence[Proposal]
    ) -> tuple[list[Mention], list[OpenQuestion]]: ...
    def render(
        self, segments: Sequence[Segment], mentions: Sequence[Mention], profile: Profile
    ) -> list[RenderedSegment]: ...


class LeakCheck(Protocol):
    """Reads finished bytes, knowing nothing of how they were made."""

    def __call__(self, path: Path, known: Sequence[KnownString]) -> list[LeakFinding]: ...


class Exporter(Protocol):
    """One format. Writes the whole document as bytes; never touches the disk."""

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    def document(self, transcript: ReleasedTranscript) -> bytes: ...


Clock = Callable[[], datetime]
Calendar = Callable[[], date]
Entropy = Callable[[int], bytes]
Exporters = Mapping[str, Exporter]
