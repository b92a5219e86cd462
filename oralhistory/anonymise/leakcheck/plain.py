"""Files that are not packages, read as a person and as a program would: text, subtitles, tables, JSON, and bare bytes."""

import base64
import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from oralhistory.anonymise.leakcheck.search import Kind, Reading

_TIMING = re.compile(r"^(?:\d+[ \t]*\n)?(?:\d+:)?\d\d:\d\d[.,]\d{3}[ \t]+-->[ \t]+(?:\d+:)?\d\d:\d\d[.,]\d{3}", re.MULTILINE)
_LINK = re.compile(r"\]\([^()\n]{0,500}\)")
_TAG = re.compile(r"<[^<>]{0,500}>")
_LABEL = re.compile(r"^[ \t>*-]*(?:\\?\[?\d{1,3}(?::\d\d){1,2}(?:[.,]\d{1,3})?\\?\]?)?[ \t]*(?:\*\*)?[^\n:]{0,40}:(?:\*\*)?[ \t]",
                    re.MULTILINE)
"""The head of a turn: a time, a speaker, a colon."""

_COUNT = re.compile(r"\d{1,9}|\d\d:\d\d:\d\d[.,]\d{3}")
_MOSTLY = 0.9
_JSON_NUMBER = re.compile(r"(?<=:)\s*-?\d{1,9}(?=\s*[,}\n])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_FOREIGN = re.compile(rb"%PDF-|\{\\rtf")
"""Formats that look like text but hide their words in codes of their own."""

_BARE = re.compile(r"[^\x20-\x7e\xc0-\u024f\u0300-\u036f\u1100-\u11ff\u200b-\u200d\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]+")
_FINE_SIZE = 1_000_000
"""Bytes up to which unknown data are read letter by letter in every encoding; larger ones are searched as bytes."""


def decoded(data: bytes) -> str | None:
    """The text of a text file, None for anything else."""
    if _FOREIGN.match(data):
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    text = _strictly(data, "utf-8-sig")
    if text is not None and "\x00" not in text:
        return text
    return _strictly(data, "cp949") if b"\x00" not in data else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def text_readings(text: str, suffix: str) -> list[Reading]:
    """All readings of a text; each is another way to see the same words."""
    text = text.replace("\r\n", "\n")
    if suffix.casefold() in (".csv", ".tsv"):
        views = _table(text, "\t" if suffix.casefold() == ".tsv" else ",")
    elif text.lstrip()[:1] in ("{", "["):
        views = _json(text)
    else:
        heard = _TIMING.sub("", text)
        untagged = without_links(without_tags(heard))
        views = {heard, untagged, without_labels(untagged)}
    return [Reading(one) for one in sorted(views)]


def without_tags(text: str) -> str:
    return _TAG.sub("", text) if "<" in text else text


def without_links(text: str) -> str:
    """Markdown without the addresses behind its words."""
    return _LINK.sub("]", text) if "](" in text else text


def without_labels(text: str) -> str:
    """Turns without the times and speakers they begin with: what is said runs on."""
    return _LABEL.sub("", text)


def _table(text: str, separator: str) -> set[str]:
    """Row by row and column by column, without the columns that only count rows or tell times."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return {text}
    return set(by_rows_and_columns(rows))


def by_rows_and_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The ways to read a table, with heads above its columns or none, without the columns that only count rows or tell times."""
    columns = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows), default=0))]
    telling = [at for at, cells in enumerate(columns) if not _counts(cells[1:])]
    heads = "\n".join(cells[0] for cells in columns)
    by_row = "\n".join("\t".join(row[at] for at in telling if at < len(row)) for row in rows)
    by_column = "\n".join([heads, *(cell for at in telling for cell in columns[at][1:])])
    return [f"{heads}\n{by_row}", by_column, "\n".join(cell for at in telling for cell in columns[at])]


def _json(text: str) -> set[str]:
    """As written but for bare numbers, and the values of each key in a row, without those that only count or tell times."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return {text}
    values: dict[str, list[str]] = defaultdict(list)
    for key, value in _leaves(content):
        values[key].append(value)
    telling = (value for one in values.values() if not _counts(one) for value in one)
    return {_JSON_NUMBER.sub("", text), "\n".join([*values, *telling])}


def _counts(cells: Sequence[str]) -> bool:
    """Whether these are numbers or times that grow, but for a few that overlap: they could equal a year by chance."""
    if len(cells) < 2 or not all(map(_COUNT.fullmatch, cells)):
        return False
    growing = sum((len(one), one) < (len(after), after) for one, after in pairwise(cells))
    return growing >= _MOSTLY * (len(cells) - 1)


def _leaves(content: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for name, one in content.items():
            yield from _leaves(one, name)
    elif isinstance(content, list):
        for one in content:
            yield from _leaves(one, key)
    elif isinstance(content, str | int | float):
        yield key, str(content)


def byte_readings(data: bytes) -> list[Reading]:
    """What unknown data say in UTF-8, UTF-16 of both orders at both offsets, and CP949."""
    if len(data) > _FINE_SIZE:
        return []
    found = [data.decode("utf-8", errors="replace"), data.decode("cp949", errors="replace")]
    found += [data[at:].decode(order, errors="replace") for at in (0, 1) for order in ("utf-16-le", "utf-16-be")]
    return [Reading(_BARE.sub("\n", one), Kind.BYTES) for one in found]


def packed_inside(text: str) -> bytes:
    """All that is written into a text as base64, in both alphabets; words that only look like it give noise."""
    found = []
    for one in sorted(set(_BASE64.findall(text))):
        bare = one.rstrip("=").translate(str.maketrans("-_", "+/"))
        if not one.islower() and len(bare) % 4 != 1:
            found.append(base64.b64decode(bare + "=" * (-len(bare) % 4)))
    return b"\n".join(found)
