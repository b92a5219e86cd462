"""Text brought to the one form in which a leak cannot hide: `resolved`, `folded`, and the `Letters` that are left of it.

Folding undoes encodings inside text (HTML entities, percent signs, ``\\u`` escapes), compatibility and decomposed forms, loose
jamo, invisible characters, marks and letters that only look Latin. `Letters` drops spaces and punctuation but remembers where
they stood, so that a name is found across them and yet not in the middle of unrelated words.
"""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from urllib.parse import unquote

from oralhistory.domain.leaks import NEAR, Around

Span = tuple[int, int]

_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}(?:=\r?\n)?){2,}")
_ESCAPE = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+")
_BYTES = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+|(?:\\[0-3][0-7]{2}){2,}")
_NUMBERED = re.compile(r"\\u\{([0-9A-Fa-f]{1,6})\}|U\+([0-9A-Fa-f]{4,6})[ \t,;]?")
_LAYERS = 3
"""How often a text is read again as if what was read were written in codes, too."""

_RARE = re.compile(r"[^\x20-\x7e\n\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff]+")
"""Whatever folding has to look at; the rest of a Korean, Chinese or English text is already as it should be."""

_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u180e")
"""Letters and symbols by their category, but nobody sees them."""

_LOOSE = re.compile(r"(?<=[\u1100-\u11ff])[\W_]+(?=[\u1100-\u11ff])")
_OPEN_SYLLABLE = re.compile(r"([\uac00-\ud7a3])([\u1100-\u1112])(?![\u1161-\u1175])")
_FINAL_OF_INITIAL = (1, 2, 4, 7, 0, 8, 16, 17, 0, 19, 20, 21, 22, 0, 23, 24, 25, 26, 27)
"""For each of the 19 initial consonants its number as a final one (Unicode 3.12), 0 where it cannot be one."""

_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo")

_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
"""Words of one script: ``YanjiCity``, ``Kim은`` and ``2015년`` are two each."""


def resolved(text: str) -> str:
    """`text` with HTML entities, percent encoding, quoted-printable, escapes and numbers of letters read, and again what
    they said."""
    for _ in range(_LAYERS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "%" in text:
            text = _PERCENT.sub(lambda found: unquote(found[0], errors="replace"), text)
        if "=" in text:
            text = _QUOTED.sub(lambda found: _utf8(re.sub(r"=\r?\n|=", "", found[0])), text)
        if "\\" in text or "U+" in text:
            text = _ESCAPE.sub(lambda found: _utf16(found[0]), text)
            text = _BYTES.sub(_of_bytes, text)
            text = _NUMBERED.sub(_of_number, text)
        if text == before:
            break
    return text


def _of_bytes(found: re.Match[str]) -> str:
    if found[0].startswith("\\x"):
        return _utf8(found[0].replace("\\x", ""))
    return bytes(int(one, 8) for one in found[0].split("\\")[1:]).decode(errors="replace")


def _of_number(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    return chr(number) if number < 0x110000 else found[0]


def _utf8(digits: str) -> str:
    return bytes.fromhex(digits).decode(errors="replace")


def _utf16(escapes: str) -> str:
    return bytes.fromhex(escapes.replace("\\u", "")).decode("utf-16-be", errors="replace")


def folded(text: str) -> str:
    """NFKC without marks and invisible characters, jamo composed, look-alikes Latin, digits ASCII; case is kept."""
    text = text.replace("\u318d", "·")  # a vowel of old, typed as a dot between words today
    text = _RARE.sub(lambda found: _visible(found[0]), unicodedata.normalize("NFKC", text))
    text = unicodedata.normalize("NFC", text)
    if re.search(r"[\u1100-\u11ff]", text):
        text = _OPEN_SYLLABLE.sub(_closed, unicodedata.normalize("NFC", _LOOSE.sub("", text)))
    return text


def _visible(rare: str) -> str:
    decomposed = unicodedata.normalize("NFKD", rare)
    kept = (_plain(one) for one in decomposed if one.isspace() or not _unseen(one))
    return "".join(kept).translate(_LOOKALIKES)


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf", "Cc", "Cs") or character in _FILLERS


def _plain(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdigit() else character


def _closed(found: re.Match[str]) -> str:
    syllable, initial = ord(found[1]), ord(found[2]) - 0x1100
    final = _FINAL_OF_INITIAL[initial]
    open_syllable = (syllable - 0xAC00) % 28 == 0
    return chr(syllable + final) if open_syllable and final else found[0]


@dataclass(frozen=True, slots=True)
class Letters:
    """The casefolded letters and digits of a text in one string, and the borders of the words they came in.

    `starts` are the offsets of the words of `words` in `text`; `gaps` those before which spaces or punctuation stood.
    """

    words: tuple[str, ...]
    text: str
    starts: tuple[int, ...]
    gaps: tuple[int, ...]
    bounds: frozenset[int] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> "Letters":
        """Of folded text."""
        words: list[str] = []
        apart: list[bool] = []
        ended = 0
        for found in _TOKEN.finditer(text):
            words.append(found[0])
            apart.append(found.start() > ended)
            ended = found.end()
        cased = [word.casefold() for word in words]
        starts = tuple(accumulate((len(word) for word in cased), initial=0))
        gaps = tuple(start for start, gap in zip(starts, apart, strict=False) if gap)
        return cls(tuple(words), "".join(cased), starts[:-1], gaps, frozenset(starts))

    def places(self, needle: str) -> Iterator[Span]:
        """Every place where `needle` stands in `text`, overlapping ones too."""
        at = self.text.find(needle)
        while at >= 0:
            yield at, at + len(needle)
            at = self.text.find(needle, at + 1)

    def around(self, start: int, end: int) -> Around:
        """The letters right before and behind [start, end)."""
        return self.text[max(0, start - NEAR) : start], self.text[end : end + NEAR]

    def crosses_gap(self, span: Span) -> bool:
        return bisect_right(self.gaps, span[0]) < bisect_left(self.gaps, span[1])

    def word_end(self, at: int) -> int:
        """Where the word around offset `at` ends."""
        following = bisect_right(self.starts, at)
        return self.starts[following] if following < len(self.starts) else len(self.text)

    def begins_capital(self, at: int) -> bool:
        """Whether the word around offset `at` begins with a capital letter."""
        return self.words[bisect_right(self.starts, at) - 1][0].isupper()


def squeezed(text: str) -> str:
    """The letters and digits of `text`, casefolded, as `Letters` would hold them."""
    return Letters.of(folded(text)).text
