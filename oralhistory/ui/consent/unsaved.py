"""Answers of consent forms that are no version yet: kept over other pages, sealed against a lock, a close and a crash.

They are sealed a moment after each of them, so that a crash takes no more than the last. They never count before they are saved.
"""

import threading
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QTimer

from oralhistory.domain.consent import Stage
from oralhistory.errors import NotFound
from oralhistory.services.desk import Desk
from oralhistory.ui.jobs import Jobs

Here = tuple[str, str]
"""The code of an interview, and the moment of which the form is."""
_AFTER_MS = 2_000


class Unsaved(QObject):
    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._answers: dict[Here, dict[str, Any]] = {}
        self._to_seal: set[Here] = set()
        self._sealing = threading.Lock()
        """Held from the look at what there is to the end of storing it, by whoever stores; the window only ever puts."""
        self._looked_for: set[str] = set()
        """The interviews whose sealed answers were taken up again."""
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._seal_beside)

    def __contains__(self, here: Here) -> bool:
        return here in self._answers

    def of(self, here: Here) -> dict[str, Any] | None:
        return self._answers.get(here)

    @property
    def codes(self) -> list[str]:
        """The interviews with answers that are not saved."""
        return sorted({code for code, _ in tuple(self._answers)})  # another thread may take some off meanwhile

    def moment(self, code: str) -> str:
        """The moment of which the interview has answers; "" when it has none."""
        return next((stage for one, stage in tuple(self._answers) if one == code), "")

    def put(self, here: Here, answers: dict[str, Any]) -> None:
        self._answers[here] = answers
        self._to_seal.add(here)
        if not self._soon.isActive():
            self._soon.start()

    def take_up(self, code: str) -> None:
        """Have answers back that a lock, a close or a crash came in the way of."""
        if code in self._looked_for:
            return
        self._looked_for.add(code)
        for stage in Stage:
            kept = self._desk.drafts.of(code, _form(stage.value))
            if kept is not None:
                self._answers.setdefault((code, stage.value), kept)

    def throw_away(self, here: Here) -> None:
        with self._sealing:
            self._answers.pop(here, None)
            self._store(here, None)

    def forget(self, code: str) -> None:
        """The interview is destroyed: what was sealed went with it."""
        self._answers = {here: answers for here, answers in self._answers.items() if here[0] != code}

    def saved(self, here: Here, answered: dict[str, Any] | None) -> None:
        """These answers are a version now; what was answered meanwhile is not in it and stays."""
        with self._sealing:
            if self._answers.get(here) is answered:
                self._store(here, None)
                taken = self._answers.pop(here, None)  # here, not when the answer arrives: a lock may come between
                if taken is not None and taken is not answered:  # answered while the disk took its time
                    self._answers.setdefault(here, taken)

    def seal(self) -> None:
        """Seal what is not saved, before this returns."""
        self._to_seal |= set(self._answers)
        self._seal()

    def _seal_beside(self) -> None:
        self._jobs.run(self._seal, lambda _: None, lambda _: None, owner=self)  # a full disk is told by whatever is saved

    def _seal(self) -> None:
        while True:
            try:
                here = self._to_seal.pop()
            except KeyError:  # nothing is left, or somebody else took the last
                return
            with self._sealing:
                if (answers := self._answers.get(here)) is not None:
                    self._store(here, answers)

    def _store(self, here: Here, answers: dict[str, Any] | None) -> None:
        with suppress(NotFound):  # destroyed just now: its answers go with it
            self._desk.drafts.keep(here[0], _form(here[1]), answers)


def _form(stage: str) -> str:
    return f"consent {stage}"
