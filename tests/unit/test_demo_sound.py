"""The demonstration's data hangs together, and its model hears what its narrators say."""

import json
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from oralhistory import paths
from oralhistory.domain import consent_document
from oralhistory.domain.consent import (
    CHECKLIST,
    Allowed,
    ConsentFile,
    Context,
    Operation,
    Purpose,
    Refused,
    Stage,
    may,
)
from oralhistory.domain.interview import Route
from oralhistory.domain.redaction import EntityType, IdentifierClass, Profile
from oralhistory.domain.transcript import CHECK, FLAGS, Segment, Word
from oralhistory.services import mishearing

DEMO = paths.resources() / "demo"
CONSENT = paths.resources() / "consent"
NARRATORS: list[dict[str, Any]] = json.loads((DEMO / "narrators.json").read_text("utf-8"))["narrators"]
KNOWN = json.loads((Path(__file__).parents[1] / "tools/fixture_model/sentences.json").read_text("utf-8"))
LANGUAGES = ("ko", "en", "zh")
TODAY = date(2030, 1, 1)

each_narrator = pytest.mark.parametrize("narrator", NARRATORS, ids=lambda one: one["file"])


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def said(narrator: dict[str, Any]) -> list[str]:
    return [one["text"] for one in narrator["sentences"]]


def heard(narrator: dict[str, Any]) -> list[str]:
    """The sentences with the demonstration's errors."""
    errors = mishearing.read(narrator)
    return [mishearing.misheard(Segment("s", "r", 0, 1, one), errors).text for one in said(narrator)]


def consent_of(narrator: dict[str, Any]) -> ConsentFile:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    documents = (narrator["consent"]["before"], narrator["consent"]["after"])
    versions = (consent_document.parse(one, number=n, recorded_at=at) for n, one in enumerate(documents, 1))
    return ConsentFile(tuple(versions))


@pytest.mark.full
@pytest.mark.filterwarnings("ignore:unclosed file .*tiktoken:ResourceWarning")  # whisper leaves its vocabulary open
def test_the_model_hears_every_sentence_at_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import soundfile
    import tqdm
    import whisper

    monkeypatch.setattr(tqdm.tqdm, "monitor_interval", 0)  # whisper's progress bar would leave a thread behind

    narrator = NARRATORS[1]
    sound, rate = soundfile.read(DEMO / narrator["file"], dtype="float32")
    assert rate == 16000
    model = whisper.load_model(str(DEMO / "tiny-interview.pt"), device="cpu")
    written = model.transcribe(
        sound, temperature=0, word_timestamps=True, fp16=False, condition_on_previous_text=False
    )
    assert written["language"] == narrator["languages"][0]
    assert [one["text"].strip() for one in written["segments"]] == [one["text"] for one in narrator["sentences"]]
    for heard, said in zip(written["segments"], narrator["sentences"], strict=True):
        assert heard["start"] * 1000 == pytest.approx(said["start_ms"], abs=800)
        assert heard["end"] * 1000 == pytest.approx(said["end_ms"], abs=400)


@each_narrator
def test_only_known_sentences_in_order_and_no_witness_by_name(narrator: dict[str, Any]) -> None:
    known = {text for language in narrator["languages"] for text in KNOWN[language]}
    end = 0
    for sentence in narrator["sentences"]:
        assert sentence["text"] in known
        assert "이순옥" not in sentence["text"]
        assert sentence["speaker"] in narrator["speakers"]
        assert end < sentence["start_ms"] < sentence["end_ms"]
        end = sentence["end_ms"]
    assert set(narrator["speakers"]) == {one["speaker"] for one in narrator["sentences"]}
    assert Route(narrator["route"])


@each_narrator
def test_there_is_something_to_check_in_each_draft(narrator: dict[str, Any]) -> None:
    errors = mishearing.read(narrator)
    rows = []
    for text in said(narrator):
        words = tuple(Word(word, 1000 * n, 1000 * n + 900, 0.99) for n, word in enumerate(text.split()))
        rows.append(mishearing.misheard(Segment("s", "r", 0, 9000, text, words=words), errors))
    assert sum(one.doubtful for one in rows) == 6
    assert all(row.text == " ".join(word.text for word in row.words) for row in rows)
    assert all(before.end_ms <= after.start_ms for row in rows for before, after in pairwise(row.words))
    assert all(word.end_ms > word.start_ms for row in rows for word in row.words)
    places = {one: sum(one.heard in row.text for row in rows) for one in errors}
    assert all(places.values()) and any(n == 2 and one.said != one.heard for one, n in places.items())
    assert any(one.said == one.heard for one in errors) and {one.flag for one in errors} & FLAGS - {CHECK}


@each_narrator
def test_every_entity_is_told_and_no_replacement_gives_one_away(narrator: dict[str, Any]) -> None:
    told = "\n".join([*said(narrator), *heard(narrator)])
    entities = narrator["decisions"]["entities"]
    variants = [variant for one in entities for variant in one["variants"]]
    assert len(variants) == len(set(variants))
    for entity in entities:
        assert EntityType(entity["type"])
        assert IdentifierClass(entity["class"])
        assert set(entity["replacement"]) == set(Profile)
        assert any(variant in told for variant in entity["variants"]), entity["id"]
        for text in entity["replacement"].values():
            assert text.startswith("[") and text.endswith("]")
            assert not [variant for variant in variants if variant.casefold() in text.casefold()]
    assert set(narrator["real_names"]) <= set(variants)


@each_narrator
def test_nothing_decided_is_also_called_harmless(narrator: dict[str, Any]) -> None:
    told = "\n".join([*said(narrator), *heard(narrator)])
    variants = {variant for one in narrator["decisions"]["entities"] for variant in one["variants"]}
    assert not variants & set(narrator["not_names"])
    assert all(word in told and reason for word, reason in narrator["not_names"].items())


@each_narrator
def test_consents_allow_the_journey_and_refuse_the_media(narrator: dict[str, Any]) -> None:
    consent = consent_of(narrator)
    for stage, version in zip((Stage.BEFORE, Stage.AFTER), consent.versions, strict=True):
        assert version.stage is stage
        assert version.form_text == read(CONSENT / f"{version.form_text}.json")["id"]
        assert [one.purpose for one in version.permissions] == list(Purpose)
        assert all(version.checklist[item] for item in CHECKLIST)
    release = Context(Purpose(narrator["release"]["purpose"]), narrator["release"]["recipient"])
    assert isinstance(may(Operation.RECORD, consent, Context(), TODAY), Allowed)
    assert isinstance(may(Operation.TRANSCRIBE, consent, Context(), TODAY), Allowed)
    assert isinstance(may(Operation.EXPORT_TEXT, consent, release, TODAY), Allowed)
    assert isinstance(may(Operation.EXPORT_TEXT, consent, Context(Purpose.MEDIA), TODAY), Refused)
    assert isinstance(may(Operation.EXPORT_AUDIO, consent, Context(Purpose.PUBLISH_AUDIO), TODAY), Refused)


def test_one_narrator_closes_a_passage() -> None:
    seals = [(narrator, seal) for narrator in NARRATORS for seal in narrator["seals"]]
    assert seals
    for narrator, seal in seals:
        assert seal["sentence"] in [one["text"] for one in narrator["sentences"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", ["before", "after"])
def test_a_sample_consent_says_and_asks_everything(language: str, stage: str) -> None:
    text = read(CONSENT / f"sample-{stage}-{language}-1.json")
    assert (text["id"], text["language"], text["stage"], text["version"]) == (
        f"sample-{stage}-{language}-1", language, stage, 1,
    )  # fmt: skip
    assert text["id"] == consent_document.template(Stage(stage), language)["form_text"]
    assert list(text["checklist"]) == list(CHECKLIST)
    assert list(text["questions"]) == list(Purpose)
    assert all(one.strip() for one in (text["notice"], *text["checklist"].values()))
    assert all("?" in one or "？" in one for one in text["questions"].values())


def test_topics_have_a_name_in_every_language_and_narrators_use_them() -> None:
    topics = read(paths.resources() / "topics.json")["topics"]
    codes = [one["code"] for one in topics]
    assert len(codes) == len(set(codes)) == 22
    for language in LANGUAGES:
        assert len({one["names"][language] for one in topics}) == len(topics)
    assert all(set(narrator["topics"]) <= set(codes) for narrator in NARRATORS)
