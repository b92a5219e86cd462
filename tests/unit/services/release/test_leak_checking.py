"""What the archive knows may not leave; what a person explained may, there and only there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.edits import SetText
from oralhistory.domain.person import Recontact
from oralhistory.domain.redaction import Action, Decisions, MentionDecision
from oralhistory.domain.roles import Part
from oralhistory.domain.staff import Role
from oralhistory.errors import LeakFound, MalformedInput, NotAllowed, NotFound
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers.archives import new_desk
from tests.helpers.releases import ORDER, TOWN, releasable, sign_off

TEXT = (
    "N1: 저는 회령에서 태어났습니다.\n"
    "N1: 그때 아랫집에는 유선 전화가 한 대 있었습니다.\n"
    "N1: 어머니는 그 말을 듣고 울었습니다.\n"
)
FRIEND = {"person": "유선", "decision": "agreed"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


def leaks(desk: Desk, code: str, to: Path) -> list[str]:
    """The entities that the leak check names in an export that it refuses, and the mark of each."""
    with pytest.raises(LeakFound) as refused:
        desk.releasing.export(code, ORDER, to)
    assert list(to.parent.iterdir()) == []
    return [one.entity for one in refused.value.findings]


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"witness": "유선"}, "consent.witness"),
        ({"interpreter": "아랫집, 통역"}, "consent.interpreter"),
        ({"obtained_by": "유선 (간사)"}, "consent.obtained_by"),
        ({"guardian": "유선"}, "consent.guardian"),
        ({"recontact": "only via 유선, phone 010-5550-1234"}, "consent.recontact"),
        ({"third_parties": [{"person": "아랫집 유선", "relation": "friend", "decision": "agreed"}]}, "consent.third_parties"),
    ],
)
def test_whoever_a_consent_document_names_is_looked_for(desk: Desk, out: Path, fields: dict[str, object], source: str) -> None:
    code = releasable(desk, TEXT, **fields)
    assert set(leaks(desk, code, out / "x.txt")) == {source}


def test_how_a_narrator_is_reached_and_who_was_there_is_looked_for(desk: Desk, out: Path) -> None:
    other = desk.interviews.create().code
    desk.identities.set_contact(other, Recontact.ONLY_VIA, "Signal +82 10 5550 1234, cousin Yun Seon-a", alias="유선")
    code = releasable(desk, TEXT)
    assert leaks(desk, code, out / "x.txt") == ["contact"]
    for number, words in enumerate(("call 010-5550-1234 now", "she knew Yun Seon-a well")):
        told = out.parent / f"{number}.txt"
        told.write_text(words)
        assert "contact" in {one.entity for one in desk.leak_checking.check(code, [told])}
    desk.identities.set_contact(other, Recontact.YES, "phone")
    desk.casting.cast(code, Part.OTHER, "유선")
    desk.casting.cast(code, Part.INTERVIEWER, "S1")
    desk.casting.hold(code, 1, {"present": "S1 interviewer; 아랫집에는 (other)"})
    assert set(leaks(desk, code, out / "x.txt")) == {"participant", "session.present"}


def test_a_name_whose_decision_was_taken_back_does_not_leave(desk: Desk, out: Path) -> None:
    code = releasable(desk, TEXT)
    phone = {**TOWN, "id": "e9", "variants": ["유선 전화"], "replacement": {"public": "[전화]"}}
    desk.redacting.decide(code, {"entities": [phone]})
    assert desk.redacting.take_back(code)
    assert "유선 전화" in [one.text for one in desk.redacting.state(code).open]
    with pytest.raises(NotAllowed):
        desk.releasing.export(code, ORDER, out / "x.txt")
    (out / "y.txt").write_text("유선 전화")
    assert "taken_back" in {one.entity for one in desk.leak_checking.check(code, [out / "y.txt"])}


def test_a_relative_or_an_office_is_no_name(desk: Desk, out: Path) -> None:
    people = [{"person": one, "decision": "agreed"} for one in ("어머니", "그의 어머니", "my mother", "the broker", "")]
    code = releasable(desk, TEXT, third_parties=people, witness="staff")
    desk.releasing.export(code, ORDER, out / "x.txt")


def test_the_staff_is_looked_for_and_so_are_other_narrators_and_codes(desk: Desk, out: Path) -> None:
    other = desk.interviews.create().code
    desk.interviews.set_field(other, "names", "아랫집에는")
    code = releasable(desk, TEXT)
    assert len(leaks(desk, code, out / "x.txt")) == 1
    desk.interviews.set_field(other, "names", "")
    desk.staffing.add("S7", "유선", Role.REVIEWER)
    assert leaks(desk, code, out / "x.txt") == ["staff"]
    assert len(leaks(desk, code, out / f"{other}.txt")) == 2


def test_what_was_explained_leaves_and_a_new_place_does_not(desk: Desk, out: Path) -> None:
    code = releasable(desk, TEXT, third_parties=[FRIEND])
    leaks(desk, code, out / "x.txt")
    (found,) = desk.leak_checking.findings(code)
    assert found.place is not None and found.place.around[0][1] == "전화가한대있었습"
    desk.leak_checking.explain(code, [(found.mark, "the telephone line")])
    record = desk.releasing.export(code, ORDER, out / "x.txt")
    assert record.counts["explained"] == 1
    (checked,) = desk.leak_checking.check(code, [out / "x.txt"])
    assert checked.explained
    last = desk.transcripts.segments(code)[2]
    desk.transcripts.edit(code, [PlannedEdit(SetText(last.id, "유선은 그 말을 듣고 울었습니다."))])
    sign_off(desk, code)
    (out / "x.txt").unlink()
    assert leaks(desk, code, out / "x.txt") == ["consent.third_parties"]


def test_explanations_are_logged_one_by_one_with_who_and_why(desk: Desk, out: Path) -> None:
    code = releasable(desk, TEXT, third_parties=[FRIEND])
    leaks(desk, code, out / "x.txt")
    (found,) = desk.leak_checking.findings(code)
    with pytest.raises(MalformedInput):
        desk.leak_checking.explain(code, [(found.mark, "  ")])
    with pytest.raises(NotFound):
        desk.leak_checking.explain(code, [(found.mark, "a line"), ("0" * 16, "a line")])
    assert not desk.leak_checking.findings(code)[0].explained
    desk.leak_checking.explain(code, [(found.mark, "a line")])
    desk.leak_checking.explain(code, [(found.mark, "the telephone line")])
    log = desk.decision_logs.log(code)
    assert [(one.reason, one.by) for one in log.explanations] == [("a line", "S1"), ("the telephone line", "S1")]
    custody = [one for one in desk.interviews.history(code).custody if one.object_hash == found.mark]
    assert len(custody) == 2


def test_a_kept_name_stays_as_often_as_it_was_kept(desk: Desk, out: Path) -> None:
    river = {"id": "r", "type": "PLACE", "class": "QUASI", "variants": ["두만강"], "replacement": {"public": "[강 1]"}}
    code = releasable(desk, TEXT + "N1: 두만강을 건넜습니다.\nN1: 두만강은 얼어 있었습니다.\n", [TOWN, river])
    crossed = desk.transcripts.segments(code)[3]
    kept = MentionDecision(crossed.id, crossed.sha256, 0, 3, Action.KEEP, "r", "everybody crosses there")
    desk.redacting.add(code, Decisions(mentions=(kept,)))
    desk.releasing.export(code, ORDER, out / "x.txt")
    text = (out / "x.txt").read_text("utf-8")
    assert "두만강을 건넜습니다" in text and "[강 1]은 얼어" in text
    (out / "y.txt").write_text(text.replace("[강 1]은", "두만강은"), "utf-8")
    assert len(desk.leak_checking.check(code, [out / "y.txt"])) == 2
    (out / "z.txt").write_text("아무 말도 없다", "utf-8")
    assert desk.leak_checking.check(code, [out / "z.txt"]) == []


def test_to_explain_a_kept_place_away_makes_no_room_for_a_leak(desk: Desk, out: Path) -> None:
    river = {"id": "r", "type": "PLACE", "class": "QUASI", "variants": ["두만강"], "replacement": {"public": "[강 1]"}}
    code = releasable(desk, "N1: 회령에서 왔고 두만강을 건넜습니다.\nN1: 물은 차가웠습니다.\n", [TOWN, river])
    crossed = desk.transcripts.segments(code)[0]
    start = crossed.text.index("두만강")
    kept = MentionDecision(crossed.id, crossed.sha256, start, start + 3, Action.KEEP, "r", "everybody crosses there")
    desk.redacting.add(code, Decisions(mentions=(kept,)))
    desk.releasing.export(code, ORDER, out / "x.txt")
    leaking = (out / "x.txt").read_text("utf-8") + "\n\n그리고 두만강에서 만났습니다.\n"
    (out / "y.txt").write_text(leaking, "utf-8")
    found = desk.leak_checking.check(code, [out / "y.txt"])
    assert len(found) == 2
    harmless = next(one for one in found if one.place and "건넜" in one.place.around[0][1])
    desk.leak_checking.explain(code, [(harmless.mark, "a river")])
    assert [one.explained for one in desk.leak_checking.check(code, [out / "y.txt"])] == [False, False]


def test_the_order_of_a_release_says_how_it_looks(desk: Desk, out: Path) -> None:
    code = releasable(desk, TEXT)
    usual = replace(ORDER, format="pdf")
    desk.releasing.export(code, usual, out / "a.pdf")
    desk.releasing.export(code, replace(usual, layout=replace(usual.layout, large=True)), out / "b.pdf")
    assert (out / "a.pdf").read_bytes() != (out / "b.pdf").read_bytes()
    desk.releasing.export(code, replace(ORDER, layout=replace(usual.layout, times=True)), out / "c.txt")
    assert "[00:00:0" in (out / "c.txt").read_text("utf-8")
