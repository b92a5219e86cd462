"""What happened to an interview, what left the building and to whom, every version of consent; withdrawing it, destroying all."""

from pathlib import Path

from PySide6.QtWidgets import QFrame

from oralhistory import i18n
from oralhistory.domain.consent import Act, ConsentFile, ConsentVersion, Decision, Permission, Purpose, Wish
from oralhistory.domain.destruction import Destruction
from oralhistory.errors import OralHistoryError
from oralhistory.i18n import listed, mark, ntr, tr
from oralhistory.services.archive.opened import Notice
from oralhistory.services.library import custody_words
from oralhistory.services.recording.checking import Checked
from oralhistory.services.refusal import PROFILE, PURPOSES
from oralhistory.services.withdrawal import destruction_words, removal_words
from oralhistory.ui.consent.act_form import ActForm
from oralhistory.ui.consent.consent_state import withdrawn
from oralhistory.ui.history.destruction import DestructionForm, DestructionReport, told_once
from oralhistory.ui.history.recall import HOLDS, RecallView
from oralhistory.ui.history.removal import RemovalCard
from oralhistory.ui.history.withdrawal import WithdrawalForm
from oralhistory.ui.look import choosing
from oralhistory.ui.look.pieces import (
    button,
    card,
    clear,
    column,
    joined,
    label,
    restyle,
    row,
    scrolling,
    sentence,
    stacked,
    told,
)
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.words import STAGE
from oralhistory.ui.page import Page, PageContext
from oralhistory.zones import local_minute

_SHORT_HASH, _GROUP = 8, 4
_ANSWERED = {
    Decision.GRANTED: mark("Agreed to: {purposes}"),
    Decision.REFUSED: mark("Not agreed to: {purposes}"),
    Decision.CONDITIONAL: mark("Case by case: {purposes}"),
    Decision.NOT_ASKED: mark("Not asked: {purposes}"),
    Decision.WITHDRAWN: mark("Withdrawn: {purposes}"),
}


class HistoryPage(Page):
    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("history")
        self._code = ""
        self._consent: ConsentFile | None = None
        says = self.says
        self._exports = Table("history_exports", says, mark("What left the building"), [
            mark("When"), mark("Recipient"), mark("Purpose"), mark("Format"), mark("Audience"), mark("Export code"),
            mark("SHA-256"),
        ], wraps=True)  # fmt: skip
        self._no_exports = sentence(says, mark("Nothing has left the building."), "soft")
        self._versions = column()
        self._no_versions = sentence(says, mark("No consent is on file yet."), "soft")
        self._custody = Table("history_custody", says, mark("What was done"), [
            mark("When"), mark("Who"), mark("What"), mark("Outcome"), mark("SHA-256"),
        ], whole=(0,), wraps=True)  # fmt: skip
        self._looks = Table("history_looks", says, mark("Who looked at the real name or the signed paper, and why"), [
            mark("When"), mark("Who"), mark("Why"),
        ], whole=(0,), wraps=True)  # fmt: skip
        self._looked = card(
            sentence(says, mark("Who looked at the real name or the signed paper, and why"), "large"), self._looks
        )
        self._checked = label("soft")
        self._check = button("history_check", says, mark("Check the sound on disk"))
        self._check.clicked.connect(self._verify)
        write = button("history_write", says, mark("Write this list to a file …"))
        write.clicked.connect(self._ask_for_file)
        self._withdrawal = WithdrawalForm(lambda recipient: context.desk.withdrawing.gave(self._code, recipient))
        self._withdrawal.confirmed.connect(self._withdraw)
        acts, jobs = context.desk.consent_acts, context.jobs
        self._recall = RecallView(context.desk.withdrawing.languages, acts, jobs)
        self._recall.written.connect(self._keep_written)
        self._recall.pick_language(i18n.language()[:2])
        self._recall.wished.connect(self._choose)
        self._recall.language_picked.connect(self._show_recall)
        self._acts = ActForm("history_sign", acts, jobs, HOLDS)
        self._held = label("caution")
        self._removal = RemovalCard(context)
        self._destruction = DestructionForm()
        self._destruction.confirmed.connect(self._destroy)
        check = row(self._check, write, self._checked)
        check.setStretch(2, 1)
        inner = stacked(
            card(sentence(says, mark("What left the building"), "large"), self._no_exports, self._exports),
            card(sentence(says, mark("Versions of consent"), "large"), self._no_versions, self._versions),
            self._withdrawal,
            self._recall,
            card(sentence(says, mark("Legal hold"), "large"), self._held, self._acts),
            card(sentence(says, mark("What was done"), "large"), self._custody, check),
            self._looked,
            self._removal,
            self._destruction,
        )
        self.setLayout(column(scrolling(inner)))

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._checked.setText("")
            self._withdrawal.begin()
            self._destruction.begin(code)
        self._code = code
        desk = self.context.desk
        history, consent = desk.interviews.history(code), desk.consenting.on_file(code)
        self._consent = consent
        self._withdrawal.show_answers(consent)
        self._withdrawal.offer_recipients(one.name for one in desk.recipients.known())
        self._exports.fill([
            (local_minute(one.made_at), destruction_words.whom(one), tr(PURPOSES[one.purpose]),
             joined([one.format, tr("summary") if one.summary else ""], ", "), told(PROFILE, one.profile), one.code,
             (f"{one.sha256[:_GROUP]} {one.sha256[_GROUP:_SHORT_HASH]}…", one.sha256))
            for one in history.exports
        ])  # fmt: skip
        self._no_exports.setVisible(not history.exports)
        clear(self._versions)
        for withdrawal in reversed(consent.withdrawals):
            taken = label("danger")
            taken.setText(withdrawn(withdrawal))
            self._versions.addWidget(taken)
        for version in reversed(consent.versions):
            self._versions.addWidget(_version(version))
        self._no_versions.setVisible(not consent.versions)
        self._show_recall()
        self._removal.show_interview(code)
        self._removal.setVisible(bool(desk.interviews.card(code).recordings))  # where there is no sound, no minutes can go
        self._tell_hold(consent)
        self._custody.fill([
            (local_minute(one.at), custody_words.who(one.actor), custody_words.action(one.action),
             custody_words.outcome(one.outcome), _hash(one.object_hash))
            for one in reversed(history.custody)
        ])  # fmt: skip
        looks = [one for one in reversed(consent.events) if one.act is Act.IDENTITY_SHOWN]
        self._looks.fill([(local_minute(one.at), custody_words.who(one.by), one.note) for one in looks])
        self._looked.setVisible(bool(looks))

    def _show_recall(self) -> None:
        consent = self._consent
        if consent is None:
            return
        withdrawing = self.context.desk.withdrawing
        letters = withdrawing.letters(self._code, self._recall.language) if consent.withdrawals else []
        self._recall.show_file(self._code, consent, letters)

    def _tell_hold(self, consent: ConsentFile) -> None:
        hold = consent.hold
        restyle(self._held, "caution" if hold else "soft")
        self._held.setText(
            tr("Set by {by} and {second}: {reason}", by=hold.by, second=hold.second, reason=hold.note)
            if hold else tr("There is none. Only a legal hold forbids destroying.")
        )  # fmt: skip
        self._acts.offer(self._code, {"lift"} if hold else {"hold"})

    def _keep_written(self, letter: str) -> None:
        withdrawing, code = self.context.desk.withdrawing, self._code
        self.context.jobs.run(lambda: withdrawing.written(code, letter), lambda _: None, owner=self)

    def _choose(self, wish: Wish) -> None:
        withdrawing, code = self.context.desk.withdrawing, self._code

        def kept(_: object) -> None:
            self.context.notify(tr("What the narrator wants is on file."))

        self.context.jobs.run(lambda: withdrawing.choose(code, wish), kept, owner=self)

    def retranslate(self) -> None:
        super().retranslate()
        self._recall.retranslate()
        self._acts.retranslate()
        self._withdrawal.says.again()
        self._destruction.says.again()
        self._removal.retranslate()
        if self._code:
            self.show_interview(self._code)

    def changed(self, notice: Notice) -> None:
        if notice.code == self._code and self.isVisible():
            self.show_interview(self._code)

    def _withdraw(self, purposes: list[Purpose], recipient: str) -> None:
        consenting, code = self.context.desk.consenting, self._code

        def done(_: object) -> None:
            self._withdrawal.begin()
            what = listed(tr(PURPOSES[one.value]) for one in purposes) or tr("everything")
            self.context.notify(
                tr("Withdrawn from {recipient} alone, and refused to them from now on: {what}.", recipient=recipient, what=what)
                if recipient else tr("Withdrawn from everybody, and refused from now on: {what}.", what=what)
            )  # fmt: skip

        self.context.jobs.run(lambda: consenting.withdraw(code, purposes, recipient=recipient), done, owner=self)

    def hindrance(self) -> str:
        return tr("An interview is being destroyed.") if self._destruction.work.working else self._removal.hindrance()

    def leave(self) -> None:
        self._removal.leave()
        self._acts.forget()
        self._recall.forget()

    def _destroy(self) -> None:
        destroying, code, work = self.context.desk.destroying, self._code, self._destruction.work
        work.begin(tr("The interview is being destroyed …"))
        progress = work.progress(self.context.jobs)
        self.context.jobs.run(lambda: destroying.destroy(code, progress=progress), self._destroyed, self._not_destroyed,
                              owner=self)  # fmt: skip

    def _destroyed(self, done: Destruction) -> None:
        self._destruction.work.end()
        if done.code == self._code:
            self._code, self._consent = "", None
        title = tr("Destroyed: {code}", code=done.code)
        DestructionReport(self.window(), title, destruction_words.report(done), told_once()).open()

    def _not_destroyed(self, error: Exception) -> None:
        self._destruction.work.end()
        self.context.jobs.tell(error)

    def _verify(self) -> None:
        fixity, code = self.context.desk.fixity, self._code
        self._check.setEnabled(False)
        self._say(tr("Every record is being read …"), "soft")

        def verified(checked: list[Checked]) -> None:
            self._check.setEnabled(True)
            if code == self._code:  # what was found in another interview says nothing about this one
                self._verified(checked)

        def failed(error: Exception) -> None:
            self._check.setEnabled(True)
            if code == self._code:
                self._say(error.happened if isinstance(error, OralHistoryError) else "", "caution")

        self.context.jobs.run(lambda: fixity.verify(code), verified, failed, owner=self)

    def _ask_for_file(self) -> None:
        begin = choosing.folder_to_begin_in(self.context.desk.archive.folder)
        to = choosing.file_to_write(self, tr("Write to a file"), f"{self._code}.csv", tr("Table (*.csv)"), begin=begin)
        if to:
            self.write(Path(to if to.endswith(".csv") else f"{to}.csv"))

    def write(self, path: Path) -> None:
        """Write what was done to this interview to a file; a log that was changed is told and not written."""
        log, code = self.context.desk.custody_log, self._code

        def done(entries: int) -> None:
            self.context.notify(ntr("{n} entry was written.", "{n} entries were written.", entries))

        self.context.jobs.run(lambda: log.write(path, code), done, owner=self)

    def _verified(self, checked: list[Checked]) -> None:
        damaged = [one for one in checked if not one.unchanged]
        if damaged:
            parts = listed(str(one.recording.part) for one in damaged)
            self._say(tr("Damaged parts: {parts}. Restore them from a backup; what is whole can be heard.", parts=parts),
                      "danger")  # fmt: skip
        else:
            removed = map(removal_words.line, self.context.desk.removing.of(self._code))
            whole = ntr("{n} part was read and is unchanged.", "{n} parts were read and are unchanged.", len(checked))
            self._say("\n".join([whole, *removed]), "good")

    def _say(self, text: str, role: str) -> None:
        restyle(self._checked, role)
        self._checked.setText(text)


def _version(version: ConsentVersion) -> QFrame:
    """A version of consent: its moment, and what was answered with yes and with no."""

    def answered(decision: Decision) -> str:
        asked = [_asked(one) for one in version.permissions if one.decision is decision]
        return tr(_ANSWERED[decision], purposes=listed(asked)) if asked else ""

    head, answers = label(), label("soft")
    stage, day = told(STAGE, version.stage.value), local_minute(version.recorded_at)
    head.setText(joined([tr("Version {number}", number=version.number), stage, day, version.obtained_by]))
    answers.setText("\n".join(filter(None, map(answered, Decision))))
    shown = QFrame()
    shown.setLayout(column(head, answers, spacing=GRID // 2))
    return shown


def _asked(permission: Permission) -> str:
    purpose = tr(PURPOSES[permission.purpose.value])
    return f"{purpose} ({permission.recipient})" if permission.recipient else purpose


def _hash(sha256: str) -> tuple[str, str]:
    return (f"{sha256[:_SHORT_HASH]}…" if sha256 else ""), sha256
