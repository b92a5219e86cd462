"""Years, months and ages out of dates and ages as they are said, in three languages: what a coarser telling starts from.

Reads what the detectors of dates and ages propose and nothing else; None where it cannot.
"""

import re

_SINO = {"영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_HAN = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000}
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9,
}  # fmt: skip
_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"봄": 4, "여름": 7, "가을": 10, "겨울": 1, "春": 4, "夏": 7, "秋": 10, "冬": 1,
            "spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}  # fmt: skip
_THIS_CENTURY = 30
"""A year of two digits below it is one of the 2000s."""


def year(said: str) -> int | None:
    """The year of a date: 1997, 97년도, 천구백구십칠년, 일구팔오년, 九八年, nineteen ninety-seven."""
    digits = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", said)
    if digits:
        return int(digits.group())
    short = re.search(r"(?<!\d)(\d\d)\s?년|(?<!\d)(\d\d)年", said)
    if short:
        return _whole(int(short.group(1) or short.group(2)))
    words = re.search(r"([영공일이삼사오육륙칠팔구십백천\s]+)년|([零〇一二三四五六七八九十\d]+)\s?年", said)
    if words:
        return _of_words((words.group(1) or words.group(2)).replace(" ", ""))
    return _english_year(said.lower())


def month(said: str) -> int | None:
    """1 to 12; for a season its middle one."""
    digits = re.search(r"(\d{1,2})\s?[월月]", said) or re.search(r"(?:19|20)\d\d\s?[-./]\s?(\d{1,2})", said)
    if digits:
        return int(digits.group(1)) if 1 <= int(digits.group(1)) <= len(_MONTHS) else None
    if re.search(r"(?<![가-힣])(?:시|유)월", said):
        return 10 if "시월" in said else 6
    words = re.search(r"([일이삼사오육칠팔구십]{1,2})\s?월", said) or re.search(r"([一二三四五六七八九十]{1,2})\s?月", said)
    if words:
        return _sum(words.group(1))
    small = said.lower()
    by_name = next((n for n, name in enumerate(_MONTHS, start=1) if re.search(rf"\b{name}", small)), None)
    return by_name or next((middle for name, middle in _SEASONS.items() if name in small), None)


def age(said: str) -> int | None:
    """The years of an age: 23살, 스물세 살, 이십삼 세, twenty-three, 二十三岁."""
    digits = re.search(r"\d{1,3}", said)
    if digits:
        return int(digits.group())
    tens = next((name for name in sorted(_NATIVE_TENS, key=len, reverse=True) if name in said), "")
    rest = said.partition(tens)[2] if tens else said
    ones = next((name for name in sorted(_NATIVE_ONES, key=len, reverse=True) if rest.strip().startswith(name)), "")
    if tens or ones:
        return _NATIVE_TENS.get(tens, 0) + _NATIVE_ONES.get(ones, 0)
    words = re.search(r"([일이삼사오육칠팔구십]+)\s?세", said) or re.search(r"([一二三四五六七八九十两]+)\s?[岁歲]", said)
    if words:
        return _sum(words.group(1))
    return sum(_ENGLISH.get(word, 0) for word in re.findall(r"[a-z]+", said.lower())) or None


def _of_words(said: str) -> int | None:
    if any(one in _UNITS for one in said):
        number = _sum(said)
    else:
        values = [_SINO.get(one, _HAN.get(one, -1)) for one in said]
        number = int("".join(map(str, values))) if values and min(values) >= 0 else None
    return None if number is None else _whole(number)


def _whole(number: int) -> int | None:
    if number < 100:
        return number + (2000 if number < _THIS_CENTURY else 1900)
    return number if 1900 <= number < 2100 else None


def _sum(said: str) -> int | None:
    """이천십오, 구십칠, 二十三: digits before units."""
    total, digit = 0, 0
    for one in said:
        if one in _UNITS:
            total, digit = total + max(digit, 1) * _UNITS[one], 0
        elif one in _SINO or one in _HAN:
            digit = _SINO.get(one, _HAN.get(one, 0))
        else:
            return None
    return total + digit


def _english_year(said: str) -> int | None:
    words = [word for word in re.findall(r"[a-z]+", said) if word in _ENGLISH or word in ("hundred", "thousand", "oh")]
    if words[:2] == ["two", "thousand"]:
        return 2000 + sum(_ENGLISH.get(word, 0) for word in words[2:])
    if words[:1] in (["nineteen"], ["twenty"]) and len(words) > 1:
        return 100 * _ENGLISH[words[0]] + sum(_ENGLISH.get(word, 0) for word in words[1:])
    return None
