"""Marks, comments and translations of passages: kept with who and when, undone like everything else, and never given out."""

from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.edits import Flag
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
