"""What leaves for whom: purpose and recipient first, then for whom the text is made and in which format."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from oralhistory.domain.consent import WORK_PURPOSES, Purpose
from oralhistory.domain.redaction import Profile
from oralhistory.i18n import mark
from oralhistory.services.refusal import PURPOSES
from oralhistory.services.releasing import Order
from oralhistory.ui.look.pieces import Choice, label, line_edit
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import PROFILE

_AFTER_TYPING_MS = 400

FORMATS = {
    "docx": mark("Word (.docx)"),
    "txt": mark("plain text (.txt)"),
    "md": mark("Markdown (.md)"),
    "vtt": mark("subtitles (.vtt)"),
    "srt": mark("subtitles (.srt)"),
    "csv": mark("spreadsheet (.csv)"),
    "json": mark("data (.json)"),
}


class OrderForm(QFrame):
    changed = Signal()

    def __init__(self, says: Wording, formats: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        purposes = [(one.value, PURPOSES[one.value]) for one in Purpose if one not in WORK_PURPOSES]
        self._purpose = Choice("release_purpose", says, mark("Purpose"), purposes)
        self._recipient = line_edit("release_recipient", says, mark("Recipient"))
        says(self._recipient.setPlaceholderText, mark("who receives it"))
        self._profile = Choice("release_profile", says, mark("Profile"), list(PROFILE.items()))
        offered = [one for one in FORMATS if one in formats] + [one for one in formats if one not in FORMATS]
        self._format = Choice("release_format", says, mark("Format"), [(one, FORMATS.get(one, one)) for one in offered])
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_TYPING_MS)
        self._typed.timeout.connect(self.changed)
        self._recipient.textEdited.connect(lambda _text: self._typed.start())
        grid = QGridLayout()
        grid.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(2)
        fields = ((mark("Purpose"), self._purpose), (mark("Recipient"), self._recipient),
                  (mark("Made"), self._profile), (mark("Format"), self._format))  # fmt: skip
        for at, (words, field) in enumerate(fields):
            name = label("small", wrap=False)
            says(name.setText, words)
            grid.addWidget(name, 0, at)
            grid.addWidget(field, 1, at)
            grid.setColumnStretch(at, 1)
        for choice in (self._purpose, self._profile, self._format):
            choice.picked.connect(self.changed)
        self.setLayout(grid)
        self.begin()

    def begin(self) -> None:
        """Another interview: whom the last one was for says nothing about this one."""
        self._typed.stop()
        self._recipient.clear()
        self._purpose.pick(Purpose.PUBLISH_TEXT.value)
        self._profile.pick(Profile.PUBLIC.value)

    def order(self) -> Order:
        return Order(
            self._format.value,
            Profile(self._profile.value),
            Purpose(self._purpose.value),
            self._recipient.text().strip(),
        )
