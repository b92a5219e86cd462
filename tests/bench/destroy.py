"""How long it takes to destroy one interview of two thousand, with one backup attached, and how long a backup of them takes."""

import json
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.helpers.archives import new_desk
from tests.helpers.interviews import add_many

INTERVIEWS = 2_000
TARGET_S = 30.0


def measure(interviews: int = INTERVIEWS) -> dict[str, float]:
    """Seconds for each; every interview has one small part of sound and a transcript of forty segments."""
    with tempfile.TemporaryDirectory() as folder, new_desk(Path(folder)) as desk:
        codes = add_many(desk, interviews)
        began = time.perf_counter()
        desk.backing_up.back_up(Path(folder) / "stick")
        first_s = time.perf_counter() - began
        began = time.perf_counter()
        desk.backing_up.back_up(Path(folder) / "stick")
        second_s = time.perf_counter() - began
        began = time.perf_counter()
        done = desk.destroying.destroy(codes[len(codes) // 2])
        destroyed_s = time.perf_counter() - began
        assert done.told.rewritten
        megabytes = (desk.archive.folder / "archive.db").stat().st_size / 1_000_000
    return {"first_backup_s": first_s, "second_backup_s": second_s, "destroy_s": destroyed_s, "database_mb": megabytes}


def main() -> int:
    figures: dict[str, Any] = {"benchmark": "destroy", "interviews": INTERVIEWS}
    figures["machine"] = f"{platform.machine()}, Python {platform.python_version()}"
    figures |= {name: round(value, 1) for name, value in measure().items()}
    figures["target_s"], figures["met"] = TARGET_S, figures["destroy_s"] <= TARGET_S
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
