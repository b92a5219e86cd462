"""An invisible screen of the tests' own, and hands on it: keys and clicks reach a program as from a person."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

SIZE = (1366, 768)


class Screen:
    """A running X server; `env` is the whole environment for programs that shall be seen on it."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = dict(env)

    def windows(self, pid: int) -> list[str]:
        """The ids of the visible windows of a process."""
        return self._hands("search", "--onlyvisible", "--pid", str(pid)).split()

    def focus(self, window: str) -> None:
        self._hands("windowfocus", "--sync", window)

    def press(self, *keys: str) -> None:
        self._hands("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self._hands("type", "--delay", "15", text)

    def click(self, x: int, y: int) -> None:
        self._hands("mousemove", str(x), str(y), "click", "1")

    def _hands(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, timeout=30)
        return done.stdout


@contextmanager
def running(env: Mapping[str, str]) -> Iterator[Screen]:
    """A screen for programs that otherwise live in `env`."""
    reading, writing = os.pipe()
    size = "x".join(map(str, (*SIZE, 24)))
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as said:
            number = said.readline().decode().strip()
        seen = {name: value for name, value in env.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
        yield Screen({**seen, "DISPLAY": f":{number}"})
    finally:
        server.terminate()
        server.wait()


def missing() -> str:
    """The program this machine lacks for it, or nothing."""
    return next((name for name in ("Xvfb", "xdotool") if shutil.which(name) is None), "")
