"""What proves the consent: a scan or sound file sealed in the archive, words recorded here, or where the paper lies."""

from collections.abc import Callable, Mapping
from itertools import count

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from oralhistory.domain.evidence import SUFFIXES, Attachment, EvidenceKind
from oralhistory.i18n import mark, tr
from oralhistory.ui.look.drawn_once import DropDown
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import button, column, label
from oralhistory.ui.look.question import Question
from oralhistory.ui.look.wording import Wording
from oralhistory.zones import local_day

NAME = mark("Where the signed form or the spoken words are kept")
_ENOUGH = 4
"""Digits of an id that stand beside its name, or more where these don't tell all apart."""


class EvidenceField(QWidget):
    """`attach_wanted` and `record_wanted` are wishes: the page opens the file, or the recorder."""

    edited = Signal()
    attach_wanted = Signal()
    record_wanted = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._said = ""  # its value, also when the words for it are another language's by now
        self._known: Mapping[str, Callable[[], str]] = {}
        self._spoken: frozenset[str] = frozenset()
        self._shown_digits = _ENOUGH
        self._box = DropDown()
        self._box.setObjectName("consent_evidence")
        self._box.setEditable(True)
        self._box.setCompleter(None)  # type: ignore[arg-type]  # who writes where a paper lies must not have named what begins so
        self._box.setInsertPolicy(DropDown.InsertPolicy.NoInsert)
        self._box.setMinimumContentsLength(12)
        self._box.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        says(self._box.setAccessibleName, NAME)
        self._what = label("small")
        attach = button("consent_attach", says, mark("Attach a scan, photo or sound file …"))
        record = button("consent_record_spoken", says, mark("Record it spoken …"))
        attach.clicked.connect(self.attach_wanted)
        record.clicked.connect(self.record_wanted)
        self.setLayout(column(self._box, self._what, Flow(attach, record)))
        self._box.editTextChanged.connect(self._changed)
        self._tell()

    @property
    def value(self) -> str:
        """The id of what is sealed here, or in words where the proof is kept."""
        text = self._box.currentText().strip()
        return next((one for one in self._known if self._name(one) == text), text)

    def may_name_another(self) -> bool:
        """A version names one proof: ask before another stands in the place of the one that is named."""
        return not self.value or replacing_question(self, self._name(self.value), sealed=self.value in self._known).agreed()

    def set_value(self, evidence: str) -> None:
        with QSignalBlocker(self._box):  # what is shown is not what was answered
            self._box.setEditText(self._name(evidence))
        self._tell()

    def choose(self, evidence: str) -> None:
        """As if somebody had picked it."""
        self._box.setEditText(self._name(evidence))

    @property
    def open_to_spoken(self) -> bool:
        """Whether a spoken consent may be named without asking: nothing is, or an earlier one is that was spoken again."""
        return not self.value or self.value in self._spoken

    def offer(self, spoken: list[str], attached: list[Attachment]) -> list[str]:
        """What is sealed in the archive, to choose from. Answers the spoken consents that were not among it before."""
        now, before = self.value, set(self._known)
        self._known = {
            **{one: lambda: tr("The spoken consent, recorded here.") for one in spoken},
            **{one.id: lambda one=one: _told(one) for one in attached},  # type: ignore[misc]
        }
        self._spoken = frozenset(spoken)
        self._shown_digits = next(n for n in count(_ENOUGH) if len({one[:n] for one in self._known}) == len(self._known))
        self._list(now)
        return [one for one in spoken if one not in before]

    def retranslate(self) -> None:
        self._list(self._said)

    def _list(self, now: str) -> None:
        with QSignalBlocker(self._box):
            self._box.clear()
            self._box.addItems([self._name(one) for one in self._known])
            self._box.setEditText(self._name(now))
        self._tell()

    def _name(self, evidence: str) -> str:
        """What is sealed here under words, with as much of its id as tells two of a kind apart; all else as it was typed."""
        what = self._known.get(evidence)
        return f"{what().rstrip('.。')} · {evidence[: self._shown_digits]}" if what else evidence

    def _changed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        self._said = self.value
        known = self._known.get(self._said)
        self._what.setVisible(known is None)
        if known is not None:
            self._what.clear()
        elif self._said:
            self._what.setText(tr("Kept outside the archive: nothing of it is in the archive."))
        else:
            self._what.setText(tr("Without proof the consent is not complete. That warns and holds nothing up."))


def replacing_question(over: QWidget, named: str, *, sealed: bool) -> Question:
    """Asked before what is `named` as the proof gives way to a file."""
    told = (
        tr("A version of the consent names one proof. What is not named stays here, encrypted, and can be chosen from the list.")
        if sealed else tr("A version of the consent names one proof. What is written in the field would go.")
    )  # fmt: skip
    return Question(
        over, "consent_replace_proof", tr("The proof is now: {named}. Use this file as the proof?", named=named),
        yes=("replace", tr("Use this file")), no=("keep", tr("Attach it, and leave the proof as it is")), told=told,
    )  # fmt: skip


def file_kinds() -> str:
    """For a file dialog: what can be attached."""
    ends = " ".join(f"*{end}" for end in SUFFIXES)
    return f"{tr('Scans, photos and sound')} ({ends});;{tr('All files')} (*)"


def _told(one: Attachment) -> str:
    kind = tr("An encrypted sound file") if one.kind is EvidenceKind.SOUND else tr("An encrypted scan or photo")
    return tr("{kind}, {size} KB, attached {day}.", kind=kind, size=max(1, one.size // 1024), day=local_day(one.added_at))
