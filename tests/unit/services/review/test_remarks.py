"""Marks, comments and translations of passages: kept with who and when, undone like everything else, and never given out."""

from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.edits import Flag, Join, SetText
from oralhistory.domain.transcript import SEALED
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import LONGEST_COMMENT, PlannedEdit
from tests.helpers.archives import new_desk
from tests.helpers.releases import ORDER, releasable

SECRET = "친구 박순자의 딸이라고 함"
TEXT = "N1: 저는 회령에서 태어났습니다.\nN1: 강을 건넜습니다.\nN1: 그 뒤에 혼자 살았습니다.\n"


def waiting(desk: Desk, code: str) -> list[bool]:
    return [one.waits for one in desk.transcripts.segments(code)]


def test_comments_and_marks_are_kept_undone_and_in_no_export(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = releasable(desk, TEXT, granted=("publish_text", "translate"))
        first, second, third = desk.transcripts.segments(code)
        for nothing in (" \n ", "x" * (LONGEST_COMMENT + 1)):
            with pytest.raises(MalformedInput):
                desk.transcripts.comment(code, first.id, nothing)
        desk.transcripts.comment(code, first.id, f"  {SECRET}\n어머니에게 묻기 ")
        comment = desk.transcripts.segments(code)[0].comments[0]
        assert (comment.by, comment.text) == (desk.archive.actor, f"{SECRET}\n어머니에게 묻기")
        assert waiting(desk, code) == [True, False, False]
        for another in (replace(first, text="저는"), replace(first, end_ms=first.end_ms - 1)):
            with pytest.raises(MalformedInput):
                desk.transcripts.comment(code, first.id, "beside another text, or other times", another)
            with pytest.raises(MalformedInput):
                desk.transcripts.translate(code, first.id, "en", "Of another text, or other times.", another)
        desk.transcripts.resolve(code, first.id, [comment.id])
        assert desk.transcripts.segments(code)[0].comments[0].resolved_by == desk.archive.actor
        with pytest.raises(MalformedInput):
            desk.transcripts.resolve(code, first.id, [comment.id])
        desk.transcripts.undo(code)
        assert waiting(desk, code) == [True, False, False]
        desk.transcripts.translate(code, second.id, "en", "I crossed the river.")
        assert desk.transcripts.segments(code)[1].translations[0].by == desk.archive.actor
        with pytest.raises(MalformedInput):
            desk.transcripts.translate(code, second.id, "tlh", "bIQtIq vIchegh")
        desk.transcripts.edit(code, [PlannedEdit(Flag(third.id, "sealed"))])
        assert desk.attesting.state(code).signed_off, "neither changes what was said"
        assert [hit.found.segment for hit in desk.searching.search("습니다")] == [first.id, second.id]
        for form in ("txt", "json"):
            desk.releasing.export(code, replace(ORDER, format=form), tmp_path / f"talk.{form}")
            given = (tmp_path / f"talk.{form}").read_text("utf-8")
            assert "강을 건넜습니다" in given
            assert "혼자" not in given
            assert SECRET not in given
            assert "river" not in given


def test_what_the_narrator_did_not_let_be_translated_is_not(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = releasable(desk, TEXT)
        first = desk.transcripts.segments(code)[0]
        with pytest.raises(NotAllowed):
            desk.transcripts.translate(code, first.id, "en", "I was born in Hoeryong.")
        assert desk.transcripts.segments(code)[0] == first


def test_a_closed_passage_is_opened_by_nobody_who_does_not_mean_to(tmp_path: Path) -> None:
    """Neither undoing nor doing again nor an edit among others opens it; who means to leaves a trace, and signs for it anew."""
    with new_desk(tmp_path) as desk:
        code = releasable(desk, TEXT)
        talk, to = desk.transcripts, tmp_path / "talk.txt"
        first, second, third = talk.segments(code)

        def closed() -> list[bool]:
            return [one.closed for one in talk.segments(code)]

        def custody() -> list[str]:
            return [one.action for one in desk.interviews.history(code).custody if "passage" in one.action]

        open_it = [PlannedEdit(Flag(third.id, SEALED, on=False))]
        talk.edit(code, [PlannedEdit(Flag(third.id, SEALED))])
        desk.attesting.sign_off(code)
        talk.edit(code, [PlannedEdit(SetText(first.id, f"{first.text}!"))])
        talk.undo_since_unlocking(code)
        for opening in (
            lambda: talk.undo_since_unlocking(code), lambda: talk.undo(code), lambda: talk.edit(code, open_it)
        ):  # fmt: skip
            with pytest.raises(NotAllowed) as refused:
                opening()
            assert [(one.code, one.field) for one in refused.value.reasons] == [("closed_passage", "transcript.flags")]
        assert (closed(), custody()) == ([False, False, True], ["sealed a passage"])
        desk.releasing.export(code, ORDER, to)
        assert "혼자" not in to.read_text("utf-8")
        talk.edit(code, open_it, opening=True)
        assert (closed(), custody()) == ([False] * 3, ["sealed a passage", "opened a closed passage"])
        assert not desk.attesting.state(code).signed_off
        reasons = desk.releasing.outlook(code, ORDER).reasons
        assert [(one.code, one.field) for one in reasons] == [("opened_since_sign_off", "review.sign_off")]
        desk.attesting.sign_off(code)
        assert desk.releasing.outlook(code, ORDER).reasons == ()
        talk.undo(code)
        assert closed() == [False, False, True]
        with pytest.raises(NotAllowed):
            talk.redo(code)
        talk.edit(code, [PlannedEdit(Join(third.id))])
        assert closed() == [False, True], "what is joined to it is closed with it"
        with pytest.raises(NotAllowed):
            talk.undo(code)
        assert [one.text for one in talk.segments(code)] == [first.text, f"{second.text} {third.text}"]


def test_a_step_that_opens_one_passage_and_closes_another_is_on_record_as_both(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = releasable(desk, TEXT)
        first, *_, last = desk.transcripts.segments(code)
        desk.transcripts.edit(code, [PlannedEdit(Flag(last.id, SEALED))])
        both = [PlannedEdit(Flag(last.id, SEALED, on=False)), PlannedEdit(Flag(first.id, SEALED))]
        desk.transcripts.edit(code, both, opening=True)
        told = [one.action for one in desk.interviews.history(code).custody if "passage" in one.action]
        assert told == ["sealed a passage", "opened a closed passage", "sealed a passage"]
