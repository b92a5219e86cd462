"""The second moment of consent: the narrator listens and says which passages to close; here they are found and listed.

A list that is not saved closes nothing. It is kept while other pages are looked at, and sealed over a lock.
"""

import threading
from contextlib import suppress
from dataclasses import asdict
from datetime import date

from PySide6.QtWidgets import QFrame, QLineEdit

from oralhistory.domain.interview import SealedRange
from oralhistory.domain.timecode import clock
from oralhistory.errors import NotFound
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.library.interviews import Closing
from oralhistory.ui.listening.passage_picker import PassagePicker
from oralhistory.ui.look.pieces import Day, button, clear, column, field, joined, label, line_edit, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext

_FORM = "passages to close"


class PassagesCard(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._code = ""
        self._waiting: dict[str, list[Closing]] = {}
        self._sealing: set[tuple[str, Closing]] = set()
        """What is being closed just now: still on its list, but nobody closes it a second time."""
        self._at_list = threading.Lock()
        """A list, and what is kept of it, change together: saving takes off what it closed while more is put on."""
        self._looked_for: set[str] = set()
        """The interviews whose kept list was taken up again."""
        self.says = says = Wording()
        self.picker = PassagePicker("consent_passage", context)
        self.picker.take_keys_in(self)
        self._reason: QLineEdit = line_edit("consent_passage_reason", says, mark("Reason"))
        self._until = Day("consent_passage_until", says, mark("Sealed until (empty: for good)"))
        self._add = button("consent_passage_add", says, mark("Put it on the list"))
        self._save = button("consent_passages_close", says, mark("Seal these passages"), role="primary")
        self._note = label("soft")
        self._list, self._closed = column(), column(spacing=GRID // 2)
        self._closed_head = sentence(says, mark("Sealed already"), "small")
        self._reason.textChanged.connect(self._judge)
        self._until.textChanged.connect(self._judge)
        self.picker.changed.connect(self._judge)
        self._reason.returnPressed.connect(self._add.click)
        self._add.clicked.connect(self._put)
        self._save.clicked.connect(self.close_waiting)
        why = row(
            field(says, mark("Reason"), self._reason), field(says, mark("Sealed until (empty: for good)"), self._until),
        )  # fmt: skip
        why.setStretch(0, 1)
        adding = row(self._add)
        adding.addStretch(1)
        saving = row(self._save, self._note)
        saving.setStretch(1, 1)
        self.setLayout(column(
            sentence(says, mark("Passages to seal"), "large"),
            sentence(says, mark("Listen together. What the narrator wants sealed is put on the list, heard once more if wanted, "
                                "and withheld from everything that leaves as soon as the list is saved. The sound itself stays."),
                     "soft"),
            self.picker, why, adding, self._list, saving, self._closed_head, self._closed, margin=2 * GRID,
        ))  # fmt: skip
        self._judge()

    @property
    def waiting(self) -> list[str]:
        """The interviews with a list that is not saved."""
        return sorted(code for code, listed in self._waiting.items() if listed)

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.picker.begin(code)
            self._reason.clear()
            self._until.clear()
            self._take_up(code)
        self._show()

    def leave(self) -> None:
        """Be silent: another page comes to the front, or the archive is locked."""
        self.picker.end()

    def keep(self) -> None:
        """Seal the lists that are not saved, for after a lock."""
        for code in tuple(self._waiting):
            self._keep_list(code)

    def _keep_list(self, code: str) -> None:
        with self._at_list, suppress(NotFound):  # destroyed just now: its list goes with it
            self._keep(code)

    def _keep_beside(self) -> None:
        """Sealed at once, for after a crash; a full disk is told by whatever is saved."""
        code = self._code
        self._context.jobs.run(lambda: self._keep_list(code), lambda _: None, lambda _: None, owner=self)

    def _keep(self, code: str) -> None:
        listed = self._waiting.get(code)
        kept = {"passages": [asdict(one) for one in listed]} if listed else None
        self._context.desk.drafts.keep(code, _FORM, kept)

    def forget(self, code: str) -> None:
        """The interview is destroyed."""
        with self._at_list:
            self._waiting.pop(code, None)

    def close_waiting(self) -> None:
        """Close what is on the list and is not being closed already; nothing happens when there is none."""
        code, desk = self._code, self._context.desk
        listed = [one for one in self._listed if (code, one) not in self._sealing]
        if not listed:
            return
        if self._save.hasFocus():
            self._reason.setFocus()  # it is hidden when nothing waits any more

        mine = {(code, one) for one in listed}
        self._sealing |= mine

        def close() -> list[SealedRange]:
            try:
                made = desk.interviews.seal_all(code, listed)
                with self._at_list:  # here, not when the answer arrives: a lock may come between
                    self._waiting[code] = [one for one in self._waiting.get(code, ()) if one not in listed]
                    self._keep(code)
            finally:
                self._sealing.difference_update(mine)
            return made

        def closed(made: list[SealedRange]) -> None:
            self._show()
            self._context.notify(ntr("{n} passage is sealed.", "{n} passages are sealed.", len(made)))

        self._context.jobs.run(close, closed, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        self.picker.says.again()
        self._show()

    # --- the list

    @property
    def _listed(self) -> list[Closing]:
        return self._waiting.get(self._code, [])

    def _take_up(self, code: str) -> None:
        if code in self._looked_for:
            return
        self._looked_for.add(code)
        kept = self._context.desk.drafts.of(code, _FORM)
        if kept is not None:
            self._waiting[code] = [Closing(**one) for one in kept["passages"]]

    def _put(self) -> None:
        span = self.picker.span
        if span is None or not self._add.isEnabled():
            return
        closing = Closing(*span, self._reason.text().strip(), self._until.iso or "")
        self._reason.setFocus()  # else the keyboard goes with the button that is switched off, and the page with the keyboard
        with self._at_list:
            self._waiting[self._code] = sorted([*self._listed, closing], key=lambda one: one.start_ms)
        self._keep_beside()
        self.picker.choose(None)
        self._reason.clear()
        self._until.clear()
        self._show()

    def _take_off(self, closing: Closing) -> None:
        with self._at_list:
            self._waiting[self._code] = [one for one in self._listed if one is not closing]
        self._keep_beside()
        self._show()
        (self._save if self._listed else self._add).setFocus()

    def _show(self) -> None:
        clear(self._list)
        for number, one in enumerate(self._listed):
            self._list.addWidget(self._row(number, one))
        closed = self._context.desk.interviews.sealed(self._code) if self._code else []
        clear(self._closed)
        for sealed in closed:
            told = label("soft")
            ends = None if sealed.open_ended else sealed.end_ms
            told.setText(_described(sealed.start_ms, ends, sealed.reason, sealed.until))
            self._closed.addWidget(told)
        self._closed_head.setVisible(bool(closed))
        self._judge()

    def _row(self, number: int, closing: Closing) -> QFrame:
        """One passage that waits: its times and reason, to be heard again or taken off."""
        says, name = Wording(), f"consent_passage_{number}"
        told = label()
        told.setText(_described(closing.start_ms, closing.end_ms, closing.reason, closing.until))
        hear = button(f"{name}_hear", says, mark("Hear it again"))
        off = button(f"{name}_remove", says, mark("Take it off the list"), role="link")
        hear.clicked.connect(lambda: self.picker.hear((closing.start_ms, closing.end_ms)))
        off.clicked.connect(lambda: self._take_off(closing))
        shown = QFrame()
        shown.setObjectName(name)
        shown.setProperty("role", "note")
        line = row(told, hear, off, margin=GRID)
        line.setStretch(0, 1)
        shown.setLayout(line)
        return shown

    def _judge(self) -> None:
        complete = self.picker.span is not None and bool(self._reason.text().strip()) and _is_day(self._until.iso)
        self._add.setEnabled(bool(self._code) and complete)
        count = len(self._listed)
        self._save.setVisible(bool(count))
        self._note.setText(tr("Not saved yet: these passages are not sealed.") if count else "")


def _described(start_ms: int, end_ms: int | None, reason: str, until: str) -> str:
    times = f"{clock(start_ms)} – {clock(end_ms)}" if end_ms is not None else tr("from {begin} on", begin=clock(start_ms))
    return joined([times, reason, tr("until {day}", day=until) if until else ""])


def _is_day(day: str | None) -> bool:
    try:
        return day is None or bool(date.fromisoformat(day))
    except ValueError:
        return False
