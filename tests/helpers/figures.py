"""What fault tests and benchmarks measured, kept as one JSON file a fault under build/figures/, for docs/reliability.md.

A figure says what was done and what came of it; whether it is good enough is the test's own assertion.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "build" / "figures"


def keep(fault: str, *, whole: bool, **figures: Any) -> None:
    """Write down the `figures` of a fault ("F4"); `whole` for the numbers of the long run, else those of the small one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    told = {"fault": fault, "whole": whole, "at": datetime.now(UTC).isoformat(timespec="seconds"), **figures}
    name = f"{fault}{'' if whole else '-small'}.json"
    (FOLDER / name).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
