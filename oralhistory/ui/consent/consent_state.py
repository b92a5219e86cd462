"""What stands on file and what it allows today, in the same sentences with which services refuse; what can be signed about it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QStyle, QVBoxLayout, QWidget

from oralhistory.domain.consent import (
    WORK_PURPOSES,
    Allowed,
    ConsentFile,
    Context,
    Operation,
    Purpose,
    Reason,
    Refused,
    Withdrawal,
)
from oralhistory.i18n import listed, mark, tr
from oralhistory.services import refusal
from oralhistory.services.consent.leaving import RELEASES
from oralhistory.ui.consent.act_form import ActForm
from oralhistory.ui.consent.identity_card import IdentityCard
from oralhistory.ui.consent.leaving_lines import leaving_lines
from oralhistory.ui.consent.remedies import Asking, latest_before, remedies, signatures, signed_lines
from oralhistory.ui.look.pieces import (
    Choice,
    card,
    clear,
    column,
    field,
    joined,
    label,
    line_edit,
    scrolling,
    stacked,
    told,
)
from oralhistory.ui.look.pieces import sentence as said
from oralhistory.ui.look.printing import PrintRow
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import CONSENT_ACT, STAGE
from oralhistory.ui.page import PageContext
from oralhistory.zones import local_day


class ConsentState(QWidget):
    def __init__(self, says: Wording, context: PageContext) -> None:
        super().__init__()
        self._consenting, self._copies = context.desk.consenting, context.desk.consent_copies
        self._code = ""
        self._asking = Asking()
        self._against_work: frozenset[str] = frozenset()
        self._on_file, self._work, self._leaving, self._release = column(), column(), column(), column()
        purposes = [(one.value, refusal.PURPOSES[one.value]) for one in Purpose if one not in WORK_PURPOSES]
        self._purpose = Choice("consent_ask_purpose", says, mark("Purpose of release"), purposes)
        self._purpose.pick(Purpose.PUBLISH_TEXT.value)
        self._recipient = line_edit("consent_ask_recipient", says, mark("Recipient"))
        says(self._recipient.setPlaceholderText, mark("Recipient"))
        self._purpose.picked.connect(self._answer_release)
        self._recipient.textChanged.connect(self._answer_release)
        self._abroad = QCheckBox()
        self._abroad.setObjectName("consent_ask_abroad")
        says(self._abroad.setText, mark("The recipient is in another country"))
        self._abroad.clicked.connect(self._answer_release)
        self._narrator = Choice("consent_sign_narrator", says, mark("Whose consent"), [])
        self._narrator.picked.connect(self._mean)
        self._whose = QWidget()
        self._whose.setLayout(field(says, mark("Whose consent"), self._narrator))
        self._acts = ActForm("consent_sign", context.desk.consent_acts, context.jobs, signatures(self._asking))
        self._who = IdentityCard(context)
        self._printing = PrintRow("consent_print", says, mark("Print a copy for the narrator …"),
                                  mark("The copy holds codes and no name."), lambda: self._copies.paper(self._code))  # fmt: skip
        self._inner = inner = stacked(
            card(said(says, mark("On file"), "large"), self._on_file, self._printing),
            card(said(says, mark("What it allows today"), "large"), self._work),
            card(said(says, mark("What may leave the archive today"), "large"), self._leaving),
            card(said(says, mark("Ask about one release"), "large"), field(says, mark("Release for"), self._purpose),
                 self._recipient, self._abroad, self._release),
            self._whose,
            self._acts,
            self._who,
        )
        self.setLayout(column(scrolling(inner)))

    def show_interview(self, code: str) -> None:
        if code != self._code:
            self._printing.begin()
        self._code = code
        self._who.begin(code)
        file = self._consenting.on_file(code)
        self._offer_narrators(file.narrators)
        clear(self._on_file)
        for version in file.versions:
            day = local_day(version.recorded_at)
            self._line(self._on_file, tr("Version {number}: {stage}, {day}", number=version.number,
                                         stage=told(STAGE, version.stage.value), day=day))  # fmt: skip
        for withdrawal in file.withdrawals:
            self._line(self._on_file, withdrawn(withdrawal), "danger")
        if file.hold:
            self._line(self._on_file, tr("A legal hold stands: nobody destroys this interview."), "caution")
        for act, who, why, whom, when in signed_lines(file):
            self._line(self._on_file, joined([told(CONSENT_ACT, act.value), whom, who, when, why]), "small")
        self._printing.setVisible(bool(file.versions))
        if not file.versions:
            self._line(self._on_file, tr("Nothing yet. Nothing may be recorded before consent is on file."))
        self._answer_work(file)
        self._answer_release()

    @property
    def needed_width(self) -> int:
        """Pixels below which words at its right edge are cut off."""
        return self._inner.minimumSizeHint().width() + self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)

    def retranslate(self) -> None:
        self._acts.retranslate()
        self._who.says.again()

    def leave(self) -> None:
        """Another page comes to the front, or the archive is locked: what was shown of a person is shown no more."""
        self._who.forget()
        self._acts.forget()

    def _offer_narrators(self, codes: tuple[str, ...]) -> None:
        """Whose consent is signed for; with one narrator there is nothing to choose."""
        before = self._narrator.value
        self._narrator.clear()
        for code in codes if len(codes) > 1 else ():
            self._narrator.addItem(code, code)
        self._narrator.pick(before)
        self._whose.setVisible(len(codes) > 1)
        self._mean()

    def _mean(self) -> None:
        self._asking.narrator = self._narrator.value

    def _answer_work(self, file: ConsentFile) -> None:
        clear(self._work)
        session = Context(session=latest_before(file))
        self._against_work = frozenset(one.code for one in (
            *self._answer(self._work, tr("Recording"), Operation.RECORD, session),
            *self._answer(self._work, tr("Transcription by machine"), Operation.TRANSCRIBE, Context()),
        ))  # fmt: skip
        self._answer(self._work, tr("Translation"), Operation.TRANSLATE, Context())  # nothing is signed about it
        clear(self._leaving)
        for text, role in leaving_lines(self._consenting.leaving(self._code)):
            self._line(self._leaving, text, role)

    def _answer_release(self) -> None:
        """For the purpose and the recipient as they stand: asked again at each letter, so nothing else is asked here."""
        clear(self._release)
        if not self._code:
            return
        purpose, recipient = Purpose(self._purpose.value), self._recipient.text()
        release = Context(purpose, recipient, abroad=self._abroad.isChecked())
        against = [
            *self._answer(self._release, tr("Text"), Operation.EXPORT_TEXT, release),
            *self._answer(self._release, tr("Summary"), Operation.EXPORT_SUMMARY, release),
            *self._answer(self._release, tr("Sound"), Operation.EXPORT_AUDIO, release),
        ]
        # Of two permissions that are given case by case, the purpose and the transfer abroad, one is asked about at a time.
        case_by_case = (Purpose(one.details["purpose"]) for one in against if one.code == "conditional")
        self._asking.purpose, self._asking.recipient = next(case_by_case, purpose), recipient
        self._acts.offer(self._code, remedies({*self._against_work, *(one.code for one in against)}))

    def _answer(self, place: QVBoxLayout, what: str, operation: Operation, context: Context) -> Iterable[Reason]:
        """Say whether it is allowed, and why not; the reasons."""
        answer = self._consenting.why(self._code, operation, context)
        if isinstance(answer, Allowed):
            until = answer.permission.valid_until if operation not in RELEASES else None
            self._line(place, tr("✓ {what}: allowed until {date}", what=what, date=until.isoformat()) if until else
                       tr("✓ {what}: allowed", what=what), "good")  # fmt: skip
            for warning in answer.warnings:
                self._line(place, refusal.sentence(warning), "small")
            return ()
        assert isinstance(answer, Refused)
        self._line(place, tr("– {what}: not allowed", what=what), "caution")
        for reason in answer.reasons:
            self._line(place, refusal.sentence(reason), "small")
        return answer.reasons

    def _line(self, place: QVBoxLayout, text: str, role: str = "") -> None:
        line = label(role)
        line.setText(text)
        place.addWidget(line)


def withdrawn(one: Withdrawal) -> str:
    """A withdrawal in a line: when, what, and from whom when not from everybody."""
    what = listed(tr(refusal.PURPOSES[purpose.value]) for purpose in sorted(one.purposes)) or tr("everything")
    day = one.requested_on.isoformat()
    if one.recipient and one.lasting:
        return tr("Withdrawn on {day} from {recipient} alone: {what}", day=day, recipient=one.recipient, what=what)
    if one.recipient:
        return tr("No longer allowed since {day} for {recipient} alone: {what}", day=day, recipient=one.recipient, what=what)
    if not one.lasting:
        return tr("No longer allowed since {day}: {what}", day=day, what=what)
    return tr("Withdrawn on {day}: {what}", day=day, what=what)
