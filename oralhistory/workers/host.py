"""The parent's side of a child process: start it, exchange messages, end it.

A child gets a scrubbed environment, no arguments but its name, and a stderr that leads nowhere, because libraries print what
they work on. Receiving may run in a thread; `kill` from any other one ends it at once with `Cancelled`.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from oralhistory import i18n, paths
from oralhistory.errors import Cancelled, WorkerFailed
from oralhistory.i18n import tr
from oralhistory.workers import messages
from oralhistory.workers.messages import BrokenFrame, Message

_KEPT = {
    "PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "USER", "LOGNAME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
    "SYSTEMROOT", "WINDIR", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "TEMP", "TMP", "NUMBER_OF_PROCESSORS",
}  # fmt: skip
_KEPT_FAMILIES = ("LC_", "XDG_", "PULSE_", "ALSA_", "PIPEWIRE_")


class Child:
    """A running child. Ends with the `with` block: in order, or at once when the block is left by an exception."""

    def __init__(self, name: str) -> None:
        """Start the child `name` ("transcriber", ...)."""
        self._killed = threading.Event()
        self._sending = threading.Lock()
        self._receiving = threading.Lock()
        self._process = subprocess.Popen(
            command(name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=scrubbed(os.environ),
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._outgoing = self._process.stdin
        self._incoming = self._process.stdout
        try:
            self.send({"language": i18n.language()})
        except BaseException:
            self.kill()
            self.close()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """Like `receive`, raises what the child reported, or Cancelled or WorkerFailed, when it has ended."""
        try:
            with self._sending:
                messages.write(self._outgoing, Message(header, body))
        except OSError:
            while True:  # it ended: what it said last tells why
                self.receive()

    def receive(self) -> Message:
        """The child's next message, waiting for it.

        Raises the outcome the child reported; Cancelled after `kill`; WorkerFailed when it died or broke the stream.
        """
        try:
            with self._receiving:
                message = messages.read(self._incoming)
        except (BrokenFrame, OSError):
            message = None
        if message is None:
            _raise_ended(self._killed.is_set())
        if refused := messages.reported(message.header):
            raise refused
        if "fault" in message.header:
            raise _failed()
        return message

    def kill(self) -> None:
        """End the child and whatever it started, now. Harmless when it has ended; safe from every thread."""
        self._killed.set()
        if self._process.poll() is not None:
            return
        if sys.platform == "win32":
            self._process.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self, patience: float = 5.0) -> int:
        """Tell the child there is no more, wait `patience` seconds for its end, then kill it. Its exit code."""
        with suppress(OSError):  # flushing to a child that is gone
            self._outgoing.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
        code = self._process.wait()
        self._incoming.close()
        return code

    def let_go(self) -> None:
        """Close the pipes and leave the child to itself: for one that outlives whoever started it."""
        with suppress(OSError):
            self._outgoing.close()
        self._incoming.close()
        if self._process.poll() is None:
            self._process.returncode = 0  # nobody here waits for it any more, and that is meant

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.kill()
        self.close()


def command(name: str) -> list[str]:
    """The argument list that starts child `name`."""
    return paths.itself(f"__{name}")


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """What of `environment` a child needs: paths, language, time zone, the sound server; no secrets, no display."""
    kept = {
        name: value
        for name, value in environment.items()
        if name.upper() in _KEPT or name.upper().startswith(_KEPT_FAMILIES)
    }
    if not getattr(sys, "frozen", False):
        kept["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])  # a checkout is found from every folder
    return kept


def _raise_ended(killed: bool) -> NoReturn:
    if killed:
        raise Cancelled(tr("It was stopped."), safe=tr("What was finished is kept."))
    raise _failed()


def _failed() -> WorkerFailed:
    return WorkerFailed(
        tr("A helper process of the program ended unexpectedly."),
        safe=tr("What was stored before is untouched."),
        todo=tr("Try again; if it happens again, close other programs to free memory."),
    )
