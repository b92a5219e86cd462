"""The fast engine is the reference computed otherwise: in float32 the same tokens, with 8 bits the same sentences."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
import torch
import whisper
from whisper.decoding import DecodingOptions
from whisper.model import ModelDimensions, Whisper

from oralhistory.errors import Damaged, StorageFailed, WorkerFailed
from oralhistory.transcription import checkpoint, conversion, encoders, fast_engine, fast_model, hearing, searching
from oralhistory.transcription.checkpoint import Checkpoint
from oralhistory.transcription.conversions import Conversions
from oralhistory.transcription.fast_engine import FastEngine
from oralhistory.transcription.fast_model import FastModel
from oralhistory.transcription.speech import SpeechDetector
from tests.helpers import speech
from tests.helpers.whole_model import by_ct2

MODEL = Path(__file__).resolve().parents[3] / "resources" / "demo" / "tiny-interview.pt"
SHA256 = hashlib.sha256(MODEL.read_bytes()).hexdigest()
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
"""whisper's tokenizer leaves its file to the collector."""
NEEDED = ("model.bin", "config.json")
NAMES = ("ko_clean_short", "en_interview", "zh_short")


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="module")
def found() -> Checkpoint:
    with MODEL.open("rb") as file:
        return checkpoint.read(file)


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[FastEngine]:
    engine = FastEngine(Conversions(folder))
    engine.open(MODEL, SHA256)
    yield engine
    engine.close()


def in_float32(found: Checkpoint, folder: Path) -> FastModel:
    place = Conversions(folder).of(found, SHA256, conversion.default_heads(found.dimensions), conversion.FLOAT32)
    model = ctranslate2.models.Whisper(str(place), compute_type="float32", intra_threads=1)
    return FastModel(found.dimensions, model, by_ct2(model))


def reference(found: Checkpoint) -> Any:
    model = Whisper(ModelDimensions(**found.dimensions))
    model.load_state_dict(found.tensors)
    return model.eval()


def spectrogram(name: str, bands: int = 80) -> Any:
    sound = np.frombuffer(speech.pcm(name), np.float32).copy()
    return whisper.log_mel_spectrogram(whisper.pad_or_trim(torch.from_numpy(sound)), bands)


def invented(bands: int, width: int, heads: int, layers: int, vocabulary: int) -> Checkpoint:
    """A checkpoint of numbers drawn by chance, so large that its answers differ from sound to sound, and no larger.

    What comes out of a layer is as large whatever its width: else float32 itself, summing in another order, would differ by more
    than is allowed here.
    """
    dimensions = {"n_mels": bands, "n_audio_ctx": 1500, "n_audio_state": width, "n_audio_head": heads, "n_audio_layer": layers,
                  "n_vocab": vocabulary, "n_text_ctx": 448, "n_text_state": width, "n_text_head": heads,
                  "n_text_layer": layers}  # fmt: skip
    chance, large = torch.Generator().manual_seed(width), 0.8 / width**0.5
    tensors = {
        name: torch.randn(shape, generator=chance) * (large if len(shape) > 1 else 0.02) + ("ln" in name and "weight" in name)
        for name, shape in checkpoint.expected_shapes(dimensions).items()
    }
    return Checkpoint(dimensions, tensors)


def both_compute_the_same(found: Checkpoint, folder: Path, language: str, tokens: int) -> None:
    """The first `tokens` tokens are the same, and so is, within 1e-4, how likely each token of the vocabulary was there."""
    ours, theirs = in_float32(found, folder), reference(found)
    mel = spectrogram("ko_clean_short", found.dimensions["n_mels"])
    start = list(conversion.tokenizer_of(found.dimensions, language).sot_sequence)
    with torch.inference_mode():
        expected = theirs.decode(mel, DecodingOptions(language=language, fp16=False, sample_len=tokens)).tokens
        (got,) = ours._decoder.generate(ours._features(mel), [start], beam_size=1, return_logits_vocab=True)
        written = got.sequences_ids[0][:tokens]
        wanted = theirs(mel[None], torch.tensor([[*start, *written]]))[0, len(start) - 1 : -1].numpy()
    assert written[: len(expected)] == expected
    assert len(expected) > 10
    for logits, right in zip(got.logits[0], wanted, strict=False):
        allowed = np.array(logits) > -1e30  # the others may not be written, by rules both have
        assert np.abs(np.array(logits) - right)[allowed].max() < 1e-4


def test_the_logits_are_the_references(found: Checkpoint, folder: Path) -> None:
    both_compute_the_same(found, folder, "ko", 40)


@pytest.mark.parametrize(
    ("bands", "vocabulary"), [(80, 51_864), (128, 51_866)], ids=["English only", "with Cantonese and 128 bands"]
)
def test_other_vocabularies_are_converted_too(tmp_path: Path, bands: int, vocabulary: int) -> None:
    both_compute_the_same(invented(bands, 64, 2, 1, vocabulary), tmp_path, "en", 20)


@pytest.mark.full
@pytest.mark.parametrize(("width", "heads", "layers"), [(384, 6, 4), (768, 12, 12)], ids=["tiny", "small"])
def test_published_dimensions_give_the_same_tokens(tmp_path: Path, width: int, heads: int, layers: int) -> None:
    both_compute_the_same(invented(80, width, heads, layers, 51_865), tmp_path, "en", 110)


@pytest.mark.parametrize(
    ("name", "beams"),
    [("ko_clean_short", None), *(pytest.param(name, 5, marks=pytest.mark.full) for name in NAMES)],
)
def test_in_float32_every_token_is_the_references(found: Checkpoint, folder: Path, name: str, beams: int | None) -> None:
    ours, theirs = in_float32(found, folder), reference(found)
    mel = spectrogram(name)
    options = DecodingOptions(language=name[:2], fp16=False, beam_size=beams, prompt=[220, 1000, 2000] if beams else None)
    expected = theirs.decode(mel, options)
    got = ours.searched(mel, options, fast_model._WIDE if beams else fast_model._GREEDY)
    assert got.tokens == expected.tokens
    assert len(got.tokens) > 60
    assert got.avg_logprob == pytest.approx(expected.avg_logprob, abs=1e-4)
    assert got.no_speech_prob == pytest.approx(expected.no_speech_prob, abs=1e-4)


@pytest.mark.full
def test_the_times_of_words_are_the_references(found: Checkpoint, folder: Path) -> None:
    fast_model.use_in_whisper()
    ours, theirs = (
        hearing.hear(model, SpeechDetector(), speech.pcm("zh_short"), ("zh",), "", (0.0,), 1)
        for model in (in_float32(found, folder), reference(found))
    )
    assert len(ours.segments) > 4
    for mine, other in zip(ours.segments, theirs.segments, strict=True):
        assert replace(mine, words=()) == replace(other, words=())
        for word, wanted in zip(mine.words, other.words, strict=True):
            assert replace(word, probability=0) == replace(wanted, probability=0)
            assert word.probability == pytest.approx(wanted.probability, abs=1e-3)


@pytest.mark.full
def test_a_prompt_stands_before_every_window_and_no_text_does(found: Checkpoint, folder: Path) -> None:
    """In both engines the same, in front of each stretch of a window; of a long one the last whole words that are read."""
    fast_model.use_in_whisper()
    glossary = ", ".join(f"두만강 {n}호" for n in range(200))
    words = glossary.split()
    heard, stood = [], []
    for model in (in_float32(found, folder), reference(found)):
        asked: list[list[int]] = []
        decode = model.decode
        model.decode = lambda mel, options, decode=decode, asked=asked: asked.append(options.prompt) or decode(mel, options)
        sound = speech.between(speech.pcm("en_interview"), 0, 29_000)
        heard.append(hearing.hear(model, SpeechDetector(), sound, ("en",), glossary, (0.0,), 1))
        stood.append(asked)
    assert [one.text for one in heard[0].segments] == [one.text for one in heard[1].segments]
    assert len(heard[0].segments) >= 4
    assert stood[0] == stood[1] and len(stood[0]) >= 1
    tokenizer = conversion.tokenizer_of(found.dimensions, "en")
    read = tokenizer.decode(stood[0][0]).split()
    assert all(one == stood[0][0] for one in stood[0])
    assert len(stood[0][0]) <= 223 < len(tokenizer.encode(" " + " ".join(words[-len(read) - 1 :])))
    assert read == words[-len(read) :]


@pytest.mark.parametrize("name", ["ko_clean_short", *(pytest.param(name, marks=pytest.mark.full) for name in NAMES[1:])])
def test_in_8_bits_the_same_sentences_are_found(engine: FastEngine, name: str) -> None:
    sound = speech.between(speech.pcm(name), 0, 24_000)
    texts = [one.text for one in engine.window(sound, (), "").segments]
    said = speech.sentences(name)[: len(texts)]
    assert len(texts) >= 5
    assert sum(sentence in texts for sentence in said) >= len(said) - 1


def test_its_decoder_is_exact(engine: FastEngine, found: Checkpoint, folder: Path, tmp_path: Path) -> None:
    """With features of the reference's encoder, the decoder that is kept writes the reference's tokens."""
    assert engine._model is not None
    exact = FastModel(
        found.dimensions, engine._model._decoder, encoders.by_torch(found.dimensions, found.tensors, encoders.FLOAT32)
    )
    mel, options = spectrogram("en_interview"), DecodingOptions(language="en", fp16=False)
    assert exact.searched(mel, options).tokens == in_float32(found, folder).searched(mel, options).tokens
    place = Conversions(tmp_path).of(found, SHA256, conversion.default_heads(found.dimensions))
    assert (place / "model.bin").stat().st_size < MODEL.stat().st_size, "16 bits hold what was given in 16 bits"


def test_the_same_sound_gives_the_same_draft(engine: FastEngine) -> None:
    sound = speech.pcm("ko_clean_short")
    assert engine.window(sound, ("ko",), "두만강, 연길") == engine.window(sound, ("ko",), "두만강, 연길")


def test_a_window_is_encoded_once(engine: FastEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Language, text and the times of words are asked about one after the other."""
    model = engine._model
    assert model is not None
    asked: list[Any] = []
    model._heard = None  # of the test before
    encode = model._encode
    monkeypatch.setattr(model, "_encode", lambda mel: asked.append(mel) or encode(mel))
    heard = engine.window(speech.pcm("ko_clean_short"), (), "")
    assert heard.language == "ko" and heard.segments[0].words
    assert len(asked) == 1


def test_the_model_is_not_asked_where_there_is_no_voice(engine: FastEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine._model, "decode", lambda _mel, _options: pytest.fail("asked"), raising=False)
    hiss = np.random.default_rng(2).normal(0, 0.05, 16_000 * 20).astype("<f4").tobytes()
    heard = engine.window(hiss, (), "")
    assert (heard.segments, heard.speech) == ((), ())


def test_where_somebody_speaks_is_told_beside_the_text(engine: FastEngine) -> None:
    heard = engine.window(speech.pcm("ko_clean_short"), ("ko",), "")
    assert heard.speech is not None and len(heard.speech) == 6
    for segment, (start, end) in zip(heard.segments, heard.speech, strict=True):
        assert segment.start_ms < end and start < segment.end_ms


def test_what_comes_out_unlikely_is_looked_for_again_with_more_beams(
    engine: FastEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = engine._model
    assert model is not None
    beams: list[int] = []
    searched = model.searched

    def watched(mel: Any, options: Any, search: Any) -> Any:
        beams.append(search.beams)
        return searched(mel, options, search)

    monkeypatch.setattr(model, "searched", watched)
    engine.window(speech.pcm("ko_clean_short"), ("ko",), "")
    assert beams == [1]
    monkeypatch.setattr(searching, "LOW", 0.0)
    engine.window(speech.pcm("ko_clean_short"), ("ko",), "")
    assert beams == [1, 1, 5]


def test_the_light_engine_decodes_in_8_bits_beside_the_fast_one(engine: FastEngine, found: Checkpoint, folder: Path) -> None:
    light = FastEngine(Conversions(folder), fast_engine.LIGHT)
    told = light.open(MODEL, SHA256)
    assert (told.engine, told.compute.partition(",")[0]) == ("light", "decoder int8_float32")
    heard, exact = (one.window(speech.pcm("ko_clean_short"), ("ko",), "") for one in (light, engine))
    light.close()
    said = [one.text for one in exact.segments]
    assert len(said) == 6 and sum(one.text in said for one in heard.segments) >= 5
    bytes_of = {kind: kept(folder, kind).stat().st_size for kind in (conversion.DECODER, conversion.DECODER_IN_8_BITS)}
    numbers = sum(one.nelement() for name, one in found.tensors.items() if name.startswith("decoder."))
    assert bytes_of["decoder"] == pytest.approx(2 * numbers, rel=0.2), "a vocabulary, and no encoder"
    assert bytes_of["decoder-int8"] == pytest.approx(numbers, rel=0.2), "each engine's form is left alone by the other"


def kept(folder: Path, kind: str) -> Path:
    (place,) = folder.glob(f"{SHA256}-*-{kind}")
    return place / "model.bin"


def test_a_model_is_converted_once_and_again_when_it_was_changed(found: Checkpoint, tmp_path: Path) -> None:
    before = MODEL.read_bytes()
    conversions, heads = Conversions(tmp_path), conversion.default_heads(found.dimensions)
    place = conversions.of(found, SHA256, heads)
    weights = place / "model.bin"
    made = weights.stat().st_ino
    assert conversions.of(found, SHA256, heads) == place and weights.stat().st_ino == made
    content = weights.read_bytes()
    weights.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    conversions.of(found, SHA256, heads)
    assert weights.read_bytes() == content
    config = place / "config.json"
    told = config.read_bytes()
    config.write_bytes(told[: len(told) // 2])
    outdated = tmp_path / f"{SHA256}-0.0.1-decoder"  # made by another version of the library
    outdated.mkdir()
    whole = tmp_path / f"{SHA256}-{ctranslate2.__version__}-{conversion.FLOAT32}"  # a form that no engine has any more
    whole.mkdir()
    half_made = tmp_path / ".0123456789abcdef.unfinished"  # of a process that was killed
    half_made.mkdir()
    (half_made / "model.bin").write_bytes(content[:100])
    conversions.of(found, SHA256, heads)
    assert config.read_bytes() == told
    assert sorted(one.name for one in tmp_path.iterdir()) == [".making", place.name]
    assert MODEL.read_bytes() == before
    conversions.forget(SHA256)
    assert [one.name for one in tmp_path.iterdir()] == [".making"]


def test_what_the_engine_cannot_load_is_converted_anew_once(found: Checkpoint, tmp_path: Path) -> None:
    conversions, heads = Conversions(tmp_path), conversion.default_heads(found.dimensions)
    place = conversions.of(found, SHA256, heads)
    weights = place / "model.bin"
    content = weights.read_bytes()
    weights.write_bytes(content[: len(content) // 2])
    seal = place / "whole.json"
    told = json.loads(seal.read_text("utf-8"))
    seal.write_text(json.dumps({**told, "model.bin": hashlib.sha256(weights.read_bytes()).hexdigest()}), "utf-8")
    assert conversions.of(found, SHA256, heads) == place and weights.stat().st_size < len(content), "its seal agrees"
    engine = FastEngine(conversions)
    engine.open(MODEL, SHA256)
    engine.close()
    assert weights.read_bytes() == content


def test_a_model_that_never_loads_is_not_called_too_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "write", lambda _found, folder, *_: [(folder / n).write_text("{}") for n in NEEDED])
    with pytest.raises(WorkerFailed) as failed:
        FastEngine(Conversions(tmp_path)).open(MODEL, SHA256)
    assert "cannot read its own form of the model" in str(failed.value)


def test_a_model_that_cannot_be_written_is_a_sentence(found: Checkpoint, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file where the folder should be")
    with pytest.raises(StorageFailed):
        Conversions(tmp_path / "full").of(found, SHA256, conversion.default_heads(found.dimensions))


def test_another_file_than_the_chosen_one_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        FastEngine(Conversions(tmp_path)).open(MODEL, "0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_the_faster_encoder_is_remembered_for_this_machine(tmp_path: Path) -> None:
    made: list[str] = []

    def maker(name: str, work: int) -> encoders.Make:
        def make(layers: int | None) -> encoders.Encode:
            made.append(f"{name} {layers or 'whole'}")
            return lambda _mel: sum(range(work))

        return make

    makers = {"slow": maker("slow", 2_000_000), "quick": maker("quick", 10)}
    assert encoders.fastest(makers, 80, tmp_path, 1)[0] == "quick"
    assert made == ["slow 1", "quick 1", "quick whole"]
    assert encoders.fastest(makers, 80, tmp_path, 1)[0] == "quick"
    assert made[3:] == ["quick whole"]
    encoders.fastest(makers, 80, tmp_path, 2)
    assert made[4:] == ["slow 1", "quick 1", "quick whole"], "other threads are tried anew"


def test_both_encoders_hear_the_same(found: Checkpoint, folder: Path) -> None:
    mel = spectrogram("ko_clean_short")
    whole = np.array(in_float32(found, folder)._encode(mel))
    same = np.array(encoders.by_torch(found.dimensions, found.tensors, encoders.FLOAT32)(mel))
    bits = np.array(encoders.by_torch(found.dimensions, found.tensors)(mel))
    assert bits.shape == same.shape == whole.shape
    assert np.abs(same - whole).max() < 1e-4
    assert np.abs(bits - whole).mean() < 0.05 * np.abs(whole).mean()
