"""An invisible screen of the tests' own, and hands on it: keys and clicks reach a program as from a person."""

import os
import re
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

    def give_keys(self, text: str) -> None:
        """Put the letters of `text` on keys of their own. For a letter that is on no key the hands would change the keyboard at
        each stroke, and a program that reads the change too late gets another letter or none."""
        letters = sorted({one for one in text if not one.isascii()})
        asked = ["xkbcomp", "-xkb", self.env["DISPLAY"], "-"]
        known = subprocess.run(asked, env=self.env, capture_output=True, text=True, check=True)
        spare = re.findall(r"(<I\d+>) = \d+;", known.stdout)
        assert len(letters) <= len(spare), "more letters than a keyboard has keys to spare"
        keys = "".join(f"    key {key} {{ [ U{ord(letter):04X} ] }};\n" for key, letter in zip(spare, letters, strict=False))
        head, mark, symbols = known.stdout.partition("xkb_symbols")
        end = symbols.index("\n};") + 1
        board = f"{head}{mark}{symbols[:end]}{keys}{symbols[end:]}"
        put = ["xkbcomp", "-w", "0", "-", self.env["DISPLAY"]]
        subprocess.run(put, env=self.env, input=board, text=True, capture_output=True, check=True)

    def turn_wheel(self, x: int, y: int, by: int) -> None:
        """Towards oneself (what is further down comes) when `by` is positive."""
        self._hands("mousemove", str(x), str(y), "click", "--repeat", str(abs(by)), "--delay", "5", "5" if by > 0 else "4")

    def face(self, pid: int) -> None:
        """Give the keyboard to the newest window of a process, unless it has it."""
        windows = self.windows(pid)
        if windows and self._hands("getwindowfocus").strip() not in windows[-1:]:
            self.focus(windows[-1])

    def _hands(self, *words: str) -> str:
        env = {**self.env, "LC_ALL": "C.UTF-8"}  # or it takes no letter but those of ASCII
        done = subprocess.run(["xdotool", *words], env=env, capture_output=True, text=True, timeout=30)
        return done.stdout


@contextmanager
def running(env: Mapping[str, str]) -> Iterator[Screen]:
    """A screen for programs that otherwise live in `env`."""
    reading, writing = os.pipe()
    size = "x".join(map(str, (*SIZE, 24)))
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
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
