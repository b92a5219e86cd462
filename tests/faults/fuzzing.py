"""What every fuzzer here runs on: bytes become decisions, decisions a change, and what comes of it keeps its promises or not.

A finding is printed with the bytes that led to it. With `atheris` in the environment (`pip install atheris==3.0.0`, not needed)
`--guided` lets coverage choose the bytes.
"""

import argparse
import collections
import faulthandler
import json
import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Corpus = TypeVar("Corpus")
LONGEST_S = 10.0
"""Some kilobytes that take longer have hung the reader."""
_WATCHED = 200
"""Every so many changes the memory is watched: watching each one would make it ten times slower."""


class Finding(AssertionError):
    """A promise that was not kept."""


class Choices:
    """Decisions read from bytes; all zero when they are used up."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def below(self, bound: int) -> int:
        """A number from 0 to before `bound`."""
        width = max(1, (bound - 1).bit_length() + 7 >> 3)
        taken = self._data[self._at : self._at + width]
        self._at += width
        return int.from_bytes(taken, "little") % bound if bound else 0

    def filler(self, count: int) -> bytes:
        """Zeros, ones, or noise."""
        kind = self.below(4)
        if kind == 0:
            return bytes(count)
        if kind == 1:
            return b"\xff" * count
        return random.Random(self.below(1 << 32)).randbytes(count)

    @property
    def over(self) -> bool:
        return self._at >= len(self._data)


def require(kept: bool, promise: str) -> None:
    if not kept:
        raise Finding(promise)


def tried(look: Callable[[Corpus, bytes], str], corpus: Corpus, data: bytes) -> str:
    """What comes of the change that `data` decides; whatever `look` raises is told with the bytes."""
    try:
        return look(corpus, data)
    except Exception:
        print(f"--again {data.hex()}", file=sys.stderr)
        raise


def run(
    look: Callable[[Corpus, bytes], str], corpus: Corpus, minutes: float, seed: int, *, longest: int, most_memory: int | None
) -> dict[str, object]:
    """Look at changes chosen by chance (4 to `longest` bytes) for so long; what came of them.

    Finding, also for a change that takes longer than `LONGEST_S` or more bytes of memory than `most_memory`.
    """
    chance = random.Random(seed)
    outcomes: collections.Counter[str] = collections.Counter()
    slowest, began, most = 0.0, time.monotonic(), 0
    while time.monotonic() < began + minutes * 60:
        data = chance.randbytes(chance.randrange(4, longest))
        faulthandler.dump_traceback_later(6 * LONGEST_S, exit=True)
        watched = most_memory is not None and outcomes.total() % _WATCHED == 0
        if watched:
            tracemalloc.start()
        started = time.thread_time()
        outcomes[tried(look, corpus, data)] += 1
        slowest = max(slowest, time.thread_time() - started)
        if watched:
            most = max(most, tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    faulthandler.cancel_dump_traceback_later()
    require(slowest < LONGEST_S, "a change that hangs the reader")
    require(most_memory is None or most < most_memory, "a change that eats the memory")
    return {
        "seed": seed, "minutes": minutes, "changes": outcomes.total(), "slowest_s": round(slowest, 3),
        "most_memory_mb": round(most / 1e6, 1), "outcomes": dict(outcomes.most_common()), "findings": 0,
    }  # fmt: skip


def _guided(look: Callable[[Corpus, bytes], str], corpus: Corpus, minutes: float) -> None:
    import atheris  # type: ignore[import-not-found]

    atheris.instrument_all()
    options = [sys.argv[0], f"-max_total_time={round(minutes * 60)}"]
    atheris.Setup(options, lambda data: tried(look, corpus, data) and None)
    atheris.Fuzz()


def main(
    about: str | None,
    prepare: Callable[[Path], Corpus],
    look: Callable[[Corpus, bytes], str],
    *,
    longest: int,
    most_memory: int | None = None,
) -> int:
    """The command of one fuzzer: what it changes comes from `prepare`, `look` makes a change and judges what comes of it."""
    words = argparse.ArgumentParser(description=about)
    words.add_argument("--minutes", type=float, default=1.0)
    words.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    words.add_argument("--again", metavar="HEX", help="look at one change again")
    words.add_argument("--guided", action="store_true", help="let coverage choose (needs atheris)")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = prepare(Path(folder))
        if asked.again is not None:
            print(tried(look, corpus, bytes.fromhex(asked.again)))
        elif asked.guided:
            _guided(look, corpus, asked.minutes)
        else:
            told = run(look, corpus, asked.minutes, asked.seed, longest=longest, most_memory=most_memory)
            print(json.dumps(told))
    return 0
