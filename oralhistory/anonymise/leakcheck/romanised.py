"""Korean names in Latin letters: one skeleton for all the ways of writing a name.

Revised Romanization, McCune-Reischauer, North Korean and everyday spellings differ in a few letters that the skeleton does not
tell apart (j and ch, g and k, d and t, b and p, r and l; eo, o, u and eu; ae, e and oe). What they do not share, surnames above
all, is spelled out. Source of the letters: the Revised Romanization of Korean, Ministry of Culture and Tourism, 2000.
"""

import re
from collections.abc import Iterator
from itertools import product

INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
MEDIALS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k",
    "t", "p", "t",
)  # fmt: skip

SURNAMES = {
    "이": ("i", "li"),
    "리": ("i", "li"),
    "임": ("im", "lim"),
    "림": ("im", "lim"),
    "유": ("yu", "lyu"),
    "류": ("yu", "lyu"),
    "양": ("yang", "lyang"),
    "량": ("yang", "lyang"),
    "여": ("yeo", "lyeo"),
    "려": ("yeo", "lyeo"),
    "염": ("yeom", "lyeom"),
    "렴": ("yeom", "lyeom"),
    "노": ("no", "lo"),
    "로": ("no", "lo"),
    "나": ("na", "la"),
    "라": ("na", "la"),
    "박": ("bak", "park"),
    "허": ("heo", "hur"),
    "서": ("seo", "sur"),
}
"""Surnames written in ways that the skeleton does not cover: a first letter that the South drops and the North writes, an r
that nobody speaks."""

_ASSIMILATED = (
    (re.compile(r"k(?=[nm])"), "ng"),
    (re.compile(r"t(?=[nm])"), "n"),
    (re.compile(r"p(?=[nm])"), "m"),
    (re.compile(r"(?<=[mg])r"), "n"),
    (re.compile(r"nr|ln|lr"), "ll"),
)
"""What Revised Romanization writes where two syllables meet; names are written with and without it."""

_RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ee|yi(?![aeou])", "i"),
        (r"woo|wu|oo", "u"),
        (r"sh", "s"),
        (r"tch|ch", "j"),
        (r"ck|c|q", "k"),
        (r"(?<=[kgtdpbrl])h", ""),
        (r"(?<=[aeiouy])h(?![aeiouy])", ""),
        (r"yae|yeo|yeu|you", lambda found: "ye" if found[0] == "yae" else "yo"),
        (r"wae|weo", lambda found: "we" if found[0] == "wae" else "wo"),
        (r"eui|ui", "i"),
        (r"eo|eu", "o"),
        (r"[ao][ei]|[aoe]y(?![aeiou])", "e"),
        (r"ou|u", "o"),
        (r"z", "j"),
        (r"g", "k"),
        (r"d", "t"),
        (r"b", "p"),
        (r"r", "l"),
        (r"([a-z])\1", r"\1"),
    )
)

SHORTEST = 4
"""Skeletons of fewer letters say nothing."""


def skeleton(latin: str) -> str:
    """The letters that all spellings of a name share; `latin` is casefolded ASCII without spaces and marks."""
    for rule, to in _RULES:
        latin = rule.sub(to, latin)
    return latin


def is_hangul(text: str) -> bool:
    return bool(text) and all("\uac00" <= one <= "\ud7a3" for one in text)


def skeletons(name: str) -> set[str]:
    """Skeletons under which a Hangul name of two to six syllables may appear, surname first and last."""
    if not is_hangul(name) or not 2 <= len(name) <= 6:
        return set()
    spellings = set(_written(_syllables(name)))
    split = 2 if len(name) > 3 else 1
    given = set(_written(_syllables(name[split:])))
    surnames = SURNAMES.get(name[:split]) or tuple(_written(_syllables(name[:split])))
    for surname, own in product(surnames, given):
        spellings |= {surname + own, own + surname}
    return {one for one in map(skeleton, spellings) if len(one) >= SHORTEST}


def _syllables(name: str) -> list[str]:
    return [_syllable(ord(one) - 0xAC00) for one in name]


def _syllable(index: int) -> str:
    return INITIALS[index // 588] + MEDIALS[index % 588 // 28] + FINALS[index % 28]


def _written(syllables: list[str]) -> Iterator[str]:
    plain = "".join(syllables)
    yield plain
    for rule, to in _ASSIMILATED:
        plain = rule.sub(to, plain)
    yield plain
