"""What is around a take: free space where it is written, the battery, whether the machine is kept awake, the ballast.

Looked up on a thread of its own, because asking a disk that stalls may take as long as the disk likes, and a heartbeat must not.
"""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from oralhistory.domain.ports import Battery
from oralhistory.workers.ballast import Ballast

LOOK_EVERY_S = 1.0
_SLOWER = 10
"""Battery and ballast are seen to once in so many looks."""


class Surroundings:
    """`folder` says where the sound goes now. Known from construction on; renewed between `start` and `stop`."""

    def __init__(
        self,
        folder: Callable[[], Path],
        battery: Callable[[], Battery | None] = lambda: None,
        awake: Callable[[], bool | None] = lambda: None,
        ballast: Ballast | None = None,
    ) -> None:
        self.free_bytes = 0
        self.battery: Battery | None = None
        self.awake: bool | None = None
        self._folder = folder
        self._ask_battery = battery
        self._ask_awake = awake
        self._ballast = ballast
        self._over = threading.Event()
        self.look()

    def start(self) -> None:
        threading.Thread(target=self._keep_looking, name="surroundings", daemon=True).start()

    def stop(self) -> None:
        self._over.set()

    def look(self, *, slow: bool = True) -> None:
        self.free_bytes = free_bytes(self._folder())
        self.awake = self._ask_awake()
        if slow:
            self.battery = self._ask_battery()
            if self._ballast:
                self._ballast.make()  # again, once there is room

    def _keep_looking(self) -> None:
        looks = 0
        while not self._over.wait(LOOK_EVERY_S):
            looks += 1
            self.look(slow=looks % _SLOWER == 0)


def free_bytes(folder: Path) -> int:
    """Room on the disk of a folder, which need not be there yet; 0 when the disk does not answer."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
        except OSError:
            return 0
    return 0
