"""Whether the recipient is abroad: as the purpose or what was said of this recipient before has it, until a person says so."""

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox

from oralhistory.domain.consent import Purpose, same_recipient
from oralhistory.domain.consent_terms import folded
from oralhistory.domain.recipients import Recipient
from oralhistory.i18n import mark
from oralhistory.ui.look.wording import Wording

_ELSEWHERE = frozenset({Purpose.COURT_INTERNATIONAL, Purpose.UN_MECHANISM, Purpose.OVERSEAS_TRANSFER})
"""Purposes whose recipients are abroad, as far as nobody says otherwise."""


class Whereabouts(QCheckBox):
    def __init__(self, says: Wording) -> None:
        super().__init__()
        self.setObjectName("release_abroad")
        says(self.setText, mark("The recipient is abroad"))
        self._known: tuple[Recipient, ...] = ()
        self._name, self._purpose = "", Purpose.PUBLISH_TEXT
        self._said = False
        """Whether a person answered for this recipient."""
        self.clicked.connect(self._take)

    def begin(self) -> None:
        self._name, self._said = "", False
        self.setChecked(False)

    def resume(self, recipient: str, abroad: bool) -> None:
        self._name, self._said = folded(recipient), True
        self.setChecked(abroad)

    def offer(self, known: Iterable[Recipient]) -> None:
        """What was said of whom."""
        self._known = tuple(known)
        self.follow(self._name, self._purpose)

    def follow(self, recipient: str, purpose: Purpose) -> None:
        """An answer stands while the name it was given for is only written on, and becomes no other known one."""
        now = folded(recipient)
        written_on = bool(self._name) and now.startswith(self._name)
        self._said = self._said and (now == self._name or (written_on and self._last(now) is None))
        self._name, self._purpose = now, purpose
        if not self._said:
            self.setChecked(purpose in _ELSEWHERE or bool(self._last(now)))

    def _last(self, name: str) -> bool | None:
        """What was said of this recipient before."""
        meant = same_recipient(name)
        return next((one.abroad for one in self._known if meant(one.name)), None)

    def _take(self) -> None:
        self._said = True
