"""The events that are told of: what was said of each, in the order in which it was noted; noting one, or more about one."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from oralhistory.domain.events import Calendar, Confidence, Event, EventType, Perspective, PlaceLevel, standing
from oralhistory.i18n import mark, tr
from oralhistory.services.library.fact_words import CALENDAR, CONFIDENCE, DATE_SIGNS, EVENT_TYPE, LEVEL, PERSPECTIVE
from oralhistory.ui.look.form_grid import form_grid
from oralhistory.ui.look.pieces import Choice, button, column, joined, line_edit, row, sentence, told, values_of
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class EventCard(QFrame):
    """`noted` carries the fields of a new event by their names."""

    noted = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = says = Wording()
        self._events: list[Event] = []
        self._table = Table("about_events", says, mark("What is told of"), [
            mark("Number"), mark("Event"), mark("When"), mark("Where"), mark("How it is known"),
        ], wraps=True)  # fmt: skip
        self._fields: dict[str, Choice] = {
            "type": Choice("about_event_type", says, mark("Event"), values_of(EventType, EVENT_TYPE)),
            "calendar": Choice("about_event_calendar", says, mark("Calendar"), values_of(Calendar, CALENDAR), whole=True),
            "level": Choice("about_event_level", says, mark("How finely the place is named"), values_of(PlaceLevel, LEVEL)),
            "perspective": Choice("about_event_perspective", says, mark("How the narrator knows it"),
                                  values_of(Perspective, PERSPECTIVE)),
            "confidence": Choice("about_event_confidence", says, mark("How certain it is"), values_of(Confidence, CONFIDENCE)),
        }  # fmt: skip
        self._words = {
            "date": line_edit("about_event_date", says, mark("Date, as far as it is known")),
            "expression": line_edit("about_event_expression", says, mark("The narrator's own words for the time")),
            "place": line_edit("about_event_place", says, mark("Place")),
        }
        self._words["date"].setPlaceholderText("1998, 1998-03")
        says(self._words["date"].setAccessibleDescription, DATE_SIGNS)
        self._fields["level"].pick(PlaceLevel.PROVINCE.value)
        self._add = button("about_event_add", says, mark("Note the event"))
        self._more = button("about_event_follow", says, mark("Note what was said later about the chosen one"))
        self._add.clicked.connect(lambda: self._note(""))
        self._more.clicked.connect(lambda: self._note(self._chosen()))
        self._table.itemSelectionChanged.connect(lambda: self._more.setEnabled(bool(self._chosen())))
        buttons = row(self._add, self._more)
        buttons.addStretch(1)
        form = form_grid(says, [
            (mark("Event"), self._fields["type"]),
            (mark("Date, as far as it is known"), column(
                row(self._words["date"], self._fields["calendar"]), sentence(says, DATE_SIGNS, "small"), spacing=GRID // 2)),
            (mark("The narrator's own words for the time"), self._words["expression"]),
            (mark("Place"), row(self._words["place"], self._fields["level"])),
            (mark("How it is known"), row(self._fields["perspective"], self._fields["confidence"])),
        ])  # fmt: skip
        self.setLayout(column(
            sentence(says, mark("What is told of"), "large"),
            sentence(says, mark("What is said later stands beside what was said first; nothing is written over. Of the lunar "
                                "calendar, write what was said and no date."), "soft"),
            self._table, form, buttons, margin=2 * GRID,
        ))  # fmt: skip

    def show_events(self, events: list[Event]) -> None:
        self._events = events
        number = {one.id: at for at, one in enumerate(events, start=1)}
        last = {one.id for one in standing(events)}
        self._table.fill([
            (
                joined([str(number[one.id]), tr("after {number}", number=number[one.follows]) if one.follows else ""], " "),
                joined([told(EVENT_TYPE, one.type.value), "" if one.id in last else tr("(said anew later)")], " "),
                joined([one.date, one.expression, tr("lunar") if one.calendar is Calendar.LUNAR else ""]),
                joined([one.place, told(LEVEL, one.level.value) if one.place else ""]),
                joined([told(PERSPECTIVE, one.perspective.value), told(CONFIDENCE, one.confidence.value)]),
            )
            for one in events
        ])  # fmt: skip
        self._more.setEnabled(bool(self._chosen()))

    def clear(self) -> None:
        """Empty the form: what was in it is kept."""
        for line in self._words.values():
            line.clear()

    def _chosen(self) -> str:
        at = self._table.chosen
        return self._events[at].id if at >= 0 else ""

    def _note(self, follows: str) -> None:
        given: Mapping[str, str] = {
            **{name: choice.value for name, choice in self._fields.items()},
            **{name: line.text().strip() for name, line in self._words.items() if line.text().strip() or not follows},
            **({"follows": follows} if follows else {}),
        }
        self.noted.emit(given)
