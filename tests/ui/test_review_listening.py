"""Listening: the sound across parts, what counts as heard, and signing off only what was heard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from oralhistory.domain.interview import Status
from oralhistory.domain.review import Heard
from oralhistory.domain.staff import Role
from oralhistory.domain.transcript import SEALED
from oralhistory.errors import DeviceFailed
from oralhistory.services.archive.opened import Changed
from oralhistory.ui.listening.playback import JoinedSound
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.helpers.releases import ORDER
from tests.ui.answering import answering
from tests.ui.conftest import Wait
from tests.ui.material import LINES, SOUND, Loudspeaker, Told, agreed, taped, written
from tests.ui.review import frame, furnished, loudspeaker, main, page, told

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]

Find = Callable[[str], QWidget]
Key = Qt.Key


def heard(main: MainWindow, code: str) -> list[Heard]:
    with main.archive.store.transaction() as records:
        return records.attestations.heard(main.archive.interview(records, code).id)


def press(page: TranscriptPage, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.view.editor, key, held)


def run_to(page: TranscriptPage, loudspeaker: Loudspeaker, ms: int) -> None:
    loudspeaker.run_to(SOUND.ms_to_frames(ms))
    page.playback.look()


def test_parts_are_heard_as_one_sound(main: MainWindow, told: Told) -> None:
    with main.desk.listening.timeline(told.code) as timeline:
        sound = JoinedSound(timeline, timeline.recordings)
        first, second = (timeline.read(one, one.start_ms, one.end_ms) for one in timeline.recordings)
        whole = first + second
        width = SOUND.bytes_per_frame
        assert sound.frames * width == len(whole)
        for start, count in ((0, 10), (39_990, 20), (12_345, 777), (79_995, 100), (80_000, 5)):
            assert sound.read(start, count) == whole[start * width : (start + count) * width]
        assert [sound.ms_at(sound.frame_at(ms)) for ms in (0, 4_999, 5_000, 7_125, 10_000)] == [
            0, 4_999, 5_000, 7_125, 10_000,
        ]  # fmt: skip
        sound.close()
        assert sound.read(0, 10) == b""


def test_times_that_are_no_whole_frames_are_read_exactly(main: MainWindow, told: Told) -> None:
    with main.desk.listening.timeline(told.code) as timeline:
        sound = JoinedSound(timeline, timeline.recordings[:1])
        pieces = b"".join(sound.read(at, 7) for at in range(0, 700, 7))
        assert pieces == sound.read(0, 700)


def test_the_key_plays_the_row_pauses_and_goes_on_a_little_earlier(
    page: TranscriptPage, loudspeaker: Loudspeaker
) -> None:
    page.view.go_to(1)
    press(page, Key.Key_Escape)
    assert loudspeaker.position == SOUND.ms_to_frames(2_000)
    run_to(page, loudspeaker, 5_500)
    assert page.view._playing_row == 2
    press(page, Key.Key_Tab)
    assert not page.playback.playing
    assert page.view._playing_row == -1
    QTest.qWait(300)  # longer than a double Tab
    press(page, Key.Key_Tab)
    assert loudspeaker.position == SOUND.ms_to_frames(4_000)
    press(page, Key.Key_F3)
    assert loudspeaker.position == SOUND.ms_to_frames(7_000)
    press(page, Key.Key_F2)
    assert loudspeaker.position == SOUND.ms_to_frames(4_000)
    press(page, Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert page.view.current == 2


def test_on_another_page_the_loudspeaker_is_let_go_of(
    page: TranscriptPage, main: MainWindow, loudspeaker: Loudspeaker
) -> None:
    page.playback.play(0)
    press(page, Key.Key_Tab)
    assert loudspeaker.open, "the next key is to be heard at once"
    main.open_step("record")
    assert not loudspeaker.open
    main.open_step("transcript")
    page.playback.play(0)
    assert loudspeaker.open
    page.playback.pause()


def test_a_double_tab_jumps_back_and_plays(page: TranscriptPage, loudspeaker: Loudspeaker) -> None:
    page.playback.play(6_000)
    press(page, Key.Key_Tab)
    press(page, Key.Key_Tab)
    assert page.playback.playing
    assert loudspeaker.position == SOUND.ms_to_frames(3_000)


def test_typing_does_not_stop_the_sound_nor_the_sound_the_typing(
    page: TranscriptPage, loudspeaker: Loudspeaker
) -> None:
    page.playback.play(0)
    QTest.keyClicks(page.view.editor, "ab")
    run_to(page, loudspeaker, 4_100)
    assert page.playback.playing
    assert page.view.current == 0
    QTest.keyClicks(page.view.editor, "c")
    assert page.view.editor.toPlainText() == "abc" + LINES[0]


def test_the_spoken_word_is_marked(page: TranscriptPage, loudspeaker: Loudspeaker) -> None:
    page.playback.play(0)
    run_to(page, loudspeaker, 2_700)
    text, (start, end) = LINES[1], page.view._spoken or (0, 0)
    assert text[start:end] == "탄광에서"
    page.view.go_to(1)
    QTest.keyClicks(page.view.editor, " ")  # is not stored
    marked = [one.cursor.selectedText() for one in page.view.editor.extraSelections()]
    assert "탄광에서" in marked


def test_a_pedal_toggles_or_plays_while_it_is_held(page: TranscriptPage) -> None:
    editor, settings = page.view.editor, page.context.settings
    press(page, Key.Key_F13)
    assert page.playback.playing
    press(page, Key.Key_F13)
    assert not page.playback.playing
    settings.change(pedal="hold")
    QTest.keyPress(editor, Key.Key_F13)
    assert page.playback.playing
    editor.hold()  # the text waits for something; the foot does not
    QTest.keyRelease(editor, Key.Key_F13)
    assert not page.playback.playing
    editor.let_go()
    settings.change(pedal="toggle")


def test_slower_and_faster_go_on_from_where_it_is(page: TranscriptPage, loudspeaker: Loudspeaker) -> None:
    page.playback.play(0)
    run_to(page, loudspeaker, 2_000)
    press(page, Key.Key_F4)
    assert (loudspeaker.speed, loudspeaker.position) == (0.9, SOUND.ms_to_frames(2_000))
    press(page, Key.Key_F5)
    press(page, Key.Key_F5)
    assert loudspeaker.speed == 1.1
    assert page.context.settings.current.speed == 110
    for _ in range(9):
        press(page, Key.Key_F5)
    assert loudspeaker.speed == 2.0
    page._sound._set_speed(100)


def test_a_loop_plays_its_segment_and_goes_along_with_the_editor(page: TranscriptPage, loudspeaker: Loudspeaker) -> None:
    page.view.go_to(1)
    press(page, Key.Key_F8)
    assert loudspeaker.position == SOUND.ms_to_frames(2_000)
    run_to(page, loudspeaker, 4_010)
    assert loudspeaker.position == SOUND.ms_to_frames(2_000)
    press(page, Key.Key_Return)
    assert loudspeaker.position == SOUND.ms_to_frames(4_000)
    press(page, Key.Key_F8)
    run_to(page, loudspeaker, 6_010)
    assert loudspeaker.position == SOUND.ms_to_frames(6_010)
    page.view.go_to(4)
    press(page, Key.Key_F8)
    loudspeaker.run_to(None)
    page.playback.look()
    assert loudspeaker.position == SOUND.ms_to_frames(8_000)


def test_a_loop_outlasts_a_look_at_another_step(
    page: TranscriptPage, main: MainWindow, wait: Wait, find: Find
) -> None:
    page.view.go_to(1)
    press(page, Key.Key_F8)
    loop, before = page.playback.loop, page.playback.sounds
    assert loop == (2_000, 4_000)
    main.open_step("consent")
    main.open_step("transcript")
    wait(lambda: page.playback.sounds != () and page.playback.sounds[0] is not before[0])
    assert page.playback.loop == loop
    assert find("review_loop").isChecked()  # type: ignore[attr-defined]
    press(page, Key.Key_F8)
    assert page.playback.loop is None
    assert not find("review_loop").isChecked()  # type: ignore[attr-defined]


def test_the_rows_rest_while_one_types_and_a_button_goes_back_to_the_sound(
    page: TranscriptPage, loudspeaker: Loudspeaker, find: Find
) -> None:
    button = find("review_jump")
    assert isinstance(button, QPushButton)
    page.playback.play(0)
    assert button.isHidden()
    QTest.keyClicks(page.view.editor, "x")
    assert not button.isHidden()
    run_to(page, loudspeaker, 4_500)
    button.click()
    assert page.view.current == 2
    assert button.isHidden()


def test_only_what_was_played_counts_as_heard(
    page: TranscriptPage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, wait: Wait
) -> None:
    page.playback.play(1_000)
    run_to(page, loudspeaker, 2_500)
    page.playback.play(6_000)
    run_to(page, loudspeaker, 6_750)
    page.playback.pause()
    wait(lambda: heard(main, told.code) == [Heard(1_000, 2_500), Heard(6_000, 6_750)])


def test_what_is_played_counts_on_the_clock_of_whoever_listens(
    page: TranscriptPage, main: MainWindow, loudspeaker: Loudspeaker
) -> None:
    settings = page.context.settings
    page.leave()
    before = settings.current.listened_ms
    for speed, sound_ms in ((100, 1_500), (200, 1_000)):
        settings.change(speed=speed)
        page.playback.play(1_000)
        run_to(page, loudspeaker, 1_000 + sound_ms)
        page.playback.pause()
    settings.change(speed=100)
    page.leave()
    assert settings.current.listened_ms - before == 1_500 + 500, "at twice the speed, half of it is somebody's time"


def test_what_was_heard_another_day_is_drawn_too(
    page: TranscriptPage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, wait: Wait
) -> None:
    main.desk.attesting.heard(told.code, 1_000, 2_500)
    page.playback.play(2_500)
    run_to(page, loudspeaker, 4_000)
    page.playback.pause()
    wait(lambda: page._transport.strip._heard == [(1_000, 4_000)])
    page._source.open(page._code)
    wait(lambda: not main.jobs.busy)
    assert page._transport.strip._heard == [(1_000, 4_000)]


def test_the_end_of_the_sound_counts_and_stops(
    page: TranscriptPage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, wait: Wait
) -> None:
    page.playback.play(9_000)
    loudspeaker.run_to(None)
    page.playback.look()
    assert not page.playback.playing
    wait(lambda: heard(main, told.code) == [Heard(9_000, 10_000)])
    page.playback.toggle(1_500)
    assert loudspeaker.position == 0


def test_leaving_the_page_is_silence(page: TranscriptPage, main: MainWindow, loudspeaker: Loudspeaker) -> None:
    page.playback.play(0)
    main.open_step("history")
    assert loudspeaker.source is None


def test_without_a_loudspeaker_it_says_so_and_covers_nothing(
    page: TranscriptPage, loudspeaker: Loudspeaker, find: Find, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DeviceFailed("The device could not be opened.", safe="Nothing that was recorded before is touched.")

    monkeypatch.setattr(loudspeaker, "play", refuse)
    page.playback.play(0)
    banner, happened = find("banner"), find("banner_happened")
    wait(banner.isVisible)
    assert isinstance(happened, QLabel) and "no loudspeaker and no headphones" in happened.text()

    def rectangle(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(page.window(), QPoint()), widget.size())

    controls = (find("review_saved"), find("step_release"), find("review_sign_off"), find("lock"))
    wait(lambda: not any(rectangle(one).intersects(rectangle(banner)) for one in controls))
    stood = page.window().size()
    assert banner.width() > 0.8 * page.window().width(), "no empty band stands beside it"
    pressed = rectangle(find("banner_close")).center()
    find("banner_close").click()  # type: ignore[attr-defined]
    wait(lambda: rectangle(find("review_saved")).top() < banner.height() + 100)
    assert not rectangle(find("lock")).contains(pressed), "a second click there locks nothing"
    page.playback.play(0)
    wait(lambda: "no loudspeaker" in page.window().findChild(QLabel, "status_line").text())
    assert not banner.isVisible(), "told once, it moves the page no more"
    assert page.window().size() == stood


def test_sign_off_needs_the_doubtful_passages_heard(
    page: TranscriptPage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, find: Find, wait: Wait
) -> None:
    sign, refused = find("review_sign_off"), find("review_refused")
    assert isinstance(sign, QPushButton)
    assert isinstance(refused, QLabel)
    state, second, narrator = find("review_state"), find("review_second"), find("review_narrator")
    assert isinstance(state, QLabel)
    wait(lambda: "Nobody has listened" in state.text())
    assert "Nobody has listened" in sign.toolTip()
    stood = [one.x() for one in (sign, second, narrator)]
    sign.click()
    wait(lambda: "Nobody has listened" in refused.text())
    page.playback.play(1_900)
    run_to(page, loudspeaker, 4_100)
    page.playback.pause()
    sign.click()
    wait(lambda: "Doubtful passages that nobody has heard: 1" in refused.text())
    page.text.toggle_flag(0, "quote")
    assert refused.isHidden(), "of the text as it was"
    page.text.toggle_flag(0, "quote")
    page.playback.play(5_900)
    run_to(page, loudspeaker, 8_100)
    page.playback.pause()
    QTest.keyClicks(page.view.editor, "!")
    sign.click()
    wait(lambda: not sign.isEnabled())
    assert refused.isHidden()
    assert main.desk.interviews.card(told.code).interview.status is Status.CORRECTED
    assert main.desk.transcripts.segments(told.code)[0].text == "!" + LINES[0]
    assert "Signed off." in state.text() and second.isEnabled()
    assert "signed off as it stands" in sign.toolTip(), "a button that cannot be pressed says why"
    bar = page.sign_off
    wait(lambda: state.mapTo(bar, state.rect().topRight()).x() >= bar.width() - 2 * GRID - 1)  # at the right margin
    assert [one.x() for one in (sign, second, narrator)] == stood, "no button moves because of what is told"
    assert state.height() >= state.heightForWidth(state.width()), "it is cut"
    QTest.keyClicks(page.view.editor, "?")
    page.view.commit()
    assert "Signed off" not in state.text() and not second.isEnabled(), "not a moment longer than the text stands so"
    assert sign.isEnabled(), "the signature comes behind the change"
    assert "the text was changed since" in state.text() and not second.isEnabled()
    page.sign_off.refresh()
    wait(lambda: page.sign_off._known == page.sign_off._changes)
    assert "the text was changed since" in state.text() and "the text was changed since" in sign.toolTip()


def test_who_signs_a_text_without_some_of_the_sound_is_asked_and_told_how_much(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    taped(main.desk, told.code, 36)
    main.desk.attesting.heard(told.code)
    main.desk.archive.announce(Changed.RECORDING, told.code)
    told_of, sign, state = find("review_unwrittens"), find("review_sign_off"), find("review_state")
    assert isinstance(told_of, QLabel) and isinstance(sign, QPushButton) and isinstance(state, QLabel)
    wait(lambda: "00:00:36 of the sound has no text" in told_of.text() and "00:00:36" in state.text())
    with answering("return", "review_unwritten_signed_yes") as asked:
        sign.click()
        wait(lambda: len(asked) == 1 and page.text.stored)
        assert sign.isEnabled(), "Return alone signs nothing"
        sign.click()
        wait(lambda: not sign.isEnabled())
    assert ["00:00:36" in one for one in asked] == [True, True]
    assert "Signed off." in state.text() and "00:00:36 of the sound has no text" in state.text()
    taped(main.desk, told.code, 24)
    main.desk.archive.announce(Changed.RECORDING, told.code)
    wait(lambda: "Signed off before 00:00:24 of sound came" in state.text())
    wait(lambda: "00:01:00 of the sound has no text" in told_of.text())


@pytest.mark.full
def test_undoing_back_to_the_signed_text_shows_the_signature_again(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    main.desk.attesting.heard(told.code)
    sign = find("review_sign_off")
    page.sign_off._attest(main.desk.attesting.sign_off)
    wait(lambda: not sign.isEnabled())
    QTest.keyClicks(page.view.editor, "?")
    wait(sign.isEnabled)
    press(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: not sign.isEnabled())
    state = find("review_state")
    assert isinstance(state, QLabel)
    assert "Signed off." in state.text()


def test_what_is_marked_or_written_beside_the_text_never_says_that_it_was_changed(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    main.desk.attesting.heard(told.code)
    sign, state = find("review_sign_off"), find("review_state")
    assert isinstance(state, QLabel)
    page.sign_off._attest(main.desk.attesting.sign_off)
    wait(lambda: not sign.isEnabled() and page.text.stored)
    said = list[str]()
    page.text.saving.connect(lambda _saving: said.append(f"{sign.isEnabled()} {state.text()}"))
    page.text.toggle_flag(0, "quote")
    page.text.translate(1, "en", "My father worked in a mine.", lambda _row: None)
    page.text.undo(lambda _row: None)
    wait(lambda: page.text.stored)
    assert len(said) == 6
    assert {one for one in said if "Signed off." not in one or one.startswith("True")} == set()
    page.text.toggle_flag(0, SEALED)
    page.text.open_passage(0)
    assert sign.isEnabled() and "the text was changed since" in state.text(), "who signed did not see these words open"


def test_back_at_a_text_that_was_signed_release_has_nothing_against_it(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    desk, sign = main.desk, find("review_sign_off")
    desk.attesting.heard(told.code)
    desk.attesting.sign_off(told.code)
    QTest.keyClicks(page.view.editor, "x")
    sign.click()
    wait(lambda: not sign.isEnabled() and page.text.stored)
    more = main._header._more
    wait(lambda: "corrected" in more.text())
    press(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: page.text.stored and page.text.segments[0].text == LINES[0])
    page.sign_off.refresh()
    wait(lambda: not sign.isEnabled() and page.sign_off._known == page.sign_off._changes)
    reasons = desk.releasing.outlook(told.code, ORDER).reasons
    assert {one.code for one in reasons if one.field == "review.sign_off"} == set()
    QTest.keyClicks(page.view.editor, "y")
    page.view.commit()
    wait(lambda: "draft made" in more.text())


def test_attesting_all_of_it_is_confirmed_where_all_was_played(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    main.desk.attesting.heard(told.code)
    page.sign_off.refresh()
    wait(lambda: page.sign_off._heard == 1.0)
    find("review_heard").click()  # type: ignore[attr-defined]
    wait(lambda: "noted" in find("status_line").text())  # type: ignore[attr-defined]


def test_attesting_all_of_it_asks_when_little_was_played(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    button = find("review_heard")
    assert isinstance(button, QPushButton)
    with answering("return", "review_listened_no", "review_listened_yes") as asked:
        for _ in range(2):
            button.click()
            wait(lambda: page.sign_off._listened.idle)
            assert heard(main, told.code) == []
        button.click()
    assert [" 0%" in one for one in asked] == [True] * 3
    wait(lambda: heard(main, told.code) == [Heard(0, 10_000)])


def test_what_the_narrator_said_and_a_second_person_is_kept(
    page: TranscriptPage, main: MainWindow, told: Told, find: Find, wait: Wait
) -> None:
    main.desk.attesting.heard(told.code)
    page.sign_off._attest(main.desk.attesting.sign_off)
    second = find("review_second")
    assert isinstance(second, QPushButton)
    wait(second.isEnabled)
    second.click()
    refusal = find("review_refused")
    assert isinstance(refusal, QLabel)
    wait(lambda: "signed off by the same person" in refusal.text())
    assert "a passphrase of their own" in refusal.text()
    main.desk.staffing.add("S2", "", Role.REVIEWER)
    main.desk.admitting.add_passphrase("S2", "four other words for tests")
    passphrase = find("review_second_passphrase")
    assert isinstance(passphrase, QLineEdit) and passphrase.isVisible()
    QTest.keyClicks(passphrase, "four other words for tests")
    QTest.keyClick(passphrase, Key.Key_Return)
    assert passphrase.text() == ""
    wait(lambda: main.desk.attesting.state(told.code).second_checked)
    wait(passphrase.isHidden)
    [event] = [one for one in main.desk.interviews.history(told.code).custody if one.action == "review second"]
    assert event.actor == "S2"
    menu = find("review_narrator")
    assert isinstance(menu, QPushButton)
    next(one for one in menu.menu().actions() if one.objectName() == "review_narrator_approved").trigger()
    wait(lambda: main.desk.interviews.card(told.code).interview.status is Status.NARRATOR_REVIEWED)


def test_another_interview_has_its_own_sound_and_text(
    page: TranscriptPage, main: MainWindow, wait: Wait, loudspeaker: Loudspeaker
) -> None:
    code = main.desk.interviews.create(("ko",), "Heron").code
    agreed(main.desk, code)
    taped(main.desk, code, 1)
    written(main.desk, code, ["다른 사람"])
    page.playback.play(0)
    main.open_interview(code)
    assert loudspeaker.source is None
    wait(lambda: page.view.segment is not None and page.playback.duration_ms == 1_000)
    assert page.view.editor.toPlainText() == "다른 사람"


def test_what_is_marked_as_distressing_is_played_softly_and_nothing_else(
    page: TranscriptPage, loudspeaker: Loudspeaker, wait: Wait
) -> None:
    page.playback.play(0)
    plain = loudspeaker.source
    assert plain is not None
    page.text.toggle_flag(1, "distressing")
    wait(lambda: page.text.stored)
    page.playback.play(0)
    soft = loudspeaker.source
    assert soft is not None
    assert (soft.frames, soft.format) == (plain.frames, plain.format)
    second, each = SOUND.rate, SOUND.bytes_per_frame

    def loud(pcm: bytes) -> int:
        return max(abs(int.from_bytes(pcm[at : at + 3], "little", signed=True)) for at in range(0, len(pcm), each))

    assert soft.read(0, 2 * second) == plain.read(0, 2 * second)
    assert abs(loud(soft.read(2 * second, 2 * second)) - loud(plain.read(2 * second, 2 * second)) // 4) <= 1
    across = soft.read(second, 2 * second)
    assert across[: second * each] == plain.read(second, second)
    assert loud(across[second * each :]) < 1_100_000
    assert soft.read(4 * second, second) == plain.read(4 * second, second)
    page.playback.pause()


def test_headphones_that_are_pulled_out_end_the_listening_and_nothing_more_counts_as_heard(
    page: TranscriptPage, main: MainWindow, told: Told, loudspeaker: Loudspeaker, find: Find, wait: Wait
) -> None:
    page.playback.play(0)
    run_to(page, loudspeaker, 3_000)
    loudspeaker.fail(DeviceFailed("The loudspeaker or the headphones are gone."))
    page.playback.look()
    assert (page.playback.playing, page.playback.position_ms, loudspeaker.open) == (False, 3_000, False)
    happened = find("banner_happened")
    wait(lambda: isinstance(happened, QLabel) and "are gone" in happened.text())
    wait(lambda: heard(main, told.code) == [Heard(0, 3_000)])
    press(page, Key.Key_Tab)
    assert loudspeaker.open, "plugged in again, it plays"
    page.playback.pause()
