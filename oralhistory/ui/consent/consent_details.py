"""The parts of the consent form around the questions: how consent was given, and what holds for any release."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from oralhistory.domain.consent import Concern, Mode, ReviewStatus, ReviewWanted, RiskLevel
from oralhistory.i18n import mark
from oralhistory.ui.consent.evidence_field import NAME, EvidenceField
from oralhistory.ui.consent.third_parties import ThirdParties
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import Choice, Day, Number, column, field, line_edit, row, sentence, values_of
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import CONCERN, MODE, REVIEW_STATUS, REVIEW_WANTED, RISK

MOST_SESSIONS = 999
_NOT_YET = [("", mark("not chosen yet"))]
_RECONTACT = mark("Whether the narrator may be contacted again (how, is kept with the real name)")
_UNDERTAKING = mark("Has the interpreter undertaken in writing to keep everything confidential?")
_ASSENT = mark("Does the minor say yes too, asked alone?")


Question = tuple[str, Answers | Choice]
"""What it is called, and where it is answered."""


def yes_or_no(answer: bool | None) -> str:
    """As an open question shows it."""
    return "" if answer is None else "yes" if answer else "no"


def is_yes(shown: str) -> bool | None:
    return shown == "yes" if shown else None


class GivenHow(QWidget):
    """How, by whom and before whom consent was given; doubts. Nothing is answered before somebody does it.

    `another_meant`: another narrator or session is chosen, whose answers are others.
    """

    edited = Signal()
    another_meant = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._several, self._first = False, ""
        self._session = Number("consent_session", says, mark("Session"), 1, MOST_SESSIONS)
        self._mode = Choice("consent_mode", says, mark("How consent was given"), [*_NOT_YET, *values_of(Mode, MODE)])
        self._narrator = Choice("consent_narrator", says, mark("Whose consent"), _NOT_YET)
        self.evidence = EvidenceField(says)
        self._witness = line_edit("consent_witness", says, mark("Witness"))
        self._by = line_edit("consent_obtained_by", says, mark("Taken by (staff code)"))
        self._on = Day("consent_obtained_on", says, mark("Taken on"))
        self._interpreter = line_edit("consent_interpreter", says, mark("Interpreter (staff code)"))
        yes_no = [("no", mark("no")), ("yes", mark("yes"))]
        self._undertaking = Answers("consent_undertaking", says, _UNDERTAKING, yes_no, open_=True)
        self._guardian = line_edit("consent_guardian", says, mark("Parent or guardian who consents too"))
        self._assent = Answers("consent_assent", says, _ASSENT, yes_no, open_=True)
        self._concern = Choice("consent_concern", says, mark("A doubt about the narrator's capacity"),
                               [*_NOT_YET, *values_of(Concern, CONCERN)])  # fmt: skip
        self._lay_out(says)
        for choice in (self._mode, self._concern, self._undertaking, self._assent):
            choice.picked.connect(self._answered)
        self._narrator.picked.connect(self.another_meant)
        for line in (self._witness, self._by, self._on, self._interpreter, self._guardian):
            line.textEdited.connect(self._answered)
        self._session.valueChanged.connect(self.another_meant)
        self.evidence.edited.connect(self.edited)
        self._show_fitting()

    def offer_narrators(self, codes: list[str]) -> None:
        """Who may give this consent; with one narrator there is nothing to choose."""
        now = self._narrator.value
        with QSignalBlocker(self._narrator):
            while self._narrator.count() > len(_NOT_YET):
                self._narrator.removeItem(len(_NOT_YET))
            for code in codes:
                self._narrator.addItem(code, code)
        self._narrator.pick(now)
        self._several, self._first = len(codes) > 1, codes[0]
        self._show_fitting()

    @property
    def chosen(self) -> tuple[str, int]:
        """Whose consent it is, "" where nobody has said so yet, and of which session."""
        return self._narrator.value, self._session.value()

    def of(self, document: dict[str, Any]) -> tuple[str, int]:
        """The same of a document, in which nobody's name means the first one's."""
        named = document["narrator"]
        return "" if named is None else named or self._first, document["session"]

    def choose(self, narrator: str, session: int) -> None:
        with QSignalBlocker(self._session):  # what is shown is not what was answered
            self._session.setValue(session)
        self._narrator.pick(narrator)

    def was_spoken(self, clip: str) -> None:
        """The spoken consent was recorded just now: it is the proof of these answers, and how they were given, unless they name
        another proof already."""
        if not self.evidence.open_to_spoken:
            return
        if self._mode.value in ("", Mode.WRITTEN.value):
            self._mode.pick(Mode.SPOKEN_RECORDED.value)
        self.evidence.choose(clip)

    def _answered(self) -> None:
        self._show_fitting()
        self.edited.emit()

    def _show_fitting(self) -> None:
        """Questions about an interpreter, a minor and whose consent it is stand there when there is somebody to ask about."""
        self._whose.setVisible(self._several)
        self._of_interpreter.setVisible(bool(self._interpreter.text().strip()))
        self._of_minor.setVisible(self._concern.value == Concern.MINOR.value)

    def fill(self, document: dict[str, Any]) -> None:
        self.choose(*self.of(document))
        self.evidence.set_value(document["evidence"])
        self._mode.pick(document["mode"] or "")
        self._witness.setText(document["witness"])
        self._by.setText(document["obtained_by"])
        self._on.set_iso(document["obtained_on"])
        self._interpreter.setText(document["interpreter"])
        self._concern.pick(document["capacity_concern"] or "")
        self._undertaking.pick(yes_or_no(document["interpreter_undertaking"]))
        self._guardian.setText(document["guardian"])
        self._assent.pick(yes_or_no(document["assent"]))
        self._show_fitting()

    def fields(self) -> dict[str, Any]:
        return {
            "session": self._session.value(),
            "mode": self._mode.value or None,
            **({"narrator": self._narrator.value or None} if self._several else {}),
            "evidence": self.evidence.value,
            "witness": self._witness.text().strip(),
            "obtained_by": self._by.text().strip(),
            "obtained_on": self._on.iso,
            "interpreter": self._interpreter.text().strip(),
            "interpreter_undertaking": is_yes(self._undertaking.value),
            "guardian": self._guardian.text().strip(),
            "assent": is_yes(self._assent.value),
            "capacity_concern": self._concern.value or None,
        }

    @property
    def questions(self) -> dict[str, Question]:
        """Where each field is answered that must not stay open."""
        return {
            "narrator": (mark("Whose consent"), self._narrator),
            "mode": (mark("How consent was given"), self._mode),
            "interpreter_undertaking": (mark("The interpreter's undertaking"), self._undertaking),
            "capacity_concern": (mark("A doubt about the narrator's capacity"), self._concern),
            "assent": (mark("The minor's own yes"), self._assent),
        }

    def _lay_out(self, says: Wording) -> None:
        self._whose, self._of_interpreter, self._of_minor = QWidget(), QWidget(), QWidget()
        self._whose.setLayout(field(says, mark("Whose consent"), self._narrator))
        self._of_interpreter.setLayout(column(sentence(says, _UNDERTAKING), self._undertaking))
        self._of_minor.setLayout(column(
            field(says, mark("Parent or guardian who consents too"), self._guardian), sentence(says, _ASSENT), self._assent,
        ))  # fmt: skip
        first = row(field(says, mark("How consent was given"), self._mode), field(says, mark("Session"), self._session))
        first.setStretch(0, 1)
        self.setLayout(column(
            self._whose,
            first,
            field(says, NAME, self.evidence),
            row(field(says, mark("Taken by (staff code)"), self._by), field(says, mark("Taken on"), self._on)),
            row(field(says, mark("Witness"), self._witness),
                field(says, mark("Interpreter (staff code)"), self._interpreter)),
            self._of_interpreter,
            field(says, mark("A doubt about the narrator's capacity"), self._concern),
            self._of_minor,
        ))  # fmt: skip


class BeforeRelease(QWidget):
    """What holds for every release: embargo, the narrator's own review, risk, people who are named, contact."""

    edited = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._until = Day("consent_embargo_until", says, mark("Nothing may be released before"))
        self._condition = line_edit("consent_embargo_condition", says, mark("Nothing may be released unless"))
        self._wanted = Choice("consent_review_wanted", says, mark("The narrator wants to review first"),
                              [*_NOT_YET, *values_of(ReviewWanted, REVIEW_WANTED)])  # fmt: skip
        self._status = Choice("consent_review_status", says, mark("The narrator's answer"),
                              values_of(ReviewStatus, REVIEW_STATUS))  # fmt: skip
        self._recontact = line_edit("consent_recontact", says, _RECONTACT)
        self._risk = Choice("consent_risk", says, mark("Risk"), [*_NOT_YET, *values_of(RiskLevel, RISK)], whole=True)
        yes_no = [("no", mark("no")), ("yes", mark("yes"))]
        self._relatives = Answers("consent_relatives", says, mark("Relatives are at risk"), yes_no, open_=True)
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
        self._wanted.pick(document["narrator_review"]["wanted"] or "")
        self._status.pick(document["narrator_review"]["status"])
        self._recontact.setText(document["recontact"])
        self._risk.pick(document["risk"]["level"] or "")
        self._relatives.pick(yes_or_no(document["risk"]["relatives_at_risk"]))
        self._review.set_iso(document["risk"]["next_review"])
        self._people.fill(document["third_parties"])

    def fields(self) -> dict[str, Any]:
        return {
            "embargo_until": self._until.iso,
            "embargo_condition": self._condition.text().strip(),
            "narrator_review": {"wanted": self._wanted.value or None, "status": self._status.value},
            "recontact": self._recontact.text().strip(),
            "third_parties": self._people.people(),
            "risk": {
                "level": self._risk.value or None,
                "relatives_at_risk": is_yes(self._relatives.value),
                "next_review": self._review.iso,
            },
        }

    @property
    def questions(self) -> dict[str, Question]:
        """Where each field is answered that must not stay open."""
        return {
            "narrator_review.wanted": (mark("The narrator wants to review first"), self._wanted),
            "risk.level": (mark("Risk"), self._risk),
            "risk.relatives_at_risk": (mark("Relatives are at risk"), self._relatives),
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
            field(says, _RECONTACT, self._recontact),
            sentence(says, mark("Other people who are named"), "small"),
            self._people,
        ))  # fmt: skip
