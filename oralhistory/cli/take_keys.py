"""What a person types while a take runs, a command a line: stop, pause, off the record, a mark, a passage to seal.

`q` counts without Enter. What is typed is carried out on the thread that reads it; a command that fails is told and disturbs
nothing.
"""

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from oralhistory.errors import OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.services.recording.takes import RunningTake

HELP = mark(
    "While it runs, type: q stop; p pause, g go on, o off the record; m WORD mark; s MINUTES seal what was said in the last "
    "minutes; f seal from here on, u until here."
)
_LOOK_EVERY_S = 0.2
_STDIN = 0
_LONGEST_LINE = 2000
_USUAL_MINUTES = 5.0


class Typed:
    """Reads standard input. `stop` is set by q, SIGINT or SIGTERM; `take` obeys the rest once it is there."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.take: RunningTake | None = None
        self._over = threading.Event()

    def _listen(self) -> None:
        line = bytearray()
        for typed in _characters(self._over):
            if not line and typed in (b"q", b"Q"):
                self.stop.set()
                return
            if typed not in (b"\n", b"\r"):
                line += typed[: _LONGEST_LINE - len(line)]
            elif line:
                self._obey(line.decode(errors="replace").strip())
                line.clear()

    def _obey(self, line: str) -> None:
        take, (letter, _, rest) = self.take, line.partition(" ")
        if take is None:
            return
        orders: dict[str, Callable[[], object]] = {
            "p": take.pause,
            "g": take.resume,
            "o": take.off_record,
            "m": lambda: take.mark(rest.strip()),
            "s": lambda: _seal_last(take, rest.strip()),
            "f": lambda: take.seal_from_here(rest.strip()),
            "u": take.seal_until_here,
        }
        order = orders.get(letter.lower())
        if order is None:
            click.echo(tr(HELP), err=True)
            return
        try:
            order()
        except OralHistoryError as error:
            click.echo(str(error), err=True)


@contextmanager
def typed() -> Iterator[Typed]:
    """Listen to the person at the terminal, and to the system's wish to end, while the block runs."""
    keys = Typed()
    before = {which: signal.signal(which, lambda *_: keys.stop.set()) for which in (signal.SIGINT, signal.SIGTERM)}
    reader = threading.Thread(target=keys._listen, name="typed")
    reader.start()
    try:
        yield keys
    finally:
        keys._over.set()
        reader.join()
        for which, handler in before.items():
            signal.signal(which, handler)


def _seal_last(take: RunningTake, told: str) -> None:
    minutes, _, reason = told.partition(" ")
    try:
        take.seal_last(float(minutes or _USUAL_MINUTES), reason)
    except ValueError:
        take.seal_last(_USUAL_MINUTES, told)


if sys.platform == "win32":
    import msvcrt

    def _characters(over: threading.Event) -> Iterator[bytes]:
        while not over.wait(_LOOK_EVERY_S):
            while msvcrt.kbhit():
                yield msvcrt.getwch().encode(errors="replace")
else:

    def _characters(over: threading.Event) -> Iterator[bytes]:
        while sys.stdin and not over.is_set():
            ready, _, _ = select.select([_STDIN], [], [], _LOOK_EVERY_S)
            if ready:
                character = os.read(_STDIN, 1)
                if not character:
                    return
                yield character
