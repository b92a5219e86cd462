"""Step 1: answers become versions; what is not saved does not count; the window refuses in the services' own words."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from oralhistory.domain.consent import CHECKLIST, Context, Decision, Operation, Purpose, Refused, Stage
from oralhistory.domain.consent_document import document, template
from oralhistory.errors import StorageFailed
from oralhistory.i18n import said_in
from oralhistory.services import refusal
from oralhistory.services.consent.consent_words import SENSITIVE_QUESTION
from oralhistory.ui.app import Frame
from oralhistory.ui.consent.consent_form import ConsentForm
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.consent.own_text import OwnText
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.main_window import MainWindow
from tests.helpers.archives import consent
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.consenting import answer_the_rest, fill_in_texts
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]


@pytest.fixture
def code(main: MainWindow, frame: Frame, find: Find, wait: Wait) -> Iterator[str]:
    """An interview in front; what was answered and not saved does not wait for the next test."""
    code = main.desk.interviews.create(("ko",), "Crane").code
    frame.activateWindow()
    wait(frame.isActiveWindow)
    main.open_interview(code)
    yield code
    frame.banner.hide()
    discard = find("consent_discard")
    if not discard.isHidden():
        with answering("consent_discard_question_discard"):
            press(discard)
    assert not main.steps["consent"].unsaved


@pytest.fixture
def ready(main: MainWindow, code: str) -> str:
    """As `code`, in a language in which the text that is read has nothing left in brackets."""
    if main.desk.form_texts.find("before", "en").sample:
        fill_in_texts(main.desk, "en")
    code = main.desk.interviews.create(("en",), "Crane").code
    main.open_interview(code)
    return code


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    widget.click()


def shown(main: MainWindow) -> set[str]:
    return {one.text() for one in main.page.findChildren(QLabel) if one.isVisibleTo(main.page)}


def allow_recording(find: Find) -> None:
    for item in CHECKLIST:
        press(find(f"consent_told_{item}"))
    for purpose in ("record_audio", "machine_transcribe"):
        press(find(f"consent_{purpose}_granted"))
    press(find("consent_sensitive_yes"))
    answer_the_rest(find)


def test_nothing_is_implied_and_the_reasons_stand_beside(main: MainWindow, wait: Wait, code: str) -> None:
    answer = main.desk.consenting.why(code, Operation.RECORD)
    assert isinstance(answer, Refused)
    sentences = {refusal.sentence(one) for one in answer.reasons}
    wait(lambda: sentences <= shown(main))


def test_every_question_that_is_read_aloud_is_in_the_language_of_the_text(main: MainWindow, find: Find, code: str) -> None:
    asked, language = find("consent_sensitive_question"), find("consent_language")
    assert isinstance(asked, QLabel)
    told = []
    for one in ("ko", "en", "zh"):
        language.pick(one)  # type: ignore[attr-defined]
        language.picked.emit()  # type: ignore[attr-defined]
        told.append(asked.text())
    assert told == [said_in(one, SENSITIVE_QUESTION) for one in ("ko", "en", "zh")]
    assert len(set(told)) == 3


def test_a_form_answered_and_saved_allows_recording(main: MainWindow, find: Find, wait: Wait, ready: str) -> None:
    code = ready
    allow_recording(find)
    assert isinstance(main.desk.consenting.why(code, Operation.RECORD), Refused)
    assert code in main.steps["consent"].unsaved
    find("consent_save").setFocus()
    QTest.mouseClick(find("consent_save"), Qt.MouseButton.LeftButton)
    wait(lambda: not main.steps["consent"].unsaved)
    wait(lambda: not find("consent_save").isEnabled())
    held = main.window().focusWidget()
    assert held is not None and main.steps["consent"].isAncestorOf(held), "the keyboard stays on the page"
    assert not isinstance(main.desk.consenting.why(code, Operation.RECORD), Refused)
    version = main.desk.consenting.on_file(code).versions[-1]
    assert (version.stage, version.number, version.obtained_by) == (Stage.BEFORE, 1, "mk")
    assert version.form_text == "own-before-en-1"
    assert version.permission(Purpose.MEDIA).decision is Decision.NOT_ASKED
    wait(lambda: any("1" in text and "✓" not in text for text in shown(main)))


def test_saving_twice_is_one_version_and_an_answer_given_meanwhile_still_waits(
    main: MainWindow, find: Find, wait: Wait, ready: str
) -> None:
    code = ready
    allow_recording(find)
    save = find("consent_save")
    press(save)
    press(save)
    press(find("consent_machine_transcribe_refused"))
    wait(lambda: not main.jobs.busy)
    assert len(main.desk.consenting.on_file(code).versions) == 1
    page = main.page
    assert isinstance(page, ConsentPage)
    assert page.unsaved == [code]
    with answering("consent_discard_question_discard"):
        press(find("consent_discard"))


def test_every_reason_of_an_incomplete_consent_is_shown(main: MainWindow, find: Find, wait: Wait, code: str) -> None:
    press(find("consent_record_audio_granted"))
    press(find("consent_save"))  # the questions that must be answered are not
    assert find("consent_sensitive_open").isVisibleTo(main.page)
    assert main.steps["consent"].unsaved
    assert main.desk.consenting.on_file(code).versions == ()
    press(find("consent_sensitive_no"))
    assert not find("consent_sensitive_open").isVisibleTo(main.page)
    answer_the_rest(find)
    press(find("consent_save"))
    wait(lambda: not main.steps["consent"].unsaved)
    answer = main.desk.consenting.why(code, Operation.RECORD)
    assert isinstance(answer, Refused)
    assert len(answer.reasons) == len(CHECKLIST) + 1
    wait(lambda: {refusal.sentence(one) for one in answer.reasons} <= shown(main))


def test_answers_that_are_not_saved_wait_and_can_be_discarded(main: MainWindow, find: Find, code: str) -> None:
    other = main.desk.interviews.create(("en",), "Heron").code
    press(find("consent_record_audio_refused"))
    main.open_interview(other)
    assert not find("consent_save").isEnabled()
    main.open_interview(code)
    granted = find("consent_record_audio_refused")
    assert isinstance(granted, QAbstractButton)
    assert granted.isChecked()
    for thoughtless in ("return", "escape"):
        with answering(thoughtless) as asked:
            press(find("consent_discard"))
        assert len(asked) == 1 and main.steps["consent"].unsaved
    with answering("consent_discard_question_discard"):
        press(find("consent_discard"))
    assert not main.steps["consent"].unsaved
    assert main.desk.consenting.on_file(code).versions == ()


def test_after_a_refused_recording_the_same_moment_is_taken_again(main: MainWindow, wait: Wait, code: str) -> None:
    refused = template(Stage.BEFORE)
    main.desk.consenting.record(code, refused)
    main.open_interview(main.desk.interviews.create().code)
    main.open_interview(code)
    assert main.steps["consent"]._stage.value == "before"
    granted = template(Stage.BEFORE)
    granted |= {"checklist": dict.fromkeys(CHECKLIST, True), "sensitive_data": True}
    granted["permissions"][0] |= {"purpose": "record_audio", "decision": "granted"}
    main.desk.consenting.record(code, granted)
    main.open_interview(main.desk.interviews.create().code)
    main.open_interview(code)
    assert main.steps["consent"]._stage.value == "after"


def test_a_date_that_is_none_is_refused_by_its_field_and_the_form_stays(
    main: MainWindow, find: Find, wait: Wait, code: str
) -> None:
    embargo = find("consent_embargo_until")
    assert isinstance(embargo, QLineEdit)
    press(find("consent_sensitive_yes"))
    answer_the_rest(find)
    QTest.keyClicks(embargo, "2030-02-31")
    press(find("consent_save"))
    wait(lambda: find("banner").isVisible())
    happened = find("banner_happened")
    assert isinstance(happened, QLabel)
    assert "embargo_until" in happened.text()
    assert main.desk.consenting.on_file(code).versions == ()
    assert main.steps["consent"].unsaved


def test_the_second_moment_starts_empty_and_recipients_can_differ(
    main: MainWindow, find: Find, wait: Wait, ready: str
) -> None:
    code = ready
    allow_recording(find)
    press(find("consent_save"))
    wait(lambda: not main.steps["consent"].unsaved)
    press(find("consent_stage_after"))
    press(find("consent_media_granted"))
    recipient = find("consent_media_recipient")
    assert isinstance(recipient, QLineEdit)
    QTest.keyClicks(recipient, "Seoul Weekly")
    press(find("consent_media_another"))
    press(find("consent_media_2_refused"))
    assert not find("consent_sensitive_yes").isChecked()  # type: ignore[attr-defined]  # what was said before is asked again
    press(find("consent_sensitive_yes"))
    answer_the_rest(find)
    press(find("consent_save"))
    wait(lambda: not main.steps["consent"].unsaved)
    version = main.desk.consenting.on_file(code).latest(Stage.AFTER)
    assert version is not None
    assert version.permission(Purpose.MEDIA, "seoul weekly").decision is Decision.GRANTED
    assert version.permission(Purpose.MEDIA, "somebody").decision is Decision.REFUSED
    assert version.permission(Purpose.RECORD_AUDIO).decision is Decision.NOT_ASKED


def test_what_a_release_would_be_answered(main: MainWindow, find: Find, wait: Wait, code: str) -> None:
    choice = find("consent_ask_purpose")
    choice.pick("court_domestic")  # type: ignore[attr-defined]
    choice.picked.emit()  # type: ignore[attr-defined]
    answer = main.desk.consenting.why(code, Operation.EXPORT_TEXT, Context(Purpose.COURT_DOMESTIC))
    assert isinstance(answer, Refused)
    sentence = refusal.sentence(answer.reasons[0])
    wait(lambda: sentence in shown(main))


def test_what_may_leave_today_is_told_with_form_name_and_end(main: MainWindow, find: Find, wait: Wait, code: str) -> None:
    wait(lambda: any("asked after the interview" in one for one in shown(main)))
    document = consent(Stage.AFTER, "publish_text", "machine_transcribe")
    for one in document["permissions"]:
        if one["decision"] == "granted":
            one["until"] = "2999-12-31"
    past = {"decision": "granted", "identity": "chosen_pseudonym", "form": "full", "from": None, "until": "2001-01-31"}
    document["permissions"].append({**past, "purpose": "publish_text", "recipient": "Seoul Weekly"})
    main.desk.consenting.record(code, document)
    wait(lambda: "✓ Publishing text: allowed" in shown(main))
    assert "Text, Summary, Sound  ·  under the chosen name  ·  until 2999-12-31" in shown(main)
    assert "✓ Transcription by machine: allowed until 2999-12-31" in shown(main)
    assert "– Allowed by the narrator, but not today: publishing text (Seoul Weekly)" in shown(main)
    assert "Nothing else may leave the archive." in shown(main)


def test_a_recorded_spoken_consent_is_offered_as_evidence(main: MainWindow, find: Find, code: str) -> None:
    page = main.steps["consent"]
    assert isinstance(page, ConsentPage)
    evidence = find("consent_evidence")
    evidence.setEditText("drawer 4")  # type: ignore[attr-defined]
    page.show_interview(code)
    assert evidence.currentText() == "drawer 4"  # type: ignore[attr-defined]


def test_the_form_can_be_read_one_part_at_a_time_and_keeps_the_answers(main: MainWindow, find: Find, code: str) -> None:
    press(find("consent_told_risks"))
    press(find("consent_reading_one"))
    page = main.page
    assert isinstance(page, ConsentPage)
    read = page._form._opening
    alone = read.font().pointSizeF()
    assert not find("consent_told_who_we_are").isVisibleTo(page)
    press(find("consent_next"))
    assert find("consent_told_who_we_are").isVisibleTo(page)
    assert not find("consent_told_purpose").isVisibleTo(page)
    QTest.keyClick(main, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert find("consent_told_purpose").isVisibleTo(page)
    turns = 2
    while find("consent_next").isEnabled():
        press(find("consent_next"))
        turns += 1
    assert turns == 1 + len(CHECKLIST) + 1 + len(Purpose) + 1  # the opening, and one for sensitive information
    assert find("consent_embargo_until").isVisibleTo(page)
    press(find("consent_reading_all"))
    assert read.font().pointSizeF() < alone
    assert find("consent_told_risks").isVisibleTo(page)
    assert find("consent_told_risks").isChecked()  # type: ignore[attr-defined]


def test_what_is_on_file_can_be_looked_at_without_becoming_an_answer(main: MainWindow, code: str) -> None:
    page = main.steps["consent"]
    assert isinstance(page, ConsentPage)
    other = main.desk.interviews.create(("en",), "Heron").code
    main.desk.consenting.record(other, {**template(Stage.BEFORE, "en"), "evidence": "drawer 4", "session": 2})
    main.open_interview(other)
    page._stage.pick(Stage.BEFORE.value)
    page._show_stage()
    assert main.steps["consent"].unsaved == []
    main.open_interview(code)
    assert main.steps["consent"].unsaved == []


FULL: dict[str, Any] = {
    **template(Stage.RENEWAL, "en"),
    "form_text": "sample-after-en-1",
    "session": 3, "mode": "thumbprint", "evidence": "drawer 4", "witness": "w1", "obtained_by": "mk",
    "obtained_on": "2026-05-04", "interpreter": "i7", "capacity_concern": "distress", "sensitive_data": True,
    "checklist": {item: number % 2 == 0 for number, item in enumerate(CHECKLIST)},
    "embargo_until": "2031-01-01", "embargo_condition": "when the son is out",
    "narrator_review": {"wanted": "both", "status": "waived"}, "recontact": "only via the centre",
    "third_parties": [{"person": "a sister", "relation": "sister", "risk": "still there", "decision": "leave out"},
                      {"person": "a guard", "relation": "", "risk": "", "decision": ""}],
    "risk": {"level": "high", "relatives_at_risk": True, "next_review": "2027-01-01"},
    "permissions": [
        {"purpose": purpose.value, "decision": decision.value, "identity": "first_name", "form": "extracts",
         "recipient": "somebody", "from": "2026-01-01", "until": "2030-01-01"}
        for purpose, decision in zip(Purpose, list(Decision) * 4, strict=False)
    ],
}  # fmt: skip


def test_a_whole_document_goes_through_the_form_unchanged(main: MainWindow, code: str) -> None:
    version = main.desk.consenting.record(code, FULL)
    texts = main.desk.form_texts
    form = ConsentForm(Wording())
    text = texts.by_id("sample-after-en-1")
    assert text is not None
    form.fill(document(version), text)
    assert form.document() == document(version) == FULL


def test_what_is_written_into_an_own_text_outlives_a_lock_and_is_thrown_away_by_no_slip(
    main: MainWindow, find: Find, wait: Wait, code: str
) -> None:
    def paragraph() -> QPlainTextEdit:
        found = find("own_text_opening")
        assert isinstance(found, QPlainTextEdit)
        return found

    press(find("consent_fill_in"))
    dialog = find("own_text")
    assert not find("own_text_begun").isVisibleTo(dialog)
    press(find("own_text_back"))  # nothing was written: nothing is asked
    assert not dialog.isVisible()
    press(find("consent_fill_in"))
    opening = paragraph()
    opening.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(opening, " And ")
    QCoreApplication.sendEvent(opening, QInputMethodEvent("함", []))
    main.steps["consent"].end()  # as a lock does
    dialog = find("own_text")
    with answering("return", "escape", "own_text_leave_stay") as asked:
        for _ in range(3):
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            assert dialog.isVisible()
    assert asked == ["Throw away what you wrote here?"] * 3
    dialog.deleteLater()  # as the window goes that is locked
    press(find("consent_fill_in"))
    assert paragraph().toPlainText().endswith(" And 함")
    assert find("own_text_begun").isVisibleTo(find("own_text"))
    with answering("own_text_leave_throw"):
        press(find("own_text_back"))
    press(find("consent_fill_in"))
    assert not paragraph().toPlainText().endswith(" And 함")
    assert not find("own_text_begun").isVisibleTo(find("own_text"))
    press(find("own_text_back"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_own_text_that_the_disk_refuses_takes_no_answers_along(
    main: MainWindow, find: Find, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(find("consent_told_risks"))
    press(find("consent_fill_in"))

    def refused(*_: object) -> None:
        raise StorageFailed("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(main.desk.drafts, "keep_text", refused)
        with pytest.raises(StorageFailed):
            main.steps["consent"].end()
    kept = main.desk.drafts.of(code, "consent before")
    assert kept is not None and kept["checklist"]["risks"]
    press(find("own_text_back"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_text_with_places_to_fill_in_becomes_the_organisations_own(
    main: MainWindow, find: Find, wait: Wait, code: str
) -> None:
    """Last here: from now on its Korean text is what is read before an interview."""
    page, texts = main.steps["consent"], main.desk.form_texts
    assert find("consent_unfilled").isVisibleTo(main.page)
    assert not find("consent_own_text").isVisibleTo(main.page)
    press(find("consent_told_risks"))
    press(find("consent_fill_in"))
    dialog = find("own_text")
    assert isinstance(dialog, OwnText)
    places = [one for one in dialog.findChildren(QLineEdit) if one.objectName().startswith("own_text_place_")]
    for line in places[1:]:
        line.setText("서울")
    press(find("own_text_keep"))  # one is still open
    refused = find("own_text_refused")
    assert isinstance(refused, QLabel)
    assert "[기관 이름]" in refused.text()
    assert texts.find("before", "ko").sample
    places[0].setText("기록센터")
    press(find("own_text_keep"))
    wait(lambda: not texts.find("before", "ko").sample)
    wait(lambda: not find("consent_unfilled").isVisibleTo(main.page))
    own = texts.find("before", "ko")
    assert (own.id, own.places) == ("own-before-ko-1", ())
    assert "기록센터" in own.checklist["who_we_are"]
    assert find("consent_told_risks").isChecked()  # type: ignore[attr-defined]  # what was answered stays answered
    assert isinstance(page, ConsentPage)
    assert page._form.document()["form_text"] == own.id
    assert find("consent_own_text").isVisibleTo(main.page)


def test_what_is_on_file_is_not_cut_at_its_edge(code: str, main: MainWindow, frame: Frame, wait: Wait) -> None:
    page = main.steps["consent"]
    assert isinstance(page, ConsentPage)
    frame.resize(1280, 800)
    area = page._state.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    wait(area.isVisible)
    inner = area.widget()
    wait(lambda: inner.minimumSizeHint().width() <= area.viewport().width())
    assert inner.width() <= area.viewport().width()
