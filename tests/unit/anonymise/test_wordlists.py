"""The shipped lists are as the detectors read them."""

import unicodedata
from pathlib import Path

from oralhistory.anonymise.hangul import is_latin
from oralhistory.anonymise.wordlists import Words, read_names, read_places


def test_the_gazetteer_is_large_and_in_several_scripts(lists: Path) -> None:
    places = read_places(lists)
    assert len(places) > 1500
    assert sum(is_latin(form[0]) for form in places) > 600
    assert {"회령", "전거리", "온성 보위부", "Yanji", "延吉", "치앙라이", "요덕", "함경북도", "두만강"} <= set(places)


def test_everything_is_written_as_text_is_kept(lists: Path) -> None:
    files = list(lists.glob("*.json"))
    assert files
    for file in files:
        text = file.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text), file.name


def test_no_place_is_empty_or_padded(lists: Path) -> None:
    assert [form for form in read_places(lists) if not form or form != form.strip()] == []


def test_names_are_hangul_and_words_small(lists: Path, words: Words) -> None:
    names = read_names(lists)
    assert {len(one) for one in names.syllables} == {1}
    assert all(len(one) in (2, 3) for one in names.given)
    assert all(one == one.lower() for one in words.english)
    assert {"하나", "보람", "유선"} <= words.korean
