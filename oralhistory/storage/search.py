"""Finding a string in the transcripts exactly as a plain substring scan would, ASCII letters of either case alike.

Korean glues particles to words and Chinese has no spaces, so words are no unit to index. Each text is indexed as its
overlapping pairs of characters; a phrase of pairs finds candidates, and each candidate's text has the last word. A single
character has no pair and is looked for in every text.

The indexes hold no text of their own. They forget a text when told exactly what they were told to learn, so both happen
here, with texts that stand in the segments' rows.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, and_, column, exists, func, literal, select, table, text
from sqlalchemy.sql.elements import ColumnElement

from oralhistory.domain.transcript import SEALED, Found
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
    newest = drafts.alias()
    layer = reviewed_segments
    reviewed = (
        select(interviews.c.row, layer.c.position, literal(0), layer.c.interview_id, *_told(layer), layer.c.guessed)
        .join_from(layer, interviews, interviews.c.id == layer.c.interview_id)
        .where(_holds(layer, wanted), func.instr(layer.c.flags, literal(f'"{SEALED}"')) == 0)
    )
    machine = (
        select(
            interviews.c.row, windows.c.start_ms, machine_segments.c.row, drafts.c.interview_id, *_told(machine_segments),
            literal(False),
        )
        .join_from(machine_segments, windows, windows.c.row == machine_segments.c.window)
        .join(drafts, drafts.c.id == windows.c.draft_id)
        .join(interviews, interviews.c.id == drafts.c.interview_id)
        .where(
            _holds(machine_segments, wanted),
            drafts.c.row
            == select(func.max(newest.c.row)).where(newest.c.interview_id == drafts.c.interview_id).scalar_subquery(),
            ~exists().where(layer.c.interview_id == drafts.c.interview_id),
        )
    )
    found = [row for statement in (reviewed, machine) for row in connection.execute(statement)]
    found.sort(key=itemgetter(0, 1, 2))
    return [Found._make(row[3:]) for row in found]


def _told(segments: Table) -> tuple[ColumnElement[Any], ...]:
    return (segments.c.id, segments.c.start_ms, segments.c.end_ms, segments.c.text)


def _holds(segments: Table, wanted: str) -> ColumnElement[bool]:
    verified = func.instr(func.lower(segments.c.text), func.lower(wanted)) > 0
    phrase = bigrams(wanted[: _LONGEST_PHRASE + 1])
    if not phrase:
        return verified
    index = table(INDEXES[segments.name], column("rowid"))
    matching = select(index.c.rowid).where(_matches(index.name, phrase))
    return and_(segments.c.row.in_(matching), verified)


def _matches(index: str, phrase: str) -> ColumnElement[bool]:
    """The phrase is quoted, and holds no quotation mark: those have a stand-in."""
    return column(index, is_literal=True).op("MATCH")(literal(f'"{phrase}"'))
