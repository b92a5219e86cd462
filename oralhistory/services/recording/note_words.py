"""How much was written in a session without sound, as a person would count it."""

import re

from oralhistory.i18n import ntr

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def size_sentence(text: str) -> str:
    """Words, and characters where it is written in Chinese ones, which has no blanks between words; nothing for no text."""
    if not text.strip():
        return ""
    han, letters = len(_HAN.findall(text)), sum(map(str.isalpha, text))
    if 2 * han > letters:
        return ntr("{n} character", "{n} characters", han)
    return ntr("{n} word", "{n} words", len(text.split()))
