"""Kills a process at any one of its steps: just before the nth system call that changes something on a disk.

A step is a write, a sync, a truncation, a link, a name that changes or goes: SQLite's own as well as Python's, so every
commit is several. Needs Linux on x86-64 and leave to trace one's own children. The caller has one thread: it forks.
"""

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable

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


def supported() -> bool:
    return sys.platform == "linux" and platform.machine() == "x86_64"


def killed_before(step: int, action: Callable[[], None]) -> int:
    """Carry out `action` in a child, killed just before its step number `step` (from 1; 0: not at all).

    Gives the number of steps that were begun; the child must end with an exit code of 0 when it is not killed.
    """
    child = os.fork()
    if child == 0:
        _be_traced(action)
    begun, entering = 0, True
    _wait(child)
    _ptrace(_SETOPTIONS, child, 0, _O_TRACESYSGOOD | _O_EXITKILL)
    delivered = 0
    while True:
        _ptrace(_SYSCALL, child, 0, delivered)
        stopped = _wait(child)
        if stopped is None:
            return begun
        delivered = 0 if stopped in (_SYSCALL_STOP, signal.SIGSTOP) else stopped
        if stopped != _SYSCALL_STOP:
            continue
        if entering and _ptrace(_PEEKUSER, child, _ORIG_RAX, 0) in _STEPS:
            begun += 1
            if begun == step:
                os.kill(child, signal.SIGKILL)
                _wait(child)
                return begun
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
        raise Untraceable(os.strerror(ctypes.get_errno()))
    return int(answer)
