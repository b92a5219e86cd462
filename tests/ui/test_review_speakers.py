"""A sample of a voice before it is named; labels by microphone are offered where each speaker has one."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from oralhistory.domain.edits import SetSpeaker
from oralhistory.domain.transcript import Segment
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.review.channel_dialog import ChannelDialog
from oralhistory.ui.review.label_dialog import LabelDialog
from oralhistory.ui.review.speaker_places import SpeakerPlaces
from oralhistory.ui.review.transcript_page import TranscriptPage
from tests.ui.conftest import Wait
from tests.ui.material import SOUND, Loudspeaker, Told
from tests.ui.review import frame, furnished, loudspeaker, main, page, told
from tests.ui.test_review_remarks import compose, press, settled

__all__ = ["frame", "furnished", "loudspeaker", "main", "page", "told"]


def test_a_sample_ends_by_itself_and_the_sound_stands_where_it_stood(
    page: TranscriptPage, loudspeaker: Loudspeaker, wait: Wait
) -> None:
    page.playback.position_ms = 7_000
    page.view.go_to(2)
    page.text.set_speaker(2, "Kestrel")
    wait(lambda: settled(page))
    press(page, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert page.playback.playing
    assert page.playback.position_ms == 4_000
    loudspeaker.run_to(SOUND.ms_to_frames(5_900))
    page.playback.look()
    assert page.playback.playing
    loudspeaker.run_to(SOUND.ms_to_frames(1_000))  # the next part's sound: six seconds of the timeline
    page.playback._sample = (1_000, 7_000)
    page.playback.look()
    assert not page.playback.playing
    assert page.playback.position_ms == 7_000
    hear = page.findChild(QPushButton, "review_voice")
    assert hear is not None
    hear.click()
    loudspeaker.run_to(None)  # the sound came to its end within the sample
    page.playback.look()
    assert (page.playback.playing, page.playback.position_ms) == (False, 7_000)
    hear.click()
    press(page, Qt.Key.Key_Escape)
    assert (page.playback.playing, page.playback.position_ms) == (False, 7_000)


def test_labels_by_microphone_are_one_step(page: TranscriptPage, main: MainWindow, told: Told, wait: Wait) -> None:
    offered = page.findChild(QPushButton, "review_by_channel")
    assert offered is not None
    assert offered.isHidden(), "all share one microphone"
    dialog = ChannelDialog(page, ["N1", ""])
    given: list[list[str]] = []
    dialog.given.connect(given.append)
    field = dialog.findChild(QLineEdit, "review_channel_2")
    assert field is not None
    dialog.show()
    QTest.keyClicks(field, "I1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert given == [["N1", "I1"]]
    page._speaking._label(told.code, [SetSpeaker(one.id, "I1") for one in told.segments[:2]] + [SetSpeaker("gone", "I1")])
    wait(lambda: settled(page) and [one.speaker for one in page.text.segments] == ["I1", "I1", "N1", "N1", "N1"])
    press(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: settled(page) and {one.speaker for one in main.desk.transcripts.segments(told.code)} == {"N1"})


def test_the_speaker_of_a_row_is_given_to_those_that_follow_up_to_the_next_change(
    page: TranscriptPage, main: MainWindow, told: Told, wait: Wait
) -> None:
    def speakers() -> list[str]:
        return [one.speaker for one in main.desk.transcripts.segments(told.code)]

    held = Qt.KeyboardModifier.ControlModifier
    page.text.set_speaker(4, "T1")
    page.view.go_to(1)
    page.view.edit_here()
    press(page, Qt.Key.Key_2, held)
    press(page, Qt.Key.Key_0, held)
    wait(lambda: settled(page) and speakers() == ["N1", "I1", "I1", "I1", "T1"])
    assert page.view.current == 1
    press(page, Qt.Key.Key_0, held)
    wait(lambda: settled(page) and speakers() == ["N1", "I1", "I1", "I1", "T1"])
    press(page, Qt.Key.Key_Z, held)
    wait(lambda: settled(page) and speakers() == ["N1", "I1", "N1", "N1", "T1"])


def test_the_label_of_a_speaker_keeps_its_last_syllable(page: TranscriptPage, wait: Wait) -> None:
    def give() -> None:
        dialog = page.findChild(LabelDialog)
        line, keep = dialog.findChild(QLineEdit), dialog.findChild(QPushButton, "review_label_keep")
        QTest.keyClick(line, Qt.Key.Key_A)
        compose(line, "통")
        QTest.mouseClick(keep, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, page, give)
    page._speakers._other()
    wait(lambda: settled(page) and page.text.segments[0].speaker == "a통")
    QTimer.singleShot(0, page, lambda: page.findChild(LabelDialog).reject())
    page._speakers._other()
    assert page.text.segments[0].speaker == "a통"


def test_a_label_says_who_that_is_and_one_taken_back_leaves_no_button(page: TranscriptPage, wait: Wait) -> None:
    def buttons() -> list[QPushButton]:
        found = (page.findChild(QPushButton, f"review_speaker_{n}") for n in range(1, 10))
        return [one for one in found if one is not None]

    assert "Narrator 1" in buttons()[0].toolTip() and buttons()[0].accessibleDescription() == "Narrator 1"
    other = page.findChild(QPushButton, "review_speaker_other")
    assert other is not None and "I1 the first interviewer" in other.toolTip()
    before = page.text.speakers()
    page._speakers.ask = lambda _question, _standing: "Aunt"
    other.click()
    wait(lambda: page.text.stored and page.text.speakers() == [*before, "Aunt"])
    page.command("undo")
    wait(lambda: page.text.stored and page.text.speakers() == before)
    wait(lambda: [one.text() for one in buttons()] == [f"{n}  {name}" for n, name in enumerate(before, 1)])


def test_the_usual_labels_have_the_same_keys_on_every_day_whoever_speaks_first() -> None:
    def spoken(*labels: str) -> list[Segment]:
        return [Segment(str(at), "", at, at + 1, "…", label) for at, label in enumerate(labels)]

    places = SpeakerPlaces()
    places.clear()
    places.seat(spoken("I1", "N1", "Aunt", "N1"))
    assert places.names() == ["N1", "I1", "T1", "Aunt"], "whoever asks the first question is not the first"
    places.seat(spoken("Uncle", "I1", "N1", "Aunt", "N1"))
    assert places.names() == ["N1", "I1", "T1", "Aunt", "Uncle"], "more was recorded, and read anew"
    own = SpeakerPlaces()
    own.clear()
    own.seat(spoken("N1", "Kim", "Lee", "Kim"))
    assert own.names() == ["Kim", "Lee", "N1", "I1", "T1"], "most of it has labels of its own"
