"""Ctrl+C during long work: a wish that the work looks for, not an exception that whatever runs at the moment may swallow."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """While the block runs, SIGINT only makes the function it gives say True; the second one is Python's own again."""
    wish = threading.Event()

    def wished(_number: int, _frame: object) -> None:
        wish.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, wished)
    try:
        yield wish.is_set
    finally:
        signal.signal(signal.SIGINT, before)
