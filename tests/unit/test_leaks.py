"""The guard behind every test sees what is left behind, and only that."""

import logging
import subprocess
import sys
import threading

from tests.helpers import leaks


def test_a_thread_is_a_leak_until_it_ends() -> None:
    before, may_end = leaks.threads(), threading.Event()
    thread = threading.Thread(target=may_end.wait, name="dawdler")
    thread.start()
    assert leaks.lingering_threads(before, grace=0) == ["dawdler"]
    may_end.set()
    assert leaks.lingering_threads(before) == []


def test_a_child_is_a_leak_until_it_is_waited_for() -> None:
    before = leaks.children()
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert len(leaks.lingering_children(before, grace=0)) == 1
    child.communicate(b"\n")
    assert leaks.lingering_children(before) == []


def test_warnings_in_the_log_are_kept_whatever_the_handlers(caplog: object) -> None:
    silent = logging.getLogger("tests.silent")
    silent.propagate = False
    with leaks.stray_records() as strays:
        silent.info("nothing to see")
        silent.warning("the disk is nearly full")
    silent.warning("nobody listens any more")
    assert [record.getMessage() for record in strays] == ["the disk is nearly full"]
