"""How drafts are made, in Settings: while the recording goes on or afterwards, and which sentences are marked."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from oralhistory.errors import Cancelled
from oralhistory.services.review.benching import Speed
from oralhistory.services.review.models import ModelShelf
from oralhistory.ui.look.table import Table
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.preferences.model_shelf import ModelShelfView
from tests.helpers.kept_engine import MODEL
from tests.helpers.shelf import shelve
from tests.ui.conftest import Wait

Find = Callable[[str], QWidget]


@pytest.fixture
def open_settings(main: MainWindow, wait: Wait) -> Iterator[None]:
    main._go(main.settings_page)
    wait(lambda: not main.jobs.busy)
    yield
    wait(lambda: not main.jobs.busy)


def pick(find: Find, name: str, value: str) -> None:
    choice = find(name)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())


def press(find: Find, name: str) -> None:
    found = find(name)
    assert isinstance(found, QPushButton) and found.isEnabled()
    found.click()


def test_drafts_are_edited_as_a_person_wants_them(main: MainWindow, open_settings: None, find: Find, wait: Wait) -> None:
    desk, shelf = main.desk, main.desk.models
    assert shelf.drafts_while_recording()
    pick(find, "settings_draft_when", "afterwards")
    wait(lambda: not shelf.drafts_while_recording())
    pick(find, "settings_draft_when", "live")
    wait(shelf.drafts_while_recording)
    pick(find, "settings_draft_chinese", "traditional")
    wait(lambda: shelf.chinese() == "traditional")

    text = find("settings_phantoms")
    assert isinstance(text, QPlainTextEdit) and isinstance(find("settings_phantoms_keep"), QPushButton)
    shipped = desk.phantoms.all()
    assert text.toPlainText().splitlines() == shipped["ko"]
    assert not find("settings_phantoms_keep").isEnabled()
    text.setPlainText("구독 부탁드립니다\n\n 다음 주에 만나요 ")
    pick(find, "settings_phantom_language", "zh")
    assert text.toPlainText().splitlines() == shipped["zh"]
    pick(find, "settings_phantom_language", "ko")
    assert text.toPlainText().startswith("구독 부탁드립니다"), "another language shown between loses nothing"
    press(find, "settings_phantoms_keep")
    wait(lambda: desk.phantoms.all()["ko"] == ["구독 부탁드립니다", "다음 주에 만나요"])
    wait(lambda: not find("settings_phantoms_keep").isEnabled())
    assert text.toPlainText() == "구독 부탁드립니다\n다음 주에 만나요"
    text.setPlainText("가")
    press(find, "settings_phantoms_keep")
    wait(lambda: any("“가”" in one.text() for one in main.window().findChildren(QLabel)))
    assert text.toPlainText() == "가", "what was typed stays until it can be kept"
    press(find, "settings_phantoms_restore")
    wait(lambda: text.toPlainText().splitlines() == shipped["ko"])
    assert desk.phantoms.all() == shipped


def happened(find: Find, line: str = "banner_happened") -> str:
    told = find(line)
    assert isinstance(told, QLabel)
    return told.text()


def test_a_fault_of_the_program_is_told_as_one_and_not_as_the_worlds(
    main: MainWindow, open_settings: None, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, tmp_path: Path,
) -> None:  # fmt: skip
    def broken(*_: object) -> None:
        raise ValueError("the canary sings")

    shelf = main.settings_page.findChild(ModelShelfView)
    assert shelf is not None
    with monkeypatch.context() as faulty:
        faulty.setattr(ModelShelf, "add", broken)
        shelf.add(tmp_path / "any.pt")
        wait(lambda: not main.jobs.busy)
    assert happened(find) == "The program made a mistake (ValueError)."
    shelf.add(tmp_path / "missing.pt")
    wait(lambda: happened(find, "settings_models_said").startswith("There is no "))
    assert caplog.messages == ["work failed: ValueError"]


def test_what_was_wrong_with_one_file_is_not_said_of_the_next_which_is_chosen(
    main: MainWindow, open_settings: None, find: Find, wait: Wait, fixture_model: Path, tmp_path: Path
) -> None:
    shelf = main.settings_page.findChild(ModelShelfView)
    assert shelf is not None
    (tmp_path / "wrong.pt").write_bytes(b"no model at all")
    shelf.add(tmp_path / "wrong.pt")
    wait(lambda: "Nothing" in happened(find, "settings_models_said") or "nothing" in happened(find, "settings_models_said"))
    shelf.add(fixture_model)
    wait(find("settings_model_bench").isEnabled)
    assert happened(find, "settings_models_said").startswith(f"{fixture_model.stem} is added")
    assert "not one of the official files" in happened(find, "settings_models_said")
    assert find("banner").isHidden()
    main.desk.models.remove(fixture_model.stem)


class Measuring:
    """Measures as soon as it may: 13 s for half a minute of speech. The real one is in the tests of the services."""

    def __init__(self, shelf: ModelShelf) -> None:
        self._shelf = shelf
        self.may = threading.Event()

    def run(self, name: str, engine: str, cancelled: Callable[[], bool]) -> Speed:
        while not self.may.wait(0.01):
            if cancelled():
                raise Cancelled("stopped")
        speed = Speed(name, engine, 30_000, 13.0)
        self._shelf.keep_speed(self._shelf.find(name), engine, speed.seconds_an_hour)
        return speed


@pytest.mark.full
def test_the_speed_of_a_model_is_measured_and_stands_beside_it(main: MainWindow, find: Find, wait: Wait) -> None:
    desk = main.desk
    desk.benching = measuring = Measuring(desk.models)
    desk.models.add(MODEL, "tiny")
    main._go(main.settings_page)
    table, measure = find("settings_models"), find("settings_model_bench")
    assert isinstance(table, Table) and isinstance(measure, QPushButton)
    wait(lambda: not main.jobs.busy and table.rowCount() == 1)
    assert table.item(0, 4).text() == "–" and not measure.isEnabled(), "no model is chosen"
    table.selectRow(0)
    press(find, "settings_model_bench")
    assert measure.text() == "Stop measuring"
    press(find, "settings_model_bench")
    wait(lambda: not main.jobs.busy)
    assert measure.text() == "Measure the speed" and desk.models.all()[0].speeds == {}
    measuring.may.set()
    press(find, "settings_model_bench")
    wait(lambda: table.item(0, 4).text() == "26 min")
    said = "tiny: one hour of speech takes about 26 minutes on this machine."
    assert any(one.text() == said for one in main.window().findChildren(QLabel))
    pick(find, "settings_engine", "fast")
    wait(lambda: table.item(0, 4).text() == "–")


def test_one_model_is_chosen_for_what_is_asked_for_and_another_one_while_recording(
    main: MainWindow, find: Find, wait: Wait, tmp_path: Path
) -> None:
    shelve(tmp_path / "models", "large", "small")
    main._go(main.settings_page)
    table = find("settings_models")
    assert isinstance(table, Table)

    def used() -> list[str]:
        return [table.item(row, 1).text() for row in range(table.rowCount())]

    wait(lambda: used() == ["", ""])
    table.selectRow(0)
    press(find, "settings_model_default")
    wait(lambda: used() == ["✓", ""])
    table.selectRow(1)
    press(find, "settings_model_quick")
    wait(lambda: used() == ["afterwards", "while recording"])
    assert happened(find, "settings_models_said").startswith("small writes the draft while you record; large writes")
    table.selectRow(0)
    press(find, "settings_model_quick")
    wait(lambda: used() == ["✓", ""])
