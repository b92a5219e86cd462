"""The sentences that speech models invent over silence: a list for each language, a sentence a line, kept when it is told to."""

from PySide6.QtWidgets import QFrame

from oralhistory.i18n import mark, ntr
from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, button, column, field, label, row, sentence
from oralhistory.ui.look.settling import SettledText
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.page import PageContext

_HEIGHT = 22 * GRID


class PhantomsView(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._lists: dict[str, list[str]] = {}
        self._unkept: dict[str, str] = {}
        """What was typed for a language and not kept yet: going to another one loses nothing."""
        self.says = says = Wording()
        self._language = Choice(
            "settings_phantom_language", says, mark("Language of the list"), [(one, LANGUAGE[one]) for one in LANGUAGES]
        )
        self._language.picked.connect(self._show)
        self._text = SettledText()
        self._text.setObjectName("settings_phantoms")
        self._text.setFixedHeight(_HEIGHT)
        self._text.setTabChangesFocus(True)
        says(self._text.setAccessibleName, mark("Sentences that are marked, one a line"))
        self._text.textChanged.connect(self._typed)
        self._keep = button("settings_phantoms_keep", says, mark("Keep the list"))
        self._restore = button("settings_phantoms_restore", says, mark("Back to the list that came with the program"))
        self._keep.clicked.connect(self._keep_list)
        self._restore.clicked.connect(self._restore_list)
        self._said = label("soft", wrap=False)
        buttons = Flow(self._keep, self._restore, self._said)
        languages = row(field(says, mark("Language of the list"), self._language))
        languages.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("Sentences that models invent"), "large"),
            sentence(says, mark("Over silence a speech model writes what it learned from video captions. Such sentences are "
                                "marked in every draft, whatever its language, and never removed: an ear decides."), "soft"),
            languages, field(says, mark("Sentences that are marked, one a line"), self._text), buttons, margin=2 * GRID,
        ))  # fmt: skip
        self._keep.setEnabled(False)

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.phantoms.all, self._know, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        self._said.setText("")

    def leave(self) -> None:
        """What was not kept is forgotten with the page."""
        self._unkept.clear()

    def _know(self, lists: dict[str, list[str]]) -> None:
        self._lists = lists
        self._show()

    def _show(self) -> None:
        language = self._language.value
        self._said.setText("")
        self._text.setPlainText(self._unkept.get(language, "\n".join(self._lists.get(language, ()))))

    def _written(self) -> list[str]:
        return [line.strip() for line in self._text.toPlainText().splitlines() if line.strip()]

    def _typed(self) -> None:
        language = self._language.value
        changed = self._written() != self._lists.get(language, [])
        self._unkept.pop(language, None)
        if changed:
            self._unkept[language] = self._text.toPlainText()
        self._keep.setEnabled(changed)

    def _keep_list(self) -> None:
        phantoms, language, written = self._context.desk.phantoms, self._language.value, self._written()
        self._context.jobs.run(lambda: phantoms.put(language, written), lambda kept: self._kept(language, kept), owner=self)

    def _restore_list(self) -> None:
        phantoms, language = self._context.desk.phantoms, self._language.value
        self._context.jobs.run(lambda: phantoms.restore(language), lambda kept: self._kept(language, kept), owner=self)

    def _kept(self, language: str, sentences: list[str]) -> None:
        self._lists[language] = sentences
        self._unkept.pop(language, None)
        if language == self._language.value:
            self._show()
            self._said.setText(
                ntr("{n} sentence is marked from now on.", "{n} sentences are marked from now on.", len(sentences))
            )
