"""Migrations: from nothing to the newest, the same as the tables, written down, and never from a newer program."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from oralhistory import paths
from oralhistory.errors import MalformedInput
from oralhistory.storage import migrate, schema
from oralhistory.storage.engine import open_engine
from oralhistory.storage.store import Database
from oralhistory.storage.tables import metadata
from tests.unit.storage.conftest import KEY


def differences(engine: Engine) -> list[object]:
    """Between a database and the tables of the program; the search indexes are not among those."""

    def compared(name: str | None, kind: str, parents: object) -> bool:
        return kind != "table" or "_bigrams" not in str(name)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": compared})
        return list(compare_metadata(context, metadata))


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    engine = open_engine(database, KEY)
    yield engine
    engine.dispose()


def test_an_empty_file_becomes_the_newest(engine: Engine) -> None:
    with engine.connect() as connection:
        assert migrate.revision(connection) is None
    migrate.to_newest(engine)
    with engine.connect() as connection:
        assert migrate.revision(connection) == migrate.NEWEST


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.NEWEST]


def test_the_migrations_lead_to_the_tables(engine: Engine) -> None:
    migrate.carry_out(engine)
    assert differences(engine) == []
    with engine.connect() as connection:
        strict = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict").all()
    assert {name for (name,) in strict} == set(metadata.tables)


def test_the_comparison_sees_a_difference(engine: Engine) -> None:
    migrate.to_newest(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE notes ADD COLUMN more TEXT")
    assert differences(engine) != []


def test_the_written_schema_is_that_of_the_migrations() -> None:
    """Renewed with `python -m oralhistory.storage.schema`."""
    assert (paths.migrations() / migrate.SCHEMA_FILE).read_text(encoding="utf-8") == schema.schema()


def test_a_new_database_holds_what_the_migrations_lead_to(engine: Engine, tmp_path: Path) -> None:
    """To the last row, also of what the full-text indexes keep for themselves."""
    migrated = open_engine(tmp_path / "migrated.db", KEY)
    migrate.to_newest(engine)
    migrate.carry_out(migrated)
    made, led_to = content(engine), content(migrated)
    migrated.dispose()
    assert made == led_to
    assert ("secure-delete", 1) in made["machine_bigrams_config"]
    assert made["alembic_version"] == [(migrate.NEWEST,)]


def content(engine: Engine) -> dict[str, list[object]]:
    """What a database is made of: its schema and the rows of every table that can be read."""
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").all()
        tables = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE type <> 'virtual'").scalars().all()
        rows = {name: list(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))) for name in tables}
    return {**rows, "sqlite_schema": list(map(tuple, told))}


def test_withdrawals_that_were_dealt_with_by_their_day_are_counted(engine: Engine) -> None:
    config = migrate._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
        connection.exec_driver_sql(
            "INSERT INTO interviews (id, code, languages, status, created_at, wrapped_key) VALUES ('i', 'I', '[]', '', '', x'')"
        )
        for day in ("2026-05-01", "2026-05-03", "2026-05-04"):
            connection.exec_driver_sql(
                "INSERT INTO withdrawals (interview_id, requested_on, purposes) VALUES ('i', ?, '[]')", (day,)
            )
        connection.exec_driver_sql(
            "INSERT INTO consent_events (interview_id, act, at, by, second, version, recipient, day, note)"
            " VALUES ('i', 'carried_out', '', 'S1', '', 0, '', '2026-05-03', '')"
        )
    migrate.to_newest(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT settles FROM consent_events").scalar() == 2


def test_times_that_were_guessed_before_that_was_written_down_count_as_guessed(engine: Engine) -> None:
    """Of an imported text whose lines stand border to border; in its steps too, so that they can still be undone."""
    config = migrate._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0021")
        laid, drafted, spaced = "laid", "drafted", "spaced"
        for number, one in enumerate((laid, drafted, spaced)):
            connection.exec_driver_sql(
                "INSERT INTO interviews (id, code, languages, status, created_at, wrapped_key) VALUES (?, ?, '[]', '', '', x'')",
                (one, one),
            )
            for at in range(4):
                begin = 1_000 * at + (500 * at if one == spaced else 0)
                belief = "0.9" if one == laid and at == 3 else "null"  # the machine's text was put back there
                connection.exec_driver_sql(
                    "INSERT INTO reviewed_segments (interview_id, position, recording, id, start_ms, end_ms, text, speaker,"
                    " language, words, flags) VALUES (?, ?, '', ?, ?, ?, 'a', '', '', ?, '[]')",
                    (one, at, f"{one}{at}", begin, begin + 1_000, f'[["a",{begin},{begin + 1_000},{belief}]]'),
                )
            if one != drafted:
                connection.exec_driver_sql(
                    "INSERT INTO custody (interview_id, at, actor, action, outcome, object_hash, hash)"
                    " VALUES (?, '', '', 'transcript imported', 'done', '', ?)", (one, str(number)),
                )  # fmt: skip
        old, new = ({"id": "laid0", "text": text, "words": [["a", 0, 1_000, None]]} for text in ("b", "a"))
        connection.exec_driver_sql(
            "INSERT INTO steps (id, interview_id, by, kind, splices, undone, at) VALUES ('s', 'laid', '', '', ?, 0, '')",
            (json.dumps([{"index": 0, "removed": [old], "inserted": [new]}]),),
        )
    migrate.to_newest(engine)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM reviewed_segments WHERE guessed = 1 ORDER BY id")
        assert [one for (one,) in rows] == ["laid0", "laid1", "laid2"]
        (splice,) = json.loads(connection.exec_driver_sql("SELECT splices FROM steps").scalar() or "")
        assert splice["removed"][0]["guessed"] is splice["inserted"][0]["guessed"] is True


def test_the_search_indexes_forget_what_is_deleted(engine: Engine) -> None:
    migrate.to_newest(engine)
    with engine.connect() as connection:
        for index in ("machine_bigrams", "reviewed_bigrams"):
            option = f"SELECT v FROM {index}_config WHERE k = 'secure-delete'"
            assert connection.exec_driver_sql(option).scalar() == 1


def test_a_database_from_a_newer_program_is_refused_and_left_alone(
    opened: Callable[[], Database], database: Path
) -> None:
    opened().close()
    engine = open_engine(database, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    before = database.read_bytes()
    with pytest.raises(MalformedInput) as refused:
        opened()
    assert "newer" in refused.value.happened
    assert database.read_bytes() == before


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "db"
    (broken / "versions").mkdir(parents=True)
    newest = migrate.NEWEST
    for file in [paths.migrations() / "env.py", *(paths.migrations() / "versions").glob("*.py")]:
        text = file.read_text(encoding="utf-8")
        (broken / file.relative_to(paths.migrations())).write_text(text, encoding="utf-8")
    (broken / "versions" / "9999_broken.py").write_text(
        f"from alembic import op\nrevision = '9999'\ndown_revision = '{newest}'\n"
        "def upgrade():\n    op.execute('CREATE TABLE more (row INTEGER)')\n    raise ZeroDivisionError\n",
        encoding="utf-8",
    )
    migrate.to_newest(engine)
    monkeypatch.setattr(paths, "migrations", lambda: broken)
    monkeypatch.setattr(migrate, "NEWEST", "9999")
    with pytest.raises(ZeroDivisionError):
        migrate.to_newest(engine)
    with engine.connect() as connection:
        assert migrate.revision(connection) == newest
        assert connection.exec_driver_sql("SELECT * FROM sqlite_schema WHERE name = 'more'").all() == []
