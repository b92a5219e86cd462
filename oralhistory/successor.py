"""The process that takes this one's place when the window locks: the same program, which remembers nothing of the old one.

After an ordinary clean-up a passphrase, keys and rows still stand somewhere in a Python process; after an exec they do not.
What the new window must know goes over a pipe that only it inherits: never in the arguments, the environment or a file.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NoReturn

from oralhistory import curtain, paths

WORD = "__window"
"""The hidden first argument of a window that takes another one's place."""
_STDIN = 0


@dataclass(frozen=True, slots=True)
class Handed:
    """What the next window is told: `folder` of the archive; `take`, the address of a recorder that goes on (whoever has it
    can stop the take); `language`; `place` of the window on the screen, as Qt writes it, in base64; `told`, the sentences of
    a message that the old window could not show any more; `curtain`, the descriptor to close when the new window is seen.
    """

    folder: str
    take: str = field(default="", repr=False)
    language: str = ""
    place: str = ""
    told: tuple[str, ...] = ()
    curtain: int = -1


def become(handed: Handed) -> NoReturn:
    """End this process's memory here and go on as a new window. The process keeps its number where the system can do that.

    OSError when the program cannot be started again: then nothing has changed.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    words, environment = paths.itself(WORD), paths.environment_of_itself()
    if sys.platform == "win32":  # an exec there leaves the old process's handles and starts another one anyway
        successor = subprocess.Popen(words, env=environment, stdin=subprocess.PIPE)
        assert successor.stdin is not None
        successor.stdin.write(_message(handed))
        successor.stdin.close()
        os._exit(0)
    _inherit_nothing()
    hung = curtain.hang(_open_descriptors())
    reading, writing = os.pipe()
    os.write(writing, _message(replace(handed, curtain=hung)))  # a few hundred bytes: a pipe takes them at once
    os.close(writing)
    if hung >= 0:
        os.set_inheritable(hung, True)
    os.dup2(reading, _STDIN)
    try:
        os.execve(words[0], words, environment)  # noqa: S606  the program itself
    finally:  # it is gone from the disk
        curtain.lift(hung)


def received() -> Handed | None:
    """What the window before this one handed over; None when it is nothing that can be used. Standard input is empty then."""
    with suppress(OSError):
        _see_to_inherited_children()
    try:
        with os.fdopen(os.dup(_STDIN), "rb") as pipe:
            message = pipe.read()
        empty = os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, _STDIN)
        os.close(empty)
        return _parsed(json.loads(message))
    except (OSError, ValueError):
        return None


def _message(handed: Handed) -> bytes:
    return json.dumps(asdict(handed)).encode()


def _parsed(found: Any) -> Handed | None:
    if not isinstance(found, dict) or type(found.get("folder")) is not str:
        return None
    known = {one.name: found[one.name] for one in fields(Handed) if type(found.get(one.name)) is str}
    told, hung = found.get("told", ()), found.get("curtain")
    handed = Handed(**known, told=tuple(str(line) for line in told) if isinstance(told, list) else ())
    if type(hung) is not int or hung <= _STDIN:
        return handed
    with suppress(OSError):
        os.set_inheritable(hung, False)
    return replace(handed, curtain=hung)


def _inherit_nothing() -> None:
    """Close everything but the standard streams with the exec, whoever opened it."""
    with suppress(OSError):
        for number in _open_descriptors():
            with suppress(OSError):
                os.set_inheritable(number, False)


def _open_descriptors() -> Iterator[int]:
    for name in ("/proc/self/fd", "/dev/fd"):
        if Path(name).is_dir():
            yield from (number for number in map(int, os.listdir(name)) if number > 2)  # noqa: PTH208 numbers, not paths
            return


def _see_to_inherited_children() -> None:
    """A recorder that the old window started is a child of this process too: when it ends, somebody must take note."""
    if not sys.platform.startswith("linux"):
        return
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii")
    for child in map(int, listed.split()):
        threading.Thread(target=_take_note, args=(child,), name="inherited child", daemon=True).start()


def _take_note(child: int) -> None:
    with suppress(ChildProcessError):
        os.waitpid(child, 0)
