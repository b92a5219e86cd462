"""Ways inside running text: something between the letters, another encoding of them, other signs for the same letters."""

import base64
import html
import json
import quopri
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

from tests.helpers.plants import Planted, Way, is_hangul, is_latin

BEFORE, AFTER = "저는 살아 있습니다. 그때 ", " 그렇게 들었습니다.\n"

BETWEEN = {
    "zero-width space": "\u200b", "zero-width non-joiner": "\u200c", "zero-width joiner": "\u200d", "word joiner": "\u2060",
    "soft hyphen": "\u00ad", "byte order mark": "\ufeff", "left-to-right mark": "\u200e", "right-to-left mark": "\u200f",
    "override": "\u202e", "isolate": "\u2066", "invisible times": "\u2062", "function application": "\u2061",
    "Hangul filler": "\u3164", "half-width filler": "\uffa0", "initial filler": "\u115f", "medial filler": "\u1160",
    "Braille blank": "\u2800", "Mongolian vowel separator": "\u180e", "variation selector": "\ufe0f",
    "supplementary variation selector": "\U000e0100", "tag character": "\U000e0041", "annotation anchor": "\ufff9",
    "acute accent": "\u0301", "ring": "\u030a", "enclosing circle": "\u20dd", "grapheme joiner": "\u034f",
    "space": " ", "no-break space": "\u00a0", "thin space": "\u2009", "hair space": "\u200a", "figure space": "\u2007",
    "narrow no-break space": "\u202f", "ideographic space": "\u3000", "two spaces": "  ", "tab": "\t",
    "hyphen": "-", "no-break hyphen": "\u2011", "en dash": "\u2013", "em dash": "\u2014", "minus": "\u2212", "full stop": ".",
    "ideographic full stop": "。", "comma": ",", "middle dot": "·", "Katakana middle dot": "・", "Korean middle dot": "ㆍ",
    "bullet": "•", "underscore": "_", "slash": "/", "backslash": "\\", "bar": "|", "star": "*", "tilde": "~", "plus": "+",
    "apostrophe": "’", "ellipsis": "…", "line break": "\n", "carriage return": "\r\n", "paragraph": "\n\n",
    "line separator": "\u2028", "paragraph separator": "\u2029", "vertical tab": "\v", "form feed": "\f", "control": "\x01",
    "object sign": "\ufffc", "replacement sign": "\ufffd", "private letter": "\ue000",
}  # fmt: skip
"""What stands between any two letters."""


def spaced(text: str, between: str) -> str:
    return between.join(text)


def compatibility_jamo(text: str) -> str:
    initials, medials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
    finals = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
    indices = [ord(one) - 0xAC00 for one in text]
    return "".join((initials[i // 588] + medials[i % 588 // 28] + finals[i % 28]).strip() for i in indices)


def half_width(text: str) -> str:
    """Hangul in half-width jamo."""
    table = {unicodedata.normalize("NFKC", chr(one)): chr(one) for one in range(0xFFA1, 0xFFDD)}
    decomposed = {unicodedata.normalize("NFKC", one): one for one in compatibility_jamo(text)}
    return (
        "".join(table.get(unicodedata.normalize("NFKC", one), one) for one in compatibility_jamo(text))
        if decomposed
        else ""
    )


def shifted(first: int, *, digits: int = 0) -> Callable[[str], str]:
    """Latin letters replaced by a block of such letters that begins at `first` with A (capitals, then small ones)."""

    def written(text: str) -> str:
        told = ""
        for one in text:
            if one.isascii() and one.isalpha():
                told += chr(first + (ord(one) - 65 if one.isupper() else 26 + ord(one) - 97))
            else:
                told += chr(digits + int(one)) if digits and one.isdigit() else one
        return told

    return written


def full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def circled(text: str) -> str:
    small = {chr(97 + n): chr(0x24D0 + n) for n in range(26)} | {chr(65 + n): chr(0x24B6 + n) for n in range(26)}
    return "".join(small.get(one, one) for one in text)


LOOKALIKES = str.maketrans("aceiopxyABCEHKMOPT", "асеіорхуАВСЕНКМОРТ")

WRITTEN: dict[str, tuple[Callable[[str], str], Callable[[str], bool]]] = {
    "as it is": (str, lambda _: True),
    "inside a longer word": (lambda s: f"전{s}댁", is_hangul),
    "decomposed": (lambda s: unicodedata.normalize("NFD", s), is_hangul),
    "decomposed with joiners": (lambda s: "\u200b".join(unicodedata.normalize("NFD", s)), is_hangul),
    "decomposed with spaces": (lambda s: " ".join(unicodedata.normalize("NFD", s)), is_hangul),
    "loose jamo": (compatibility_jamo, is_hangul),
    "loose jamo apart": (lambda s: " ".join(compatibility_jamo(s)), is_hangul),
    "half-width jamo": (half_width, is_hangul),
    "decimal entities": (lambda s: "".join(f"&#{ord(one)};" for one in s), lambda _: True),
    "hexadecimal entities": (lambda s: "".join(f"&#x{ord(one):x};" for one in s), lambda _: True),
    "padded entities": (lambda s: "".join(f"&#x{ord(one):08X};" for one in s), lambda _: True),
    "entities without end": (lambda s: "".join(f"&#{ord(one)}" for one in s), lambda s: not any(map(str.isdigit, s))),
    "entities escaped twice": (lambda s: html.escape("".join(f"&#{ord(one)};" for one in s)), lambda _: True),
    "entities between": ("&zwnj;".join, lambda _: True),
    "soft hyphen entities": ("&shy;".join, lambda _: True),
    "percent encoding": (lambda s: "".join(f"%{one:02X}" for one in s.encode()), lambda _: True),
    "percent encoding twice": (lambda s: quote(quote(s)), lambda s: not s.isascii()),
    "\\u escapes": (lambda s: "".join(f"\\u{ord(one):04x}" for one in s), lambda _: True),
    "\\u{} escapes": (lambda s: "".join(f"\\u{{{ord(one):x}}}" for one in s), lambda _: True),
    "\\x escapes": (lambda s: "".join(f"\\x{one:02x}" for one in s.encode()), lambda _: True),
    "U+ notation": (lambda s: " ".join(f"U+{ord(one):04X}" for one in s), lambda _: True),
    "quoted printable": (lambda s: quopri.encodestring(s.encode()).decode(), lambda s: not s.isascii()),
    "an encoded mail header": (
        lambda s: f"=?utf-8?q?{quopri.encodestring(s.encode(), header=True).decode()}?=",
        lambda s: not s.isascii(),
    ),
    "base64": (lambda s: base64.b64encode(f"{s}입니다".encode()).decode(), lambda _: True),
    "base64 for addresses": (
        lambda s: base64.urlsafe_b64encode(f"~~~{s}".encode()).decode(),
        lambda s: len(s.encode()) > 4,
    ),
    "base64 of UTF-16": (lambda s: base64.b64encode(f"{s}. ".encode("utf-16")).decode(), lambda _: True),
    "a data address": (
        lambda s: f"data:text/plain;base64,{base64.b64encode(s.encode()).decode()}",
        lambda s: len(s.encode()) > 5,
    ),
    "HTML tags inside": ("<b></b>".join, lambda _: True),
    "nested HTML tags": (lambda s: "".join(f"<i>{one}</i>" for one in s), lambda _: True),
    "an HTML comment inside": ("<!-- x -->".join, lambda _: True),
    "Markdown emphasis": (lambda s: "".join(f"*{one}*" for one in s), lambda _: True),
    "a Markdown link": (lambda s: f"[{s[0]}](x){s[1:]}" if s else "", lambda s: len(s) > 2),
    "brackets": (lambda s: "".join(f"[{one}]" for one in s), lambda _: True),
    "full-width letters": (full_width, str.isascii),
    "bold mathematical letters": (shifted(0x1D400, digits=0x1D7CE), is_latin),
    "italic mathematical letters": (shifted(0x1D608), is_latin),
    "script letters": (shifted(0x1D4D0), is_latin),
    "double-struck digits": (shifted(0x1D5A0, digits=0x1D7D8), str.isascii),
    "circled letters": (circled, is_latin),
    "Cyrillic look-alikes": (lambda s: s.translate(LOOKALIKES), is_latin),
    "accents": (lambda s: "".join(f"{one}\u0301" for one in s), is_latin),
    "capitals": (str.upper, is_latin),
    "capitals and small letters": (str.swapcase, is_latin),
    "between other words of one word": (lambda s: f"in{s}City", lambda s: is_latin(s) and s.isalpha()),
    "before Korean": (lambda s: f"{s}에서", is_latin),
    "with a particle": (lambda s: f"{s}한테서", is_hangul),
    "with a title": (lambda s: f"{s}씨가", is_hangul),
    "in quotation marks": (lambda s: f"“{s}”", lambda _: True),
    "Arabic digits": (
        lambda s: s.translate({48 + n: 0x660 + n for n in range(10)}),
        lambda s: any(map(str.isdigit, s)),
    ),
    "circled digits": (
        lambda s: s.translate({48: 0x24EA, **{48 + n: 0x2460 + n - 1 for n in range(1, 10)}}),
        lambda s: any(map(str.isdigit, s)),
    ),
    "superscript digits": (
        lambda s: s.translate(dict(zip(range(48, 58), map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"), strict=True))),
        lambda s: any(map(str.isdigit, s)),
    ),
}
"""(how it is written, for which strings)."""


def _in_text(written: Callable[[str], str]) -> Callable[[str], Planted]:
    return lambda known: ("E-9KQ2.txt", (BEFORE + written(known) + AFTER).encode())


def _with(between: str) -> Callable[[str], str]:
    return lambda known: spaced(known, between)


TEXTS = [
    *(Way(f"text: {name} between the letters", _in_text(_with(sign))) for name, sign in BETWEEN.items()),
    *(Way(f"text: {name}", _in_text(written), letters) for name, (written, letters) in WRITTEN.items()),
    Way("JSON: escaped value", lambda known: ("E-9KQ2.json", json.dumps([{"text": known}]).encode())),
]
