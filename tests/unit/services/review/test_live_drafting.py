"""The draft that is made while a take goes on: the same as one made afterwards, and nobody's trouble but its own."""

import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile

from oralhistory.audio import samples
from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import Battery, Heartbeat, PartKeys, TakeState
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Draft, Layer
from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import AUDIO
from oralhistory.services.recording.takes import RunningTake, TakeMemo
from oralhistory.services.review.orders import TranscribeOrder
from tests.helpers.archives import consent
from tests.helpers.kept_engine import NAME, drafting_desk

ROOT = Path(__file__).resolve().parents[4]
LONG = ROOT / "resources" / "demo" / "lark.flac"
"""Of two windows."""
SOUND = SoundFormat(rate=16_000, frames_per_record=1_600)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with drafting_desk(tmp_path_factory.mktemp("archive")) as desk:
        desk.models.use_by_default(NAME)
        yield desk


class Take:
    """A take as its recorder writes it: real sealed parts, sound when the test says so."""

    def __init__(self, desk: Desk, *granted: str, purpose: TakePurpose = TakePurpose.TESTIMONY) -> None:
        self.desk, self.code = desk, desk.interviews.create(["ko"]).code
        desk.consenting.record(self.code, consent(Stage.BEFORE, "record_audio", *granted))
        interview = desk.interviews.card(self.code).interview
        vault, take_id = desk.archive.vault, desk.archive.new_id()
        self._keys: list[PartKeys] = list(vault.part_keys(interview.id, 4))
        self._folder = desk.archive.folder / AUDIO / interview.id / take_id
        self._folder.mkdir(parents=True)
        started = desk.archive.clock().isoformat()
        memo = TakeMemo(purpose, "", started, 0, tuple(one.file_id for one in self._keys))
        desk.recording.remember(take_id, memo)
        self.running = RunningTake(desk.recording, interview, take_id, memo, None)  # type: ignore[arg-type]
        self.begin_part()

    def begin_part(self) -> None:
        keys = self._keys.pop(0)
        self._part = self.desk.archive.vault.create_part(self._folder / f"{keys.file_id}.oha", keys, SOUND)

    def write(self, pcm: bytes) -> None:
        step = SOUND.frames_per_record * SOUND.bytes_per_frame
        for at in range(0, len(pcm), step):
            self._part.append(pcm[at : at + step])
        self._part.sync()

    def end_part(self) -> None:
        self._part.finish()


class Drafting(threading.Thread):
    """A live draft at work; it ends after the first window when it is to be `cut_short`, as by a lock."""

    def __init__(self, take: Take, patch: pytest.MonkeyPatch, *, cut_short: bool = False) -> None:
        super().__init__(name="live draft")
        self.live = take.desk.live_drafting.of(take.running)
        self.made: Draft | None = None
        self.trouble: OralHistoryError | None = None
        self._kept = threading.Semaphore(0)
        keep = take.desk.transcribing.prepared.keep

        def watched(*given: Any) -> None:
            keep(*given)
            self._kept.release()
            if cut_short:
                raise Cancelled("the archive was locked")

        patch.setattr(take.desk.transcribing.prepared, "keep", watched)
        self.start()

    def wait_for_a_window(self) -> None:
        assert self._kept.acquire(timeout=60)

    def run(self) -> None:
        try:
            self.made = self.live.run(lambda: False)
        except OralHistoryError as trouble:
            self.trouble = trouble


def spoken() -> bytes:
    found, rate = soundfile.read(LONG, dtype="float32")
    assert rate == SOUND.rate
    return samples.from_floats(found)


def windows_of(desk: Desk, draft: Draft) -> list[tuple[str, int, int]]:
    with desk.archive.store.transaction() as records:
        return records.transcripts.windows(draft.id)


def said(desk: Desk, code: str) -> list[tuple[int, int, str]]:
    return [(one.start_ms, one.end_ms, one.text) for one in desk.transcripts.segments(code, Layer.MACHINE)]


def test_it_is_the_draft_that_is_made_afterwards(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heard while the part grows; interrupted by a lock after the first window; taken up behind it; finished after Stop."""
    take, pcm = Take(desk, "machine_transcribe"), spoken()
    enough = 33 * SOUND.rate * SOUND.bytes_per_frame
    take.write(pcm[:enough])
    with monkeypatch.context() as patch:
        first = Drafting(take, patch, cut_short=True)
        first.join()
    assert isinstance(first.trouble, Cancelled)
    assert take.code in desk.transcribing.waiting.codes()

    second = Drafting(take, monkeypatch)
    take.write(pcm[enough:])
    take.end_part()
    take.begin_part()  # after a pause: what is left of the first part is a window now
    take.write(pcm[: SOUND.rate * SOUND.bytes_per_frame])
    second.wait_for_a_window()
    take.end_part()
    recordings = take.running.file()
    second.live.filed()
    second.join()
    assert second.made is not None and second.made.finished
    assert [one[1:] for one in windows_of(desk, second.made)][-1] == (47_588, 48_588)
    assert len(windows_of(desk, second.made)) == 3
    assert take.code not in desk.transcribing.waiting.codes()
    with desk.archive.store.transaction() as records:
        assert records.notes.keys("prepared:") == []

    made_live = said(desk, take.code)
    assert len(made_live) >= 8
    assert len(desk.transcripts.segments(take.code)) == len(made_live)
    afterwards = desk.transcribing.run(take.code)
    assert windows_of(desk, afterwards) == windows_of(desk, second.made)
    assert said(desk, take.code) == made_live
    assert {one.recording for one in desk.transcripts.segments(take.code)} <= {one.id for one in recordings}


def test_what_hinders_it_is_no_trouble_of_the_take(desk: Desk) -> None:
    with desk.archive.store.transaction() as records:
        records.notes.delete("default_model")
    no_model = Take(desk, "machine_transcribe")
    assert desk.live_drafting.of(no_model.running).run(lambda: False) is None
    assert no_model.code in desk.transcribing.waiting.codes(), "it waits for a model"
    desk.models.use_by_default(NAME)
    not_allowed = Take(desk)
    assert desk.live_drafting.of(not_allowed.running).run(lambda: False) is None
    spoken_consent = Take(desk, "machine_transcribe", purpose=TakePurpose.CONSENT)
    assert desk.live_drafting.of(spoken_consent.running).run(lambda: False) is None
    desk.models.draft_while_recording(False)
    afterwards = Take(desk, "machine_transcribe")
    assert desk.live_drafting.of(afterwards.running).run(lambda: False) is None
    desk.models.draft_while_recording(True)
    assert {not_allowed.code, spoken_consent.code, afterwards.code}.isdisjoint(desk.transcribing.waiting.codes())


def test_the_quick_model_writes_it_where_there_is_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[str] = []

    def opened(_interview: object, order: TranscribeOrder, _cancelled: object) -> None:
        wanted.append(order.model.name)
        raise Cancelled("It was stopped.")

    monkeypatch.setattr(desk.transcribing, "opened", opened)
    take = Take(desk, "machine_transcribe")
    for quick in (None, "quick"):
        monkeypatch.setattr(desk.models, "quick", lambda name=quick: name)
        monkeypatch.setattr(desk.models, "find", lambda name: SimpleNamespace(name=name or NAME, sha256="0" * 64))
        with pytest.raises(Cancelled):
            desk.live_drafting.of(take.running).run(lambda: False)
    assert wanted == [NAME, "quick"]
    desk.transcribing.let_be(take.code)



def test_on_battery_nothing_is_heard_before_the_take_is_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Take(desk, "machine_transcribe")
    take.write(spoken()[: 2 * SOUND.rate * SOUND.bytes_per_frame])
    take.end_part()
    take.begin_part()
    take.end_part()
    take.running.file()
    live = desk.live_drafting.of(take.running)
    live.beat(Heartbeat(TakeState.RECORDING, 0, 0, (), 0, 0, battery=Battery(50, charging=False)))
    monkeypatch.setattr(desk.transcribing.prepared, "keep", lambda *_: pytest.fail("it was heard on battery"))
    monkeypatch.setattr("oralhistory.services.review.live_drafting._LOOK_EVERY_S", 0.01)
    looks: list[bool] = []

    def looked() -> bool:
        looks.append(True)
        if len(looks) == 5:
            live.filed()
        return False

    made = live.run(looked)
    assert made is not None and made.finished


class Kept:
    """What a live draft keeps, window by window, told as `slow` or not; heard without an engine, because it is silence."""

    def __init__(self, take: Take, patch: pytest.MonkeyPatch) -> None:
        self.slow: list[bool] = []
        self._live = take.desk.live_drafting.of(take.running)
        self._order = take.desk.transcribing.order(take.running.interview)
        keep = take.desk.transcribing.prepared.keep

        def watched(*given: Any) -> None:
            keep(*given)
            self.slow.append(self._live._rests_until > 0)

        patch.setattr(take.desk.transcribing.prepared, "keep", watched)

    def follow(self, windows: int, wanted: Callable[[], bool] = lambda: True) -> None:
        """Until so many are kept and this is `wanted`; then it is cancelled, as it is when it looked a thousand times."""
        looks = count()

        def enough() -> bool:
            return (len(self.slow) >= windows and wanted()) or next(looks) > 1_000

        with pytest.raises(Cancelled):
            self._live._follow(None, self._order, enough)  # type: ignore[arg-type]


class Clock:
    """Stands until a test says how late it is."""

    def __init__(self) -> None:
        self.now = 5.0

    def monotonic(self) -> float:
        return self.now


def silence(seconds: int) -> bytes:
    return bytes(seconds * SOUND.rate * SOUND.bytes_per_frame)


def test_a_short_rest_before_a_pause_does_not_call_the_machine_slow(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Take(desk, "machine_transcribe")
    hours = count(step=3600)
    clock = SimpleNamespace(monotonic=lambda: next(hours))
    monkeypatch.setattr("oralhistory.services.review.live_drafting.time", clock)
    take.write(silence(2))
    take.end_part()
    take.begin_part()
    kept = Kept(take, monkeypatch)
    kept.follow(1)
    assert kept.slow == [False]
    take.write(silence(33))
    kept.follow(2)
    assert kept.slow == [False, True]
    take.end_part()
    desk.transcribing.let_be(take.code)


def test_a_machine_that_was_too_slow_rests_and_is_measured_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that takes 100 s to hear is followed by 1000 s in which nothing is heard, and then by the next one."""
    take, clock = Take(desk, "machine_transcribe"), Clock()
    monkeypatch.setattr("oralhistory.services.review.live_drafting.time", clock)
    monkeypatch.setattr("oralhistory.services.review.live_drafting._LOOK_EVERY_S", 0.0)
    hear = desk.transcribing.ear.hear

    def slowly(*given: Any) -> Any:
        clock.now += 100 if not kept.slow else 1
        return hear(*given)

    monkeypatch.setattr(desk.transcribing.ear, "hear", slowly)
    take.write(silence(62))
    kept, looks = Kept(take, monkeypatch), count()
    kept.follow(1, lambda: next(looks) == 5)
    assert kept.slow == [True], "it is left to the recorder, though there is sound to hear"
    clock.now += 999
    looks = count()
    kept.follow(1, lambda: next(looks) == 5)
    assert kept.slow == [True]
    clock.now += 2
    kept.follow(2)
    assert kept.slow == [True, False]
    take.end_part()
    desk.transcribing.let_be(take.code)


def test_it_is_cancelled_between_two_windows_in_which_nobody_speaks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Take(desk, "machine_transcribe")
    for _ in range(3):
        take.write(silence(2))
        take.end_part()
        take.begin_part()
    kept = Kept(take, monkeypatch)
    kept.follow(1)
    assert len(kept.slow) == 1
    take.end_part()
    desk.transcribing.let_be(take.code)
