"""The way through a release: what is known first, misspellings by ear, marking, taking back, explaining, the internal report."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QWidget

from oralhistory.domain.consent import CHECKLIST, Stage
from oralhistory.domain.consent_document import template
from oralhistory.domain.redaction import Action, Content, Decisions, Entity, EntityType, IdentifierClass, VariantKind
from oralhistory.domain.staff import Role
from oralhistory.services.archive.opened import Changed
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.release.card_view import CardView
from oralhistory.ui.release.finding_view import FindingCard
from oralhistory.ui.release.marked_words import MarkedWords
from oralhistory.ui.release.release_page import ReleasePage
from tests.helpers.releases import sign_off
from tests.ui.conftest import Wait
from tests.ui.material import SOUND, Loudspeaker, Told, taped, written
from tests.ui.review import frame, furnished, loudspeaker, main

__all__ = ["frame", "furnished", "loudspeaker", "main"]

Find = Callable[[str], QWidget]
LINES = (
    "최명호라는 사람이 저를 도와주었습니다.",
    "그 최명오는 군관이었습니다.",
    "그때 아랫집에는 유선 전화가 한 대 있었습니다.",
)


@pytest.fixture
def told(main: MainWindow) -> Told:
    """Reviewed and signed off; its consent names a witness whose name is a plain word, too."""
    code = main.desk.interviews.create(("ko",), "Crane").code
    for stage in (Stage.BEFORE, Stage.AFTER):
        document = template(stage)
        document["checklist"] = dict.fromkeys(CHECKLIST, True)
        document["sensitive_data"], document["witness"] = True, "유선"
        for permission in document["permissions"]:
            permission["decision"] = "granted"
        main.desk.consenting.record(code, document)
    taped(main.desk, code, 6)
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
    wait(lambda: len(cards(page)) > 0)
    main.activateWindow()
    wait(main.window().isActiveWindow)
    return page


def cards(page: ReleasePage) -> list[CardView]:
    return page._cards._views


def card(page: ReleasePage, text: str) -> CardView:
    return next(one for one in cards(page) if one.card.text == text)


def findings(page: ReleasePage) -> list[FindingCard]:
    return [one for one in page._found.findChildren(FindingCard) if one.isVisible()]


def press(view: CardView, key: str) -> None:
    view.setFocus()
    QTest.keyClicks(view, key)


def click(where: QWidget, name: str) -> None:
    found = where.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    found.click()


def text(found: QWidget) -> str:
    assert isinstance(found, QLabel | QPlainTextEdit | QLineEdit)
    return found.toPlainText() if isinstance(found, QPlainTextEdit) else found.text()


def write(where: QWidget, name: str, words: str) -> None:
    found = where.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    found.setText(words)


def mark(page: ReleasePage, find: Find, word: str) -> None:
    """Mark the first place of the word in the original."""
    original, shown = find("release_original"), find("release_result")
    assert isinstance(original, QCheckBox)
    assert isinstance(shown, QPlainTextEdit)
    original.setChecked(True)
    cursor, at = shown.textCursor(), shown.toPlainText().index(word)
    cursor.setPosition(at)
    cursor.setPosition(at + len(word), cursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)
    click(page, "release_mark")


def test_what_is_known_is_written_down_first_under_a_name_that_is_nobodys(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    QTest.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert page._stages.shown == "known"
    write(page._known, "release_known_name", "최명호")
    click(page._known, "release_known_add")
    field = find("release_entity_public")
    assert isinstance(field, QLineEdit)
    assert field.text() == "[인물 1]"
    click(page._known, "release_entity_pseudonym")
    wait(lambda: "[" not in field.text())
    name = field.text()
    click(page._known, "release_entity_save")
    wait(lambda: main.desk.redacting.state(told.code).decisions.entities)
    (entity,) = main.desk.redacting.state(told.code).decisions.entities
    assert (entity.variants, entity.replacement["public"]) == (("최명호",), name)


def test_a_misspelling_is_heard_and_told_by_one_key_and_the_last_answer_is_taken_back(
    page: ReleasePage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, find: Find, wait: Wait
) -> None:
    press(card(page, "최명호"), "n")
    click(card(page, "최명호"), "release_entity_save")
    wait(lambda: [one.card.text for one in cards(page)] == ["최명오"])
    view = card(page, "최명오")
    press(view, "p")
    wait(lambda: loudspeaker.position is not None)
    heard = [view.card.heard, view.card.alike[0].heard]
    assert all(one is not None for one in heard)
    loudspeaker.run_to(SOUND.ms_to_frames(heard[0][1] + 700))  # type: ignore[index]
    page._sounding._playback.look()
    assert not page._sounding.playing, "a few words, and silence"
    press(view, "1")
    wait(lambda: not cards(page))
    (entity,) = main.desk.redacting.state(told.code).decisions.entities
    assert entity.variants == ("최명호", "최명오")
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: [one.card.text for one in cards(page)] == ["최명오"])
    QTest.keyClick(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: not cards(page))
    assert len(main.desk.redacting.log(told.code)) == 4


def test_what_is_taken_back_is_told_and_first_a_form_is_closed_and_what_is_of_another_day_said(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    said, back = find("status_line"), find("release_undo")
    assert isinstance(said, QLabel) and isinstance(back, QPushButton)
    held = len(main.desk.redacting.log(told.code))
    office = Entity("o", EntityType.OTHER, IdentifierClass.CONTEXT, ("군관",), {"public": "[직책 1]"})
    main.desk.redacting.add(told.code, Decisions(entities=(office,)))
    wait(lambda: "군관 →" in back.toolTip())
    page._taking_back._began = main.archive.clock()  # the archive was locked and opened again
    view = cards(page)[0]
    press(view, "s")
    back.click()
    assert "The form that was open is closed" in text(said)
    assert view._open is None
    press(view, "s")
    click(view, "release_same_cancel")
    assert view._open is None
    back.click()
    assert "Decided before the archive was unlocked" in text(said) and "군관 →" in text(said)
    assert len(main.desk.redacting.log(told.code)) == held + 1
    back.click()
    wait(lambda: "Taken back: 군관 →" in text(said))
    assert "No decision is left" in text(said)
    wait(lambda: not page._foot.held)
    assert not back.isEnabled()
    page.context.notify("")
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: "No decision is left to take back." in text(said))
    assert len(main.desk.redacting.log(told.code)) == held + 2


def test_the_keyboard_goes_to_the_next_card_though_the_answer_before_it_changed_that_card(page: ReleasePage) -> None:
    first, second = (card(page, name).card for name in ("최명호", "최명오"))
    third = replace(first, text="최명도", alike=())
    page._cards.show_cards((first, second, third), ())
    press(card(page, "최명호"), "x")
    page._cards.show_cards((replace(second, alike=()), third), ())
    assert card(page, "최명오").has_keyboard


def test_a_form_has_a_kind_and_words_that_no_detector_asks_about_can_be_marked(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    press(card(page, "최명호"), "n")
    view = card(page, "최명호")
    write(view, "release_form_1", "최명오")
    kind = view.findChild(QWidget, "release_form_kind_1")
    kind.pick("misheard")  # type: ignore[attr-defined]
    click(view, "release_entity_save")
    wait(lambda: not cards(page))
    (entity,) = main.desk.redacting.state(told.code).decisions.entities
    assert dict(entity.kinds) == {"최명오": VariantKind.MISHEARD}
    mark(page, find, "군관")
    wait(lambda: [one.card.code for one in cards(page)] == ["marked"])
    press(card(page, "군관"), "r")
    wait(lambda: not cards(page))
    assert [one.action for one in main.desk.redacting.state(told.code).decisions.mentions] == [Action.REDACT]


def test_marked_words_wait_while_others_are_decided_and_nothing_leaves_before_their_turn(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    for word in ("전화", "군관", "군관"):
        mark(page, find, word)
    assert [one.card.text for one in cards(page)[:2]] == ["전화", "군관"]
    press(card(page, "최명호"), "n")
    write(card(page, "최명호"), "release_form_1", "최명오")
    click(card(page, "최명호"), "release_entity_save")
    wait(lambda: [one.card.text for one in cards(page)] == ["전화", "군관"])
    write(page._order, "release_recipient", "The Journal")
    wait(lambda: "2 decisions are open" in text(find("release_open")))
    assert not find("release_export").isEnabled()
    press(card(page, "전화"), "r")
    wait(lambda: [one.card.text for one in cards(page)] == ["군관"])
    press(card(page, "군관"), "n")
    kind = card(page, "군관").findChild(QWidget, "release_entity_type")
    kind.pick(EntityType.PERSON)  # type: ignore[attr-defined]
    write(card(page, "군관"), "release_entity_public", "최명호")
    click(card(page, "군관"), "release_entity_save")
    wait(lambda: not page._marked.of(told.code))
    wait(lambda: page._marked.of(told.code))
    assert card(page, "군관").isEnabled(), "a pseudonym that is somebody's name was refused"
    press(card(page, "군관"), "r")
    wait(lambda: not cards(page))  # it goes from the page before it is stored
    wait(lambda: len(main.desk.redacting.state(told.code).decisions.mentions) == 2)


def test_a_mark_made_in_error_over_a_replaced_name_shows_nothing_again(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    mark(page, find, "최명오")
    press(card(page, "최명호"), "n")
    write(card(page, "최명호"), "release_form_1", "최명오")
    click(card(page, "최명호"), "release_entity_save")
    wait(lambda: [(one.card.text, one.card.hidden) for one in cards(page)] == [("최명오", True)])
    before = main.desk.redacting.state(told.code).mentions
    press(card(page, "최명오"), "x")
    wait(lambda: not cards(page))
    assert main.desk.redacting.state(told.code).mentions == before


def test_marked_words_outlast_a_lock_in_both_texts_and_still_hold_everything_up(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    code, desk = told.code, main.desk
    mark(page, find, "전화")
    desk.describing.state(code, "summary", "군관을 만났다.")
    page._marked.add(code, desk.redacting.state(code, Content.SUMMARY), "summary:1", 0, 2)
    page.end()
    kept = desk.drafts.of(code, "marked words")
    assert kept is not None
    assert [one[0] for one in kept["spots"]] == [told.segments[2].id, "summary:1"]
    assert "군관" not in str(kept)
    desk.describing.state(code, "summary", "그 군관을 만났다.")
    again = ReleasePage(main.context)  # as another window makes it after the lock
    again.resize(1280, 900)
    again.show()
    again.show_interview(code)
    wait(lambda: [one.card.text for one in cards(again)[:1]] == ["전화"])
    desk.describing.state(code, "summary", "군관을 만났다.")
    again.end()
    third = MarkedWords(desk)
    third.take_up(code, third.kept(code))
    assert [one.text for one in third.of(code)] == ["전화", "군관"], "a place waits until its text is as it was"
    again.close()


def test_a_finding_is_explained_and_no_longer_blocks_and_the_report_lies_apart(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait, tmp_path: Path
) -> None:
    given, own = tmp_path / "given", tmp_path / "own"
    given.mkdir()
    own.mkdir()
    for one in ("최명호", "최명오"):
        press(card(page, one), "r")
        wait(lambda one=one: one not in [view.card.text for view in cards(page)])
    main.desk.redacting.add(told.code, Decisions())
    page._order._recipient.setText("A university")
    page._order.changed.emit()
    wait(find("release_export").isEnabled)
    page.way_out.choose_file = lambda _name: str(given / "export.txt")
    page._order._format.pick("txt")
    click(page, "release_export")
    wait(lambda: findings(page))
    assert page._stages.shown == "found"
    assert list(given.iterdir()) == []
    (finding,) = findings(page)
    assert finding.finding.place is not None
    assert finding.finding.place.text == "유선"
    assert "as it is written" in text(find("release_report"))
    write(finding, "release_finding_reason", "a telephone with a wire")
    click(finding, "release_finding_explain")
    wait(lambda: all(one.explained for one in main.desk.leak_checking.findings(told.code)))
    wait(find("release_export").isEnabled)
    click(page, "release_export")
    wait(lambda: "Exported for A university" in text(find("release_report")))
    page.way_out.choose_report = lambda: str(given / "report.json")
    click(page, "release_report_write")
    wait(lambda: "An export lies in this folder" in text(find("release_report")))
    page.way_out.choose_report = lambda: str(own / "report")
    click(page, "release_report_write")
    wait(lambda: (own / "report.json").exists() and "leads back to every name" in text(find("release_report")))
    assert json.loads((own / "report.json").read_text("utf-8"))["findings"][0]["explained"]
    assert [one.name for one in given.iterdir()] == ["export.txt"]


def with_a_second_person(main: MainWindow) -> None:
    desk = main.desk
    if "S2" not in [one.code for one in desk.staffing.members()]:
        desk.staffing.add("S2", "", Role.REVIEWER)
        desk.admitting.add_passphrase("S2", "four other words for tests")


def test_who_decided_is_told_that_somebody_else_has_to_read(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    desk = main.desk
    with_a_second_person(main)
    sign_off(desk, told.code)
    wait(lambda: "A second reader has not read this text yet" in text(find("release_consent")))
    click(page, "release_to_second")
    assert page._stages.shown == "second"
    assert "Somebody else has to read it" in text(find("release_second_told"))
    log = page._log.findChild(QListWidget, "release_log")
    assert log is not None and log.count() == len(desk.redacting.log(told.code))


def test_somebody_else_reads_what_is_drawn_and_says_so(
    page: ReleasePage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    archive, desk = main.archive, main.desk
    with_a_second_person(main)
    all_of_it = Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(told.code)))
    with archive.store.transaction() as records:
        records.redactions.save(archive.interview(records, told.code).id, all_of_it, "S2")
    archive.announce(Changed.DECISIONS, told.code)
    wait(lambda: "1 passage is to be read" in text(find("release_second_told")))
    click(page, "release_second_read")
    wait(lambda: "Somebody else has read this very text" in text(find("release_second_told")))
    assert "The narrator allowed" in text(find("release_consent"))
