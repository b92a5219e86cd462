"""Step 1, what is signed about a consent: offered where it is refused, with the second person's passphrase; proof attached."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from oralhistory.domain.consent import Context, Operation, Purpose, Refused, Stage
from oralhistory.domain.paper import Paper
from oralhistory.domain.staff import Role
from oralhistory.ui.app import Frame
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.consent.evidence_field import EvidenceField
from oralhistory.ui.look.printing import NotPrinted, Printed, PrintRow, put_on
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.main_window import MainWindow
from tests.helpers.archives import consent
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.consenting import answer_the_rest, pick
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]
SECOND = "a second person's passphrase"


@pytest.fixture(scope="module")
def two(main: MainWindow) -> MainWindow:
    main.desk.staffing.add("S2", "", Role.DIRECTOR)
    main.desk.admitting.add_passphrase("S2", SECOND)
    return main


@pytest.fixture
def code(two: MainWindow, frame: Frame) -> Iterator[str]:
    code = two.desk.interviews.create(("ko",), "Crane").code
    yield code
    frame.banner.hide()
    two.steps["consent"]._unsaved._answers.clear()  # type: ignore[attr-defined]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    assert widget.isEnabled()
    widget.click()


def type_into(widget: QWidget, text: str) -> None:
    assert isinstance(widget, QLineEdit)
    widget.setText(text)


def codes(main: MainWindow, code: str, operation: Operation, context: Context | None = None) -> set[str]:
    answer = main.desk.consenting.why(code, operation, context)
    return {one.code for one in answer.reasons} if isinstance(answer, Refused) else set()


def test_a_doubt_is_cleared_by_a_second_person_beside_the_sentence(
    two: MainWindow, frame: Frame, find: Find, wait: Wait, code: str
) -> None:
    two.desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", capacity_concern="distress"))
    two.open_interview(code, "consent")
    opener = find("consent_sign_clear")
    assert opener.isVisibleTo(two.page)
    assert not find("consent_sign_approve").isVisibleTo(two.page)
    press(opener)
    keep, second = find("consent_sign_clear_keep"), find("consent_sign_clear_second")
    assert isinstance(second, QLineEdit)
    type_into(find("consent_sign_clear_reason"), "she rested and wants to go on")
    assert not keep.isEnabled()
    type_into(second, "four words for tests")  # of the same person
    keep.setFocus()
    press(keep)
    wait(frame.banner.isVisible)
    assert second.text() == "", "a passphrase does not stay in a field"
    assert frame.focusWidget() is second, "typed anew it must not be read in another field"
    type_into(second, "half a passph")
    two.open_step("record")
    two.open_step("consent")
    assert second.text() == ""
    assert codes(two, code, Operation.RECORD) == {"capacity_concern"}
    type_into(second, SECOND)
    press(keep)
    wait(lambda: codes(two, code, Operation.RECORD) == set())
    wait(lambda: not find("consent_sign_clear").isVisibleTo(two.page))
    wait(lambda: any("S2" in one.text() and "doubt cleared" in one.text() for one in two.page.findChildren(QLabel)))


def test_a_day_that_is_none_is_refused_in_words(two: MainWindow, frame: Frame, find: Find, wait: Wait, code: str) -> None:
    two.desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
    two.open_interview(code, "consent")
    page = two.page
    assert isinstance(page, ConsentPage)
    page._state._acts.offer(code, {"risk"})
    press(find("consent_sign_risk"))
    type_into(find("consent_sign_risk_reason"), "looked at again")
    type_into(find("consent_sign_risk_day"), "31.12.2030")
    press(find("consent_sign_risk_keep"))
    wait(frame.banner.isVisible)
    told = find("banner_happened")
    assert isinstance(told, QLabel) and told.text() == "Not a date: 31.12.2030."


def test_a_name_that_comes_after_the_page_was_left_is_not_shown(two: MainWindow, find: Find, wait: Wait, code: str) -> None:
    two.desk.interviews.set_field(code, "names", "김복순")
    two.open_interview(code, "consent")
    type_into(find("consent_reveal_reason"), "to call her back")
    press(find("consent_reveal"))
    press(find("consent_reveal"))
    two.open_step("history")
    wait(lambda: not two.jobs.busy)
    two.open_step("consent")
    wait(lambda: not two.jobs.busy)
    assert not any(one.text() == "김복순" for one in two.page.findChildren(QLabel))
    assert [one.note for one in two.desk.consenting.on_file(code).events] == ["to call her back"], "one look, one line"


def test_of_several_narrators_the_one_is_chosen_whose_consent_is_signed_for(
    two: MainWindow, find: Find, wait: Wait, code: str
) -> None:
    two.desk.describing.add_narrator(code)
    first, second = (one.code for one in two.desk.interviews.card(code).narrators)
    for narrator in (first, second):
        given = consent(Stage.AFTER, "publish_text", embargo_condition="peace")
        two.desk.consenting.record(code, given | {"narrator": narrator})
    two.open_interview(code, "consent")
    whose = find("consent_sign_narrator")
    assert whose.isVisibleTo(two.page)
    whose.pick(first)  # type: ignore[attr-defined]
    whose.picked.emit()  # type: ignore[attr-defined]
    press(find("consent_sign_condition"))
    type_into(find("consent_sign_condition_reason"), "it has come")
    press(find("consent_sign_condition_keep"))
    wait(lambda: len(two.desk.consenting.on_file(code).events) == 1)
    [event] = two.desk.consenting.on_file(code).events
    assert (event.narrator, event.version) == (first, 1)


def test_case_by_case_is_asked_for_the_recipient_that_stands_there(two: MainWindow, find: Find, wait: Wait, code: str) -> None:
    given = consent(Stage.AFTER)
    given["permissions"] = [{"purpose": "media", "decision": "conditional", "identity": "named", "form": "full"}]
    two.desk.consenting.record(code, given)
    two.open_interview(code, "consent")
    purpose = find("consent_ask_purpose")
    purpose.pick("media")  # type: ignore[attr-defined]
    purpose.picked.emit()  # type: ignore[attr-defined]
    type_into(find("consent_ask_recipient"), "The Daily")
    press(find("consent_sign_asked"))
    type_into(find("consent_sign_asked_reason"), "by telephone")
    assert not find("consent_sign_asked_keep").isEnabled(), "nobody has said no yet"
    press(find("consent_sign_asked_answer_yes"))
    press(find("consent_sign_asked_keep"))
    wait(lambda: codes(two, code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "The Daily")) == set())
    assert codes(two, code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "Another")) == {"conditional"}


def test_proof_is_attached_and_named(
    two: MainWindow, find: Find, wait: Wait, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "form.png"
    scan.write_bytes(b"\x89PNG a scan")
    two.open_interview(code, "consent")
    page = two.steps["consent"]
    assert isinstance(page, ConsentPage)
    monkeypatch.setattr(page, "_choose_file", lambda: str(scan))
    press(find("consent_attach"))
    evidence = find("consent_evidence")
    wait(evidence.currentText)  # type: ignore[attr-defined]
    press(find("consent_sensitive_no"))
    answer_the_rest(find)
    press(find("consent_save"))
    wait(lambda: two.desk.consenting.on_file(code).versions)
    [kept] = two.desk.evidence.of(code)
    assert two.desk.consenting.on_file(code).versions[-1].evidence == kept.id
    assert kept.id not in evidence.currentText()  # type: ignore[attr-defined]  # a person reads what it is, not its id
    two.retranslate()
    assert page._form.document()["evidence"] == kept.id


def test_another_proof_takes_the_place_of_the_one_that_is_named_only_when_somebody_says_so(
    two: MainWindow, find: Find, wait: Wait, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.open_interview(code, "consent")
    page = two.steps["consent"]
    assert isinstance(page, ConsentPage)

    def attach(name: str, *answers: str) -> list[str]:
        file, before = tmp_path / name, len(two.desk.evidence.of(code))
        file.write_bytes(name.encode() * 9)
        monkeypatch.setattr(page, "_choose_file", lambda: str(file))
        with answering(*answers) as asked:
            press(find("consent_attach"))
        wait(lambda: len(two.desk.evidence.of(code)) > before and not two.jobs.busy)
        return asked

    assert attach("one.png", "return") == []
    first = page._form.document()["evidence"]
    assert len(attach("two.png", "return")) == 1
    assert page._form.document()["evidence"] == first
    assert len(attach("three.png", "consent_replace_proof_replace")) == 1
    assert page._form.document()["evidence"] == two.desk.evidence.of(code)[-1].id != first
    assert len(two.desk.evidence.of(code)) == 3, "what is not named is still there"


def test_a_spoken_consent_takes_no_other_proofs_place_unasked(two: MainWindow, find: Find, code: str) -> None:
    two.open_interview(code, "consent")
    page = two.steps["consent"]
    assert isinstance(page, ConsentPage)
    how = page._form.how
    pick(find, "consent_mode", "written")
    how.evidence.choose("drawer 4")
    how.was_spoken("5" * 32)
    given = page._form.document()
    assert (given["mode"], given["evidence"]) == ("written", "drawer 4")
    how.evidence.choose("")
    for clip in ("5" * 32, "6" * 32):  # what was spoken again is named in the place of what was spoken before
        how.evidence.offer(["5" * 32, "6" * 32], [])
        how.was_spoken(clip)
        given = page._form.document()
        assert (given["mode"], given["evidence"]) == ("spoken_recorded", clip)
    with answering("consent_discard_question_discard"):
        press(find("consent_discard"))


def test_what_is_sealed_is_told_apart_and_named_by_no_word_that_only_begins_like_it(app: QApplication) -> None:
    field = EvidenceField(Wording())
    clips = ["abcd" + "0" * 28, "abcd" + "1" * 28]
    field.offer(clips, [])
    for clip in clips:
        field.choose(clip)
        assert field.value == clip
    field.choose("")
    box = field.findChild(QComboBox, "consent_evidence")
    assert box is not None and box.lineEdit() is not None
    QTest.keyClicks(box.lineEdit(), "the spoken")
    assert field.value == "the spoken"


def test_questions_about_a_minor_and_an_interpreter_stand_there_when_there_is_one(two: MainWindow, find: Find, code: str) -> None:
    two.open_interview(code, "consent")
    page = two.page
    assert not find("consent_guardian").isVisibleTo(page)
    interpreter = find("consent_interpreter")
    pick(find, "consent_concern", "minor")
    assert find("consent_guardian").isVisibleTo(page)
    assert not find("consent_undertaking").isVisibleTo(page)
    type_into(interpreter, "I7")
    interpreter.textEdited.emit("I7")  # type: ignore[attr-defined]
    assert find("consent_undertaking").isVisibleTo(page)
    assert not find("consent_narrator").isVisibleTo(page)
    assert isinstance(page, ConsentPage)
    asked = {widget.objectName() for _, widget in page._form.still_open}
    assert {"consent_assent", "consent_undertaking"} <= asked, "a no is said by somebody"
    assert "consent_narrator" not in asked
    press(find("consent_assent_no"))
    assert page._form.document()["assent"] is False


def test_a_real_name_is_shown_for_a_reason_and_hidden_when_the_page_is_left(
    two: MainWindow, find: Find, wait: Wait, code: str
) -> None:
    two.desk.interviews.set_field(code, "names", "김복순")
    two.open_interview(code, "consent")
    assert not find("consent_reveal").isEnabled()
    type_into(find("consent_reveal_reason"), "to call her back")
    press(find("consent_reveal"))
    wait(lambda: any(one.text() == "김복순" for one in two.page.findChildren(QLabel)))
    type_into(find("consent_contact_channel"), "the pastor")
    press(find("consent_contact_keep"))
    wait(lambda: two.desk.identities.reveal(code, "x")[0].contact.channel == "the pastor")
    two.open_step("history")
    two.open_step("consent")
    assert not any(one.text() == "김복순" and one.isVisibleTo(two.page) for one in two.page.findChildren(QLabel))
    assert find("consent_reveal").isVisibleTo(two.page)


def test_a_copy_for_the_narrator_is_printed_with_codes(
    two: MainWindow, find: Find, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.pdf"

    def to_file(paper: Paper) -> Printed | NotPrinted:
        printer = QPrinter()
        printer.setOutputFileName(str(file))
        return put_on(printer, paper)

    two.open_interview(code, "consent")
    assert not find("consent_print").isVisibleTo(two.page), "nothing is on file"
    two.desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    two.steps["consent"].show_interview(code)
    page = two.steps["consent"]
    (row,) = page.findChildren(PrintRow)
    row.print_paper = to_file
    press(find("consent_print"))
    assert file.read_bytes().startswith(b"%PDF")
    told = find("consent_print_told")
    assert isinstance(told, QLabel)
    assert str(file) in told.text()
    assert told.isVisibleTo(two.page)


def test_transfer_abroad_is_answered_and_asked_about_for_itself(two: MainWindow, find: Find, wait: Wait, code: str) -> None:
    given = consent(Stage.AFTER, "media")
    given["permissions"].append({"purpose": "overseas_transfer", "decision": "conditional"})
    given["permissions"] = [
        one for one in given["permissions"] if one["purpose"] != "overseas_transfer" or one["decision"] == "conditional"
    ]
    two.desk.consenting.record(code, given)
    two.open_interview(code, "consent")
    purpose = find("consent_ask_purpose")
    purpose.pick("media")  # type: ignore[attr-defined]
    purpose.picked.emit()  # type: ignore[attr-defined]
    type_into(find("consent_ask_recipient"), "Geneva")
    assert not find("consent_sign_asked").isVisibleTo(two)
    press(find("consent_ask_abroad"))
    press(find("consent_sign_asked"))
    type_into(find("consent_sign_asked_reason"), "by telephone")
    press(find("consent_sign_asked_answer_yes"))
    press(find("consent_sign_asked_keep"))
    wait(lambda: codes(two, code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "Geneva", abroad=True)) == set())
