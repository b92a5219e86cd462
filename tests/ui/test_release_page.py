"""Deciding on names and letting a text out: every answer, the counter, the door that opens only when nothing is open."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.edits import SetText
from oralhistory.domain.redaction import SEALED_TEXT, Action, Decisions, Entity, EntityType, IdentifierClass
from oralhistory.domain.roles import Part
from oralhistory.domain.transcript import Layer
from oralhistory.i18n import said_in
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.ui.app import Frame
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.release.card_view import CardView
from oralhistory.ui.release.release_page import ReleasePage
from tests.helpers.archives import consent
from tests.ui.conftest import Wait
from tests.ui.material import Told, agreed, taped, written
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]
LINES = (
    "저는 회령에서 태어났습니다.",
    "회령은 작은 도시였습니다.",
    "연길에서 체포되었습니다.",
    "지금은 딸과 함께 살고 있습니다.",
)


@pytest.fixture
def told(main: MainWindow) -> Told:
    code = main.desk.interviews.create(("ko",), "Crane").code
    taped(main.desk, code, 8)
    agreed(main.desk, code, Purpose.MEDIA)
    found = written(main.desk, code, LINES)
    main.desk.attesting.heard(code)
    main.desk.attesting.sign_off(code)
    return found


@pytest.fixture
def page(main: MainWindow, told: Told, wait: Wait) -> ReleasePage:
    main.open_interview(told.code)
    main.open_step("release")
    page = main.page
    assert isinstance(page, ReleasePage)
    wait(lambda: len(cards(page)) == 2)
    page._stages.turn("decide")
    main.activateWindow()
    wait(main.window().isActiveWindow)
    return page


def cards(page: ReleasePage) -> list[CardView]:
    return page._cards._views


def card(page: ReleasePage, text: str) -> CardView:
    return next(one for one in cards(page) if one.card.text == text)


def press(view: CardView, key: str) -> None:
    view.setFocus()
    QTest.keyClicks(view, key)


def hold(widget: QWidget, key: Qt.Key, text: str) -> None:
    """The key was pressed for something else, and is still down."""
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, autorep=True))


def save(view: QWidget, name: str = "release_entity_save") -> None:
    button = view.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def field(view: QWidget, name: str) -> QLineEdit:
    found = view.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def text(find: Find, name: str) -> str:
    found = find(name)
    assert isinstance(found, QLabel | QPlainTextEdit)
    return found.text() if isinstance(found, QLabel) else found.toPlainText()


def replace_everything(page: ReleasePage, wait: Wait) -> None:
    for name in ("회령", "연길"):
        view = card(page, name)
        press(view, "n")
        save(view)
        wait(lambda name=name: name not in [one.card.text for one in cards(page)])


def receive(find: Find, who: str) -> None:
    recipient = find("release_recipient")
    assert isinstance(recipient, QLineEdit)
    recipient.clear()
    QTest.keyClicks(recipient, who)


def test_a_name_on_file_is_said_to_be_the_narrators_own(main: MainWindow, wait: Wait) -> None:
    desk, code = main.desk, main.desk.interviews.create(("ko",), "Heron").code
    desk.interviews.set_field(code, "names", "김복순")
    agreed(desk, code)
    taped(desk, code, 4)
    written(desk, code, ("제 이름은 김복순입니다.", "최명호라는 사람이 저를 도와주었습니다."))
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    main.open_interview(code)
    main.open_step("release")
    page = main.page
    assert isinstance(page, ReleasePage)
    wait(lambda: len(cards(page)) == 2)
    assert card(page, "김복순").accessibleName() == "김복순: The narrator's own name that is on file, or a part of it"
    assert card(page, "최명호").accessibleName() == "최명호: May name somebody or something"


def test_a_search_that_takes_long_is_told_of_and_can_be_stopped_and_gone_on_with(
    main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    looking = main.desk.redacting._proposing
    with looking._turn(lambda *_: None, lambda: False):  # the machine looks through another interview
        looking._far = 1, 4
        main.open_interview(told.code, "release")
        page, bar = main.page, find("release_search_progress")
        assert isinstance(page, ReleasePage) and isinstance(bar, QProgressBar)
        assert not find("release_searching").isVisible()
        wait(lambda: bar.isVisible() and bar.value() == bar.maximum() // 4)
        find("release_search_stop").setFocus()
        click = Qt.MouseButton.LeftButton
        QTest.mouseClick(find("release_search_stop"), click)
        wait(find("release_search_again").isVisible)
        assert not bar.isVisible() and "stopped" in text(find, "release_open")
        assert not find("release_export").isEnabled() and find("release_search_again").hasFocus()
    QTest.mouseClick(find("release_search_again"), click)
    wait(lambda: len(cards(page)) == 2)
    assert not find("release_searching").isVisible()


def test_what_is_open_comes_as_cards_the_most_frequent_first(page: ReleasePage, find: Find) -> None:
    assert [(one.card.text, len(one.card.places)) for one in cards(page)] == [("회령", 2), ("연길", 1)]
    assert "3 decisions are open" in text(find, "release_open")
    assert not find("release_export").isEnabled()


def test_a_recipient_in_another_country_is_said_beside_the_recipient_and_forgotten_with_them(
    page: ReleasePage, find: Find
) -> None:
    abroad = find("release_abroad")
    assert isinstance(abroad, QCheckBox)
    assert not page._order.order().abroad
    abroad.click()
    order = page._order.order()
    assert order.abroad
    page._order.begin()
    assert not abroad.isChecked()
    page._order.resume(order)
    assert abroad.isChecked()


def test_a_replacement_goes_to_every_place_and_is_shown(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    view = card(page, "회령")
    press(view, "n")
    public = field(view, "release_entity_public")
    assert public.text() == "[함경북도 도시 1]"
    save(view)
    wait(lambda: [one.card.text for one in cards(page)] == ["연길"])
    wait(lambda: "[함경북도 도시 1]은 작은 도시였습니다." in text(find, "release_result"))
    entity = main.desk.redacting.state(told.code).decisions.entities[0]
    assert (entity.variants, entity.type) == (("회령",), EntityType.PLACE)
    assert entity.id
    assert "장소" not in entity.id
    original = find("release_original")
    assert isinstance(original, QCheckBox)
    original.setChecked(True)
    assert LINES[1] in text(find, "release_result")
    spans = page._result._spans.lines[1].spans
    start, end, _ = spans[0]
    assert text(find, "release_result").splitlines()[1][start:end] == "회령"


def test_the_same_as_another_adds_a_form(page: ReleasePage, main: MainWindow, told: Told, wait: Wait) -> None:
    press(card(page, "회령"), "n")
    save(card(page, "회령"))
    wait(lambda: [one.card.text for one in cards(page)] == ["연길"])
    view = card(page, "연길")
    press(view, "s")
    hold(view.focusWidget(), Qt.Key.Key_Return, "\r")
    assert view.isEnabled(), "nobody was chosen"
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    wait(lambda: cards(page) == [])
    assert [one.variants for one in main.desk.redacting.state(told.code).decisions.entities] == [("회령", "연길")]


def test_a_letter_that_is_held_answers_no_card_that_nobody_has_read(page: ReleasePage) -> None:
    view = cards(page)[0]
    view.setFocus()
    for key, letter in ((Qt.Key.Key_X, "x"), (Qt.Key.Key_R, "r"), (Qt.Key.Key_G, "g")):
        hold(view, key, letter)
    assert view.isEnabled()
    assert view.has_keyboard


def test_what_is_no_name_is_dismissed(page: ReleasePage, main: MainWindow, told: Told, wait: Wait) -> None:
    press(card(page, "연길"), "x")
    wait(lambda: [one.card.text for one in cards(page)] == ["회령"])
    assert len(main.desk.redacting.state(told.code).decisions.dismissed) == 1


def test_keeping_needs_a_reason(page: ReleasePage, main: MainWindow, told: Told, wait: Wait) -> None:
    view = card(page, "연길")
    press(view, "k")
    button = view.findChild(QPushButton, "release_keep_save")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    QTest.keyClicks(field(view, "release_keep_reason"), "known to all")
    button.click()
    wait(lambda: [one.card.text for one in cards(page)] == ["회령"])
    kept = main.desk.redacting.state(told.code).decisions.mentions
    assert [(one.action, one.reason) for one in kept] == [(Action.KEEP, "known to all")]


def test_taking_out_leaves_dots(page: ReleasePage, find: Find, wait: Wait) -> None:
    press(card(page, "연길"), "r")
    wait(lambda: "[…]에서 체포되었습니다." in text(find, "release_result"))


def test_letters_typed_into_a_form_are_no_answers(page: ReleasePage, wait: Wait) -> None:
    view = card(page, "연길")
    press(view, "k")
    QTest.keyClicks(field(view, "release_keep_reason"), "xrnsk")
    assert field(view, "release_keep_reason").text() == "xrnsk"
    QTest.keyClick(field(view, "release_keep_reason"), Qt.Key.Key_Escape)
    assert view._open is None
    assert len(cards(page)) == 2


def test_arrows_walk_through_the_cards(page: ReleasePage) -> None:
    first, second = cards(page)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.has_keyboard
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert first.has_keyboard


def test_the_card_that_the_keyboard_answers_stays_in_sight_when_those_above_go(page: ReleasePage, wait: Wait) -> None:
    listed, one = page._cards, card(page, "회령").card
    found = [replace(one, text=word) for word in ("가", "나", "다", "라", "마")]
    listed.show_cards(found, ())
    listed.setFixedHeight(320)
    wait(lambda: listed._area.verticalScrollBar().maximum() > cards(page)[3].y())
    in_hand = cards(page)[3]
    in_hand.setFocus()
    listed._area.verticalScrollBar().setValue(in_hand.y())
    listed.show_cards(found[3:], ())
    assert cards(page)[0] is in_hand
    assert in_hand.has_keyboard
    wait(lambda: in_hand.visibleRegion().boundingRect() == in_hand.rect())


def test_a_form_being_filled_in_survives_a_refresh(page: ReleasePage, main: MainWindow, told: Told, wait: Wait) -> None:
    view = card(page, "연길")
    press(view, "k")
    QTest.keyClicks(field(view, "release_keep_reason"), "half a rea")
    entity = Entity("e1", EntityType.PLACE, IdentifierClass.QUASI, ("회령",), {"public": "[X]"})
    main.desk.redacting.add(told.code, Decisions(entities=(entity,)))
    wait(lambda: [one.card.text for one in cards(page)] == ["연길"])
    assert field(card(page, "연길"), "release_keep_reason").text() == "half a rea"


def test_an_edited_passage_is_decided_anew(page: ReleasePage, main: MainWindow, told: Told, wait: Wait) -> None:
    press(card(page, "연길"), "r")
    wait(lambda: len(cards(page)) == 1)
    edited = told.segments[2]
    main.desk.transcripts.edit(told.code, [PlannedEdit(SetText(edited.id, "그해 연길에서 체포되었습니다."))])
    wait(lambda: "text_changed" in [one.card.code for one in cards(page)])
    view = next(one for one in cards(page) if one.card.code == "text_changed")
    press(view, "n")
    wait(lambda: "text_changed" not in [one.card.code for one in cards(page)])
    assert "연길" in [one.card.text for one in cards(page)]


def test_an_entity_can_be_changed_afterwards(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    replace_everything(page, wait)
    entities = find("release_entities")
    assert isinstance(entities, QListWidget)
    page._stages.turn("decided")
    entities.itemActivated.emit(entities.item(0))
    field(page._log.entities, "release_entity_public").setText("[다른 이름]")
    save(page._log.entities)
    wait(lambda: "[다른 이름]에서 태어났습니다." in text(find, "release_result"))


def test_an_entity_without_a_replacement_is_asked_for_one(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    entity = Entity("e1", EntityType.PLACE, IdentifierClass.QUASI, ("연길",))
    main.desk.redacting.add(told.code, Decisions(entities=(entity,)))
    wait(lambda: "no_replacement" in [one.card.code for one in cards(page)])
    view = next(one for one in cards(page) if one.card.code == "no_replacement")
    press(view, "n")
    save(view)
    wait(lambda: "[길림성 도시 1]에서 체포되었습니다." in text(find, "release_result"))
    assert [one.id for one in main.desk.redacting.state(told.code).decisions.entities] == ["e1"]


def test_the_door_opens_only_when_nothing_stands_against_it(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait, tmp_path: Path
) -> None:
    export = find("release_export")
    assert isinstance(export, QPushButton)
    replace_everything(page, wait)
    wait(lambda: "Say who receives it" in text(find, "release_open"))
    assert not export.isEnabled()
    receive(find, "A university")
    wait(export.isEnabled)
    assert "The narrator allowed publishing text" in text(find, "release_consent")
    unasked = text(find, "release_unasked")
    assert "No second reader is asked for: nobody else can open this archive." in unasked and "“Read through”" in unasked
    target, names = tmp_path / "export.docx", list[str]()
    page.way_out.choose_file = lambda name: names.append(name) or str(target)  # type: ignore[func-returns-value]
    main.activateWindow()
    export.setFocus()
    wait(export.hasFocus)
    QTest.keyClick(export, Qt.Key.Key_Space)
    wait(lambda: "Exported for A university" in text(find, "release_report"))
    wait(find("release_report_close").hasFocus)
    with zipfile.ZipFile(target) as archive:
        assert "회령" not in archive.read("word/document.xml").decode()
    (given,) = main.desk.interviews.history(told.code).exports
    assert given.recipient == "A university" and names == [f"{given.code}.docx"], "the name that is offered is what they know"
    assert not page.way_out.isHidden()
    assert f"The file: export.docx\nIn the folder: {tmp_path}" in text(find, "release_report")
    assert page.way_out._last == tmp_path, "the next one is offered there"


def test_in_a_low_window_the_room_is_that_of_the_text_and_of_the_form(
    page: ReleasePage, frame: Frame, find: Find, wait: Wait
) -> None:
    replace_everything(page, wait)
    wait(lambda: "“Read through”" in text(find, "release_unasked"))
    unasked, more = find("release_unasked"), find("release_note_more")
    assert isinstance(more, QPushButton)
    before = frame.size()
    page._stages.turn("known")

    def low() -> bool:
        frame.resize(1_024, 700)  # the cards that are gone may still ask for height
        return page.width() < 800 and not more.isHidden()

    wait(low)
    assert unasked.isHidden() and "The narrator allowed publishing text" in text(find, "release_consent")
    result, fields = find("release_result"), [find(f"release_{one}") for one in ("purpose", "abroad", "content", "mask")]
    assert isinstance(result, QPlainTextEdit)
    assert result.viewport().height() >= 12 * result.fontMetrics().height(), "twelve lines of what leaves"
    assert len({one.mapTo(page, one.rect().center()).y() for one in fields}) == 2, "two rows"
    add, foot = find("release_known_add"), find("release_export")
    assert not add.visibleRegion().isEmpty() and add.visibleRegion().boundingRect() == add.rect()
    assert add.mapTo(page, add.rect().bottomLeft()).y() < foot.mapTo(page, foot.rect().topLeft()).y()
    more.click()
    assert not unasked.isHidden() and more.text() == "Less"
    frame.resize(1_280, 800)
    wait(more.isHidden)
    assert not unasked.isHidden()
    frame.resize(before)


def test_what_stands_on_the_page_begins_at_one_edge(page: ReleasePage, find: Find, wait: Wait) -> None:
    replace_everything(page, wait)
    edges = {find("release_purpose").mapTo(page, QPoint()).x(), page._consent.mapTo(page, QPoint()).x()}
    page._stages.turn("decided")
    wait(find("release_entities").isVisible)
    edges |= {find(name).mapTo(page, QPoint()).x() for name in ("release_entities", "release_log_which")}
    assert len(edges) == 1


def test_the_one_reason_why_nobody_else_has_to_read_is_said(page: ReleasePage, find: Find, wait: Wait) -> None:
    wait(lambda: text(find, "release_second_told").endswith("nobody else can open this archive."))
    profile = find("release_profile")
    assert isinstance(profile, QComboBox)
    profile.setCurrentIndex(profile.findData("partner"))
    profile.activated.emit(profile.currentIndex())
    wait(lambda: text(find, "release_second_told").endswith("this text is not made for the public."))


def test_what_a_recipient_has_already_is_told_and_what_left_follows_the_language_and_goes_when_nothing_may_leave(
    page: ReleasePage, frame: Frame, find: Find, wait: Wait, tmp_path: Path
) -> None:
    replace_everything(page, wait)
    receive(find, "A university")
    wait(find("release_export").isEnabled)
    notes = find("release_notes")
    assert "already received" not in text(find, "release_notes")
    assert "in the language of the transcript: Korean" in text(find, "release_notes")
    target = tmp_path / "first.txt"
    page.way_out.choose_file = lambda _name: str(target)
    page._order._format.pick("txt")
    find("release_export").click()  # type: ignore[attr-defined]
    wait(page.way_out.isVisible)
    assert "Exported for A university" in text(find, "release_report")
    head = target.read_text("utf-8")
    assert said_in("ko", "Rights") in head and "Rights" not in head, "it speaks as the transcript does"
    receive(find, "a  University")
    wait(lambda: "A university already received 1 file of this interview, under the same code:" in text(find, "release_notes"))
    assert notes.isVisible() and "txt for the public" in text(find, "release_notes")
    frame.speak("ko")
    try:
        assert "Exported for" not in text(find, "release_report") and "A university" in text(find, "release_report")
    finally:
        frame.speak("en")
    purpose = find("release_purpose")
    assert isinstance(purpose, QComboBox)
    purpose.setCurrentIndex(purpose.findData("media"))
    purpose.activated.emit(purpose.currentIndex())
    wait(lambda: "This export is not allowed" in text(find, "release_consent"))
    assert page.way_out.isHidden(), "beside that, nothing is said to have left all right"


def test_over_the_original_stands_that_it_is_the_original(page: ReleasePage, find: Find) -> None:
    title, warning, original = find("release_result_title"), find("release_original_told"), find("release_original")
    assert isinstance(title, QLabel) and isinstance(warning, QLabel) and isinstance(original, QCheckBox)
    assert title.text() == "As it would leave" and warning.isHidden()
    original.setChecked(True)
    assert title.text() == "The original, with the names" and not warning.isHidden()
    assert "not what leaves" in warning.text()
    assert find("release_result").accessibleName() == title.text()
    page._result.clear()
    assert title.text() == "As it would leave" and warning.isHidden()


def test_what_was_decided_is_listed_as_this_export_writes_it(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    town = Entity("t", EntityType.PLACE, IdentifierClass.QUASI, ("회령",), {"public": "[도시 1]", "partner": "[국경 도시 1]"})
    main.desk.redacting.add(told.code, Decisions(entities=(town,)))
    decided, log = find("release_entities"), find("release_log")
    assert isinstance(decided, QListWidget) and isinstance(log, QListWidget)
    wait(lambda: decided.count() == 1)
    assert decided.item(0).text().startswith("[도시 1]")
    profile = find("release_profile")
    assert isinstance(profile, QComboBox)
    profile.setCurrentIndex(profile.findData("partner"))
    profile.activated.emit(profile.currentIndex())
    wait(lambda: "[국경 도시 1]은 작은" in text(find, "release_result"))
    assert decided.item(0).text().startswith("[국경 도시 1]") and "[국경 도시 1]" in log.item(0).text()


def test_a_purpose_that_was_refused_is_told_and_shut(page: ReleasePage, find: Find, wait: Wait) -> None:
    replace_everything(page, wait)
    receive(find, "A newspaper")
    purpose = find("release_purpose")
    assert isinstance(purpose, QComboBox)
    purpose.setCurrentIndex(purpose.findData("media"))
    purpose.activated.emit(purpose.currentIndex())
    wait(lambda: "The narrator refused press and broadcasting" in text(find, "release_consent"))
    assert not find("release_export").isEnabled()


def expired(document: dict[str, Any]) -> None:
    for one in document["permissions"]:
        one["from"], one["until"] = "2020-01-01", "2020-12-31"


def undecided(document: dict[str, Any]) -> None:
    """A third person of whom nobody said yet how to treat them."""
    document["third_parties"] = [{"person": "the neighbour", "relation": "neighbour", "risk": "still there", "decision": ""}]


def under_embargo(document: dict[str, Any]) -> None:
    document["embargo_until"] = "2090-01-01"


@pytest.mark.parametrize(
    ("what", "told_why"),
    [
        (expired, "publishing text: the permission ended on 2020-12-31. Ask for a renewal."),
        (undecided, "For a third person who is named, it is not decided yet how to treat them."),
        (under_embargo, "Nothing may be released before 2090-01-01"),
        (None, "The text was edited after it was signed off."),
    ],
)
def test_what_stands_against_it_is_told_and_the_door_shut(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait,
    what: Callable[[dict[str, Any]], None] | None, told_why: str,
) -> None:  # fmt: skip
    desk = main.desk
    replace_everything(page, wait)
    receive(find, "A university")
    wait(find("release_export").isEnabled)
    if what is not None:
        document = consent(Stage.AFTER, "publish_text")
        what(document)
        desk.consenting.record(told.code, document)
    else:
        last = desk.transcripts.segments(told.code)[-1]
        desk.transcripts.edit(told.code, [PlannedEdit(SetText(last.id, "지금은 딸과 살고 있습니다."), last.sha256)])
    wait(lambda: not find("release_export").isEnabled())
    wait(lambda: any(told_why in one.text() for one in page.findChildren(QLabel) if one.isVisible()))


def test_a_file_that_is_there_is_never_written_over(page: ReleasePage, find: Find, wait: Wait, tmp_path: Path) -> None:
    replace_everything(page, wait)
    receive(find, "A university")
    export = find("release_export")
    assert isinstance(export, QPushButton)
    wait(export.isEnabled)
    target = tmp_path / "there.docx"
    target.write_text("mine")
    page.way_out.choose_file = lambda _name: str(target)
    export.click()
    wait(lambda: "There is already a file of that name" in text(find, "release_report"))
    assert target.read_text() == "mine"
    wait(export.isEnabled)


def test_subtitles_of_a_text_without_times_say_so_and_may_leave(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    with main.archive.store.transaction() as records:
        interview = main.archive.interview(records, told.code)
        untimed = [replace(one, start_ms=0, end_ms=0) for one in records.transcripts.segments(interview.id, Layer.REVIEWED)]
        records.transcripts.replace_reviewed(interview.id, untimed)
    form, besides = find("release_format"), find("release_times_missing")
    assert besides.isHidden()
    form.pick("srt")  # type: ignore[attr-defined]
    form.picked.emit()  # type: ignore[attr-defined]
    wait(besides.isVisible)
    assert f"{len(untimed)} passages have no times" in text(find, "release_times_missing")
    form.pick("docx")  # type: ignore[attr-defined]
    form.picked.emit()  # type: ignore[attr-defined]
    wait(besides.isHidden)


def test_work_purposes_are_no_purposes_of_release(page: ReleasePage, find: Find) -> None:
    purpose = find("release_purpose")
    assert isinstance(purpose, QComboBox)
    offered = {purpose.itemData(at) for at in range(purpose.count())}
    assert "record_audio" not in offered
    assert "court_international" in offered


def test_the_text_does_not_stay_behind_when_the_page_is_left(page: ReleasePage, main: MainWindow, find: Find) -> None:
    main.open_step("history")
    assert text(find, "release_result") == ""


def test_the_summary_is_decided_on_its_own_and_in_formats_that_can_hold_it(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    main.desk.describing.state(told.code, "summary", "그녀는 최명호를 만났다.")
    content, form = find("release_content"), find("release_format")
    assert isinstance(content, QComboBox)
    assert isinstance(form, QComboBox)
    form.pick("vtt")  # type: ignore[attr-defined]
    content.pick("summary")  # type: ignore[attr-defined]
    content.picked.emit()  # type: ignore[attr-defined]
    assert form.value == "txt"  # type: ignore[attr-defined]
    assert not form.model().item(form.findData("csv")).isEnabled()  # type: ignore[attr-defined]
    wait(lambda: [one.card.text for one in cards(page)] == ["최명호"])
    result = find("release_result")
    assert isinstance(result, QPlainTextEdit)
    assert result.toPlainText() == "그녀는 최명호를 만났다."
    content.pick("transcript")  # type: ignore[attr-defined]
    content.picked.emit()  # type: ignore[attr-defined]
    wait(lambda: len(cards(page)) == 2)


def test_whose_words_stay_here_is_chosen_and_seen(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    mask, note = find("release_mask"), find("release_consent")
    assert isinstance(mask, QPushButton)
    assert isinstance(note, QLabel)
    mask.menu().actions()[0].setChecked(True)
    assert mask.text().endswith("(1)")
    wait(lambda: "Nobody is known as this" in note.text() and "interviewer" in note.text())
    main.desk.casting.cast(told.code, Part.INTERVIEWER, "mk", label="not heard")
    wait(lambda: "no passage bears" in note.text())
    assert find("release_to_about").isVisible()


def test_a_name_of_one_interview_is_not_decided_in_another(page: ReleasePage, main: MainWindow, find: Find, wait: Wait) -> None:
    page._stages.turn("known")
    name = find("release_known_name")
    QTest.keyClicks(name, "Kim")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert find("release_entity_save").isVisible()
    other = main.desk.interviews.create(("ko",), "Heron").code
    main.open_interview(other, "release")
    page._stages.turn("known")
    wait(lambda: not main.jobs.busy)
    assert page._known.findChild(QPushButton, "release_entity_save") is None or not find("release_entity_save").isVisible()
    assert name.text() == ""  # type: ignore[attr-defined]
    QTest.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert name.text() == ""  # type: ignore[attr-defined]


def test_the_keys_of_the_window_are_the_windows_while_a_card_has_the_keyboard(page: ReleasePage, main: MainWindow) -> None:
    cards(page)[0].setFocus()
    QTest.keyClick(cards(page)[0], Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert main.page is main.steps["consent"]


def test_after_the_last_card_the_keyboard_goes_to_one_that_still_waits(page: ReleasePage, wait: Wait) -> None:
    first, last = cards(page)
    press(last, "x")
    assert first.hasFocus()
    wait(lambda: cards(page) == [first])
    assert first.hasFocus()


def test_what_the_file_says_itself_is_seen_in_the_language_of_the_file(
    main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    main.desk.interviews.seal(told.code, 0, 2_000, "")
    main.open_interview(told.code)
    main.open_step("release")
    wait(lambda: said_in("ko", SEALED_TEXT) in text(find, "release_result"))
    assert SEALED_TEXT not in text(find, "release_result"), "the window speaks English, the transcript Korean"


def test_sound_that_came_after_the_consent_is_told_until_the_narrator_was_asked_again(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    assert not find("release_recorded_since").isVisible()
    taped(main.desk, told.code, 2)
    assert main.desk.releasing.asked_before_sound(told.code)
    main.open_step("history")
    main.open_step("release")
    wait(lambda: find("release_recorded_since").isVisible())
    agreed(main.desk, told.code, Purpose.MEDIA)
    assert not main.desk.releasing.asked_before_sound(told.code)
    wait(lambda: not find("release_recorded_since").isVisible())
