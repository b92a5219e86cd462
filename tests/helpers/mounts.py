"""A small file system of its own, for what a folder cannot do: be full, be read-only, be pulled out. Needs root on Linux."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(place: Path, megabytes: int) -> Iterator[Path]:
    """A file system in memory at `place`; skips the test where it cannot be mounted."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux mounts file systems")
    place.mkdir()
    made = _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place))
    if made.returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        yield place
    finally:
        pull_out(place)


def make_read_only(place: Path) -> None:
    assert _mount("-o", "remount,ro", str(place)).returncode == 0


def pull_out(place: Path) -> None:
    """Gone from the tree at once; files that are open stay open."""
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def fill(place: Path) -> None:
    """Leave no room at all."""
    with (place / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            pass


def _mount(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["mount", *words], capture_output=True, check=False)
