"""Sessions without sound: who may be written down, what is kept of it, and that a crash loses nothing that was saved."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import CHECKLIST, Purpose, Stage
from oralhistory.domain.interview import Status
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.services.archive.opened import Changed
from oralhistory.services.desk import Desk
from oralhistory.services.recording import note_taking
from tests.helpers.archives import consent, new_desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as made:
        yield made


@pytest.fixture
def code(desk: Desk) -> str:
    """An informed narrator who wants neither sound nor sensitive matters on file."""
    made = desk.interviews.create().code
    desk.consenting.record(made, consent(Stage.BEFORE, sensitive_data=False))
    return made


def test_who_is_not_recorded_may_be_written_down(desk: Desk, code: str) -> None:
    with pytest.raises(NotAllowed):
        desk.recording.start(code)
    begun = desk.note_taking.begin(code)
    assert (begun.number, begun.session, begun.ended_at, begun.text) == (1, 1, None, "")
    desk.note_taking.save(code, "그날 아침")
    desk.note_taking.save(code, "그날 아침에는\n눈이 왔다.")
    ended = desk.note_taking.end(code)
    assert ended.text == "그날 아침에는\n눈이 왔다."
    assert ended.ended_at is not None
    assert ended.ended_at >= ended.started_at
    assert desk.note_taking.sessions(code) == [ended]
    actions = [one.action for one in desk.interviews.history(code).custody]
    assert actions[-2:] == [note_taking.BEGUN, note_taking.ENDED]


def test_an_interrupted_session_is_gone_on_with(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE))
        begun = desk.note_taking.begin(code)
        desk.note_taking.add(code, "first")
    with open_desk(tmp_path) as desk:
        assert desk.note_taking.begin(code) == replace(begun, text="first")
        assert desk.note_taking.add(code, "second").text == "first\nsecond"


def test_without_an_informed_narrator_there_are_no_notes(desk: Desk) -> None:
    refused: dict[str, set[str]] = {}
    cases = {
        "nothing": None,
        "not told": consent(Stage.BEFORE, "record_audio", checklist=dict.fromkeys(CHECKLIST, False)),
        "a doubt": consent(Stage.BEFORE, "record_audio", capacity_concern="coercion"),
    }
    for name, document in cases.items():
        code = desk.interviews.create().code
        if document:
            desk.consenting.record(code, document)
        with pytest.raises(NotAllowed) as error:
            desk.note_taking.begin(code)
        refused[name] = {one.code for one in error.value.reasons}
        assert desk.note_taking.sessions(code) == []
    assert refused == {"nothing": {"no_consent"}, "not told": {"not_informed"}, "a doubt": {"capacity_concern"}}


def test_who_withdrew_everything_is_not_written_down_who_withdrew_sound_is(desk: Desk, code: str) -> None:
    desk.consenting.withdraw(code, [Purpose.RECORD_AUDIO])
    desk.note_taking.begin(code)
    desk.note_taking.end(code)
    desk.consenting.withdraw(code)
    with pytest.raises(NotAllowed) as error:
        desk.note_taking.begin(code)
    assert [one.code for one in error.value.reasons] == ["withdrawn"]


def test_notes_are_corrected_after_the_end_and_that_is_on_record(desk: Desk, code: str) -> None:
    for text in ("one", "two"):
        desk.note_taking.begin(code)
        desk.note_taking.save(code, text)
        desk.note_taking.end(code)
    assert desk.note_taking.save(code, "ONE", number=1).text == "ONE"
    desk.note_taking.save(code, "ONE", number=1)
    assert [(one.number, one.text) for one in desk.note_taking.sessions(code)] == [(1, "ONE"), (2, "two")]
    actions = [one.action for one in desk.interviews.history(code).custody]
    assert actions.count(note_taking.CHANGED) == 1


def test_an_interview_that_was_written_down_is_planned_no_more(desk: Desk, code: str) -> None:
    def status() -> Status:
        return desk.interviews.card(code).interview.status

    told = list[Changed]()
    desk.archive.notices.subscribe(lambda notice: told.append(notice.what))
    desk.note_taking.begin(code)
    desk.note_taking.end(code)
    assert status() is Status.PLANNED, "nothing was written"
    desk.note_taking.begin(code)
    desk.note_taking.save(code, "강가에서")
    assert status() is Status.PLANNED, "it goes on"
    desk.note_taking.end(code)
    assert status() is Status.NOTED and told.count(Changed.STATE) == 1
    desk.note_taking.save(code, "", 2)
    assert status() is Status.PLANNED
    desk.note_taking.save(code, "강가에서 살았습니다.", 2)
    desk.transcripts.import_file(code, "notes.txt", desk.note_taking.words(code))
    assert status() is Status.DRAFTED
    desk.note_taking.save(code, "다른 말", 2)
    assert status() is Status.DRAFTED, "what there is more than notes says more"


def test_what_is_not_there_or_not_text_is_said_so(desk: Desk, code: str) -> None:
    for ask in (lambda: desk.note_taking.end(code), lambda: desk.note_taking.save(code, "x", number=7)):
        with pytest.raises(NotFound):
            ask()
    desk.note_taking.begin(code)
    with pytest.raises(MalformedInput):
        desk.note_taking.save(code, "x" * (note_taking.LONGEST_TEXT + 1))
