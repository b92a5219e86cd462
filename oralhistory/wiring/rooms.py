"""What everything of one program is built from: how it was started, and the few objects that all its services share."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from oralhistory.audio.sound import MachineSound
from oralhistory.audio.system import SoundSystem
from oralhistory.domain.holder import WINDOW
from oralhistory.domain.ports import Clock
from oralhistory.vault.door import Door
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.workers.decoding import decode
from oralhistory.workers.recording import RecorderProcesses


@dataclass(frozen=True)
class Rooms:
    """`kind` is that of the holder of an archive: a window or a command. The rest as in `program`."""

    kind: str
    cost: Argon2Cost | None
    models: Path
    clock: Clock
    with_morphology: bool

    @property
    def looks_ahead(self) -> bool:
        """Whether there is time between two steps in which the next one can be made ready."""
        return self.kind == WINDOW

    @cached_property
    def door(self) -> Door:
        return Door(self.cost)

    @cached_property
    def system(self) -> SoundSystem:
        return SoundSystem()

    @cached_property
    def sound(self) -> MachineSound:
        return MachineSound(self.system, decode)

    @cached_property
    def recorders(self) -> RecorderProcesses:
        return RecorderProcesses()
