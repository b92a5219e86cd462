"""A real encrypted database in a folder of its own, and what an interview needs to stand in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oralhistory.domain.interview import Interview, Recording, Status, TakePurpose
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Draft, Segment, WindowResult, Word
from oralhistory.storage.store import Database, open_store

KEY = bytes(range(32))
INTERVIEW = "0123456789abcdef0123456789abcdef"
BEGAN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@dataclass
class Clock:
    """Each look is a second later."""

    now: datetime = field(default=BEGAN)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def opened(database: Path) -> Iterator[Callable[[], Database]]:
    """Opens the database, as often as wanted; all are closed at the end."""
    stores: list[Database] = []

    def open_it() -> Database:
        stores.append(open_store(database, KEY, Clock()))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[[], Database]) -> Database:
    """A database with one interview, one recording and one draft without windows."""
    store = opened()
    add_interview(store, INTERVIEW, "I-4MX9")
    return store


def add_interview(store: Database, interview_id: str, code: str) -> None:
    with store.transaction() as records:
        records.interviews.add(Interview(interview_id, code, ("ko",), Status.PLANNED, BEGAN), b"wrapped")
        records.recordings.add(recording(interview_id))
        records.transcripts.start_draft(draft(interview_id))


def recording(interview_id: str = INTERVIEW, name: str = "r1") -> Recording:
    return Recording(
        id=f"{name}-{interview_id}",
        interview_id=interview_id,
        take_id=f"t1-{interview_id}",
        part=1,
        purpose=TakePurpose.TESTIMONY,
        start_ms=0,
        duration_ms=60_000,
        frames=2_880_000,
        format=SoundFormat(),
        sha256="aa",
        complete=True,
        gaps=(),
        path="audio/r1.oha",
        device="USB microphone",
        source_sha256="",
        recorded_at=BEGAN,
    )


def draft(interview_id: str = INTERVIEW, name: str = "d1") -> Draft:
    return Draft(f"{name}-{interview_id}", interview_id, "whisper", "tiny", "bb", "ko", finished=False)


def segment(name: str, text: str, start_ms: int = 0, interview_id: str = INTERVIEW) -> Segment:
    """A segment with a word of 100 ms for each run of letters."""
    words = tuple(
        Word(word, start_ms + 100 * i, start_ms + 100 * i + 90, 0.5 + i / 1000) for i, word in enumerate(text.split())
    )
    end_ms = start_ms + 100 * max(len(words), 1)
    return Segment(name, f"r1-{interview_id}", start_ms, end_ms, text, "narrator", "ko", words, frozenset({"check"}))


def result(*segments: Segment) -> WindowResult:
    return WindowResult(segments, "ko", -0.25, 0.01, 1.5)


def review(store: Database, texts: list[str], interview_id: str = INTERVIEW) -> list[Segment]:
    """Put these texts into the reviewed layer."""
    segments = [segment(f"s{i}", text, 1_000 * i, interview_id) for i, text in enumerate(texts)]
    with store.transaction() as records:
        records.transcripts.replace_reviewed(interview_id, segments)
    return segments
