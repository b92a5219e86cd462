"""What keys and the bar of speakers ask: who speaks here, a new name everywhere, a sample of a voice, labels by microphone."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

from PySide6.QtWidgets import QWidget

from oralhistory.domain.edits import SetSpeaker
from oralhistory.domain.speakers import sample
from oralhistory.i18n import ntr, tr
from oralhistory.ui.listening.playback import Playback
from oralhistory.ui.page import PageContext
from oralhistory.ui.review.channel_dialog import ChannelDialog
from oralhistory.ui.review.review_keys import SPEAKER
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.speaker_bar import MOST, SpeakerBar


class SpeakerCommands:
    def __init__(
        self, context: PageContext, page: QWidget, text: ReviewText, view: SegmentView, sound: Playback, bar: SpeakerBar
    ) -> None:
        self._context, self._page, self._text, self._view, self._sound, self._bar = context, page, text, view, sound, bar
        bar.chosen.connect(self._set)
        bar.renamed.connect(self._rename)
        bar.voice_wanted.connect(self._play_voice)
        bar.same_wanted.connect(self._same_on)
        bar.channels_wanted.connect(self._ask_channels)

    def all(self) -> dict[str, Callable[[], None]]:
        """By the names of the commands (see `review_keys`)."""
        numbered = {f"{SPEAKER}{n}": partial(self._set_numbered, n) for n in range(1, MOST + 1)}
        return {**numbered, "voice": self._play_voice, "same_speaker_on": self._same_on}

    def show_row(self) -> None:
        segment = self._view.segment
        self._bar.show_speakers(self._text.speakers(), segment.speaker if segment else "")

    def show_sound(self) -> None:
        """The sound is open: offer labels by microphone where there are several."""
        self._bar.offer_channels(self._channels() > 1)

    def _channels(self) -> int:
        return max((one.format.channels for one in self._sound.sounds), default=0)

    def _set_numbered(self, number: int) -> None:
        name = self._bar.name(number)
        if name:
            self._set(name)

    def _set(self, name: str) -> None:
        if self._view.segment is not None:
            self._view.commit()
            self._text.set_speaker(self._view.current, name)

    def _same_on(self) -> None:
        """Whoever speaks in the row in hand speaks in those that follow, too, as far as they have one label (or none)."""
        segment = self._view.segment
        follow = self._text.segments[self._view.current + 1 :]
        if segment is not None and segment.speaker and follow:
            alike = takewhile(lambda one: one.speaker == follow[0].speaker, follow)
            self._label(self._text.code, [SetSpeaker(one.id, segment.speaker) for one in alike if one.speaker != segment.speaker])

    def _rename(self, old: str, new: str) -> None:
        self._view.wait()
        self._text.rename_speaker(old, new, lambda _at: self._view.go_on(None))

    # --- the voice --------------------------------------------------------------------------------------------------

    def _play_voice(self) -> None:
        """Ten seconds of whoever speaks in the row in hand; then the sound stands where it stood."""
        segment = self._view.segment
        stretch = sample(self._text.segments, segment.speaker) if segment is not None else None
        if stretch is not None:
            self._view.follow(False)
            self._sound.play_sample(*stretch)

    # --- by microphone ----------------------------------------------------------------------------------------------

    def _ask_channels(self) -> None:
        names = [*self._text.speakers(), *([""] * MOST)][: self._channels()]
        dialog = ChannelDialog(self._page, names)
        dialog.given.connect(self._listen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _listen(self, names: list[str]) -> None:
        code, labels = self._text.code, self._context.desk.channel_labels
        self._context.notify(tr("The microphones are listened to …"))
        self._context.jobs.run_stoppable(
            lambda cancelled: labels.proposed(code, names, cancelled), lambda edits: self._label(code, edits), owner=self._bar
        )

    def _label(self, code: str, edits: Sequence[SetSpeaker]) -> None:
        if code != self._text.code:
            return

        def labelled(_at: int | None) -> None:
            self._view.go_on(None)
            self._context.notify(ntr("{n} segment was labelled.", "{n} segments were labelled.", len(edits)))

        self._view.wait()
        self._text.label(edits, labelled)
