"""What another process of the same user, without special rights, could learn of one of ours through /proc (Linux)."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_VERSION = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3: three words (effective, permitted, inheritable) for each half of the capabilities."""


def supported() -> bool:
    return sys.platform == "linux" and (os.geteuid() != 0 or shutil.which("setpriv") is not None)


def without_rights(command: list[str]) -> list[str]:
    """The command line that starts `command` as a plain user's process would be, also when root starts it.

    What has more rights than the reader can't be looked into anyhow, and would prove nothing.
    """
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command] if os.geteuid() == 0 else command


def readable(pid: int) -> bool:
    """Whether a process that may do what its user may, and no more, reads the other's environment (or memory)."""
    with _without_rights():
        try:
            Path(f"/proc/{pid}/environ").read_bytes()
        except PermissionError:
            return False
    return True


def shown(pid: int) -> bytes:
    """Arguments and, where this process may read it, the environment of a process; nothing of one that has ended."""
    told = b""
    for name in ("cmdline", "environ"):
        with suppress(ProcessLookupError, PermissionError):
            told += Path(f"/proc/{pid}/{name}").read_bytes()
    return told


def core_limits(pid: int) -> list[str]:
    """The soft and the hard limit of core files."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    [line] = [one for one in lines if one.startswith("Max core file size")]
    return line.split()[4:6]


def descendants(pid: int) -> list[int]:
    """The process and everything it started, directly or not."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


@contextmanager
def _without_rights() -> Iterator[None]:
    """Every special right that root has, laid aside by this thread."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, before = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, before):
        raise OSError(ctypes.get_errno(), "capget")
    laid_aside = (ctypes.c_uint32 * 6)(*before)
    laid_aside[0] = laid_aside[3] = 0
    if libc.capset(header, laid_aside):
        raise OSError(ctypes.get_errno(), "capset")
    try:
        yield
    finally:
        libc.capset(header, before)
