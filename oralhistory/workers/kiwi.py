"""The Kiwi child: says which words of a text are nouns. Holds a big model for a short time, no key, and opens nothing.

It loads at once and then answers every "analyse" (the body is a JSON list of texts) with one list of
[start, end, part, rank] for each. It ends when the parent says no more, or by itself after a while without work, so that the
memory goes back.
"""

import json
import os
import threading

from oralhistory.anonymise.morphology import KoreanMorphology
from oralhistory.errors import ProgramFault
from oralhistory.workers import child
from oralhistory.workers.child import Parent
from oralhistory.workers.messages import Message

IDLE_SECONDS = 180
_MOST_MEMORY = 4 << 30
"""Bytes of address space: the model is mapped and its allocator reserves far more than it uses."""
_MOST_CPU_SECONDS = 3600


def main() -> int:
    return child.run(_work)


def _work(parent: Parent) -> None:
    korean = KoreanMorphology()
    child.confine(_MOST_MEMORY, _MOST_CPU_SECONDS)
    child.open_nothing_more()
    while (asked := _patiently(parent)) is not None:
        if asked.header.get("do") != "analyse":
            raise ProgramFault("this child analyses")
        texts = json.loads(asked.body)
        found = [[[m.start, m.end, m.part.value, m.rank] for m in words] for words in korean.morphemes(texts)]
        parent.send({"analysed": len(found)}, json.dumps(found, separators=(",", ":")).encode())


def _patiently(parent: Parent) -> Message | None:
    """The next order; the process ends here when none comes for a while."""
    bored = threading.Timer(IDLE_SECONDS, os._exit, (0,))
    bored.daemon = True
    bored.start()
    try:
        return parent.receive()
    finally:
        bored.cancel()
