"""The program as window and command line receive it from `wiring`: the door, and the desk behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from oralhistory.made_when_asked import MadeWhenAsked

if TYPE_CHECKING:
    from pathlib import Path

    from oralhistory.domain.ports import Device, PcmSource
    from oralhistory.services.archive.archives import Archives
    from oralhistory.services.archive.earlier import EarlierVersions
    from oralhistory.services.archive.opened import OpenArchive
    from oralhistory.services.backup.restoring import Restoring
    from oralhistory.services.desk import Desk
    from oralhistory.services.recording.at_the_door import Ending
    from oralhistory.services.recording.takes import TakeInHand


class Player(Protocol):
    """The one loudspeaker stream. `position` is the frame being heard; None when nothing plays. `speed` keeps the pitch."""

    def play(self, source: PcmSource, from_frame: int, speed: float = 1.0) -> None: ...
    def stop(self) -> None: ...
    @property
    def position(self) -> int | None: ...
    def close(self) -> None: ...


class Program(MadeWhenAsked):
    """`desk` turns an open archive into services, `restoring` and `earlier` need none; `player` opens the loudspeaker.

    `running_take` is the take behind an address, for a window that is locked; None when it has ended. `is_recording` tells
    whether anybody's recorder writes a take of the archive in a folder, which no key is needed for, and `stop_recording` ends
    it, which needs none either (StorageFailed): the folders of the takes that were asked, of whose `ending` it can be told how
    it stands. `make_ready` loads what an unlocked archive needs, unless what it is given says that nobody wants it any more.
    `demo_folder` holds the demonstration. Each is made when it is first asked for.
    """

    archives: Archives
    microphones: Callable[[], Sequence[Device]]
    desk: Callable[[OpenArchive], Desk]
    restoring: Restoring
    earlier: EarlierVersions
    player: Callable[[], Player]
    running_take: Callable[[str], TakeInHand | None]
    is_recording: Callable[[Path], bool]
    stop_recording: Callable[[Path], Sequence[Path]]
    ending: Callable[[Path, Sequence[Path]], Ending]
    make_ready: Callable[[Callable[[], bool]], None]
    demo_folder: Path
    default_archive: Path
