"""The reviewer's page in figures, for an interview of three minutes and one of three hours. Prints one JSON document.

Each figure that has a target stands with it: {value, target, met}. `python3 dev.py bench review`. On Linux it runs on an
invisible screen and a sound server of its own; without a sound server, what needs one is left out and named.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by its path, like every benchmark

from tests.helpers import sound_server

LENGTHS = {"3_minutes": 3 * 60_000, "3_hours": 3 * 3_600_000}
SCREEN = "-screen 0 1920x1200x24"
INSIDE = "ORALHISTORY_BENCH_INSIDE"
PLACES = ("start", "middle", "end")
KEYS = [f"key_{place}{moving}" for place in PLACES for moving in ("", "_moving")]
TARGETS: dict[str, float] = {
    "data_to_text_ms": 150,
    **{f"{key}_median_ms": 2 for key in KEYS},
    **{f"{key}_p99_ms": 16 for key in KEYS},
    "resize_median_ms": 16,
    "follow_median_ms": 5,
    "first_play_ms": 1000,
    "play_key_to_sound_ms": 50,
    "click_to_sound_ms": 50,
    "search_ms": 10,
}
"""At most so much in the interview of three hours."""
RATIO = 1.5
COMPARED = [f"{what}_processor_ms" for what in (*KEYS, "resize", "follow")]
"""Three hours may take at most `RATIO` times as long as three minutes, by the processor: other programs do not lengthen that."""


def main() -> int:
    if os.environ.get(INSIDE):
        return inside()
    lacking = sound_server.missing()
    if lacking:
        sys.exit(f"this benchmark needs {lacking}")
    with tempfile.TemporaryDirectory(prefix="oh-") as place, sound_server.running(Path(place)) as server:
        display = ["xvfb-run", "-a", "-s", SCREEN] if sys.platform.startswith("linux") else []
        return subprocess.run([*display, sys.executable, __file__], env={**server.env, INSIDE: "1"}).returncode


def inside() -> int:
    from tests.bench._desk import measure

    with tempfile.TemporaryDirectory(prefix="oh-bench-") as place:
        found = measure(LENGTHS, Path(place))
    print(json.dumps(judged(found)))
    return 0


def judged(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    short, long = found["3_minutes"], found["3_hours"]
    figures: dict[str, Any] = {}
    for name, value in long.items():
        one: dict[str, Any] = {"value": round(value, 2), "in_3_minutes": round(short[name], 2)}
        if name in TARGETS:
            one |= {"target": f"<= {TARGETS[name]}", "met": value <= TARGETS[name]}
        if name in COMPARED:
            one |= {"times_3_minutes": round(value / short[name], 2), "met": value <= RATIO * short[name]}
        figures[name] = one
    return {
        "benchmark": "review",
        "machine": f"{platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}",
        **figures,
        "all_met": all(one["met"] for one in figures.values() if "met" in one),
    }


if __name__ == "__main__":
    sys.exit(main())
