"""Whether a device delivers as many frames as time passes: finds sound that went missing without the driver saying so.

A device that is late catches up; what it lost it never delivers. So the smallest lag behind the clock, over some seconds, stays
where it is for a device that loses nothing, whatever the jitter, and rises for good by what was lost. Clocks of sound cards drift
too slowly (0.5 ms in 5 s at 100 ppm) to be taken for a loss. After a long wait for a block a second is enough to see whether the
device catches up.
"""

WINDOW_S = 5.0
STUMBLE_S = 0.25
AFTER_STUMBLE_S = 1.0
LEAST_S = 0.15


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

    def took(self, now: float, frames: int) -> tuple[int, int]:
        """A block came. The frames that turn out to have been lost, and how many frames before this block; zeros mostly."""
        if self._anchor is None:
            self._anchor = now - frames / self._rate
            self._last, self._closes_at = now, now + WINDOW_S
        waited, self._last, before = now - self._last, now, self._delivered
        if waited >= STUMBLE_S:
            self._floor, self._low = min(self._floor, self._low), float("inf")
            self._closes_at = now + AFTER_STUMBLE_S
        self._jump = max(self._jump, (waited, before))
        self._delivered += frames
        self._low = min(self._low, (now - self._anchor) * self._rate - self._delivered)
        return self._closed_window(now, before) if now >= self._closes_at else (0, 0)

    def known_loss(self, frames: int) -> None:
        """So many frames are known to be lost: they are not to be found again."""
        if self._anchor is not None:
            self._anchor += frames / self._rate

    def _closed_window(self, now: float, before: int) -> tuple[int, int]:
        low, jump = self._low, max(self._jump, self._jump_before)
        self._jump_before, self._jump = self._jump, (0.0, 0)
        self._low, self._closes_at = float("inf"), now + WINDOW_S
        rise = low - self._floor
        if rise < LEAST_S * self._rate:  # also in the first window, when there is nothing to compare with
            self._floor = low
            return 0, 0
        lost = round(rise)
        self.known_loss(lost)
        self._jump_before = (0.0, 0)
        return lost, before - jump[1]
