"""How long a person waits after typing the passphrase: real costs, calibrated on this machine, until the archive is in hand."""

import statistics
import tempfile
import time
from pathlib import Path

from oralhistory.domain.staff import Role
from oralhistory.services.program import Program
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program

PASSPHRASE, SECOND = "four words for benches", "four more words for benches"
TIMES = 5


def measure(times: int = TIMES) -> dict[str, float]:
    """The median of so many unlocks, with one passphrase slot and with six; what calibrating took and chose."""
    began = time.perf_counter()
    cost = Argon2Cost.calibrated()
    calibrated_s = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        wired = program(cost=cost, models=Path(folder) / "models")
        archive, _ = wired.archives.create(Path(folder) / "archive", PASSPHRASE)
        archive.close()
        alone = [_unlock_s(wired, Path(folder) / "archive", PASSPHRASE) for _ in range(times)]
        desk = wired.desk(wired.archives.unlock(Path(folder) / "archive", PASSPHRASE))
        for number in range(5):
            desk.staffing.add(f"S{number + 2}", "", Role.REVIEWER)
            desk.admitting.add_passphrase(f"S{number + 2}", f"{SECOND} {number}")
        desk.close()
        last = f"{SECOND} 4"
        among_six = [_unlock_s(wired, Path(folder) / "archive", last) for _ in range(times)]
    return {
        "unlock_s": statistics.median(alone),
        "unlock_among_six_s": statistics.median(among_six),
        "calibrate_s": calibrated_s,
        "argon2_memory_mib": cost.memory_kib / 1024,
        "argon2_passes": float(cost.iterations),
    }


def _unlock_s(wired: Program, folder: Path, passphrase: str) -> float:
    began = time.perf_counter()
    archive = wired.archives.unlock(folder, passphrase)
    passed = time.perf_counter() - began
    archive.close()
    return passed
