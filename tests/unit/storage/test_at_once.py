"""Rows that are read in one step say what they say when they are read one by one, whatever stands in them."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, bindparam, create_engine, delete, insert, select
from sqlcipher3 import dbapi2

from oralhistory.domain.interview import Status
from oralhistory.storage.at_once import Unread, at_once
from oralhistory.storage.columns import Choice, Json
from oralhistory.storage.table_parts import one

THINGS = Table(
    "things", MetaData(),
    one("row", Integer), one("said"), Column("count", Integer), one("status", Choice(Status)), one("list", Json),
)  # fmt: skip
TEXTS = st.text() | st.sampled_from(["\n", "a\nb", '"', "\\n", "\x00", "\u2028", "어머니\r\n", "[]", "null", "\U0010ffff"])
NUMBERS = st.none() | st.integers(-(2**63), 2**63 - 1)
ROWS = st.lists(st.tuples(TEXTS, NUMBERS, st.sampled_from(Status), st.lists(TEXTS, max_size=2)), max_size=5)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://", module=dbapi2)  # the library that opens archives, and not Python's own
    with engine.connect() as connection:
        THINGS.create(connection)
        yield connection
    engine.dispose()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_row_comes_as_it_is_read_one_by_one(
    connection: Connection, rows: list[tuple[str, int | None, Status, list[str]]]
) -> None:
    connection.execute(delete(THINGS))
    for number, (said, count, status, texts) in enumerate(rows):
        connection.execute(insert(THINGS).values(row=number, said=said, count=count, status=status, list=texts))
    one_by_one = [list(row) for row in connection.execute(select(THINGS).order_by(THINGS.c.row))]
    assert [row[1:] for row in one_by_one] == [list(row) for row in rows]
    unread = Unread(THINGS.c)
    assert [unread.values(stored) for stored in sorted(at_once(connection, select(THINGS)))] == one_by_one
    lines = sorted(unread.at_once(connection, select(THINGS.c.row)))
    assert [(keys, unread.read(line)) for keys, line in lines] == [([row[0]], row) for row in one_by_one]


def test_only_what_was_asked_for_comes(connection: Connection) -> None:
    connection.execute(delete(THINGS))
    for number, said in enumerate(("강", "산")):
        connection.execute(insert(THINGS).values(row=number, said=said, status=Status.PLANNED, list=[]))
    asked = select(THINGS.c.row).where(THINGS.c.said == bindparam("wanted"))
    assert at_once(connection, asked, wanted="산") == [[1]]
    assert at_once(connection, asked, wanted="들") == []
    assert list(Unread([THINGS.c.said]).at_once(connection, select(THINGS.c.row).where(THINGS.c.said == "들"))) == []
