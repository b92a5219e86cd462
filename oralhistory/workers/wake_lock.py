"""Keeping the machine awake while a take runs.

Linux: `systemd-inhibit` holds logind's lock for as long as a program of ours that it started lives, which ends with a pipe of
this process; macOS: `caffeinate` that watches this process; Windows: a state of the calling thread. So the lock goes when the
recorder goes, however it ends. Where the system has nothing of it, the lock says that it is not held.
"""

import shutil
import subprocess
import sys
import threading
from contextlib import suppress

_WHAT = ("sleep:idle:handle-lid-switch", "sleep:idle")
"""What is asked of logind, then what is asked where that is too much."""
_SETTLES_S = 0.5
"""A refusal comes within this time."""


class WakeLock:
    """Held, where the system lets us, from construction to `release`."""

    def __init__(self) -> None:
        self._asked = 0
        self._process = _started(self._asked)
        self._thread = _WindowsThread() if sys.platform == "win32" else None

    @property
    def held(self) -> bool:
        if self._thread:
            return self._thread.held
        return self._process is not None and self._process.poll() is None

    def keep(self) -> bool:
        """Whether it is held; asks for less where it was refused. To be called now and then."""
        if self._process and not self.held and self._asked + 1 < len(_WHAT):
            self._asked += 1
            _close_pipe(self._process)
            self._process = _started(self._asked)
        return self.held

    def settled(self) -> bool:
        """Whether it is held, after every refusal there may be: takes a second at most."""
        for _ in _WHAT:
            if self._process:
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(_SETTLES_S)
            if self.held:
                return True
            self.keep()
        return False

    def release(self) -> None:
        if self._thread:
            self._thread.release()
        if self._process:
            _close_pipe(self._process)
            if sys.platform == "darwin":
                self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(2.0)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()


def can_be_held() -> bool:
    """Whether the system lets us: tries it for a moment."""
    lock = WakeLock()
    try:
        return lock.settled()
    finally:
        lock.release()


def _command(asked: int) -> list[str] | None:
    if sys.platform == "darwin":
        import os

        return ["/usr/bin/caffeinate", "-i", "-s", "-w", str(os.getpid())]
    inhibit, hold = shutil.which("systemd-inhibit"), shutil.which("cat")
    if sys.platform == "linux" and inhibit and hold:
        # `cat` ends when the other end of its pipe is gone, and the lock with it.
        return [
            inhibit,
            f"--what={_WHAT[asked]}",
            "--who=Audio recorder",
            "--why=Sound is being recorded",
            "--mode=block",
            hold,
        ]
    return None


def _started(asked: int) -> "subprocess.Popen[bytes] | None":
    command = _command(asked)
    if command is None:
        return None
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=True
        )
    except OSError:
        return None


def _close_pipe(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()


class _WindowsThread:
    """The state belongs to the thread that set it: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-setthreadexecutionstate."""

    _CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001

    def __init__(self) -> None:
        self.held = False
        self._set, self._over = threading.Event(), threading.Event()
        threading.Thread(target=self._hold, name="wake lock", daemon=True).start()
        self._set.wait()

    def release(self) -> None:
        self._over.set()

    def _hold(self) -> None:
        if sys.platform == "win32":
            import ctypes

            state = ctypes.windll.kernel32.SetThreadExecutionState
            self.held = bool(state(self._CONTINUOUS | self._SYSTEM_REQUIRED))
            self._set.set()
            self._over.wait()
            state(self._CONTINUOUS)
        self._set.set()
