"""Which of the sound server's microphones a process records from, and when the server moves it to another one.

PulseAudio and PipeWire move a stream without a word when a microphone is unplugged or another one is plugged in; PortAudio knows
nothing of it. `pactl`, which comes with both, tells of changes as they happen. Where it is missing, nothing is known: the watch
stays silent.
"""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_PATIENCE_S = 5.0
_AGAIN_S = 2.0
PINNED = "PULSE_SOURCE"
"""The microphone that libpulse opens when a program asks for none."""


class SourceWatch:
    """`changed` is told, on a thread of its own, when the process records from another microphone than before.

    The first microphone is pinned: a stream that is opened again later gets this one or none. `back` is told when it is there
    again while the stream is at another one.
    """

    def __init__(
        self, changed: Callable[[str, bool], None], back: Callable[[], None], process: int | None = None
    ) -> None:
        """`changed(name, away)`: what it is now, and whether that is another one than at first."""
        self._changed = changed
        self._back = back
        self._process = str(os.getpid() if process is None else process)
        self._pactl = shutil.which("pactl")
        self._first = self._now = ""
        self._over = threading.Event()
        self._events: subprocess.Popen[str] | None = None

    def start(self) -> None:
        if self._pactl:
            threading.Thread(target=self._watch, name="source watch", daemon=True).start()

    def stop(self) -> None:
        self._over.set()
        if self._events:
            self._events.kill()

    def _watch(self) -> None:
        while not self._over.is_set():
            with suppress(OSError):
                self._follow()
            if not self._first:
                return  # there is no such server
            self._over.wait(_AGAIN_S)

    def _follow(self) -> None:
        """Look at every change of a stream, until the server is gone."""
        assert self._pactl
        with subprocess.Popen(
            [self._pactl, "subscribe"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        ) as self._events:
            assert self._events.stdout
            self._look()
            for line in self._events.stdout:
                if self._over.is_set():
                    break
                if " on source-output " in line and "'remove'" not in line:
                    self._look()
                elif "'new' on source " in line and self._is_back():
                    self._back()
            self._events.kill()

    def _look(self) -> None:
        name = self._source()
        if not name or name == self._now:
            return
        self._now = name
        if not self._first:
            self._first = os.environ[PINNED] = name
        else:
            self._changed(name, name != self._first)

    def _is_back(self) -> bool:
        return self._now != self._first and any(one.get("name") == self._first for one in self._list("sources"))

    def _source(self) -> str:
        """The microphone of the process's newest stream; nothing when it has none or the server does not answer."""
        mine = [one for one in self._list("source-outputs") if _of(one) == self._process]
        source = max(mine, key=lambda one: one.get("index", 0)).get("source") if mine else None
        return next((str(one.get("name", "")) for one in self._list("sources") if one.get("index") == source), "")

    def _list(self, what: str) -> list[dict[str, Any]]:
        assert self._pactl
        try:
            ran = subprocess.run(
                [self._pactl, "--format=json", "list", what], capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE_S
            )
            found = json.loads(ran.stdout)
        except (OSError, ValueError, subprocess.SubprocessError):
            return []
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _of(stream: dict[str, Any]) -> str:
    properties = stream.get("properties")
    return str(properties.get("application.process.id", "")) if isinstance(properties, dict) else ""
