"""Step 3: from the machine's draft to a text that a person stands for. Both hands stay on the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication

from oralhistory.i18n import mark, tr
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.ui.listening.playback import Playback
from oralhistory.ui.look.pieces import column, row
from oralhistory.ui.look.settling import typed_into
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.review.bring_bar import BringBar
from oralhistory.ui.review.care_bar import CareBar
from oralhistory.ui.review.check_panel import CheckPanel, width
from oralhistory.ui.review.check_queue import CheckQueue
from oralhistory.ui.review.closed_passages import ClosedPassages
from oralhistory.ui.review.draft_bar import DraftBar
from oralhistory.ui.review.gap_bar import GapBar
from oralhistory.ui.review.glossary_bar import GlossaryBar
from oralhistory.ui.review.glossary_commands import GlossaryCommands
from oralhistory.ui.review.insert_bar import InsertBar, Inserting
from oralhistory.ui.review.key_sheet import KeySheet
from oralhistory.ui.review.recorded_marks import RecordedMarks
from oralhistory.ui.review.remark_commands import RemarkCommands
from oralhistory.ui.review.retime_commands import RetimeCommands
from oralhistory.ui.review.review_keys import ONCE, PEDAL, Keys, read_keys
from oralhistory.ui.review.review_text import ReviewText
from oralhistory.ui.review.segment_view import SegmentView
from oralhistory.ui.review.sign_off_bar import SignOffBar
from oralhistory.ui.review.sound_commands import SoundCommands
from oralhistory.ui.review.sound_opening import SoundOpening
from oralhistory.ui.review.speaker_bar import SpeakerBar
from oralhistory.ui.review.speaker_commands import SpeakerCommands
from oralhistory.ui.review.text_commands import TextCommands
from oralhistory.ui.review.times_bar import TimesBar, TimesCommands
from oralhistory.ui.review.translation_bar import TranslationBar
from oralhistory.ui.review.translation_commands import TranslationCommands
from oralhistory.ui.review.transport_bar import TransportBar
from oralhistory.ui.review.verbatim_choice import VerbatimChoice

_STATE_AFTER_MS = 3000
_LEAST_TEXT = 44 * GRID
"""Where less than this would be left for the text, no list stands beside it."""
_ROOMY_LINES = 38
"""A page that is so many lines high has room to explain itself above the text."""


class TranscriptPage(Page):
    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._code = ""
        self._wanted = ""
        self._keys = Keys(read_keys(context.settings.current.keys))
        self.text = ReviewText(context.desk.transcripts, context.jobs, self)
        self.playback = Playback(context.player, self)
        self.view = SegmentView(self.text, context.theme, self._keys)
        self.says(self.view.setAccessibleName, mark("Transcript"))
        self._transport = TransportBar(self.says, context.theme, context.jobs, self._keys)
        self._sound = SoundCommands(context, self.playback, self.view, self._transport)
        self._source = SoundOpening(context, self.playback, self._transport, self)
        self.panel = CheckPanel(self.says, context.theme, CheckQueue(self.text, self))
        self._text_commands = TextCommands(context, self, self.text, self.view, self.panel.queue, self._when_heard)
        self._remarks = RemarkCommands(context, self.text, self.view, self.playback, self.panel, self._fit_panel)
        self.glossary = GlossaryBar(self.says, self._keys, self)
        self._glossary = GlossaryCommands(context, self, self.text, self.view, self.glossary, self.panel.queue)
        self._verbatim = VerbatimChoice(context, self)
        self.draft = DraftBar(
            context, self.says, self._keys, lambda: self.view.edit_here() if self.view.isVisible() else self.setFocus()
        )
        self._insert_bar = InsertBar(self.says, self._keys, self.view, self.glossary, self._verbatim.button, self.draft.another)
        self._inserting = Inserting(self.view, self.playback)
        self._retiming = RetimeCommands(context, self.text, self.view, self.playback, self._transport.waveform)
        self.translation = TranslationBar(self.says, context.theme)
        self._translating = TranslationCommands(context, self.text, self.view, self.translation)
        self.times = TimesBar(self.says, self._keys)
        self._timing = TimesCommands(context, self.text, self.view, self.times, self._when_heard)
        self._closed = ClosedPassages(context, self.view, self._transport.waveform)
        self._marked = RecordedMarks(context, self.panel.queue, self._transport.waveform)
        self._speakers = SpeakerBar(self.says, context.theme, self._keys)
        self._speaking = SpeakerCommands(context, self, self.text, self.view, self.playback, self._speakers)
        self.care = CareBar(context.settings, self.says)
        self.gaps = GapBar(context, self.says, self.view, self)
        self.bring = BringBar(context, self.says)
        self.sign_off = SignOffBar(context, self.says, self.text.queue, self.view.commit, lambda: self.text.segments)
        self._state_soon = QTimer(self, singleShot=True, interval=_STATE_AFTER_MS)
        layout = column(self._transport, self.care, self._speakers, self.draft, self.bring, self.gaps, self.times, spacing=0)
        work = column(self.view, self.translation, self._insert_bar, spacing=0)
        work.setStretch(0, 1)
        body = row(work, self.panel, spacing=0)
        body.setStretch(0, 1)
        layout.addLayout(body, 1)
        layout.addStretch(0)
        layout.addWidget(self.sign_off)
        self.setLayout(layout)
        self._connect()

    def _connect(self) -> None:
        self.text.loaded.connect(self._loaded)
        self.text.spliced.connect(lambda *_: None if self.view.editor.holding else self._show_row())  # else: when it goes on
        self.text.saving.connect(self._show_saving)
        self.text.unsigned.connect(self.sign_off.text_changed)
        self.view.commanded.connect(self.command)
        self.view.play_wanted.connect(self._sound.play)
        self._source.opened.connect(self._speaking.show_sound)
        self.view.row_changed.connect(lambda _row: self._show_row())
        self._transport.commanded.connect(self.command)
        for places in (self._transport.strip, self._transport.waveform, self.gaps):
            places.wanted.connect(self._sound.play)
        self._insert_bar.commanded.connect(self.command)
        self.gaps.draft_wanted.connect(self.draft.ask_for_another)
        self.draft.made.connect(self._drafted)
        self.bring.brought.connect(lambda code: self.text.load(code) if code == self._code else None)
        for shown in (self._transport.strip, self.gaps):
            self.sign_off.listened.connect(shown.show_heard)
        self.care.told.connect(self._transport.show_today)
        self.care.again()
        self._state_soon.timeout.connect(self.sign_off.refresh)
        self._state_soon.timeout.connect(self._show_doubts)
        self.playback.moved.connect(self._moved)
        self.playback.turned.connect(self._transport.show_playing)
        self.playback.turned.connect(lambda _on: self._sound.show_following())
        self.playback.heard.connect(self._heard)

    # --- what the window asks ---------------------------------------------------------------------------------------

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self.leave()
            self.playback.close()
            self._transport.begin(0)
            self._code, self._wanted = code, ""
            self.bring.show_interview(code)
            self._sound.begin()
            self._text_commands.begin()
            self.panel.begin()
            self.text.load(code)
        else:
            self._loaded()
        self._source.open(self._code)
        self._glossary.refresh()
        for one in (self._closed, self._marked, self.sign_off, self._verbatim):
            one.show_interview(code)

    def show_segment(self, segment: str) -> None:
        self._wanted = segment
        self._go_to_wanted()

    def leave(self) -> None:
        self.translation.hand_in()
        self.panel.comments.hand_in()
        self.view.hand_in(self.sign_off.finish, self.text.finish)
        self.playback.pause()
        self.care.keep()

    def end(self) -> None:
        self.draft.stop()
        self._text_commands.begin()
        self.leave()
        self.sign_off.finish()
        self.text.finish()
        self.playback.close()

    def hindrance(self) -> str:
        if self.draft.working:
            return tr("The draft of {code} is still being made. What is finished is kept.", code=self.draft.working)
        return "" if self.text.stored else tr("The last corrections are not stored yet.")

    def lost(self) -> str:
        return "" if self.text.stored else tr("The last corrections could not be stored and are lost.")

    def retranslate(self) -> None:
        super().retranslate()
        if self._code:
            self._loaded()
            self._show_saving(not self.text.stored)
        self.panel.again()
        self.glossary.again()
        self.translation.again()
        self.care.again()
        self._verbatim.again()
        self.view.viewport().update()
        self.view.editor.viewport().update()

    def changed(self, notice: Notice) -> None:
        if notice.what is Changed.GLOSSARY:
            self._glossary.refresh()
        if notice.code != self._code:
            return
        if notice.what is Changed.RECORDING:
            self._source.open(self._code)
            self._show_draft_bar()
            for one in (self.gaps, self._marked, self.sign_off):
                one.show_interview(self._code)
        elif notice.what is Changed.REMOVED:
            self._show_removed()
        elif notice.what is Changed.INTERVIEW:
            self._verbatim.show_interview(self._code)
        elif notice.what is Changed.CONSENT:
            self._show_draft_bar()
            self._closed.show_interview(self._code)
        elif notice.what is Changed.DRAFT:
            self.gaps.show_interview(self._code)
            if self.isVisible():  # whoever comes here later is told then; behind another page it would begin by itself
                self._show_draft_bar()
        if notice.what in (Changed.TEXT, Changed.DRAFT) and not self.text.segments:
            self.text.load(self._code)

    def _show_removed(self) -> None:
        """Minutes went for good: what is open is the sound and the text of before, and no word of it may come back."""
        self.playback.close()
        self._text_commands.begin()
        self.translation.hand_in()  # while its segment is still known: read anew, another one may stand in this row
        self.panel.comments.hand_in()
        self.view.settle()
        self.text.load(self._code)
        self._source.open(self._code)
        self.sign_off.show_interview(self._code)

    # --- commands ---------------------------------------------------------------------------------------------------

    def command(self, command: str) -> None:
        """Do what a key or a button asks; see `review_keys`."""
        does = {
            **self._sound.all(), **self._text_commands.all(), **self._remarks.all(), **self._glossary.all(),
            **self._inserting.all(), **self._retiming.all(), **self._speaking.all(), **self._translating.all(),
            **self._timing.all(),
            "jump": self._jump, "leave_text": self.sign_off.setFocus, "leave_text_up": self._transport.play.setFocus,
            "keys": self._show_keys,
        }  # fmt: skip
        if command in ("join", "split"):  # what is being written beside the segment was written of all of it
            self.translation.hand_in()
            self.panel.comments.hand_in()
        return does[command]() if command in does else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._keys.command(event, in_text=False)
        if command in ONCE and event.isAutoRepeat():  # the pedal, for one, is being held
            return
        if self._keys.command(event, in_text=True) in ("leave_text", "leave_text_up"):  # what leads out leads back
            self.view.edit_here()
        elif command:
            self.command(command)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._keys.command(event, in_text=False) == PEDAL and not event.isAutoRepeat():
            self._sound.let_pedal_go()
        else:
            super().keyReleaseEvent(event)

    def _show_keys(self) -> None:
        sheet = KeySheet(self, self._keys, self.context.settings)
        sheet.finished.connect(sheet.deleteLater)
        sheet.finished.connect(self._tell_keys)
        sheet.open()

    def _tell_keys(self) -> None:
        """A key may be another now, and the buttons tell theirs."""
        self.says.again()
        self.glossary.again()
        self._insert_bar.again()
        self._show_row()

    def _jump(self) -> None:
        if self.text.segments:
            self.view.go_to(max(self.text.row_at(self.playback.position_ms), 0))  # before the first word, too
            self.view.follow(True)
            self.view.edit_here()

    # --- what happened ----------------------------------------------------------------------------------------------

    def _loaded(self) -> None:
        self._go_to_wanted()
        if self.text.segments and self.view.current < 0:
            self.view.go_to(0)
        self._show_draft_bar()  # first: what it hides makes room for what comes
        has_text = bool(self.text.segments)
        for one in (self.view, self._insert_bar, self._speakers, self.sign_off):
            one.setVisible(has_text)
        if has_text and self.isVisible() and not typed_into(QApplication.focusWidget()):
            self.view.edit_here()  # words for another field, a passphrase even, are no testimony
        self._fit_panel()
        self._translating.begin()
        self._show_row()
        self._show_doubts()
        self.sign_off.refresh()
        self.gaps.show_interview(self._code)

    def _drafted(self, code: str) -> None:
        if code == self._code:
            self.text.load(code)
            self.text.queue.add(lambda: None, lambda _: self._show_draft_bar())  # a draft may be without any text

    def _show_draft_bar(self) -> None:
        has_text = bool(self.text.segments) or not self.text.known  # offers no draft before it is known that there is no text
        self.draft.show_interview(self._code, has_text)
        self.bring.show_offer(has_text)

    def _go_to_wanted(self) -> None:
        row = self.text.row_of(self._wanted) if self._wanted else None
        if row is not None:
            self._wanted = ""
            self.view.go_to(row)
            self._sound.stand_here()

    def _show_row(self) -> None:
        segment = self.view.segment
        self._speaking.show_row()
        self.panel.show_row(self.view.current, segment)
        self._glossary.show_row()
        self._retiming.show_row()
        self._translating.show_row()
        self._timing.show()

    def _fit_panel(self) -> None:
        """The list stands beside the text where it is wanted and there is room for both."""
        room = self.width() - width(self.context.theme) >= _LEAST_TEXT
        self.panel.setVisible(room and self._remarks.panel_wanted and bool(self.text.segments))
        self.times.give_way(self.height() < _ROOMY_LINES * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()

    def _show_doubts(self) -> None:
        self._transport.strip.show_doubts(self.text.doubtful_times())
        self._transport.waveform.show_borders([one.start_ms for one in self.text.segments])

    def _show_saving(self, saving: bool) -> None:
        self._transport.show_saved(tr("saving …") if saving else tr("everything is saved"))
        self._state_soon.start()
        if saving:
            self.sign_off.changing()

    def _moved(self, ms: int) -> None:
        self._transport.show_position(ms)
        self.view.show_sound(ms if self.playback.playing else None)

    def _heard(self, start_ms: int, end_ms: int) -> None:
        self._transport.strip.add_heard(start_ms, end_ms)
        self.sign_off.add_heard(start_ms, end_ms)
        self.care.heard(end_ms - start_ms)

    def _when_heard(self, then: Callable[[], None]) -> None:
        self.playback.tell_heard()
        self.sign_off.when_stored(then)
