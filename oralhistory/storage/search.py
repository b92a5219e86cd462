"""Finding a string in the transcripts exactly as a plain substring scan would, ASCII letters of either case alike.

Korean glues particles to words and Chinese has no spaces, so words are no unit to index. Each text is indexed as its
overlapping pairs of characters; a phrase of pairs finds candidates, and each candidate's text has the last word. A single
character has no pair and is looked for in every text.

The indexes hold no text of their own. They forget a text when told exactly what they were told to learn, so both happen
here, with texts that stand in the segments' rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.sql.elements import ColumnElement

from oralhistory.domain.transcript import SEALED, Found
from oralhistory.storage.at_once import at_once
from oralhistory.storage.tables import interviews
from oralhistory.storage.transcript_tables import drafts, machine_segments, reviewed_segments, windows

INDEXES = {machine_segments.name: "machine_bigrams", reviewed_segments.name: "reviewed_bigrams"}

_LONGEST_PHRASE = 32
"""Pairs asked of the index; a longer search text is told apart by its candidates' texts."""

_PRIVATE_USE = 0xE000
_STAND_INS = {
    code: chr(_PRIVATE_USE + code) for code in range(128) if not chr(code).isalnum()
}  # FTS5's ascii tokenizer would split at these and drop them


def bigrams(words: str) -> str:
    """The overlapping pairs of characters of a text, with blanks between them."""
    safe = words.translate(_STAND_INS)
    return " ".join([safe[i : i + 2] for i in range(len(safe) - 1)])


def learn(connection: Connection, segments: Table, texts: Iterable[tuple[int, str]]) -> None:
    """Index the texts of these rows of `segments`."""
    index = INDEXES[segments.name]
    _tell(connection, f"INSERT INTO {index} (rowid, bigrams) VALUES (:row, :bigrams)", texts)  # noqa: S608


def forget(connection: Connection, segments: Table, texts: Iterable[tuple[int, str]]) -> None:
    """Take the texts of these rows of `segments` out of the index; they must be the ones it learned."""
    index = INDEXES[segments.name]
    order = f"INSERT INTO {index} ({index}, rowid, bigrams) VALUES ('delete', :row, :bigrams)"  # noqa: S608
    _tell(connection, order, texts)


def _tell(connection: Connection, order: str, texts: Iterable[tuple[int, str]]) -> None:
    values = [{"row": row, "bigrams": bigrams(words)} for row, words in texts]
    if values:
        connection.execute(text(order), values)


def find(connection: Connection, wanted: str) -> list[Found]:
    """Every segment whose text holds `wanted`, by interview and time: reviewed text where there is some, else the last draft.

    Out are segments that are closed themselves. Reads no words with their times, and sorts what it found itself: a common
    word stands in tens of thousands of segments.
    """
    if not wanted:
        return []
    phrase = bigrams(wanted[: _LONGEST_PHRASE + 1])
    # The phrase is quoted, and holds no quotation mark: those have a stand-in.
    asked = {"wanted": wanted, "phrase": f'"{phrase}"'} if phrase else {"wanted": wanted}
    of_interview: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for layer in _BY_PAIRS if phrase else _BY_LETTER:
        for interview, *told in at_once(connection, layer, **asked):
            of_interview[interview].append(told)
    made = {interview: row for row, interview in at_once(connection, select(interviews.c.row, interviews.c.id))}
    return [
        Found(interview, segment, start_ms, end_ms, words, bool(guessed))
        for interview in sorted(of_interview, key=made.__getitem__)
        for _, _, segment, start_ms, end_ms, words, guessed in sorted(of_interview[interview], key=_PLACE)
    ]


_PLACE = itemgetter(0, 1)
"""Two numbers that say where in its interview a segment stands; they come before what is told of it."""


def _reviewed(*, by_pairs: bool) -> Select[Any]:
    layer = reviewed_segments
    not_closed = func.instr(layer.c.flags, literal(f'"{SEALED}"')) == 0
    told = select(layer.c.interview_id, layer.c.position, layer.c.row, *_told(layer), layer.c.guessed)
    return told.where(_holds(layer, by_pairs), not_closed)


def _drafted(*, by_pairs: bool) -> Select[Any]:
    """The last draft of every interview that has no reviewed text."""
    newest, layer = drafts.alias(), machine_segments
    last = select(func.max(newest.c.row)).where(newest.c.interview_id == drafts.c.interview_id).scalar_subquery()
    return (
        select(drafts.c.interview_id, windows.c.start_ms, layer.c.row, *_told(layer), literal(0))
        .join_from(layer, windows, windows.c.row == layer.c.window)
        .join(drafts, drafts.c.id == windows.c.draft_id)
        .where(
            _holds(layer, by_pairs),
            drafts.c.row == last,
            ~exists().where(reviewed_segments.c.interview_id == drafts.c.interview_id),
        )
    )


def _told(segments: Table) -> tuple[ColumnElement[Any], ...]:
    return (segments.c.id, segments.c.start_ms, segments.c.end_ms, segments.c.text)


def _holds(segments: Table, by_pairs: bool) -> ColumnElement[bool]:
    verified = func.instr(func.lower(segments.c.text), func.lower(bindparam("wanted", type_=Text))) > 0
    if not by_pairs:
        return verified
    index = table(INDEXES[segments.name], column("rowid"))
    matches = column(index.name, is_literal=True).op("MATCH")(bindparam("phrase", type_=Text))
    return and_(segments.c.row.in_(select(index.c.rowid).where(matches)), verified)


_BY_PAIRS = (_reviewed(by_pairs=True), _drafted(by_pairs=True))
_BY_LETTER = (_reviewed(by_pairs=False), _drafted(by_pairs=False))
"""For a text without a pair."""
