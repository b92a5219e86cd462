"""How the reference engine treats the library: what it asks of it, and what it keeps it from."""

import hashlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from oralhistory.errors import ProgramFault
from oralhistory.transcription import searching
from oralhistory.transcription.transcriber import EngineInfo
from oralhistory.transcription.whisper_engine import WhisperEngine
from tests.helpers import speech

MODEL = Path(__file__).resolve().parents[3] / "resources" / "demo" / "tiny-interview.pt"
FIRST_TIME = 50_364
"""The token of 0.00 seconds in the multilingual vocabulary."""


class Asked:
    """Stands before the model's `decode`: notes temperature and threads of each question, may change the first answer."""

    def __init__(self, decode: Any) -> None:
        self._decode = decode
        self.answered: Callable[[list[int]], list[int]] = list
        self.temperatures: list[float] = []
        self.beams: list[int | None] = []
        self.threads: list[int] = []

    def __call__(self, mel: Any, options: Any) -> Any:
        self.temperatures.append(options.temperature)
        self.beams.append(options.beam_size)
        self.threads.append(torch.get_num_threads())
        answer = self._decode(mel, options)
        return answer if len(self.threads) > 1 else replace(answer, tokens=self.answered(answer.tokens))


def without_the_last_segment(tokens: list[int]) -> list[int]:
    """Up to the last two times that stand together: the end of one segment and the start of the next."""
    pairs = [i for i in range(1, len(tokens)) if min(tokens[i - 1], tokens[i]) >= FIRST_TIME]
    return tokens[: pairs[-1] + 1]


@pytest.fixture(scope="module")
def info_and_engine() -> Iterator[tuple[EngineInfo, WhisperEngine]]:
    engine = WhisperEngine()
    before = torch.get_num_threads()
    info = engine.open(MODEL, hashlib.sha256(MODEL.read_bytes()).hexdigest())
    yield info, engine
    engine.close()
    torch.set_num_threads(before)


@pytest.fixture
def asked(info_and_engine: tuple[EngineInfo, WhisperEngine], monkeypatch: pytest.MonkeyPatch) -> Asked:
    model = info_and_engine[1]._model
    noting = Asked(model.decode)
    monkeypatch.setattr(model, "decode", noting, raising=False)
    return noting


def test_a_pause_the_model_left_unheard_is_not_asked_about(
    info_and_engine: tuple[EngineInfo, WhisperEngine], asked: Asked
) -> None:
    """The answer is made to end as one that was broken off after its last whole segment: Whisper then listens on."""
    _, engine = info_and_engine
    asked.answered = lambda tokens: [*tokens, tokens[-1]]
    heard = engine.window(speech.pcm("ko_clean_short") + bytes(64 * 4_000), ("ko",), "")
    assert asked.temperatures == [0.0]
    assert len(heard.segments) == 6


def test_speech_the_model_left_unheard_is_asked_about(
    info_and_engine: tuple[EngineInfo, WhisperEngine], asked: Asked
) -> None:
    _, engine = info_and_engine
    asked.answered = without_the_last_segment
    heard = engine.window(speech.pcm("ko_clean_short"), ("ko",), "")
    assert len(asked.temperatures) > 1
    assert heard.segments[-1].text == speech.sentences("ko_clean_short")[-1]


def test_only_what_the_model_does_not_believe_is_looked_for_with_more_beams(
    info_and_engine: tuple[EngineInfo, WhisperEngine], asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, engine = info_and_engine
    likely = engine.window(speech.pcm("zh_short"), ("zh",), "")
    assert asked.beams == [None]
    monkeypatch.setattr(searching, "LOW", 0.0)
    looked_for = engine.window(speech.pcm("zh_short"), ("zh",), "")
    assert asked.beams == [None, None, searching.BEAMS]
    assert [one.text for one in looked_for.segments] == [one.text for one in likely.segments]
    assert looked_for.average_log_probability >= likely.average_log_probability


def test_every_window_is_computed_with_the_threads_it_was_given(
    info_and_engine: tuple[EngineInfo, WhisperEngine], asked: Asked
) -> None:
    info, engine = info_and_engine
    for _ in range(2):
        engine.window(speech.pcm("zh_short"), ("zh",), "")
    assert asked.threads == [info.threads, info.threads]


def test_text_over_what_is_no_louder_than_the_pauses_is_flagged(
    info_and_engine: tuple[EngineInfo, WhisperEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is made to answer as it did over speech where only the first words were said; over silence it is not asked."""
    _, engine = info_and_engine
    model = engine._model
    remembered: list[Any] = []

    def remember(mel: Any, options: Any, decode: Any = model.decode) -> Any:
        remembered.append(decode(mel, options))
        return remembered[-1]

    monkeypatch.setattr(model, "decode", remember, raising=False)
    spoken = engine.window(speech.pcm("ko_clean_short"), ("ko",), "")
    assert {one.flags for one in spoken.segments} == {frozenset()}
    monkeypatch.setattr(model, "decode", lambda _mel, _options: remembered[0])
    begun = speech.pcm("ko_clean_short")[: 64 * 4_000]
    invented = engine.window(begun + bytes(64 * 15_000), ("ko",), "").segments
    assert {one.flags for one in invented if one.start_ms > 6_000} == {frozenset({"silence"})}
    assert engine.window(bytes(64 * 19_000), ("ko",), "").segments == ()


@pytest.mark.parametrize(
    "pcm",
    [bytes(4 * 16_000 * 30 + 4), struct.pack("<2f", 0, float("inf")), struct.pack("<f", float("nan"))],
    ids=range(3),
)
def test_sound_it_was_not_made_for_is_refused(info_and_engine: tuple[EngineInfo, WhisperEngine], pcm: bytes) -> None:
    with pytest.raises(ProgramFault):
        info_and_engine[1].window(pcm, ("ko",), "")


def test_a_closed_engine_hears_nothing() -> None:
    with pytest.raises(ProgramFault):
        WhisperEngine().window(bytes(64), ("ko",), "")
