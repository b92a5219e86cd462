"""What leaves for whom: purpose and recipient first, then for whom the text is made and in which format."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QMenu, QPushButton, QToolButton, QWidget

from oralhistory.domain.consent import WORK_PURPOSES, Purpose
from oralhistory.domain.masking import NOBODY
from oralhistory.domain.ports import Layout
from oralhistory.domain.recipients import Recipient
from oralhistory.domain.redaction import Content, Profile
from oralhistory.domain.roles import Part
from oralhistory.i18n import mark
from oralhistory.services.refusal import PROFILE, PURPOSES
from oralhistory.services.release.releasing import Order
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, label, line_edit, row
from oralhistory.ui.look.suggestions import Suggestions
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.release.whereabouts import Whereabouts

_AFTER_TYPING_MS = 400
_LONGEST_CONTENT = 11

FORMATS = {
    "docx": mark("Word (.docx)"),
    "pdf": mark("reading copy (.pdf)"),
    "txt": mark("plain text (.txt)"),
    "md": mark("Markdown (.md)"),
    "vtt": mark("subtitles (.vtt)"),
    "srt": mark("subtitles (.srt)"),
    "xlsx": mark("spreadsheet (.xlsx)"),
    "csv": mark("spreadsheet (.csv)"),
    "json": mark("data (.json)"),
    "qdpx": mark("for analysis programs (.qdpx)"),
    "eaf": mark("ELAN (.eaf)"),
    "tei": mark("TEI (.xml)"),
    "ohms": mark("OHMS (.xml)"),
    "dc": mark("catalogue record (.xml)"),
}


WITHHOLD = {
    Part.INTERVIEWER: mark("The interviewer's words"),
    Part.INTERPRETER: mark("The interpreter's words"),
    Part.OTHER: mark("The words of others who took part"),
}
CONTENT = {Content.TRANSCRIPT.value: mark("the transcript"), Content.SUMMARY.value: mark("the summary")}


class LayoutButton(QToolButton):
    """How a reading format looks: with times, in large type."""

    picked = Signal()

    def __init__(self, says: Wording, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("release_layout")
        theme.dress(self, "settings")
        says(self.setAccessibleName, mark("How the pages look"))
        says(self.setToolTip, mark("How the pages look"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._times, self._large = QAction(self, checkable=True), QAction(self, checkable=True)
        for action, words in ((self._times, mark("Say when each turn begins")), (self._large, mark("Large type"))):
            says(action.setText, words)
            action.toggled.connect(self.picked)
            menu.addAction(action)
        self.setMenu(menu)

    def layout_wanted(self) -> Layout:
        return Layout(self._times.isChecked(), self._large.isChecked())

    def pick(self, layout: Layout) -> None:
        self._times.setChecked(layout.times)
        self._large.setChecked(layout.large)


class MaskButton(QPushButton):
    """Whose words stay here, beside those of everybody who is not to be shown; and whether a notice stands in their place."""

    picked = Signal()

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self.setObjectName("release_mask")
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        self._words = ""
        menu = QMenu(self)
        self._parts = {part: QAction(self, checkable=True) for part in WITHHOLD}
        self._left_out = QAction(self, checkable=True)
        named = [(self._parts[part], words) for part, words in WITHHOLD.items()]
        named.append((self._left_out, mark("Leave them out instead of a notice; the head of the file counts them")))
        for action, words in named:
            says(action.setText, words)
            action.toggled.connect(self._take)
            menu.addAction(action)
        menu.insertSeparator(self._left_out)
        self.setMenu(menu)
        says(self._name, mark("Withheld words"))

    @property
    def parts(self) -> frozenset[Part]:
        return frozenset(part for part, action in self._parts.items() if action.isChecked())

    @property
    def left_out(self) -> bool:
        return self._left_out.isChecked()

    def pick(self, parts: frozenset[Part], *, left_out: bool) -> None:
        for part, action in self._parts.items():
            action.setChecked(part in parts)
        self._left_out.setChecked(left_out)

    def _name(self, words: str) -> None:
        self._words = words
        self._count()

    def _take(self) -> None:
        self._count()
        self.picked.emit()

    def _count(self) -> None:
        """How many are chosen stands on the button: what is withheld is seen without opening anything."""
        chosen = len(self.parts)
        self.setText(f"{self._words} ({chosen})" if chosen else self._words)
        self.setAccessibleName(self.text())


class OrderForm(QFrame):
    """`formats` there are; `for_summaries` those of them that can hold a summary."""

    changed = Signal()

    def __init__(self, says: Wording, theme: Theme, formats: tuple[str, ...], for_summaries: tuple[str, ...]) -> None:
        super().__init__()
        self._for_summaries = for_summaries
        self.setProperty("role", "bar")
        purposes = [(one.value, PURPOSES[one.value]) for one in Purpose if one not in WORK_PURPOSES]
        self._purpose = Choice("release_purpose", says, mark("Purpose"), purposes)
        self._recipient = line_edit("release_recipient", says, mark("Recipient"))
        says(self._recipient.setPlaceholderText, mark("who receives it"))
        self._recipient.setMinimumWidth(14 * GRID)
        self._known = Suggestions(self._recipient, says)
        self._known.activated.connect(self._take_recipient)
        self._where = Whereabouts(says)
        self._where.clicked.connect(self.changed)
        self._content = Choice("release_content", says, mark("What leaves"), list(CONTENT.items()))
        self._content.setMinimumContentsLength(_LONGEST_CONTENT)
        self._content.picked.connect(self._take_content)
        self._mask = MaskButton(says)
        self._mask.picked.connect(self.changed)
        self._profile = Choice("release_profile", says, mark("Audience"), list(PROFILE.items()))
        offered = [one for one in FORMATS if one in formats] + [one for one in formats if one not in FORMATS]
        self._format = Choice("release_format", says, mark("Format"), [(one, FORMATS.get(one, one)) for one in offered])
        self._layout = LayoutButton(says, theme)
        self._layout.picked.connect(self.changed)
        format_ = row(self._format, self._layout, spacing=0)
        format_.setStretch(0, 1)
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_TYPING_MS)
        self._typed.timeout.connect(self.changed)
        self._recipient.textEdited.connect(lambda _text: self._typed.start())
        self._recipient.textEdited.connect(self._follow)
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        fields: list[tuple[str, QWidget | QLayout]] = [
            (mark("Purpose"), self._purpose), (mark("Recipient"), self._recipient), (mark("Audience"), self._profile),
            (mark("Format"), format_),
        ]  # fmt: skip
        for at, (words, field) in enumerate(fields):
            name = label("small", wrap=False)
            says(name.setText, words)
            grid.addWidget(name, 0, at)
            if isinstance(field, QLayout):
                grid.addLayout(field, 1, at)
            else:
                grid.addWidget(field, 1, at)
            grid.setColumnStretch(at, 1)
        which, leaves = label("small", wrap=False), QWidget()
        says(which.setText, mark("What leaves"))
        leaves.setLayout(row(which, self._content))
        self._below = Flow(self._where, leaves, self._mask, spacing=GRID)
        grid.addLayout(self._below, 2, 0, 1, len(fields))
        self._purpose.picked.connect(self._follow)  # before it is told of the change
        for choice in (self._purpose, self._profile, self._format):
            choice.setMinimumContentsLength(6)  # in large letters the recipient needs the room more
            choice.picked.connect(self.changed)
        self.keep_low(False)
        self.setLayout(grid)
        self.begin()

    def keep_low(self, low: bool) -> None:
        """Take less height around the fields."""
        gap = GRID // 2 if low else GRID
        self._grid.setContentsMargins(2 * GRID, gap, 2 * GRID, gap)
        self._below.setContentsMargins(0, gap - self._grid.verticalSpacing(), 0, 0)

    def begin(self) -> None:
        """Another interview: whom the last one was for says nothing about this one."""
        self._typed.stop()
        self._recipient.clear()
        self._where.begin()
        self._purpose.pick(Purpose.PUBLISH_TEXT.value)
        self._profile.pick(Profile.PUBLIC.value)
        self._content.pick(Content.TRANSCRIPT.value)
        self._mask.pick(NOBODY, left_out=False)
        self._offer_formats()

    def resume(self, order: Order) -> None:
        """What was last filled in for this interview."""
        self.begin()
        self._recipient.setText(order.recipient)
        self._where.resume(order.recipient, order.abroad)
        self._purpose.pick(order.purpose.value)
        self._profile.pick(order.profile.value)
        self._content.pick(order.content.value)
        self._mask.pick(order.masked, left_out=order.leave_out)
        self._offer_formats()
        self._format.pick(order.format)
        self._layout.pick(order.layout)

    def order(self) -> Order:
        return Order(
            self._format.value,
            Profile(self._profile.value),
            Purpose(self._purpose.value),
            self._recipient.text().strip(),
            self._layout.layout_wanted(),
            self._where.isChecked(),
            Content(self._content.value),
            self._mask.parts,
            self._mask.left_out,
        )

    def offer_recipients(self, known: Sequence[Recipient]) -> None:
        """Whom the archive knows."""
        self._known.offer(one.name for one in known)
        self._where.offer(known)

    def _follow(self, _what: str = "") -> None:
        self._where.follow(self._recipient.text(), Purpose(self._purpose.value))

    def _take_recipient(self, _name: str) -> None:
        self._typed.stop()
        self._follow()
        self.changed.emit()

    def _take_content(self) -> None:
        self._offer_formats()
        self.changed.emit()

    def _offer_formats(self) -> None:
        """A summary has no times and no speakers: the formats that are made of them cannot hold it."""
        summary = self._content.value == Content.SUMMARY.value
        self._mask.setEnabled(not summary)
        model = self._format.model()
        assert isinstance(model, QStandardItemModel)
        for at in range(self._format.count()):
            model.item(at).setEnabled(not summary or self._format.itemData(at) in self._for_summaries)
        if summary and self._format.value not in self._for_summaries:
            self._format.pick(self._for_summaries[0])
