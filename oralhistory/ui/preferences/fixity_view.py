"""Sound that lies on disks rots: which recordings are due to be read again, what was found, reading them now."""

from PySide6.QtWidgets import QFrame

from oralhistory.domain.fixity import EVERY_DAYS
from oralhistory.errors import Cancelled
from oralhistory.i18n import mark, ntr, sentences, tr
from oralhistory.services.progress import Asked
from oralhistory.services.recording.fixity import Schedule
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, button, column, field, label, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.page import PageContext
from oralhistory.ui.work_bar import WorkBar

_LONGEST_CHOICE = 16
_DAYS = (30, EVERY_DAYS, 180, 365)


class FixityView(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._schedule: Schedule | None = None
        self.says = says = Wording()
        self._stands = label()
        self._stands.setObjectName("settings_fixity_stands")
        self._damaged = label("caution")
        self._damaged.setObjectName("settings_fixity_damaged")
        self._every = Choice("settings_fixity_every", says, mark("Read every recording again"), [
            (str(_DAYS[0]), mark("every month")), (str(_DAYS[1]), mark("every three months")),
            (str(_DAYS[2]), mark("twice a year")), (str(_DAYS[3]), mark("once a year")),
        ])  # fmt: skip
        self._due = button("settings_fixity_due", says, mark("Read what is due"))
        self._all = button("settings_fixity_all", says, mark("Read everything"))
        self._work = WorkBar("settings_fixity", says)
        self._every.picked.connect(self._reschedule)
        self._due.clicked.connect(lambda: self._read(everything=False))
        self._all.clicked.connect(lambda: self._read(everything=True))
        self._work.changed.connect(self._enable)
        self._every.setMinimumContentsLength(_LONGEST_CHOICE)
        often = row(field(says, mark("Read every recording again"), self._every))
        often.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("Is the sound still whole?"), "large"),
            sentence(says, mark("Every record is read and compared with what was written. Damage that is found while a backup "
                                "still holds the sound can be mended."), "soft"),
            self._stands, self._damaged, often, Flow(self._due, self._all), self._work, margin=2 * GRID,
        ))  # fmt: skip

    @property
    def working(self) -> bool:
        return self._work.working

    def refresh(self) -> None:
        self._context.jobs.run(self._context.desk.fixity.schedule, self._show, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        if self._schedule is not None:
            self._show(self._schedule)

    def _show(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._every.pick(str(min(_DAYS, key=lambda days: abs(days - schedule.every_days))))
        self._stands.setText(stand_words(schedule))
        count = len(schedule.damaged)
        self._damaged.setText(ntr(
            "{n} recording is not as it was written. Its interview's History says which; bring it back from a backup.",
            "{n} recordings are not as they were written. Their interviews' History says which; bring them back from a backup.",
            count,
        ))  # fmt: skip
        self._damaged.setVisible(count > 0)
        self._enable()

    def _enable(self) -> None:
        idle = not self._work.working and self._schedule is not None
        self._due.setEnabled(idle and bool(self._schedule and self._schedule.due))
        self._all.setEnabled(idle and bool(self._schedule and self._schedule.recordings))

    def _reschedule(self) -> None:
        read_every, days = self._context.desk.fixity.read_every, int(self._every.value)
        self._context.jobs.run(lambda: read_every(days), lambda _: self.refresh(), owner=self)

    def _read(self, *, everything: bool) -> None:
        fixity, log = self._context.desk.fixity, self._context.desk.custody_log
        schedule = self._schedule
        if schedule is None:
            return
        whole = schedule.recordings if everything else len(schedule.due)
        self._work.begin(tr("The sound is being read …"))
        progress = self._work.progress(self._context.jobs)

        def read(cancelled: Asked) -> int:
            done = 0
            if everything:
                for _ in fixity.everything(cancelled):
                    done += 1
                    progress(done, whole)
                log.verify()
                return done
            while not cancelled() and (portion := fixity.check_due(cancelled=cancelled)):
                done += len(portion)
                progress(done, whole)
            return done

        self._work.job = self._context.jobs.run_stoppable(read, self._ended, self._failed, owner=self)

    def _ended(self, count: int) -> None:
        self._work.end()
        self._context.notify(ntr("{n} recording was read.", "{n} recordings were read.", count))
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._work.end()
        if not isinstance(error, Cancelled):
            self._context.jobs.tell(error)
        self.refresh()


def stand_words(schedule: Schedule) -> str:
    """How many recordings there are and how many of them are due."""
    there = ntr("There is {n} recording.", "There are {n} recordings.", schedule.recordings)
    if not schedule.due:
        return sentences((there, tr("None is due to be read again.")))
    due = ntr("{n} is due to be read again.", "{n} are due to be read again.", len(schedule.due))
    return sentences((there, due))
