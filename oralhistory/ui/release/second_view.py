"""The second reader's page: a tenth of the text as it would leave, and every place that was kept, with the reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oralhistory.domain.redaction import Profile, RenderedSegment
from oralhistory.domain.timecode import clock
from oralhistory.i18n import language, listed, mark, ntr, tr
from oralhistory.services.release.second_reading import ReadingState
from oralhistory.ui.look.pieces import button, card, clear, column, label, row, scrolling, sentence, stacked
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


class SecondView(QWidget):
    """`attested` carries the digest of the text that was shown."""

    attested = Signal(str)

    def __init__(self, says: Wording) -> None:
        super().__init__()
        self._state: ReadingState | None = None
        self._spoken = ""
        self._told = label("soft")
        self._told.setObjectName("release_second_told")
        self._why = sentence(says, mark(
            "Somebody who took none of the decisions reads these passages as they would leave, and the places that were kept."
            " Whoever finds something decides it, and the passages are drawn anew."
        ), "soft")  # fmt: skip
        self._kept_head = sentence(says, mark("Kept as it was said, and why"), "large")
        self._kept = column(spacing=GRID)
        self._drawn_head = sentence(says, mark("A tenth of the text"), "large")
        self._drawn = column(spacing=GRID)
        self._done = button("release_second_read", says, mark("I have read all of this"), role="primary")
        self._done.clicked.connect(self._attest)
        action = row(self._done)
        action.addStretch(1)
        inner = stacked(self._told, self._why, self._kept_head, self._kept, self._drawn_head, self._drawn, action)
        self.setLayout(column(scrolling(inner)))

    def show_state(
        self, state: ReadingState, profile: Profile, actor: str, deciders: frozenset[str], *, ready: bool
    ) -> None:
        """`ready`: nothing is open any more; before that, reading would be for nothing."""
        if not state.needed:
            told = nobody_asked(profile)
        elif state.done:
            told = tr("Somebody else has read this very text.")
        elif not ready:
            told = tr("Decide everything first: every decision makes another text to read.")
        elif deciders == {actor}:
            told = tr("You decided here. Somebody else has to read it, in an archive they opened themselves.")
        else:
            told = ntr("{n} passage is to be read.", "{n} passages are to be read.", len(state.wanted.segments) + len(state.kept))
        self._told.setText(told)
        reads = state.needed and not state.done and ready and deciders != {actor}
        self._why.setVisible(state.needed and not state.done)
        for one in (self._done, self._drawn_head):
            one.setVisible(reads)
        self._kept_head.setVisible(reads and bool(state.kept))
        if (state, language()) != (self._state, self._spoken) or not reads:
            clear(self._kept)
            clear(self._drawn)
            if reads:
                self._show_passages(state)
        self._state, self._spoken = state, language()

    def _show_passages(self, state: ReadingState) -> None:
        reasons: dict[str, list[str]] = {}
        for one in state.wanted.kept:
            reasons.setdefault(one.segment, []).append(one.reason)
        for segment in state.kept:
            self._kept.addWidget(_passage(segment, listed(dict.fromkeys(reasons.get(segment.segment, ())))))
        for segment in state.wanted.segments:
            self._drawn.addWidget(_passage(segment, ""))

    def _attest(self) -> None:
        if self._state is not None:
            self.attested.emit(self._state.wanted.digest)


def nobody_asked(profile: Profile) -> str:
    """Why a text of this profile needs no second reader."""
    if profile is Profile.PUBLIC:
        return tr("No second reader is asked for: nobody else can open this archive.")
    return tr("No second reader is asked for: this text is not made for the public.")


def _passage(one: RenderedSegment, why: str) -> QWidget:
    at, text, reason = label("small"), label(), label("small")
    at.setText(f"{clock(one.start_ms)}  {one.label(tr)}".strip())
    text.setText(one.text)
    reason.setText(tr("kept: {reason}", reason=why) if why else "")
    reason.setVisible(bool(why))
    return card(at, text, reason)
