"""The people of the organisation: their codes, what they mainly do, who has left. Adding one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from oralhistory.domain.staff import Member, Role
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.staffing import name_for_code
from oralhistory.ui.look.pieces import Choice, button, column, field, label, line_edit, row, sentence, told, values_of
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import STAFF_ROLE
from oralhistory.ui.page import PageContext
from oralhistory.ui.preferences.removals import left_question


class StaffView(QFrame):
    """`known` carries everybody who is there, whenever that is read anew."""

    known = Signal(list)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._members: list[Member] = []
        self.says = says = Wording()
        self._table = Table("settings_staff", says, mark("People of the organisation"), [
            mark("Staff code"), mark("Full name"), mark("Mainly"), mark("Here"),
        ], wraps=True)  # fmt: skip
        self._code = line_edit("settings_staff_code", says, mark("Staff code"))
        self._name = line_edit("settings_staff_name", says, mark("Name (stays encrypted)"))
        self._role = Choice("settings_staff_role", says, mark("What they mainly do"), values_of(Role, STAFF_ROLE))
        self._doubt = label("caution")
        self._doubt.setObjectName("settings_staff_doubt")
        self._add = button("settings_staff_add", says, mark("Add"))
        self._left = button("settings_staff_left", says, mark("Has left"))
        for one in (self._code, self._name):
            one.textChanged.connect(self._enable)
        self._code.returnPressed.connect(self._add.click)
        self._name.returnPressed.connect(self._add.click)
        self._add.clicked.connect(self._add_member)
        self._left.clicked.connect(self._turn)
        self._table.itemSelectionChanged.connect(self._enable)
        new = row(field(says, mark("Staff code"), self._code), field(says, mark("Name (stays encrypted)"), self._name),
                  field(says, mark("What they mainly do"), self._role), spacing=2 * GRID)  # fmt: skip
        new.setStretch(1, 1)
        buttons = row(self._add, self._left)
        buttons.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("People of the organisation"), "large"),
            sentence(says, mark("Whoever opens the archive stands in its history by their code. The code can be read without "
                                "the passphrase, so it must be no name. What somebody mainly does is a help, not a lock: every "
                                "passphrase opens everything."), "soft"),
            self._table, new, self._doubt, buttons, margin=2 * GRID,
        ))  # fmt: skip
        self._enable()

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.staffing.members, self._show, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        self._show(self._members)

    def _show(self, members: list[Member]) -> None:
        self._members = members
        self._table.fill([
            (one.code, one.name, told(STAFF_ROLE, one.role.value), tr("yes") if one.active else tr("has left"))
            for one in members
        ])  # fmt: skip
        self._enable()
        self.known.emit([one for one in members if one.active])

    def _chosen(self) -> Member | None:
        at = self._table.chosen
        return self._members[at] if 0 <= at < len(self._members) else None

    def _enable(self) -> None:
        chosen = self._chosen()
        self._add.setEnabled(bool(self._code.text().strip()))
        doubt = name_for_code(self._code.text(), self._name.text())
        self._doubt.setText(doubt)
        self._doubt.setVisible(bool(doubt))
        self._code.setAccessibleDescription(doubt)
        self._left.setEnabled(chosen is not None)
        self._left.setText(tr("Has left") if chosen is None or chosen.active else tr("Is back"))
        self._left.setAccessibleName(self._left.text())

    def _add_member(self) -> None:
        code, name, role = self._code.text(), self._name.text(), Role(self._role.value)
        staffing = self._context.desk.staffing
        self._context.jobs.run(lambda: staffing.add(code, name, role), self._added, owner=self)

    def _added(self, member: Member) -> None:
        self._code.clear()
        self._name.clear()
        self._code.setFocus()
        self._context.notify(tr("{code} is added. Above, they can be given a passphrase of their own.", code=member.code))
        self.refresh()

    def _turn(self) -> None:
        chosen = self._chosen()
        if chosen is not None and (not chosen.active or left_question(self, chosen.code).agreed()):
            change, code, active = self._context.desk.staffing.change, chosen.code, not chosen.active
            self._context.jobs.run(lambda: change(code, active=active), lambda _: self.refresh(), owner=self)
