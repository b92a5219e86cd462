"""Recording in figures: sealing and seeking, unlocking, what the recorder takes of the machine. Prints one JSON document.

Each figure that has a target stands with it: {value, target, met}. `python3 dev.py bench record`.
"""

import importlib
import json
import platform
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by its path, like every benchmark

TARGETS: dict[str, tuple[str, float]] = {
    "container_times_real_time": (">=", 300),
    "seek_read_1s_p99_ms": ("<=", 10),
    "unlock_s": ("<=", 2),
    "recorder_cpu_percent": ("<=", 5),
    "recorder_peak_rss_mb": ("<=", 80),
    "recorder_cpu_percent_with_copy": ("<=", 5),
    "recorder_peak_rss_mb_with_copy": ("<=", 80),
    "recorder_lost_frames": ("<=", 0),
    "recorder_lost_frames_with_copy": ("<=", 0),
}
"""The figures that must be reached; those without a target are told for comparison."""

PARTS = ("_container", "_unlock", "_recorder")
"""Each has `measure()`, which gives its figures by name; one that is not there is left out and named."""


def judged(name: str, value: Any) -> Any:
    if name not in TARGETS:
        return round(value, 3) if isinstance(value, float) else value
    relation, target = TARGETS[name]
    met = value >= target if relation == ">=" else value <= target
    return {"value": round(value, 3), "target": f"{relation} {target}", "met": met}


def main() -> int:
    figures: dict[str, Any] = {"benchmark": "record", "machine": f"{platform.machine()}, Python {platform.python_version()}"}
    missing = []
    for part in PARTS:
        try:
            measured = importlib.import_module(f"tests.bench.{part}").measure()
        except ModuleNotFoundError as fault:
            if fault.name != f"tests.bench.{part}":
                raise
            missing.append(part.lstrip("_"))
            continue
        figures |= {name: judged(name, value) for name, value in measured.items()}
    figures["not_measured"] = missing
    figures["all_met"] = all(one["met"] for one in figures.values() if isinstance(one, dict) and "met" in one)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
