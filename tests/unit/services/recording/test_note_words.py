"""How much was written: words, but characters where Chinese is written."""

import pytest

from oralhistory import i18n
from oralhistory.services.recording.note_words import size_sentence

RIVER = "我住在江边，后来过了江。"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", ""),
        (" \n", ""),
        ("강가에서 살았습니다.", "2 words"),
        ("한자(漢字)를 배웠습니다.", "2 words"),
        ("one", "1 word"),
        (RIVER, "10 characters"),
        (f"[00:00:05] {RIVER}", "10 characters"),
        ("江", "1 character"),
    ],
)
def test_size(text: str, size: str) -> None:
    assert size_sentence(text) == size


@pytest.mark.parametrize(("language", "size"), [("zh_CN", "10 个字"), ("ko", "10자")])
def test_it_is_told_in_the_language_in_use(language: str, size: str) -> None:
    with i18n.speaking(language):
        assert size_sentence(RIVER) == size
