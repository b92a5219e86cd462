"""Who may open the archive: every way in with its owner; letting somebody in, taking a way in away, a new archive key.

A printed code is shown once and goes when the page is left. It refuses nothing itself: the services do, in their own words.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFrame

from oralhistory.domain.ports import Slot
from oralhistory.domain.staff import Member
from oralhistory.errors import NotFound
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.renewing import renew_keys
from oralhistory.ui.entry.code_sheet import CodeSheet
from oralhistory.ui.entry.unlock_page import judge_passphrase
from oralhistory.ui.look import choosing
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, button, card, column, field, label, line_edit, row, sentence, told
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import WAY_IN
from oralhistory.ui.page import PageContext
from oralhistory.ui.preferences.removals import new_key_question, way_in_question
from oralhistory.zones import local_minute

T = TypeVar("T")


class WaysInView(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._slots: Sequence[Slot] = ()
        self._known: set[str] | None = None
        """The staff codes of everybody there is, once they were read."""
        self.says = says = Wording()
        self._table = Table("settings_slots", says, mark("Ways into the archive"), [
            mark("Whose"), mark("Opens with"), mark("Since"), mark("Work to guess"),
        ], wraps=True)  # fmt: skip
        self._remove = button("settings_slot_remove", says, mark("Take it away"), role="danger")
        self._whose = Choice("settings_slot_whose", says, mark("For whom"), [], whole=True)
        self._new = line_edit("settings_slot_passphrase", says, mark("Their passphrase"), secret=True)
        self._again = line_edit("settings_slot_again", says, mark("Their passphrase again"), secret=True)
        self._judged = label("soft")
        self._passphrase = button("settings_slot_add_passphrase", says, mark("Let them in"))
        self._paper = button("settings_slot_add_code", says, mark("Make a printed code for them"))
        self._public = button("settings_slot_add_organisation", says, mark("Let the organisation's key in …"))
        self._sheet = CodeSheet("settings_slot_code", says)
        self._renew = button("settings_new_key", says, mark("Bring in a new archive key"))
        self._shown = self._code_frame()
        self._lay_out()
        self._connect()
        self._enable()

    def _code_frame(self) -> QFrame:
        written = button("settings_slot_code_written", self.says, mark("I have written it down"))
        written.clicked.connect(self._hide_code)
        below = row(written)
        below.addStretch(1)
        made = card(
            sentence(self.says, mark("Write it on paper now and keep the paper away from this computer; it is shown only this "
                                     "once.")), self._sheet, below, role="note",
        )  # fmt: skip
        made.hide()
        return made

    def _lay_out(self) -> None:
        says = self.says
        new = row(field(says, mark("For whom"), self._whose), field(says, mark("Their passphrase"), self._new),
                  field(says, mark("Their passphrase again"), self._again), spacing=2 * GRID)  # fmt: skip
        new.setStretch(1, 1)
        new.setStretch(2, 1)
        buttons, removing, renewing = Flow(self._passphrase, self._paper, self._public), Flow(self._remove), Flow(self._renew)
        self.setLayout(column(
            sentence(says, mark("Who may open the archive"), "large"), self._table, removing,
            sentence(says, mark("Let somebody type a passphrase of their own here. With two ways in that lie in different "
                                "places, nothing is lost when one is."), "soft"),
            new, self._judged, buttons, self._shown,
            sentence(says, mark("Taking a way in away does not help against somebody who copied the archive before: a new "
                                "archive key does. Everybody's passphrase stays as it is. Make a new backup afterwards and "
                                "destroy the old ones."), "soft"),
            renewing, margin=2 * GRID,
        ))  # fmt: skip

    def _connect(self) -> None:
        for line in (self._new, self._again):
            line.textChanged.connect(self._enable)
        self._table.itemSelectionChanged.connect(self._enable)
        self._whose.picked.connect(self._enable)
        self._passphrase.clicked.connect(self._add_passphrase)
        self._paper.clicked.connect(self._add_code)
        self._public.clicked.connect(self._choose_public)
        self._remove.clicked.connect(self._take_away)
        self._renew.clicked.connect(self._renew_keys)

    # --- what there is ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.admitting.slots, self._show, owner=self)

    def show_staff(self, members: list[Member]) -> None:
        """The people for whom a way in can be made. Whoever is new is meant; else somebody has to say who: a passphrase under
        another's code would let its owner act in the other's name."""
        codes = {one.code for one in members}
        new = set() if self._known is None else codes - self._known
        meant = new.pop() if len(new) == 1 else self._whose.value
        self._known = codes
        self._whose.clear()
        self._whose.addItem(tr("choose who"), "")
        for one in members:
            self._whose.addItem(f"{one.code}  {one.name}".strip(), one.code)
        self._whose.pick(meant)
        self._enable()

    def retranslate(self) -> None:
        self.says.again()
        self._show(self._slots)

    def leave(self) -> None:
        self._new.clear()
        self._again.clear()
        self._hide_code()

    def _show(self, slots: Sequence[Slot]) -> None:
        self._slots = slots
        self._table.fill([
            (one.owner, told(WAY_IN, one.kind), _made(one), _work(one)) for one in slots
        ])  # fmt: skip
        self._enable()

    def _chosen(self) -> Slot | None:
        at = self._table.chosen
        return self._slots[at] if 0 <= at < len(self._slots) else None

    def _enable(self) -> None:
        judge_passphrase(self._new, self._again, self._judged, self._passphrase)
        somebody = bool(self._whose.value)
        self._passphrase.setEnabled(self._passphrase.isEnabled() and somebody)
        self._paper.setEnabled(somebody)
        self._public.setEnabled(somebody)
        self._remove.setEnabled(self._chosen() is not None and len(self._slots) > 1)

    # --- changing it ------------------------------------------------------------------------------------------------

    def _add_passphrase(self) -> None:
        staff, passphrase = self._whose.value, self._new.text()
        self.leave()
        self._whose.pick("")
        add = self._context.desk.admitting.add_passphrase
        self._do(lambda: add(staff, passphrase), lambda _: tr("{code} can open the archive now.", code=staff))

    def _add_code(self) -> None:
        staff, add = self._whose.value, self._context.desk.admitting.add_recovery

        def shown(made: tuple[Slot, str]) -> str:
            if not self.isVisible():  # whoever comes here later, and be it somebody else, would read it
                return tr("A code was made, and nobody saw it. Take it away in the settings and make another.")
            self._sheet.show_code(made[1])
            self._shown.show()
            return tr("The code is made. Older codes go on working until they are taken away.")

        self._do(lambda: add(staff), shown)

    def _choose_public(self) -> None:
        chosen = choosing.file_to_open(self, tr("The public file of the organisation's key"))
        if chosen:
            self.let_organisation_in(Path(chosen))

    def let_organisation_in(self, file: Path) -> None:
        """Add the way in whose public key stands in `file`."""
        staff, add = self._whose.value, self._context.desk.admitting.add_organisation
        self._do(lambda: add(staff, _content(file)), lambda _: tr("The organisation's key opens the archive now."))

    def _take_away(self) -> None:
        chosen, remove = self._chosen(), self._context.desk.admitting.remove
        if chosen is not None and way_in_question(self, chosen.owner, told(WAY_IN, chosen.kind)).agreed():
            slot = chosen.id
            self._do(lambda: remove(slot), lambda one: tr("One way in of {code} is taken away.", code=one.owner))

    def _renew_keys(self) -> None:
        archive = self._context.desk.archive
        if not new_key_question(self).agreed():
            return
        self._do(lambda: renew_keys(archive), lambda _: tr("The archive has a new key. Make a new backup now."))

    def _do(self, work: Callable[[], T], told_by: Callable[[T], str]) -> None:
        self.setEnabled(False)
        self._context.notify(tr("One moment …"))

        def done(result: T) -> None:
            self.setEnabled(True)
            self._context.notify(told_by(result))
            self.refresh()

        def failed(error: Exception) -> None:
            self.setEnabled(True)
            self._context.jobs.tell(error)

        self._context.jobs.run(work, done, failed, owner=self)

    def _hide_code(self) -> None:
        self._sheet.clear()
        self._shown.hide()


def _made(slot: Slot) -> str:
    """To the minute, or two of one day could not be told apart."""
    return local_minute(datetime.fromisoformat(slot.created))


def _work(slot: Slot) -> str:
    """What every guess at a passphrase costs."""
    return tr("{n} MB each try", n=slot.cost[0] // 1024) if slot.cost else ""


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise NotFound(tr("The file cannot be read.")) from None
