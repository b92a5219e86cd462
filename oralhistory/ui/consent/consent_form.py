"""The consent form for reading aloud together: a CONSENT.json document shown, answered and given back."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from oralhistory.domain.consent import WORK_PURPOSES, Decision, Purpose, Stage
from oralhistory.domain.consent_document import open_questions
from oralhistory.domain.form_text import FormText
from oralhistory.i18n import listed, mark, tr
from oralhistory.ui.consent.checklist_view import ChecklistView
from oralhistory.ui.consent.consent_details import BeforeRelease, GivenHow, Question
from oralhistory.ui.consent.permission_row import PermissionRow
from oralhistory.ui.consent.sensitive_question import SensitiveQuestion
from oralhistory.ui.look.answers import Answers
from oralhistory.ui.look.pieces import button, card, column, label, row, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_ORDER = {purpose: place for place, purpose in enumerate(Purpose)}


class ConsentForm(QWidget):
    """`filling_wanted`: the text is to be made the organisation's own, and what stands in brackets in it filled in.
    `parts_changed`: other questions are asked than before."""

    edited = Signal()
    filling_wanted = Signal()
    parts_changed = Signal()

    def __init__(self, says: Wording, afterwards: QWidget | None = None) -> None:
        """`afterwards` is shown in the form for the moment after the interview, before anything is given to others."""
        super().__init__()
        self.setProperty("role", "ground")
        self._afterwards = afterwards or QWidget()
        self._says = says
        self._kept: dict[str, Any] = {}
        self._text: FormText | None = None
        self._no_sound_yet = False
        self._sound = True
        """Whether the text speaks of a recording."""
        self._part: int | None = None
        self._title, self._notice, self._opening = label("title"), label("small"), label("reading")
        self._to_fill = label()
        self._unfilled = self._note_of_places(says)
        self._own = button("consent_own_text", says, mark("Our own text …"), role="link")
        self._own.clicked.connect(self.filling_wanted)
        own = row(self._own)
        own.addStretch(1)
        self._checklist = ChecklistView(says)
        self.sensitive = SensitiveQuestion(says)
        self._how = GivenHow(says)
        self._before_release = BeforeRelease(says)
        self._rows: list[PermissionRow] = []
        self._places: dict[Purpose, QVBoxLayout] = {purpose: column() for purpose in Purpose}
        work = [self._places[one] for one in Purpose if one in WORK_PURPOSES]
        release = [self._places[one] for one in Purpose if one not in WORK_PURPOSES]
        self._heads = [
            sentence(says, mark("Our own work"), "large"),
            sentence(says, mark("Giving it to others"), "large"),
        ]
        self._how_panel, self._release_panel = card(self._how), card(self._before_release)
        layout = column(
            self._title, self._notice, own, self._unfilled, self._opening, self._checklist, self.sensitive, self._heads[0], *work,
            self._how_panel, self._afterwards, self._heads[1], *release, self._release_panel, margin=2 * GRID, spacing=2 * GRID,
        )  # fmt: skip
        layout.addStretch(1)
        self.setLayout(layout)
        for part in (self._checklist, self.sensitive, self._how, self._before_release):
            part.edited.connect(self._answered)
        self._checklist.filling_wanted.connect(self.filling_wanted)
        for purpose in Purpose:
            self._add_row(purpose)

    def fill(self, document: dict[str, Any], text: FormText, *, without_sound: bool = False) -> None:
        """Show `document` in the words of `text`. `without_sound`: nothing was recorded before this moment."""
        self._kept, self._no_sound_yet = document, without_sound
        self._checklist.fill(document["checklist"])
        self.sensitive.fill(document)
        self._how.fill(document)
        self._before_release.fill(document)
        given = {purpose: [one for one in document["permissions"] if one["purpose"] == purpose] for purpose in Purpose}
        for purpose, permissions in given.items():
            asked = permissions or [_unasked(purpose)]
            for each, permission in zip(self._rows_for(purpose, len(asked)), asked, strict=True):
                each.fill(permission)
        self.read_from(text)

    def read_from(self, text: FormText) -> None:
        """Put title, paragraphs and questions in the words of `text`; answers stay."""
        self._text, self._sound = text, self._of_sound
        self._title.setText(text.title)
        self._notice.setText(text.notice)
        self._opening.setText(text.opening)
        self._checklist.read_from(text, sound=self._sound)
        self._show_places()
        self.sensitive.ask(text.language)
        for one in self._rows:
            one.ask(text.questions.get(one.purpose.value, ""))

    @property
    def _of_sound(self) -> bool:
        """Whether what is answered here leaves anything to record, or to have recorded."""
        if self._is_afterwards:
            return not self._no_sound_yet
        refused = (Decision.REFUSED.value, Decision.WITHDRAWN.value)
        said_no = any(one.decision in refused for one in self._rows if one.purpose is Purpose.RECORD_AUDIO)
        return not said_no and self.sensitive.fields()["sensitive_data"] is not False

    def _answered(self) -> None:
        """Where recording was refused, or allowed after all, the text speaks of what will be done."""
        if self._text is not None and self._sound != self._of_sound:
            self.read_from(self._text)
            self.show_part(self._part)
            self.parts_changed.emit()
        self.edited.emit()

    def _note_of_places(self, says: Wording) -> QFrame:
        fill = button("consent_fill_in", says, mark("Fill in …"), role="primary")
        fill.clicked.connect(self.filling_wanted)
        line = row(fill)
        line.addStretch(1)
        self._to_fill.setObjectName("consent_unfilled")
        made = QFrame()
        made.setProperty("role", "note_caution")
        made.setLayout(column(self._to_fill, line, margin=2 * GRID))
        return made

    def _show_places(self) -> None:
        places = self._text.places if self._text is not None else ()
        self._to_fill.setText(
            tr("This text is not ready to be read aloud: what stands in brackets is your organisation's to fill in. {places}",
               places=listed(places))
        )  # fmt: skip
        for one, wanted in ((self._unfilled, bool(places)), (self._own, not places)):
            one.setVisible(wanted and self._part in (None, 0))

    @property
    def how(self) -> GivenHow:
        return self._how

    @property
    def has_places(self) -> bool:
        """Whether something in the text is still to be filled in."""
        return self._text is not None and bool(self._text.places)

    @property
    def still_open(self) -> list[Question]:
        """What somebody has to answer, and nobody has."""
        known = {**self.sensitive.questions, **self._how.questions, **self._before_release.questions}
        return [known[field] for field in open_questions(self.document())]

    @property
    def to_tell_again(self) -> list[QWidget]:
        """What was explained, and has other words since recording was refused, or allowed after all."""
        return list(self._checklist.to_tell_again)

    def part_of(self, widget: QWidget) -> int:
        """In which part this stands."""
        parts = enumerate(self._parts())
        return next(number for number, widgets in parts if any(one.isAncestorOf(widget) for one in widgets))

    def point_to(self, widget: QWidget) -> None:
        """Have the keyboard there; nothing is answered by that."""
        if self.sensitive.isAncestorOf(widget):
            self.sensitive.ask_again()
        if isinstance(widget, Answers):
            widget.focus()
        else:
            widget.setFocus()

    def document(self) -> dict[str, Any]:
        """The document as answered now; what the form does not show is as it was."""
        assert self._text is not None
        return {
            **self._kept,
            **self.sensitive.fields(),
            **self._how.fields(),
            **self._before_release.fields(),
            "form_text": self._text.id,
            "language": self._text.language,
            "checklist": self._checklist.ticked(),
            "permissions": [one.permission() for one in sorted(self._rows, key=lambda row: _ORDER[row.purpose])],
        }

    def retranslate(self) -> None:
        self._before_release.retranslate()
        self._how.evidence.retranslate()
        if self._text is not None:
            self._checklist.read_from(self._text, sound=self._sound)
            self._show_places()
        for one in self._rows:
            one.says.again()

    @property
    def parts(self) -> int:
        """How many parts there are when it is read one at a time."""
        return len(self._parts())

    def show_part(self, number: int | None) -> None:
        """Show one part only, or all of them."""
        self._part = number
        self._stand_alone(number is not None)
        for at, widgets in enumerate(self._parts()):
            for widget in widgets:
                widget.setVisible(number in (None, at))
        for one in self._rows:
            if not self._is_asked(one):
                one.hide()
        for head in self._heads:
            head.setVisible(number is None)
        if not self._is_afterwards:
            self._afterwards.hide()

    def _stand_alone(self, alone: bool) -> None:
        """What is read together stands there by itself, and larger: two people look at it across a table."""
        if self.property("alone") != alone:
            self.setProperty("alone", alone)
            for one in self.findChildren(QLabel):
                one.style().unpolish(one)
                one.style().polish(one)

    def _parts(self) -> list[list[QWidget]]:
        asked: dict[Purpose, list[QWidget]] = {purpose: [] for purpose in Purpose}
        for one in filter(self._is_asked, self._rows):
            asked[one.purpose].append(one)
        work = [rows for purpose, rows in asked.items() if rows and purpose in WORK_PURPOSES]
        release = [rows for purpose, rows in asked.items() if rows and purpose not in WORK_PURPOSES]
        opening: list[QWidget] = [self._title, self._notice, self._opening]
        opening.append(self._unfilled if self.has_places else self._own)
        told: list[list[QWidget]] = [[one] for one in self._checklist.cards]
        passages = [[self._afterwards]] if self._is_afterwards else []
        return [opening, *told, [self.sensitive], *work, [self._how_panel], *passages, *release, [self._release_panel]]

    def _is_asked(self, row: PermissionRow) -> bool:
        """What makes no sense without a recording is not asked; what was answered all the same stands there."""
        asked = self._text is None or self._text.asks(row.purpose, sound=self._sound)
        return asked or row.decision != Decision.NOT_ASKED.value

    @property
    def _is_afterwards(self) -> bool:
        return self._kept.get("stage") in (Stage.AFTER.value, Stage.RENEWAL.value)

    def _rows_for(self, purpose: Purpose, count: int) -> list[PermissionRow]:
        """So many rows of `purpose`; those that are there are used again, because making them takes time."""
        rows = [one for one in self._rows if one.purpose is purpose]
        for surplus in rows[count:]:
            self._rows.remove(surplus)
            surplus.hide()
            surplus.deleteLater()
        return rows[:count] + [self._add_row(purpose) for _ in range(count - len(rows))]

    def _add_row(self, purpose: Purpose) -> PermissionRow:
        earlier = sum(one.purpose is purpose for one in self._rows)
        made = PermissionRow(purpose, f"{purpose.value}_{earlier + 1}" if earlier else purpose.value)
        made.edited.connect(self._answered)
        made.another_wanted.connect(self._add_another)
        if self._text is not None:
            made.ask(self._text.questions.get(purpose.value, ""))
        self._rows.append(made)
        self._places[purpose].addWidget(made)
        return made

    def _add_another(self, purpose: str) -> None:
        self._add_row(Purpose(purpose)).setFocus()
        self._answered()


def _unasked(purpose: Purpose) -> dict[str, Any]:
    return {
        "purpose": purpose.value, "decision": "not_asked", "identity": "anonymous", "form": "redacted_text_only",
        "recipient": "", "from": None, "until": None,
    }  # fmt: skip
