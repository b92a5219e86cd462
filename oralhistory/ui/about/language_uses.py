"""Which languages are to be heard in an interview, and how: a drop-down for each, the usual ones first, the others on demand.

What is stated is the text of the field, as the command line takes it: ``ko:spoken, zh:quoted``.
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oralhistory.domain.facts import LanguageRole
from oralhistory.i18n import listed, mark, tr
from oralhistory.services.library.fact_words import LANGUAGE_USE
from oralhistory.services.library.interviews import LANGUAGES
from oralhistory.ui.look.pieces import Choice, boxed, button, column, field, row, told, values_of
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.look.wrapping import Wrapping

_USUAL = LANGUAGES[:3]
_COLUMNS = 3
_BETWEEN = ", "


class LanguageUses(QWidget):
    picked = Signal()

    def __init__(self, name: str, says: Wording) -> None:
        super().__init__()
        self.setObjectName(name)
        self._known = ""
        self._further: list[str] = []
        """What is stated and no drop-down can show: a second use of a language, or one that the program has no word for."""
        self._uses: dict[str, Choice] = {}
        self._cells: dict[str, QWidget] = {}
        for code in LANGUAGES:
            uses = [("", mark("not stated")), *values_of(LanguageRole, LANGUAGE_USE)]
            use = Choice(f"{name}_{code}", says, LANGUAGE[code], uses)
            use.picked.connect(self.picked)
            self._uses[code], self._cells[code] = use, boxed(field(says, LANGUAGE[code], use))
        self._more = button(f"{name}_more", says, mark("Further languages"))
        self._more.clicked.connect(lambda: self._offer(LANGUAGES))
        self._shown = Wrapping(list(self._cells.values()), most=_COLUMNS, spacing=GRID)
        more = row(self._more)
        more.addStretch(1)
        self.setLayout(column(self._shown, more))
        self.pick("")

    @property
    def value(self) -> str:
        parts = [f"{code}:{use.value}" for code, use in self._uses.items() if use.value] + self._further
        known = _parts(self._known)
        return self._known if sorted(parts) == sorted(known) else _BETWEEN.join(parts)

    def pick(self, text: str) -> None:
        uses: dict[str, str] = {}
        self._known, self._further = text, []
        for part in _parts(text):
            code, _, use = part.partition(":")
            if code in self._uses and code not in uses:
                uses[code] = use
            else:
                self._further.append(part)
        for code, choice in self._uses.items():
            choice.pick(uses.get(code, ""))
        self._offer({*_USUAL, *uses})

    def _offer(self, codes: Collection[str]) -> None:
        for code, cell in self._cells.items():
            cell.setVisible(code in codes)
        self._more.setVisible(len(codes) < len(self._cells))
        self._shown.fit()


def told_uses(values: Sequence[str]) -> str:
    """What is stated, as people read it."""
    parts = [one.partition(":") for one in values]
    return listed(tr("{language}: {use}", language=told(LANGUAGE, code), use=told(LANGUAGE_USE, use)) for code, _, use in parts)


def _parts(text: str) -> list[str]:
    return [part for part in text.split(_BETWEEN) if part]
