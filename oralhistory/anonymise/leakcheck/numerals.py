"""Numbers said in words: the digits behind Korean, Chinese and English number words, and the words for given digits."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_DIGIT_WORDS = {
    "공": "0", "영": "0", "령": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "륙": "6", "칠": "7",
    "팔": "8", "구": "9", "하나": "1", "둘": "2", "셋": "3", "넷": "4", "다섯": "5", "여섯": "6", "일곱": "7", "여덟": "8",
    "아홉": "9",
    "零": "0", "〇": "0", "○": "0", "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8",
    "九": "9", "幺": "1", "两": "2", "兩": "2", "壹": "1", "贰": "2", "叁": "3", "肆": "4", "伍": "5", "陆": "6", "柒": "7",
    "捌": "8", "玖": "9",
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ling": "0", "yao": "1",
}  # fmt: skip

_LATIN = "|".join(sorted((one for one in _DIGIT_WORDS if one.isascii()), key=len, reverse=True))
_OTHER = "|".join(sorted((one for one in _DIGIT_WORDS if not one.isascii()), key=len, reverse=True))
_ONE = rf"\d|(?:(?:double|triple)\W{{1,3}})?(?<![a-z])(?:{_LATIN})(?![a-z])|{_OTHER}"
_BETWEEN = r"(?:[\W_]|다시|에|의|dash|hyphen){0,4}?"
_RUN = re.compile(rf"(?:{_ONE})(?:{_BETWEEN}(?:{_ONE}))*")
_WORD = re.compile(rf"(double|triple)?[\W_]*(\d|{_LATIN}|{_OTHER})")
_TIMES = {"double": 2, "triple": 3}


@dataclass(frozen=True, slots=True)
class DigitRun:
    """The digits of one stretch of digits and digit words, which stands at [start, end)."""

    digits: str
    start: int
    end: int


def digit_runs(text: str) -> list[DigitRun]:
    """Every stretch of digits and digit words in folded, casefolded text."""
    return [DigitRun(_digits(found[0]), *found.span()) for found in _RUN.finditer(text)]


def _digits(run: str) -> str:
    return "".join(_DIGIT_WORDS.get(word, word) * _TIMES.get(times, 1) for times, word in _WORD.findall(run))


_KOREAN = "영일이삼사오육칠팔구"
_CHINESE = "〇一二三四五六七八九"
_KOREAN_NUMBER = re.compile(
    "".join(rf"(?:([{_KOREAN[1:]}륙]?)({unit}))?" for unit in "천백십") + rf"([{_KOREAN[1:]}륙]?)"
)
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_COUNTED = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_MONTHS = (("6월", "유월"), ("10월", "시월"))
_ENGLISH = (
    "",
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def said(text: str) -> set[str]:
    """`text` with its numbers of up to four digits in words, in the ways that are usual; nothing when it has no number."""
    forms = {
        _replaced(text, lambda n: _place_values(n, _KOREAN, "천백십")),
        _replaced(text, lambda n: _place_values(n, _CHINESE, "千百十")),
        _replaced(text, lambda n: "".join(_KOREAN[int(digit)] for digit in n)),
        _replaced(text, lambda n: "".join(_KOREAN[int(digit)] for digit in n).replace("영", "공")),
        _replaced(text, lambda n: "".join(_CHINESE[int(digit)] for digit in n)),
        _replaced(text, lambda n: "".join(_CHINESE[int(digit)] for digit in n).replace("〇", "零")),
        _replaced(text, _counted),
    }
    for month, word in _MONTHS:
        named = re.sub(rf"(?<!\d){month}", word, text)
        forms.add(_replaced(named, lambda n: _place_values(n, _KOREAN, "천백십")))
    if year := re.fullmatch(r"\D*(\d{4})\D*", text):
        forms |= _english_year(int(year[1]))
    return {one for one in forms if one != text and not re.search(r"\d", one)}


def written(text: str) -> str:
    """`text` with Korean numerals from a hundred to 9999 in digits; those of two syllables may be parts of names."""
    return _KOREAN_NUMBER.sub(lambda found: str(_value(found)) if len(found[0]) > 2 and _value(found) else found[0], text)


def _value(found: re.Match[str]) -> int:
    ones = "_" + _KOREAN[1:]
    value = 0
    for place, (digit, unit) in enumerate(zip(found.groups()[:6:2], found.groups()[1:6:2], strict=True)):
        if unit:
            value += 10 ** (3 - place) * (ones.index(digit.replace("륙", "육")) if digit else 1)
    last = found.groups()[6]
    return value + (ones.index(last.replace("륙", "육")) if last else 0) if value >= 100 else 0


def _replaced(text: str, speak: Callable[[str], str]) -> str:
    """Longer numbers are read digit by digit, which `digit_runs` finds."""
    return re.sub(r"(?<!\d)\d{1,4}(?!\d)", lambda found: speak(found[0]), text)


def _place_values(number: str, digits: str, units: str) -> str:
    """1997 is a thousand, nine hundreds, nine tens, seven: a single one of a unit is not spoken."""
    words = ""
    for digit, unit in zip(number.zfill(4), (*units, ""), strict=True):
        if digit != "0":
            words += ("" if digit == "1" and unit else digits[int(digit)]) + unit
    return words or digits[0]


def _counted(number: str) -> str:
    """Native Korean, as years of age are counted: 스물세 살, 스무 살."""
    tens, ones = divmod(int(number), 10)
    if not 0 < int(number) < 100:
        return number
    return "스무" if int(number) == 20 else _TENS[tens] + _COUNTED[ones]


def _english_year(year: int) -> set[str]:
    """Nineteen ninety-seven, nineteen oh five, two thousand and fifteen."""
    century, rest = divmod(year, 100)
    thousands, under = divmod(year, 1000)
    forms = {f"{_below_hundred(century)} {_below_hundred(rest) or 'hundred'}"}
    if 0 < rest < 10:
        forms = {f"{_below_hundred(century)} oh {_ENGLISH[rest]}"}
    if 0 < thousands < 10 and under < 100:
        forms |= {f"{_ENGLISH[thousands]} thousand {link}{_below_hundred(under)}" for link in ("", "and ")}
    return forms


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    return _ENGLISH[number] if number < 20 else f"{_ENGLISH_TENS[tens]} {_ENGLISH[ones]}".strip()
