"""A process that takes another one's place: what it is told, and that nothing else comes along."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oralhistory import successor
from oralhistory.successor import Handed

ROOT = Path(__file__).resolve().parents[2]
HANDED = Handed("/media/두루미/archive", '{"socket": "x", "key": "c0ffee"}', "ko", "AdnQywAD", ("하나", "둘"))

BEFORE = f"""
import os, sys
from oralhistory import paths, successor
kept = os.open({__file__!r}, os.O_RDONLY)
os.set_inheritable(kept, True)  # a library that opened it without care
paths.itself = lambda word: [sys.executable, "-c", sys.argv[1], str(os.getpid()), str(kept), word]
reading, writing = os.pipe()
successor.curtain.hang = lambda descriptors: writing if kept in descriptors else -1
successor.become(successor.Handed({HANDED.folder!r}, {HANDED.take!r}, "ko", "AdnQywAD", ("하나", "둘")))
"""
AFTER = """
import dataclasses, json, os, sys
from oralhistory import successor
pid, kept, word = sys.argv[1:]
handed = successor.received()
try:
    os.fstat(int(kept))
    open_still = True
except OSError:
    open_still = False
up, handed = handed.curtain, dataclasses.replace(handed, curtain=-1)
os.fstat(up)  # what keeps up the old window's picture is this one's to close, and no child's
told = {"handed": dataclasses.asdict(handed), "up": os.get_inheritable(up),
        "same": pid == str(os.getpid()), "word": word, "open": open_still,
        "stdin": sys.stdin.read(), "environment": [v for v in os.environ.values() if "c0ffee" in v]}
print(json.dumps(told))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot become another one")
def test_the_next_process_has_the_number_of_this_one_and_what_was_handed_over_and_nothing_else() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", BEFORE, AFTER], env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    handed = told.pop("handed")
    assert Handed(**{**handed, "told": tuple(handed["told"])}) == HANDED
    assert told == {"up": False, "same": True, "word": successor.WORD, "open": False, "stdin": "", "environment": []}


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"folder": 7}', b"\xff", b'{"take": "x"}'])
def test_nonsense_is_a_plain_start(said: bytes) -> None:
    code = "from oralhistory import successor; print(successor.received())"
    ran = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, input=said,
                         capture_output=True)  # fmt: skip
    assert (ran.returncode, ran.stdout.strip()) == (0, b"None")


def test_the_address_of_a_recorder_is_in_no_message_about_it() -> None:
    assert "c0ffee" not in repr(HANDED)
