"""The organisation's words: added, changed and taken out; what is misheard for each of them."""

from PySide6.QtWidgets import QFrame

from oralhistory.domain.glossary import Term
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.library.glossary import LANGUAGES
from oralhistory.ui.look.pieces import Choice, boxed, button, column, field, line_edit, row, sentence, told
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.page import PageContext

_ANY = mark("any language")


class GlossaryView(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._terms: list[Term] = []
        self.says = says = Wording()
        self._table = Table("settings_glossary", says, mark("Glossary"), [
            mark("Written like this"), mark("Misheard as"), mark("Language"), mark("Note"),
        ], wraps=True)  # fmt: skip
        self._text = line_edit("settings_glossary_text", says, mark("Written like this"))
        self._variants = line_edit("settings_glossary_variants", says, mark("Misheard as, with commas between"))
        languages = [(one, LANGUAGE[one] if one else _ANY) for one in LANGUAGES]
        self._language = Choice("settings_glossary_language", says, mark("Language"), languages)
        self._note = line_edit("settings_glossary_note", says, mark("Note"))
        self._keep = button("settings_glossary_keep", says, mark("Keep"))
        self._remove = button("settings_glossary_remove", says, mark("Take out"))
        self._text.textChanged.connect(self._enable)
        for line in (self._text, self._variants, self._note):
            line.returnPressed.connect(self._keep.click)
        self._table.itemSelectionChanged.connect(self._choose)
        self._keep.clicked.connect(self._put)
        self._remove.clicked.connect(self._take_out)
        fields = Wrapping([boxed(one) for one in (
            field(says, mark("Written like this"), self._text),
            field(says, mark("Misheard as, with commas between"), self._variants),
            field(says, mark("Language"), self._language), field(says, mark("Note"), self._note),
        )])  # fmt: skip
        buttons = row(self._keep, self._remove)
        buttons.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("Glossary"), "large"),
            sentence(says, mark("Names, places and northern words as they are to be written. They help the speech model, and "
                                "where one was misheard it is offered while correcting. It belongs to the whole archive: what "
                                "stands here stays when an interview is destroyed."), "soft"),
            self._table, fields, buttons, margin=2 * GRID,
        ))  # fmt: skip
        self._enable()

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.glossary.all, self._show, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        self._show(self._terms)

    def leave(self) -> None:
        """Forget what stands in the fields: it may be a name."""
        for line in (self._text, self._variants, self._note):
            line.setText("")  # what is cleared otherwise comes back with Ctrl+Z

    def _show(self, terms: list[Term]) -> None:
        self._terms = terms
        self._table.fill([
            (one.text, listed(one.variants), told(LANGUAGE, one.language) if one.language else tr(_ANY), one.note)
            for one in terms
        ])  # fmt: skip
        self._enable()

    def _chosen(self) -> Term | None:
        at = self._table.chosen
        return self._terms[at] if 0 <= at < len(self._terms) else None

    def _choose(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._text.setText(chosen.text)
            self._variants.setText(", ".join(chosen.variants))
            self._language.pick(chosen.language)
            self._note.setText(chosen.note)
        self._enable()

    def _enable(self) -> None:
        self._keep.setEnabled(bool(self._text.text().strip()))
        self._remove.setEnabled(self._chosen() is not None)

    def _put(self) -> None:
        text, language, note = self._text.text(), self._language.value, self._note.text()
        variants = [one.strip() for one in self._variants.text().replace("，", ",").split(",")]
        glossary = self._context.desk.glossary
        self._context.jobs.run(lambda: glossary.put(text, variants, language, note), lambda _: self._kept(), owner=self)

    def _kept(self) -> None:
        self.leave()
        self.refresh()
        self._text.setFocus()

    def _take_out(self) -> None:
        chosen, glossary = self._chosen(), self._context.desk.glossary
        if chosen is not None:
            self._context.jobs.run(lambda: glossary.remove(chosen.text), lambda _: self._kept(), owner=self)
