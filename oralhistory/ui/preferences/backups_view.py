"""Backups: which there are, when the last one was made, making one, reading one, proving that one would come back.

One piece of work at a time, with its progress and a way to stop it. What came of it stands below in plain words until the
next one begins.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFrame

from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.i18n import listed, mark, ntr, sentences, tr
from oralhistory.services.backup import backup_words
from oralhistory.services.backup.backing_up import BackupCheck, BackupOutcome, BackupsStanding, BackupStanding
from oralhistory.services.backup.proving import ProofReport
from oralhistory.services.progress import Asked, Progress
from oralhistory.ui.look import choosing
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, button, column, field, label, line_edit, restyle, row, sentence
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.work_bar import WorkBar
from oralhistory.zones import local_minute

_MEGABYTE = 1_000_000
"""From here on a missing backup is said in the colour of caution."""

_PASSPHRASE, _CODE = "passphrase", "code"
_WAYS = [(_PASSPHRASE, mark("a passphrase")), (_CODE, mark("the printed recovery code"))]

T = TypeVar("T")


class BackupsView(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._standing = BackupsStanding()
        self.says = says = Wording()
        self._last = label()
        self._last.setObjectName("settings_backup_last")
        self._table = Table("settings_backups", says, mark("Backups"), [
            mark("Folder"), mark("Last made"), mark("Size"), mark("Here now"), mark("Can still open"),
        ], wraps=True)  # fmt: skip
        self._add = button("settings_backup_add", says, mark("Back up to a folder …"))
        self._again = button("settings_backup_again", says, mark("Back up again"))
        self._verify = button("settings_backup_verify", says, mark("Read and compare it"))
        self._forget = button("settings_backup_forget", says, mark("Take it off the list"), role="danger")
        self._with = Choice("settings_drill_with", says, mark("What opens it"), _WAYS, whole=True)
        self._secret = line_edit("settings_drill_secret", says, mark("Passphrase or printed recovery code"), secret=True)
        self._drill = button("settings_drill", says, mark("Prove that it would come back"))
        self._work = WorkBar("settings_backup", says)
        self._told = label()
        self._told.setObjectName("settings_backup_told")
        self._told_frame = QFrame()
        self._told_frame.setLayout(column(self._told, margin=GRID))
        self._told_frame.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        says = self.says
        buttons = Flow(self._add, self._again, self._verify, self._forget)
        proof = row(field(says, mark("What opens it"), self._with),
                    field(says, mark("Passphrase or printed recovery code"), self._secret), spacing=2 * GRID)  # fmt: skip
        proof.setStretch(1, 1)
        self.setLayout(column(
            sentence(says, mark("Backup"), "large"),
            sentence(says, mark("A backup is sealed like the archive: whoever finds the stick can read nothing. Keep it in "
                                "another place than this computer."), "soft"),
            self._last, self._table, buttons,
            sentence(says, mark("A backup that nobody ever opened is a hope. The proof opens the chosen one with what you "
                                "type, reads every file and decrypts every recording; it writes nothing."), "soft"),
            proof, Flow(self._drill), self._work, self._told_frame, margin=2 * GRID,
        ))  # fmt: skip

    def _connect(self) -> None:
        self._add.clicked.connect(self._choose)
        self._again.clicked.connect(lambda: self._with_chosen(self.back_up))
        self._verify.clicked.connect(lambda: self._with_chosen(self._read))
        self._forget.clicked.connect(self._take_off)
        self._drill.clicked.connect(lambda: self._with_chosen(self._prove))
        self._secret.returnPressed.connect(self._drill.click)
        self._secret.textChanged.connect(self._enable)
        self._table.itemSelectionChanged.connect(self._enable)
        self._work.changed.connect(self._enable)

    # --- what there is ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.backing_up.standing, self._show, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        self._show(self._standing)

    def leave(self) -> None:
        """Another page comes to the front: nothing secret stays in the field."""
        self._secret.clear()

    @property
    def working(self) -> bool:
        return self._work.working

    def _show(self, standing: BackupsStanding) -> None:
        chosen = self._chosen()
        self._standing = standing
        self._last.setText(last_words(standing))
        restyle(self._last, "caution" if standing.due and standing.unsaved else "")
        self._table.fill([_cells(one) for one in standing.backups])
        for y, one in enumerate(standing.backups):
            if chosen is None or one.known.id == chosen.known.id:
                self._table.choose(y)
                break
        self._enable()

    def _chosen(self) -> BackupStanding | None:
        at = self._table.chosen
        return self._standing.backups[at] if 0 <= at < len(self._standing.backups) else None

    def _enable(self) -> None:
        chosen, idle = self._chosen(), not self._work.working
        here = idle and chosen is not None and chosen.attached
        self._add.setEnabled(idle)
        self._forget.setEnabled(idle and chosen is not None)
        for one in (self._again, self._verify):
            one.setEnabled(here)
        self._drill.setEnabled(here and bool(self._secret.text().strip()))

    # --- work -------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        chosen = choosing.folder(self, tr("A folder on another disk or stick"))
        if chosen:
            self.back_up(Path(chosen))

    def _with_chosen(self, act: Callable[[Path], None]) -> None:
        if (chosen := self._chosen()) is not None:
            act(Path(chosen.known.place))

    def back_up(self, place: Path) -> None:
        """Make or renew the backup in a folder."""
        backing_up = self._context.desk.backing_up
        self._begin(
            tr("The backup is being written and read back …"),
            lambda progress, asked: backing_up.back_up(place, progress=progress, cancelled=asked),
            self._backed_up,
        )

    def _read(self, place: Path) -> None:
        backing_up = self._context.desk.backing_up
        self._begin(
            tr("The backup is being read and compared …"),
            lambda progress, asked: backing_up.verify(place, progress=progress, cancelled=asked),
            self._compared,
        )

    def _prove(self, place: Path) -> None:
        typed = self._secret.text().strip()
        self._secret.clear()
        self._secret.setFocus()  # the button goes out of use: a wrong one is typed anew here, and nowhere else
        restoring = self._context.restoring
        opens = restoring.by_code(typed) if self._with.value == _CODE else restoring.by_passphrase(typed)
        self._begin(
            tr("The backup is being opened as if everything else were lost …"),
            lambda progress, asked: restoring.drill(place, opens, progress=progress, cancelled=asked),
            self._proved,
        )

    def _begin(self, words: str, work: Callable[[Progress, Asked], T], done: Callable[[T], None]) -> None:
        self._told_frame.hide()
        self._work.begin(words)

        def run(cancelled: Asked) -> T:
            return work(self._work.progress(self._context.jobs), cancelled)

        def ended(result: T) -> None:
            self._work.end()
            done(result)
            self.refresh()

        self._work.job = self._context.jobs.run_stoppable(run, ended, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self._work.end()
        if isinstance(error, OralHistoryError):
            self._tell(error.lines, "note" if isinstance(error, Cancelled) else "note_caution")
        self.refresh()

    def _take_off(self) -> None:
        if (chosen := self._chosen()) is not None:
            forget, backup_id = self._context.desk.backing_up.forget, chosen.known.id
            self._context.jobs.run(lambda: forget(backup_id), lambda _: self.refresh(), owner=self)

    # --- what came of it --------------------------------------------------------------------------------------------

    def _backed_up(self, outcome: BackupOutcome) -> None:
        worse = bool(outcome.missing or outcome.changed or outcome.distrusted or outcome.same_disk)
        self._tell(
            [tr("The backup is made."), *backup_words.done(outcome)], "note_caution" if worse else "note_good"
        )

    def _compared(self, check: BackupCheck) -> None:
        read = ntr("{n} file of the backup was read.", "{n} files of the backup were read.", check.checked)
        whole = [] if check.findings else [tr("All are as they were written.")]
        self._tell([read, *whole, *backup_words.problems(check.findings)],
                   "note_caution" if check.findings else "note_good")  # fmt: skip

    def _proved(self, report: ProofReport) -> None:
        self._tell(backup_words.proof(report), "note_good" if report.proven else "note_caution")

    def _tell(self, lines: Sequence[str], role: str) -> None:
        restyle(self._told_frame, role)
        self._told.setText("\n".join(line for line in lines if line))
        self._told_frame.show()


def last_words(standing: BackupsStanding) -> str:
    """How old the newest backup is and what is in none."""
    if standing.days_since is None:
        told = tr("No backup was made yet.")
    elif standing.days_since == 0:
        told = tr("The last backup was made today.")
    else:
        told = ntr(
            "The last backup was made {n} day ago.", "The last backup was made {n} days ago.", standing.days_since
        )
    if not standing.unsaved:
        return told
    unsaved = ntr("{n} recording is in no backup.", "{n} recordings are in no backup.", standing.unsaved)
    return sentences((told, unsaved))


def _cells(one: BackupStanding) -> list[str | tuple[str, str]]:
    known = one.known
    when = local_minute(known.finished_at) if known.finished_at else tr("never finished")
    still = listed(one.still_opens)
    return [
        (Path(known.place).name or known.place, known.place), when, tr("{n} MB", n=round(known.size / _MEGABYTE)),
        tr("yes") if one.attached else tr("no"),
        (still, "\n".join(map(backup_words.still_opens, one.still_opens))),
    ]  # fmt: skip


