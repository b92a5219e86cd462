"""An interview opens where its work stands, and once somebody was there, where they left it."""

from oralhistory.domain.consent import Purpose
from oralhistory.domain.edits import SetText
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.outset_step import outset_step
from tests.ui.conftest import Wait
from tests.ui.material import agreed, taped, written
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]


def test_it_opens_where_its_work_stands(main: MainWindow) -> None:
    desk, steps = main.desk, list[str]()
    code = desk.interviews.create(("ko",), "Crane").code

    def opened() -> str:
        steps.append(outset_step(desk, desk.interviews.card(code)))
        return steps[-1]

    assert opened() == "consent"
    agreed(desk, code)
    assert opened() == "record"
    taped(desk, code, 5)
    assert opened() == "transcript"
    told = written(desk, code)
    assert opened() == "transcript"
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    assert opened() == "release"
    desk.transcripts.edit(code, [PlannedEdit(SetText(told.segments[0].id, "다른 말입니다."))])
    assert opened() == "transcript", "nobody stands for the text as it is now"
    desk.consenting.withdraw(code)
    assert opened() == "consent"


def test_where_sound_is_refused_notes_are_taken_at_the_step_record(main: MainWindow) -> None:
    code = main.desk.interviews.create(("ko",), "Wren").code
    agreed(main.desk, code, Purpose.RECORD_AUDIO)
    assert outset_step(main.desk, main.desk.interviews.card(code)) == "record"
    main.desk.note_taking.begin(code)
    main.desk.note_taking.save(code, "강가에서 살았습니다.")
    assert outset_step(main.desk, main.desk.interviews.card(code)) == "record"
    main.desk.note_taking.end(code)
    assert outset_step(main.desk, main.desk.interviews.card(code)) == "transcript", "where they are taken as the text"


def test_once_somebody_was_there_it_opens_where_they_left_it(main: MainWindow, wait: Wait) -> None:
    desk = main.desk
    fresh, spoken = (desk.interviews.create(("ko",), name).code for name in ("Heron", "Kestrel"))
    agreed(desk, spoken)
    taped(desk, spoken, 1)
    main.open_interview(spoken)
    assert main.page is main.steps["transcript"]
    main.open_interview(fresh)
    assert main.page is main.steps["consent"], "not the step that another interview was seen at"
    main.open_step("about")
    main.open_interview(spoken)
    assert main.page is main.steps["transcript"]
    main.open_interview(fresh)
    assert main.page is main.steps["about"]
    wait(lambda: not main.jobs.busy)
