"""Dates as well as people know them: what is read, what is refused, and which days are meant."""

from datetime import date

import pytest

from oralhistory.domain.edtf import parse, year_only


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1998", date(1998, 1, 1), date(1998, 12, 31)),
        ("1998-02", date(1998, 2, 1), date(1998, 2, 28)),
        ("2004-02-29", date(2004, 2, 29), date(2004, 2, 29)),
        ("1998~", date(1998, 1, 1), date(1998, 12, 31)),
        ("1998-03?", date(1998, 3, 1), date(1998, 3, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("19XX%", date(1900, 1, 1), date(1999, 12, 31)),
        ("2015-XX", date(2015, 1, 1), date(2015, 12, 31)),
        ("2015-04-XX", date(2015, 4, 1), date(2015, 4, 30)),
        ("1998-21", date(1998, 3, 1), date(1998, 5, 31)),
        ("1998/2004-05", date(1998, 1, 1), date(2004, 5, 31)),
        ("1998~/..", date(1998, 1, 1), None),
        ("/2004", None, date(2004, 12, 31)),
    ],
)
def test_what_is_meant(text: str, first: date | None, last: date | None) -> None:
    when = parse(text)
    assert (when.first, when.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "98", "1998-13", "1998-00", "2015-02-30", "0000", "199X-03", "1998-XX-03", "2004/1998", "../..", "/", "1998/2000/2001",
     "음력 3월", "1998-3", " 1998", "1998-25", "-1998", "１９９８"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


def test_of_a_birth_no_more_than_the_year() -> None:
    written = ("1968", "196X", "1968~", "1968-03", "1968-03-01", "1968/1969")
    assert [one for one in written if year_only(one)] == ["1968", "196X", "1968~"]


@pytest.mark.parametrize(("text", "decade"), [("1998", 1990), ("200X~", 2000), ("/2004", 2000), ("2009-12/2011", 2000)])
def test_the_decade_it_begins_in(text: str, decade: int) -> None:
    assert parse(text).decade == decade
