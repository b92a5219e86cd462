"""The draft that a command makes while it records: on a thread of its own, its troubles told when the take is over."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from oralhistory.cli.session import Session
from oralhistory.domain.interview import Recording
from oralhistory.domain.ports import Heartbeat
from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from oralhistory.services.review.live_drafting import LiveDraft


class Drafting:
    """`made` is the id of the finished draft; None while there is none."""

    def __init__(self, session: Session, live: LiveDraft | None) -> None:
        self.made: str | None = None
        self._session = session
        self._live = live
        self._over = threading.Event()
        self._hindrance: OralHistoryError | None = None
        self._thread = threading.Thread(target=self._work, name="live draft")
        if live is not None:
            self._thread.start()

    def beat(self, beat: Heartbeat) -> None:
        if self._live is not None:
            self._live.beat(beat)

    def finish(self, parts: Sequence[Recording]) -> None:
        """Wait for the rest of the draft of these `parts`, which are filed now."""
        if self._live is None:
            return
        if parts:
            self._live.filed()
            self._thread.join()
            if self.made is None:
                self._session.say(tr("The draft was not made; it waits."))
            if self._hindrance is not None:
                self._session.say(str(self._hindrance))

    def let_go(self) -> None:
        """Whatever is not done by now waits."""
        self._over.set()
        if self._live is not None:
            self._thread.join()

    def _work(self) -> None:
        assert self._live is not None
        try:
            draft = self._live.run(self._over.is_set)
        except Cancelled:
            return
        except OralHistoryError as hindrance:
            self._hindrance = hindrance
            return
        self.made = None if draft is None else draft.id


@contextmanager
def drafted_meanwhile(session: Session, live: LiveDraft | None) -> Iterator[Drafting]:
    drafting = Drafting(session, live)
    try:
        yield drafting
    finally:
        drafting.let_go()
