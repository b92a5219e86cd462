"""The recorder child on a disk that fails or stalls when a test says so: `python -m tests.helpers.faulty_recorder FOLDER`.

Everything is the program's own but the system calls for sealed parts: before each write and sync of an `.oha` file the file
`fault.json` in FOLDER is looked at. It names the folder whose calls fail, the calls, how often, and with which error; or for how
long they stall.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from oralhistory import durable
from oralhistory.vault import writer
from oralhistory.workers import recorder

CALLS = ("write", "fsync", "fdatasync")
SYNCS = ("fsync", "fdatasync")


@dataclass(frozen=True)
class Fault:
    """From the `first` call on (1: the next one) `times` calls (None: all) on files below `folder` fail, or take `stall_s`."""

    folder: str
    calls: tuple[str, ...] = CALLS
    errno: int = 0
    stall_s: float = 0.0
    first: int = 1
    times: int | None = None

    def put(self, place: Path) -> None:
        """Let it happen from now on."""
        fresh = place / "fault.new"
        fresh.write_text(json.dumps(asdict(self)))
        fresh.replace(place / "fault.json")


class FaultyOs:
    """The module `os`, whose calls on sealed parts may fail. `fault` gives the fault that holds now."""

    def __init__(self, fault: Any) -> None:
        self._fault = fault
        self.calls = 0
        """On sealed parts below the fault's folder, of the kinds that it names."""
        self.failed_at: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def write(self, descriptor: int, content: bytes) -> int:
        self._meet("write", descriptor)
        return os.write(descriptor, content)

    def fsync(self, descriptor: int) -> None:
        self._meet("fsync", descriptor)
        os.fsync(descriptor)

    def fdatasync(self, descriptor: int) -> None:
        self._meet("fdatasync", descriptor)
        os.fdatasync(descriptor)

    def _meet(self, call: str, descriptor: int) -> None:
        path = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        fault: Fault | None = self._fault()
        if fault is None or not path.endswith(".oha") or not path.startswith(fault.folder) or call not in fault.calls:
            return
        self.calls += 1
        if self.calls < fault.first or (fault.times is not None and self.calls >= fault.first + fault.times):
            return
        self.failed_at.append(time.monotonic())
        time.sleep(fault.stall_s)
        if fault.errno:
            raise OSError(fault.errno, os.strerror(fault.errno))


def main(place: Path) -> int:
    def fault() -> Fault | None:
        try:
            told = json.loads((place / "fault.json").read_text())
        except FileNotFoundError:
            return None
        return Fault(**{**told, "calls": tuple(told["calls"])})

    durable.os = writer.os = FaultyOs(fault)  # type: ignore[assignment]
    return recorder.main()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
