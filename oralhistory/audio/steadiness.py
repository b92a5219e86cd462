"""Whether a device delivers as many frames as time passes: finds how much sound went missing, also when the driver says nothing.

A device that is late catches up; what it lost it never delivers. So the smallest lag behind the clock, over some seconds, stays
where it is for a device that loses nothing, whatever the jitter, and rises for good by what was lost. Clocks of sound cards drift
too slowly (0.5 ms in 5 s at 100 ppm) to be taken for a loss. After a long wait for a block, or when the driver says that it lost
some, a second without catching up is enough to see what will not come any more. How much was lost is never known at once: what
the driver still holds comes after it said that it ran over. Where one stumble follows the other without such a second, what the
last one left behind is judged every few seconds all the same.
"""

from dataclasses import dataclass

WINDOW_S = 5.0
STUMBLE_S = 0.25
AFTER_STUMBLE_S = 1.0
CATCHING_UP_S = 0.02
LEAST_S = 0.15
LEAST_TOLD_S = 0.02
"""The smallest loss that is told from jitter: unasked, and where the driver says that there is one."""


@dataclass(frozen=True, slots=True)
class Loss:
    """`frames` turn out to be lost, `back` frames before the block at which that was seen; `told`: the driver said so, too."""

    frames: int = 0
    back: int = 0
    told: bool = False


NOTHING = Loss()


class Steadiness:
    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._anchor: float | None = None
        """When frame 0 would have been delivered by a device without lag."""
        self._delivered = 0
        self._floor = self._low = float("inf")
        """The smallest lag, in frames: before this window, and in it."""
        self._last = self._closes_at = 0.0
        self._jump, self._jump_before = (0.0, 0), (0.0, 0)
        """The longest wait for a block, and the frames before it: of this window and of the one before."""
        self._behind: float | None = None
        """After a stumble, the lag from which catching up is to be seen."""
        self._told = False
        self._stumbling_since: float | None = None

    def took(self, now: float, frames: int, *, told: bool = False) -> Loss:
        """A block came; `told`: the driver says that something before it was lost. NOTHING mostly."""
        if self._anchor is None:
            self._anchor = now - frames / self._rate
            self._last, self._closes_at = now, now + WINDOW_S
        waited, self._last, before = now - self._last, now, self._delivered
        loss = NOTHING
        if told or waited >= STUMBLE_S:
            if self._stumbling_since is None:
                self._stumbling_since = now
            elif now - self._stumbling_since >= WINDOW_S and self._low < float("inf"):
                loss, self._stumbling_since = self._closed_window(now, before), now
            self._floor, self._low = min(self._floor, self._low), float("inf")
            self._behind = float("inf")
        if told:
            self._told, self._jump, self._jump_before = True, (0.0, 0), (0.0, 0)
        self._jump = max(self._jump, (waited, before))
        self._delivered += frames
        lag = (now - self._anchor) * self._rate - self._delivered
        if self._behind is not None and lag < self._behind - CATCHING_UP_S * self._rate:
            self._behind, self._closes_at = lag, now + AFTER_STUMBLE_S
        self._low = min(self._low, lag)
        return self._closed_window(now, before) if now >= self._closes_at else loss

    def _closed_window(self, now: float, before: int) -> Loss:
        assert self._anchor is not None
        low, jump, told = self._low, max(self._jump, self._jump_before), self._told
        self._jump_before, self._jump = self._jump, (0.0, 0)
        self._low, self._closes_at = float("inf"), now + WINDOW_S
        self._behind, self._told, self._stumbling_since = None, False, None
        rise = low - self._floor
        if rise < (LEAST_TOLD_S if told else LEAST_S) * self._rate:  # also in the first window, with nothing to compare
            self._floor = low
            return NOTHING
        lost = round(rise)
        self._anchor += lost / self._rate
        self._jump_before = (0.0, 0)
        return Loss(lost, before - jump[1], told)
