"""Korean in Latin letters, by sound: whoever wrote it by whatever system, the same name comes out the same.

McCune-Reischauer, Revised Romanization, the North Korean one and the common spellings of surnames differ in signs and in the
choice between voiced and voiceless letters. What is kept is the skeleton that they share: 최명호, Choe Myong-ho, Choi Myeongho.
"""

import re
from collections.abc import Iterable

from oralhistory.anonymise.hangul import LATIN, folded, is_syllable
from oralhistory.anonymise.jamo import parts

LATIN_WORD = re.compile(rf"[{LATIN}]+(?:['’ʼ‘`-][{LATIN}]+)*")
_INITIALS = ("k", "k", "n", "t", "t", "r", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h")
_MEDIALS = (
    "a", "e", "ya", "ye", "o", "e", "yo", "ye", "o", "wa", "we", "we", "yo", "o", "wo", "we", "wi", "yo", "o", "i", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "r", "k", "m", "r", "r", "r", "r", "r", "m", "p", "p", "t", "t", "N", "t", "t",
    "k", "t", "p", "",
)  # fmt: skip
_LETTERS = (
    ("ng", "N"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("ph", "p"), ("th", "t"), ("kh", "k"), ("gh", "k"), ("eo", "o"),
    ("eu", "o"), ("oo", "o"), ("ou", "o"), ("ae", "e"), ("ai", "e"), ("ay", "e"), ("oe", "we"), ("oi", "we"), ("ui", "i"),
    ("ee", "i"), ("weo", "wo"), ("u", "o"), ("g", "k"), ("d", "t"), ("b", "p"), ("f", "p"), ("v", "p"), ("l", "r"),
    ("j", "c"), ("z", "c"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_SURNAMES = {
    "이": ("i", "ri", "yi", "rhi"), "리": ("ri", "i", "yi", "rhi"), "박": ("pak", "park"), "최": ("cwe", "coe"),
    "임": ("im", "rim"), "림": ("rim", "im"), "유": ("yo", "ryo"), "류": ("ryo", "yo", "rio"), "노": ("no", "ro", "roh"),
    "로": ("ro", "no", "roh"), "오": ("o", "oh"), "조": ("co", "coh"), "고": ("ko", "koh"), "우": ("wo", "o"),
    "양": ("yang", "ryang"), "량": ("ryang", "yang"), "여": ("yo", "ryo"), "려": ("ryo", "yo"), "백": ("pek", "pak"),
    "서": ("so", "soh"), "권": ("kwon", "kwan"), "허": ("ho", "hor", "her"),
}  # fmt: skip


def sound(form: str) -> set[str]:
    """The skeletons of a Hangul name: its surname in each common spelling, before or after the given name."""
    syllables = [_syllable(one) for one in form]
    said = {_flat("".join(syllables))}
    if len(form) >= 3 and all(map(is_syllable, form)):
        given = "".join(syllables[1:])
        for surname in _SURNAMES.get(form[0], (syllables[0],)):
            said |= {_flat(surname + given), _flat(given + surname)}
    return said


def sounds_of_latin(said: str) -> Iterable[str]:
    """The skeleton of Latin letters, as written."""
    letters = re.sub(rf"[^{LATIN}]", "", folded(said))
    for written, kept in _LETTERS:
        letters = letters.replace(written, kept)
    yield _flat(letters)


def _syllable(one: str) -> str:
    initial, medial, final = parts(one)
    return _INITIALS[initial] + _MEDIALS[medial] + _FINALS[final]


def _flat(letters: str) -> str:
    """Without doubled letters and without the y that some write and others do not."""
    return re.sub(r"(.)\1+", r"\1", letters.replace("wi", "i").replace("y", ""))
