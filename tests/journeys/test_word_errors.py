"""How many words go wrong through the whole program (sealed, cut, heard window by window), beside plain whisper.transcribe."""

import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
import whisper
from numpy.typing import NDArray

from oralhistory.domain.consent import Stage
from oralhistory.domain.transcript import Layer, normalised
from tests.helpers import figures
from tests.helpers.archives import consent
from tests.helpers.kept_engine import MODEL, NAME, drafting_desk
from tests.tools.fixture_model import synth

pytestmark = [
    pytest.mark.full,
    pytest.mark.timeout(3600),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
MOST_WORSE = 0.02
"""Of all words: a window is cut elsewhere than whisper cuts it."""


def interview(minutes: float) -> tuple[NDArray[np.float32], list[str]]:
    """Korean sentences in voices, at speeds and pitches the model was not trained on, with long and short pauses and noise."""
    chance = np.random.default_rng(round(minutes * 100))
    pool = [text for language, text in synth.SENTENCES if language == "ko"]
    pieces: list[NDArray[np.float32]] = []
    said: list[str] = []
    while sum(map(len, pieces)) < minutes * 60 * synth.RATE:
        text = pool[chance.integers(len(pool))]
        if said and said[-1] == text:
            continue
        style = synth.random_style(chance, "ko", synth.TEST_VARIANTS, synth.TEST_BASE, (125, 210), (25, 80))
        sound = synth.say(text, style).samples
        level = chance.uniform(0.03, 0.08) / np.sqrt((sound**2).mean())
        gap = chance.uniform(2, 9) if chance.random() < 0.1 else chance.uniform(0.4, 1.2)
        pieces += [sound * level, np.zeros(int(synth.RATE * gap), np.float32)]
        said.append(text)
    whole = np.concatenate(pieces)
    return (whole + chance.normal(0, 0.002, len(whole))).astype(np.float32), said


def word_errors(said: Sequence[str], heard: Sequence[str]) -> float:
    """Levenshtein's distance in words, as a share of the words that were said."""
    wanted, got = " ".join(said).split(), " ".join(heard).split()
    row = np.arange(len(got) + 1)
    for count, word in enumerate(wanted, start=1):
        fresh = np.empty_like(row)
        fresh[0] = count
        swapped = row[:-1] + np.array([word != one for one in got], int)
        for place in range(1, len(fresh)):
            fresh[place] = min(swapped[place - 1], row[place] + 1, fresh[place - 1] + 1)
        row = fresh
    return float(row[-1]) / len(wanted)


def plainly(sound: NDArray[np.float32]) -> list[str]:
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # a thread that watches over a bar nobody sees
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = whisper.load_model(str(MODEL), device="cpu").transcribe(
            sound, language="ko", fp16=False, verbose=None, temperature=0, condition_on_previous_text=False
        )
    return [normalised(one["text"]) for one in told["segments"]]


@pytest.mark.parametrize("minutes", [1, 10])
def test_no_more_words_go_wrong_than_in_plain_whisper(tmp_path: Path, minutes: int) -> None:
    torch.set_num_threads(1)
    sound, said = interview(minutes)
    soundfile.write(tmp_path / "said.wav", sound, synth.RATE, subtype="PCM_24")
    errors = {"plain": word_errors(said, plainly(sound))}
    with drafting_desk(tmp_path) as desk:
        code = desk.interviews.create(["ko"]).code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
        desk.importing.import_file(code, tmp_path / "said.wav")
        for engine in ("whisper", "fast"):
            desk.transcribing.run(code, model=NAME, engine=engine)
            heard = [one.text for one in desk.transcripts.segments(code, Layer.MACHINE)]
            errors[engine] = word_errors(said, heard)
    figures.keep("wer", whole=minutes > 1, minutes=minutes, **{name: round(share, 4) for name, share in errors.items()})
    assert errors["plain"] < 0.3, "the sentences were not those the model knows"
    assert errors["whisper"] <= errors["plain"] + MOST_WORSE, errors
    assert errors["fast"] <= errors["plain"] + MOST_WORSE, errors
