"""The custody log: told in words, written to a file, and refused when somebody changed it."""

import ast
import csv
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from oralhistory import i18n, paths
from oralhistory.domain.consent import Purpose, Wish
from oralhistory.errors import Damaged, MalformedInput
from oralhistory.services.desk import Desk
from oralhistory.services.library import custody_words
from oralhistory.storage.store import Database
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


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("consents", "UPDATE consent_permissions SET decision = 'granted' WHERE purpose = 'media'"),
        ("consents", "UPDATE consent_versions SET witness = 'P-7'"),
        ("consents", "UPDATE consent_versions SET form_sha256 = 'ab'"),
        ("withdrawn", "DELETE FROM withdrawals"),
        ("withdrawn", "UPDATE withdrawals SET recipient = 'Somebody'"),
        ("done about a consent", "DELETE FROM consent_events WHERE act = 'chosen'"),
        ("done about a consent", "UPDATE consent_events SET wish = 'stop_new_use' WHERE act = 'chosen'"),
        ("given out", "DELETE FROM exports"),
        ("given out", "UPDATE exports SET sha256 = 'ab'"),
    ],
)
def test_what_the_log_tells_of_cannot_be_changed_behind_its_back(desk: Desk, tmp_path: Path, what: str, changed: str) -> None:
    code = releasable(desk, "N1: 저는 회령에서 태어났습니다.\n")
    desk.releasing.export(code, ORDER, tmp_path / "x.txt")
    desk.consenting.withdraw(code, [Purpose.MEDIA])
    desk.withdrawing.choose(code, Wish.CLOSE)
    desk.custody_log.verify()
    store = desk.archive.store
    assert isinstance(store, Database)
    with store._engine.begin() as connection:  # as somebody with the key could
        assert connection.execute(text(changed)).rowcount > 0
    with pytest.raises(Damaged, match=f"{code} .*{what}"):
        desk.custody_log.verify()
    with pytest.raises(Damaged, match=f"{code} .*{what}"):
        desk.releasing.export(code, ORDER, tmp_path / "y.txt")
    assert not (tmp_path / "y.txt").exists()


_SAID_AT = {
    "record_custody": (2, 3), "record_custody_of_archive": (1, 2), "record_custody_by_id": (2, 3), "CustodyEvent": (3, 4),
}  # fmt: skip
"""Where action and outcome stand among the arguments of whatever writes into the log."""


def _values(node: ast.expr, function: ast.FunctionDef, module: str) -> set[str]:
    """What the expression may be: an ``x`` for whatever is put into a text, None of it guessed."""
    match node:
        case ast.Constant(value=str(said)):
            return {said}
        case ast.JoinedStr(values=parts):
            return {"".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in parts)}
        case ast.IfExp(body=one, orelse=other):
            return _values(one, function, module) | _values(other, function, module)
        case ast.Call(func=ast.Attribute(value=said, attr="strip")):
            return _values(said, function, module)
        case ast.Name(id=name) if hasattr(importlib.import_module(module), name):
            return {getattr(importlib.import_module(module), name)}
        case ast.Name(id=name):
            assigned = [one.value for one in ast.walk(function) if isinstance(one, ast.Assign) and _is(one.targets[0], name)]
            assert assigned, f"{module}: nobody can tell what {name} says"
            return set().union(*(_values(one, function, module) for one in assigned))
        case ast.Subscript(value=ast.Name(id=name)):
            return set(getattr(importlib.import_module(module), name).values())
    raise AssertionError(f"{module}: nobody can tell what {ast.unparse(node)} says")


def _is(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _written() -> tuple[set[str], set[str]]:
    """Every action and every outcome that the services write into the log."""
    root, actions, outcomes = Path(paths.__file__).parent, set[str](), {"done"}
    for file in sorted((root / "services").rglob("*.py")):
        module = ".".join(("oralhistory", *file.relative_to(root).with_suffix("").parts))
        if module == "oralhistory.services.archive.opened":  # passes on what the others say
            continue
        for function in (one for one in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(one, ast.FunctionDef)):
            for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if name in _SAID_AT:
                    assert not {one.arg for one in call.keywords} & {"action", "outcome"}
                    action, outcome = _SAID_AT[name]
                    actions |= _values(call.args[action], function, module)
                    outcomes |= set().union(*(_values(one, function, module) for one in call.args[outcome : outcome + 1]))
    return actions, outcomes


def test_everything_that_the_program_writes_has_words() -> None:
    """Each action is known as it is, or by its shape; each outcome as it is."""
    actions, outcomes = _written()
    assert {"destroyed", "time zone set to x", "clock confirmed after a leap", "notes begun"} < actions
    words = {*custody_words._EXACT, *custody_words._IN_WORDS}
    known = {one for one in actions if one in words or any(s.fullmatch(one) for s, _ in custody_words._SHAPES)}
    dynamic = {"review x x", "consent x recorded", "recording started (x)", "evidence attached (x)"}
    """Their few values stand among the exact ones."""
    assert actions - known == dynamic
    assert outcomes == custody_words._OUTCOMES


def test_words_follow_the_language_and_unknown_ones_stay() -> None:
    i18n.use("ko")
    try:
        assert custody_words.action("created") != "created"
        assert custody_words.action("something of another version") == "something of another version"
        assert "public" not in custody_words.action("exported docx (public)")
    finally:
        i18n.use("en")
    assert custody_words.action("exported docx (public)") == "exported as docx (for the public)"
    assert [custody_words.who(one) for one in ("S1", "S1 and S2")] == ["S1", "S1 and S2"]
    assert custody_words.action("part interpreter given") == "took part: interpreter"


def test_english_reads_like_words_too() -> None:
    for written in ("review sign_off", "review second", "consent: carried_out", "consent after recorded"):
        assert custody_words.action(written) != written
        assert "_" not in custody_words.action(written)
