"""The parts of the consent form around the questions: how consent was given, and what holds for any release."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from oralhistory.domain.consent import Concern, Mode, ReviewStatus, ReviewWanted, RiskLevel
from oralhistory.i18n import mark
from oralhistory.ui.consent.third_parties import ThirdParties
from oralhistory.ui.look.pieces import Answers, Choice, Day, column, field, line_edit, row, sentence, values_of
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import CONCERN, MODE, REVIEW_STATUS, REVIEW_WANTED, RISK

MOST_SESSIONS = 999


class GivenHow(QWidget):
    """How, by whom and before whom consent was given; doubts; consent to sensitive information."""

    edited = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._session = QSpinBox()
        self._session.setObjectName("consent_session")
        self._session.setRange(1, MOST_SESSIONS)
        says(self._session.setAccessibleName, mark("Session"))
        self._mode = Choice("consent_mode", says, mark("How consent was given"), values_of(Mode, MODE))
        self._evidence = QComboBox()
        self._evidence.setObjectName("consent_evidence")
        self._evidence.setEditable(True)
        self._evidence.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        says(self._evidence.setAccessibleName, mark("Where the signed form or the spoken words are kept"))
        self._witness = line_edit("consent_witness", says, mark("Witness"))
        self._by = line_edit("consent_obtained_by", says, mark("Taken by (staff code)"))
        self._on = Day("consent_obtained_on", says, mark("Taken on"))
        self._interpreter = line_edit("consent_interpreter", says, mark("Interpreter (staff code)"))
        self._concern = Choice("consent_concern", says, mark("A doubt about the narrator's capacity"),
                               values_of(Concern, CONCERN))  # fmt: skip
        yes_no = [("no", mark("no")), ("yes", mark("yes"))]
        self._sensitive = Answers("consent_sensitive", says, mark("Sensitive information may be recorded"), yes_no)
        self._lay_out(says)
        for choice in (self._mode, self._concern, self._sensitive):
            choice.picked.connect(self.edited)
        for line in (self._witness, self._by, self._on, self._interpreter):
            line.textEdited.connect(self.edited)
        self._session.valueChanged.connect(self.edited)
        self._evidence.editTextChanged.connect(self.edited)

    def offer_evidence(self, recordings: list[str]) -> None:
        """The spoken consents that were recorded, to choose from."""
        now = self._evidence.currentText()
        with QSignalBlocker(self._evidence):
            self._evidence.clear()
            self._evidence.addItems(recordings)
            self._evidence.setEditText(now)

    def fill(self, document: dict[str, Any]) -> None:
        with QSignalBlocker(self._session), QSignalBlocker(self._evidence):  # what is shown is not what was answered
            self._session.setValue(document["session"])
            self._evidence.setEditText(document["evidence"])
        self._mode.pick(document["mode"])
        self._witness.setText(document["witness"])
        self._by.setText(document["obtained_by"])
        self._on.set_iso(document["obtained_on"])
        self._interpreter.setText(document["interpreter"])
        self._concern.pick(document["capacity_concern"])
        self._sensitive.pick("yes" if document["sensitive_data"] else "no")

    def fields(self) -> dict[str, Any]:
        return {
            "session": self._session.value(),
            "mode": self._mode.value,
            "evidence": self._evidence.currentText().strip(),
            "witness": self._witness.text().strip(),
            "obtained_by": self._by.text().strip(),
            "obtained_on": self._on.iso,
            "interpreter": self._interpreter.text().strip(),
            "capacity_concern": self._concern.value,
            "sensitive_data": self._sensitive.value == "yes",
        }

    def _lay_out(self, says: Wording) -> None:
        first = row(field(says, mark("How consent was given"), self._mode), field(says, mark("Session"), self._session))
        first.setStretch(0, 1)
        self.setLayout(column(
            first,
            field(says, mark("Where the signed form or the spoken words are kept"), self._evidence),
            row(field(says, mark("Taken by (staff code)"), self._by), field(says, mark("Taken on"), self._on)),
            row(field(says, mark("Witness"), self._witness),
                field(says, mark("Interpreter (staff code)"), self._interpreter)),
            field(says, mark("A doubt about the narrator's capacity"), self._concern),
            sentence(says, mark("May sensitive information be recorded: health, beliefs, opinions, what was suffered?")),
            self._sensitive,
        ))  # fmt: skip


class BeforeRelease(QWidget):
    """What holds for every release: embargo, the narrator's own review, risk, people who are named, contact."""

    edited = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._until = Day("consent_embargo_until", says, mark("Nothing may be released before"))
        self._condition = line_edit("consent_embargo_condition", says, mark("Nothing may be released unless"))
        self._wanted = Choice("consent_review_wanted", says, mark("The narrator wants to review first"),
                              values_of(ReviewWanted, REVIEW_WANTED))  # fmt: skip
        self._status = Choice("consent_review_status", says, mark("The narrator's answer"),
                              values_of(ReviewStatus, REVIEW_STATUS))  # fmt: skip
        self._recontact = line_edit("consent_recontact", says, mark("Whether and how the narrator may be contacted"))
        self._risk = Choice("consent_risk", says, mark("Risk"), values_of(RiskLevel, RISK))
        yes_no = [("no", mark("no")), ("yes", mark("yes"))]
        self._relatives = Answers("consent_relatives", says, mark("Relatives are at risk"), yes_no)
        self._review = Day("consent_risk_review", says, mark("Look at the risk again by"))
        self._people = ThirdParties(says)
        self._lay_out(says)
        for choice in (self._wanted, self._status, self._risk, self._relatives):
            choice.picked.connect(self.edited)
        for line in (self._until, self._condition, self._recontact, self._review):
            line.textEdited.connect(self.edited)
        self._people.edited.connect(self.edited)

    def fill(self, document: dict[str, Any]) -> None:
        self._until.set_iso(document["embargo_until"])
        self._condition.setText(document["embargo_condition"])
        self._wanted.pick(document["narrator_review"]["wanted"])
        self._status.pick(document["narrator_review"]["status"])
        self._recontact.setText(document["recontact"])
        self._risk.pick(document["risk"]["level"])
        self._relatives.pick("yes" if document["risk"]["relatives_at_risk"] else "no")
        self._review.set_iso(document["risk"]["next_review"])
        self._people.fill(document["third_parties"])

    def fields(self) -> dict[str, Any]:
        return {
            "embargo_until": self._until.iso,
            "embargo_condition": self._condition.text().strip(),
            "narrator_review": {"wanted": self._wanted.value, "status": self._status.value},
            "recontact": self._recontact.text().strip(),
            "third_parties": self._people.people(),
            "risk": {
                "level": self._risk.value,
                "relatives_at_risk": self._relatives.value == "yes",
                "next_review": self._review.iso,
            },
        }

    def retranslate(self) -> None:
        self._people.retranslate()

    def _lay_out(self, says: Wording) -> None:
        self.setLayout(column(
            row(field(says, mark("Nothing may be released before"), self._until),
                field(says, mark("Nothing may be released unless"), self._condition)),
            row(field(says, mark("The narrator wants to review first"), self._wanted),
                field(says, mark("The narrator's answer"), self._status)),
            row(field(says, mark("Risk"), self._risk), field(says, mark("Look at the risk again by"), self._review)),
            field(says, mark("Relatives are at risk"), self._relatives),
            field(says, mark("Whether and how the narrator may be contacted"), self._recontact),
            sentence(says, mark("Other people who are named"), "small"),
            self._people,
        ))  # fmt: skip
