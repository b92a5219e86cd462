"""Killing a piece of work before each single thing it does to the disk, and looking at what it left behind.

For a process without threads: each piece of work is done in a fork of it. Steps are calls that change a file system and
statements that change a database; what SQLite does between two of those is SQLite's own to answer for.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

_CHANGES = (
    "fsync",
    "fdatasync",
    "link",
    "mkdir",
    "remove",
    "rename",
    "replace",
    "rmdir",
    "truncate",
    "unlink",
    "write",
)
_STATEMENTS = ("VACUUM", "COMMIT", "PRAGMA rekey", "PRAGMA wal_checkpoint")


class Steps:
    """Counts steps from now on; at number `fatal` the process is killed before it is done."""

    def __init__(self, fatal: int | None) -> None:
        self.done = 0
        self._fatal = fatal
        for name in _CHANGES:
            setattr(os, name, self._watched(getattr(os, name)))
        plain, watch = dbapi2.connect, self._step

        class Watched(dbapi2.Connection):  # type: ignore[misc]
            def execute(self, statement: str, *more: Any) -> Any:
                if statement.startswith(_STATEMENTS):
                    watch()
                return super().execute(statement, *more)

            def commit(self) -> None:
                watch()
                super().commit()

        dbapi2.connect = lambda *given, **named: plain(*given, factory=Watched, **named)

    def _watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            if call.__name__ != "write" or given[0] > 2:
                self._step()
            return call(*given, **named)

        return step

    def _step(self) -> None:
        if self.done == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        self.done += 1


def in_a_child(work: Callable[[], None]) -> int:
    """Do `work` in a child: its exit code, -9 when it was killed. Its complaints go to stderr."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except Exception:  # noqa: BLE001  what went wrong is the parent's to say
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def count_steps(work: Callable[[], None], answer: Path) -> int:
    """How many steps `work` takes when nobody kills it; it is done in a child."""

    def counted() -> None:
        steps = Steps(None)
        work()
        os.write(os.open(answer, os.O_WRONLY | os.O_CREAT, 0o600), str(steps.done).encode())

    assert in_a_child(counted) == 0
    return int(answer.read_text())


def killed_at(step: int, work: Callable[[], None]) -> None:
    """Do `work` in a child that is killed before this step."""

    def cut_off() -> None:
        Steps(step)
        work()

    assert in_a_child(cut_off) == -signal.SIGKILL, "it was not killed: a step was not reached"
