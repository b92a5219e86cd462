"""The safety part of the settings, driven as a person does: backups, proof, reading again, people and their ways in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget

from oralhistory.ui.app import Frame
from oralhistory.ui.look.pieces import Choice
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.preferences.settings_page import SettingsPage
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.one_window import frame, furnished, main

__all__ = ["frame", "furnished", "main"]

OPENS = "four words for tests"


@pytest.fixture
def page(main: MainWindow, wait: Wait) -> SettingsPage:
    main._go(main.settings_page)
    wait(lambda: not main.jobs.busy)
    return main.settings_page


@pytest.fixture
def get(frame: Frame) -> Callable[[str, type[QWidget]], QWidget]:
    def by_name(name: str, kind: type[QWidget] = QWidget) -> QWidget:
        found = frame.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    return by_name


def press(button: QWidget) -> None:
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    button.click()


def table_of(found: QWidget) -> list[list[str]]:
    assert isinstance(found, QTableWidget)
    return [
        [item.text() if (item := found.item(y, x)) else "" for x in range(found.columnCount())]
        for y in range(found.rowCount())
    ]


def test_a_backup_is_made_read_and_proved_by_hand(
    page: SettingsPage, main: MainWindow, get: Callable[..., QWidget], wait: Wait, tmp_path: Path
) -> None:
    told = get("settings_backup_told", QLabel)
    assert isinstance(told, QLabel)
    last = get("settings_backup_last", QLabel)
    assert isinstance(last, QLabel)
    page._safety.backups.back_up(tmp_path / "stick")
    assert page.hindrance() != ""
    wait(lambda: not page._safety.backups.working and not main.jobs.busy)
    assert "made" in told.text()
    assert "today" in last.text()
    assert [line[0] for line in table_of(get("settings_backups"))] == ["stick"]
    secret = get("settings_drill_secret")
    assert isinstance(secret, QLineEdit)
    QTest.keyClicks(secret, "not the passphrase")
    press(get("settings_drill"))
    assert secret.text() == ""
    wait(lambda: not page._safety.backups.working and not main.jobs.busy)
    refused = told.text()
    QTest.keyClicks(secret, OPENS)
    press(get("settings_drill"))
    wait(lambda: not page._safety.backups.working and not main.jobs.busy)
    assert told.text() != refused
    assert "would come back" in told.text()
    press(get("settings_backup_verify"))
    wait(lambda: not page._safety.backups.working and not main.jobs.busy)
    assert "as they were written" in told.text()
    press(get("settings_backup_forget"))
    wait(lambda: table_of(get("settings_backups")) == [])
    assert page.hindrance() == ""


def test_a_colleague_gets_a_passphrase_and_loses_it_again(
    page: SettingsPage, main: MainWindow, get: Callable[..., QWidget], wait: Wait
) -> None:
    code, whose = get("settings_staff_code"), get("settings_slot_whose")
    assert isinstance(code, QLineEdit)
    assert isinstance(whose, QComboBox)
    doubt, name = get("settings_staff_doubt"), get("settings_staff_name")
    assert isinstance(name, QLineEdit)
    su_jin = "Lee Su-jin"
    for typed, named, doubtful in (("Kim-Minji", "", True), ("pj", "", False), ("lee", su_jin, True), ("ls", su_jin, False)):
        code.setText(typed)
        name.setText(named)
        assert doubt.isVisibleTo(page) is doubtful is bool(code.accessibleDescription())
    for one in (code, name):
        one.clear()
    QTest.keyClicks(code, "pj")
    assert whose.currentData() == "", "a passphrase is nobody's until somebody says whose"
    press(get("settings_staff_add"))
    wait(lambda: whose.findData("pj") >= 0)
    assert whose.currentData() == "pj", "whoever was added just now is meant"
    for name in ("settings_slot_passphrase", "settings_slot_again"):
        line = get(name)
        assert isinstance(line, QLineEdit)
        QTest.keyClicks(line, "wholly different words")
    press(get("settings_slot_add_passphrase"))
    slots = get("settings_slots")
    wait(lambda: ["pj", "a passphrase"] in [line[:2] for line in table_of(slots)])
    assert whose.currentData() == "" and not get("settings_slot_add_code").isEnabled()
    assert main.desk.admitting.second_person("wholly different words") == "pj"
    assert isinstance(slots, QTableWidget)
    slots.selectRow([line[:2] for line in table_of(slots)].index(["pj", "a passphrase"]))
    with answering("return") as asked:
        press(get("settings_slot_remove"))
    assert asked == ["Take this way in away from pj: a passphrase?"]
    assert main.desk.admitting.second_person("wholly different words") == "pj"
    with answering("settings_slot_remove_question_remove"):
        press(get("settings_slot_remove"))
    wait(lambda: "pj" not in [line[0] for line in table_of(slots)])
    people, left = get("settings_staff"), get("settings_staff_left")
    assert isinstance(people, QTableWidget)
    people.selectRow([line[0] for line in table_of(people)].index("pj"))
    with answering("return") as asked:
        press(left)
    assert asked == ["pj has left the organisation?"]
    assert all(one.active for one in main.desk.staffing.members())
    with answering("settings_staff_left_question_left"):
        press(left)
    wait(lambda: [one.code for one in main.desk.staffing.members() if not one.active] == ["pj"])


def for_whom(whose: Choice) -> None:
    """Whoever is there."""
    whose.setCurrentIndex(1)
    whose.picked.emit()


def test_a_printed_code_is_shown_once_and_a_new_key_keeps_everybody_in(
    page: SettingsPage, main: MainWindow, get: Callable[..., QWidget], wait: Wait
) -> None:
    code, whose = get("settings_slot_code", QLabel), get("settings_slot_whose")
    assert isinstance(code, QLabel) and isinstance(whose, Choice)
    for_whom(whose)
    press(get("settings_slot_add_code"))
    wait(lambda: len(re.findall(r"\w{4}", code.text())) == 14)
    page.leave()
    assert code.text() == ""
    before = main.desk.archive.vault.slots_digest()  # type: ignore[attr-defined]
    with answering("escape"):
        press(get("settings_new_key"))
    assert main.desk.archive.vault.slots_digest() == before  # type: ignore[attr-defined]
    with answering("settings_new_key_question_renew"):
        press(get("settings_new_key"))
    wait(lambda: not main.jobs.busy)
    assert main.desk.archive.vault.slots_digest() != before  # type: ignore[attr-defined]
    assert main.desk.staffing.members()[0].code == "mk"


def test_a_printed_code_that_comes_after_the_page_was_left_is_not_shown(
    page: SettingsPage, main: MainWindow, get: Callable[..., QWidget], wait: Wait
) -> None:
    code, line, whose = get("settings_slot_code", QLabel), get("status_line", QLabel), get("settings_slot_whose")
    assert isinstance(code, QLabel) and isinstance(line, QLabel) and isinstance(whose, Choice)
    for_whom(whose)
    press(get("settings_slot_add_code"))
    main._go(main.welcome)
    wait(lambda: "nobody saw it" in line.text())
    main._go(main.settings_page)
    assert code.text() == ""


def test_a_passphrase_is_changed_only_by_who_typed_the_one_until_now(page: SettingsPage, get: Callable[..., QWidget]) -> None:
    for name in ("settings_new_passphrase", "settings_new_again"):
        QTest.keyClicks(get(name), "another four words")
    assert not get("settings_change_passphrase").isEnabled(), "a wrong one closes the archive"
    QTest.keyClicks(get("settings_old_passphrase"), OPENS)
    assert get("settings_change_passphrase").isEnabled()
    page.leave()


def test_reading_again_is_offered_only_where_there_is_sound(page: SettingsPage, get: Callable[..., QWidget]) -> None:
    stands = get("settings_fixity_stands", QLabel)
    assert isinstance(stands, QLabel)
    assert "0 recordings" in stands.text()
    assert not get("settings_fixity_all").isEnabled()
