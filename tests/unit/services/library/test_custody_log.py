"""The custody log: told in words, written to a file, and refused when somebody changed it."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from oralhistory import i18n, paths
from oralhistory.errors import Damaged, MalformedInput
from oralhistory.services.desk import Desk
from oralhistory.services.library import custody_words
from oralhistory.storage import Database
from tests.helpers.archives import quick_desk
from tests.helpers.releases import ORDER, releasable


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as desk:
        yield desk


def test_the_log_is_written_to_a_file(desk: Desk, tmp_path: Path) -> None:
    one, other = desk.interviews.create().code, desk.interviews.create().code
    desk.describing.state(one, "abstract", "짧은 이야기")
    assert desk.custody_log.write(tmp_path / "one.csv", one) == 2
    rows = list(csv.reader((tmp_path / "one.csv").read_text("utf-8-sig").splitlines()))
    assert [(row[3], row[4], row[6]) for row in rows[1:]] == [
        (one, "created", "created"),
        (one, "stated: What it is about", "changed abstract"),
    ]
    everything = desk.custody_log.entries()
    assert [entry.number for _, entry in everything] == list(range(1, len(everything) + 1))
    assert [entry.event.action for code, entry in everything if code == other] == ["created"]
    assert "custody log written to a file" in {entry.event.action for code, entry in everything if code == one}


def test_a_log_is_a_new_file_outside_the_archive_and_never_beside_an_export(desk: Desk, tmp_path: Path) -> None:
    code = releasable(desk, "N1: 저는 회령에서 태어났습니다.\n")
    (tmp_path / "given").mkdir()
    desk.releasing.export(code, ORDER, tmp_path / "given" / "x.txt")
    (tmp_path / "there.csv").write_bytes(b"mine")
    for to in (tmp_path / "given" / "log.csv", tmp_path / "there.csv", desk.archive.folder / "log.csv"):
        with pytest.raises(MalformedInput):
            desk.custody_log.write(to)
    assert [one.name for one in (tmp_path / "given").iterdir()] == ["x.txt"]
    assert (tmp_path / "there.csv").read_bytes() == b"mine"
    desk.custody_log.write(tmp_path / "log.csv")
    assert (tmp_path / "log.csv").stat().st_mode & 0o077 == 0


def test_a_log_that_was_changed_is_neither_shown_nor_written(desk: Desk, tmp_path: Path) -> None:
    code = desk.interviews.create().code
    store = desk.archive.store
    assert isinstance(store, Database)
    with store._engine.begin() as connection:  # as somebody with the key could
        connection.execute(text("UPDATE custody SET actor = 'nobody' WHERE row = (SELECT max(row) FROM custody)"))
    with pytest.raises(Damaged, match="entry"):
        desk.custody_log.entries(code)
    with pytest.raises(Damaged):
        desk.custody_log.write(tmp_path / "log.csv")
    assert not (tmp_path / "log.csv").exists()


def test_every_action_that_the_program_writes_has_words() -> None:
    """Each literal action in the services is known as it is, or by its shape."""
    call = re.compile(r'record_custody(?:_of_archive)?\(\s*records,(?:\s*interview,)?\s*f?"([^"]+)"')
    modules = sorted((Path(paths.__file__).parent / "services").rglob("*.py"))
    written = {
        re.sub(r"\{[^}]*\}", "x", action) for module in modules for action in call.findall(module.read_text("utf-8"))
    }
    assert len(written) > 25
    known = {one for one in written if one in custody_words._EXACT or any(s.fullmatch(one) for s, _ in custody_words._SHAPES)}
    dynamic = {"review x x", "consent x recorded", "recording started (x)"}
    """Their few values stand among the exact ones."""
    assert written - known <= dynamic


def test_words_follow_the_language_and_unknown_ones_stay() -> None:
    i18n.use("ko")
    try:
        assert custody_words.action("created") != "created"
        assert custody_words.action("something of another version") == "something of another version"
    finally:
        i18n.use("en")
    assert custody_words.action("exported docx (public)") == "exported as docx (public)"
    assert custody_words.action("part interpreter given") == "took part: interpreter"
