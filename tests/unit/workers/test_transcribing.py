"""The transcriber child on real speech: what it hears, how it ends, and what it never says."""

import hashlib
import os
import random
import signal
import struct
import subprocess
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from oralhistory.domain.transcript import WindowResult, normalised
from oralhistory.errors import Cancelled, Damaged, MalformedInput, NotFound, OralHistoryError, WorkerFailed
from oralhistory.transcription.windows import SpeechWindows
from oralhistory.workers import heard, host, messages
from oralhistory.workers.messages import Message
from oralhistory.workers.transcribing import WhisperChild, WhisperEngines
from tests.helpers import speech

MODEL = Path(__file__).resolve().parents[3] / "resources" / "demo" / "tiny-interview.pt"
ENGINES = WhisperEngines(Path("unused"))
UPTO_S = 29.2
"""Where somebody pauses in the English recording: so much of each is heard here."""
A_MOMENT_S = 8.0
"""So much is enough where it does not matter what is said."""
SHA256 = hashlib.sha256(MODEL.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Heard:
    start_ms: int
    end_ms: int
    result: WindowResult


@pytest.fixture(scope="module")
def engine() -> Iterator[WhisperChild]:
    with ENGINES.open(MODEL, SHA256, "whisper") as opened:
        yield opened


@pytest.fixture(scope="module")
def drafts(engine: WhisperChild) -> dict[str, list[Heard]]:
    return {name: drafted(engine, name) for name in ("ko_clean_short", "en_interview")}


def drafted(engine: WhisperChild, name: str) -> list[Heard]:
    sound = speech.pcm(name, UPTO_S)
    return [
        Heard(start, end, engine.window(speech.between(sound, start, end), (), ""))
        for start, end, spoken in SpeechWindows().cut(sound)
        if spoken
    ]


def texts(draft: list[Heard]) -> list[str]:
    return [segment.text for window in draft for segment in window.result.segments]


@pytest.fixture(scope="module")
def plain() -> dict[str, list[str]]:
    """The sentences openai-whisper finds when it is given a whole recording."""
    import numpy as np
    import whisper

    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = whisper.load_model(str(MODEL), device="cpu")
        for name in ("ko_clean_short", "en_interview"):
            sound = np.frombuffer(speech.pcm(name, UPTO_S), np.float32).copy()
            told = model.transcribe(sound, fp16=False, verbose=None, temperature=0, condition_on_previous_text=False)
            found[name] = [normalised(one["text"]) for one in told["segments"]]
    return found


@pytest.mark.parametrize("name", ["ko_clean_short", "en_interview"])
def test_windows_find_what_whisper_finds(
    drafts: dict[str, list[Heard]], plain: dict[str, list[str]], name: str
) -> None:
    expected = plain[name]
    ours = texts(drafts[name])
    found = sum(sentence in ours for sentence in expected)
    assert len(expected) >= 6
    assert found >= 0.9 * len(expected)


@pytest.mark.parametrize(("name", "language", "share"), [("ko_clean_short", "ko", 0.8), ("en_interview", "en", 0.95)])
def test_what_was_said_is_found(drafts: dict[str, list[Heard]], name: str, language: str, share: float) -> None:
    said = speech.sentences(name, UPTO_S)
    ours = texts(drafts[name])
    assert sum(sentence in ours for sentence in said) >= share * len(said)
    assert {window.result.language for window in drafts[name]} == {language}
    assert {segment.language for window in drafts[name] for segment in window.result.segments} == {language}


def test_times_lie_in_the_window_and_never_go_back(drafts: dict[str, list[Heard]]) -> None:
    for window in (window for draft in drafts.values() for window in draft):
        time = 0
        for segment in window.result.segments:
            assert time <= segment.start_ms < segment.end_ms <= window.end_ms - window.start_ms
            at, time = 0, segment.start_ms
            for word in segment.words:
                assert time <= word.start_ms <= word.end_ms <= segment.end_ms
                assert word.probability is not None and 0 <= word.probability <= 1
                assert word.text == word.text.strip() != ""
                at, time = segment.text.index(word.text, at) + len(word.text), word.end_ms
            assert segment.words and segment.text == normalised(segment.text)
            assert (segment.recording, segment.flags) == ("", frozenset())


def test_the_figures_of_a_window_are_whispers(drafts: dict[str, list[Heard]]) -> None:
    for window in drafts["en_interview"]:
        assert -1 < window.result.average_log_probability < 0
        assert 0 <= window.result.no_speech_probability <= 1
        assert 0.5 < window.result.compression_ratio < 2.4


def test_silence_noise_and_nothing_give_no_text(engine: WhisperChild) -> None:
    assert engine.window(b"", ("ko",), "").segments == ()
    assert engine.window(bytes(64 * 10_000), ("ko",), "").segments == ()
    hiss = random.Random(1)
    noise = struct.pack("<80000f", *(hiss.gauss(0, 0.02) for _ in range(80_000)))
    assert engine.window(noise, ("ko",), "").segments == ()


def test_the_same_window_gives_the_same_draft(engine: WhisperChild) -> None:
    sound = speech.pcm("ko_clean_short", A_MOMENT_S)
    assert engine.window(sound, ("ko",), "두만강, 연길") == engine.window(sound, ("ko",), "두만강, 연길")


def test_the_engine_says_what_it_is(engine: WhisperChild) -> None:
    assert engine.name == "whisper"
    assert 1 <= engine.threads <= max(1, (os.cpu_count() or 1) - 1)


def test_closing_from_another_thread_cancels_the_window() -> None:
    outcomes: list[type] = []
    with ENGINES.open(MODEL, SHA256, "whisper") as engine:

        def hear_for_ever() -> None:
            try:
                while True:
                    engine.window(speech.pcm("ko_clean_short", A_MOMENT_S), ("ko",), "")
            except OralHistoryError as error:
                outcomes.append(type(error))

        listening = threading.Thread(target=hear_for_ever)
        listening.start()
        engine.close()
        listening.join(30)
        assert outcomes == [Cancelled]
        engine.close()
        with pytest.raises(Cancelled):
            engine.window(bytes(64), ("ko",), "")


def test_a_killed_child_is_a_failed_worker() -> None:
    with ENGINES.open(MODEL, SHA256, "whisper") as engine:
        os.kill(engine._child.pid, signal.SIGKILL)
        with pytest.raises(WorkerFailed):
            engine.window(speech.pcm("ko_clean_short", A_MOMENT_S), ("ko",), "")


@pytest.mark.parametrize(
    ("model", "sha256", "engine", "error"),
    [
        (MODEL, SHA256, "telepathy", MalformedInput),
        (MODEL, "0" * 64, "whisper", Damaged),
        (MODEL.with_name("absent.pt"), SHA256, "whisper", NotFound),
        (MODEL.with_name("README.md"), hashlib.sha256(MODEL.with_name("README.md").read_bytes()).hexdigest(), "whisper",
         MalformedInput),
    ],
    ids=["engine", "checksum", "absent", "no model"],
)  # fmt: skip
def test_what_cannot_be_opened_is_said_by_its_type(model: Path, sha256: str, engine: str, error: type) -> None:
    with pytest.raises(OralHistoryError) as caught, ENGINES.open(model, sha256, engine):
        pass
    assert type(caught.value) is error
    assert caught.value.happened


def test_an_engine_that_is_still_being_opened_is_cancelled() -> None:
    entered = []
    with pytest.raises(Cancelled), ENGINES.open(MODEL, SHA256, "whisper", lambda: True):
        entered.append("it was opened to the end first")
    assert entered == []


def test_an_unknown_language_is_refused(engine: WhisperChild) -> None:
    with pytest.raises(MalformedInput):
        engine.window(speech.pcm("ko_clean_short", A_MOMENT_S), ("klingon",), "")


def test_words_reach_neither_stderr_nor_an_exception() -> None:
    """Run as the host runs it, but with its stderr in our hands; the last order is one it cannot follow."""
    prompt = "카나리아"
    stream = BytesIO()
    for message in (
        Message({"language": "en"}),
        Message({"do": "open", "engine": "whisper", "model": str(MODEL), "sha256": SHA256, "converted": ""}),
        Message({"do": "window", "languages": ["ko"], "prompt": prompt}, speech.pcm("ko_clean_short", A_MOMENT_S)),
        Message({"do": "window", "languages": ["ko"], "prompt": prompt}, struct.pack("<3f", 1, float("nan"), 1)),
    ):
        messages.write(stream, message)
    ran = subprocess.run(
        host.command("transcriber"),
        input=stream.getvalue(),
        capture_output=True,
        env=host.scrubbed(os.environ),
        timeout=90,
    )
    answers = BytesIO(ran.stdout)
    ready, first, last = (messages.read(answers) for _ in range(3))
    assert ready is not None and first is not None and last is not None
    result = heard.from_header(first.header["heard"])
    words = {word.text for segment in result.segments for word in segment.words} | {prompt}
    assert len(words) > 5
    assert last.header == {"fault": "ProgramFault"}
    assert ran.returncode == 1
    told = ran.stderr.decode()
    assert [word for word in words if word in told] == []
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "header",
    [{}, {"segments": None}, {"segments": [{}], "language": ""}, {"segments": [1]},
     {**heard.to_header(WindowResult((), "ko", 0, 0, 0)), "compression_ratio": "much"}],
    ids=range(5),
)  # fmt: skip
def test_an_answer_of_the_wrong_shape_is_a_failed_worker(header: dict[str, Any]) -> None:
    with pytest.raises(WorkerFailed):
        heard.from_header(header)


def test_results_survive_the_way(drafts: dict[str, list[Heard]]) -> None:
    for window in drafts["ko_clean_short"]:
        assert heard.from_header(heard.to_header(window.result)) == window.result
