"""An archive as the first version of the program left it: its database at migration 0001, with rows written as it wrote them."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from oralhistory import paths
from oralhistory.domain.person import Identity
from oralhistory.storage import search
from oralhistory.storage.engine import open_engine
from oralhistory.storage.transcript_tables import reviewed_segments
from oralhistory.vault.door import Door
from tests.helpers.archives import CHEAP, PASSPHRASE, open_desk

OLD = "0001"
CODE = "I-4MX9"
NAMES = ("김영희",)
WORDS = "저는 회령에서 태어났습니다."
_INTERVIEW, _PERSON, _AT = "0123456789abcdef0123456789abcdef", "p1", "2026-03-01T09:30:00.000000+00:00"


def make(folder: Path) -> bytes:
    """An archive in `folder`/archive whose passphrase is the usual one; the key of its database."""
    keys, _ = Door(CHEAP).create(folder / "archive", PASSPHRASE, "S1")
    wrapped = keys.create_interview_key(_INTERVIEW)
    key = keys.database_keys()[0]
    engine = open_engine(folder / "archive" / "archive.db", key)
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
        rows = (
            ("notes (key, value)", ("keyslots_digest", keys.slots_digest())),
            ("interviews (id, code, languages, status, created_at, wrapped_key)",
             (_INTERVIEW, CODE, '["ko"]', "recorded", _AT, wrapped)),
            ("narrators (id, interview_id, code, pseudonym, route)", (_PERSON, _INTERVIEW, "P-7KQ2", "두루미", "straight")),
            ("identities (person_id, names)", (_PERSON, f'["{NAMES[0]}"]')),
            ("reviewed_segments (interview_id, position, recording, id, start_ms, end_ms, text, speaker, language, words, flags)",
             (_INTERVIEW, 0, "", "s1", 0, 2000, WORDS, "N1", "ko", "[]", "[]")),
        )  # fmt: skip
        for where, values in rows:
            connection.exec_driver_sql(f"INSERT INTO {where} VALUES ({', '.join('?' * len(values))})", values)
        search.learn(connection, reviewed_segments, [(1, WORDS)])
    engine.dispose()
    keys.close()
    return key


def is_all_there(folder: Path) -> bool:
    """Whether today's program finds in it what the first version stored."""
    with open_desk(folder) as desk:
        card = desk.interviews.card(CODE)
        with desk.archive.store.transaction() as records:
            identity = records.people.identity(_PERSON)
        return (
            [one.pseudonym for one in card.narrators] == ["두루미"]
            and identity == Identity(_PERSON, NAMES)
            and [hit.code for hit in desk.searching.search("회령에서")] == [CODE]
        )
