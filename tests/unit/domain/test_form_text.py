"""What an organisation has to fill in before a consent text is read to anybody, and what becomes of it then."""

import json
from dataclasses import replace

from oralhistory import paths
from oralhistory.domain.form_text import FormText, parse, places_in

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
