"""The whole program (sealed, cut, heard window by window) beside plain whisper.transcribe, at one, ten and forty minutes.

How many words go wrong, whether what is stored is in order and every window is there once, and how far words are from where they
were said: the voice that spoke them tells that itself.
"""

import difflib
import itertools
import json
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
from oralhistory.domain.transcript import Layer, Segment, normalised
from oralhistory.services.desk import Desk
from tests.helpers import figures
from tests.helpers.archives import consent
from tests.helpers.kept_engine import MODEL, NAME, drafting_desk
from tests.tools.fixture_model import synth

pytestmark = [
    pytest.mark.full,
    pytest.mark.timeout(7200),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
SPEECH = Path(__file__).resolve().parents[1] / "data" / "speech"
MOST_WORSE = 0.02
"""Of all words: a window is cut elsewhere than whisper cuts it."""
MEDIAN_MS, MOST_MS = 60, 250
"""How far the start of a word may be from where it was said: in the median of the fixture interviews (in the voices made here,
which the model knows less, 64 were seen), and for 95 of 100 anywhere."""
Timed = list[tuple[str, int]]
"""Words and where each begins, in ms."""


def interview(minutes: float) -> tuple[NDArray[np.float32], list[str], Timed]:
    """Korean sentences in voices, at speeds and pitches the model was not trained on, with long and short pauses and noise."""
    chance = np.random.default_rng(round(minutes * 100))
    pool = [text for language, text in synth.SENTENCES if language == "ko"]
    pieces: list[NDArray[np.float32]] = []
    said: list[str] = []
    words: Timed = []
    while (at := sum(map(len, pieces))) < minutes * 60 * synth.RATE:
        text = pool[chance.integers(len(pool))]
        if said and said[-1] == text:
            continue
        style = synth.random_style(chance, "ko", synth.TEST_VARIANTS, synth.TEST_BASE, (125, 210), (25, 80))
        spoken = synth.say(text, style)
        sound = spoken.samples
        words += [(text[place:].split()[0], round((at / synth.RATE + start) * 1000)) for place, start in spoken.words]
        level = chance.uniform(0.03, 0.08) / np.sqrt((sound**2).mean())
        gap = chance.uniform(2, 9) if chance.random() < 0.1 else chance.uniform(0.4, 1.2)
        pieces += [sound * level, np.zeros(int(synth.RATE * gap), np.float32)]
        said.append(text)
    whole = np.concatenate(pieces)
    return (whole + chance.normal(0, 0.002, len(whole))).astype(np.float32), said, words


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


def off_by(said: Timed, heard: Timed) -> NDArray[np.int_]:
    """How many ms each word that was heard as it was said is off: the longest rows of the same words belong together."""
    same = difflib.SequenceMatcher(None, [word for word, _ in said], [word for word, _ in heard], autojunk=False)
    rows = [(said[row.a : row.a + row.size], heard[row.b : row.b + row.size]) for row in same.get_matching_blocks()]
    return np.array([abs(one - other) for ours, theirs in rows for (_, one), (_, other) in zip(ours, theirs, strict=True)])


def check_order(desk: Desk, draft_id: str, segments: Sequence[Segment], whole_ms: int) -> None:
    """Every millisecond in one window alone; every segment in its window, behind the one before; so every word in it."""
    with desk.archive.store.transaction() as records:
        windows = [(start, end) for _, start, end in records.transcripts.windows(draft_id)]
    assert [0, *(end for _, end in windows)] == [*(start for start, _ in windows), whole_ms], "a window is lost or there twice"
    assert all(0 < end - start <= 30_000 for start, end in windows)
    assert all(before.end_ms <= after.start_ms for before, after in itertools.pairwise(segments)), "segments out of order"
    for one in segments:
        assert sum(start <= one.start_ms < one.end_ms <= end for start, end in windows) == 1, "a segment is in no window"
        times = [one.start_ms, *(time for word in one.words for time in (word.start_ms, word.end_ms)), one.end_ms]
        assert times == sorted(times), "words out of order"


@pytest.mark.parametrize("minutes", [1, 10, 40])
def test_no_more_words_go_wrong_than_in_plain_whisper(tmp_path: Path, minutes: int) -> None:
    torch.set_num_threads(1)
    sound, said, spoken = interview(minutes)
    soundfile.write(tmp_path / "said.wav", sound, synth.RATE, subtype="PCM_24")
    errors = {"plain": word_errors(said, plainly(sound))}
    times: dict[str, dict[str, float]] = {}
    with drafting_desk(tmp_path) as desk:
        code = desk.interviews.create(["ko"]).code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
        recording = desk.importing.import_file(code, tmp_path / "said.wav")
        for engine in ("whisper", "fast"):
            draft = desk.transcribing.run(code, model=NAME, engine=engine)
            segments = desk.transcripts.segments(code, Layer.MACHINE)
            check_order(desk, draft.id, segments, recording.duration_ms)
            errors[engine] = word_errors(said, [one.text for one in segments])
            off = off_by(spoken, [(word.text, word.start_ms) for one in segments for word in one.words])
            assert off.size > 0.7 * len(spoken), "too few words to tell how exact their times are"
            times[engine] = {"words": off.size, "median_ms": float(np.median(off)), "95th_ms": float(np.percentile(off, 95))}
    shares = {name: round(share, 4) for name, share in errors.items()}
    figures.keep(f"wer-{minutes}-minutes", whole=minutes > 1, minutes=minutes, **shares, times=times)
    assert errors["plain"] < 0.3, "the sentences were not those the model knows"
    for engine, found in times.items():
        assert errors[engine] <= errors["plain"] + MOST_WORSE, errors
        assert found["95th_ms"] <= MOST_MS, times
    assert abs(times["fast"]["median_ms"] - times["whisper"]["median_ms"]) <= 5, times


def test_words_stand_where_they_were_said_in_the_fixture_interviews(tmp_path: Path) -> None:
    off: dict[str, list[NDArray[np.int_]]] = {"whisper": [], "fast": []}
    with drafting_desk(tmp_path) as desk:
        for name in ("ko_interview", "ko_clean_short", "en_interview"):
            code = desk.interviews.create([name[:2]]).code
            desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
            recording = desk.importing.import_file(code, SPEECH / f"{name}.flac")
            told = json.loads((SPEECH / f"{name}.json").read_text("utf-8"))["segments"]
            # where the voice ran words together it tells of fewer, and not of which
            plain = [one for one in told if len(one["words"]) == len(one["text"].split())]
            said = [(word, round(start * 1000)) for one in plain
                    for word, start in zip(one["text"].split(), one["words"], strict=True)]  # fmt: skip
            for engine, found in off.items():
                draft = desk.transcribing.run(code, model=NAME, engine=engine)
                segments = desk.transcripts.segments(code, Layer.MACHINE)
                check_order(desk, draft.id, segments, recording.duration_ms)
                found.append(off_by(said, [(word.text, word.start_ms) for one in segments for word in one.words]))
                assert found[-1].size > 0.7 * len(said), "too few words to tell how exact their times are"
    times = {engine: np.concatenate(found) for engine, found in off.items()}
    figures.keep("word-times", whole=True, **{
        engine: {"words": one.size, "median_ms": float(np.median(one)), "95th_ms": float(np.percentile(one, 95))}
        for engine, one in times.items()
    })  # fmt: skip
    for found in times.values():
        assert np.median(found) <= MEDIAN_MS and np.percentile(found, 95) <= MOST_MS
