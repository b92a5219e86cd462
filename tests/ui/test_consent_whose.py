"""Step 1, of several narrators and sessions: what was answered for one is shown, carried and saved for no other."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QSpinBox, QWidget

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.ui.app import Frame
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.main_window import MainWindow
from tests.helpers.archives import consent
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.consenting import answer_the_rest, pick
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]


@pytest.fixture
def code(main: MainWindow, frame: Frame) -> Iterator[str]:
    code = main.desk.interviews.create(("ko",), "Crane").code
    yield code
    frame.banner.hide()
    main.steps["consent"]._unsaved._answers.clear()  # type: ignore[attr-defined]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    assert widget.isEnabled()
    widget.click()


def test_what_one_of_several_narrators_answered_is_no_answer_of_another(
    main: MainWindow, find: Find, wait: Wait, code: str
) -> None:
    main.open_interview(code, "consent")
    main.desk.describing.add_narrator(code)
    first, second = (one.code for one in main.desk.interviews.card(code).narrators)
    page = main.steps["consent"]
    assert isinstance(page, ConsentPage)
    assert page._form.document()["narrator"] == ""  # the form was there before the second one was
    page._show_stage()
    assert page._form.document()["narrator"] is None
    given = consent(Stage.BEFORE, "record_audio", witness="w7")
    main.desk.consenting.record(code, given | {"narrator": first})
    wait(lambda: page._form.document()["narrator"] == first)
    pick(find, "consent_narrator", second)
    shown = page._form.document()
    assert (shown["narrator"], shown["sensitive_data"], shown["witness"]) == (second, None, "")
    assert page.unsaved == [], "what is shown is not what was answered"
    press(find("consent_record_audio_refused"))
    press(find("consent_save"))
    assert page._form.still_open[0][1].objectName() == "consent_sensitive"
    assert len(main.desk.consenting.on_file(code).versions) == 1


def test_answers_that_wait_are_never_saved_for_another_narrator(main: MainWindow, find: Find, wait: Wait, code: str) -> None:
    main.desk.describing.add_narrator(code)
    first, second = (one.code for one in main.desk.interviews.card(code).narrators)
    main.desk.consenting.record(code, consent(Stage.AFTER, "publish_text", "media", witness="w7") | {"narrator": first})
    main.open_interview(code, "consent")
    page = main.steps["consent"]
    assert isinstance(page, ConsentPage)
    press(find("consent_stage_after"))
    assert page._form.document()["narrator"] == first
    press(find("consent_advocacy_refused"))
    waiting = page._form.document()
    with answering("return", "escape", "consent_leaving_question_keep") as asked:
        for _ in range(3):
            pick(find, "consent_narrator", second)
            assert page._form.document() == waiting, "the form stays that of the first one"
    assert len(asked) == 3 and page.unsaved == [code]
    pick(find, "consent_narrator", first)  # chosen once more: nothing is asked
    with answering("consent_leaving_question_discard") as asked:
        pick(find, "consent_narrator", second)
    shown = page._form.document()
    assert len(asked) == 1 and page.unsaved == []
    assert (shown["narrator"], shown["sensitive_data"], shown["witness"]) == (second, None, "")
    assert {one["decision"] for one in shown["permissions"]} == {"not_asked"} and not any(shown["checklist"].values())
    press(find("consent_advocacy_refused"))
    with answering("consent_leaving_question_keep") as asked:
        pick(find, "consent_narrator", first)
    assert len(asked) == 1 and page._form.document()["narrator"] == second, "nor the other way, where nothing is on file"
    press(find("consent_sensitive_no"))
    answer_the_rest(find)
    press(find("consent_save"))
    wait(lambda: len(main.desk.consenting.on_file(code).versions) == 2 and not page.unsaved)
    given = main.desk.consenting.on_file(code).versions[-1]
    assert (given.narrator, given.witness) == (second, "")
    assert [one.purpose for one in given.permissions if one.decision != "not_asked"] == [Purpose.ADVOCACY]


def test_a_form_that_was_begun_with_nothing_in_it_is_said_later_to_be_somebodys(
    main: MainWindow, find: Find, code: str
) -> None:
    main.desk.describing.add_narrator(code)
    second = main.desk.interviews.card(code).narrators[1].code
    main.open_interview(code, "consent")
    page = main.steps["consent"]
    assert isinstance(page, ConsentPage)
    press(find("consent_record_audio_refused"))
    session = find("consent_session")
    assert isinstance(session, QSpinBox)
    session.stepUp()
    pick(find, "consent_narrator", second)
    given = page._form.document()
    assert (given["narrator"], given["session"], given["permissions"][0]["decision"]) == (second, 2, "refused")
    assert page._unsaved.of((code, "before")) == given
