"""What goes to the public was read by somebody who did not decide, once there is somebody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Purpose
from oralhistory.domain.edits import SetText
from oralhistory.domain.redaction import Action, Decisions, MentionDecision, Profile
from oralhistory.domain.staff import Role
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers.archives import cheap_program, new_desk, open_desk
from tests.helpers.releases import ORDER, releasable, sign_off

TEXT = "N1: 저는 회령에서 태어났습니다.\nN1: 밤에 강을 건넜습니다.\nN1: 물은 차가웠습니다.\n"
SECOND = "두 번째 사람의 암호"


@contextmanager
def second_desk(folder: Path) -> Iterator[Desk]:
    """The archive in the hands of the second person."""
    made = cheap_program(folder)
    desk = made.desk(made.archives.unlock(folder / "archive", SECOND))
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture
def code(tmp_path: Path) -> str:
    """An interview that may be released, decided by S1, in an archive that two people can open."""
    with new_desk(tmp_path) as desk:
        desk.staffing.add("S2", "", Role.REVIEWER)
        desk.admitting.add_passphrase("S2", SECOND)
        return releasable(desk, TEXT, granted=("publish_text", "external_researchers"))


def refused(desk: Desk, code: str, folder: Path) -> list[str]:
    with pytest.raises(NotAllowed) as told:
        desk.releasing.export(code, ORDER, folder / "x.txt")
    return [one.code for one in told.value.reasons]


def test_one_person_alone_has_nobody_to_ask(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = releasable(desk, TEXT)
        assert not desk.second_reading.state(code, Profile.PUBLIC).needed
        desk.releasing.export(code, ORDER, tmp_path / "x.txt")


def test_two_need_the_one_who_did_not_decide(tmp_path: Path, code: str) -> None:
    with open_desk(tmp_path) as desk:
        state = desk.second_reading.state(code, Profile.PUBLIC)
        assert (state.needed, state.done, len(state.wanted.segments)) == (True, False, 1)
        assert refused(desk, code, tmp_path) == ["second_reader"]
        desk.second_reading.attest(code, Profile.PUBLIC, state.wanted.digest)
        assert refused(desk, code, tmp_path) == ["second_reader"], "S1 decided and cannot be the second reader"
    with second_desk(tmp_path) as desk:
        assert desk.second_reading.attest(code, Profile.PUBLIC, state.wanted.digest).done
        desk.releasing.export(code, ORDER, tmp_path / "x.txt")


def test_it_holds_for_this_text_and_these_decisions_only(tmp_path: Path, code: str) -> None:
    with second_desk(tmp_path) as desk:
        read = desk.second_reading.state(code, Profile.PUBLIC).wanted.digest
        desk.second_reading.attest(code, Profile.PUBLIC, read)
        crossed = desk.transcripts.segments(code)[1]
        desk.transcripts.edit(code, [PlannedEdit(SetText(crossed.id, "밤에 강을 건넜습니다. 추웠습니다."))])
        sign_off(desk, code)
        assert refused(desk, code, tmp_path) == ["second_reader"]
        with pytest.raises(MalformedInput):
            desk.second_reading.attest(code, Profile.PUBLIC, read)


def test_every_place_that_was_kept_is_to_be_read(tmp_path: Path, code: str) -> None:
    with open_desk(tmp_path) as desk:
        born = desk.transcripts.segments(code)[0]
        at = born.text.index("회령")
        kept = MentionDecision(born.id, born.sha256, at, at + 2, Action.KEEP, "b", "a large town")
        desk.redacting.add(code, Decisions(mentions=(kept,)))
        state = desk.second_reading.state(code, Profile.PUBLIC)
        assert [one.text for one in state.kept] == ["저는 회령에서 태어났습니다."]


def test_what_goes_to_a_partner_needs_none(tmp_path: Path, code: str) -> None:
    with open_desk(tmp_path) as desk:
        order = replace(ORDER, profile=Profile.PARTNER, purpose=Purpose.EXTERNAL_RESEARCHERS)
        desk.releasing.export(code, order, tmp_path / "x.txt")
