"""An interpreter's and an interviewer's words are theirs: masked by the part they had, and never silently."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.redaction import Action, Decisions, MentionDecision
from oralhistory.domain.roles import Part
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.services.desk import Desk
from tests.helpers.archives import consent, quick_desk
from tests.helpers.releases import ORDER, releasable, sign_off

SPOKEN = (
    "NARRATOR: 저는 밤에 강을 건넜습니다.\n"
    "통역: 그녀는 밤에 강을 건넜다고 합니다.\n"
    "통역: 조금 더 천천히 말해 주십시오.\n"
    "INTERVIEWER: 언제였습니까?\n"
    "NARRATOR: 겨울이었습니다."
)
BY_INTERPRETER = ("다고 합니다", "천천히")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("masking")) as made:
        yield made


def interpreted(desk: Desk, spoken: str = SPOKEN, *, shown: bool = False, label: str = "통역") -> str:
    code = releasable(desk, spoken, ())
    desk.casting.cast(code, Part.INTERPRETER, "yunseo", label=label, shown=shown)
    desk.casting.cast(code, Part.INTERVIEWER, "minseo", label="interviewer")
    return code


def against(desk: Desk, code: str, *parts: Part) -> set[str]:
    return {one.code for one in desk.releasing.outlook(code, replace(ORDER, masked=frozenset(parts))).reasons}


def test_the_words_of_who_is_not_to_be_shown_leave_in_no_format_and_a_notice_stands_there(desk: Desk, tmp_path: Path) -> None:
    code = interpreted(desk)
    assert against(desk, code) == set()
    for form in desk.releasing.formats:
        record = desk.releasing.export(code, replace(ORDER, format=form), tmp_path / f"x.{form}")
        assert record.counts["masked"] == 2
    text = (tmp_path / "x.txt").read_text("utf-8")
    assert not [one for one in BY_INTERPRETER if one in text]
    assert text.count("[the interpreter's words, not given out]") == 2, "once in the conventions, once for both passages"
    assert "언제였습니까" in text
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text("utf-8").splitlines()))
    assert [one["masked"] for one in rows] == ["", "interpreter", "interpreter", "", ""]
    assert [one["sealed"] for one in rows] == ["0"] * 5
    segments = json.loads((tmp_path / "x.json").read_text("utf-8"))["segments"]
    assert [one["masked"] for one in segments] == [None, "interpreter", "interpreter", None, None]


def test_an_order_masks_whole_parts_and_says_what_it_left_out(desk: Desk, tmp_path: Path) -> None:
    code = interpreted(desk)
    order = replace(ORDER, masked=frozenset({Part.INTERVIEWER}), leave_out=True)
    desk.releasing.export(code, order, tmp_path / "x.txt")
    text = (tmp_path / "x.txt").read_text("utf-8")
    assert "언제였습니까" not in text
    assert "Left out: [the interviewer's words, not given out]: 1, [the interpreter's words, not given out]: 2" in text
    assert "건넜습니다. 겨울이었습니다." in text
    desk.releasing.export(code, replace(order, format="json"), tmp_path / "x.json")
    document = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert (document["left_out"], len(document["segments"])) == ({"interviewer": 1, "interpreter": 2}, 2)
    for form in ("srt", "csv"):
        with pytest.raises(MalformedInput):
            desk.releasing.export(code, replace(order, format=form), tmp_path / f"x.{form}")


@pytest.mark.parametrize(
    ("spoken", "label", "parts", "reasons"),
    [
        (SPOKEN, "통역사", (), {"mask_not_found"}),
        (SPOKEN, "", (), {"mask_not_found"}),
        (SPOKEN + "\n누가 말하는지 모릅니다.", "통역", (), {"mask_speaker_unknown"}),
        (SPOKEN + "\n통역사: 그녀의 딸은 회령에 있습니다.", "통역", (), {"mask_speaker_unknown"}),
        (SPOKEN + "\n옆사람: 그 말이 맞습니다.", "통역", (), {"mask_speaker_unknown"}),
        (SPOKEN, "통역", (Part.OTHER,), {"mask_nobody"}),
        (SPOKEN, " 통역 ", (Part.INTERVIEWER,), set()),
    ],
)
def test_nothing_leaves_where_it_is_not_sure_who_speaks(
    desk: Desk, spoken: str, label: str, parts: tuple[Part, ...], reasons: set[str]
) -> None:
    assert against(desk, interpreted(desk, spoken, label=label), *parts) == reasons


def test_who_is_shown_stays(desk: Desk) -> None:
    rendered = desk.releasing.outlook(interpreted(desk, shown=True), ORDER).rendered
    assert not any(one.masked for one in rendered)


def test_what_was_kept_in_masked_words_is_not_looked_for_and_what_is_open_in_them_holds_nothing_up(
    desk: Desk, tmp_path: Path
) -> None:
    code = interpreted(desk, SPOKEN.replace("그녀는", "최명호는"))
    segment = desk.transcripts.segments(code)[1]
    kept = MentionDecision(segment.id, segment.sha256, 0, 3, Action.KEEP, reason="public")
    desk.redacting.add(code, Decisions(mentions=(kept,)))
    desk.releasing.export(code, ORDER, tmp_path / "x.txt")
    other = interpreted(desk, SPOKEN.replace("그녀는", "최명호는"))
    assert not desk.redacting.state(other).open


def test_a_text_is_not_given_out_where_nobody_knows_whose_words_are_to_stay(desk: Desk, tmp_path: Path) -> None:
    code = interpreted(desk, label="nobody")
    assert [one.code for one in desk.redacting.state(code).masked.reasons] == ["mask_not_found"]
    sign_off(desk, code)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
    with pytest.raises(NotAllowed) as refused:
        desk.releasing.export(code, ORDER, tmp_path / "x.txt")
    assert [one.field for one in refused.value.reasons] == ["parts"]
