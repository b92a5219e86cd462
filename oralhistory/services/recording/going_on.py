"""A recorder that died while sound was wanted: a new take begins in its place by itself, so that no minute is lost unseen.

It begins only where the last heartbeat told of recording and nobody has asked for a rest or the end since, under the same
rules as every take (consent, session, microphone), and a few times at most: a machine on which recorders die is no machine to
record with. What a person asks for while it begins is obeyed: nothing of the new take stays then. What was said in between is
missing, and that is on record. The take that broke off is filed before the one that follows it.
"""

import threading
import time

from oralhistory.domain.interview import Recording
from oralhistory.domain.ports import TakeState
from oralhistory.errors import InUse
from oralhistory.i18n import ntr, tr
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.takes import RunningTake

MOST_TIMES, WITHIN_S = 3, 600.0
"""So often, in so much time, a take goes on by itself."""


class GoingOn:
    """Of the takes that follow each other in one window."""

    def __init__(self, recording: RecordingService) -> None:
        self._recording = recording
        self._wanted = threading.Event()
        self._filing = threading.Lock()
        self._earlier: list[RunningTake] = []
        self._filed: list[Recording] = []
        self._begun_at: list[float] = []
        self._missing_s = 0.0

    def begin(self) -> None:
        """A person has a take in hand. What broke off before and could not be filed yet is filed with what comes next."""
        self._wanted.set()
        self._filed, self._begun_at, self._missing_s = [], [], 0.0

    def asked(self, order: str) -> None:
        """What a person asks for (`Following.order`), at the moment in which it is asked."""
        if order in ("pause", "off_record", "stop"):
            self._wanted.clear()
        elif order == "resume":
            self._wanted.set()

    @property
    def wanted(self) -> bool:
        """Whether a person wants sound."""
        return self._wanted.is_set()

    def may(self, take: RunningTake) -> bool:
        """Whether a new take is to begin where the recorder of `take` has died."""
        now = time.monotonic()
        self._begun_at = [one for one in self._begun_at if now - one < WITHIN_S]
        recorded = take.last is not None and take.last.state is TakeState.RECORDING
        return recorded and self._wanted.is_set() and len(self._begun_at) < MOST_TIMES

    def begin_again(self, take: RunningTake) -> RunningTake | None:
        """A new take in the place of `take`; None when a person wanted it otherwise meanwhile. What `start` raises."""
        self._begun_at.append(time.monotonic())
        if not self._wanted.is_set():
            return None
        new = self._recording.go_on_after(take)
        if not self._wanted.is_set():
            self._recording.take_back(new)
            return None
        if take.sealing:  # what was being sealed goes on being sealed; of a take that is taken back nothing is
            try:
                new.seal_from_here(at_ms=0)
            except BaseException:
                self._recording.take_back(new)
                raise
        with self._filing:
            self._earlier.append(take)
        self._missing_s += time.monotonic() - take.heard_at
        if not self._wanted.is_set():  # since it began; whoever locks the window now does not come to order it any more
            new.stop()
        return new

    def file(self, take: RunningTake | None = None) -> list[Recording]:
        """File the takes that broke off, then `take`; every part since a person began.

        What `RunningTake.file` raises; InUse when the recorder of `take` still has its hand on it.
        """
        with self._filing:
            for one in [one for one in self._earlier if take is None or one.interview.id == take.interview.id]:
                if one.goes_on:
                    break
                self._filed += one.file()
                self._earlier.remove(one)
            if take is not None:
                self._filed += take.file()
                if take.goes_on:
                    raise InUse(
                        tr("Its recorder does not answer and does not end; nothing more of it reaches the disk."),
                        safe=tr("What it recorded is sealed on the disk."),
                        todo=tr("Record on first if you want to, then try again."),
                    )
            return [one for one in self._filed if take is None or one.interview_id == take.interview.id]

    @property
    def told(self) -> str:
        """What is missing because of it; nothing when nothing is."""
        if not self._missing_s:
            return ""
        return ntr("The recorder ended, and recording went on by itself in a new part. About {n} second is missing there.",
                   "The recorder ended, and recording went on by itself in a new part. About {n} seconds are missing there.",
                   max(1, round(self._missing_s)))  # fmt: skip
