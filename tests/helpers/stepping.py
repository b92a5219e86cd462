"""Stops a process at any one of its steps: just before the nth system call that changes something on a disk.

A step is a write, a sync, a truncation, a link, a name that changes or goes: SQLite's own as well as Python's, so every
commit is several. There the process is killed, or stands still while somebody looks at what a kill would leave: the files
as they are then, with nobody's lock on them. Needs Linux on x86-64 and leave to trace one's own children. The caller has
one thread: it forks.
"""

import ctypes
import errno
import os
import platform
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_TRACEME, _PEEKUSER, _SYSCALL, _SETOPTIONS = 0, 3, 24, 0x4200
_O_TRACESYSGOOD, _O_EXITKILL = 1, 0x100000
_SYSCALL_STOP = signal.SIGTRAP | 0x80
_ORIG_RAX = 15 * 8
"""Where the number of the system call stands in `struct user` (sys/user.h)."""
_STEPS = {
    1: "write", 18: "pwrite64", 20: "writev", 74: "fsync", 75: "fdatasync", 76: "truncate", 77: "ftruncate",
    82: "rename", 86: "link", 87: "unlink", 263: "unlinkat", 264: "renameat", 265: "linkat", 316: "renameat2",
}  # fmt: skip
"""https://github.com/torvalds/linux/blob/master/arch/x86/entry/syscalls/syscall_64.tbl"""


class Untraceable(Exception):
    """This machine does not let a process trace its children."""


class ActionFailed(Exception):
    """The child ended by itself, and not well."""


def evenly(count: int, few: int) -> list[int]:
    """So many steps of 1 to `count`, or all of them, spread over the whole way."""
    return sorted({count * (place + 1) // (few + 1) or 1 for place in range(min(few, count))})


def quick_place() -> str | None:
    """A folder in memory for what is written and copied thousands of times; None where there is none. A kill needs no disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def supported() -> bool:
    return sys.platform == "linux" and platform.machine() == "x86_64"


def killed_before(step: int, action: Callable[[], None]) -> int:
    """Carry out `action` in a child, killed just before its step number `step` (from 1; 0: not at all).

    Gives the number of steps that were begun; the child must end with an exit code of 0 when it is not killed.
    """

    def at(begun: int, child: int) -> None:
        if begun == step:
            os.kill(child, signal.SIGKILL)

    return _traced(action, at)


def as_killed_before_each(action: Callable[[], None], place: Path, look: Callable[[int], None]) -> int:
    """Carry out `action` in a child once, and let `look(step)` see what a kill before each step would leave in `place`.

    While the child stands still, what it works on lies beside `place`, and a copy of it in `place`, with which the look may do
    what it likes. The folders directly in `place` are the same ones all the time (an archive knows its own), what is in them
    is exchanged. Memory that is shared with a file is read through the same page cache, so the copy holds what a kill would
    leave. Gives the number of steps.
    """
    aside = place.with_name(f"{place.name}-standing-still")

    def at(begun: int, _child: int) -> None:
        _exchange(place, aside)
        try:
            shutil.copytree(aside, place, symlinks=True, dirs_exist_ok=True)
            look(begun)
        finally:
            _clear(place)
            _exchange(aside, place)
            _clear(aside)

    return _traced(action, at)


def _exchange(place: Path, to: Path) -> None:
    """Move to `to` what is in `place`, and what is in the folders directly in it."""
    to.mkdir(exist_ok=True)
    for one in place.iterdir():
        if one.is_dir() and not one.is_symlink():
            (to / one.name).mkdir(exist_ok=True)
            for child in one.iterdir():
                child.rename(to / one.name / child.name)
        else:
            one.rename(to / one.name)


def _clear(place: Path) -> None:
    """Leave nothing in `place` but the folders directly in it."""
    for one in place.iterdir():
        for child in one.iterdir() if one.is_dir() and not one.is_symlink() else (one,):
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child)
            else:
                child.unlink()


def _traced(action: Callable[[], None], at: Callable[[int, int], None]) -> int:
    """The number of steps `action` took in a child; `at(number, child)` is called before each, and may kill the child."""
    child = os.fork()
    if child == 0:
        _be_traced(action)
    begun, entering, delivered = 0, True, 0
    _wait(child)
    _ptrace(_SETOPTIONS, child, 0, _O_TRACESYSGOOD | _O_EXITKILL)
    while True:
        with suppress(ProcessLookupError):  # it was killed just now
            _ptrace(_SYSCALL, child, 0, delivered)
        stopped = _wait(child)
        if stopped is None:
            return begun
        delivered = 0 if stopped in (_SYSCALL_STOP, signal.SIGSTOP) else stopped
        if stopped != _SYSCALL_STOP:
            continue
        if entering and _ptrace(_PEEKUSER, child, _ORIG_RAX, 0) in _STEPS:
            begun += 1
            at(begun, child)
        entering = not entering


def _be_traced(action: Callable[[], None]) -> None:
    """In the child: never returns."""
    code = 1
    try:
        _ptrace(_TRACEME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        action()
        code = 0
    finally:
        os._exit(code)


def _wait(child: int) -> int | None:
    """The signal the child stopped with, or None when it is gone."""
    _, status = os.waitpid(child, 0)
    if os.WIFSTOPPED(status):
        return os.WSTOPSIG(status)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise ActionFailed(f"exit code {os.WEXITSTATUS(status)}")
    return None


def _ptrace(request: int, child: int, address: int, data: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.restype = ctypes.c_long
    ctypes.set_errno(0)
    answer = libc.ptrace(request, child, ctypes.c_void_p(address), ctypes.c_void_p(data))
    if answer == -1 and ctypes.get_errno():
        raise (ProcessLookupError if ctypes.get_errno() == errno.ESRCH else Untraceable)(os.strerror(ctypes.get_errno()))
    return int(answer)
