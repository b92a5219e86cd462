"""Settings: language, look, listening, recording, locking, speech models, glossary, topics, passphrase, the archive's safety."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from oralhistory import i18n
from oralhistory.i18n import mark
from oralhistory.services.archive.opened import Changed, Notice
from oralhistory.settings import TEXT_SIZES, THEMES
from oralhistory.ui.entry.unlock_page import judge_passphrase
from oralhistory.ui.look import pieces
from oralhistory.ui.look.parts import Parts
from oralhistory.ui.look.pieces import Choice, OwnNames, boxed, button, card, field, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.page import Page, PageContext
from oralhistory.ui.preferences.glossary_view import GlossaryView
from oralhistory.ui.preferences.model_shelf import ModelShelfView
from oralhistory.ui.preferences.phantoms_view import PhantomsView
from oralhistory.ui.preferences.safety import Safety
from oralhistory.ui.preferences.sound_view import SoundView
from oralhistory.ui.preferences.topics_view import TopicsView

_THEMES = {"system": mark("as the system"), "light": mark("light"), "dark": mark("dark")}
_WIDTH = 114 * GRID


class SettingsPage(Page):
    language_chosen = Signal(str)
    passphrase_wanted = Signal(str, str)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("settings")
        self._models = ModelShelfView(context)
        self._glossary = GlossaryView(context)
        self._phantoms = PhantomsView(context)
        self._topics = TopicsView(context)
        self._safety = Safety(context)
        self._sound = SoundView(context)
        drafts = (self._models, self._glossary, self._phantoms)
        cards = (
            self._safety.state, self._look(), *self._sound.cards, *drafts, self._topics, self._security(), *self._safety.cards
        )
        self._parts = Parts(
            "settings_parts", self.says, mark("Parts of the settings"),
            mark("Arrow keys bring a part, Return goes into it."), cards, widest=_WIDTH,
        )  # fmt: skip
        self.setLayout(pieces.column(self._parts))

    def show_interview(self, code: str) -> None:
        del code  # settings are those of the whole program
        self._sound.refresh()
        self._models.refresh()
        self._glossary.refresh()
        self._phantoms.refresh()
        self._topics.refresh()
        self._safety.refresh()

    def changed(self, notice: Notice) -> None:
        if self.isVisible():
            self._safety.changed(notice)
            if notice.what is Changed.TOPICS:
                self._topics.refresh()

    def hindrance(self) -> str:
        return self._safety.hindrance()

    def leave(self) -> None:
        self._safety.leave()
        self._phantoms.leave()
        self._models.leave()
        self._glossary.leave()
        for line in (self._old, self._new, self._again):
            line.clear()

    def retranslate(self) -> None:
        super().retranslate()
        self._models.retranslate()
        self._topics.retranslate()
        self._glossary.retranslate()
        self._phantoms.retranslate()
        self._sound.retranslate()
        self._safety.retranslate()
        self._parts.name_parts()
        self._judge()

    def _look(self) -> QFrame:
        says, now = self.says, self.context.settings.current
        language = OwnNames("settings_language", says, mark("Language"), i18n.LANGUAGES)
        language.pick(i18n.language())
        language.picked.connect(lambda: self.language_chosen.emit(language.value))
        theme = Choice("settings_theme", says, mark("Light or dark"), [(one, _THEMES[one]) for one in THEMES])
        theme.pick(now.theme)
        theme.picked.connect(lambda: self._restyle(theme=theme.value))
        size = Choice("settings_text_size", says, mark("Size of the text"), [(str(n), "") for n in TEXT_SIZES])
        for at, per_cent in enumerate(TEXT_SIZES):
            says(partial(size.setItemText, at), mark("{percent}%"), percent=per_cent)
        size.pick(str(now.text_size))
        size.picked.connect(lambda: self._restyle(text_size=int(size.value)))
        return card(
            sentence(says, mark("Language and look"), "large"),
            Wrapping([boxed(one) for one in (
                field(says, mark("Language"), language), field(says, mark("Light or dark"), theme),
                field(says, mark("Size of the text"), size),
            )]),
        )  # fmt: skip

    def _security(self) -> QFrame:
        says = self.says
        self._old = line_edit("settings_old_passphrase", says, mark("Passphrase until now"), secret=True)
        self._new = line_edit("settings_new_passphrase", says, mark("New passphrase"), secret=True)
        self._again = line_edit("settings_new_again", says, mark("The new passphrase again"), secret=True)
        self._judged = pieces.label("soft")
        self._change = button("settings_change_passphrase", says, mark("Change the passphrase"))
        for line in (self._old, self._new, self._again):
            line.textChanged.connect(self._judge)
        self._change.clicked.connect(self._change_passphrase)
        self._judge()
        buttons = row(self._change)
        buttons.addStretch(1)
        return card(
            sentence(says, mark("Passphrase"), "large"),
            sentence(says, mark("The archive is closed for a moment while it is changed."), "soft"),
            row(field(says, mark("Passphrase until now"), self._old), field(says, mark("New passphrase"), self._new),
                field(says, mark("The new passphrase again"), self._again), spacing=2 * GRID),
            self._judged, buttons,
        )  # fmt: skip

    def _restyle(self, **values: str | int) -> None:
        self.context.settings.change(**values)
        self.context.theme.apply()

    def _judge(self) -> None:
        judge_passphrase(self._new, self._again, self._judged, self._change)
        if not self._old.text():  # a wrong one closes the archive
            self._change.setEnabled(False)

    def _change_passphrase(self) -> None:
        old, new = self._old.text(), self._new.text()
        self.leave()
        self.passphrase_wanted.emit(old, new)
