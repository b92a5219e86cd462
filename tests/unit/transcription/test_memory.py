"""A model that cannot fit is not started, and the sentence says by how much."""

from pathlib import Path

import pytest

from oralhistory.errors import WorkerFailed
from oralhistory.transcription import memory


def test_too_little_memory_is_told_in_figures(tmp_path: Path) -> None:
    told = tmp_path / "meminfo"
    told.write_text("MemTotal: 4000000 kB\nMemFree: 1 kB\nMemAvailable: 409600 kB\n")
    memory.require(400, told)
    with pytest.raises(WorkerFailed) as refused:
        memory.require(714, told)
    assert "400 MB" in refused.value.happened and "714 MB" in refused.value.happened
    assert refused.value.safe and refused.value.todo
    for unknown in ("", "MemAvailable: much\n", "MemTotal: 1 kB\n"):
        told.write_text(unknown)
        memory.require(10**9, told)
    memory.require(10**9, tmp_path / "absent")


def test_this_machine_says_what_it_has() -> None:
    free = memory.available()
    assert free is None or free > 100
