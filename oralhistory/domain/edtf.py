"""Dates as well as people know them, written in EDTF (ISO 8601-2, levels 0 and part of 1, Library of Congress 2019).

Understood are a year, a month, a season (21 spring to 24 winter) or a day; digits left open from the right (``199X``,
``2015-XX``); ``?`` uncertain, ``~`` approximate, ``%`` both, at the end; and an interval of two of these, of which one may
be open (``..``) or unknown (nothing). A date of the lunar calendar is no EDTF date: what was said stays as it was said.

The one library there is for Python brings four others and a copyleft one among them, for dates that stand in a few
fields; the domain uses none at all.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
"""First and last month; winter begins in December, and the rest of it belongs to the next year."""
_ONE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?[?~%]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """The first and the last day that are meant; None where the end is open or unknown."""

    first: date | None
    last: date | None

    @property
    def decade(self) -> int | None:
        """The decade in which it begins, as its first year; None when that is not certain enough to say."""
        day = self.first or self.last
        return None if day is None else day.year // 10 * 10


def parse(text: str) -> When:
    """What `text` says. ValueError when it is no date in this form, or none that there is (``2015-02-30``)."""
    if "/" not in text:
        return _single(text)
    begin, _, end = text.partition("/")
    first, last = (None if one in ("", "..") else _single(one) for one in (begin, end))
    if first is None and last is None:
        raise ValueError("an interval without ends")
    if first and last and first.first and last.last and first.first > last.last:
        raise ValueError("an interval that ends before it begins")
    return When(first.first if first else None, last.last if last else None)


def year_only(text: str) -> bool:
    """Whether it names nothing finer than a year: of a birth no more is kept."""
    return re.fullmatch(r"(\d{4}|\d{3}X|\d{2}XX)[?~%]?", text, re.ASCII) is not None


def _single(text: str) -> When:
    said = _ONE.fullmatch(text)
    if said is None:
        raise ValueError("not a date")
    years, month, day = said.groups()
    first_year, last_year = int(years.replace("X", "0")), int(years.replace("X", "9"))
    if first_year < 1:
        raise ValueError("no such year")
    if "X" in years and month not in (None, "XX"):
        raise ValueError("a month of no year")
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise ValueError("a day of no month")
        return When(date(first_year, 1, 1), date(last_year, 12, 31))
    number = int(month)
    if number in _SEASONS and day is None:
        first_month, last_month = _SEASONS[number]
        return When(date(first_year, first_month, 1), _month_end(first_year, last_month))
    if day in (None, "XX"):
        return When(date(first_year, number, 1), _month_end(first_year, number))
    exactly = date(first_year, number, int(day))
    return When(exactly, exactly)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError("no such month")
    return date(year, month, calendar.monthrange(year, month)[1])
