"""Which day it is for this archive: its time zone, and a clock that must be confirmed before anything opens by it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from oralhistory import zones
from oralhistory.i18n import mark, sentences, tr
from oralhistory.services.archive.calendar import in_words, until_then
from oralhistory.ui.look.pieces import button, column, field, label, line_edit, row, sentence
from oralhistory.ui.look.suggestions import Suggestions
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext


class ClockView(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self.says = says = Wording()
        self._stands = label()
        self._stands.setObjectName("settings_clock_stands")
        self._doubt = label("caution")
        self._doubt.setObjectName("settings_clock_doubt")
        self._confirm = button("settings_clock_confirm", says, mark("The clock is right"))
        self._zone = line_edit("settings_clock_zone", says, mark("Time zone"))
        says(self._zone.setPlaceholderText, mark("Part of its name, such as Seoul"))
        self._known = Suggestions(self._zone, says, mark("Time zones"))
        context.jobs.run(zones.known, self._known.offer, owner=self)
        self._use = button("settings_clock_use", says, mark("Count days in this zone"))
        self._confirm.clicked.connect(self._confirmed)
        self._use.clicked.connect(self._chosen)
        choose = row(field(says, mark("Time zone"), self._zone), spacing=2 * GRID)
        choose.addWidget(self._use, 0, Qt.AlignmentFlag.AlignBottom)
        choose.setStretch(0, 1)
        self.setLayout(column(
            sentence(says, mark("Date"), "large"),
            sentence(says, mark("Embargoes and permissions begin and end with the days of this time zone, wherever the computer "
                                "is."), "soft"),
            self._stands, self._doubt, row(self._confirm), choose, margin=2 * GRID,
        ))  # fmt: skip

    def refresh(self) -> None:
        """Look at the clock again. Reads nothing from the disk."""
        calendar = self._context.desk.archive.calendar
        question = calendar.question()
        self._stands.setText(tr("Today is {day}, in the time zone {zone}.", day=calendar.day(), zone=calendar.zone))
        self._doubt.setText(sentences((in_words(question), until_then())) if question else "")
        self._doubt.setVisible(question is not None)
        self._confirm.setVisible(question is not None)
        self._zone.setText(calendar.zone)

    def retranslate(self) -> None:
        self.says.again()
        self.refresh()

    def _confirmed(self) -> None:
        archive = self._context.desk.archive
        self._context.jobs.run(lambda: archive.calendar.confirm(archive.actor), lambda _: self.refresh(), owner=self)

    def _chosen(self) -> None:
        archive, name = self._context.desk.archive, self._zone.text().strip()
        self._context.jobs.run(
            lambda: archive.calendar.set_zone(name, archive.actor), lambda _: self.refresh(), owner=self
        )
