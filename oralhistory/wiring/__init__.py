"""The one place that builds real objects and hands them to the services.

Every service stands in a table with the file of this room that makes it. The file, the rooms that it imports and the libraries
behind them are loaded when a service of it is first asked for: a command pays for what it uses, and the window's door is
there before the archive's rooms are.
"""

import importlib
from datetime import UTC, datetime
from pathlib import Path

from oralhistory import paths
from oralhistory.domain.holder import COMMAND
from oralhistory.domain.ports import Clock
from oralhistory.services.program import Program
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring.rooms import Rooms

MADE_IN = {
    "archives": "opening", "desk": "behind", "earlier": "earlier", "restoring": "restoring",
    "microphones": "sound", "player": "sound",
    "at_the_door": "takes",
    "make_ready": "readiness",
}  # fmt: skip
"""Where each part of the program is made: a function of its name in that file."""


def program(
    *,
    kind: str = COMMAND,
    cost: Argon2Cost | None = None,
    models: Path | None = None,
    clock: Clock | None = None,
    with_morphology: bool = True,
) -> Program:
    """The whole program, as a window or a command.

    `cost` of new passphrases (None: measured here), `models`: the folder of speech models, `clock`: another than the machine's.
    `with_morphology`: whether names are looked for with the help of Korean morphology, which takes a child process and seconds.
    """
    rooms = Rooms(kind, cost, models or paths.models_folder(), clock or _now, with_morphology)

    def make(_: Program, name: str) -> object:
        return getattr(importlib.import_module(f"oralhistory.wiring.{MADE_IN[name]}"), name)(rooms)

    return Program(make, demo_folder=paths.resources() / "demo", default_archive=paths.default_archive())


def _now() -> datetime:
    return datetime.now(UTC)
