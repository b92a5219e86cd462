"""The one executable: window, command line, or one of its own children, chosen from the arguments. Imports nothing heavy.

A window that locks becomes this program anew, with one hidden argument (see `successor`); another one keeps up what it showed
last meanwhile (see `curtain`).
"""

import gc
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from oralhistory import curtain, hardening, successor
from oralhistory.domain.holder import COMMAND, WINDOW
from oralhistory.errors import Cancelled

if TYPE_CHECKING:
    from oralhistory.services.program import Program

WORKERS = ("recorder", "transcriber", "decoder", "inspector", "kiwi", "listener")
"""Hidden first arguments, ``__recorder`` and so on: child processes of the program itself."""


_FRESH = 20_000
"""After so many new objects garbage is looked for. What a start loads is none: Python's own 700 cost every command a sixth."""


def main(arguments: list[str] | None = None) -> int:
    try:
        return _chosen(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while nothing is open yet; a command that is under way says more of it
        return Cancelled.exit_code


def _chosen(words: list[str]) -> int:
    hardening.make_undumpable()
    gc.set_threshold(_FRESH)
    if words and words[0].removeprefix("__") in WORKERS and words[0].startswith("__"):
        child = importlib.import_module(f"oralhistory.workers.{words[0].removeprefix('__')}")
        return int(child.main())
    if words == [curtain.WORD]:
        return curtain.keep_up()
    if words == [successor.WORD]:
        return _take_over()
    from oralhistory.cli.main import run

    return run(words, _program, _open_window)


def _program(kind: str = COMMAND) -> "Program":
    from oralhistory.wiring import program

    return program(kind=kind)


def _open_window(archive: Path | None, language: str) -> int:
    from oralhistory.ui.app import run

    program = _program(WINDOW)
    return run(program, successor.Handed(str(archive or program.default_archive), language=language))


def _take_over() -> int:
    handed = successor.received()
    from oralhistory import log
    from oralhistory.ui.app import run

    log.start()
    return run(_program(WINDOW), handed)


if __name__ == "__main__":
    sys.exit(main())
