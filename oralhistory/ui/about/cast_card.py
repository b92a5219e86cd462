"""Who took part in an interview, by codes alone, and when and where its sessions were held."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from oralhistory.domain.events import PlaceLevel
from oralhistory.domain.meeting import Meeting
from oralhistory.domain.roles import Part, Participant
from oralhistory.i18n import mark, tr
from oralhistory.services.library.fact_words import LEVEL
from oralhistory.services.refusal import PART
from oralhistory.ui.look.form_grid import form_grid
from oralhistory.ui.look.pieces import Choice, button, column, joined, line_edit, row, sentence, told, values_of
from oralhistory.ui.look.suggestions import Suggestions
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class CastCard(QFrame):
    """`cast` carries part, code, label and whether the words are shown; `uncast` part and code."""

    cast = Signal(str, str, str, bool)
    uncast = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = says = Wording()
        self._parts: list[Participant] = []
        self._table = Table("about_parts", says, mark("Who took part"), [
            mark("Part"), mark("Code"), mark("Speaker's label"), mark("In exports, their words are to be"),
        ], wraps=True)  # fmt: skip
        self._part = Choice("about_part", says, mark("Part"), values_of(Part, PART))
        self._who = line_edit("about_part_who", says, mark("Code, never a name"))
        self._known = Suggestions(self._who, says)
        self._label = line_edit("about_part_label", says, mark("Speaker's label in the transcript"))
        self._shown = QCheckBox()
        self._shown.setObjectName("about_part_shown")
        self._shown.setChecked(True)
        says(self._shown.setText, mark("Their words are meant to be shown in exports"))
        add, self._remove = button("about_part_add", says, mark("Add")), button("about_part_remove", says, mark("Remove"))
        add.clicked.connect(
            lambda: self.cast.emit(self._part.value, self._who.text(), self._label.text(), self._shown.isChecked())
        )
        self._remove.clicked.connect(self._take)
        self._table.itemSelectionChanged.connect(self._enable)
        buttons = row(add, self._remove)
        buttons.addStretch(1)
        form = form_grid(says, [
            (mark("Part"), self._part), (mark("Code, never a name"), self._who),
            (mark("Speaker's label"), self._label), ("", self._shown),
        ])  # fmt: skip
        self.setLayout(column(sentence(says, mark("Who took part"), "large"), self._table, form, buttons, margin=2 * GRID))

    def show_parts(self, parts: list[Participant]) -> None:
        self._parts = parts
        self._table.fill([
            (told(PART, one.part.value), one.who, one.label, tr("shown") if one.shown else tr("masked")) for one in parts
        ])  # fmt: skip
        self._enable()

    def offer(self, known: Mapping[str, str]) -> None:
        """Codes with what the people behind them are called here; any other code can be written too."""
        self._known.offer(known, {code: f"{code}  {called}".strip() for code, called in known.items()})

    def clear(self) -> None:
        self._who.clear()
        self._label.clear()

    def _enable(self) -> None:
        self._remove.setEnabled(self._table.chosen >= 0)

    def _take(self) -> None:
        one = self._parts[self._table.chosen]
        self.uncast.emit(one.part.value, one.who)


class SessionCard(QFrame):
    """`held` carries the number of a session and its fields."""

    held = Signal(int, dict)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = says = Wording()
        self._sessions: list[Meeting] = []
        self._table = Table("about_sessions", says, mark("Sessions"), [
            mark("Session"), mark("Began"), mark("Ended"), mark("Where"), mark("Present"), mark("For safety"),
        ], wraps=True)  # fmt: skip
        self._words = {
            "started_at": line_edit("about_session_from", says, mark("Began")),
            "ended_at": line_edit("about_session_to", says, mark("Ended")),
            "place": line_edit("about_session_place", says, mark("Where")),
            "present": line_edit("about_session_present", says, mark("Present, by codes")),
            "safety_note": line_edit("about_session_safety", says, mark("For safety")),
        }
        for name in ("started_at", "ended_at"):
            self._words[name].setPlaceholderText("2026-01-31T14:00+09:00")
        self._level = Choice("about_session_level", says, mark("How finely the place is named"), values_of(PlaceLevel, LEVEL))
        self._level.pick(PlaceLevel.PROVINCE.value)
        self._new = button("about_session_add", says, mark("Keep as a new session"))
        self._change = button("about_session_change", says, mark("Keep as the chosen session"))
        self._new.clicked.connect(lambda: self._keep(len(self._sessions) + 1))
        self._change.clicked.connect(lambda: self._keep(self._chosen().number))
        self._table.itemSelectionChanged.connect(self._take_in_hand)
        buttons = row(self._new, self._change)
        buttons.addStretch(1)
        form = form_grid(says, [
            (mark("Began"), self._words["started_at"]), (mark("Ended"), self._words["ended_at"]),
            (mark("Where"), row(self._words["place"], self._level)), (mark("Present, by codes"), self._words["present"]),
            (mark("For safety"), self._words["safety_note"]),
        ])  # fmt: skip
        self.setLayout(column(sentence(says, mark("Sessions"), "large"), self._table, form, buttons, margin=2 * GRID))

    def show_sessions(self, sessions: list[Meeting]) -> None:
        self._sessions = sessions
        self._table.fill([
            (str(one.number), one.started_at, one.ended_at,
             joined([one.place, told(LEVEL, one.level.value) if one.place else ""]), one.present, one.safety_note)
            for one in sessions
        ])  # fmt: skip
        self._change.setEnabled(False)

    def clear(self) -> None:
        for line in self._words.values():
            line.clear()

    def _chosen(self) -> Meeting:
        return self._sessions[self._table.chosen]

    def _take_in_hand(self) -> None:
        chosen = self._table.chosen >= 0
        self._change.setEnabled(chosen)
        if chosen:
            for name, line in self._words.items():
                line.setText(getattr(self._chosen(), name))
            self._level.pick(self._chosen().level.value)

    def _keep(self, number: int) -> None:
        self.held.emit(number, {**{name: line.text() for name, line in self._words.items()}, "level": self._level.value})
