"""The calm card at the upper edge of the window: what happened, what is safe, what to do. Takes no focus and never blinks.

Good news goes by itself and lies over the page meanwhile, so that nothing moves because of it. What a person should act on stays
until it is closed or the person has gone on to another place: what is below gives way to it, as far as there is room, so that
no tab, no button and nothing of the door is covered; a running recording, of which every word counts, gives way to any. A
refusal goes with the next act that succeeds.
"""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from oralhistory.errors import MalformedInput, NotAllowed, OralHistoryError, WrongPassphrase
from oralhistory.i18n import mark, tr
from oralhistory.services import refusal
from oralhistory.ui.look.pieces import column, label, restyle, row
from oralhistory.ui.look.theme import GRID, Theme
from oralhistory.ui.look.wording import Wording

_PASSING = {"note", "note_good"}
_PASSES_AFTER_MS = 12_000
_READ_AFTER_MS = 4_000
_REFUSALS = (NotAllowed, MalformedInput, WrongPassphrase)
"""What a person puts right by doing something else first, or the same thing otherwise."""
_TOP, _MARGIN = 9 * GRID, 2 * GRID
"""Below the bar at the top, and below the choice of language where there is no such bar."""
_WIDTH = 72 * GRID
_LOCK = 16 * GRID
"""Of a line that a card has to itself in an open archive, this much is left free at the end: what moves up when the card is
closed has "Lock" there, and whoever clicks twice would lock the archive."""


class Banner(QFrame):
    def __init__(self, theme: Theme, over: QWidget) -> None:
        """`over` is what it lies on."""
        super().__init__(over)
        self.setObjectName("banner")
        self.says = Wording()
        self._over = over
        self._theme = theme
        self._happened = label("large")
        self._happened.setObjectName("banner_happened")
        self._more = label()
        self._more.setObjectName("banner_more")
        for told in (self._happened, self._more):
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setObjectName("banner_close")
        self.says(close.setAccessibleName, mark("Close this message"))
        self.says(close.setToolTip, mark("Close this message"))
        theme.dress(close, "close")
        close.clicked.connect(self.hide)
        self._happened.setMinimumHeight(close.sizeHint().height())  # in the middle of the same line
        layout = row(margin=2 * GRID)
        layout.addLayout(column(self._happened, self._more, spacing=GRID // 2), 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._passing = QTimer(self, singleShot=True, interval=_PASSES_AFTER_MS)
        self._passing.timeout.connect(self.hide)
        self._since = QElapsedTimer()
        self._refused = False
        self._gives_way = self._stays = self._locked = False
        over.installEventFilter(self)
        self.hide()

    def tell(self, happened: str, lines: Sequence[str] = (), *, role: str = "note", stays: bool = False) -> None:
        """Show a message; `role` is note, note_good, note_caution or note_danger. `stays`: good news that must be read."""
        restyle(self, role)
        self._refused = False
        self._happened.setText(happened)
        self._more.setText("\n".join(line for line in lines if line))
        self._more.setVisible(any(lines))
        self.setAccessibleName(happened)
        self._since.start()
        self._stays = stays or role not in _PASSING
        if self._stays:
            self._passing.stop()
        else:
            self._passing.start()
        self.show()
        self._place()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def trouble(self, error: OralHistoryError) -> None:
        """A fault of the world, with every reason in words."""
        reasons = [f"– {refusal.sentence(one)}" for one in error.reasons] if isinstance(error, NotAllowed) else []
        self.tell(error.happened, [*reasons, error.safe, error.todo], role="note_caution")
        self._refused = isinstance(error, _REFUSALS)

    def fault(self, kind: str) -> None:
        """A fault of the program: told by its type, never by its text, which may hold a person's words."""
        self.tell(
            tr("The program made a mistake ({kind}).", kind=kind),
            [tr("What was stored before is safe. You can go on; if it happens again, close the window and open it.")],
            role="note_danger",
        )

    def let_give_way(self, gives_way: bool, *, locked: bool = False) -> None:
        """Whether what is below gives way from now on to a card that does not stay, too, or is lain upon; and whether it is the
        door of an archive that is `locked`."""
        self._gives_way, self._locked = gives_way, locked
        self._make_room()
        if self.isVisible():
            self._place()

    def went_on(self) -> None:
        """The person has gone to another place: what could be read by now is no longer shown."""
        if self._since.isValid() and self._since.elapsed() > _READ_AFTER_MS:
            self.hide()

    def put_right(self) -> None:
        """Something that the person wanted was done: a refusal that came before may not hold any more."""
        if self._refused:
            self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room, larger = self._over.size(), max(self._theme.scale, 1)
        left, top = _MARGIN, _MARGIN
        width = room.width() - 2 * _MARGIN - (0 if self._gives_way or self._locked else round(_LOCK * larger))
        wanted = self._height_at(width)
        if not self._has_line(wanted):
            width = min(round(_WIDTH * larger), room.width() - 2 * _MARGIN)
            left, top, wanted = room.width() - width - _MARGIN, _TOP, self._height_at(width)
        self.resize(width, min(wanted, room.height() - top - _MARGIN))
        self.move(left, top)
        self._make_room()
        self.raise_()

    def _height_at(self, width: int) -> int:
        self.setFixedWidth(width)
        self.layout().activate()  # type: ignore[union-attr]
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    def _make_room(self) -> None:
        above = self.height() + _MARGIN if self.isVisible() and self._has_line(self.height()) else 0
        if self._over.contentsMargins().top() != above:
            self._over.setContentsMargins(0, above, 0, 0)

    def _has_line(self, high: int) -> bool:
        """Whether what is below gives way to a card so high: never so that the window would have to grow."""
        if self._gives_way or not self._stays:
            return self._gives_way
        least = self._over.minimumSizeHint().height() - self._over.contentsMargins().top()
        return least + high + _MARGIN <= self._over.height()
