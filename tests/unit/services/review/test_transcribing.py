"""The machine's draft: asked consent, made window by window, stopped and taken up again, never touching what people did."""

import contextlib
import hashlib
import itertools
import os
import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.edits import SetText
from oralhistory.domain.interview import Status
from oralhistory.domain.transcript import Layer, Segment
from oralhistory.errors import Cancelled, Damaged, MalformedInput, NotAllowed, NotFound, WorkerFailed
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.wiring import drafting
from tests.helpers import leaks
from tests.helpers.archives import consent, new_desk
from tests.helpers.kept_engine import kept

ROOT = Path(__file__).resolve().parents[4]
MODEL = ROOT / "resources" / "demo" / "tiny-interview.pt"
LONG = ROOT / "resources" / "demo" / "lark.flac"
"""Of two windows."""
SHORT = ROOT / "tests" / "data" / "speech" / "ko_clean_short.flac"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    sha256 = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    with kept(MODEL, sha256) as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafting, "WhisperEngines", lambda _converted: engine)
        with new_desk(tmp_path_factory.mktemp("archive")) as desk:
            yield desk


def recorded(desk: Desk, *granted: str, sound: Path = SHORT) -> str:
    code = desk.interviews.create(["ko"]).code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", *granted))
    desk.importing.import_file(code, sound)
    return code


def said(segments: list[Segment]) -> list[tuple[int, int, str]]:
    return [(one.start_ms, one.end_ms, one.text) for one in segments]


@pytest.mark.full
def test_a_second_draft_never_touches_reviewed_text(desk: Desk, fixture_model: Path) -> None:
    code = recorded(desk, "machine_transcribe")
    desk.transcribing.run(code, model=str(fixture_model))
    first = desk.transcripts.segments(code)[0]
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "사람이 고친 말입니다."))])
    reviewed = desk.transcripts.segments(code)
    desk.transcribing.run(code, model=str(fixture_model), language="auto")
    assert desk.transcripts.segments(code) == reviewed


def test_without_the_permission_nothing_is_heard(desk: Desk, fixture_model: Path) -> None:
    code = recorded(desk)
    with pytest.raises(NotAllowed) as refused:
        desk.transcribing.run(code, model=str(fixture_model))
    assert [(one.code, one.details["purpose"]) for one in refused.value.reasons] == [
        ("not_asked", "machine_transcribe")
    ]
    assert desk.transcripts.segments(code, Layer.MACHINE) == []


def test_without_a_model_it_says_what_is_missing_and_waits(desk: Desk) -> None:
    first, second, gone = (recorded(desk, "machine_transcribe") for _ in range(3))
    before = desk.transcribing.waiting.codes()
    for code in (first, second, first, gone):
        with pytest.raises(NotFound) as missing:
            desk.transcribing.run(code)
        assert ".pt" in missing.value.todo
    assert desk.transcribing.waiting.codes() == [*before, first, second, gone]
    desk.transcribing.let_be(gone)
    assert desk.transcribing.waiting.codes() == [*before, first, second]
    for code in (first, second):
        desk.transcribing.let_be(code)


def test_a_damaged_model_is_a_sentence_and_the_recording_stays(desk: Desk, fixture_model: Path, tmp_path: Path) -> None:
    code = recorded(desk, "machine_transcribe")
    broken = tmp_path / "broken.pt"
    broken.write_bytes(fixture_model.read_bytes()[:100_000])
    with pytest.raises((MalformedInput, Damaged)):
        desk.transcribing.run(code, model=str(broken))
    assert [one.unchanged for one in desk.fixity.verify(code)] == [True]


def test_an_unknown_language_is_refused(desk: Desk, fixture_model: Path) -> None:
    code = recorded(desk, "machine_transcribe")
    with pytest.raises(MalformedInput):
        desk.transcribing.run(code, model=str(fixture_model), language="xx")


def test_consent_taken_back_in_the_middle_ends_it_at_the_next_window(desk: Desk, fixture_model: Path) -> None:
    code, done = recorded(desk, "machine_transcribe", sound=LONG), []

    def progress(done_ms: int, _whole_ms: int) -> None:
        done.append(done_ms)
        desk.consenting.withdraw(code, [Purpose.MACHINE_TRANSCRIBE])

    with pytest.raises(NotAllowed):
        desk.transcribing.run(code, model=str(fixture_model), progress=progress)
    assert len(done) == 1
    assert all(one.end_ms <= done[0] for one in desk.transcripts.segments(code, Layer.MACHINE))
    assert desk.transcripts.segments(code) == []


@pytest.mark.full
def test_a_later_session_is_put_behind_the_reviewed_text(desk: Desk, fixture_model: Path, tmp_path: Path) -> None:
    code = recorded(desk, "machine_transcribe")
    desk.transcribing.run(code, model=str(fixture_model))
    first = desk.transcripts.segments(code)[0]
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "사람이 고친 말입니다."))])
    reviewed = desk.transcripts.segments(code)
    samples, rate = soundfile.read(SHORT, dtype="int16")
    soundfile.write(tmp_path / "later.wav", samples, rate)
    later = desk.importing.import_file(code, tmp_path / "later.wav")
    desk.transcribing.run(code, model=str(fixture_model))
    now = desk.transcripts.segments(code)
    assert now[: len(reviewed)] == reviewed
    assert len(now) > len(reviewed)
    assert {one.recording for one in now[len(reviewed) :]} == {later.id}
    desk.transcripts.undo(code)
    assert desk.transcripts.segments(code)[0] == first


def test_a_text_that_came_before_the_sound_gets_no_second_telling(desk: Desk, fixture_model: Path) -> None:
    code = desk.interviews.create(["ko"]).code
    desk.transcripts.import_file(code, "talk.txt", "사람이 쓴 말입니다.")
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
    desk.importing.import_file(code, SHORT)
    desk.transcribing.run(code, model=str(fixture_model))
    assert [one.text for one in desk.transcripts.segments(code)] == ["사람이 쓴 말입니다."]


def test_a_stopped_draft_goes_on_where_it_stopped_and_equals_an_unbroken_one(desk: Desk, fixture_model: Path) -> None:
    unbroken = recorded(desk, "machine_transcribe", sound=LONG)
    desk.transcribing.run(unbroken, model=str(fixture_model))
    whole = desk.transcripts.segments(unbroken, Layer.MACHINE)
    assert len(whole) >= 8
    assert desk.interviews.card(unbroken).interview.status is Status.DRAFTED

    code, stop, done = recorded(desk, "machine_transcribe", sound=LONG), threading.Event(), []

    def progress(done_ms: int, whole_ms: int) -> None:
        assert whole_ms == 47_588
        done.append(done_ms)
        stop.set()

    with pytest.raises(Cancelled):
        desk.transcribing.run(code, model=str(fixture_model), progress=progress, cancelled=stop.is_set)
    assert desk.interviews.card(code).interview.status is Status.RECORDED
    assert code in desk.transcribing.waiting.codes(), "it goes on after a restart"
    kept = desk.transcripts.segments(code, Layer.MACHINE)
    assert 0 < len(kept) < len(whole)

    heard_again: list[int] = []
    desk.transcribing.run(code, model=str(fixture_model), progress=lambda ms, _: heard_again.append(ms))
    assert min(heard_again) > max(done), "a finished window was heard again"
    assert code not in desk.transcribing.waiting.codes()
    assert said(desk.transcripts.segments(code, Layer.MACHINE)) == said(whole)


def test_an_engine_that_nobody_named_is_the_archives_choice(desk: Desk, fixture_model: Path) -> None:
    assert desk.models.engine() == "whisper"
    with pytest.raises(MalformedInput):
        desk.models.use_engine("telepathy")
    desk.models.use_engine("fast")
    assert desk.models.engine() == "fast"
    desk.models.use_engine("whisper")


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("engine", ["whisper", "fast"])
def test_a_worker_killed_at_any_moment_costs_a_window_at_most(desk: Desk, fixture_model: Path, engine: str) -> None:
    """SIGKILL from outside, at moments drawn by chance; what is there in the end is what an unbroken run gives."""
    kills = 25  # for each engine
    unbroken, broken = (recorded(desk, "machine_transcribe", sound=LONG) for _ in range(2))
    desk.transcribing.run(unbroken, model=str(fixture_model), engine=engine)
    whole, killed = said(desk.transcripts.segments(unbroken, Layer.MACHINE)), 0
    chance = random.Random(kills)
    while killed < kills:
        before = windows_of(desk, broken)
        ended = threading.Event()
        killer = threading.Thread(target=kill_a_child_soon, args=(chance.uniform(0, 6), ended))
        killer.start()
        try:
            desk.transcribing.run(broken, model=str(fixture_model), engine=engine)
        except WorkerFailed:
            killed += 1
        else:  # it was done before: a new draft is begun
            assert said(desk.transcripts.segments(broken, Layer.MACHINE)) == whole
            before = []
        finally:
            ended.set()
            killer.join()
        now = windows_of(desk, broken)
        assert now[: len(before)] == before, "a finished window went"
        assert all(one[2] == two[1] for one, two in itertools.pairwise(now)), "a gap or a doubled window"
    desk.transcribing.run(broken, model=str(fixture_model), engine=engine)
    assert said(desk.transcripts.segments(broken, Layer.MACHINE)) == whole


def windows_of(desk: Desk, code: str) -> list[tuple[str, int, int]]:
    """What is heard so far of a draft that is not done."""
    with desk.archive.store.transaction() as records:
        draft = records.transcripts.latest_draft(desk.archive.interview(records, code).id)
        return records.transcripts.windows(draft.id) if draft and not draft.finished else []


def kill_a_child_soon(seconds: float, ended: threading.Event) -> None:
    if not ended.wait(seconds):
        for child in leaks.children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
