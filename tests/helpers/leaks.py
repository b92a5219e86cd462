"""Finds what a test leaves behind: threads, child processes, and log records nobody expected."""

import logging
import multiprocessing.resource_tracker
import os
import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GRACE = 10.0
"""Seconds given to what was told to end and is on its way out; what ends in time is no leak."""

_ASKED_BY_CTYPES = "ldconfig"
"""Where a library lies, when sound is first asked for; a thread that just began to ask is no leak."""


def threads() -> set[threading.Thread]:
    """The running threads of this process that Python started (those of C libraries come and go as they like)."""
    return {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}


def children() -> set[int]:
    """The ids of this process's children, ended and not waited for included; Python's resource tracker is not one."""
    tracker = getattr(multiprocessing.resource_tracker._resource_tracker, "_pid", None)
    return {int(child) for task in Path("/proc/self/task").iterdir() for child in _children_of(task)} - {tracker}


def lingering_threads(before: set[threading.Thread], grace: float = GRACE) -> list[str]:
    """The names of threads started since `before` that do not end within the grace."""
    deadline = time.monotonic() + grace
    for thread in threads() - before:
        thread.join(max(0.0, deadline - time.monotonic()))
    return sorted(thread.name for thread in threads() - before if thread.is_alive())


def lingering_children(before: set[int], grace: float = GRACE) -> list[str]:
    """Children started since `before` that do not end within the grace, or ended and were never waited for."""
    deadline = time.monotonic() + grace
    for pid in children() - before:
        _wait_for_end(pid, deadline)
    return sorted(f"{pid} {name}" for pid in children() - before if (name := _name(pid)) != _ASKED_BY_CTYPES)


@contextmanager
def stray_records() -> Iterator[list[logging.LogRecord]]:
    """Collect every log record of WARNING or worse made meanwhile, whatever handlers and levels are set."""
    strays: list[logging.LogRecord] = []
    make = logging.getLogRecordFactory()

    def make_and_keep(*args: object, **more: object) -> logging.LogRecord:
        record = make(*args, **more)
        if record.levelno >= logging.WARNING:
            strays.append(record)
        return record

    logging.setLogRecordFactory(make_and_keep)
    try:
        yield strays
    finally:
        logging.setLogRecordFactory(make)


def _children_of(task: Path) -> list[str]:
    """What a thread of this process started; asked for before and after every test, so not found by reading all of /proc."""
    try:
        return (task / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except FileNotFoundError:
        return "(gone)"


def _wait_for_end(pid: int, deadline: float) -> None:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
    finally:
        os.close(handle)
