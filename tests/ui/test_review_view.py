"""The transcript on the screen: long texts, the way to a draft, the list of keys."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QKeySequenceEdit, QLabel, QPushButton, QWidget

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.consent import Purpose
from oralhistory.domain.ports import ModelInfo
from oralhistory.domain.transcript import Draft, Segment, WindowResult
from oralhistory.errors import Cancelled, WorkerFailed
from oralhistory.services.archive.opened import Changed
from oralhistory.services.review.transcribing import Transcribing
from oralhistory.settings import SettingsFile
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record.drafting import Drafting
from oralhistory.ui.review.another_draft import AnotherDraft
from oralhistory.ui.review.key_sheet import KeySheet
from oralhistory.ui.review.review_keys import KEYS, Keys, read_keys
from oralhistory.ui.review.segment_editor import points, units
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.helpers.waiting import live
from tests.ui.conftest import Wait
from tests.ui.material import LINES, Told, agreed, taped, written
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Find = Callable[[str], QWidget]
MANY = 2_500
SMALL = ModelInfo("small", Path("small.pt"), "0" * 64, None, 1)


@pytest.fixture
def long(page: TranscriptPage, main: MainWindow, told: Told, wait: Wait) -> TranscriptPage:
    lines = [f"{n} " + LINES[n % len(LINES)] * (1 + n % 4) for n in range(MANY)]
    written(main.desk, told.code, lines)
    page.text.load(told.code)
    wait(lambda: len(page.text.segments) == MANY)
    return page


def test_of_a_long_interview_only_what_is_seen_is_measured(long: TranscriptPage) -> None:
    view = long.view
    assert len(view._painter._layouts) < 60
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.row_rect(MANY - 1).bottom() == view.viewport().rect().bottom()
    assert len(view._painter._layouts) < 120


def test_rows_stand_below_each_other_without_gaps(long: TranscriptPage) -> None:
    view = long.view
    view.go_to(1_200)
    rows = list(view._visible())
    assert 1_200 in rows
    for row in rows[:-1]:
        assert view.row_rect(row).bottom() + 1 == view.row_rect(row + 1).top()
    assert view.editor.geometry().top() >= view.row_rect(1_200).top()
    assert view.editor.geometry().bottom() <= view.row_rect(1_200).bottom()


def test_a_row_grows_with_its_text_and_pushes_the_others_down(page: TranscriptPage) -> None:
    view = page.view
    before = view.row_rect(1).top()
    view.editor.insertPlainText("많은 말을 한다 " * 40)
    assert view.row_rect(1).top() > before
    assert view.editor.height() >= view.editor.document().size().height()


def test_a_narrow_window_wraps_and_keeps_the_row_in_sight(long: TranscriptPage) -> None:
    view = long.view
    view.go_to(703)
    height = view.row_rect(703).height()
    view.setFixedWidth(400)
    QTest.qWait(1)
    assert view.row_rect(703).height() > height
    assert view.viewport().rect().intersects(view.row_rect(703))
    view.setMinimumWidth(0)
    view.setMaximumWidth(16_777_215)


def test_a_click_puts_the_caret_there_and_one_on_the_time_plays(page: TranscriptPage) -> None:
    view = page.view
    place = view.row_rect(2)
    middle = QPoint(view._painter.side + 60, place.center().y())
    expected = view.row_under(middle)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert (view.current, view.editor.caret()) == expected
    assert expected[1] > 0
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(30, view.row_rect(3).center().y()),
    )
    assert page.playback.playing
    assert page.playback.position_ms == 6_000


def test_a_search_hit_is_shown(page: TranscriptPage, told: Told) -> None:
    clock = page.findChild(QWidget, "review_time")
    page.playback.position_ms = 1_000
    page.show_segment(told.segments[3].id)
    assert page.view.current == 3
    assert clock is not None and clock.accessibleName() == "00:00:06 / 00:00:10"
    QTest.keyClick(page.view.editor, Qt.Key.Key_Escape)
    assert page.playback.playing and page.playback.position_ms == 6_000, "from where it begins, and not from a little earlier"
    page.playback.pause()


def test_a_search_hit_of_another_interview_stands_when_its_sound_is_there(
    page: TranscriptPage, main: MainWindow, wait: Wait
) -> None:
    page.playback.position_ms = 9_000
    code = main.desk.interviews.create(("ko",), "Kestrel").code
    agreed(main.desk, code)
    taped(main.desk, code, 10)
    other = written(main.desk, code)
    main._open_hit(code, other.segments[2].id)
    wait(lambda: page.view.current == 2 and page.playback.duration_ms and not main.jobs.busy)
    clock = page.findChild(QWidget, "review_time")
    assert clock is not None and clock.accessibleName() == "00:00:04 / 00:00:10"


def test_every_row_of_the_sheet_is_a_key_that_works_once(page: TranscriptPage) -> None:
    sequences = [sequence for key in KEYS for sequence in key.sequences]
    assert len(sequences) == len(set(sequences))
    for key in KEYS:
        for sequence in key.sequences:
            letter = sequence.rsplit("+", 1)[-1]
            assert "Ctrl" in sequence or "Alt" in sequence or len(letter) > 1, f"{sequence} is a bare letter"
    sheet = KeySheet(page, page._keys, page.context.settings)
    told = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Esc", "F1", "Ctrl+J", "Ctrl+1", "Ctrl+9"} <= told
    assert {"Ctrl+N", "Ctrl+Shift+L", "Ctrl+Q"} <= told, "those of the whole window, too"
    sheet.close()


def ask_for(sheet: KeySheet, command: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
    """Give a command another key, as a person does; what the sheet answers."""
    change = sheet.findChild(QPushButton, f"review_key_{command}")
    assert isinstance(change, QPushButton)
    change.click()
    field = sheet.findChild(QKeySequenceEdit, "review_key_new")
    assert isinstance(field, QKeySequenceEdit)
    QTest.keyClick(field, key, held)
    told = sheet.findChild(QLabel, "review_key_told")
    assert isinstance(told, QLabel)
    return told.text()


def test_any_key_can_be_changed_to_one_that_is_free(page: TranscriptPage) -> None:
    settings, sheet = page.context.settings, KeySheet(page, page._keys, page.context.settings)
    sheet.show()
    assert "taken already: 3 seconds back" in ask_for(sheet, "forward", Qt.Key.Key_F2)
    assert "needed for typing" in ask_for(sheet, "forward", Qt.Key.Key_K)
    assert "needed for typing" in ask_for(sheet, "forward", Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lock = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    assert "key of the whole window" in ask_for(sheet, "forward", Qt.Key.Key_L, lock)
    assert "needed for typing" in ask_for(sheet, "forward", Qt.Key.Key_Return)
    assert settings.current.keys == ""
    assert ask_for(sheet, "forward", Qt.Key.Key_F20) == ""
    page.playback.position_ms = 0
    QTest.keyClick(page.view.editor, Qt.Key.Key_F20)
    assert page.playback.position_ms == 3_000
    QTest.keyClick(page.view.editor, Qt.Key.Key_F3)
    assert page.playback.position_ms == 3_000
    assert Keys(read_keys(SettingsFile(settings._file).current.keys)).own == {"forward": ("F20", "F15", "Media Next")}
    delivered = sheet.findChild(QPushButton, "review_keys_delivered")
    assert isinstance(delivered, QPushButton)
    delivered.click()
    QTest.keyClick(page.view.editor, Qt.Key.Key_F3)
    assert page.playback.position_ms == 6_000
    assert settings.current.keys == ""
    sheet.close()


def test_a_button_tells_its_key_as_it_is_now(page: TranscriptPage) -> None:
    forward, speaker = (page.findChild(QPushButton, f"review_{one}") for one in ("forward", "speaker_1"))
    assert isinstance(forward, QPushButton) and isinstance(speaker, QPushButton)
    assert (forward.toolTip(), speaker.toolTip()) == ("3 seconds forward (F3, F15)", "Narrator 1\nCtrl+1")
    for command, key in (("forward", Qt.Key.Key_F20), ("speaker_1", Qt.Key.Key_F21)):
        page.command("keys")
        [sheet] = (one for one in page.findChildren(KeySheet) if one.isVisible())
        ask_for(sheet, command, key)
        sheet.reject()
    assert (forward.toolTip(), speaker.toolTip()) == ("3 seconds forward (F20, F15)", "Narrator 1\nF21")
    sheet._as_delivered()


@pytest.mark.parametrize("kept", ["", "nonsense", "[1]", '{"play": 3}', '{"nobody": ["F2"]}', '{"play": ["", "a, b"]}'])
def test_keys_that_make_no_sense_are_left_out(kept: str, page: TranscriptPage) -> None:
    del page  # a window is there
    assert Keys(read_keys(kept)).own in ({}, {"play": ()})


def test_the_keys_of_the_window_and_of_typing_are_nobodys_own(page: TranscriptPage, main: MainWindow) -> None:
    del page
    of_the_window = {one.key().toString() for one in main.findChildren(QShortcut) if one.parent() in (main, main._header)}
    assert of_the_window >= {"Ctrl+Shift+L", "Ctrl+N", "Ctrl+Shift+F", "Alt+1"}
    taken = [*of_the_window, "Return", "Backspace", "Tab", "Shift+Tab", "Ctrl+C", "K", "ctrl+shift+l"]
    for one in taken:
        assert Keys({"split": [one]}).own == {}, one
        assert Keys({"split": [one, "F20"]}).own == {"split": ("F20",)}
    assert Keys({"next": ["Return"], "join": []}).own == {"next": ("Return",), "join": ()}


def test_units_and_points_are_each_other_reversed() -> None:
    text = "가😀é漢"
    assert [units(text, n) for n in range(5)] == [0, 1, 3, 4, 5]
    assert [points(text, units(text, n)) for n in range(5)] == [0, 1, 2, 3, 4]


# --- the way to a draft -------------------------------------------------------------------------------------------------


def open_empty(main: MainWindow, wait: Wait, *refused: Purpose, sound: bool) -> TranscriptPage:
    code = main.desk.interviews.create(("ko",), "Kestrel").code
    agreed(main.desk, code, *refused)
    if sound:
        taped(main.desk, code, 2)
    main.open_interview(code)
    main.open_step("transcript")
    page = main.page
    assert isinstance(page, TranscriptPage)
    wait(page.draft.isVisible)
    return page


def words(find: Find) -> str:
    told, more = find("review_draft_told"), find("review_draft_more")
    assert isinstance(told, QLabel)
    assert isinstance(more, QLabel)
    return f"{told.text()} {more.text()}"


def test_without_sound_the_page_says_what_to_do(main: MainWindow, find: Find, wait: Wait) -> None:
    open_empty(main, wait, sound=False)
    assert "Nothing has been recorded yet" in words(find)
    assert find("review_draft").isHidden()
    assert find("review_segments").isHidden()
    find("review_go_record").click()  # type: ignore[attr-defined]
    assert main.page is main.steps["record"]


def test_without_a_model_the_page_says_where_to_put_it(main: MainWindow, find: Find, wait: Wait) -> None:
    open_empty(main, wait, sound=True)
    wait(lambda: "There is no speech model yet" in words(find))
    assert "add it in Settings" in words(find)
    assert not find("review_draft").isEnabled()


def test_without_consent_the_page_says_the_reason(main: MainWindow, find: Find, wait: Wait) -> None:
    open_empty(main, wait, Purpose.MACHINE_TRANSCRIBE, sound=True)
    wait(lambda: "The narrator refused transcription by machine" in words(find))
    assert not find("review_draft").isEnabled()


def test_a_draft_is_made_behind_the_window(main: MainWindow, find: Find, wait: Wait, fixture_model: Path) -> None:
    code = main.desk.interviews.create(("ko",), "Kestrel").code
    agreed(main.desk, code)
    taped(main.desk, code, 2)
    main.desk.models.add(fixture_model)
    main.open_interview(code)
    main.open_step("transcript")
    page, make = main.page, find("review_draft")
    assert isinstance(page, TranscriptPage)
    assert isinstance(make, QPushButton)
    wait(make.isEnabled)
    make.click()
    assert code in page.hindrance()
    assert find("review_draft_progress").isVisible()
    while page.draft.working:  # a busy machine takes its time: the test's own limit counts
        live(20)
    assert page.hindrance() == ""
    wait(lambda: page.draft.isVisible() and "This interview has no text yet" in words(find))
    with main.archive.store.transaction() as records:
        draft = records.transcripts.latest_draft(main.archive.interview(records, code).id)
    assert draft is not None
    assert draft.finished
    page.draft._making.code, page.draft._making.far.percent = code, 40
    page.draft._making._failed(Cancelled("Stopped."))
    wait(lambda: "40% of the draft is made and kept" in words(find))
    main.desk.models.remove(fixture_model.stem)


@pytest.mark.parametrize("ends", ["hindered", "without text"])
def test_a_draft_that_was_being_finished_and_left_no_text_is_waited_for_no_longer(
    main: MainWindow, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    code = main.desk.interviews.create(("ko",), "Kestrel").code
    agreed(main.desk, code)
    taped(main.desk, code, 1)
    monkeypatch.setattr(main.desk.transcribing.engines, "_making", code)
    main.open_interview(code)
    main.open_step("transcript")
    wait(lambda: find("review_draft_told").isVisible() and "its last minute is being heard" in words(find))
    monkeypatch.setattr(main.desk.transcribing.engines, "_making", "")
    made = Drafting(main.page.context, main.page)
    if ends == "hindered":
        made._hindered(code)
    else:
        made._made(code, Draft("d2", "", "fast", "small", "0" * 64, "ko", True))
    wait(lambda: "This interview has no text yet" in words(find))
    assert find("review_draft_progress").isHidden()


def test_what_waits_is_begun_by_itself_once(
    main: MainWindow, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transcriber that dies each time is asked again by a person alone."""
    code = main.desk.interviews.create(("ko",), "Kestrel").code
    agreed(main.desk, code)
    taped(main.desk, code, 1)
    begun: list[str] = []

    def die(code: str, **_: object) -> None:
        begun.append(code)
        raise WorkerFailed("The transcriber ended.")

    monkeypatch.setattr(main.desk.models, "find", lambda _name: SMALL)
    monkeypatch.setattr(main.desk.transcribing, "run", die)
    with main.archive.store.transaction() as records:
        main.desk.transcribing.waiting.put(records, main.archive.interview(records, code))
    main.open_interview(code)
    main.open_step("transcript")
    page, make = main.page, find("review_draft")
    assert isinstance(page, TranscriptPage)
    wait(lambda: make.isVisible() and not main.jobs.busy)
    assert begun == [code]
    make.click()  # type: ignore[attr-defined]
    wait(lambda: make.isVisible() and not main.jobs.busy)
    assert begun == [code, code]
    main.desk.transcribing.let_be(code)


def test_what_becomes_of_one_draft_does_not_hide_or_offer_another(
    main: MainWindow, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (main.desk.interviews.create(("ko",), name).code for name in ("Kestrel", "Wren"))
    for code in (first, second):
        agreed(main.desk, code)
        taped(main.desk, code, 1)
    go_on = threading.Event()
    monkeypatch.setattr(main.desk.models, "find", lambda _name: SMALL)
    monkeypatch.setattr(Transcribing, "run", lambda *_given, **_rest: go_on.wait(20))
    main.open_interview(first)
    main.open_step("transcript")
    make = find("review_draft")
    wait(lambda: make.isVisible() and make.isEnabled())
    make.click()  # type: ignore[attr-defined]
    main.open_interview(second)
    wait(main.page.draft.isVisible)  # type: ignore[attr-defined]
    assert not make.isVisible()
    go_on.set()
    wait(lambda: make.isVisible() and make.isEnabled())


def test_an_interview_in_two_languages_is_asked_for_one_and_for_the_script_of_its_chinese(
    main: MainWindow, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = main.desk.interviews.create(("ko", "zh"), "Kestrel").code
    agreed(main.desk, code)
    taped(main.desk, code, 1)
    main.open_interview(code)
    main.open_step("transcript")
    choice = find("review_draft_language")
    assert isinstance(choice, QComboBox)
    wait(choice.isVisible)
    offered = {choice.itemData(at) for at in range(choice.count()) if not choice.view().isRowHidden(at)}  # type: ignore[attr-defined]
    assert offered == {"", "ko", "zh"}
    script = find("review_draft_chinese")
    assert isinstance(script, QComboBox) and script.isVisible() and script.currentData() == "as_heard"
    wanted: list[object] = []

    def run(_transcribing: Transcribing, code: str, *, chinese: ChineseScript, **_rest: object) -> None:
        wanted.append((code, chinese))
        raise Cancelled("It was stopped.")

    monkeypatch.setattr(Transcribing, "run", run)
    page = main.page
    assert isinstance(page, TranscriptPage)
    for chosen in (ChineseScript.TRADITIONAL, ChineseScript.SIMPLIFIED):
        script.setCurrentIndex(script.findData(chosen))
        page.draft.start()
        wait(lambda: not page.draft.working and not main.jobs.busy)
    assert wanted == [(code, ChineseScript.TRADITIONAL), (code, ChineseScript.SIMPLIFIED)]


@pytest.mark.parametrize("ends", ["made", "stopped"])
def test_a_key_pressed_once_more_begins_nothing_else(
    main: MainWindow, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    """The button that has the keyboard goes; what comes next in the window would ask for a file."""
    begun, go = threading.Event(), threading.Event()

    def run(_transcribing: Transcribing, _code: str, **_rest: object) -> Draft:
        begun.set()
        go.wait()
        if ends == "stopped":
            raise Cancelled("It was stopped.")
        return Draft("d2", "", "fast", "small", "0" * 64, "ko", True)

    monkeypatch.setattr(main.desk.models, "find", lambda _name: SMALL)
    monkeypatch.setattr(Transcribing, "run", run)
    page = open_empty(main, wait, sound=True)
    make, stop, progress = (find(f"review_draft{end}") for end in ("", "_stop", "_progress"))
    make.setFocus()
    QTest.keyClick(make, Qt.Key.Key_Space)
    assert begun.wait(20) and progress.hasFocus()
    if ends == "stopped":
        stop.setFocus()
        QTest.keyClick(stop, Qt.Key.Key_Space)
        assert progress.hasFocus()
    go.set()
    wait(lambda: not page.draft.working and not main.jobs.busy)
    assert make.hasFocus() or page.hasFocus()


def test_another_draft_leaves_the_text_as_it_is(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, wanted = threading.Event(), list[object]()

    def run(_transcribing: Transcribing, code: str, *, language: str | None, **_rest: object) -> Draft:
        wanted.append((code, language))
        go.wait()
        return Draft("d2", "", "fast", "small", "0" * 64, "zh", True)

    monkeypatch.setattr(main.desk.models, "find", lambda _name: SMALL)
    monkeypatch.setattr(Transcribing, "run", run)
    before = list(page.text.segments)
    page.draft.another.click()
    wait(lambda: page.findChild(AnotherDraft))
    how = find("review_another_told")
    assert isinstance(how, QLabel) and "Ctrl+D" in how.text() and "small" in how.text()
    wait(find("review_another_stay").hasFocus)
    QTest.keyClick(find("review_another_stay"), Qt.Key.Key_Space)
    wait(lambda: not page.findChild(AnotherDraft))
    assert page.draft.isHidden()
    page.draft.another.click()
    wait(lambda: page.findChild(AnotherDraft))
    language = find("review_another_language")
    assert isinstance(language, QComboBox) and language.currentData() == "ko"
    language.setCurrentIndex(language.findData("zh"))
    find("review_another_make").click()  # type: ignore[attr-defined]
    wait(lambda: wanted)
    main.desk.archive.announce(Changed.DRAFT, told.code)
    page.retranslate()
    assert page.draft.isVisible() and find("review_draft_stop").isVisible()
    go.set()
    wait(lambda: not page.draft.working and not main.jobs.busy)
    assert wanted == [(told.code, "zh")]
    assert page.draft.isHidden()
    assert page.text.segments == before
    main.activateWindow()
    wait(page.view.editor.hasFocus)


def test_sound_without_text_is_named_with_its_draft_which_says_what_it_adds(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main.desk.models, "find", lambda _name: SMALL)
    taped(main.desk, told.code, 36)
    main.desk.archive.announce(Changed.RECORDING, told.code)
    draft = find("review_unwritten_draft")
    wait(lambda: page.gaps.isVisible() and find("review_unwritten_0").text() == "00:00:10–00:00:46")  # type: ignore[attr-defined]
    draft.click()  # type: ignore[attr-defined]
    wait(lambda: page.findChild(AnotherDraft))
    stays, how = find("review_another_stays"), find("review_another_told")
    assert isinstance(stays, QLabel) and "00:00:36 of the sound has no text yet" in stays.text()
    assert isinstance(how, QLabel) and "signs again" in how.text()
    find("review_another_stay").click()  # type: ignore[attr-defined]
    wait(lambda: not page.findChild(AnotherDraft))


def test_a_text_that_is_read_anew_takes_no_words_from_another_field(
    page: TranscriptPage, main: MainWindow, find: Find, wait: Wait
) -> None:
    """A passphrase, a comment or what is searched for would be typed on into the testimony, and stored there."""
    search = find("search")
    search.setFocus()
    wait(search.hasFocus)
    page.text.loaded.emit()
    QTest.keyClicks(QApplication.focusWidget(), "words for somewhere else")
    assert search.text() == "words for somewhere else"  # type: ignore[attr-defined]
    find("interviews_new").setFocus()
    page.text.loaded.emit()
    assert page.view.editor.hasFocus()
    search.setText("")  # type: ignore[attr-defined]


def test_speech_without_text_is_told_and_played(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    desk = main.desk
    interview = desk.interviews.card(told.code).interview
    first = desk.interviews.card(told.code).recordings[0]
    draft = Draft("d1", interview.id, "fast", "small", "0" * 64, "ko", True)
    said = Segment("m1", first.id, 0, 2_000, LINES[0])
    with desk.archive.store.transaction() as records:
        records.transcripts.start_draft(draft)
        speech = ((0, 2_100), (2_600, 2_900), (5_000, 9_500))
        records.transcripts.add_window(draft.id, first.id, 0, 30_000, WindowResult((said,), "ko", 0, 0, 1, speech))
    desk.archive.announce(Changed.DRAFT, told.code)
    wait(page.gaps.isVisible)
    assert [find(f"review_gap_{n}").isVisible() for n in range(2)] == [True, False]
    button = find("review_gap_0")
    assert isinstance(button, QPushButton) and button.text() == "00:00:05–00:00:09"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait(lambda: page.playback.playing)
    assert page.playback.position_ms == 5_000
    desk.attesting.heard(told.code, 5_000, 9_200)
    page.sign_off.refresh()
    wait(lambda: button.text() == "✓ 00:00:05–00:00:09")
    line = find("review_gaps_open")
    assert isinstance(line, QPushButton)
    wait(line.isVisible)
    assert line.text() == "Where text may be missing, all was heard …" and not button.isVisible()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert button.isVisible()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    page.draft._making.code = told.code
    page._show_draft_bar()
    assert not page.draft.isVisible(), "it has text, and what takes the draft's place needs the room"
    page.draft._making.code = ""
    silence = find("review_silence")
    assert isinstance(silence, QLabel) and "00:00:20" in silence.text()
    page.playback.pause()
    nothing, not_noted = (WindowResult((), "", 0, 0, 1, speech) for speech in ((), None))
    with desk.archive.store.transaction() as records:
        for n in range(3, 19):
            records.transcripts.add_window(draft.id, first.id, n * 10_000, n * 10_000 + 2_000, nothing)
        records.transcripts.add_window(draft.id, first.id, 200_000, 203_000, not_noted)
    desk.archive.announce(Changed.DRAFT, told.code)
    unheard, more, before = (find(f"review_unheard_{name}") for name in ("0", "after", "before"))
    assert all(isinstance(one, QPushButton) for one in (unheard, more, before))
    wait(unheard.isVisible)
    seen = []
    while True:
        seen += [one.text() for n in range(6) if (one := find(f"review_unheard_{n}")).isVisible()]  # type: ignore[attr-defined]
        if not more.isVisible():
            break
        QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert (len(seen), len(set(seen)), seen[-1]) == (16, 16, "00:03:00–00:03:02")
    places = find("review_unheards")
    page.gaps.fit(page.gaps.sizeHint().height() + 100, 200)
    assert line.isVisible() and line.text().endswith(": 16 places …"), "the one that was heard is not counted"
    assert not places.isVisible(), "the text keeps its room"
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert places.isVisible() and page.gaps._told.maximumHeight() < 100
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert not places.isVisible()
    page.gaps.fit(2_000, 200)
    assert places.isVisible() and not line.isVisible()
    QTest.mouseClick(before, Qt.MouseButton.LeftButton)
    assert unheard.text() == seen[6]  # type: ignore[attr-defined]
    unknown = find("review_speech_unknown")
    assert isinstance(unknown, QLabel) and "not known for 00:00:03" in unknown.text()
