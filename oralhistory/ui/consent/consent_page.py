"""Step 1: consent. The form is read aloud together and answered; saving keeps a new immutable version.

An answered form that is not saved yet is kept while other pages are looked at, and sealed over a lock; it never counts before
it is saved.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from oralhistory import i18n
from oralhistory.domain.consent import Allowed, ConsentVersion, Context, Operation, Stage
from oralhistory.domain.consent_document import document, unanswered
from oralhistory.domain.evidence import Attachment
from oralhistory.domain.form_text import FormText
from oralhistory.domain.interview import TakePurpose
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.services.desk import Desk
from oralhistory.ui.consent.consent_form import ConsentForm
from oralhistory.ui.consent.consent_state import ConsentState
from oralhistory.ui.consent.discarding import discard_question, leaving_question
from oralhistory.ui.consent.evidence_field import file_kinds
from oralhistory.ui.consent.own_text import OwnText
from oralhistory.ui.consent.passages import PassagesCard
from oralhistory.ui.consent.saving_foot import SavingFoot
from oralhistory.ui.consent.turner import Turner
from oralhistory.ui.consent.unsaved import Unsaved
from oralhistory.ui.look import choosing
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, boxed, button, column, row, scrolling, values_of
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.words import LANGUAGE, STAGE
from oralhistory.ui.page import Page, PageContext

_STATE_WIDTH = 42 * GRID
_FORM_WIDTH = 118 * GRID
_NARROW = 112 * GRID
"""Below this, in text of the usual size, form and state do not stand beside each other."""
_LEAST_WIDTH = 60 * GRID
_NO_LIMIT = 16_777_215
_AROUND = 20 * GRID
"""So much of what stands above a question is to be seen with it."""


class ConsentPage(Page):
    spoken_wanted = Signal()
    """The consent is to be said aloud and recorded."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("consent")
        self._code = self._due = ""
        self._unsaved = Unsaved(context.desk, context.jobs, self)
        self._keeping: set[tuple[str, str]] = set()
        self._writing: OwnText | None = None
        self._texts = context.desk.form_texts
        self._stage = Answers("consent_stage", self.says, mark("Which moment"), values_of(Stage, STAGE))
        languages = [(one, LANGUAGE[one]) for one in self._texts.languages]
        self._language = Choice("consent_language", self.says, mark("Language of the text read aloud"), languages)
        self._passages = PassagesCard(context)
        self._form = ConsentForm(self.says, self._passages)
        self._state = ConsentState(self.says, context)
        self._form.setMaximumWidth(_FORM_WIDTH)
        self._area = scrolling(self._form)
        self._turner = Turner(self.says, context.theme)
        self._turner.turned.connect(self._turn)
        self._beside = button("consent_show_state", self.says, mark("What it allows today"))
        self._beside.setCheckable(True)
        self._beside.toggled.connect(self._share_room)
        self._form.filling_wanted.connect(self._adapt)
        self._form.parts_changed.connect(lambda: self._turner.recount(self._form.parts))
        self._foot = SavingFoot(self.says, context.theme)
        self._foot.save_wanted.connect(self._keep)
        self._foot.discard_wanted.connect(self._throw_away)
        self._foot.again_wanted.connect(self._read_again)
        middle = row(self._area, self._state, spacing=0)
        middle.setStretch(0, 1)
        head = Flow(self._stage, self._turner, boxed(row(self._language, self._beside)))
        head.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        whole = column(boxed(head), middle, self._foot, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._stage.picked.connect(self._show_stage)
        self._language.picked.connect(self._read)
        self._form.edited.connect(self._edited)
        self._form.how.another_meant.connect(self._show_another)
        self._form.how.evidence.attach_wanted.connect(self._attach)
        self._form.how.evidence.record_wanted.connect(self.spoken_wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Form and state beside each other, or, where there is no room for both, one at a time."""
        size = self.context.settings.current.text_size / 100
        narrow = self.width() < _NARROW * size
        alone = narrow and self._beside.isChecked()
        self._beside.setVisible(narrow)
        self._state.setVisible(not narrow or alone)
        self._area.setVisible(not alone)
        beside = max(round(_STATE_WIDTH * size), self._state.needed_width)
        self._state.setMinimumWidth(0 if alone else beside)
        self._state.setMaximumWidth(_NO_LIMIT if alone else beside)

    def show_interview(self, code: str) -> None:
        changed = code != self._code
        self._code = code
        self._state.show_interview(code)
        self._offer(code)
        self._passages.show_interview(code)
        self._unsaved.take_up(code)
        due = self._stage_to_take()
        if changed or due != self._due:  # the moment has moved on since this page was left
            self._stage.pick(due)
            self._show_stage()
        self._due = due

    def _offer(self, code: str) -> list[str]:
        """What can be chosen from: who speaks in it, and what is sealed in the archive as proof; answers what of it is new."""
        desk = self.context.desk
        card = desk.interviews.card(code)
        self._form.how.offer_narrators([one.code for one in card.narrators])
        spoken = [one.id for one in card.recordings if one.purpose is TakePurpose.CONSENT]
        return self._form.how.evidence.offer(spoken, desk.evidence.of(code))

    def _attach(self) -> None:
        """Seal a file as proof, and name it in the answers; what is named there gives way only when somebody says so."""
        code, evidence = self._code, self.context.desk.evidence
        chosen = self._choose_file()
        if not chosen:
            return
        named = self._form.how.evidence.may_name_another()

        def attached(made: Attachment) -> None:
            if code == self._code:
                self._offer(code)
                if named:
                    self._form.how.evidence.choose(made.id)
            self.context.notify(tr(
                "Kept here, encrypted. The file itself still lies where it lay, unencrypted: delete it when you are sure."
            ))  # fmt: skip

        self.context.jobs.run(lambda: evidence.attach(code, Path(chosen)), attached, owner=self)

    def _choose_file(self) -> str:
        return choosing.file_to_open(self, tr("Attach proof of the consent"), file_kinds())

    def retranslate(self) -> None:
        super().retranslate()
        self._form.retranslate()
        self._turner.retranslate()
        self._passages.retranslate()
        self._state.retranslate()
        if self._code:
            self._state.show_interview(self._code)
        self._share_room()
        self._say_saved()

    def changed(self, notice: Notice) -> None:
        if notice.what is Changed.DESTROYED:
            self._unsaved.forget(notice.code)
            self._passages.forget(notice.code)
        if notice.code != self._code or notice.what not in (Changed.CONSENT, Changed.RECORDING, Changed.INTERVIEW):
            return
        self._state.show_interview(self._code)
        spoken = self._offer(self._code)
        self._passages.show_interview(self._code)
        if spoken and notice.what is Changed.RECORDING:
            self._form.how.was_spoken(spoken[0])
        if notice.what is Changed.CONSENT and self._here not in self._unsaved:
            self._fill()

    @property
    def unsaved(self) -> list[str]:
        """The interviews with answers that are not saved."""
        return self._unsaved.codes

    def leave(self) -> None:
        self._state.leave()
        self._passages.leave()

    def end(self) -> None:
        self._passages.leave()
        self._unsaved.seal()
        self._passages.keep()
        if self._writing is not None:
            self._writing.keep_begun()

    @property
    def _here(self) -> tuple[str, str]:
        return self._code, self._stage.value

    def _stage_to_take(self) -> str:
        """The moment that is due: the one with unsaved answers; before, until recording is allowed; then after."""
        if moment := self._unsaved.moment(self._code):
            return moment
        consenting = self.context.desk.consenting
        latest = consenting.on_file(self._code).latest(Stage.BEFORE)
        session = latest.session if latest else 1
        allowed = isinstance(consenting.why(self._code, Operation.RECORD, Context(session=session)), Allowed)
        recordings = self.context.desk.interviews.card(self._code).recordings
        recorded = any(one.purpose is TakePurpose.TESTIMONY for one in recordings)
        return Stage.AFTER.value if latest and (allowed or recorded) else Stage.BEFORE.value

    def _show_stage(self) -> None:
        self._fill()
        self._turner.begin(self._form.parts)
        self._turn()

    def _fill(self, narrator: str = "", session: int | None = None) -> None:
        """Show what is answered, or on file, or nothing yet: of this one of several narrators and this session, where named."""
        known = self._unsaved.of(self._here) or self._on_file(narrator, session)
        known = known or _blank(self.context.desk, self._code, Stage(self._stage.value), (narrator, session))
        text = self._texts.by_id(known["form_text"]) or self._texts.find(self._stage.value, known["language"])
        self._language.pick(text.language)
        self._form.fill(known, text, without_sound=self.context.desk.consenting.on_file(self._code).without_sound())
        self._turner.recount(self._form.parts)
        self._form.show_part(self._turner.part)
        self._say_saved()

    def _show_another(self) -> None:
        """What one narrator said, or was told in one session, is no answer of another: before it gives way unsaved, it is asked
        about."""
        here, how = self._here, self._form.how
        waiting, chosen = self._unsaved.of(here), how.chosen
        if waiting is None:
            self._fill(*chosen)
        elif self._is_said_later(how.of(waiting), chosen):
            self._edited()
        elif how.of(waiting) != chosen:
            how.choose(*how.of(waiting))
            if leaving_question(self).agreed() and here == self._here:
                self._unsaved.throw_away(here)
                self._fill(*chosen)

    def _is_said_later(self, before: tuple[str, int], chosen: tuple[str, int]) -> bool:
        """Whether a form was begun with nothing in it, and only now it is said whose it is, or of which session."""
        return before[0] in ("", chosen[0]) and not self._on_file(*before) and not self._on_file(*chosen)

    def _turn(self) -> None:
        self._form.show_part(self._turner.part)
        self._area.verticalScrollBar().setValue(0)

    def _on_file(self, narrator: str = "", session: int | None = None) -> dict[str, Any] | None:
        file = self.context.desk.consenting.on_file(self._code)
        version = (file.of(narrator) if narrator else file).latest(Stage(self._stage.value), session=session)
        return document(version) if version else None

    def _text(self) -> FormText:
        return self._texts.find(self._stage.value, self._language.value)

    def _read(self) -> None:
        self._form.read_from(self._text())
        self._edited()

    def _adapt(self) -> None:
        """Make the text that is read aloud the organisation's own."""
        self._writing = dialog = OwnText(self, self.context, self._text())
        dialog.finished.connect(self._wrote)
        dialog.finished.connect(dialog.deleteLater)
        dialog.kept.connect(self._adapted)
        dialog.open()

    def _wrote(self) -> None:
        self._writing = None

    def _adapted(self, text: FormText) -> None:
        """Read it from now on; what was answered on an earlier text and is on file stays as it is."""
        self.context.notify(tr("The organisation's own text is read from now on."))
        if (text.stage, text.language) != (self._text().stage, self._text().language):
            return
        if self._here in self._unsaved:
            self._read()
        elif self._on_file() is None:
            self._show_stage()
        elif self._form.has_places:  # nothing of it could be ticked
            self._read()

    def _edited(self) -> None:
        self._unsaved.put(self._here, self._form.document())
        self._say_saved()

    def _say_saved(self) -> None:
        unsaved = self._here in self._unsaved
        if not unsaved and self._foot.has_keyboard:
            self._form.setFocus()  # a button that goes out of use would send the keyboard to the head of the window
        open_ = len(self._form.still_open) if unsaved else 0
        self._foot.say(unsaved=unsaved, still_open=open_, again=unsaved and bool(self._form.to_tell_again))

    def _throw_away(self) -> None:
        here = self._here
        if discard_question(self).agreed() and here == self._here:
            self._unsaved.throw_away(here)
            self._show_stage()

    def _keep(self) -> None:
        here, given, desk = self._here, self._form.document(), self.context.desk
        if open_ := self._form.still_open:  # these have no answer by themselves: nothing is kept before somebody gives it
            self._lead_to(open_[0][1])
            self._foot.refuse(words for words, _ in open_)
            return
        if here in self._keeping or here not in self._unsaved:  # pressed once more in haste
            return
        self._keeping.add(here)
        answered = self._unsaved.of(here)

        def keep() -> ConsentVersion:
            try:
                version = desk.consenting.record(here[0], given)
                self._unsaved.saved(here, answered)
                return version
            finally:
                self._keeping.discard(here)

        def kept(version: ConsentVersion) -> None:
            if here == self._here:
                self._say_saved()
            if here[0] == self._code and here[1] != Stage.BEFORE.value:
                self._passages.close_waiting()
            self.context.notify(tr("Consent version {number} is on file.", number=version.number))

        self.context.jobs.run(keep, kept, owner=self)

    def _read_again(self) -> None:
        if again := self._form.to_tell_again:
            self._lead_to(again[0])

    def _lead_to(self, widget: QWidget) -> None:
        self._beside.setChecked(False)
        self._turner.go_to(self._form.part_of(widget))
        self._form.point_to(widget)
        QTimer.singleShot(0, self._area, lambda: self._area.ensureWidgetVisible(widget, 0, _AROUND))


def _blank(desk: Desk, code: str, stage: Stage, whose: tuple[str, int | None]) -> dict[str, Any]:
    """A form in which nothing was asked yet; only who takes it and the day are filled in, and whose it is, of which session."""
    card, texts = desk.interviews.card(code), desk.form_texts
    known, several = texts.languages, len(card.narrators) > 1
    language = next((one for one in (*card.interview.languages, i18n.language()[:2]) if one in known), "en")
    blank = unanswered(stage, language, several=several)
    narrator, session = whose
    return {
        **blank,
        "narrator": (several and narrator) or blank["narrator"],
        "session": session or blank["session"],
        "form_text": texts.find(stage.value, language).id,
        "obtained_by": desk.archive.actor,
        "obtained_on": desk.archive.calendar.day().isoformat(),
    }
