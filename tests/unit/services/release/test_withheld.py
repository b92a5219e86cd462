"""A decision whose words a split took along is not answered by closing or masking what is left of its passage."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralhistory.domain.edits import Edit, Flag, SetSpeaker, SetText, Split
from oralhistory.domain.redaction import Action, Decisions, MentionDecision
from oralhistory.domain.roles import Part
from oralhistory.domain.transcript import SEALED, Segment
from oralhistory.errors import NotAllowed
from oralhistory.services.desk import Desk
from oralhistory.services.release.answers import no_name, taken_out
from oralhistory.services.release.cards import cards
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers.archives import quick_desk
from tests.helpers.releases import ORDER, releasable, sign_off

SPOKEN = "NARRATOR: 저는 강가에 살았고 물레방아 옆에서 일했습니다.\n통역: 그렇다고 합니다.\nNARRATOR: 겨울이었습니다.\n"
SECRET = "물레방아 옆"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("withheld")) as made:
        yield made


def edit(desk: Desk, code: str, made: Edit) -> None:
    desk.transcripts.edit(code, [PlannedEdit(made)])


def close(desk: Desk, code: str, first: Segment) -> None:
    edit(desk, code, Flag(first.id, SEALED))


def mask(desk: Desk, code: str, first: Segment) -> None:
    edit(desk, code, SetSpeaker(first.id, "통역"))


def taken_out_and_split(desk: Desk) -> tuple[str, Segment]:
    """Words are taken out of the first passage, and its second half, in which they stand, is made a passage of its own."""
    code = releasable(desk, SPOKEN, ())
    desk.casting.cast(code, Part.INTERPRETER, "yunseo", label="통역", shown=False)
    first = desk.transcripts.segments(code)[0]
    start = first.text.index(SECRET)
    decision = MentionDecision(first.id, first.sha256, start, start + len(SECRET), Action.REDACT)
    desk.redacting.add(code, Decisions(mentions=(decision,)))
    edit(desk, code, Split(first.id, start))
    return code, first


def against(desk: Desk, code: str) -> set[str]:
    return {one.code for one in desk.releasing.outlook(code, ORDER).reasons}


@pytest.mark.parametrize("withhold", [close, mask])
def test_what_was_taken_out_is_asked_about_where_it_stands_now(
    desk: Desk, tmp_path: Path, withhold: Callable[[Desk, str, Segment], None]
) -> None:
    code, first = taken_out_and_split(desk)
    withhold(desk, code, first)
    sign_off(desk, code)
    with pytest.raises(NotAllowed):
        desk.releasing.export(code, ORDER, tmp_path / "x.txt")
    assert not (tmp_path / "x.txt").exists()
    assert against(desk, code) == {"marked"}
    [card] = cards(desk.redacting.state(code))
    assert (card.text, [one.segment == first.id for one in card.places]) == (SECRET, [False])
    desk.redacting.add(code, taken_out(card))
    assert against(desk, code) == set()
    desk.releasing.export(code, ORDER, tmp_path / "x.txt")
    assert SECRET not in (tmp_path / "x.txt").read_text("utf-8")


def test_a_person_may_say_that_they_may_leave_from_there(desk: Desk) -> None:
    code, first = taken_out_and_split(desk)
    close(desk, code, first)
    sign_off(desk, code)
    [card] = cards(desk.redacting.state(code))
    desk.redacting.add(code, no_name(card, "nobody knows it any more"))
    assert against(desk, code) == set()


def test_words_that_stand_nowhere_any_more_stay_a_question_that_shows_nothing_of_the_passage(desk: Desk) -> None:
    code, first = taken_out_and_split(desk)
    close(desk, code, first)
    second = desk.transcripts.segments(code)[1]
    edit(desk, code, SetText(second.id, "물레 방앗간 옆에서 일했습니다."))
    sign_off(desk, code)
    assert against(desk, code) == {"text_changed"}
    [card] = cards(desk.redacting.state(code))
    assert (card.text, [(one.before, one.after) for one in card.places]) == ("", [("", "")])


def test_words_that_stay_here_with_their_passage_are_no_question(desk: Desk) -> None:
    code, first = taken_out_and_split(desk)
    desk.transcripts.undo(code)
    edit(desk, code, SetText(first.id, f"{first.text} 그랬습니다."))
    close(desk, code, first)
    sign_off(desk, code)
    assert against(desk, code) == set()
