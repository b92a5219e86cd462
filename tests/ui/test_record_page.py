"""Recording from the window: what is allowed, what is shown while it runs, every key, and that the take is kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from oralhistory.domain.consent import Purpose
from oralhistory.domain.interview import OPEN_END_MS, TakePurpose
from oralhistory.domain.ports import Battery, CopyState, Device, Heartbeat, TakeState, Trouble
from oralhistory.domain.sound import Gap, GapReason
from oralhistory.errors import DeviceFailed, WorkerFailed
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.desk import Desk
from oralhistory.services.program import Program
from oralhistory.services.recording.checking_microphone import CheckingMicrophone, MicrophoneRemark
from oralhistory.services.recording.going_on import MOST_TIMES
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.take_words import LOSING, copy_sentence, finding_sentence, trouble_sentence
from oralhistory.ui.consent.consent_page import ConsentPage
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.record.kept_view import told_gaps
from oralhistory.ui.record.level_meter import FLOOR_DB, decibels
from oralhistory.ui.record.record_page import RecordPage
from oralhistory.ui.record.record_running import RecordRunning
from oralhistory.ui.record.running_words import STATES, break_due, lasting, room_left, safety, warnings
from tests.helpers.foreign_sound import encode, tones
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.material import Loudspeaker, agreed, taped
from tests.ui.one_window import Furnish, frame, main
from tests.ui.studio import Room, Studio, heard

__all__ = ["frame", "furnished", "main"]

Find = Callable[[str], QWidget]
Key = Qt.Key
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def any_studio() -> Studio:
    return Studio()


@pytest.fixture(scope="module")
def room() -> Room:
    return Room()


@pytest.fixture(scope="module")
def speaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture(scope="module")
def furnished(any_studio: Studio, room: Room, speaker: Loudspeaker) -> Furnish:
    def furnish(program: Program) -> Program:
        def desk(archive: OpenArchive) -> Desk:
            any_studio.vault = archive.vault
            recording = RecordingService(archive, any_studio, room)
            checking = CheckingMicrophone(archive, any_studio)
            return program.desk(archive).but(recording=recording, checking_microphone=checking)

        return program.but(desk=desk, player=lambda: speaker)

    return furnish


@pytest.fixture
def studio(any_studio: Studio, main: MainWindow, wait: Wait) -> Iterator[Studio]:
    """As new for every test; a test that failed leaves no take that the closing window would wait for."""
    any_studio.tidy()
    yield any_studio
    any_studio.beats.put(None)
    wait(lambda: not main.jobs.busy)


@pytest.fixture
def code(main: MainWindow) -> str:
    code = main.desk.interviews.create(("ko",), "Crane").code
    agreed(main.desk, code)
    return code


@pytest.fixture
def page(main: MainWindow, code: str, find: Find, wait: Wait) -> RecordPage:
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    find("record_channels_1").click()  # type: ignore[attr-defined]  # remembered from the test before
    wait(lambda: find("record_start").isEnabled())
    main.activateWindow()
    wait(main.window().isActiveWindow)
    return page


def text(find: Find, name: str) -> str:
    found = find(name)
    assert isinstance(found, QLabel)
    return found.text()


def said(find: Find, name: str) -> str:
    key = find(name)
    assert isinstance(key, QPushButton)
    return key.text()


def strike(page: RecordPage, key: Qt.Key) -> None:
    QTest.keyClick(page.window(), key)


def begin(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    strike(page, Key.Key_F5)
    wait(lambda: page.recording)
    studio.beat()
    wait(lambda: text(find, "record_clock") == "00:01:01")


def kept(main: MainWindow, code: str) -> list[tuple[TakePurpose, int]]:
    return [(one.purpose, one.duration_ms) for one in main.desk.listening.recordings(code)]


def test_recording_shows_its_clock_and_what_is_safe(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    assert text(find, "record_state") == "Recording now"
    assert text(find, "record_safe") == "Safe on disk up to 1 second ago."
    assert "hours more" in text(find, "record_left")
    assert page._running.panel.meter.levels == [decibels(0.5)]
    studio.beat(elapsed_ms=70_000, lag_ms=3_200)
    wait(lambda: text(find, "record_safe") == "Safe on disk up to 4 seconds ago.")
    assert studio.orders[0].outlives_starter
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_nothing_but_the_recording_is_on_the_screen_and_everything_comes_back(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    assert find("interviews_list").isHidden() or not find("interviews_list").isVisible()
    assert "A recording is running" in main.hindrance()
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert find("interviews_list").isVisible()
    assert "00:00:01 was recorded and is safe" in text(find, "record_kept")
    assert kept(main, code) == [(TakePurpose.TESTIMONY, 1_000)]
    find("record_next").click()  # type: ignore[attr-defined]
    assert main.page is main.steps["transcript"]


def test_whoever_goes_on_while_a_recording_begins_is_brought_back_to_it(
    page: RecordPage, main: MainWindow, studio: Studio, find: Find, wait: Wait
) -> None:
    code, another = main.code, main.desk.interviews.create(("ko",), "Heron").code
    strike(page, Key.Key_F5)
    assert not page.recording
    main.open_interview(another)
    main.open_step("consent")
    wait(lambda: page.recording)
    assert (main.page is page, main.code) == (True, code)
    assert find("record_stop").isVisible()
    studio.beat()
    wait(lambda: text(find, "record_clock") == "00:01:01")
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_message_covers_nothing_of_a_running_recording(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow
) -> None:
    begin(page, studio, find, wait)
    state, banner = find("record_state"), find("banner")
    main.jobs.trouble.emit(DeviceFailed("The microphone does not answer.", safe="What was recorded is safe."))
    wait(banner.isVisible)

    def rectangle(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(page.window(), QPoint()), widget.size())

    keys = ("record_state", "record_clock", "record_pause", "record_stop")
    wait(lambda: not any(rectangle(find(one)).intersects(rectangle(banner)) for one in keys))
    lower = rectangle(state).top()
    find("banner_close").click()  # type: ignore[attr-defined]
    wait(lambda: rectangle(state).top() < lower)
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_every_order_is_on_a_key(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    strike(page, Key.Key_F6)
    wait(lambda: studio.obeyed == ["pause"])
    studio.beat("paused")
    wait(lambda: "Paused" in text(find, "record_state"))
    strike(page, Key.Key_F6)
    wait(lambda: studio.obeyed[-1] == "resume")
    studio.beat("recording")
    wait(lambda: text(find, "record_state") == "Recording now")
    strike(page, Key.Key_F8)
    wait(lambda: studio.obeyed[-1] == "off_record")
    studio.beat("off_record", lag_ms=0)
    wait(lambda: "OFF THE RECORD" in text(find, "record_state"))
    assert page._running.panel.meter.levels == [FLOOR_DB]
    assert text(find, "record_safe") == "Everything recorded is safe on disk."
    strike(page, Key.Key_F8)
    wait(lambda: studio.obeyed[-1] == "resume")
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert studio.obeyed == ["pause", "resume", "off_record", "resume", "stop"]


def test_one_key_leads_back_and_it_stands_out(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    pause, off = find("record_pause"), find("record_off_record")
    for state, back, role in (("off_record", off, "OFF THE RECORD"), ("paused", pause, "Paused")):
        studio.beat(state)
        wait(lambda role=role: role in text(find, "record_state"))
        assert [one for one in (pause, off) if one.property("role") == "primary"] == [back]
    assert off.isEnabled(), "what is said in a pause may have to be forgotten"
    studio.beat("off_record")
    wait(lambda: said(find, "record_off_record") == "Back on the record (F8)")
    assert not pause.isEnabled()
    strike(page, Key.Key_F6)
    strike(page, Key.Key_F8)
    wait(lambda: studio.obeyed[-1:] == ["resume"])
    assert studio.obeyed == ["resume"], "no other key records again"
    studio.beat()
    wait(pause.isEnabled)
    assert "primary" not in (pause.property("role"), off.property("role"))
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_each_state_has_its_own_sign_and_colour(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    panel, seen = page._running.panel, set[tuple[str, str]]()
    states = ({}, {"sealing_since_ms": 1_000}, {"state": "paused"}, {"state": "off_record"}, {"trouble": Trouble.DEVICE})
    for number, state in enumerate(states):
        studio.beat(elapsed_ms=70_000 + 1_000 * number, **state)  # type: ignore[arg-type]
        wait(lambda number=number: text(find, "record_clock") == f"00:01:1{number}")
        assert panel._sign.isVisible()
        seen.add((panel.property("role"), panel._look.sign))
    assert len(seen) == len(states)
    assert panel.property("role") == "note_danger", "no sound arrives"
    assert not find("record_meter").isVisible()
    assert panel.meter.levels == [FLOOR_DB]
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_off_the_record_is_reached_from_a_pause(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    studio.beat("paused")
    wait(lambda: "Paused" in text(find, "record_state"))
    strike(page, Key.Key_F8)
    wait(lambda: studio.obeyed == ["off_record"])
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_mark_means_the_moment_its_word_was_begun(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    strike(page, Key.Key_F7)
    word = find("record_mark_word")
    assert isinstance(word, QLineEdit)
    word.setFocus()
    QTest.keyClicks(word, "riv")
    studio.beat(elapsed_ms=65_000)
    wait(lambda: text(find, "record_clock") == "00:01:05")
    QTest.keyClicks(word, "er")
    QTest.keyClick(word, Key.Key_Return)
    assert word.text() == ""
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert [(one.at_ms, one.word) for one in main.desk.interviews.marks(code)] == [(61_000, ""), (61_000, "river")]


@pytest.mark.parametrize("trouble", Trouble)
def test_troubles_are_told_in_plain_words_and_go_away(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, trouble: Trouble
) -> None:
    begin(page, studio, find, wait)
    assert not find("record_trouble").isVisible()
    studio.beat(trouble=trouble)
    wait(find("record_trouble").isVisible)
    assert text(find, "record_trouble") == trouble_sentence(trouble)
    role = find("record_trouble").parentWidget().property("role")
    assert role == ("note_danger" if trouble in LOSING else "note_caution")
    assert not find("record_trouble").hasFocus()
    studio.beat()
    wait(lambda: not find("record_trouble").isVisible())
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_window_that_the_keys_do_not_reach_says_so(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    begin(page, studio, find, wait)
    running = page.findChildren(RecordRunning)[0]
    QApplication.sendEvent(running, QEvent(QEvent.Type.WindowDeactivate))
    assert find("record_behind").isVisible() and "Click here" in text(find, "record_behind")
    QApplication.sendEvent(running, QEvent(QEvent.Type.WindowActivate))
    assert not find("record_behind").isVisible()
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_what_was_said_is_sealed_by_a_key_and_what_follows_by_another(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    find("record_seal_minutes").pick("1")  # type: ignore[attr-defined]
    strike(page, Key.Key_F3)
    wait(lambda: studio.obeyed == ["seal_last"])
    assert text(find, "record_marks") == "Sealed: the last 1 minute, from 00:00:01 to 00:01:01."
    strike(page, Key.Key_F4)
    wait(lambda: studio.obeyed[-1] == "seal_from")
    studio.beat(sealing_since_ms=61_000)
    wait(lambda: "Sealed since 00:01:01" in text(find, "record_sealing"))
    assert find("record_seal_from").text() == "Sealing ends here (F4)"  # type: ignore[attr-defined]
    strike(page, Key.Key_F4)
    wait(lambda: studio.obeyed[-1] == "seal_until")
    studio.beat()
    wait(lambda: not find("record_sealing").isVisible())
    assert find("record_seal_from").text() == "Seal from here on (F4)"  # type: ignore[attr-defined]
    assert text(find, "record_marks").startswith("Sealed: from 00:01:01 to "), "what stood there before is over"
    find("record_seal_minutes").pick("5")  # type: ignore[attr-defined]
    strike(page, Key.Key_F3)
    assert text(find, "record_marks").startswith("00:01:01  Sealed: the last 5 minutes")
    with main.archive.store.transaction() as records:
        ranges = records.recordings.sealed_ranges(main.archive.interview(records, code).id)
    assert len(ranges) >= 2
    assert OPEN_END_MS not in [one.end_ms for one in ranges]
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_the_second_copy_and_the_machine_are_told_beside_the_clock(
    page: RecordPage, studio: Studio, find: Find, wait: Wait
) -> None:
    begin(page, studio, find, wait)
    assert not find("record_copy").isVisible()
    for state in (CopyState.OK, CopyState.BEHIND, CopyState.FAILED):
        studio.beat(copy=state, battery=Battery(12, False))
        wait(lambda now=state: text(find, "record_copy") == copy_sentence(now))
    assert "plug the machine in" in text(find, "record_warnings")
    assert "plug the machine in" not in text(find, "record_left")
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_recorder_that_dies_loses_nothing_that_was_sealed(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    strike(page, Key.Key_F6)
    wait(lambda: studio.obeyed == ["pause"])
    studio.seal()
    studio.die()
    wait(lambda: not page.recording)
    assert len(studio.orders) == 1, "nothing begins by itself where a person wanted a rest"
    assert kept(main, code) == [(TakePurpose.TESTIMONY, 1_000)]
    assert "Nothing is being recorded now" in text(find, "record_kept")
    assert "recorded and is safe" in text(find, "record_gaps")
    assert find("record_kept").parentWidget().property("role") == "note_danger"
    wait(lambda: find("record_start").isEnabled())
    studio.tidy()
    begin(page, studio, find, wait)
    assert not find("banner").isVisible(), "nothing stale lies over the new take"
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert "broke off" not in text(find, "record_kept")


def test_a_recorder_that_does_not_answer_is_no_dead_one_while_it_has_the_take_in_its_hand(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    studio.beat("off_record")
    wait(lambda: said(find, "record_off_record") == "Back on the record (F8)")
    studio.beats.put(WorkerFailed("The recorder ended unexpectedly."))
    wait(lambda: text(find, "record_state") == "The recorder does not answer")
    assert said(find, "record_off_record") == "Off the record (F8)", "what it does now is to end it"
    assert page.recording
    assert "nothing more of it reaches the disk" in text(find, "record_trouble")
    assert not find("record_safe").isVisible(), "what was safe is not known any more"
    keys = ("record_pause", "record_mark", "record_off_record", "record_seal_last", "record_seal_from", "record_stop")
    assert [name for name in keys if find(name).isEnabled()] == ["record_off_record", "record_stop"]
    assert kept(main, code) == []
    studio.beat(elapsed_ms=64_000)
    wait(lambda: text(find, "record_state") == "Recording now")
    assert find("record_off_record").isEnabled() and not find("record_trouble").isVisible()
    studio.beats.put(WorkerFailed("The recorder ended unexpectedly."))
    wait(lambda: text(find, "record_state") == "The recorder does not answer")
    strike(page, Key.Key_F8)
    wait(lambda: not page.recording)
    assert studio.obeyed[-1] == "stop", "where off the record cannot be had, the end can"
    assert kept(main, code) == [(TakePurpose.TESTIMONY, 1_000)]


def test_a_recorder_that_dies_in_the_middle_is_followed_by_another_a_few_times(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    for number in range(1, MOST_TIMES + 1):
        studio.beat(elapsed_ms=60_000 + number * 1_000, sealing_since_ms=1_000)
        wait(lambda now=f"00:01:0{number}": text(find, "record_clock") == now)
        studio.seal()
        studio.die()
        wait(lambda number=number: len(studio.orders) == number + 1)
        wait(lambda: text(find, "record_begun_again"))
        assert page.recording and studio.obeyed[-1] == "seal_from", "what was being sealed goes on being sealed"
    assert {(one.device, one.purpose, one.sound) for one in studio.orders} == {
        (studio.orders[0].device, TakePurpose.TESTIMONY, studio.orders[0].sound)}  # fmt: skip
    studio.beat(elapsed_ms=30_000)
    wait(lambda: text(find, "record_clock") == "00:00:30")
    studio.seal()
    studio.die()
    wait(lambda: not page.recording)
    assert len(kept(main, code)) == MOST_TIMES + 1, "and no more: each part is filed, one behind the other"
    assert "Nothing is being recorded now" in text(find, "record_kept")
    assert "recording went on by itself" in text(find, "record_gaps")


def test_stop_is_obeyed_while_another_recorder_begins(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow, code: str
) -> None:
    begin(page, studio, find, wait)
    assert studio.asked_to_begin.acquire(blocking=False)
    studio.may_begin.clear()
    studio.seal()
    studio.die()
    wait(lambda: text(find, "record_state") == "One moment: nothing is being recorded")
    wait(lambda: studio.asked_to_begin.acquire(blocking=False))
    strike(page, Key.Key_F9)
    wait(lambda: page._following._orders.idle)
    studio.may_begin.set()
    wait(lambda: not page.recording)
    assert len(kept(main, code)) == 1
    wait(lambda: len(studio.orders) == 2 and not studio.orders[1].folder.exists())  # nothing stays of what nobody wanted


def test_a_microphone_that_stopped_is_no_recording_and_what_is_missing_stays_told(
    page: RecordPage, studio: Studio, find: Find, wait: Wait
) -> None:
    begin(page, studio, find, wait)
    assert not find("record_missing").isVisible()
    studio.beat(trouble=Trouble.DEVICE)
    wait(lambda: text(find, "record_state") == "Interrupted – nothing is being recorded")
    studio.beat(missing_ms=12_889)
    wait(lambda: text(find, "record_state") == "Recording now")
    assert "13 seconds of sound are missing so far" in text(find, "record_missing")
    studio.beat(missing_ms=12_889, in_fallback=True)
    wait(lambda: "in the reserve folder" in text(find, "record_left"))
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_the_window_lets_go_of_a_take_without_ending_it_and_the_next_one_takes_it_in_hand(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, main: MainWindow
) -> None:
    begin(page, studio, find, wait)
    page.end()
    studio.beat()
    wait(lambda: not main.jobs.busy)
    assert studio.obeyed == []
    found = main.desk.recording.running()
    assert found is not None
    page.attach(found)
    studio.beat(elapsed_ms=99_000)
    wait(lambda: text(find, "record_clock") == "00:01:39")
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_microphone_that_does_not_open_is_told_and_the_choice_offered_again(
    page: RecordPage, studio: Studio, find: Find, wait: Wait
) -> None:
    studio.fails = DeviceFailed("There is no such microphone.")
    strike(page, Key.Key_F5)
    wait(lambda: text(find, "banner_happened") == "There is no such microphone.")
    wait(lambda: find("record_start").isEnabled())
    assert not page.recording


def test_the_microphone_is_remembered(page: RecordPage, studio: Studio, find: Find, wait: Wait) -> None:
    choice = find("record_microphone")
    assert isinstance(choice, QComboBox)
    wait(lambda: choice.count() == 3)
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    assert page.context.settings.current.microphone == "Interface"
    find("record_channels_2").click()  # type: ignore[attr-defined]
    begin(page, studio, find, wait)
    assert (studio.orders[0].device, studio.orders[0].sound.channels) == ("Interface", 2)
    studio.obeyed.append("stop")
    studio.beats.put(None)
    wait(lambda: not page.recording)
    assert text(find, "record_kept") == "Nothing was recorded."
    assert find("record_kept").parentWidget().property("role") == "note", "that is no good news"


def test_a_microphone_that_is_plugged_in_appears_by_itself_and_without_one_nothing_begins(
    page: RecordPage, room: Room, find: Find, wait: Wait
) -> None:
    choice = find("record_microphone")
    assert isinstance(choice, QComboBox)
    plugged, room.plugged = room.plugged, []
    page._prepare.microphone._again.timeout.emit()
    wait(lambda: not find("record_start").isEnabled())
    assert text(find, "record_why") == "There is no microphone. Plug one in; then it can begin."
    assert "No microphone was found" in text(find, "record_microphone_told")
    room.plugged = plugged
    page._prepare.microphone._again.timeout.emit()
    wait(find("record_start").isEnabled)
    assert not find("record_microphone_told").isVisible()
    assert [choice.itemText(n) for n in range(choice.count())] == ["The system's choice (Built-in)", "Built-in", "Interface"]


def test_the_draft_of_a_take_is_asked_for_while_it_runs(
    page: RecordPage, studio: Studio, main: MainWindow, code: str, find: Find, wait: Wait
) -> None:
    """There is no model: nothing of that is shown while somebody speaks, and the draft waits."""
    begin(page, studio, find, wait)
    wait(lambda: code in main.desk.transcribing.waiting.codes())
    studio.beat()
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording and not main.jobs.busy)
    assert code in main.desk.transcribing.waiting.codes()
    main.desk.transcribing.let_be(code)


def test_looking_for_microphones_by_itself_is_no_work_that_anything_else_gives_way_to(
    page: RecordPage, room: Room, find: Find, wait: Wait, main: MainWindow
) -> None:
    choice, jobs = find("record_microphone"), main.jobs
    assert isinstance(choice, QComboBox)
    wait(lambda: jobs.quiet_s > 0.3 and not main._soon.isActive())  # what the page itself began is over
    stirred, plugged = jobs._stirred_at, room.plugged
    for room.plugged in ([], plugged):
        page._prepare.microphone._again.timeout.emit()
        wait(lambda: choice.count() == len(room.plugged) + 1)
    assert jobs._stirred_at == stirred
    find("record_look_again").click()  # type: ignore[attr-defined]
    assert jobs._stirred_at > stirred


def test_a_chosen_microphone_that_is_gone_is_named_and_one_channel_is_not_two(
    page: RecordPage, room: Room, find: Find, wait: Wait
) -> None:
    page.context.settings.change(microphone="Interface")
    plugged, room.plugged = room.plugged, [Device("Built-in", 1, True)]
    page._prepare.microphone.look()
    wait(lambda: "“Interface” is not plugged in" in text(find, "record_microphone_told"))
    find("record_microphone").activated.emit(0)  # type: ignore[attr-defined]
    assert not find("record_microphone_told").isVisible()
    find("record_channels_2").click()  # type: ignore[attr-defined]
    assert text(find, "record_microphone_told") == "This microphone has one channel only."
    find("record_channels_1").click()  # type: ignore[attr-defined]
    room.plugged = plugged
    page._prepare.microphone.look()
    wait(lambda: find("record_microphone").count() == 3)  # type: ignore[attr-defined]


def test_ten_seconds_are_heard_judged_played_back_and_forgotten(
    page: RecordPage, studio: Studio, speaker: Loudspeaker, find: Find, wait: Wait
) -> None:
    find("record_test").click()  # type: ignore[attr-defined]
    wait(lambda: text(find, "record_test_left") == "Speak now: 9 seconds more.")
    assert find("record_test_meter").isVisible()
    assert str(find("record_test").property("lineIcon")).startswith("stop"), "it shows what a press does"
    assert page._prepare.test.meter.levels == [decibels(0.25)]
    studio.listens.set()
    wait(find("record_test_verdict").isVisible)
    assert text(find, "record_test_verdict") == "The voice is heard well.\nBuilt-in: loudest at −10 dB."
    assert "Room on the disk" in text(find, "record_test_lasts")
    assert speaker.source is studio.test.sound
    assert find("record_test_listen").text() == "Stop listening"  # type: ignore[attr-defined]
    assert str(find("record_test_listen").property("lineIcon")).startswith("stop"), "it shows what a press does"
    speaker.run_to(None)
    wait(lambda: find("record_test_listen").text() == "Listen")  # type: ignore[attr-defined]
    assert not speaker.open, "a microphone that is plugged in now is seen"
    find("record_test_listen").click()  # type: ignore[attr-defined]
    strike(page, Key.Key_F5)
    wait(lambda: page.recording)
    assert speaker.source is None
    strike(page, Key.Key_F9)  # before the recorder has said anything
    wait(lambda: not page.recording)
    assert not find("record_test_verdict").isVisible()


def test_a_test_says_what_is_wrong_in_words_and_can_be_stopped(
    page: RecordPage, studio: Studio, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = heard(1.0, clipped=40, hum_hz=50, hum_share=0.9)
    monkeypatch.setattr(studio, "test", replace(studio.test, channels=(bad,), battery=Battery(20, False)))
    find("record_test").click()  # type: ignore[attr-defined]
    studio.listens.set()
    wait(find("record_test_verdict").isVisible)
    told = text(find, "record_test_verdict").splitlines()
    remarks = (MicrophoneRemark.CLIPPING, MicrophoneRemark.HUM, MicrophoneRemark.BATTERY_LOW)
    assert told[:-1] == [finding_sentence(one) for one in remarks]
    assert "Battery: 20%, not plugged in." in text(find, "record_test_lasts")
    studio.listens.clear()
    find("record_test").click()  # type: ignore[attr-defined]
    wait(find("record_test_left").isVisible)
    find("record_test").click()  # type: ignore[attr-defined]
    assert not find("record_test_left").isVisible()
    assert not find("record_test_verdict").isVisible()


def test_a_second_copy_is_chosen_and_left(page: RecordPage, find: Find, wait: Wait, main: MainWindow, tmp_path: Path) -> None:
    microphone = page._prepare.microphone
    wait(lambda: text(find, "record_copy_folder") == "none")
    microphone.copy.choose_folder = lambda _begin: str(tmp_path)
    find("record_copy_choose").click()  # type: ignore[attr-defined]
    wait(lambda: text(find, "record_copy_folder") == str(tmp_path))
    assert main.desk.recording.places().copy == tmp_path
    microphone.copy.choose_folder = lambda _begin: str(tmp_path / "unplugged")
    find("record_copy_choose").click()  # type: ignore[attr-defined]
    wait(lambda: "not there now" in text(find, "record_copy_folder"))
    find("record_copy_none").click()  # type: ignore[attr-defined]
    wait(lambda: text(find, "record_copy_folder") == "none")
    assert main.desk.recording.places().copy is None


def test_after_stop_every_place_where_sound_is_missing_is_told(main: MainWindow, code: str) -> None:
    [part] = taped(main.desk, code, 4)
    told_first, counted_later = Gap(20_000, 0, GapReason.OVERRUN), Gap(20_000, 2_000, GapReason.OVERRUN)
    gaps = (
        Gap(8_000, 4_000, GapReason.DEVICE),
        Gap(16_000, 9, GapReason.PAUSED),
        told_first,
        counted_later,
        Gap(24_000, 0, GapReason.CHANGED),
    )
    assert list(told_gaps([replace(part, gaps=gaps)])) == [
        "– 00:00:01: 0.5 s (the microphone stopped)",
        "– 00:00:02: 0.2 s (the machine was too slow)",
        "– 00:00:03: from here on the system delivered another microphone",
    ]


def test_without_consent_the_reasons_stand_there_and_only_a_spoken_consent_may_begin(
    main: MainWindow, studio: Studio, find: Find, wait: Wait
) -> None:
    code = main.desk.interviews.create(("ko",), "Heron").code
    main.open_interview(code)
    main.open_step("record")
    page = main.page
    assert isinstance(page, RecordPage)
    wait(lambda: "No consent is on file (before the interview)" in text(find, "record_consent"))
    assert not find("record_start").isEnabled()
    assert not find("record_import").isEnabled()
    agreed(main.desk, code, Purpose.RECORD_AUDIO)
    wait(lambda: "The narrator refused recording the voice" in text(find, "record_consent"))
    main.open_step("consent")
    spoken = find("consent_record_spoken")
    assert isinstance(spoken, QPushButton)
    spoken.click()
    assert main.page is page
    assert page._prepare.purpose is TakePurpose.CONSENT
    main.open_step("consent")
    main.open_step("record")
    assert page._prepare.purpose is TakePurpose.TESTIMONY  # whoever comes back another time means the interview
    main.open_step("consent")
    spoken.click()
    assert find("record_start").isEnabled()
    main.activateWindow()
    wait(main.window().isActiveWindow)
    begin(page, studio, find, wait)
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)
    assert [purpose for purpose, _ in kept(main, code)] == [TakePurpose.CONSENT]
    assert find("record_next_consent").isVisible() and not find("record_next").isVisible()
    assert "spoken consent" in text(find, "record_kept")
    assert page._prepare.purpose is TakePurpose.TESTIMONY  # what follows is the interview again
    go_on = find("record_next_consent")
    assert isinstance(go_on, QPushButton)
    go_on.click()
    consent = main.page
    assert isinstance(consent, ConsentPage)
    given = consent._form.document()
    [clip] = main.desk.interviews.card(code).recordings
    assert (given["stage"], given["mode"], given["evidence"]) == ("before", "spoken_recorded", clip.id)
    assert consent.unsaved == [code]


def test_a_file_that_is_no_file_is_told(page: RecordPage, find: Find, wait: Wait, tmp_path: Path) -> None:
    page._prepare.choose_file = lambda: str(tmp_path / "missing.wav")
    button = find("record_import")
    assert isinstance(button, QPushButton)
    button.click()
    wait(lambda: text(find, "banner_happened") == "There is no such file to import.")
    wait(button.isEnabled)


def test_a_file_that_breaks_off_is_never_taken_into_another_interview(
    main: MainWindow, page: RecordPage, find: Find, wait: Wait, tmp_path: Path
) -> None:
    broken = encode(tmp_path / "x.wav", "pcm_s16le", "s16", tones(4.0, 1, 8_000), 8_000)
    broken.write_bytes(broken.read_bytes()[:-24_000])
    page._prepare.choose_file = lambda: str(broken)
    other = main.desk.interviews.create(("ko",), "Heron").code
    agreed(main.desk, other)
    with answering("record_broken_file_import") as asked:
        find("record_import").click()  # type: ignore[attr-defined]
        main.open_interview(other)
        wait(lambda: find("banner").isVisible() and not main.jobs.busy)
    assert asked == []
    assert main.desk.interviews.card(other).recordings == ()
    assert not find("record_kept").isVisible()


def test_the_head_names_the_interview_that_is_recorded_and_nothing_else_comes_in_front_of_it(
    main: MainWindow, page: RecordPage, studio: Studio, find: Find, wait: Wait
) -> None:
    code = page._code
    strike(page, Key.Key_F5)
    main.open_interview(main.desk.interviews.create(("ko",), "Heron").code, "record")
    assert main.page is page
    wait(lambda: page.recording)
    assert main.code == code
    studio.beat()
    wait(lambda: text(find, "record_clock") == "00:01:01")
    QTest.keyClick(page.window(), Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert main.page is page
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_an_order_is_one_order_however_long_its_key_is_held_and_however_hasty_the_click(
    page: RecordPage, studio: Studio, find: Find, wait: Wait
) -> None:
    begin(page, studio, find, wait)
    assert [one.key().toString() for one in page._running.findChildren(QShortcut) if one.autoRepeat()] == []
    off = find("record_off_record")
    assert isinstance(off, QPushButton)
    QTest.mouseClick(off, Qt.MouseButton.LeftButton)
    wait(lambda: studio.obeyed[-1:] == ["off_record"])
    studio.beat(state=TakeState.OFF_RECORD)
    wait(lambda: "Back on" in off.text())
    place = QPointF(off.rect().center())
    again = QMouseEvent(QEvent.Type.MouseButtonDblClick, place, off.mapToGlobal(place), Qt.MouseButton.LeftButton,
                        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(off, again)
    QTest.mouseRelease(off, Qt.MouseButton.LeftButton)
    assert studio.obeyed[-1:] == ["off_record"]
    strike(page, Key.Key_F9)
    wait(lambda: not page.recording)


def test_a_file_that_breaks_off_is_asked_about_and_taken_as_it_is(
    main: MainWindow, page: RecordPage, find: Find, wait: Wait, tmp_path: Path
) -> None:
    broken = encode(tmp_path / "x.wav", "pcm_s16le", "s16", tones(4.0, 1, 8_000), 8_000)
    broken.write_bytes(broken.read_bytes()[:-24_000])
    page._prepare.choose_file = lambda: str(broken)
    button = find("record_import")
    assert isinstance(button, QPushButton)
    with answering("return", "record_broken_file_import") as asked:
        button.click()
        wait(lambda: len(asked) == 1 and button.isEnabled())
        assert not find("record_kept").isVisible(), "whoever did not read the question imported nothing"
        button.click()
        wait(lambda: "interrupted recording" in text(find, "record_kept"))
    assert len(asked) == 2
    assert "00:00:02 of sound was imported" in text(find, "record_kept")


def test_words_for_every_state_and_room_on_the_disk() -> None:
    assert {"recording", "paused", "off_record", "stopping", "finished"} == set(STATES)
    assert room_left(HOUR_MS) == "Room on the disk for 1 hour more."
    assert room_left(HOUR_MS - 1) == "Room on the disk for 59 minutes more."
    assert safety(Heartbeat(TakeState.RECORDING, 1_000, 1_000, (), 0, 0)) == "Safe on disk up to 1 second ago."


def beat(**more: object) -> Heartbeat:
    return Heartbeat(TakeState.RECORDING, 0, 0, (), 0, 0, **{"room_ms": 9 * HOUR_MS, **more})  # type: ignore[arg-type]


def test_what_may_end_a_take_is_a_warning_and_the_rest_is_not() -> None:
    room = "Room on the disk for 9 hours more."
    mains, most, low = Battery(10, True), Battery(80, False), Battery(19, False)
    assert (warnings(beat(battery=mains, awake=True)), lasting(beat(battery=mains))) == ([], [room])
    assert (warnings(beat(battery=most)), lasting(beat(battery=most))) == ([], [room, "Battery: 80%."])
    plug_in = "The battery is at 19%: plug the machine in."
    assert (warnings(beat(battery=low)), lasting(beat(battery=low))) == ([plug_in], [room])
    assert len(warnings(beat(awake=False))) == 1
    little = beat(room_ms=20 * 60_000)
    assert (warnings(little), lasting(little)) == (["Room on the disk for 20 minutes more."], [])


def test_nothing_is_said_to_be_safe_that_waits_for_a_microphone_which_is_gone() -> None:
    def beat(safe_ms: int) -> Heartbeat:
        return Heartbeat(TakeState.RECORDING, 61_000, safe_ms, (0.0,), 1 << 40, 0, (Trouble.DEVICE,))

    assert safety(beat(60_930)) == "Everything recorded is safe on disk except the last 0.1 s."
    assert safety(beat(60_400)) == "Everything recorded is safe on disk except the last 0.6 s."
    assert safety(beat(61_000)) == "Everything recorded is safe on disk."
    assert safety(replace(beat(60_930), troubles=())) == "Safe on disk up to 1 second ago."


def test_however_much_is_told_nothing_of_it_is_out_of_sight(main: MainWindow, wait: Wait) -> None:
    running = RecordRunning(main.context.theme, Wording())
    running.resize(1024, 700)
    running.show()
    try:
        clock, hidden = running.panel._clock, running._middle.verticalScrollBar()
        much = beat(room_ms=60_000, battery=Battery(9, False), awake=False, copy=CopyState.FAILED, missing_ms=9_000,
                    sealing_since_ms=1_000, troubles=(Trouble.DISK_LOW, Trouble.SILENT))  # fmt: skip
        for told, role in ((beat(), "clock"), (much, "clock_small"), (beat(), "clock")):
            running.show_beat(told)
            assert clock.property("role") == role
            wait(lambda: hidden.maximum() == 0)
    finally:
        running.close()
        running.deleteLater()


def test_a_break_is_suggested_for_as_long_as_nobody_rests() -> None:
    minute = 60_000
    assert break_due(beat(since_rest_ms=45 * minute - 1), 45) == ""
    long = beat(since_rest_ms=45 * minute, reached={"first": 5, "rolled at its size": 3})
    assert break_due(long, 45) == "45 minutes without a break. Perhaps it is time for one."
    assert break_due(long, 0) == ""
    assert break_due(replace(long, state=TakeState.PAUSED), 45) == ""
    assert break_due(replace(long, troubles=(Trouble.DEVICE,)), 45) == "", "who is not recorded rests already"
    assert break_due(beat(), 45) == ""


SAMPLES: Sequence[tuple[float, float]] = ((1.0, 0.0), (0.1, -20.0), (0.0, FLOOR_DB), (1e-9, FLOOR_DB))


@pytest.mark.parametrize(("peak", "level"), SAMPLES)
def test_decibels(peak: float, level: float) -> None:
    assert decibels(peak) == pytest.approx(level)
