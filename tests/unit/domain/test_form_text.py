"""What an organisation has to fill in before a consent text is read to anybody, and what becomes of it then."""

import json
from dataclasses import replace

import pytest

from oralhistory import paths
from oralhistory.domain.consent import CHECKLIST, Purpose
from oralhistory.domain.form_text import FormText, MalformedFormText, newest, parse, places_in

KOREAN = "sample-before-ko-1"


def sample(name: str) -> FormText:
    return parse(json.loads((paths.resources() / "consent" / f"{name}.json").read_text("utf-8")))


def test_every_place_is_named_once_and_filled_wherever_it_stands() -> None:
    text = sample(KOREAN)
    assert text.places == (
        "[기관 이름]", "[면담자 이름]", "[연락처]", "[보관 장소]", "[보관 기간]", "[지우거나 다시 여쭙겠습니다]",
    )  # fmt: skip
    half = text.filled({"[기관 이름]": " 기록센터 ", "[면담자 이름]": "  "})
    assert "저희는 기록센터입니다" in half.checklist["who_we_are"]
    assert "[기관 이름]" not in "".join(half.checklist.values())
    assert half.places == text.places[1:]
    whole = half.filled(dict.fromkeys(half.places, "가"))
    assert whole.places == ()
    assert (whole.questions, whole.id) == (text.questions, text.id)
    assert whole.sha256 != text.sha256


def test_what_was_put_in_the_places_of_one_text_is_found_again() -> None:
    text = sample(KOREAN)
    values = {"[기관 이름]": "기록센터 (사단법인)", "[연락처]": "02-000-0000", "[보관 장소]": "[서울]의 금고"}
    filled = text.filled(values).as_own("우리 기관의 글.")
    assert text.values_from(filled) == {place: values[place] for place in ("[기관 이름]", "[연락처]")}
    changed = replace(filled, checklist={name: f"{words} 그리고 더." for name, words in filled.checklist.items()})
    assert text.values_from(changed) == {}


def test_the_organisations_own_does_not_call_itself_a_sample() -> None:
    for name, title in (
        (KOREAN, "이야기를 들려주시기 전의 동의"),
        ("sample-after-en-1", "Consent after telling your story"),
        ("sample-after-zh-1", "讲述之后的同意书"),
    ):
        own = sample(name).as_own("Ours.")
        assert (own.title, own.notice) == (title, "Ours.")
        assert own.checklist == sample(name).checklist


def test_a_bracket_that_does_not_close_is_no_place() -> None:
    assert places_in("[a] and [b, [a] [] [c]") == ("[a]", "[c]")


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
@pytest.mark.parametrize(("stage", "others"), [("before", 3), ("after", 4)])
def test_who_is_not_recorded_is_told_of_no_recording(stage: str, others: int, language: str) -> None:
    text = sample(f"sample-{stage}-{language}-2")
    told = text.told(sound=False)
    assert list(told) == list(CHECKLIST) == list(text.told(sound=True))
    changed = [item for item in CHECKLIST if told[item] != text.checklist[item]]
    assert changed == [item for item in CHECKLIST if item in text.without_sound] and len(changed) == others
    speaks_of_sound = {
        "en": ("recording", "your voice", "hear it"),
        "ko": ("녹음과", "녹음한", "목소리", "듣거나"),
        "zh": ("录音和", "录音会", "声音", "或听"),
    }
    assert not [one for one in speaks_of_sound[language] if one in "".join(told.values())]
    assert parse(text.document()) == text
    assert set(text.filled({}).places) == set(places_in("".join(text.checklist.values())))
    asked = {one for one in Purpose if not text.asks(one, sound=False)}
    assert asked == {Purpose.MACHINE_TRANSCRIBE, Purpose.PUBLISH_AUDIO}
    assert all(text.asks(one, sound=True) for one in Purpose)


def test_what_was_signed_before_there_were_other_words_stays_as_it_is() -> None:
    text = sample(KOREAN)
    assert "without_sound" not in text.document()
    assert text.sha256 == "30e4715bd810f70b91b99c84387d4b8bcbdd1aaa77db3768e7ca25c5b3624f4a"
    assert text.told(sound=False) == text.checklist
    assert all(text.asks(one, sound=False) for one in Purpose)
    latest = sample("sample-before-ko-2")
    assert newest([latest, text], "before", "ko") is latest
    values = {"[기관 이름]": "기록센터", "[보관 장소]": "금고"}
    assert latest.values_from(latest.filled(values)) == values
    assert text.values_from(text.filled(values)) == values
    assert latest.filled(values).without_sound["storage"].startswith("적은 글은 암호로 잠가 금고에")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"weather": "x"}, "without_sound.weather"), ({"risks": " "}, "without_sound.risks"), ([], "without_sound")],
)
def test_other_words_that_are_not_right_are_named(given: object, field: str) -> None:
    with pytest.raises(MalformedFormText) as caught:
        parse(sample(KOREAN).document() | {"without_sound": given})
    assert caught.value.field == field
