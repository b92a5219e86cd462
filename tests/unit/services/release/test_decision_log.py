"""The log of decisions: complete, shown, and never where an export lies."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.redaction import Action, Decisions, MentionDecision
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.services.desk import Desk
from oralhistory.services.release.decision_log import FORMAT, document
from tests.helpers.archives import new_desk
from tests.helpers.releases import ORDER, releasable

TEXT = "N1: 저는 회령에서 태어났습니다.\nN1: 밤에 회령을 떠났습니다.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


def test_it_tells_who_decided_what_when_and_why(desk: Desk, out: Path) -> None:
    code = releasable(desk, TEXT)
    left = desk.transcripts.segments(code)[1]
    at = left.text.index("회령")
    kept = MentionDecision(left.id, left.sha256, at, at + 2, Action.KEEP, "b", "everybody left it")
    desk.redacting.add(code, Decisions(mentions=(kept,)))
    desk.releasing.export(code, ORDER, out / "x.txt")
    told = document(desk.decision_logs.log(code))
    assert json.loads(json.dumps(told)) == told
    assert told["interview"] == code
    (entity,) = told["entities"]  # type: ignore[misc]
    assert (entity["variants"], entity["mentions"]) == (["회령"], {"keep": 1, "replace": 1})
    last = told["decided"][-1]  # type: ignore[index]
    assert last["by"] == "S1" and last["at"]
    assert last["mentions"][0] | {"segment": ""} == {
        "segment": "", "start": at, "end": at + 2, "text": "회령", "entity": "b", "action": "keep", "reason": "everybody left it",
    }  # fmt: skip
    (export,) = told["exports"]  # type: ignore[misc]
    assert (export["recipient"], export["counts"]["keep"], export["rules"]) == ("Readers", 1, "2")
    assert (export["summary"], told["open"], "open_in_summary" in told) == (False, 0, False)
    desk.describing.state(code, "summary", "회령에서 태어나 연길에 살았다.")
    told = document(desk.decision_logs.log(code))
    assert (told["open"], told["open_in_summary"]) == (0, 1)
    assert told["entities"][0]["mentions"] == {"keep": 1, "replace": 2}  # type: ignore[index]


def test_a_file_is_written_for_its_owner_alone_and_put_on_record(desk: Desk, tmp_path: Path) -> None:
    code = releasable(desk, TEXT)
    (tmp_path / "safe").mkdir()
    to = tmp_path / "safe" / "log.json"
    sha256 = desk.decision_logs.write(code, to)
    assert to.stat().st_mode & 0o077 == 0
    assert json.loads(to.read_text("utf-8"))["format"] == FORMAT
    assert sha256 in [one.object_hash for one in desk.interviews.history(code).custody]
    with pytest.raises(MalformedInput):
        desk.decision_logs.write(code, to)


def test_it_may_not_lie_beside_an_export_nor_an_export_beside_it(desk: Desk, out: Path, tmp_path: Path) -> None:
    code, other = releasable(desk, TEXT), releasable(desk, TEXT)
    desk.releasing.export(code, ORDER, out / "x.txt")
    for interview in (code, other):
        with pytest.raises(MalformedInput, match="export"):
            desk.decision_logs.write(interview, out / "log.json")
    assert [one.name for one in out.iterdir()] == ["x.txt"]
    (tmp_path / "safe").mkdir()
    desk.decision_logs.write(code, tmp_path / "safe" / "log.json")
    with pytest.raises(MalformedInput, match="log"):
        desk.releasing.export(code, ORDER, tmp_path / "safe" / "y.txt")
    assert [one.name for one in (tmp_path / "safe").iterdir()] == ["log.json"]


def test_it_may_not_lie_in_the_archive_or_nowhere(desk: Desk, tmp_path: Path) -> None:
    code = releasable(desk, TEXT)
    with pytest.raises(MalformedInput):
        desk.decision_logs.write(code, tmp_path / "archive" / "log.json")
    with pytest.raises(NotFound):
        desk.decision_logs.write(code, tmp_path / "nowhere" / "log.json")
