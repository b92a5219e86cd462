"""What stands on file and what it allows today, in the same sentences with which services refuse."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oralhistory.domain.consent import WORK_PURPOSES, Allowed, Context, Operation, Purpose, Stage
from oralhistory.i18n import mark, tr
from oralhistory.services import refusal
from oralhistory.services.consenting import Consenting
from oralhistory.ui.look.pieces import Choice, card, clear, column, field, label, line_edit, scrolling, stacked, told
from oralhistory.ui.look.pieces import sentence as said
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import STAGE


class ConsentState(QWidget):
    def __init__(self, says: Wording, consenting: Consenting) -> None:
        super().__init__()
        self._consenting = consenting
        self._code = ""
        self._on_file, self._work, self._release = column(), column(), column()
        purposes = [(one.value, refusal.PURPOSES[one.value]) for one in Purpose if one not in WORK_PURPOSES]
        self._purpose = Choice("consent_ask_purpose", says, mark("Purpose of release"), purposes)
        self._purpose.pick(Purpose.PUBLISH_TEXT.value)
        self._recipient = line_edit("consent_ask_recipient", says, mark("Recipient"))
        says(self._recipient.setPlaceholderText, mark("Recipient"))
        self._purpose.picked.connect(self._answer_release)
        self._recipient.textChanged.connect(self._answer_release)
        inner = stacked(
            card(said(says, mark("On file"), "large"), self._on_file),
            card(said(says, mark("What it allows today"), "large"), self._work),
            card(field(says, mark("Release for"), self._purpose), self._recipient, self._release),
        )
        self.setLayout(column(scrolling(inner)))

    def show_interview(self, code: str) -> None:
        self._code = code
        file = self._consenting.on_file(code)
        clear(self._on_file)
        for version in file.versions:
            day = version.recorded_at.astimezone().date().isoformat()
            self._line(self._on_file, tr("Version {number}: {stage}, {day}", number=version.number,
                                         stage=told(STAGE, version.stage.value), day=day))  # fmt: skip
        for withdrawal in file.withdrawals:
            what = ", ".join(tr(refusal.PURPOSES[one.value]) for one in sorted(withdrawal.purposes)) or tr("everything")
            day = withdrawal.requested_on.isoformat()
            self._line(self._on_file, tr("Withdrawn on {day}: {what}", day=day, what=what), "danger")
        if not file.versions:
            self._line(self._on_file, tr("Nothing yet. Nothing may be recorded before consent is on file."))
        session = max((one.session for one in file.versions if one.stage is Stage.BEFORE), default=1)
        clear(self._work)
        self._answer(self._work, tr("Recording"), Operation.RECORD, Context(session=session))
        self._answer(self._work, tr("Transcription by machine"), Operation.TRANSCRIBE, Context())
        self._answer_release()

    def _answer_release(self) -> None:
        clear(self._release)
        if self._code:
            context = Context(Purpose(self._purpose.value), self._recipient.text())
            self._answer(self._release, tr("Text"), Operation.EXPORT_TEXT, context)
            self._answer(self._release, tr("Sound"), Operation.EXPORT_AUDIO, context)

    def _answer(self, place: QVBoxLayout, what: str, operation: Operation, context: Context) -> None:
        answer = self._consenting.why(self._code, operation, context)
        if isinstance(answer, Allowed):
            self._line(place, tr("✓ {what}: allowed", what=what), "good")
            return
        self._line(place, tr("– {what}: not allowed", what=what), "caution")
        for reason in answer.reasons:
            self._line(place, refusal.sentence(reason), "small")

    def _line(self, place: QVBoxLayout, text: str, role: str = "") -> None:
        line = label(role)
        line.setText(text)
        place.addWidget(line)
