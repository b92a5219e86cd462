"""The program as window and command line receive it from `wiring`: the door, and the desk behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from oralhistory.made_when_asked import MadeWhenAsked

if TYPE_CHECKING:
    from pathlib import Path

    from oralhistory.domain.ports import Device, PcmSource
    from oralhistory.errors import OralHistoryError
    from oralhistory.services.archive.archives import Archives
    from oralhistory.services.archive.earlier import EarlierVersions
    from oralhistory.services.archive.opened import OpenArchive
    from oralhistory.services.backup.restoring import Restoring
    from oralhistory.services.desk import Desk
    from oralhistory.services.recording.at_the_door import AtTheDoor


class Player(Protocol):
    """The one loudspeaker stream. `position` is the frame being heard; None when nothing plays. `speed` keeps the pitch.

    `failure` is why it fell silent by itself before the end, or None; `position` then stays where that was.
    `stop` keeps the stream for what is played next, `rest` lets go of it until then, `close` for good.
    """

    def play(self, source: PcmSource, from_frame: int, speed: float = 1.0) -> None: ...
    def stop(self) -> None: ...
    def rest(self) -> None: ...
    @property
    def position(self) -> int | None: ...
    @property
    def failure(self) -> OralHistoryError | None: ...
    def close(self) -> None: ...


class Program(MadeWhenAsked):
    """`desk` turns an open archive into services, `restoring` and `earlier` need none; `player` opens the loudspeaker.

    `at_the_door` knows the takes of an archive that is locked. `make_ready` loads what an unlocked archive needs, unless what
    it is given says that nobody wants it any more. `demo_folder` holds the demonstration. Each is made when first asked for.
    """

    archives: Archives
    microphones: Callable[[], Sequence[Device]]
    desk: Callable[[OpenArchive], Desk]
    restoring: Restoring
    earlier: EarlierVersions
    player: Callable[[], Player]
    at_the_door: AtTheDoor
    make_ready: Callable[[Callable[[], bool]], None]
    demo_folder: Path
    default_archive: Path
