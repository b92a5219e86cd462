"""How the reference engine treats the library: what it asks of it, and what it keeps it from."""

import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from oralhistory.errors import ProgramFault
from oralhistory.transcription.engines import EngineInfo
from oralhistory.transcription.whisper_engine import WhisperEngine
from tests.helpers import speech

MODEL = Path(__file__).resolve().parents[3] / "resources" / "demo" / "tiny-interview.pt"


class Asked:
    """Stands before the model's `decode`; notes the temperature and the number of threads of each question."""

    def __init__(self, decode: Any) -> None:
        self._decode = decode
        self.temperatures: list[float] = []
        self.threads: list[int] = []

    def __call__(self, mel: Any, options: Any) -> Any:
        self.temperatures.append(options.temperature)
        self.threads.append(torch.get_num_threads())
        return self._decode(mel, options)


@pytest.fixture(scope="module")
def info_and_engine() -> Iterator[tuple[EngineInfo, WhisperEngine]]:
    engine = WhisperEngine()
    before = torch.get_num_threads()
    info = engine.open(MODEL, hashlib.sha256(MODEL.read_bytes()).hexdigest())
    engine.window(speech.pcm("ko_clean_short"), "ko", "")  # compiles the word alignment
    yield info, engine
    engine.close()
    torch.set_num_threads(before)


@pytest.fixture
def asked(info_and_engine: tuple[EngineInfo, WhisperEngine], monkeypatch: pytest.MonkeyPatch) -> Asked:
    model = info_and_engine[1]._model
    noting = Asked(model.decode)
    monkeypatch.setattr(model, "decode", noting, raising=False)
    return noting


def test_the_pause_at_a_windows_end_is_not_asked_about(
    info_and_engine: tuple[EngineInfo, WhisperEngine], asked: Asked
) -> None:
    _, engine = info_and_engine
    sound = speech.pcm("ko_clean_short")
    spoken = engine.window(sound, "ko", "")
    assert asked.temperatures == [0.0]
    longer = engine.window(sound + bytes(64 * 4_000), "ko", "")
    assert asked.temperatures == [0.0, 0.0]
    assert [one.text for one in longer.segments] == [one.text for one in spoken.segments] != []


def test_every_window_is_computed_with_the_threads_it_was_given(
    info_and_engine: tuple[EngineInfo, WhisperEngine], asked: Asked
) -> None:
    info, engine = info_and_engine
    for _ in range(2):
        engine.window(speech.pcm("zh_short"), "zh", "")
    assert asked.threads == [info.threads, info.threads]


def test_text_over_what_is_no_louder_than_the_pauses_is_flagged(
    info_and_engine: tuple[EngineInfo, WhisperEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is made to answer over silence as it answered over speech."""
    _, engine = info_and_engine
    model = engine._model
    remembered: list[Any] = []

    def remember(mel: Any, options: Any, decode: Any = model.decode) -> Any:
        remembered.append(decode(mel, options))
        return remembered[-1]

    monkeypatch.setattr(model, "decode", remember, raising=False)
    spoken = engine.window(speech.pcm("ko_clean_short"), "ko", "")
    assert {one.flags for one in spoken.segments} == {frozenset()}
    monkeypatch.setattr(model, "decode", lambda _mel, _options: remembered[0])
    invented = engine.window(bytes(64 * 19_000), "ko", "")
    assert {one.flags for one in invented.segments} == {frozenset({"silence"})}


@pytest.mark.parametrize(
    "pcm",
    [bytes(4 * 16_000 * 30 + 4), struct.pack("<2f", 0, float("inf")), struct.pack("<f", float("nan"))],
    ids=range(3),
)
def test_sound_it_was_not_made_for_is_refused(info_and_engine: tuple[EngineInfo, WhisperEngine], pcm: bytes) -> None:
    with pytest.raises(ProgramFault):
        info_and_engine[1].window(pcm, "ko", "")


def test_a_closed_engine_hears_nothing() -> None:
    with pytest.raises(ProgramFault):
        WhisperEngine().window(bytes(64), "ko", "")
