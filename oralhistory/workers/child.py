"""What every child process of the program does before and after its own work.

It makes itself undumpable, leaves the terminal's process group, and takes stdin and stdout away for messages, so that a
library that prints cannot corrupt them. What went wrong is reported by its type: an outcome of the world with its sentences,
anything else by the exception's class name alone, because its text may hold words of an interview.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from oralhistory import hardening, i18n
from oralhistory.errors import OralHistoryError
from oralhistory.workers import messages
from oralhistory.workers.messages import Message


class Parent:
    """The process that started this one. Sending is safe from several threads; receiving belongs to one."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._sending = threading.Lock()

    def receive(self) -> Message | None:
        """The next message; None when the parent closed its end or is gone."""
        return messages.read(self._incoming)

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """BrokenPipeError when the parent is gone."""
        with self._sending:
            messages.write(self._outgoing, Message(header, body))


def run(handler: Callable[[Parent], None]) -> int:
    """Be a child: take the parent's greeting, let `handler` work, report how it ended. The process's exit code."""
    hardening.make_undumpable()
    _leave_the_terminal()
    parent = _take_streams()
    try:
        greeting = parent.receive()
        if greeting is None:
            return 0
        i18n.use(str(greeting.header.get("language", "")))
        handler(parent)
    except BrokenPipeError:
        return 1  # nobody is left to tell
    except OralHistoryError as error:
        return _report(parent, messages.outcome(error))
    except Exception as fault:  # noqa: BLE001 the edge of a process: nobody above could hear it
        return _report(parent, {"fault": type(fault).__name__})
    return 0


def confine(memory: int, cpu_seconds: int) -> None:
    """Bound this process before it parses what strangers made: bytes of address space, seconds of processor time.

    Beyond them allocation fails with MemoryError, or the system ends the process. No-op on Windows.
    """
    if sys.platform != "win32":
        import resource

        for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds)):
            _, hard = resource.getrlimit(kind)
            bounded = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (bounded, hard))


def open_nothing_more() -> None:
    """From here on this process opens no file and no socket, and writes no file. No-op on Windows."""
    if sys.platform != "win32":
        import resource

        # New descriptors get the lowest free number, which is never under the limit of one: every open fails, in this process.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _report(parent: Parent, header: dict[str, Any]) -> int:
    with suppress(OSError):
        parent.send(header)
    return 1


def _leave_the_terminal() -> None:
    """Ctrl+C at a terminal is for the parent, which tells its children what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32" and os.getsid(0) != os.getpid():
        os.setsid()


def _take_streams() -> Parent:
    """Keep the real stdin and stdout for messages; give everything else an empty stdin, and stderr for its prints."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return Parent(incoming, outgoing)
