"""The machine's draft: asked consent, made window by window, stopped and taken up again, never touching what people did."""

import contextlib
import itertools
import json
import os
import random
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.edits import SetText
from oralhistory.domain.interview import Status
from oralhistory.domain.transcript import Layer, Segment, WindowResult
from oralhistory.errors import Cancelled, Damaged, MalformedInput, NotAllowed, NotFound, WorkerFailed
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.transcription.chinese_writer import ChineseWriter
from oralhistory.workers.transcribing import WhisperChild
from tests.helpers import leaks
from tests.helpers.archives import consent
from tests.helpers.kept_engine import MODEL, NAME, drafting_desk
from tests.tools.fixture_model import synth

ROOT = Path(__file__).resolve().parents[4]
LONG = ROOT / "resources" / "demo" / "lark.flac"
"""Of two windows."""
SHORT = ROOT / "tests" / "data" / "speech" / "ko_clean_short.flac"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with drafting_desk(tmp_path_factory.mktemp("archive")) as desk:
        yield desk


def recorded(desk: Desk, *granted: str, sound: Path = SHORT) -> str:
    code = desk.interviews.create(["ko"]).code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", *granted))
    desk.importing.import_file(code, sound)
    return code


def said(segments: list[Segment]) -> list[tuple[int, int, str]]:
    return [(one.start_ms, one.end_ms, one.text) for one in segments]


def test_chinese_is_written_in_the_script_that_was_chosen(desk: Desk) -> None:
    """Word for word at the times that were heard; what was converted, and by what, stands with the draft."""
    code = recorded(desk, "machine_transcribe", sound=SHORT.with_name("zh_short.flac"))
    draft = desk.transcribing.run(code, model=NAME, language="zh", chinese=ChineseScript.TRADITIONAL)
    assert draft.chinese.startswith("traditional (OpenCC ")
    heard = desk.transcripts.segments(code, Layer.MACHINE)
    assert len(heard) > 4
    back = ChineseWriter(ChineseScript.SIMPLIFIED)
    known = {text for language, text in synth.SENTENCES if language == "zh"}
    assert sum(back.convert(one.text) in known for one in heard) > 4
    assert len({one.text for one in heard} - known) > 4, "they were left as they were heard"
    for segment in heard:
        assert "".join(word.text for word in segment.words) == segment.text
        times = [time for word in segment.words for time in (word.start_ms, word.end_ms)]
        assert times == sorted(times) and segment.start_ms <= times[0] and times[-1] <= segment.end_ms
    with desk.archive.store.reading() as records:
        interview = desk.archive.interview(records, code)
        assert records.transcripts.latest_draft(interview.id) == draft
        told = [one.action for one in records.custody.of(interview.id)]
    assert any(one.endswith(f", Chinese in {draft.chinese}") for one in told)
    assert desk.transcribing.order(interview, NAME, language="ko").chinese is ChineseScript.AS_HEARD
    desk.models.write_chinese(ChineseScript.SIMPLIFIED)
    assert desk.transcribing.order(interview, NAME, language="zh").chinese is ChineseScript.SIMPLIFIED


@pytest.mark.full
def test_a_second_draft_never_touches_reviewed_text(desk: Desk) -> None:
    code = recorded(desk, "machine_transcribe")
    desk.transcribing.run(code, model=NAME)
    first = desk.transcripts.segments(code)[0]
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "사람이 고친 말입니다."))])
    reviewed = desk.transcripts.segments(code)
    desk.transcribing.run(code, model=NAME, language="auto")
    assert desk.transcripts.segments(code) == reviewed


def test_without_the_permission_nothing_is_heard(desk: Desk) -> None:
    code = recorded(desk)
    with pytest.raises(NotAllowed) as refused:
        desk.transcribing.run(code, model=NAME)
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


def test_a_damaged_model_is_a_sentence_and_the_recording_stays(desk: Desk, tmp_path: Path) -> None:
    code = recorded(desk, "machine_transcribe")
    broken = tmp_path / "broken.pt"
    broken.write_bytes(MODEL.read_bytes()[:100_000])
    with pytest.raises((MalformedInput, Damaged)):
        desk.transcribing.run(code, model=str(broken))
    assert [one.unchanged for one in desk.fixity.verify(code)] == [True]


def test_an_unknown_language_is_refused(desk: Desk) -> None:
    code = recorded(desk, "machine_transcribe")
    with pytest.raises(MalformedInput):
        desk.transcribing.run(code, model=NAME, language="xx")


def test_consent_taken_back_in_the_middle_ends_it_at_the_next_window(desk: Desk) -> None:
    code, done = recorded(desk, "machine_transcribe", sound=LONG), []

    def progress(done_ms: int, _whole_ms: int) -> None:
        done.append(done_ms)
        desk.consenting.withdraw(code, [Purpose.MACHINE_TRANSCRIBE])

    with pytest.raises(NotAllowed):
        desk.transcribing.run(code, model=NAME, progress=progress)
    assert len(done) == 1
    kept = desk.transcripts.segments(code, Layer.MACHINE)
    assert kept and all(one.end_ms <= done[0] for one in kept)
    assert desk.transcripts.segments(code) == []


@pytest.mark.full
def test_a_later_session_is_put_behind_the_reviewed_text(desk: Desk, tmp_path: Path) -> None:
    code = recorded(desk, "machine_transcribe")
    desk.transcribing.run(code, model=NAME)
    first = desk.transcripts.segments(code)[0]
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "사람이 고친 말입니다."))])
    reviewed = desk.transcripts.segments(code)
    samples, rate = soundfile.read(SHORT, dtype="int16")
    soundfile.write(tmp_path / "later.wav", samples, rate)
    later = desk.importing.import_file(code, tmp_path / "later.wav")
    desk.transcribing.run(code, model=NAME)
    now = desk.transcripts.segments(code)
    assert now[: len(reviewed)] == reviewed
    assert len(now) > len(reviewed)
    assert {one.recording for one in now[len(reviewed) :]} == {later.id}
    desk.transcripts.undo(code)
    assert desk.transcripts.segments(code)[0] == first


def test_a_text_that_came_before_the_sound_gets_no_second_telling(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what the organisation wants to be written right stands before every window."""
    asked: list[str] = []
    window = WhisperChild.window

    def watched(child: WhisperChild, pcm: bytes, languages: Sequence[str], prompt: str) -> WindowResult:
        asked.append(prompt)
        return window(child, pcm, languages, prompt)

    monkeypatch.setattr(WhisperChild, "window", watched)
    for term in ("두만강", "연길"):
        desk.glossary.put(term)
    desk.glossary.put("the Tumen", language="en")
    code = desk.interviews.create(["ko"]).code
    desk.transcripts.import_file(code, "talk.txt", "사람이 쓴 말입니다.")
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
    desk.importing.import_file(code, SHORT)
    desk.transcribing.run(code, model=NAME)
    assert [one.text for one in desk.transcripts.segments(code)] == ["사람이 쓴 말입니다."]
    assert asked == ["두만강, 연길"]
    for one in desk.glossary.all():
        desk.glossary.remove(one.text)


def test_a_stopped_draft_goes_on_where_it_stopped_and_equals_an_unbroken_one(desk: Desk) -> None:
    unbroken = recorded(desk, "machine_transcribe", sound=LONG)
    desk.transcribing.run(unbroken, model=NAME)
    whole = desk.transcripts.segments(unbroken, Layer.MACHINE)
    assert len(whole) >= 8
    assert desk.interviews.card(unbroken).interview.status is Status.DRAFTED

    code, stop, done = recorded(desk, "machine_transcribe", sound=LONG), threading.Event(), []

    def progress(done_ms: int, whole_ms: int) -> None:
        assert whole_ms == 47_588
        done.append(done_ms)
        stop.set()

    with pytest.raises(Cancelled):
        desk.transcribing.run(code, model=NAME, progress=progress, cancelled=stop.is_set)
    assert desk.interviews.card(code).interview.status is Status.RECORDED
    assert code in desk.transcribing.waiting.codes(), "it goes on after a restart"
    kept = desk.transcripts.segments(code, Layer.MACHINE)
    assert 0 < len(kept) < len(whole)

    heard_again: list[int] = []
    desk.transcribing.run(code, model=NAME, progress=lambda ms, _: heard_again.append(ms))
    assert min(heard_again) > max(done), "a finished window was heard again"
    assert code not in desk.transcribing.waiting.codes()
    assert said(desk.transcripts.segments(code, Layer.MACHINE)) == said(whole)


@pytest.mark.full
def test_it_gives_way_to_a_recording_and_goes_on_behind_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is there for the draft of the take meanwhile, and no window is heard twice."""
    code, recording, rested, done = recorded(desk, "machine_transcribe", sound=LONG), threading.Event(), [], []
    monkeypatch.setattr(desk.recording, "is_under_way", recording.is_set)

    def progress(done_ms: int, _whole_ms: int) -> None:
        done.append(done_ms)
        if len(done) == 1:
            recording.set()

    def held(resting: bool) -> None:
        rested.append((resting, desk.transcribing.making, len(done)))
        recording.clear()

    draft = desk.transcribing.run(code, model=NAME, progress=progress, held=held)
    assert rested == [(True, "", 1), (False, "", 1)]
    assert draft.finished and done == sorted(set(done)) and len(done) > 1
    with desk.archive.store.reading() as records:
        ends = [(start, end) for _, start, end in records.transcripts.windows(draft.id)]
    assert all(one[1] == two[0] for one, two in itertools.pairwise(ends)) and ends[-1][1] == 47_588

    waiting, stop = recorded(desk, "machine_transcribe"), threading.Event()
    recording.set()
    with pytest.raises(Cancelled):
        desk.transcribing.run(waiting, model=NAME, held=lambda _resting: stop.set(), cancelled=stop.is_set)
    assert waiting in desk.transcribing.waiting.ready()
    desk.transcribing.let_be(waiting)


@pytest.mark.full
def test_with_a_microphone_each_the_channel_says_who_speaks(desk: Desk, tmp_path: Path) -> None:
    """Every other sentence is said at the second microphone; the first one hears it from across the table."""
    heard, rate = soundfile.read(SHORT, dtype="float32")
    told = json.loads(SHORT.with_suffix(".json").read_text("utf-8"))["segments"]
    levels = np.ones((len(heard), 2), np.float32) * (1, 0.3)
    for one in told[1::2]:
        levels[round(one["start"] * rate) : round(one["end"] * rate)] = (0.3, 1)
    soundfile.write(tmp_path / "two.wav", heard[:, None] * levels, rate)
    code = recorded(desk, "machine_transcribe", sound=tmp_path / "two.wav")
    desk.phantoms.put("ko", [told[0]["text"]])
    desk.transcribing.run(code, model=NAME)
    found = desk.transcripts.segments(code)
    who = {one["text"]: "S1" if place % 2 == 0 else "S2" for place, one in enumerate(told)}
    labelled = [one for one in found if one.text in who]
    assert len(labelled) >= 4
    assert [one.speaker for one in labelled] == [who[one.text] for one in labelled]
    assert ["phantom" in one.flags for one in found] == [one.text == told[0]["text"] for one in found], "the list is obeyed"
    desk.phantoms.restore("ko")


def test_an_engine_that_nobody_named_is_the_archives_choice(desk: Desk) -> None:
    assert desk.models.engine() == "whisper"
    with pytest.raises(MalformedInput):
        desk.models.use_engine("telepathy")
    desk.models.use_engine("fast")
    assert desk.models.engine() == "fast"
    desk.models.use_engine("whisper")


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("engine", ["whisper", "fast"])
def test_a_worker_killed_at_any_moment_costs_a_window_at_most(desk: Desk, engine: str) -> None:
    """SIGKILL from outside, at moments drawn by chance; what is there in the end is what an unbroken run gives."""
    kills = 25  # for each engine
    unbroken, broken = (recorded(desk, "machine_transcribe", sound=LONG) for _ in range(2))
    desk.transcribing.run(unbroken, model=NAME, engine=engine)
    whole, killed = said(desk.transcripts.segments(unbroken, Layer.MACHINE)), 0
    chance = random.Random(kills)
    while killed < kills:
        before = windows_of(desk, broken)
        ended = threading.Event()
        killer = threading.Thread(target=kill_a_child_soon, args=(chance.uniform(0, 6), ended))
        killer.start()
        try:
            desk.transcribing.run(broken, model=NAME, engine=engine)
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
    desk.transcribing.run(broken, model=NAME, engine=engine)
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
